//! `#[env(schemars)]`: a configuration is a `JsonSchema`, nested, generic, and with types that bring their own.

use std::collections::BTreeMap;

use envschema::EnvSchema;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, schema_for};
use serde_json::{Value, json};

/// Everything that may stand in the way of an implementation.
#[derive(EnvSchema)]
#[env(schemars, name = "app", all_or_none(cert, key))]
#[expect(dead_code, reason = "only its schema is of interest")]
struct Config<T> {
    cert: Option<String>,
    key: Option<String>,
    value: T,
    /// Levels of parts.
    #[env(from_str, schemars)]
    levels: BTreeMap<String, Level>,
    #[env(from_str, schemars, default = "info")]
    own: Level,
    #[env(nested)]
    inner: Inner,
    #[env(nested, path = "")]
    optional: Option<Box<Inner>>,
}

#[derive(EnvSchema)]
#[expect(dead_code, reason = "only its schema is of interest")]
struct Inner {
    #[env(from_str, schemars, deprecated = "since 2.0")]
    level: Option<Level>,
    #[env(from_str)]
    plain: Option<Level>,
    #[env(nested, path = "logs")]
    logs: Logs,
}

#[derive(EnvSchema)]
#[expect(dead_code, reason = "only its schema is of interest")]
struct Logs {
    #[env(from_str, schemars, path = "log-level")]
    level: Option<Level>,
}

#[derive(JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Level {
    Info,
    Warn,
}

impl std::str::FromStr for Level {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [("info", Self::Info), ("warn", Self::Warn)]
            .into_iter()
            .find_map(|(name, level)| (name == text).then_some(level))
            .ok_or(())
    }
}

fn level() -> Value {
    json!([{"$ref": "#/$defs/Level"}])
}

#[test]
fn the_schema_is_that_of_the_table() {
    let schema = schema_for!(Config<u8>).to_value();
    assert_eq!(schema["title"], "app");
    assert_eq!(schema["description"], "Everything that may stand in the way of an implementation.");
    assert_eq!(schema["properties"]["value"]["maximum"], 255);
    assert_eq!(schema["allOf"][0]["dependentRequired"]["cert"], json!(["key"]));
    assert_eq!(schema["$defs"]["Level"]["enum"], json!(["info", "warn"]));
    assert!(jsonschema::meta::is_valid(&schema), "{schema:#}");
}

#[test]
fn types_bring_their_own_schemas_to_every_depth() {
    let schema = schema_for!(Config<u8>).to_value();
    let at = |pointer: &str| schema.pointer(pointer).unwrap_or_else(|| panic!("{pointer}: {schema:#}"));
    let own = at("/properties/own");
    assert_eq!(own["allOf"], level());
    assert_eq!((&own["default"], own.get("type")), (&json!("info"), None));
    assert_eq!(at("/properties/levels/allOf/0/additionalProperties"), &level()[0]);
    assert_eq!(at("/properties/levels/description"), "Levels of parts.");
    let inner = at("/properties/inner/properties/level");
    assert_eq!((&inner["allOf"], &inner["deprecated"]), (&level(), &json!(true)));
    assert_eq!(at("/properties/inner/properties/logs/properties/log-level/allOf"), &level());
    // A type that was not asked says nothing.
    assert_eq!(at("/properties/inner/properties/plain/type"), "string");
    // The fields of a group without a path stand beside the others.
    assert_eq!(at("/properties/level/allOf"), &level());
    assert_eq!(at("/properties/logs/properties/log-level/allOf"), &level());
}

#[test]
fn types_of_one_generic_struct_are_different_schemas() {
    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "only its schema is of interest")]
    struct Both {
        small: Config<u8>,
        large: Config<u16>,
    }
    let schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<Both>().to_value();
    let maximum = |name: &str| &schema["definitions"][name]["properties"]["value"]["maximum"];
    assert_eq!((maximum("app"), maximum("app2")), (&json!(255), &json!(65535)));
}
