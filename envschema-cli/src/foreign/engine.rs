//! The `jsonschema` engine judges them. What it finds is said in our words, at our places: nothing of a value gets into a
//! message. It fetches nothing.

use envschema::core::diagnostic::{Diagnostic, Findings};
use envschema::core::judge::Judgement;
use envschema::core::kind::Kind;
use envschema::core::subject::{Part, Subject};
use envschema::core::table::{RowId, Table};
use envschema::schema_file::{Foreign, ForeignKeyword};
use jsonschema::{PatternOptions, ValidationError, Validator};

use super::instance;

/// How much memory one pattern of a schema may take.
const PATTERN_LIMIT: usize = 1 << 20;

/// The foreign keywords of a schema, ready to judge.
pub(crate) struct Engine<'s> {
    foreign: &'s Foreign,
    schema: serde_json::Value,
    validator: Validator,
}

impl<'s> Engine<'s> {
    /// Starts the engine, or says what it does not understand.
    pub(crate) fn new(foreign: &'s Foreign) -> Result<Self, Vec<Diagnostic>> {
        let schema: serde_json::Value = serde_json::from_str(&foreign.schema).unwrap_or_default();
        let patterns = PatternOptions::fancy_regex().size_limit(PATTERN_LIMIT);
        // Later drafts leave formats alone; what a schema says is meant here, whatever its draft.
        let options = jsonschema::options().should_validate_formats(true);
        let built = options.offline().with_pattern_options(patterns).build(&schema);
        match built {
            Ok(validator) => Ok(Self { foreign, schema, validator }),
            Err(error) => Err(vec![misunderstood(foreign, &error)]),
        }
    }

    /// Whether a text is right as a value of a type that one of the alternatives names: every value of an environment is
    /// written as text, and without a `type` of the variable nothing says which of them is meant.
    fn fits_otherwise(
        &self,
        judgement: &Judgement<'_>,
        keyword: &ForeignKeyword,
        row: RowId,
        instance: &serde_json::Value,
    ) -> bool {
        if !matches!(keyword.name.as_str(), "anyOf" | "oneOf") {
            return false;
        }
        let types = self.schema.pointer(&keyword.pointer).map(types_of).unwrap_or_default();
        let others = types.into_iter().filter_map(|named| instance::reread(judgement, row, named, instance));
        let is_about_it = |error: &ValidationError<'_>| {
            self::keyword(self.foreign, error).is_some_and(|other| other.pointer == keyword.pointer)
        };
        others.into_iter().any(|other| !self.validator.iter_errors(&other).any(|error| is_about_it(&error)))
    }

    /// Judges an environment as a whole and adds what the model did not find.
    pub(crate) fn check(&self, judgement: &Judgement<'_>, findings: &mut Findings) {
        let instance = instance::of(judgement);
        let mut seen = Vec::new();
        for error in self.validator.iter_errors(&instance) {
            let Some(keyword) = keyword(self.foreign, &error) else { continue };
            let row = subject_row(judgement.environment.table, keyword, &error);
            // What the model has found already is said once, and one keyword says one thing of one variable.
            let is_known = row.is_some_and(|row| {
                instance::is_judged_wrong(judgement, row)
                    || self.fits_otherwise(judgement, keyword, row, &instance)
            });
            if !is_known && !seen.contains(&(keyword.span, row)) {
                seen.push((keyword.span, row));
                findings.push(diagnostic(judgement, keyword, row, &error));
            }
        }
    }
}

/// The types that alternatives name.
fn types_of(alternatives: &serde_json::Value) -> Vec<&str> {
    let alternatives = alternatives.as_array().map(Vec::as_slice).unwrap_or_default();
    let types = alternatives.iter().filter_map(|alternative| alternative.get("type"));
    let names =
        types.flat_map(|named| named.as_array().map_or_else(|| std::slice::from_ref(named), Vec::as_slice));
    names.filter_map(serde_json::Value::as_str).collect()
}

/// The keyword that an error is about: the one whose pointer leads furthest on the way to it.
fn keyword<'s>(foreign: &'s Foreign, error: &ValidationError<'_>) -> Option<&'s ForeignKeyword> {
    let paths = [error.schema_path().as_str(), error.evaluation_path().as_str()];
    let leads_to = |keyword: &&ForeignKeyword| paths.iter().any(|path| is_on_the_way(&keyword.pointer, path));
    foreign.keywords.iter().filter(leads_to).max_by_key(|keyword| keyword.pointer.len())
}

fn is_on_the_way(pointer: &str, path: &str) -> bool {
    path.strip_prefix(pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The variable an error is about: the keyword's, else the one at the place in the instance.
fn subject_row(table: &Table<'_>, keyword: &ForeignKeyword, error: &ValidationError<'_>) -> Option<RowId> {
    let place = || {
        let mut path = error.instance_path().as_str();
        while !path.is_empty() {
            let dotted = path.trim_start_matches('/').replace('/', ".").replace("~1", "/").replace("~0", "~");
            if let Some(row) = table.find_path(&dotted).or_else(|| table.find(&dotted)) {
                return Some(row);
            }
            path = path.rsplit_once('/').map_or("", |(before, _)| before);
        }
        None
    };
    keyword.row.or_else(place)
}

fn diagnostic(
    judgement: &Judgement<'_>,
    keyword: &ForeignKeyword,
    row: Option<RowId>,
    error: &ValidationError<'_>,
) -> Diagnostic {
    let environment = judgement.environment;
    let item = row.and_then(|row| item(&environment.table.row(row).variable.kind, error));
    let key = row.map(|row| environment.table.row(row).key.as_ref());
    let subject = match (key, item) {
        (None, _) => "the environment".to_owned(),
        (Some(key), None) => format!("`{key}`"),
        (Some(key), Some(index)) => format!("item {} of `{key}`", index + 1),
    };
    let winner = row.and_then(|row| environment.winner(row));
    let primary = winner.map_or(Subject::Environment, |winner| {
        let part = item.map_or(Part::Value, |index| judgement.item_part(winner, index));
        Subject::entry(environment.occurrences[winner as usize].id, part)
    });
    let headline = format!("{subject} breaks the schema's `{}`", keyword.name);
    Diagnostic::error(code(&keyword.name, row.is_some()), primary, headline)
        .maybe_key(key)
        .rule(Subject::SchemaText(keyword.span))
}

/// The item of a list that an error is about, by index.
fn item(kind: &Kind, error: &ValidationError<'_>) -> Option<u32> {
    let (_, last) = error.instance_path().as_str().rsplit_once('/')?;
    if matches!(kind, Kind::List(_)) { last.parse().ok() } else { None }
}

/// The code that a keyword is reported under.
fn code(keyword: &str, about_one: bool) -> &'static str {
    match keyword {
        "required" | "dependentRequired" | "dependencies" => "missing-variable",
        "additionalProperties" | "unevaluatedProperties" | "propertyNames" => "unknown-variable",
        "minItems" | "maxItems" | "minLength" | "maxLength" | "minProperties" | "maxProperties" => {
            "invalid-length"
        }
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => "out-of-range",
        "pattern" => "pattern-mismatch",
        "type" | "format" | "contentEncoding" | "contentMediaType" => "invalid-value",
        _ if about_one => "value-not-allowed",
        _ => "conflicting-variables",
    }
}

/// A schema that the engine does not understand.
fn misunderstood(foreign: &Foreign, error: &ValidationError<'_>) -> Diagnostic {
    let path = error.instance_path().as_str();
    let on_the_way = |keyword: &&ForeignKeyword| is_on_the_way(&keyword.pointer, path);
    let found = foreign.keywords.iter().filter(on_the_way).max_by_key(|keyword| keyword.pointer.len());
    let keyword = found.or(foreign.keywords.first());
    let (name, span) =
        keyword.map_or(("a keyword", Default::default()), |keyword| (keyword.name.as_str(), keyword.span));
    let subject = Subject::SchemaText(span);
    if name == "pattern" {
        return Diagnostic::error("invalid-pattern", subject, "the pattern is not a regular expression")
            .help("write a `\\` before a character that stands for itself");
    }
    let headline = format!("`{name}` does not say what JSON Schema lets it say");
    Diagnostic::error("invalid-schema", subject, headline)
        .help(format!("hold `{name}` against the specification of JSON Schema, or remove it"))
}
