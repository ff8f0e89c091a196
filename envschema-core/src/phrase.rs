//! Pieces of sentences that messages share.

use std::borrow::Cow;

use crate::kind::Kind;
use crate::redact;
use crate::schema::{Condition, Constraint};

/// How many alternatives a message lists.
const MOST: usize = 12;

/// `` `a` ``, `` `a` or `b` ``, `` `a`, `b` or `c` `` …
#[must_use]
pub fn alternatives<T: AsRef<str>>(words: &[T]) -> String {
    listed(words, "or")
}

/// `` `a` ``, `` `a` and `b` ``, `` `a`, `b` and `c` `` …
#[must_use]
pub fn all<T: AsRef<str>>(words: &[T]) -> String {
    listed(words, "and")
}

fn listed<T: AsRef<str>>(words: &[T], joint: &str) -> String {
    let shown: Vec<String> =
        words.iter().take(MOST).map(|word| format!("`{}`", redact::escape(word.as_ref()))).collect();
    match shown.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some(_) if words.len() > MOST => format!("{} {joint} {} more", shown.join(", "), words.len() - MOST),
        Some((last, rest)) => format!("{} {joint} {last}", rest.join(", ")),
    }
}

/// A variable as a message names it: by its key, and first by what a source calls it, where that is something else.
#[must_use]
pub fn name(spelled: Option<&str>, key: &str) -> String {
    let key = redact::escape(key);
    match spelled.filter(|spelled| *spelled != key) {
        Some(spelled) => format!("`{}` (`{key}`)", redact::escape(spelled)),
        None => format!("`{key}`"),
    }
}

/// What a kind takes, as a noun phrase: `a port from 1 to 65535`, `items with commas between them`.
#[must_use]
pub fn expected(kind: &Kind) -> Cow<'static, str> {
    let (whole, each, items) = match kind {
        Kind::List(list) => {
            (format!("items with {} between them", marks(list.separator)), "each", &*list.items)
        }
        Kind::Map(map) => (
            format!("pairs such as `key{}value` with {} between them", map.assign, marks(map.separator)),
            "each value",
            &*map.values,
        ),
        _ => return Cow::Borrowed(kind.expected()),
    };
    match items {
        Kind::String => Cow::Owned(whole),
        items => Cow::Owned(format!("{whole}, {each} {}", items.expected())),
    }
}

/// What a value should be, as a noun phrase, by its kind and the constraints that name what is allowed.
#[must_use]
pub fn wanted<'c>(kind: &Kind, constraints: impl IntoIterator<Item = &'c Constraint>) -> Cow<'static, str> {
    let named = constraints.into_iter().find_map(|constraint| match constraint {
        Constraint::OneOf(literals) if !literals.is_empty() => Some(alternatives(literals)),
        Constraint::Schemes(schemes) if *kind == Kind::Url => {
            Some(format!("a url that starts with {}", scheme_starts(schemes)))
        }
        _ => None,
    });
    named.map_or_else(|| expected(kind), Cow::Owned)
}

/// `` `http://` or `https://` ``
#[must_use]
pub fn scheme_starts<T: AsRef<str>>(schemes: &[T]) -> String {
    let starts: Vec<String> = schemes.iter().map(|scheme| format!("{}://", scheme.as_ref())).collect();
    alternatives(&starts)
}

/// When a condition holds, as a clause with a blank before it: `` in the profile `production` if `TLS` is set``.
#[must_use]
pub fn under(condition: &Condition) -> String {
    let circumstances = [
        ("in the profile", &condition.profiles),
        ("for the service", &condition.services),
        ("in the phase", &condition.phases),
    ];
    let named = circumstances.into_iter().filter(|(_, names)| !names.is_empty());
    let mut clause: String = named.map(|(what, names)| format!(" {what} {}", alternatives(names))).collect();
    push_others(&mut clause, condition, "if", redact::looks_secret);
    clause
}

/// Adds what a condition says of other variables: `` because `STORAGE` is `s3` and `TLS` is set``. What a secret is compared
/// with is not named: where the condition holds, it is the secret.
pub(crate) fn push_others(
    clause: &mut String,
    condition: &Condition,
    joint: &str,
    is_secret: impl Fn(&str) -> bool,
) {
    let values = condition.values.iter().map(|(key, literals)| match is_secret(key) {
        true => format!("`{}` has a certain value", redact::escape(key)),
        false => format!("`{}` is {}", redact::escape(key), alternatives(literals)),
    });
    let set = condition.set.iter().map(|key| format!("`{}` is set", redact::escape(key)));
    let others: Vec<String> = values.chain(set).collect();
    if !others.is_empty() {
        clause.push_str(&format!(" {joint} {}", others.join(" and ")));
    }
}

/// Several of one separator, in words.
fn marks(separator: char) -> Cow<'static, str> {
    match separator {
        ',' => "commas".into(),
        ' ' => "blanks".into(),
        ';' => "semicolons".into(),
        ':' => "colons".into(),
        '|' => "vertical bars".into(),
        other => format!("`{}`", redact::escape(other.encode_utf8(&mut [0; 4]))).into(),
    }
}

/// `1 character`, `32 characters`.
#[must_use]
pub fn count(number: u64, unit: &str) -> String {
    if number == 1 { format!("1 {unit}") } else { format!("{number} {unit}s") }
}

#[cfg(test)]
mod tests {
    use super::{alternatives, count, expected, name, under, wanted};
    use crate::kind::{Kind, List, Map};
    use crate::schema::{Condition, Constraint};

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(alternatives::<&str>(&[]), "");
        assert_eq!(alternatives(&["a"]), "`a`");
        assert_eq!(alternatives(&["a", "b", "c"]), "`a`, `b` or `c`");
        assert!(alternatives(&["a"; 14]).ends_with("`a` or 2 more"));
        assert_eq!(count(1, "item"), "1 item");
        assert_eq!(count(32, "character"), "32 characters");
    }

    #[test]
    fn a_variable_is_named_as_its_source_does() {
        assert_eq!(name(None, "PORT"), "`PORT`");
        assert_eq!(name(Some("PORT"), "PORT"), "`PORT`");
        assert_eq!(name(Some("server.port"), "PORT"), "`server.port` (`PORT`)");
    }

    #[test]
    fn kinds_with_items_say_how_they_are_written() {
        let list = |separator, items: Kind| Kind::List(List { separator, items: items.into() });
        let map = Map { separator: ';', assign: '=', values: Kind::Integer.into() };
        assert_eq!(expected(&Kind::Port), "a port from 1 to 65535");
        assert_eq!(expected(&list(',', Kind::String)), "items with commas between them");
        assert_eq!(
            expected(&list('/', Kind::Port)),
            "items with `/` between them, each a port from 1 to 65535"
        );
        assert_eq!(
            expected(&Kind::Map(map)),
            "pairs such as `key=value` with semicolons between them, each value a whole number"
        );
    }

    #[test]
    fn what_a_secret_is_compared_with_is_not_named() {
        let condition = Condition {
            values: vec![
                ("STORAGE".into(), vec!["s3".into()].into()),
                ("API_TOKEN".into(), vec!["hunter2".into()].into()),
            ]
            .into(),
            ..Condition::default()
        };
        assert_eq!(under(&condition), " if `STORAGE` is `s3` and `API_TOKEN` has a certain value");
    }

    #[test]
    fn what_is_allowed_says_more_than_the_kind() {
        let one_of = Constraint::OneOf(vec!["json".into(), "text".into()].into());
        let schemes = Constraint::Schemes(vec!["postgres".into()].into());
        assert_eq!(wanted(&Kind::String, [&one_of]), "`json` or `text`");
        assert_eq!(wanted(&Kind::Url, [&schemes]), "a url that starts with `postgres://`");
        assert_eq!(wanted(&Kind::Integer, [&Constraint::Min("1".into())]), "a whole number");
    }
}
