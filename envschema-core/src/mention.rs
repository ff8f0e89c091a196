//! Names by which one part of a schema means another: each must be known, or it would never mean anything.

use crate::diagnostic::Severity;
use crate::kind::Kind;
use crate::names::{self, PHASES};
use crate::phrase;
use crate::redact;
use crate::schema::Text;
use crate::suggest;
use crate::table::{Row, Table};

/// A name that stands for something declared elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Mention<'m> {
    /// What it names.
    pub what: Named<'m>,
    /// The name.
    pub name: &'m str,
    /// What may stand before it, if it is a key.
    pub prefix: &'m str,
    /// What names it, as messages call it: `` a condition of `PORT` ``.
    pub by: &'m str,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug)]
pub enum Named<'m> {
    /// A variable, by its whole key or an alias.
    Variable,
    /// A list that is searched for a value.
    List,
    /// A variable that is compared with these values.
    Value(&'m [&'m str]),
    /// A profile.
    Profile,
    /// A service.
    Service,
    /// A phase.
    Phase,
}

/// A mention that means nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub headline: String,
    /// What to do.
    pub help: String,
    /// The name that was meant, as far as one can tell.
    pub meant: Option<String>,
    /// The value that is wrong, by index; `None` if it is the name.
    pub value: Option<usize>,
    /// How bad it is.
    pub severity: Severity,
}

/// What profiles are usually called.
const USUAL_PROFILES: [&str; 6] = ["production", "staging", "development", "preview", "local", "test"];

/// The names that a schema knows.
pub struct Known<'s> {
    table: &'s Table<'s>,
    profiles: Vec<&'s str>,
    services: Vec<&'s str>,
    phases: Vec<&'s str>,
}

impl<'s> Known<'s> {
    /// What `table` declares; `phases` are those the schema lists.
    #[must_use]
    pub fn new(table: &'s Table<'s>, phases: &'s [Text]) -> Self {
        let phases = match phases {
            [] => PHASES.to_vec(),
            _ => phases.iter().map(AsRef::as_ref).collect(),
        };
        let services = table.schema.services.iter().map(AsRef::as_ref).collect();
        Self { table, profiles: names::listed_profiles(table), services, phases }
    }

    /// Why a mention means nothing; nothing if it means something.
    #[must_use]
    pub fn faults(&self, mention: &Mention<'_>) -> Vec<Fault> {
        let one = |fault: Option<Fault>| fault.into_iter().collect();
        match mention.what {
            Named::Variable => one(self.undeclared(mention)),
            Named::List => one(self.undeclared(mention).or_else(|| self.no_list(mention))),
            Named::Value(values) => self.undeclared(mention).map_or_else(
                || self.row(mention).map(|row| wrong_values(mention, values, row)).unwrap_or_default(),
                |fault| vec![fault],
            ),
            Named::Profile if self.profiles.is_empty() => one(almost_usual(mention)),
            Named::Profile => one(missing(mention, "profile", &self.profiles)),
            Named::Service => one(missing(mention, "service", &self.services)),
            Named::Phase => one(missing(mention, "phase", &self.phases)),
        }
    }

    /// The variable that a mention means: under its prefix, else by its whole key.
    #[must_use]
    pub fn row(&self, mention: &Mention<'_>) -> Option<&Row<'s>> {
        let whole = format!("{}{}", mention.prefix, mention.name);
        let found = self.table.find(&whole).or_else(|| self.table.find(mention.name));
        found.map(|row| self.table.row(row))
    }

    fn undeclared(&self, mention: &Mention<'_>) -> Option<Fault> {
        if self.row(mention).is_some() {
            return None;
        }
        let by = mention.by;
        let Some(key) = redact::key(mention.name.as_bytes()) else {
            let headline = format!("{by} names something that is not shaped like a key");
            return Some(Fault::new(headline, "write the key of a declared variable".to_owned()));
        };
        let headline = format!("{by} names `{key}`, which is not declared");
        let near = suggest::nearest(key, self.table.rows.iter().map(|row| row.key.as_ref()));
        Some(Fault::new(headline, "declare it, or correct the name".to_owned()).meant(near))
    }

    fn no_list(&self, mention: &Mention<'_>) -> Option<Fault> {
        let row = self.row(mention).filter(|row| !matches!(row.variable.kind, Kind::List(_)))?;
        let headline = format!("`list` of {} names `{}`, which is no list", mention.by, row.key);
        let help = format!("make `{}` a list, such as `comma-separated string`", row.key);
        Some(Fault::new(headline, help))
    }
}

/// Values that the variable can never have.
fn wrong_values(mention: &Mention<'_>, values: &[&str], row: &Row<'_>) -> Vec<Fault> {
    let (kind, also) = (&row.variable.kind, &row.variable.also);
    let is_wrong = |text: &str| kind.parse(text).is_err() && !also.iter().any(|literal| literal == text);
    let wrong = values.iter().enumerate().filter(|(_, text)| is_wrong(text));
    let fault = |(index, _)| {
        let (by, name, expected) = (mention.by, mention.name, kind.expected());
        let headline = format!("{by} compares `{name}` with a text that is not {expected}");
        Fault { value: Some(index), ..Fault::new(headline, format!("write {expected}")) }
    };
    wrong.map(fault).collect()
}

/// A profile that is called almost like a usual one, where no list says which there are.
fn almost_usual(mention: &Mention<'_>) -> Option<Fault> {
    let name = mention.name;
    let near = suggest::nearest(name, USUAL_PROFILES).filter(|_| !USUAL_PROFILES.contains(&name))?;
    let headline = format!("{} names a profile that is almost called `{near}`", mention.by);
    let help = format!("write `{near}`, or list the profiles there are under `profiles`");
    Some(Fault { severity: Severity::Warning, ..Fault::new(headline, help) })
}

/// A name that is not in a list, if there is a list.
fn missing(mention: &Mention<'_>, what: &str, known: &[&str]) -> Option<Fault> {
    if known.is_empty() || known.contains(&mention.name) {
        return None;
    }
    let headline = format!("{} names a {what} that the schema does not have", mention.by);
    let help = format!("write {}", phrase::alternatives(known));
    Some(Fault::new(headline, help).meant(suggest::value(mention.name, known)))
}

impl Fault {
    const fn new(headline: String, help: String) -> Self {
        Self { headline, help, meant: None, value: None, severity: Severity::Error }
    }

    /// The same, if it is known what was meant.
    fn meant(self, name: Option<&str>) -> Self {
        match name {
            Some(name) => {
                Self { help: format!("did you mean `{name}`?"), meant: Some(name.to_owned()), ..self }
            }
            None => self,
        }
    }
}
