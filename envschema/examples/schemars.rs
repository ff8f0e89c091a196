//! A configuration as a part of another JSON Schema, and a type of the service that brings its own.
#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use envschema::{EnvSchema, Secret};
use schemars::{JsonSchema, schema_for};
use serde::Deserialize;

/// Settings of the billing service.
#[derive(EnvSchema)]
#[env(schemars)]
#[expect(dead_code, reason = "only its schema is of interest")]
struct Config {
    /// Port the HTTP server listens on.
    #[env(default = 8080, min = 1024)]
    port: u16,
    token: Option<Secret<String>>,
    /// Where invoices are kept.
    #[env(deserialize, schemars)]
    bucket: Bucket,
}

/// A type of the service that knows serde and schemars, and nothing of `envschema`.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Bucket {
    /// The one of this year.
    Current,
    /// The one of all others.
    Archive,
}

/// What a deployment of the whole product looks like; one part of it is our configuration.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is of interest")]
struct Deployment {
    replicas: u8,
    billing: Config,
}

pub(crate) fn main() {
    let schema = schema_for!(Deployment);
    let config = &schema.as_value()["$defs"]["Config"];
    assert_eq!(config["properties"]["port"]["minimum"], 1024);
    assert_eq!(config["properties"]["token"]["writeOnly"], true);
    assert_eq!(config["required"], serde_json::json!(["bucket"]));
    assert_eq!(config["properties"]["bucket"]["allOf"][0]["$ref"], "#/$defs/Bucket");
    println!("{config:#}");
}
