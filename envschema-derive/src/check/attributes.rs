//! What only the derive can see: attributes that contradict each other, the type of the field, or the struct.

use envschema_core::kind::{IpVersion, Kind};
use envschema_core::redact;
use quote::ToTokens;
use syn::LitStr;

use crate::lower::shape::{Base, Form};
use crate::lower::{Column, Lowered, Nested, Row};
use crate::parse::container::not_one_of;
use crate::parse::overrides::{Override, Said};
use crate::problems::Problems;

/// Reports every contradiction.
pub(super) fn check(lowered: &Lowered<'_>, problems: &mut Problems) {
    let prefix = lowered.parsed.words.prefix.as_ref();
    let has_good_prefix = prefix.is_none_or(|prefix| is_prefix(prefix, problems));
    for column in &lowered.columns {
        match column {
            Column::Nested(nested) => check_nested(nested, problems),
            Column::Row(row) if row.field.is_broken => {}
            Column::Row(row) => {
                if has_good_prefix {
                    check_key(row, problems);
                }
                check_row(row, problems);
                check_services(row, &lowered.parsed.words.services, problems);
            }
        }
    }
}

fn check_row(row: &Row<'_>, problems: &mut Problems) {
    check_names(row, problems);
    check_type(row, problems);
    check_list(row, problems);
    check_presence(row, problems);
    check_absence(row, problems);
    check_sensitivity(row, problems);
}

/// What a nested struct is, its own attributes say; the field gives it a name, a prefix and a path.
fn check_nested(nested: &Nested<'_>, problems: &mut Problems) {
    let words = &nested.field.words;
    let allowed = ["nested", "prefix", "path", "name"];
    for word in
        words.given.iter().chain(&words.limits.given).filter(|word| !allowed.iter().any(|name| word == name))
    {
        let help = if word == "key" || word == "rename" {
            "what stands before its keys is its `prefix`"
        } else {
            "say it in the struct"
        };
        problems.at(word, format_args!("`{word}` means nothing for a nested struct\nhelp: {help}"));
    }
    if let Some(prefix) = &words.prefix {
        is_prefix(prefix, problems);
    }
}

/// What stands before a key is the start of one, or empty.
fn is_prefix(prefix: &LitStr, problems: &mut Problems) -> bool {
    let text = prefix.value();
    let is_good = text.is_empty() || redact::key(text.as_bytes()).is_some();
    if !is_good {
        problems.at(prefix, format_args!("no key starts like this\nhelp: {SHAPE}"));
    }
    is_good
}

const SHAPE: &str = "a key has ASCII letters, digits and underscores, does not start with a digit and has at most 64 characters";

/// A key is one that every reader of `.env` files and every shell takes.
fn check_key(row: &Row<'_>, problems: &mut Problems) {
    let words = &row.field.words;
    if redact::key(row.variable.key.as_bytes()).is_none() {
        let place = words.key.as_ref().or(words.rename.as_ref()).map(ToTokens::to_token_stream);
        let place = place.unwrap_or_else(|| row.field.ident.to_token_stream());
        problems.at(place, format_args!("this is not a key\nhelp: {SHAPE}"));
    }
    for alias in words.aliases.iter().filter(|alias| redact::key(alias.value().as_bytes()).is_none()) {
        problems.at(alias, format_args!("this is not a key\nhelp: {SHAPE}"));
    }
}

/// Words of which one makes another one mean nothing.
fn check_names(row: &Row<'_>, problems: &mut Problems) {
    let words = &row.field.words;
    if let (Some(_), Some(rename)) = (&words.key, words.word("rename")) {
        problems
            .at(rename, "`key` says the whole key already\nhelp: keep `key`, or `rename` to keep the prefix");
    }
    if let Some(prefix) = words.word("prefix") {
        problems.at(prefix, "only a nested struct has a prefix\nhelp: add `nested`, or write `key = \"…\"`");
    }
    if let Some(name) = words.word("name") {
        let help = "write `key = \"…\"`, or `rename = \"…\"` to keep the prefix";
        problems.at(name, format_args!("only a nested struct has a name beside its key\nhelp: {help}"));
    }
    if let (Some(_), Some(removed)) = (&words.deprecated, words.word("removed")) {
        problems.at(removed, "what is removed is not deprecated any more\nhelp: keep one of them");
    }
}

/// The kind is one whose values the type can hold.
fn check_type(row: &Row<'_>, problems: &mut Problems) {
    if let Some(ty) = row.shape.misplaced {
        problems.at(ty, "an item cannot be a list, a map or an `Option`");
    }
    let words = &row.field.words;
    let Base::Scalar(own, _) = &row.shape.base else { return };
    let ty = || row.shape.innermost.to_token_stream().to_string().replace(' ', "");
    if let (Some(written), Some(kind)) = (&words.kind, &row.kind)
        && !holds(own, kind)
    {
        problems.at(written, format_args!("`{}` cannot hold a value of kind `{}`", ty(), kind.name()));
    }
    if !matches!(own, Kind::String | Kind::Path) {
        let overrides = words.overrides.iter().flat_map(|over| &over.limits.also);
        for literal in words.limits.also.iter().chain(overrides) {
            let help = "take a `String`, and say with `kind` what else it holds";
            problems
                .at(literal, format_args!("`{}` cannot hold a literal beside its kind\nhelp: {help}", ty()));
        }
    }
}

/// Whether a type whose own kind is `own` can hold values of kind `kind`.
fn holds(own: &Kind, kind: &Kind) -> bool {
    own == kind
        || match own {
            Kind::String => true,
            Kind::Path => *kind == Kind::String,
            Kind::Integer => matches!(kind, Kind::Port | Kind::Size),
            Kind::Ip(IpVersion::Any) => matches!(kind, Kind::Ip(_)),
            _ => false,
        }
}

/// Separators are for values that have several items.
fn check_list(row: &Row<'_>, problems: &mut Problems) {
    let words = &row.field.words;
    let is_one = row.shape.form == Form::One && row.is_known;
    if let (Some(separator), true) = (words.word("separator"), is_one) {
        problems.at(separator, "only a list or a map has a separator");
    }
    let is_map = row.shape.form == Form::Map || (row.shape.form == Form::One && !row.is_known);
    if let (Some(assign), false) = (words.word("assign"), is_map) {
        problems.at(assign, "only a map has something between keys and values");
    }
    let defaults = words.overrides.iter().filter_map(|over| match &over.presence {
        Some(Said::Default(default)) => Some(default),
        _ => None,
    });
    for literal in words.default.iter().chain(defaults).chain(&words.examples) {
        if let Some(item) = literal.item_with(row.separator) {
            let separator = row.separator;
            problems.at(
                item,
                format_args!("this item holds the separator `{separator}`, and would be read as two"),
            );
        }
        if literal.is_list() && is_one {
            problems.at(literal, "only a list has several items");
        }
    }
}

/// A default makes an `Option` pointless, unless a condition takes it away: it is never `None`. What cannot be absent, or has a default, is not also required.
fn check_presence(row: &Row<'_>, problems: &mut Problems) {
    if let Some(required) = row.field.words.word("required") {
        if row.field.words.default.is_some() {
            problems.at(required, "what has a default is never missing\nhelp: remove this, or the default");
        } else if row.is_known && !row.shape.is_optional {
            problems
                .at(required, "the field is required anyway: its type cannot be absent\nhelp: remove this");
        }
    }
    let is_taken_away =
        row.field.words.overrides.iter().any(|over| matches!(over.presence, Some(Said::Optional)));
    if let (Some(default), true, false) = (&row.field.words.default, row.shape.is_optional, is_taken_away) {
        problems.at(
            default,
            "an `Option` with a default is never `None`\nhelp: remove the `Option`, or the default",
        );
    }
}

/// What may be left out under a condition needs a type that can be absent, or a default that is not taken away. Of types of the
/// service, the compiler knows whether they can.
fn check_absence(row: &Row<'_>, problems: &mut Problems) {
    let words = &row.field.words;
    if row.shape.is_optional || !row.is_known {
        return;
    }
    if words.default.is_some() {
        let optional = |over: &&Override| matches!(over.presence, Some(Said::Optional));
        for over in words.overrides.iter().filter(optional) {
            let message = "here the default does not hold, and the type of the field cannot be absent";
            problems.at(&over.place, format_args!("{message}\nhelp: make its type an `Option`"));
        }
        return;
    }
    let help = "help: make its type an `Option`, or give it a default";
    for word in ["services", "phases"].into_iter().filter_map(|word| words.word(word)) {
        problems
            .at(word, format_args!("the field is left out elsewhere, and its type cannot be absent\n{help}"));
    }
    for over in &words.overrides {
        let message = match &over.presence {
            Some(Said::Required) => "the field is required anyway: its type cannot be absent",
            Some(Said::Optional | Said::Forbidden) => "the type of the field cannot be absent",
            Some(Said::Default(_)) | None => continue,
        };
        problems.at(&over.place, format_args!("{message}\n{help}"));
    }
}

/// A type that is secret stays so.
fn check_sensitivity(row: &Row<'_>, problems: &mut Problems) {
    let words = &row.field.words;
    if let (Some(word), Some(false), true) = (words.word("sensitive"), words.sensitive, row.shape.is_secret) {
        problems.at(word, "the type of the field is secret\nhelp: change the type, or remove this");
    }
}

/// Services are among those that the struct lists, if it lists any.
fn check_services(row: &Row<'_>, listed: &[LitStr], problems: &mut Problems) {
    let listed: Vec<_> = listed.iter().map(LitStr::value).collect();
    let listed: Vec<_> = listed.iter().map(String::as_str).collect();
    for service in &row.field.words.services {
        if !listed.is_empty() && !listed.contains(&service.value().as_str()) {
            problems.push(not_one_of(service, "service", &listed));
        }
    }
}
