//! Where the parts of a schema stand, and what of it is hidden.

use envschema_core::report::Source;
use envschema_core::report::locate::{SchemaSource, report_schema};
use envschema_core::subject::VariablePart;
use envschema_core::table::RowId;

use super::{Format, read};

#[track_caller]
fn assert_parts(text: &str, format: Format, expected: &[(u32, VariablePart, &str)]) {
    let file = read(text, format);
    assert!(!file.has_errors(), "{:?}", file.diagnostics);
    for (row, part, slice) in expected {
        let span = file.outline.variable(RowId(*row), *part).unwrap();
        assert_eq!(&text[span.range()], *slice, "row {row} {part:?}");
    }
}

#[test]
fn the_parts_of_a_short_form_have_their_places() {
    use VariablePart::{Constraint, Default, Example, Kind, Literal, Presence, Services};
    let text = "# A\nPORT: port (default: 80, min: 1, example: 8080)\n\nLEVEL: debug | info (required, services: a)\n";
    assert_parts(
        text,
        Format::Yaml,
        &[
            (0, VariablePart::Key, "PORT"),
            (0, Kind, "port"),
            (0, Presence, "default: 80"),
            (0, Default, "80"),
            (0, Constraint(0), "min: 1"),
            (0, Example(0), "8080"),
            (1, VariablePart::Key, "LEVEL"),
            (1, Kind, "debug | info"),
            (1, Constraint(0), "debug | info"),
            (1, Literal(0, 1), "info"),
            (1, Presence, "required"),
            (1, Services, "services: a"),
        ],
    );
}

#[test]
fn the_parts_of_a_long_form_have_their_places() {
    use VariablePart::{
        Alias, Also, Constraint, Deprecated, Key, Literal, Presence, Sensitive, When, WhenConstraint,
    };
    let text = r#"{"variables": {
  "URL": {"type": "url", "schemes": ["http"], "aliases": ["U"], "also": ["*"], "sensitive": false, "deprecated": "x",
    "in": {"production": {"required": true, "schemes": ["https"]}}},
  "LEVEL": {"one_of": ["a", "b"], "required": true}
}}"#;
    assert_parts(
        text,
        Format::Json,
        &[
            (0, Key, "URL"),
            (0, Constraint(0), r#"schemes": ["http"]"#),
            (0, Alias(0), r#""U""#),
            (0, Also(0), r#""*""#),
            (0, Sensitive, r#"sensitive": false"#),
            (0, Deprecated, r#"deprecated": "x""#),
            (0, When(0), "production"),
            (0, WhenConstraint(0, 0), r#"schemes": ["https"]"#),
            (1, Literal(0, 1), r#""b""#),
            (1, Presence, r#"required": true"#),
        ],
    );
}

#[test]
fn rows_and_rules_are_numbered_as_in_the_table() {
    let text = "variables:\n  A: string\n\n  # G\n  B: string\n\n  C: string\nrules:\n  - equal: [A, B]\n  - different: [B, C]\n";
    let file = read(text, Format::Yaml);
    let key = |row| &text[file.outline.variable(RowId(row), VariablePart::Key).unwrap().range()];
    assert_eq!([key(0), key(1), key(2)], ["A", "B", "C"]);
    let rule = |index| &text[file.outline.rule(index).unwrap().range()];
    assert_eq!([rule(0), rule(1)], ["equal: [A, B]", "different: [B, C]"]);
}

/// Every text in which `hunter` is secret: nothing that is reported shows it, nor its length.
#[test]
fn secrets_of_a_schema_are_never_shown() {
    let texts = [
        ("DB_PASSWORD: string (default: hunter2, requird)", Format::Yaml),
        ("DB_PASSWORD: string (example: hunter2, min length: 20)", Format::Yaml),
        ("SITE: string (sensitive, default: hunter2)", Format::Yaml),
        ("SITE: {type: string, sensitive: true, examples: [hunter2, hunter3], min_length: 20}", Format::Yaml),
        ("SITE: {hunter2: hunter2, sensitive: true, min_length: hunter2}", Format::Yaml),
        ("API_KEY: hunter2", Format::Yaml),
        ("API_KEY: [hunter2, hunter3]", Format::Yaml),
        ("API_KEY: string (hunter2)", Format::Yaml),
        ("API_KEY: string (default hunter2)", Format::Yaml),
        ("API_KEY: {type: hunter2}", Format::Yaml),
        ("API_KEY: {type: 'string (default: hunter2)'}", Format::Yaml),
        ("API_KEY: a | hunter2 (min: 1)", Format::Yaml),
        ("API_KEY: string (one of: hunter2 | date, min: 1)", Format::Yaml),
        ("API_KEY: string (default: x, default: hunter2)", Format::Yaml),
        ("API_KEY: {in: {x: {default: hunter2, requird: true}}}", Format::Yaml),
        ("API_KEY: {also: [hunter2], min: 1}", Format::Yaml),
        ("API_KEY: string (default: 'hunter2", Format::Yaml),
        ("API_KEY:\n  default: \"hunter2\n", Format::Yaml),
        ("URL: url (default: 'http://u:hunter2@h', min: 1)", Format::Yaml),
        ("URL: url (default: 'http://u:hunter2@h', min: 1", Format::Yaml),
        ("API_KEY = { type = \"string\", default = 'hunter2 }", Format::Toml),
        ("[API_KEY]\ndefault = 'hunter2", Format::Toml),
        ("{\"API_KEY\": {\"default\": \"hunter2\", }}", Format::Json),
        ("{\"API_KEY\": {\n\"default\": \"hunter2}}", Format::Json),
        (r#"{"type": "object", "properties": {"API_KEY": {"defualt": "hunter2"}}}"#, Format::Json),
        (r#"{"type": "object", "properties": {"API_KEY": {"minLength": "hunter2"}}}"#, Format::Json),
        (
            r#"{"type": "object", "properties": {"SITE": {"writeOnly": true, "default": ["hunter2"]}}}"#,
            Format::Json,
        ),
        (
            r#"{"type": "object", "properties": {"SITE": {"format": "password", "not": {"const": "hunter2"}, "x-envschema": {"a": 1}}}}"#,
            Format::Json,
        ),
        (
            r#"{"type": "object", "properties": {"API_KEY": {"x-envschema": {"default": "hunter2", "mni": 1}}}}"#,
            Format::Json,
        ),
        (
            r#"{"x-envschema": {"entries": [{"key": "API_KEY", "default": "hunter2", "minn": 1}]}}"#,
            Format::Json,
        ),
        ("1-API_KEY: string (default: hunter2, requird)", Format::Yaml),
        ("API_KEY: string (default: hunter2)\nAPI_KEY: string (default: hunter3)", Format::Yaml),
    ];
    for (text, format) in texts {
        let shown = shown(text, format);
        assert!(!shown.is_empty(), "{text} has no mistake");
        assert!(!shown.contains("hunter"), "{text}\n{shown}");
        // What is shown does not depend on the secret's length either.
        let longer = text.replace("hunter", "hunterhunter");
        assert_eq!(shown, self::shown(&longer, format), "{text}");
    }
}

/// Everything a report of the schema's mistakes holds.
pub(super) fn shown(text: &str, format: Format) -> String {
    let file = read(text, format);
    let source =
        SchemaSource { source: Source::new("schema", text.as_bytes()), outline: &file.outline, base: None };
    let report = report_schema(file.diagnostics.clone(), &source);
    let show = |located: &envschema_core::report::Located| {
        let mut diagnostic = located.diagnostic.clone();
        // Places are shown as lines and columns, and edits only where a file is changed.
        diagnostic.primary = envschema_core::subject::Subject::Environment;
        diagnostic.labels.clear();
        diagnostic.fix = None;
        format!("{diagnostic:?} {:?} {:?}\n", located.place, located.labels)
    };
    report.diagnostics.iter().map(show).collect()
}
