//! The words about a variable that are neither its kind nor its terms.

use envschema_core::redact;
use envschema_core::schema::{Many, Text};
use envschema_core::span::Span;
use envschema_core::subject::VariablePart;

use crate::format::concise::attribute::Attribute;
use crate::format::concise::overrides;
use crate::format::lower::Notes;
use crate::format::lower::draft::Draft;
use crate::format::lower::mistake::{KEY_HELP, conflicting, invalid};
use crate::format::lower::names::Named;
use crate::format::lower::terms::whole;
use crate::format::lower::values::{Literal, Said, texts};
use crate::format::tree::Data;

/// Takes over what `attribute` says.
pub(super) fn apply(draft: &mut Draft, attribute: Attribute, said: &Said<'_, '_>, notes: &mut Notes) {
    match attribute {
        Attribute::Sensitive => {
            draft.place(VariablePart::Sensitive, said.span());
            // What is wrong stays secret.
            draft.variable.sensitive = said.flag(notes).or(Some(true));
        }
        Attribute::AllowEmpty => draft.variable.allow_empty = said.flag(notes).unwrap_or_default(),
        Attribute::Description => {
            draft.variable.doc = said.prose(notes).map(|literal| literal.text).unwrap_or_default();
        }
        Attribute::Path => draft.variable.path = text(said, notes),
        Attribute::Examples => examples(draft, said, notes),
        Attribute::Deprecated | Attribute::Removed => deprecated(draft, attribute, said, notes),
        Attribute::ReplacedBy => replaced_by(draft, said, notes),
        Attribute::Aliases => aliases(draft, said, notes),
        Attribute::Services => {
            draft.place(VariablePart::Services, said.span());
            draft.variable.services = names(&Named::Service, said, notes);
        }
        Attribute::Phases => {
            draft.place(VariablePart::Phases, said.span());
            draft.variable.phases = names(&Named::Phase, said, notes);
        }
        Attribute::Group => {
            let names = said.some_literals(notes).unwrap_or_default();
            draft.groups = names.into_iter().map(|literal| literal.text).collect();
        }
        Attribute::RequiredWhen | Attribute::ForbiddenWhen => {
            overrides::required_or_forbidden(draft, attribute, said, notes);
        }
        Attribute::In => overrides::in_profiles(draft, said, notes),
        Attribute::When => overrides::when(draft, said, notes),
        // What makes up the kind was read first, and the rest are terms.
        _ => {}
    }
}

fn text(said: &Said<'_, '_>, notes: &mut Notes) -> Text {
    said.text(notes).map(|literal| literal.text).unwrap_or_default()
}

/// A list of whole values; the short form gives them one by one.
fn examples(draft: &mut Draft, said: &Said<'_, '_>, notes: &mut Notes) {
    let kind = draft.variable.kind.clone();
    let found: Vec<Literal> = match &said.node.value {
        Data::Array(items) => items.iter().filter_map(|item| whole(&kind, &said.of(item), notes)).collect(),
        _ => whole(&kind, said, notes).into_iter().collect(),
    };
    draft.examples(&found);
}

fn deprecated(draft: &mut Draft, attribute: Attribute, said: &Said<'_, '_>, notes: &mut Notes) {
    let Some(note) = said.reason(notes) else { return };
    let before = draft.variable.deprecated.as_ref().is_some_and(|deprecation| !deprecation.note.is_empty());
    if before {
        let other = place(draft, VariablePart::Deprecated).unwrap_or(said.at);
        let headline = format!("{} has two reasons not to be used", said.whose);
        notes.push(conflicting(said.at, other, headline).help("keep `deprecated` or `removed`"));
    }
    let deprecation = draft.deprecation(said.span());
    deprecation.removed |= attribute == Attribute::Removed;
    deprecation.note = note;
}

fn place(draft: &Draft, part: VariablePart) -> Option<Span> {
    draft.places.iter().find(|(other, _)| *other == part).map(|(_, span)| *span)
}

fn replaced_by(draft: &mut Draft, said: &Said<'_, '_>, notes: &mut Notes) {
    let Some(key) = said.text(notes) else { return };
    notes.mention(Named::Variable, &key, format!("`{}` of {}", said.word, said.whose));
    draft.deprecation(said.span()).replaced_by = Some(key.text);
}

fn aliases(draft: &mut Draft, said: &Said<'_, '_>, notes: &mut Notes) {
    let mut aliases = said.some_literals(notes).unwrap_or_default();
    aliases.retain(|alias| {
        let is_key = redact::key(alias.text.as_bytes()).is_some();
        if !is_key {
            let headline = format!("an alias of {} is not shaped like a key", said.whose);
            notes.push(invalid(alias.span, headline).help(KEY_HELP));
        }
        is_key
    });
    draft.place_all(VariablePart::Alias, &aliases);
    draft.variable.aliases = texts(&aliases);
}

/// Names of services or phases, to be looked up.
fn names(what: &Named, said: &Said<'_, '_>, notes: &mut Notes) -> Many<Text> {
    let names = said.some_literals(notes).unwrap_or_default();
    notes.mention_all(what, &names, &format!("`{}` of {}", said.word, said.whose));
    texts(&names)
}
