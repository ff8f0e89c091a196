//! Names by which attributes mean something declared elsewhere: the core looks them up, each at its tokens.
//!
//! A key in quotes may be that of another struct, and only the compiler knows the kinds of some types: what that leaves open
//! is judged where the constant table is made, or when a configuration is loaded.

use envschema_core::diagnostic::Severity;
use envschema_core::mention::{Known, Mention, Named};
use envschema_core::schema::Text;
use envschema_core::table::{RowId, Table};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::LitStr;

use crate::lower::names::Names;
use crate::lower::{Lowered, Row};
use crate::parse::container::Sort;
use crate::parse::literal::Literal;
use crate::parse::overrides::{Reference, Stipulation};
use crate::problems::Problems;

/// Reports names that mean nothing; `table` holds `rows` and nothing else.
pub(super) fn check(lowered: &Lowered<'_>, rows: &[&Row<'_>], table: &Table<'_>, problems: &mut Problems) {
    let names = Names::of(lowered.parsed);
    let mut lookup = Lookup { rows, table, known: Known::new(table, &[]), names, problems };
    for (row, laid_out) in rows.iter().zip(&table.rows).filter(|(row, _)| !row.field.is_broken) {
        let key = &laid_out.key;
        lookup.each(&row.field.words.phases, Named::Phase, &format!("`phases` of `{key}`"));
        for over in &row.field.words.overrides {
            lookup.condition(&over.condition, &format!("a condition of `{key}`"));
        }
    }
    let words = &lowered.parsed.words;
    lookup.each(words.default_profile.as_slice(), Named::Profile, "`default_profile`");
    for relation in words.rules.iter().filter(|relation| relation.sort == Sort::Contains) {
        if let Some(list) = relation.operands.first() {
            lookup.list(list);
        }
    }
}

struct Lookup<'l, 'p> {
    rows: &'l [&'l Row<'p>],
    table: &'l Table<'l>,
    known: Known<'l>,
    names: Names<'p>,
    problems: &'l mut Problems,
}

impl Lookup<'_, '_> {
    fn each(&mut self, texts: &[LitStr], what: Named<'_>, by: &str) {
        for text in texts {
            let mention = Mention { what, name: &text.value(), prefix: "", by };
            self.report(&mention, |_| text.to_token_stream());
        }
    }

    fn condition(&mut self, condition: &Stipulation, by: &str) {
        // Profiles that the struct lists are looked up where they are lowered.
        if self.table.schema.profiles.is_empty() {
            self.each(&condition.profiles, Named::Profile, by);
        }
        self.each(&condition.phases, Named::Phase, by);
        for (reference, literals) in &condition.values {
            let Some(name) = self.declared(reference) else { continue };
            let texts: Vec<_> = literals.iter().map(Literal::word).collect();
            let texts: Vec<_> = texts.iter().map(String::as_str).collect();
            let mention = Mention { what: Named::Value(&texts), name: &name, prefix: "", by };
            let place = |index| literals.get(index).map(ToTokens::to_token_stream).unwrap_or_default();
            self.report(&mention, |value: Option<usize>| value.map(place).unwrap_or_default());
        }
    }

    fn list(&mut self, reference: &Reference) {
        let Some(name) = self.declared(reference) else { return };
        let mention = Mention { what: Named::List, name: &name, prefix: "", by: "`contains`" };
        self.report(&mention, |_| reference.to_token_stream());
    }

    /// The key of a variable of this struct whose kind is known here.
    fn declared(&self, reference: &Reference) -> Option<Text> {
        let name = self.names.find(reference)?;
        let RowId(row) = self.table.find(&name)?;
        self.rows.get(row as usize).filter(|row| row.is_known && !row.field.is_broken).map(|_| name)
    }

    fn report(&mut self, mention: &Mention<'_>, place: impl Fn(Option<usize>) -> TokenStream) {
        let faults = self.known.faults(mention);
        for fault in faults.iter().filter(|fault| fault.severity == Severity::Error) {
            let (headline, help) = (&fault.headline, &fault.help);
            self.problems.at(place(fault.value), format_args!("{headline}\nhelp: {help}"));
        }
    }
}
