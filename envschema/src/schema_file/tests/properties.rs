//! What holds for any text: no panic, every place inside the text, no secret in a message.

use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_oneof, proptest};

use super::{Format, mistakes, read};

const FORMATS: [Format; 3] = [Format::Yaml, Format::Toml, Format::Json];

/// Texts made of what schemas are made of, so that lowering is reached.
fn schemas() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "KEY",
        "A",
        "B",
        "variables",
        "type",
        "string",
        "integer",
        "comma-separated ",
        "debug | info",
        "min",
        "default",
        "examples",
        "in",
        "when",
        "if",
        "rules",
        "all_or_none",
        "contains",
        "profile",
        "production",
        "unknown",
        "allow",
        "groups",
        "(",
        ")",
        ":",
        ": ",
        ", ",
        "\n",
        "\n  ",
        "\n    ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "\"",
        "'",
        "=",
        " = ",
        "# x\n",
        "null",
        "true",
        "1",
        "\"type\": \"object\"",
        "\"properties\": {",
        "$ref",
        "#/$defs/x",
        "\"$defs\": {",
        "required",
        "x-envschema",
    ]);
    prop::collection::vec(
        prop_oneof![9 => piece.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)],
        0..40,
    )
    .prop_map(|pieces| pieces.concat())
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![schemas(), any::<String>(), Just(String::new())]
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in texts()) {
        for format in FORMATS {
            let file = read(&text, format);
            mistakes(&text, &file);
            for diagnostic in &file.diagnostics {
                if let envschema_core::subject::Subject::SchemaText(span) = diagnostic.primary {
                    prop_assert!(text.get(span.range()).is_some(), "{span:?} lies outside of {text:?}");
                }
            }
            for span in file.outline.secrets() {
                prop_assert!(text.get(span.range()).is_some());
            }
        }
    }
}
