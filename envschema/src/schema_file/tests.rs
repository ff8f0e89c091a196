//! Schema files against what they must be read as: each case is a text, and what it declares or what is wrong with it.
#![cfg(all(feature = "toml", feature = "yaml"))]

use std::fmt::Write as _;

use envschema_core::report::Source;
use envschema_core::report::locate::{SchemaSource, report_schema};
use envschema_core::schema::{Constraint, Entry, Many, Presence, Rule, Schema, Text, Variable, When};

use envschema_core::subject::Subject;
use envschema_core::table::Table;

use super::{Foreign, Format, SchemaFile, read};

mod extending;
mod places;
mod properties;

/// What a schema declares, one line each.
fn declared(file: &SchemaFile) -> String {
    let mut out = String::new();
    let Schema { name, doc, profile, default_profile, profiles, services, dialect, readers, unknown, .. } =
        &file.schema;
    for (word, said) in [("name", name.as_ref()), ("doc", doc.as_ref())] {
        line(&mut out, word, said);
    }
    for (word, said) in [("profile", profile), ("default profile", default_profile), ("dialect", dialect)] {
        line(&mut out, word, said.as_deref().unwrap_or_default());
    }
    let profiles: Vec<String> = profiles
        .iter()
        .map(|profile| format!("{}{}", profile.name, flag(profile.deployed, "deployed")))
        .collect();
    line(&mut out, "profiles", &profiles.join(", "));
    line(&mut out, "services", &services.join(", "));
    line(&mut out, "readers", &readers.join(", "));
    if *unknown != Default::default() {
        let policy = unknown.policy.map(|policy| format!("{policy:?}").to_lowercase()).unwrap_or_default();
        let parts =
            format!("{policy} prefixes={} allow={}", unknown.prefixes.join("|"), unknown.allow.join("|"));
        line(&mut out, "unknown", &parts);
    }
    for allowance in file.schema.allow.iter() {
        line(&mut out, "allow", &format!("{}: {}", allowance.code, allowance.reason));
    }
    rules(&mut out, &file.schema.rules, 0);
    entries(&mut out, &file.schema.entries, 0);
    if let Some(foreign) = &file.foreign {
        let table = Table::new(&file.schema);
        for keyword in &foreign.keywords {
            let of = keyword.row.map_or(String::new(), |row| format!(" of {}", table.row(row).key));
            writeln!(out, "foreign {}{of} at {}", keyword.name, keyword.pointer).unwrap();
        }
        writeln!(out, "{}", foreign.schema).unwrap();
    }
    out
}

fn line(out: &mut String, word: &str, said: &str) {
    if !said.is_empty() {
        writeln!(out, "{word}: {said}").unwrap();
    }
}

fn flag(said: Option<bool>, word: &str) -> String {
    said.map_or(String::new(), |said| format!(" {word}={said}"))
}

fn rules(out: &mut String, rules: &[Rule], depth: usize) {
    for rule in rules {
        let name = format!("{rule:?}");
        let name = name.split(['(', ' ']).next().unwrap();
        writeln!(out, "{:width$}rule {name} {}", "", rule.keys().join(" "), width = depth * 2).unwrap();
    }
}

fn entries(out: &mut String, all: &[Entry], depth: usize) {
    for entry in all {
        match entry {
            Entry::Variable(variable) => {
                writeln!(out, "{:width$}{}", "", row(variable), width = depth * 2).unwrap();
            }
            Entry::Group(group) => {
                let mut head = format!("[{}]", group.name);
                for (word, said) in [("doc", &group.doc), ("prefix", &group.prefix), ("path", &group.path)] {
                    if !said.is_empty() {
                        write!(head, " {word}={said}").unwrap();
                    }
                }
                if group.optional {
                    head.push_str(" optional");
                }
                writeln!(out, "{:width$}{head}", "", width = depth * 2).unwrap();
                rules(out, &group.rules, depth + 1);
                entries(out, &group.entries, depth + 1);
            }
        }
    }
}

fn row(variable: &Variable) -> String {
    let mut parts = vec![variable.key.to_string(), kind(&variable.kind), presence(&variable.presence)];
    parts.extend(variable.constraints.iter().map(constraint));
    parts.extend(variable.bounds.iter().map(|bound| format!("bound{}", constraint(bound))));
    if !variable.prefixed {
        parts.push("whole-key".into());
    }
    many(&mut parts, "also", &variable.also);
    many(&mut parts, "examples", &variable.examples);
    many(&mut parts, "aliases", &variable.aliases);
    many(&mut parts, "services", &variable.services);
    many(&mut parts, "phases", &variable.phases);
    parts.push(flag(variable.sensitive, "sensitive").trim().to_owned());
    if variable.allow_empty {
        parts.push("allow-empty".into());
    }
    if let Some(deprecation) = &variable.deprecated {
        let word = if deprecation.removed { "removed" } else { "deprecated" };
        parts.push(format!("{word}={:?}", deprecation.note));
        parts.extend(deprecation.replaced_by.iter().map(|key| format!("replaced-by={key}")));
    }
    for (word, said) in [("path", &variable.path), ("doc", &variable.doc)] {
        if !said.is_empty() {
            parts.push(format!("{word}={said}"));
        }
    }
    parts.extend(variable.when.iter().map(when));
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

fn many(parts: &mut Vec<String>, word: &str, all: &Many<Text>) {
    if !all.is_empty() {
        parts.push(format!("{word}={}", all.join("|")));
    }
}

fn kind(kind: &envschema_core::kind::Kind) -> String {
    use envschema_core::kind::Kind;
    match kind {
        Kind::List(list) => format!("list({} by {:?})", list.items.name(), list.separator),
        Kind::Map(map) => format!("map({} by {:?} {:?})", map.values.name(), map.separator, map.assign),
        kind => kind.name().to_owned(),
    }
}

fn presence(presence: &Presence) -> String {
    match presence {
        Presence::Required => "required".to_owned(),
        Presence::Optional => String::new(),
        Presence::Default(text) => format!("default={text:?}"),
    }
}

fn constraint(constraint: &Constraint) -> String {
    match constraint {
        Constraint::Min(bound) => format!(">={bound}"),
        Constraint::Max(bound) => format!("<={bound}"),
        Constraint::Above(bound) => format!(">{bound}"),
        Constraint::Below(bound) => format!("<{bound}"),
        Constraint::MinLength(length) => format!("length>={length}"),
        Constraint::MaxLength(length) => format!("length<={length}"),
        Constraint::Pattern(pattern) => format!("/{pattern}/"),
        Constraint::OneOf(all) => format!("one-of={}", all.join("|")),
        Constraint::NotOneOf(all) => format!("not-one-of={}", all.join("|")),
        Constraint::Schemes(all) => format!("schemes={}", all.join("|")),
    }
}

fn when(when: &When) -> String {
    let condition = &when.condition;
    let mut parts = Vec::new();
    many(&mut parts, "profile", &condition.profiles);
    many(&mut parts, "service", &condition.services);
    many(&mut parts, "phase", &condition.phases);
    many(&mut parts, "set", &condition.set);
    parts.extend(condition.values.iter().map(|(key, values)| format!("{key}={}", values.join("|"))));
    parts.push("->".to_owned());
    if let Some(said) = &when.presence {
        parts.push(if *said == Presence::Optional { "optional".to_owned() } else { presence(said) });
    }
    if when.forbidden {
        parts.push("forbidden".to_owned());
    }
    parts.extend(when.constraints.iter().map(constraint));
    if let Some(also) = &when.also {
        many(&mut parts, "also", also);
    }
    format!("{{{}}}", parts.join(" "))
}

/// What is wrong with a schema, one line each: code, place, headline and help; of the checks of the model code, place and key.
fn mistakes(text: &str, file: &SchemaFile) -> String {
    let source =
        SchemaSource { source: Source::new("schema", text.as_bytes()), outline: &file.outline, base: None };
    let report = report_schema(file.diagnostics.clone(), &source);
    let mut out = String::new();
    for located in &report.diagnostics {
        let column = located.place.columns.map_or("-".to_owned(), |(start, _)| start.to_string());
        let line = located.place.line.map_or("-".to_owned(), |line| line.to_string());
        let diagnostic = &located.diagnostic;
        write!(out, "{} {line}:{column} ", diagnostic.code).unwrap();
        if !matches!(diagnostic.primary, Subject::SchemaText(_)) {
            // A check of the model: its words are tested where it is.
            writeln!(out, "{}", diagnostic.key.as_deref().unwrap_or_default()).unwrap();
            continue;
        }
        out.push_str(&diagnostic.headline);
        for (place, message) in &located.labels {
            write!(out, " [{} {message}]", place.line.unwrap_or_default()).unwrap();
        }
        if let Some(help) = &diagnostic.help {
            write!(out, " ({help})").unwrap();
        }
        out.push('\n');
    }
    out
}

/// A case of a table: its title, the text and what is expected.
struct Case<'c> {
    title: &'c str,
    format: Format,
    text: &'c str,
    expected: &'c str,
}

/// The cases of a table: `=== title (format)`, the text, `---`, what is expected.
fn cases(table: &str) -> impl Iterator<Item = Case<'_>> {
    let blocks = table.split("\n=== ").skip(1);
    blocks.map(|block| {
        let (title, rest) = block.split_once('\n').unwrap();
        let (text, expected) = rest.split_once("\n---\n").unwrap_or_else(|| panic!("{title} has no `---`"));
        let format = match title.rsplit_once(" in ").map(|(_, format)| format) {
            Some("TOML") => Format::Toml,
            Some("JSON") => Format::Json,
            _ => Format::Yaml,
        };
        Case { title, format, text, expected: expected.trim_end() }
    })
}

#[track_caller]
fn assert_cases(table: &str, actual: fn(&str, &SchemaFile) -> String) {
    let mut wrong = String::new();
    let mut count = 0;
    for case in cases(table) {
        count += 1;
        let file = read(case.text, case.format);
        let actual = actual(case.text, &file);
        if let Some(foreign) = &file.foreign {
            assert_foreign(case.text, foreign);
        }
        if actual.trim_end() != case.expected {
            write!(wrong, "\n=== {}\n{}\n---\n{actual}", case.title, case.text).unwrap();
        }
    }
    assert!(count > 0 && wrong.is_empty(), "not as expected:{wrong}");
}

/// The schema of foreign keywords is JSON, and each keyword is where its pointer and its span say.
#[track_caller]
fn assert_foreign(text: &str, foreign: &Foreign) {
    let schema: serde_json::Value = serde_json::from_str(&foreign.schema).unwrap();
    for keyword in &foreign.keywords {
        assert!(schema.pointer(&keyword.pointer).is_some(), "{} in {}", keyword.pointer, foreign.schema);
        assert!(text[keyword.span.range()].starts_with(&keyword.name), "{}", &text[keyword.span.range()]);
    }
}

#[test]
fn sound_json_schemas_declare_what_they_say() {
    assert_cases(include_str!("tests/json_schema_sound.txt"), |text, file| {
        format!("{}{}", mistakes(text, file), declared(file))
    });
}

#[test]
fn every_mistake_of_a_json_schema_is_found_at_its_place() {
    assert_cases(include_str!("tests/json_schema_mistakes.txt"), mistakes);
}

#[test]
fn sound_schemas_declare_what_they_say() {
    assert_cases(include_str!("tests/sound.txt"), |text, file| {
        format!("{}{}", mistakes(text, file), declared(file))
    });
}

#[test]
fn every_mistake_is_found_at_its_place() {
    assert_cases(include_str!("tests/mistakes.txt"), mistakes);
}

#[test]
fn the_schema_of_a_real_team_loads_as_it_stands() {
    let text = include_str!("tests/zamio.yaml");
    let file = read(text, Format::Yaml);
    assert_eq!(mistakes(text, &file), "");
    assert_eq!(declared(&file), include_str!("tests/zamio.txt"));
}

#[test]
fn a_plain_schema_may_be_of_any_size() {
    let count = 25_000;
    let properties: Vec<String> = (0..count).map(|n| format!("\"V{n}\": {{\"type\": \"string\"}}")).collect();
    let names: Vec<String> = (0..count).map(|n| format!("\"V{n}\"")).collect();
    let text =
        format!("{{\"properties\": {{{}}}, \"required\": [{}]}}", properties.join(", "), names.join(", "));
    let file = read(&text, Format::Json);
    assert_eq!(mistakes(&text, &file), "");
    assert_eq!(file.schema.entries.len(), count);
}
