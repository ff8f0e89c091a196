//! What is exported is read back as the same schema, and is the same text every time.

use envschema::core::registry;
use envschema::core::table::Table;
use envschema::export::{Form, Options, json_schema};
use envschema::format::Format;
use envschema::schema_file;
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

use crate::schemas::schemas;
use crate::validator::EXPORTS;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn an_exported_schema_is_read_back_as_it_was(schema in schemas()) {
        for (form, draft) in EXPORTS {
            let text = json_schema(&schema, Options { draft, ..form.into() });
            prop_assert_eq!(&text, &json_schema(&schema, Options { draft, ..form.into() }));
            let file = schema_file::read(&text, Format::Json);
            prop_assert_eq!(&file.schema, &schema);
            prop_assert!(file.foreign.is_none());
            let known = registry::check_schema(&Table::new(&schema));
            let codes = |diagnostics: &[envschema::core::diagnostic::Diagnostic]| -> Vec<String> {
                diagnostics.iter().map(|diagnostic| format!("{} {}", diagnostic.code, diagnostic.headline)).collect()
            };
            prop_assert_eq!(codes(&file.diagnostics), codes(&known));
            prop_assert_eq!(json_schema(&file.schema, Options { draft, ..form.into() }), text);
        }
    }
}

#[test]
fn the_forms_say_what_they_are() {
    let schema = envschema::core::schema::Schema::default();
    let text =
        json_schema(&schema, Options { id: Some("https://example.com/a.json".into()), ..Form::Env.into() });
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["$schema"], "http://json-schema.org/draft-07/schema#");
    assert_eq!(value["$id"], "https://example.com/a.json");
    assert_eq!(value["type"], "object");
}
