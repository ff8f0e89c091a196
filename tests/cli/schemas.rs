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
