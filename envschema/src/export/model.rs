//! The whole model as JSON, for the member `x-envschema` of an exported JSON Schema: what is read back from it is the schema.
//!
//! The words are those of concise schema files, and every literal is a text:
//!
//! * The root has `name`, `description`, `profile`, `default_profile`, `profiles` (`{NAME: {deployed: true}}`), `services`,
//!   `dialect`, `readers`, `unknown` (`{policy, prefixes, allow}`), `allow` (`{CODE: REASON}`), `rules` and `entries`.
//! * `entries` is a list, in the order of the schema. A variable is its long form with its `key`, as it stands in its group,
//!   and besides the words of a file `prefixed: false` (the prefixes of its groups do not stand before the key) and `bounds`
//!   (what its Rust type allows). A group has `entries` itself, and `name`, `description`, `prefix`, `path`, `optional`, `rules`.
//! * Overrides are always written as `when: [{if: CONDITION, …}]`.
//! * What is not said is left out.
//!
//! A root `x-envschema` with `entries` says everything there is: the keywords beside it are made from it, for other programs.

use envschema_core::kind::{Kind, List, Map};
use envschema_core::schema::{
    Condition, Constraint, Deprecation, Entry, Group, Policy, Presence, Rule, Schema, Text, Unknown,
    Variable, When,
};

use super::json::{Json, Object};

/// The model of `schema`.
#[must_use]
pub(super) fn model(schema: &Schema) -> Object {
    let mut object = Object::new();
    object.push_said("name", schema.name.clone());
    object.push_said("description", schema.doc.clone());
    push_some(&mut object, "profile", schema.profile.as_ref());
    push_some(&mut object, "default_profile", schema.default_profile.as_ref());
    object.push_said("profiles", profiles(schema));
    object.push_said("services", Json::texts(&schema.services));
    push_some(&mut object, "dialect", schema.dialect.as_ref());
    object.push_said("readers", Json::texts(&schema.readers));
    object.push_said("unknown", unknown(&schema.unknown));
    let reasons = schema
        .allow
        .iter()
        .fold(Object::new(), |all, allowance| all.with(allowance.code.clone(), allowance.reason.clone()));
    object.push_said("allow", reasons);
    object.push_said("rules", rules(&schema.rules));
    object.push("entries", entries(&schema.entries));
    object
}

fn push_some(object: &mut Object, key: &'static str, text: Option<&Text>) {
    if let Some(text) = text {
        object.push(key, text.clone());
    }
}

fn profiles(schema: &Schema) -> Object {
    schema.profiles.iter().fold(Object::new(), |all, profile| {
        let said =
            profile.deployed.map_or(Object::new(), |deployed| Object::new().with("deployed", deployed));
        all.with(profile.name.clone(), said)
    })
}

fn unknown(unknown: &Unknown) -> Object {
    let mut object = Object::new();
    let policy = unknown.policy.map_or("", |policy| match policy {
        Policy::Error => "error",
        Policy::Warn => "warn",
        Policy::Allow => "allow",
    });
    object.push_said("policy", policy);
    object.push_said("prefixes", Json::texts(&unknown.prefixes));
    object.push_said("allow", Json::texts(&unknown.allow));
    object
}

fn entries(entries: &[Entry]) -> Json {
    let entries = entries.iter().map(|entry| match entry {
        Entry::Variable(variable) => self::variable(variable),
        Entry::Group(group) => self::group(group),
    });
    entries.collect()
}

fn group(group: &Group) -> Object {
    let mut object = Object::new();
    object.push_said("name", group.name.clone());
    object.push_said("description", group.doc.clone());
    object.push_said("prefix", group.prefix.clone());
    object.push_said("path", group.path.clone());
    object.push_said("optional", group.optional);
    object.push_said("rules", rules(&group.rules));
    object.push("entries", entries(&group.entries));
    object
}

fn variable(variable: &Variable) -> Object {
    let mut object = Object::new().with("key", variable.key.clone());
    if !variable.prefixed {
        object.push("prefixed", false);
    }
    object.push_said("path", variable.path.clone());
    object.push_said("aliases", Json::texts(&variable.aliases));
    object.push_said("description", variable.doc.clone());
    push_kind(&mut object, &variable.kind);
    if variable.presence != Presence::Optional {
        push_presence(&mut object, &variable.presence);
    }
    object.push_said("bounds", constraints(&variable.bounds));
    object.append(constraints(&variable.constraints));
    object.push_said("also", Json::texts(&variable.also));
    if let Some(sensitive) = variable.sensitive {
        object.push("sensitive", sensitive);
    }
    object.push_said("allow_empty", variable.allow_empty);
    object.push_said("examples", Json::texts(&variable.examples));
    if let Some(deprecation) = &variable.deprecated {
        push_deprecation(&mut object, deprecation);
    }
    object.push_said("when", variable.when.iter().map(when).collect::<Json>());
    object.push_said("services", Json::texts(&variable.services));
    object.push_said("phases", Json::texts(&variable.phases));
    object
}

fn push_kind(object: &mut Object, kind: &Kind) {
    object.push("type", kind.name());
    match kind {
        Kind::List(List { separator, items }) => {
            object.push("items", items.name());
            object.push("separator", separator.to_string());
        }
        Kind::Map(Map { separator, assign, values }) => {
            object.push("items", values.name());
            object.push("separator", separator.to_string());
            object.push("assign", assign.to_string());
        }
        _ => {}
    }
}

fn push_presence(object: &mut Object, presence: &Presence) {
    match presence {
        Presence::Required => object.push("required", true),
        Presence::Optional => object.push("optional", true),
        Presence::Default(text) => object.push("default", text.clone()),
    }
}

fn constraints(constraints: &[Constraint]) -> Object {
    constraints.iter().fold(Object::new(), |all, constraint| match constraint {
        Constraint::Min(bound) => all.with("min", bound.clone()),
        Constraint::Max(bound) => all.with("max", bound.clone()),
        Constraint::Above(bound) => all.with("above", bound.clone()),
        Constraint::Below(bound) => all.with("below", bound.clone()),
        Constraint::MinLength(length) => all.with("min_length", *length),
        Constraint::MaxLength(length) => all.with("max_length", *length),
        Constraint::Pattern(pattern) => all.with("pattern", pattern.clone()),
        Constraint::OneOf(literals) => all.with("one_of", Json::texts(literals)),
        Constraint::NotOneOf(literals) => all.with("not_one_of", Json::texts(literals)),
        Constraint::Schemes(schemes) => all.with("schemes", Json::texts(schemes)),
    })
}

fn push_deprecation(object: &mut Object, deprecation: &Deprecation) {
    let Deprecation { note, replaced_by, removed } = deprecation;
    let word = if *removed { "removed" } else { "deprecated" };
    match (note.is_empty(), *removed, replaced_by) {
        (false, _, _) => object.push(word, note.clone()),
        (true, false, Some(_)) => {}
        (true, _, _) => object.push(word, true),
    }
    push_some(object, "replaced_by", replaced_by.as_ref());
}

fn when(when: &When) -> Object {
    let mut object = Object::new().with("if", condition(&when.condition));
    if let Some(presence) = &when.presence {
        push_presence(&mut object, presence);
    }
    object.push_said("forbidden", when.forbidden);
    object.append(constraints(&when.constraints));
    if let Some(also) = &when.also {
        object.push("also", Json::texts(also));
    }
    object
}

fn condition(condition: &Condition) -> Object {
    let mut object = Object::new();
    object.push_said("profile", Json::texts(&condition.profiles));
    object.push_said("service", Json::texts(&condition.services));
    object.push_said("phase", Json::texts(&condition.phases));
    object.push_said("set", Json::texts(&condition.set));
    for (key, values) in condition.values.iter() {
        object.push(key.clone(), Json::texts(values));
    }
    object
}

fn rules(rules: &[Rule]) -> Json {
    rules.iter().map(rule).collect()
}

fn rule(rule: &Rule) -> Object {
    let pair = |a: &Text, b: &Text| Json::texts(&[a.clone(), b.clone()]);
    match rule {
        Rule::AllOrNone(keys) => Object::new().with("all_or_none", Json::texts(keys)),
        Rule::ExactlyOne(keys) => Object::new().with("exactly_one", Json::texts(keys)),
        Rule::AtLeastOne(keys) => Object::new().with("at_least_one", Json::texts(keys)),
        Rule::AtMostOne(keys) => Object::new().with("at_most_one", Json::texts(keys)),
        Rule::Contains { list, value } => {
            let pair = Object::new().with("list", list.clone()).with("value", value.clone());
            Object::new().with("contains", pair)
        }
        Rule::Equal(a, b) => Object::new().with("equal", pair(a, b)),
        Rule::Different(a, b) => Object::new().with("different", pair(a, b)),
    }
}

#[cfg(test)]
mod tests {
    use envschema_core::kind::{Kind, List};
    use envschema_core::schema::{
        Condition, Constraint, Deprecation, Entry, Group, Policy, Presence, Profile, Rule, Schema, Unknown,
        Variable, When,
    };

    use super::model;
    use crate::export::json::Json;

    fn database() -> Group {
        let url = Variable {
            path: "url".into(),
            doc: "Connection string.".into(),
            presence: Presence::Required,
            constraints: vec![Constraint::Schemes(vec!["postgres".into()].into())].into(),
            sensitive: Some(true),
            when: vec![When {
                condition: Condition { profiles: vec!["local".into()].into(), ..Condition::default() },
                presence: Some(Presence::Optional),
                ..When::default()
            }]
            .into(),
            ..Variable::new("URL".into(), Kind::Url)
        };
        let old = Variable {
            prefixed: false,
            deprecated: Some(Deprecation { replaced_by: Some("URL".into()), ..Deprecation::default() }),
            ..Variable::new("DSN".into(), Kind::String)
        };
        Group {
            name: "Database".into(),
            prefix: "DATABASE_".into(),
            path: "database".into(),
            optional: true,
            entries: vec![Entry::Variable(url), Entry::Variable(old)].into(),
            rules: vec![Rule::AtMostOne(vec!["URL".into(), "DSN".into()].into())].into(),
            ..Group::default()
        }
    }

    #[test]
    fn everything_that_is_said_is_there() {
        let hosts = Variable {
            bounds: vec![Constraint::MaxLength(9)].into(),
            presence: Presence::Default("a,b".into()),
            ..Variable::new("HOSTS".into(), Kind::List(List { separator: ',', items: Kind::Host.into() }))
        };
        let schema = Schema {
            name: "billing".into(),
            profile: Some("APP_ENV".into()),
            profiles: vec![Profile { name: "local".into(), deployed: Some(false) }].into(),
            unknown: Unknown { policy: Some(Policy::Error), ..Unknown::default() },
            entries: vec![Entry::Variable(hosts), Entry::Group(database())].into(),
            ..Schema::default()
        };
        let expected = r#"{
  "name": "billing",
  "profile": "APP_ENV",
  "profiles": {
    "local": {
      "deployed": false
    }
  },
  "unknown": {
    "policy": "error"
  },
  "entries": [
    {
      "key": "HOSTS",
      "type": "list",
      "items": "host",
      "separator": ",",
      "default": "a,b",
      "bounds": {
        "max_length": 9
      }
    },
    {
      "name": "Database",
      "prefix": "DATABASE_",
      "path": "database",
      "optional": true,
      "rules": [
        {
          "at_most_one": ["URL", "DSN"]
        }
      ],
      "entries": [
        {
          "key": "URL",
          "path": "url",
          "description": "Connection string.",
          "type": "url",
          "required": true,
          "schemes": ["postgres"],
          "sensitive": true,
          "when": [
            {
              "if": {
                "profile": ["local"]
              },
              "optional": true
            }
          ]
        },
        {
          "key": "DSN",
          "prefixed": false,
          "type": "string",
          "replaced_by": "URL"
        }
      ]
    }
  ]
}
"#;
        assert_eq!(Json::from(model(&schema)).pretty(), expected);
    }
}
