//! Schemas that extend others.

use super::{Format, SchemaFile, declared, mistakes, read};
use crate::schema_file::read_with;

const BASE: &str = "
profile: APP_ENV
profiles: [local, production]
services: [backend]
dialect: compose
unknown: {policy: warn, allow: [PATH]}
rules:
  - different: [PORT, HOST]
variables:
  APP_ENV: string (default: local)

  # Server
  PORT: port (default: 80)
  HOST: host (required)
";

fn load(path: &str) -> Result<SchemaFile, String> {
    match path {
        "base.yaml" => Ok(read(BASE, Format::Yaml)),
        "broken.yaml" => Ok(read("PORT: prot", Format::Yaml)),
        _ => Err("does not exist".to_owned()),
    }
}

fn read_extending(text: &str) -> String {
    let file = read_with(text, Format::Yaml, &mut load);
    format!("{}{}", mistakes(text, &file), declared(&file))
}

#[test]
fn what_a_schema_declares_stands_instead_of_what_it_inherits() {
    let text = "
extends: base.yaml
name: app
unknown: {allow: [HOME]}
variables:
  PORT: port (required, services: backend)
  MODE: {one_of: [a, b], in: {production: {one_of: [a]}}}
  LATE: {required_when: {HOST: localhost}}
";
    let expected = "\
name: app
profile: APP_ENV
dialect: compose
profiles: local, production
services: backend
unknown: warn prefixes= allow=HOME|PATH
rule Different PORT HOST
PORT port required services=backend
MODE string one-of=a|b {profile=production -> one-of=a}
LATE string {HOST=localhost -> required}
APP_ENV string default=\"local\"
[Server]
  HOST host required
";
    assert_eq!(read_extending(text), expected);
}

#[test]
fn names_are_looked_up_in_what_is_inherited_too() {
    let text = "extends: base.yaml\nvariables:\n  A: {in: {prod: {required: true}}, services: [web]}";
    let found = read_extending(text);
    let found: Vec<_> = found.lines().take(2).collect();
    assert_eq!(
        found,
        [
            "invalid-schema 3:12 `in` of `A` names a profile that the schema does not have (did you mean `production`?)",
            "invalid-schema 3:48 `services` of `A` names a service that the schema does not have (write `backend`)",
        ]
    );
}

#[test]
fn what_cannot_be_extended_is_said_at_its_place() {
    let cases = [
        (
            "extends: nowhere.yaml",
            "invalid-schema 1:10 the schema that this one extends does not exist (write a path relative to this file)\n",
        ),
        (
            "extends: broken.yaml",
            "invalid-schema 1:10 the schema that this one extends has mistakes itself (check that file by itself)\n",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(read_extending(text), expected);
    }
}
