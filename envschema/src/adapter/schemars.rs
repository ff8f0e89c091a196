//! [`schemars`]: the schema of a configuration as a part of other JSON Schemas, in the `config` form.
//!
//! `#[env(schemars)]` makes a struct a [`JsonSchema`]. It is not one without being told, so that a service
//! may derive or write its own.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value};

use crate::export::{Draft, fragment};
use crate::load::EnvSchema;

/// What is told about a variable whatever its type is.
const ANNOTATIONS: [&str; 8] = [
    "description",
    "markdownDescription",
    "default",
    "examples",
    "deprecated",
    "deprecationMessage",
    "doNotSuggest",
    "writeOnly",
];

/// The schema as a JSON Schema of the draft that `generator` writes: draft-07 where its settings say so, else 2020-12.
#[must_use]
pub fn schema(schema: &envschema_core::schema::Schema, generator: &SchemaGenerator) -> Schema {
    let named = generator.settings().meta_schema.as_deref();
    let is_old = named.is_some_and(|named| named.contains("draft-07"));
    let draft = if is_old { Draft::Draft7 } else { Draft::Draft202012 };
    // What is written is an object, always.
    serde_json::from_str(&fragment(schema, draft)).unwrap_or_default()
}

/// What a configuration is called among other schemas.
#[doc(hidden)]
#[must_use]
pub fn name<C: EnvSchema>() -> Cow<'static, str> {
    C::SCHEMA.name.clone()
}

/// The schema of a configuration, with the schemas of types where fields say so.
#[doc(hidden)]
#[must_use]
pub fn schema_of<C: EnvSchema>(generator: &mut SchemaGenerator) -> Schema {
    let mut schema = schema(C::SCHEMA, generator);
    if let Some(object) = schema.as_object_mut() {
        C::own_schemas(&mut OwnSchemas { generator, object: Some(object) });
    }
    schema
}

/// An object of a configuration whose members may take the schemas of their types.
#[doc(hidden)]
pub struct OwnSchemas<'s> {
    generator: &'s mut SchemaGenerator,
    object: Option<&'s mut Map<String, Value>>,
}

impl OwnSchemas<'_> {
    /// Gives the member at `path` the schema of `T` in place of what its kind says.
    pub fn insert<T: JsonSchema>(&mut self, path: &str) {
        let own = self.generator.subschema_for::<T>();
        if let Some(member) = self.member(path) {
            member.retain(|keyword, _| ANNOTATIONS.contains(&keyword.as_str()));
            // Older drafts see nothing beside a reference.
            member.insert("allOf".to_owned(), Value::Array(vec![own.to_value()]));
        }
    }

    /// Goes on at `path`, with the struct that puts its own schemas there by `nested`.
    pub fn below(&mut self, path: &str, nested: fn(&mut OwnSchemas<'_>)) {
        let object = member(self.object.as_deref_mut(), path);
        nested(&mut OwnSchemas { generator: self.generator, object });
    }

    fn member(&mut self, path: &str) -> Option<&mut Map<String, Value>> {
        member(self.object.as_deref_mut(), path)
    }
}

/// The object that `path` leads to; an empty one stays where it is.
fn member<'s>(object: Option<&'s mut Map<String, Value>>, path: &str) -> Option<&'s mut Map<String, Value>> {
    let names = path.split('.').filter(|name| !name.is_empty());
    names.fold(object, |object, name| object?.get_mut("properties")?.get_mut(name)?.as_object_mut())
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
