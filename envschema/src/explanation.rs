//! Where every value came from: a table for a start-up log, without a secret in it.

use std::fmt;

use envschema_core::environment::Standing;
use envschema_core::judge::Judgement;
use envschema_core::raw::Raw;
use envschema_core::redact::{self, MASK};
use envschema_core::render::{self, Colour};
use envschema_core::report::{Located, Report};
use envschema_core::schema::Presence;
use envschema_core::span::Lines;
use envschema_core::subject::EntryId;
use envschema_core::table::RowId;

/// Where every value of a configuration came from.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The profile it was loaded for, as it may be shown.
    pub profile: Option<String>,
    /// One line for each variable, in the order of the schema.
    pub variables: Vec<Explained>,
    warnings: Report,
}

/// Where the value of one variable came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The key.
    pub key: String,
    /// The value as it may be shown; `None` if it is not set and has no default.
    pub value: Option<String>,
    /// Where it stands, `default`, or `not set`.
    pub origin: String,
    /// The places of lower precedence that it replaces.
    pub shadows: Vec<String>,
}

impl Explanation {
    pub(crate) fn new(judgement: &Judgement<'_>) -> Self {
        let rows = judgement.environment.table.iter();
        let profile = judgement.shown_profile().map(|name| redact::escape(name).into_owned());
        let variables = rows.map(|(row, _)| explain(judgement, row)).collect();
        Self { profile, variables, warnings: Report::default() }
    }

    pub(crate) fn with_warnings(self, warnings: Report) -> Self {
        Self { warnings, ..self }
    }

    /// What should be looked at although it kept nothing from being loaded: what is deprecated, keys that nobody declared.
    pub fn warnings(&self) -> impl Iterator<Item = &Located> {
        self.warnings.diagnostics.iter()
    }

    /// Prints the warnings on standard error, if there are any.
    #[expect(clippy::print_stderr, reason = "this is what it is for")]
    pub fn print_warnings(&self) {
        eprint!("{}", render::full(&self.warnings, Colour::Never));
    }
}

fn explain(judgement: &Judgement<'_>, id: RowId) -> Explained {
    let environment = judgement.environment;
    let row = environment.table.row(id);
    let replaced = environment
        .occurrences_of(id)
        .filter(|(_, other)| matches!(other.standing, Standing::Shadowed(_) | Standing::Repeated(_)));
    let shadows = replaced.map(|(_, other)| place(judgement, other.id)).collect();
    let key = row.key.clone().into_owned();
    if let Some(winner) = environment.winner(id) {
        let entry = environment.occurrences[winner as usize].id;
        let value =
            if judgement.is_secret(entry) { MASK.to_owned() } else { shown(&environment.entry(entry).raw) };
        return Explained { key, value: Some(value), origin: place(judgement, entry), shadows };
    }
    let (value, origin) = match judgement.presence(id).0 {
        Presence::Default(_) if row.sensitive => (Some(MASK.to_owned()), "default"),
        Presence::Default(text) => (Some(redact::value(text)), "default"),
        Presence::Required | Presence::Optional => (None, "not set"),
    };
    Explained { key, value, origin: origin.to_owned(), shadows }
}

fn shown(raw: &Raw<'_>) -> String {
    match raw {
        Raw::Text(text) => redact::value(text),
        Raw::Number(text) => redact::escape(text).into_owned(),
        Raw::Boolean(value) => value.to_string(),
        Raw::List(items) => {
            let items: Vec<_> = items.iter().map(|(item, _)| shown(item)).collect();
            format!("[{}]", items.join(", "))
        }
        Raw::Table(_) => "{…}".to_owned(),
        Raw::Content(_) | Raw::Bytes | Raw::Absent | Raw::Null => MASK.to_owned(),
    }
}

/// `file:line`, or the name of a source without lines.
fn place(judgement: &Judgement<'_>, id: EntryId) -> String {
    let layer = judgement.environment.layer(id);
    if !layer.has_places() {
        return redact::escape(&layer.place_of(judgement.environment.entry(id))).into_owned();
    }
    let name = redact::escape(&layer.name);
    let line = Lines::new(layer.text).line_of(judgement.environment.entry(id).key_span.start);
    format!("{name}:{line}")
}

/// The profile, and a table of keys, values and places.
impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values = || self.variables.iter().map(|variable| variable.value.as_deref().unwrap_or("-"));
        let wide =
            |texts: &mut dyn Iterator<Item = &str>| texts.map(|text| text.chars().count()).max().unwrap_or(0);
        let keys = wide(&mut self.variables.iter().map(|variable| variable.key.as_str()));
        let widest = wide(&mut values());
        if let Some(profile) = &self.profile {
            writeln!(f, "profile {profile}")?;
        }
        for (variable, value) in self.variables.iter().zip(values()) {
            write!(f, "{:keys$}  {value:widest$}  {}", variable.key, variable.origin)?;
            if !variable.shadows.is_empty() {
                write!(f, " (instead of {})", variable.shadows.join(", "))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
