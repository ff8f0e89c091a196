//! What holds for any text: no panic, every place inside the text, no secret in a message.

use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

use super::places::shown;
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

/// Schemas of one secret whose literals are `hunter2`.
const SECRETS: [(&str, Format); 9] = [
    ("API_SECRET: string (default: hunter2, example: 'hunter2', min length: 200)\n", Format::Yaml),
    ("API_SECRET: a | hunter2 (default: hunter2)\n", Format::Yaml),
    (
        "API_SECRET:\n  type: string\n  default: hunter2\n  examples: [hunter2, \"hunter2\"]\n  min_length: 200\n",
        Format::Yaml,
    ),
    (
        "variables:\n  API_SECRET: {type: string, default: hunter2, in: {prod: {default: hunter2, also: [hunter2]}}}\n",
        Format::Yaml,
    ),
    (
        "[variables.API_SECRET]\ntype = \"string\"\ndefault = \"hunter2\"\nexamples = ['hunter2']\n",
        Format::Toml,
    ),
    ("API_SECRET = { type = \"string\", default = \"hunter2\", one_of = [\"hunter2\"] }\n", Format::Toml),
    ("{\"API_SECRET\": {\"type\": \"string\", \"default\": \"hunter2\", \"min_length\": 200}}", Format::Json),
    (
        "{\n  \"variables\": {\n    \"API_SECRET\": {\n      \"default\": \"hunter2\",\n      \"examples\": [\"hunter2\"]\n    }\n  }\n}\n",
        Format::Json,
    ),
    (
        "{\"type\": \"object\", \"properties\": {\"API_SECRET\": {\"default\": \"hunter2\", \"enum\": [\"hunter2\"], \"not\": {\"const\": \"hunter2\"}}}}",
        Format::Json,
    ),
];

/// One slip of the pen within a line: a character put in or left out, but for what makes the key and the secret.
#[derive(Clone, Debug)]
struct Slip {
    at: prop::sample::Index,
    put: Option<char>,
}

fn slips() -> impl Strategy<Value = Slip> {
    let characters = prop::sample::select("'\":{}[](),#|&*!>\\ \t=-?%@`~xé".chars().collect::<Vec<_>>());
    let slip = (any::<prop::sample::Index>(), prop::option::weighted(0.6, characters));
    slip.prop_map(|(at, put)| Slip { at, put })
}

fn slip(text: &str, Slip { at, put }: &Slip) -> String {
    let is_kept = |at: usize| {
        ["API_SECRET", "hunter2"].iter().any(|word| {
            text.match_indices(word).any(|(start, word)| (start..start + word.len()).contains(&at))
        })
    };
    let places: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| !is_kept(*at) && !text[*at..].starts_with('\n'))
        .collect();
    let mut slipped = text.to_owned();
    let at = places[at.index(places.len())];
    match put {
        Some(character) => slipped.insert(at, *character),
        None => {
            slipped.remove(at);
        }
    }
    slipped
}

proptest! {
    #[test]
    fn no_slip_of_the_pen_shows_a_secret(template in prop::sample::select(SECRETS.to_vec()), slipped in slips()) {
        let (text, format) = template;
        let text = slip(text, &slipped);
        let found = shown(&text, format);
        prop_assert!(!found.contains("hunter"), "{text}\n{found}");
        let longer = text.replace("hunter2", "hunter2hunter2");
        prop_assert_eq!(found, shown(&longer, format), "{}", text);
    }
}
