//! A JSON Schema means the same to us as to an independent validator: what the model and the engine for foreign keywords accept
//! together is what the validator accepts over the same values, whatever keywords the schema is made of.

use std::borrow::Cow;

use envschema::format::Format;
use envschema::schema_file::{SchemaFile, read};
use envschema_core::check::check;
use envschema_core::judge::Circumstances;
use envschema_core::kind::Kind;
use envschema_core::layer::{Layer, LayerKind};
use envschema_core::raw::Raw;
use envschema_core::schema::{Presence, Variable};
use envschema_core::table::Table;
use envschema_core::value::Value as Typed;
use proptest::collection::{btree_map, vec};
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::{select, subsequence};
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde_json::{Map, Value, json};

type Texts = Vec<(String, String)>;

/// The properties of the schemas that are made.
const NAMES: [&str; 4] = ["A", "B", "C", "D"];

/// What the values are taken from.
const TEXTS: [&str; 26] = [
    "a",
    "b",
    "ab",
    "abc",
    "abcd",
    "x",
    "0",
    "1",
    "2",
    "3",
    "5",
    "10",
    "-1",
    "1.5",
    "2.0",
    "1e1",
    "true",
    "false",
    "yes",
    "a,b",
    "1,2",
    "1,2,2",
    "a=1,b=2",
    "[1]",
    "2026-01-31",
    "null",
];

/// Whether the model and the engine accept `texts`.
fn model_accepts(file: &SchemaFile, texts: &Texts) -> bool {
    let table = Table::new(&file.schema);
    let pairs =
        texts.iter().map(|(key, text)| (Cow::from(key.as_str()), Raw::Text(Cow::from(text.as_str()))));
    let layer = Layer::of_pairs("test".into(), LayerKind::Map, pairs);
    let report = check(&table, &[layer], &Circumstances::default(), None);
    let foreign = file.foreign.as_ref().is_none_or(|foreign| {
        let schema: Value =
            serde_json::from_str(&foreign.schema).expect("the schema of foreign keywords is JSON");
        accepts(&schema, &instance(&table, texts, false))
    });
    !report.has_errors() && foreign
}

fn accepts(schema: &Value, instance: &Value) -> bool {
    let options = jsonschema::options().should_validate_formats(true);
    options.build(schema).expect("the schema is one").is_valid(instance)
}

/// The values as one object, typed by their kinds; with the defaults, if the schema as a whole judges it.
fn instance(table: &Table<'_>, texts: &Texts, with_defaults: bool) -> Value {
    let mut object = Map::new();
    for row in &table.rows {
        let said = texts.iter().find(|(key, _)| *key == row.key).map(|(_, text)| text.as_str());
        let default = match &row.variable.presence {
            Presence::Default(text) if with_defaults => Some(text.as_ref()),
            _ => None,
        };
        if let Some(text) = said.or(default) {
            object.insert(row.key.to_string(), typed(row.variable, text));
        }
    }
    Value::Object(object)
}

fn typed(variable: &Variable, text: &str) -> Value {
    if variable.also.iter().any(|literal| literal == text) {
        return serde_json::from_str(text).ok().filter(Value::is_boolean).unwrap_or_else(|| text.into());
    }
    variable.kind.parse(text).map_or_else(|_| text.into(), |value| json_of(&variable.kind, text, &value))
}

fn json_of(kind: &Kind, text: &str, value: &Typed<'_>) -> Value {
    let number = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| text.into());
    match (kind, value) {
        (_, Typed::Boolean(value)) => Value::Bool(*value),
        (_, Typed::Integer(integer)) => number(&integer.to_string()),
        (_, Typed::Number(value)) => json!(value),
        (Kind::List(list), Typed::List(items)) => {
            items.iter().map(|item| json_of(&list.items, item.text, &item.value)).collect()
        }
        (Kind::Map(map), Typed::Map(pairs)) => {
            let pair = |(key, item): &(envschema_core::value::Item<'_>, envschema_core::value::Item<'_>)| {
                (key.text.to_owned(), json_of(&map.values, item.text, &item.value))
            };
            Value::Object(pairs.iter().map(pair).collect())
        }
        (Kind::Json, Typed::Text(text)) => number(text),
        _ => text.into(),
    }
}

/// A keyword with a value that fits it.
fn keyword() -> BoxedStrategy<(&'static str, Value)> {
    let small = || (-2_i64..12).prop_map(Value::from);
    let length = || (0_u64..4).prop_map(Value::from);
    let number = || prop_oneof![small(), Just(json!(1.5)), Just(json!(2.0))];
    let literal = || {
        prop_oneof![
            select(TEXTS.to_vec()).prop_map(Value::from),
            small(),
            any::<bool>().prop_map(Value::from),
            Just(json!(1.5))
        ]
    };
    let pattern = || select(vec!["^a", "b$", "^[a-c]+$", "^\\d+$", "^(?!a)", "(a)\\1", "[[a]", "."]);
    prop_oneof![
        number().prop_map(|value| ("minimum", value)),
        number().prop_map(|value| ("maximum", value)),
        number().prop_map(|value| ("exclusiveMinimum", value)),
        number().prop_map(|value| ("exclusiveMaximum", value)),
        length().prop_map(|value| ("minLength", value)),
        length().prop_map(|value| ("maxLength", value)),
        length().prop_map(|value| ("minItems", value)),
        length().prop_map(|value| ("maxItems", value)),
        length().prop_map(|value| ("minProperties", value)),
        pattern().prop_map(|value| ("pattern", value.into())),
        (1_i64..4).prop_map(|value| ("multipleOf", value.into())),
        any::<bool>().prop_map(|value| ("uniqueItems", value.into())),
        vec(select(TEXTS.to_vec()), 1..4).prop_map(|values| ("enum", json!(values))),
        vec(small(), 1..4).prop_map(|values| ("enum", values.into())),
        vec(any::<bool>(), 1..2).prop_map(|values| ("enum", values.into())),
        literal().prop_map(|value| ("const", value)),
        literal().prop_map(|value| ("not", json!({ "const": value }))),
        subsequence(TEXTS.to_vec(), 1..3).prop_map(|values| {
            ("oneOf", values.into_iter().map(|value| json!({ "const": value })).collect())
        }),
        Just(("anyOf", json!([{ "type": "integer", "minimum": 1 }, { "type": "null" }]))),
        Just(("anyOf", json!([{ "minLength": 2 }, { "pattern": "^x" }]))),
        Just(("allOf", json!([{ "minLength": 1 }, { "maxLength": 3 }]))),
        Just(("allOf", json!([{ "$ref": "#/definitions/small" }]))),
        select(vec!["words", "numbers"]).prop_map(|name| ("$ref", format!("#/definitions/{name}").into())),
        Just(("format", json!("date"))),
        literal().prop_map(|value| ("examples", json!([value]))),
        Just(("description", json!("what it is for"))),
    ]
    .boxed()
}

fn types() -> impl Strategy<Value = Option<Value>> {
    let types = vec![
        json!("string"),
        json!("integer"),
        json!("number"),
        json!("boolean"),
        json!("array"),
        json!("object"),
        json!(["string", "null"]),
        json!(["integer", "null"]),
        json!(["integer", "boolean"]),
        json!(["integer", "number"]),
    ];
    prop_oneof![4 => select(types).prop_map(Some), 1 => Just(None)]
}

/// A schema of one value. What holds for items is made of the same keywords.
fn property() -> impl Strategy<Value = Value> {
    let keywords = || btree_map(select(vec![0, 1, 2, 3]), keyword(), 0..3);
    let plain = || {
        (types(), keywords()).prop_map(|(type_, keywords)| {
            let mut schema: Map<String, Value> =
                keywords.into_values().map(|(name, value)| (name.to_owned(), value)).collect();
            if let Some(type_) = type_ {
                schema.insert("type".into(), type_);
            }
            schema
        })
    };
    (plain(), plain(), any::<bool>()).prop_map(|(mut schema, items, has_items)| {
        match schema.get("type").and_then(Value::as_str) {
            Some("array") if has_items => schema.insert("items".into(), items.into()),
            Some("object") if has_items => schema.insert("additionalProperties".into(), items.into()),
            _ => None,
        };
        schema.into()
    })
}

/// What an object may say about several of its properties.
fn relation() -> impl Strategy<Value = (&'static str, Value)> {
    let name = || select(NAMES.to_vec());
    let names = || subsequence(NAMES.to_vec(), 1..3);
    let value = || select(TEXTS.to_vec());
    prop_oneof![
        names().prop_map(|names| ("required", json!(names))),
        (name(), names()).prop_map(|(name, names)| ("dependentRequired", json!({ name: names }))),
        names().prop_map(|names| ("not", json!({ "required": names }))),
        names().prop_map(|names| {
            ("anyOf", names.iter().map(|name| json!({ "required": [name] })).collect::<Value>())
        }),
        subsequence(NAMES.to_vec(), 2..4).prop_map(|names| {
            ("oneOf", names.iter().map(|name| json!({ "required": [name] })).collect::<Value>())
        }),
        (name(), value(), names(), any::<bool>()).prop_map(|(name, value, then, is_required)| {
            let mut condition = json!({ "properties": { name: { "const": value } } });
            if is_required {
                condition["required"] = json!([name]);
            }
            ("allOf", json!([{ "if": condition, "then": { "required": then } }]))
        }),
        (name(), name(), vec(keyword(), 1..3), vec(keyword(), 1..3)).prop_map(|(name, other, first, second)| {
            let of = |keywords: Vec<(&'static str, Value)>| {
                keywords.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>()
            };
            let then = |keywords| json!({ "properties": { other: of(keywords) } });
            let condition = json!({ "required": [name] });
            let relations = json!([{ "if": condition, "then": then(first) }, { "if": condition, "then": then(second) }]);
            ("allOf", relations)
        }),
        (name(), name()).prop_map(|(name, other)| {
            let condition = json!({ "required": [name] });
            ("allOf", json!([{ "if": condition, "then": { "properties": { other: false } } }]))
        }),
        (name(), name(), name()).prop_map(|(a, b, c)| {
            let condition = json!({ "required": [a] });
            let (then, otherwise) = (json!({ "required": [b] }), json!({ "required": [c] }));
            ("allOf", json!([{ "if": condition, "then": then, "else": otherwise }]))
        }),
        Just(("minProperties", json!(2))),
        Just(("dependentSchemas", json!({ "A": { "required": ["B"] } }))),
    ]
}

fn schemas() -> impl Strategy<Value = Value> {
    (vec(property(), NAMES.len()), vec(relation(), 0..3)).prop_map(|(properties, relations)| {
        let properties: Map<String, Value> =
            NAMES.iter().map(|name| (*name).to_owned()).zip(properties).collect();
        let mut schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "definitions": { "small": { "maximum": 5 }, "words": { "enum": ["a", "b"] }, "numbers": { "enum": [1, 2] } },
            "properties": properties,
        });
        for (name, value) in relations {
            schema[name] = value;
        }
        schema
    })
}

fn texts() -> impl Strategy<Value = Texts> {
    let value = || proptest::option::weighted(0.8, select(TEXTS.to_vec()));
    vec(value(), NAMES.len()).prop_map(|values| {
        let pairs = NAMES.iter().zip(values);
        pairs.filter_map(|(name, text)| Some(((*name).to_owned(), text?.to_owned()))).collect()
    })
}

#[test]
fn the_model_and_the_engine_accept_what_a_validator_accepts() {
    let config = Config { cases: 1000, max_global_rejects: 60_000, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let outcome = runner.run(&(schemas(), vec(texts(), 4)), |(schema, environments)| {
        let text = schema.to_string();
        let file = read(&text, Format::Json);
        // Examples that break their own rules, empty ranges and the like are mistakes to us alone.
        if file.has_errors() {
            return Err(TestCaseError::reject("a schema with mistakes"));
        }
        let table = Table::new(&file.schema);
        for texts in &environments {
            let ours = model_accepts(&file, texts);
            let instance = instance(&table, texts, true);
            let theirs = accepts(&schema, &instance);
            if ours != theirs {
                let said = format!(
                    "we say {ours}, the validator {theirs}: {text}\n{texts:?} as {instance}\nforeign: {:?}",
                    file.foreign.as_ref().map(|f| &f.schema)
                );
                return Err(TestCaseError::fail(said));
            }
        }
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

/// What the model and the engine once did not agree on with the validator.
#[test]
fn schemas_that_once_meant_something_else() {
    let rows = [
        (json!({ "properties": { "A": { "type": "string", "enum": ["a", 1] } } }), "A", "1"),
        (json!({ "properties": { "A": { "type": "object" } } }), "A", "0"),
        (json!({ "properties": { "A": { "type": "integer", "oneOf": [{ "const": "2" }] } } }), "A", "0"),
        (json!({ "properties": { "A": { "type": ["integer", "boolean"], "enum": [1, 2] } } }), "A", "true"),
        (json!({ "properties": { "A": { "type": "integer", "allOf": [{ "type": "string" }] } } }), "A", "1"),
        (
            json!({ "properties": { "A": { "anyOf": [{ "type": "integer" }, { "const": "ab" }], "pattern": "^x" } } }),
            "A",
            "ab",
        ),
        (
            json!({ "properties": { "A": { "oneOf": [{ "const": "a" }], "anyOf": [{ "const": "b" }] } } }),
            "A",
            "a",
        ),
        (
            json!({ "properties": { "A": { "type": "array" }, "B": {} },
                "if": { "properties": { "A": { "const": "b" } }, "required": ["A"] }, "then": { "required": ["B"] } }),
            "A",
            "b",
        ),
        (
            json!({ "properties": { "A": { "type": "string", "minLength": 3 }, "B": { "default": "x" } },
                "if": { "required": ["A"] }, "then": { "properties": { "A": { "minLength": 1 } } } }),
            "A",
            "ab",
        ),
        (
            json!({ "properties": { "A": {}, "B": {} }, "required": ["B"],
                "if": { "required": ["A"] }, "then": { "not": { "required": ["B"] } } }),
            "A",
            "ab",
        ),
        (json!({ "properties": { "A": { "type": "string", "format": "duration" } } }), "A", "5s"),
        (
            json!({ "properties": { "A": { "type": "array", "items": { "type": "string", "minLength": 2 } } } }),
            "A",
            "ab,c",
        ),
    ];
    for (mut schema, key, text) in rows {
        schema["type"] = json!("object");
        let file = read(&schema.to_string(), Format::Json);
        assert!(!file.has_errors(), "{schema}: {:?}", file.diagnostics);
        let texts = vec![(key.to_owned(), text.to_owned())];
        let theirs = accepts(&schema, &instance(&Table::new(&file.schema), &texts, true));
        assert_eq!(model_accepts(&file, &texts), theirs, "{schema} with {texts:?}");
    }
}
