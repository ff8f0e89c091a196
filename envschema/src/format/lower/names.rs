//! Names that one part of a schema uses for another: each must be known, or it would never mean anything.

use envschema_core::diagnostic::Severity;
use envschema_core::kind::Kind;
use envschema_core::phrase;
use envschema_core::redact;
use envschema_core::schema::{Constraint, Schema, Text};
use envschema_core::span::Span;
use envschema_core::suggest;
use envschema_core::table::{RowId, Table};

use super::Notes;
use super::mistake::{invalid, rename};
use super::values::Literal;

/// A name that stands for something declared elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    /// What it names.
    pub(crate) what: Named,
    /// The name.
    pub(crate) name: Text,
    /// What may stand before it, if it is a key.
    pub(crate) prefix: String,
    /// Where it stands.
    pub(crate) span: Span,
    /// What names it, as messages call it: `` a condition of `PORT` ``.
    pub(crate) by: String,
}

/// What a name stands for.
#[derive(Clone, Debug)]
pub(crate) enum Named {
    /// A variable, by its whole key or an alias.
    Variable,
    /// A list that is searched for a value.
    List,
    /// A variable that is compared with these values.
    Value(Vec<Literal>),
    /// A profile.
    Profile,
    /// A service.
    Service,
    /// A phase.
    Phase,
}

/// What profiles are usually called.
const USUAL_PROFILES: [&str; 6] = ["production", "staging", "development", "preview", "local", "test"];

/// The phases there are if a schema does not list them.
pub(crate) const PHASES: [&str; 2] = ["build", "runtime"];

/// Looks every mention up; `phases` are those the schema lists.
pub(crate) fn look_up(table: &Table<'_>, phases: &[Text], notes: &mut Notes) {
    if notes.mentions.is_empty() {
        return;
    }
    let known = Known::new(table, phases);
    for mention in std::mem::take(&mut notes.mentions) {
        known.look_up(&mention, notes);
    }
}

struct Known<'s> {
    table: &'s Table<'s>,
    profiles: Vec<&'s str>,
    services: Vec<&'s str>,
    phases: Vec<&'s str>,
}

impl<'s> Known<'s> {
    fn new(table: &'s Table<'s>, phases: &'s [Text]) -> Self {
        let phases = match phases {
            [] => PHASES.to_vec(),
            _ => phases.iter().map(AsRef::as_ref).collect(),
        };
        let services = table.schema.services.iter().map(AsRef::as_ref).collect();
        Self { table, profiles: profiles(table, table.schema), services, phases }
    }

    fn look_up(&self, mention: &Mention, notes: &mut Notes) {
        let name = mention.name.as_ref();
        match &mention.what {
            Named::Variable => self.variable(mention, notes),
            Named::List => self.list(mention, notes),
            Named::Value(literals) => {
                self.variable(mention, notes);
                self.values(mention, literals, notes);
            }
            Named::Profile if self.profiles.is_empty() => almost_usual(mention, name, notes),
            Named::Profile => missing(mention, "profile", name, &self.profiles, notes),
            Named::Service => missing(mention, "service", name, &self.services, notes),
            Named::Phase => missing(mention, "phase", name, &self.phases, notes),
        }
    }

    fn row(&self, mention: &Mention) -> Option<RowId> {
        let whole = format!("{}{}", mention.prefix, mention.name);
        self.table.find(&whole).or_else(|| self.table.find(&mention.name))
    }

    fn variable(&self, mention: &Mention, notes: &mut Notes) {
        if self.row(mention).is_some() {
            return;
        }
        let by = &mention.by;
        let Some(key) = redact::key(mention.name.as_bytes()) else {
            let headline = format!("{by} names something that is not shaped like a key");
            notes.push(invalid(mention.span, headline).help("write the key of a declared variable"));
            return;
        };
        let diagnostic = invalid(mention.span, format!("{by} names `{key}`, which is not declared"));
        let near = suggest::nearest(key, self.table.rows.iter().map(|row| row.key.as_ref()));
        notes.push(match near {
            Some(near) => {
                diagnostic.help(format!("did you mean `{near}`?")).fix(Some(rename(mention.span, near)))
            }
            None => diagnostic.help("declare it, or correct the name"),
        });
    }

    /// A variable that must be a list.
    fn list(&self, mention: &Mention, notes: &mut Notes) {
        self.variable(mention, notes);
        let row = self.row(mention).map(|row| self.table.row(row));
        if let Some(row) = row.filter(|row| !matches!(row.variable.kind, Kind::List(_))) {
            let headline = format!("`list` of {} names `{}`, which is no list", mention.by, row.key);
            let help = format!("make `{}` a list, such as `comma-separated string`", row.key);
            notes.push(invalid(mention.span, headline).help(help));
        }
    }

    /// Values that the variable can never have.
    fn values(&self, mention: &Mention, literals: &[Literal], notes: &mut Notes) {
        let row = self.row(mention).map(|row| self.table.row(row));
        if row.map_or_else(|| redact::looks_secret(&mention.name), |row| row.sensitive) {
            notes.secrets.extend(literals.iter().map(|literal| literal.span));
        }
        let Some(row) = row else { return };
        let variable = row.variable;
        for literal in literals {
            if variable.kind.parse(&literal.text).is_err() && !variable.also.contains(&literal.text) {
                let headline = format!(
                    "{} compares `{}` with a text that is not {}",
                    mention.by,
                    mention.name,
                    variable.kind.expected()
                );
                notes.push(
                    invalid(literal.span, headline).help(format!("write {}", variable.kind.expected())),
                );
            }
        }
    }
}

/// Warns of a profile that is called almost like a usual one, where no list says which there are.
fn almost_usual(mention: &Mention, name: &str, notes: &mut Notes) {
    let near = suggest::nearest(name, USUAL_PROFILES).filter(|near| *near != name);
    if let Some(near) = near.filter(|_| !USUAL_PROFILES.contains(&name)) {
        let headline = format!("{} names a profile that is almost called `{near}`", mention.by);
        let diagnostic = invalid(mention.span, headline).severity(Severity::Warning);
        notes.push(
            diagnostic.help(format!("write `{near}`, or list the profiles there are under `profiles`")),
        );
    }
}

/// The profiles a schema lists, and the values of the variable that selects one.
fn profiles<'s>(table: &Table<'s>, schema: &'s Schema) -> Vec<&'s str> {
    let mut profiles: Vec<&str> = schema.profiles.iter().map(|profile| profile.name.as_ref()).collect();
    let row = schema.profile.as_ref().and_then(|key| table.find(key));
    let Some(row) = row else { return profiles };
    let variable = table.row(row).variable;
    for constraint in variable.constraints.iter().filter(|_| variable.kind == Kind::String) {
        if let Constraint::OneOf(literals) = constraint {
            profiles.extend(literals.iter().map(AsRef::as_ref).collect::<Vec<&str>>());
        }
    }
    profiles
}

/// Reports a name that is not in a list, if there is a list.
fn missing(mention: &Mention, what: &str, name: &str, known: &[&str], notes: &mut Notes) {
    if known.is_empty() || known.contains(&name) {
        return;
    }
    let headline = format!("{} names a {what} that the schema does not have", mention.by);
    let diagnostic = invalid(mention.span, headline);
    notes.push(match suggest::value(name, known) {
        Some(near) => {
            diagnostic.help(format!("did you mean `{near}`?")).fix(Some(rename(mention.span, near)))
        }
        None => diagnostic.help(format!("write {}", phrase::alternatives(known))),
    });
}
