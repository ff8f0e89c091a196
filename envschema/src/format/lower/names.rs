//! Names that one part of a schema file uses for another, with their places: each is looked up.

use envschema_core::mention::{self, Fault, Known};
use envschema_core::redact;
use envschema_core::schema::Text;
use envschema_core::span::Span;
use envschema_core::table::Table;

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

/// Looks every mention up; `phases` are those the schema lists.
pub(crate) fn look_up(table: &Table<'_>, phases: &[Text], notes: &mut Notes) {
    if notes.mentions.is_empty() {
        return;
    }
    let known = Known::new(table, phases);
    for mention in std::mem::take(&mut notes.mentions) {
        mention.look_up(&known, notes);
    }
}

impl Mention {
    fn look_up(&self, known: &Known<'_>, notes: &mut Notes) {
        let literals = match &self.what {
            Named::Value(literals) => literals.as_slice(),
            _ => &[],
        };
        let texts: Vec<&str> = literals.iter().map(|literal| literal.text.as_ref()).collect();
        let mention = self.in_words_of_the_core(&texts);
        if let Named::Value(_) = self.what {
            let row = known.row(&mention);
            if row.map_or_else(|| redact::looks_secret(&self.name), |row| row.sensitive) {
                notes.secrets.extend(literals.iter().map(|literal| literal.span));
            }
        }
        for Fault { headline, help, meant, value, severity } in known.faults(&mention) {
            let literal = value.and_then(|index| literals.get(index));
            let span = literal.map_or(self.span, |literal| literal.span);
            let fix = meant.map(|meant| rename(span, &meant));
            notes.push(invalid(span, headline).severity(severity).help(help).fix(fix));
        }
    }

    fn in_words_of_the_core<'m>(&'m self, values: &'m [&'m str]) -> mention::Mention<'m> {
        let what = match &self.what {
            Named::Variable => mention::Named::Variable,
            Named::List => mention::Named::List,
            Named::Value(_) => mention::Named::Value(values),
            Named::Profile => mention::Named::Profile,
            Named::Service => mention::Named::Service,
            Named::Phase => mention::Named::Phase,
        };
        mention::Mention { what, name: &self.name, prefix: &self.prefix, by: &self.by }
    }
}
