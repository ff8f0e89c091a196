//! Values that were written to be replaced: `changeme`, `<generated-secret>`, `your-key-here`, a schema's own example.

use crate::kind::Kind;
use crate::schema::{Constraint, Variable};

/// Whole values that stand for "fill this in", compared without case and without `-`, `_` and blanks.
const WORDS: [&str; 14] = [
    "changeme",
    "changethis",
    "changeit",
    "replaceme",
    "replacethis",
    "fillme",
    "fillmein",
    "todo",
    "fixme",
    "tbd",
    "placeholder",
    "insecure",
    "yoursecret",
    "yourpassword",
];

/// Whether `text` is a placeholder for `variable`.
///
/// A schema's example counts where it cannot well be the right value: not for numbers, booleans, durations and sizes, and
/// not where only a few values are allowed.
#[must_use]
pub fn is_placeholder(text: &str, variable: &Variable) -> bool {
    let is_allowed = variable.constraints.iter().any(|constraint| match constraint {
        Constraint::OneOf(literals) => literals.iter().any(|literal| literal == text),
        _ => false,
    });
    !is_allowed && (looks_like_one(text) || equals_example(text, variable))
}

/// Whether `text` looks like a placeholder whatever it stands for.
#[must_use]
pub fn looks_like_one(text: &str) -> bool {
    let text = text.trim();
    is_bracketed(text) || is_word(text) || is_instruction(text) || is_filler(text)
}

fn equals_example(text: &str, variable: &Variable) -> bool {
    let is_open = !matches!(
        variable.kind,
        Kind::Integer
            | Kind::Number
            | Kind::Boolean
            | Kind::Port
            | Kind::Duration
            | Kind::Size
            | Kind::Timezone
    );
    let has_few_values =
        variable.constraints.iter().any(|constraint| matches!(constraint, Constraint::OneOf(_)));
    is_open && !has_few_values && variable.examples.iter().any(|example| example == text)
}

/// `<generated-secret>`, `{{ password }}`, `[your key]`: a name in brackets, and nothing else.
fn is_bracketed(text: &str) -> bool {
    let inner = [("<", ">"), ("{{", "}}"), ("[", "]")]
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close))
        .map(str::trim);
    inner.is_some_and(|inner| {
        inner.starts_with(|c: char| c.is_alphabetic())
            && inner.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '.' | '\''))
    })
}

fn is_word(text: &str) -> bool {
    let letters = || text.chars().filter(|c| !matches!(c, '-' | '_' | ' ' | '!'));
    WORDS.iter().any(|word| letters().map(|c| c.to_ascii_lowercase()).eq(word.chars()))
}

/// `your-key-here`, `change-me-in-production`, `replace_with_real_value`: words that tell a person what to do.
fn is_instruction(text: &str) -> bool {
    let mut words = text.split(['-', '_', ' ']).filter(|word| !word.is_empty());
    let (Some(first), last) = (words.next(), words.next_back()) else { return false };
    let is = |word: &str, other: &str| word.eq_ignore_ascii_case(other);
    let second = text.split(['-', '_', ' ']).filter(|word| !word.is_empty()).nth(1).unwrap_or_default();
    let asks =
        is(first, "your") || is(first, "my") || is(first, "insert") || is(first, "enter") || is(first, "put");
    let changes = (is(first, "change") && (is(second, "me") || is(second, "this") || is(second, "it")))
        || (is(first, "replace") && (is(second, "me") || is(second, "this") || is(second, "with")))
        || is(first, "changeme")
        || is(first, "replaceme");
    changes
        || (asks && last.is_some_and(|last| is(last, "here")))
        || (is(first, "your") && text.len() <= 40 && is_lower(text))
}

/// Whether it is written as a name: lower-case words only, so that a random token starting with `your` is none.
fn is_lower(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '-' | '_' | ' '))
}

/// `xxxx`, `XXXX-XXXX`, `****`, `....`: one filler character, four times or more.
fn is_filler(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| !matches!(c, '-' | '_')).collect();
    let first = letters.first().copied().unwrap_or_default();
    letters.len() >= 4 && matches!(first, 'x' | 'X' | '*' | '.') && letters.iter().all(|c| *c == first)
}

#[cfg(test)]
mod tests {
    use super::{is_placeholder, looks_like_one};
    use crate::kind::Kind;
    use crate::schema::Variable;

    #[test]
    fn placeholders() {
        for text in [
            "changeme",
            "CHANGE_ME",
            "change-me-in-production",
            "<generated-secret>",
            "<from google console>",
            "your-key-here",
            "your_api_key",
            "YOUR-SECRET-HERE",
            "xxxxxxxx",
            "XXXX-XXXX",
            "********",
            "{{ password }}",
            "TODO",
            "replace_with_real_value",
            "[your key]",
        ] {
            assert!(looks_like_one(text), "{text}");
        }
    }

    #[test]
    fn real_values() {
        for text in [
            "",
            "production",
            "yourdomain.example",
            "x",
            "xx",
            "s3cr3t#with#hash",
            "change",
            "<",
            "<>",
            "<p>1 < 2</p>",
            "[1,2]",
            "{}",
            "yourKq83jdk29dkw0",
            "my-service",
            "https://example.com/<id>",
            "*",
        ] {
            assert!(!looks_like_one(text), "{text}");
        }
    }

    #[test]
    fn an_example_is_a_placeholder_only_where_it_cannot_be_meant() {
        let key = Variable {
            examples: vec!["sk_live_1234".into()].into(),
            ..Variable::new("STRIPE_KEY".into(), Kind::String)
        };
        assert!(is_placeholder("sk_live_1234", &key));
        let port =
            Variable { examples: vec!["8080".into()].into(), ..Variable::new("PORT".into(), Kind::Port) };
        assert!(!is_placeholder("8080", &port));
    }
}
