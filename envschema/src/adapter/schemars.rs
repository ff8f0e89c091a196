//! [`schemars`]: the schema of a configuration as a part of other JSON Schemas, in the `config` form.
//!
//! `#[env(schemars)]` makes a struct a [`JsonSchema`](schemars::JsonSchema). It is not one without being told, so that a service
//! may derive or write its own.

use schemars::{Schema, SchemaGenerator};

use crate::export::{Draft, fragment};

/// The schema as a JSON Schema of the draft that `generator` writes: draft-07 where its settings say so, else 2020-12.
#[must_use]
pub fn schema(schema: &envschema_core::schema::Schema, generator: &SchemaGenerator) -> Schema {
    let named = generator.settings().meta_schema.as_deref();
    let is_old = named.is_some_and(|named| named.contains("draft-07"));
    let draft = if is_old { Draft::Draft7 } else { Draft::Draft202012 };
    // What is written is an object, always.
    serde_json::from_str(&fragment(schema, draft)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use envschema_core::kind::Kind;
    use envschema_core::schema::{Entry, Rule, Schema, Variable};
    use schemars::generate::SchemaSettings;
    use schemars::{JsonSchema, SchemaGenerator};
    use serde_json::{Value, json};

    struct Config;

    impl JsonSchema for Config {
        fn schema_name() -> Cow<'static, str> {
            "Config".into()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> schemars::Schema {
            let variables =
                [Variable::new("PORT".into(), Kind::Port), Variable::new("HOST".into(), Kind::Host)];
            let rule = Rule::AllOrNone(vec!["PORT".into(), "HOST".into()].into());
            let entries = variables.into_iter().map(Entry::Variable).collect();
            super::schema(&Schema { entries, rules: vec![rule].into(), ..Schema::default() }, generator)
        }
    }

    fn written(settings: SchemaSettings) -> Value {
        settings.into_generator().into_root_schema_for::<Vec<Config>>().to_value()
    }

    #[test]
    fn a_configuration_is_a_part_of_another_schema() {
        let schema = written(SchemaSettings::draft2020_12());
        let config = &schema["$defs"]["Config"];
        assert_eq!(config["properties"]["PORT"]["type"], json!(["integer", "string"]));
        assert_eq!(config["allOf"][0]["dependentRequired"]["PORT"], json!(["HOST"]));
        assert_eq!(config.get("$schema"), None);
        assert_eq!(config.get("x-envschema"), None);
        assert_eq!(config["properties"].get("$schema"), None);
    }

    #[test]
    fn the_draft_is_that_of_the_other_schema() {
        let schema = written(SchemaSettings::draft07());
        assert_eq!(schema["definitions"]["Config"]["allOf"][0]["dependencies"]["PORT"], json!(["HOST"]));
    }
}
