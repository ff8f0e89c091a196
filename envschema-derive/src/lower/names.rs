//! The keys of fields, and what attributes mean by a name: an identifier is a field, a text is a key.

use envschema_core::schema::Text;
use envschema_core::suggest;
use syn::{Ident, LitStr};

use crate::parse::overrides::Reference;
use crate::parse::{Field, Struct, unraw};
use crate::problems::Problems;

/// The fields of a struct by name.
pub(crate) struct Names<'p> {
    prefix: String,
    fields: &'p [Field],
}

impl<'p> Names<'p> {
    pub(crate) fn of(parsed: &'p Struct) -> Self {
        let prefix = parsed.words.prefix.as_ref().map(LitStr::value).unwrap_or_default();
        Self { prefix, fields: &parsed.fields }
    }

    /// The prefix of the struct itself.
    pub(crate) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The key of a field that is a variable, with the struct's prefix.
    pub(crate) fn key_of(&self, field: &Field) -> String {
        match (&field.words.key, &field.words.rename) {
            (Some(key), _) => key.value(),
            (None, Some(name)) => format!("{}{}", self.prefix, name.value()),
            (None, None) => format!("{}{}", self.prefix, spelled(&field.ident)),
        }
    }

    /// The key that a reference means, if it means one.
    pub(crate) fn key(&self, reference: &Reference, problems: &mut Problems) -> Option<Text> {
        let ident = match reference {
            Reference::Key(key) => return Some(key.value().into()),
            Reference::Field(ident) => ident,
        };
        let Some(field) = self.fields.iter().find(|field| field.ident == *ident) else {
            problems.at(reference, self.unknown(ident));
            return None;
        };
        if field.words.nested.is_some() {
            let help = "name one of its variables by its key, in quotes";
            problems.at(reference, format_args!("`{ident}` is a struct, not a variable\nhelp: {help}"));
            return None;
        }
        Some(self.key_of(field).into())
    }

    /// The key that a reference means, if it means one; mistakes were reported before.
    pub(crate) fn find(&self, reference: &Reference) -> Option<Text> {
        match reference {
            Reference::Key(key) => Some(key.value().into()),
            Reference::Field(ident) => {
                let field = self.fields.iter().find(|field| field.ident == *ident)?;
                field.words.nested.is_none().then(|| self.key_of(field).into())
            }
        }
    }

    fn unknown(&self, ident: &Ident) -> String {
        let name = ident.to_string();
        if let Some(field) = self.fields.iter().find(|field| self.key_of(field) == name) {
            return format!(
                "no field `{name}`\nhelp: write `{}`, or the key in quotes: `\"{name}\"`",
                field.ident
            );
        }
        let fields: Vec<_> = self.fields.iter().map(|field| field.ident.to_string()).collect();
        let help = suggest::nearest(&name, fields.iter().map(String::as_str)).map_or_else(
            || "an identifier names a field of this struct; write a key in quotes".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        format!("no field `{name}`\nhelp: {help}")
    }
}

/// A field's name as a key.
pub(crate) fn spelled(ident: &Ident) -> String {
    unraw(ident).to_uppercase()
}
