//! What schemas may ask of the command: other schemas they extend, and keywords that only another engine understands.

use crate::world::Folder;

#[test]
fn a_schema_extends_another_one() {
    let folder = Folder::new();
    folder.file("base.yaml", "PORT: port (required)\n");
    folder.file("app/envschema.yaml", "extends: ../base.yaml\nvariables:\n  NAME: string (required)\n");
    folder.file("app/.env", "PORT=x\n");
    let run = folder.check("app/.env --format json").ends_with(1);
    assert_eq!(run.found(), ["invalid-value PORT app/.env:1", "missing-variable NAME app/.env"]);
    let rule = run.json()["environments"][0]["diagnostics"][0]["rule"].clone();
    assert_eq!(
        (rule["file"].as_str(), rule["line"].as_u64(), rule["column"].as_u64()),
        (Some("base.yaml"), Some(1), Some(7))
    );
    folder
        .file("app/mid.yaml", "extends: ../base.yaml\nvariables:\n  TOP: port\n  OTHER: string (required)\n");
    folder.file("app/envschema.yaml", "extends: mid.yaml\nvariables:\n  NAME: string\n  TOP: integer\n");
    let run = folder.check("app/.env").ends_with(1);
    run.says("rule: base.yaml:1:7: PORT: port (required)").says("rule: app/mid.yaml:4:18");
}

#[test]
fn what_is_wrong_with_an_extended_schema_is_said_there() {
    let folder = Folder::new();
    folder
        .file("base.yaml", "PORT: prot\n")
        .file("loop.yaml", "extends: envschema.yaml\nvariables:\n  A: string\n");
    folder.file(".env", "A=x\n");
    for (extends, found) in [
        ("base.yaml", &["invalid-schema - base.yaml:1", "invalid-schema - envschema.yaml:1"][..]),
        ("missing.yaml", &["invalid-schema - envschema.yaml:1"]),
        ("/etc/hosts", &["invalid-schema - envschema.yaml:1"]),
        ("../../x.yaml", &["invalid-schema - envschema.yaml:1"]),
        ("loop.yaml", &["invalid-schema - loop.yaml:1", "invalid-schema - envschema.yaml:1"]),
    ] {
        folder.file("envschema.yaml", format!("extends: {extends}\nvariables:\n  B: string\n"));
        let run = folder.check(".env --format json").ends_with(2);
        assert_eq!(run.found(), found, "{extends}");
        if extends == "base.yaml" {
            folder.check(".env").says("help: check that file by itself");
        }
    }
}

/// A JSON Schema with keywords that the model has no words for.
const FOREIGN: &str = r#"{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "properties": {
    "PORT": {"type": "integer", "multipleOf": 5},
    "TAGS": {"type": "array", "items": {"type": "string", "not": {"const": "bad"}}, "uniqueItems": true},
    "TOKEN": {"type": "string", "writeOnly": true, "not": {"pattern": "^hunter"}},
    "RATIO": {"type": "number", "multipleOf": 0.5}
  },
  "minProperties": 2
}"#;

#[test]
fn keywords_outside_the_model_are_judged_at_their_places() {
    let folder = Folder::new();
    folder.file("envschema.json", FOREIGN);
    for (text, found) in [
        ("PORT=80\nTAGS=a,b\nRATIO=1.5\n", &[][..]),
        ("PORT=83\nRATIO=0.3\n", &["value-not-allowed PORT .env:1", "value-not-allowed RATIO .env:2"]),
        ("PORT=80\nTAGS=a,bad\n", &["value-not-allowed TAGS .env:2"]),
        ("PORT=80\nTAGS=a,b,a\n", &["value-not-allowed TAGS .env:2"]),
        ("PORT=80\n", &["invalid-length - .env"]),
        // What the model finds is said once.
        ("PORT=x\nTAGS=a\n", &["invalid-value PORT .env:1"]),
    ] {
        folder.file(".env", text);
        assert_eq!(folder.check(".env --format json").found(), found, "{text}");
    }
    folder.file(".env", "PORT=80\nTAGS=a,bad\n");
    folder
        .check(".env")
        .says("error[value-not-allowed]: item 2 of `TAGS` breaks the schema's `not`\n  --> .env:2:8\n")
        .says("rule: envschema.json:5:60: ");
}

#[test]
fn keywords_outside_the_model_show_no_secret() {
    let folder = Folder::new();
    folder.file("envschema.json", FOREIGN);
    for format in ["full", "concise", "json", "github"] {
        let report = |secret: &str| {
            folder.file(".env", format!("PORT=80\nTOKEN={secret}\n"));
            folder.check(&format!(".env --format {format}")).ends_with(1).never_says(secret).stdout
        };
        assert_eq!(report("hunter2-the-second"), report("hunters"), "{format}");
    }
}

#[test]
fn a_keyword_that_says_nonsense_is_a_mistake_of_the_schema() {
    let folder = Folder::new();
    folder.file(
        "envschema.json",
        "{\"type\": \"object\",\n\"properties\": {\"A\": {\"type\": \"integer\",\n\"multipleOf\": \"x\"}}}",
    );
    folder.file(".env", "A=1\n");
    let run = folder.check(".env --format json").ends_with(2);
    assert_eq!(run.found(), ["invalid-schema - envschema.json:3"]);
}

#[test]
fn a_text_is_every_type_that_it_reads_as() {
    let folder = Folder::new();
    let either = r#"{"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^auto$"}]}"#;
    let limited = r#"{"oneOf": [{"type": "integer", "maximum": 9}, {"type": "boolean"}, {"type": "string", "minLength": 6}]}"#;
    folder.file("envschema.json", format!(r#"{{"properties": {{"A": {either}, "B": {limited}}}}}"#));
    for (text, status) in [
        ("A=5\n", 0),
        ("A=auto\n", 0),
        ("A=5.5\n", 1),
        ("A=automatic\n", 1),
        ("B=9\n", 0),
        ("B=10\n", 1),
        ("B=true\n", 0),
        ("B=longer text\n", 0),
        ("B=short\n", 1),
    ] {
        folder.file(".env", text).check(".env").ends_with(status);
    }
}

#[test]
fn a_pattern_that_is_none_is_said_alike_in_every_form() {
    let folder = Folder::new();
    folder.file(".env", "A=x\n");
    folder.file("a.json", r#"{"properties": {"A": {"type": "string", "pattern": "["}}}"#);
    folder.check(".env --schema a.json").ends_with(2).says("error[invalid-pattern]").says("help: ");
    folder.file("a.yaml", "A: 'string (pattern: /[/)'\n");
    folder.check(".env --schema a.yaml").ends_with(2).says("error[invalid-pattern]").says("help: ");
}

#[test]
fn an_empty_schema_has_its_first_column() {
    let folder = Folder::with_schema("");
    folder.file(".env", "A=x\n");
    let found =
        folder.check(".env --format json").ends_with(2).json()["schemas"][0]["diagnostics"][0].clone();
    assert_eq!((found["line"].as_u64(), found["column"].as_u64()), (Some(1), Some(1)));
    folder.check(".env --format concise").says("envschema.yaml:1:1: ");
}
