//! Pieces of sentences that messages share.

use crate::redact;

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

/// `1 character`, `32 characters`.
#[must_use]
pub fn count(number: u64, unit: &str) -> String {
    if number == 1 { format!("1 {unit}") } else { format!("{number} {unit}s") }
}

#[cfg(test)]
mod tests {
    use super::{alternatives, count};

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(alternatives::<&str>(&[]), "");
        assert_eq!(alternatives(&["a"]), "`a`");
        assert_eq!(alternatives(&["a", "b", "c"]), "`a`, `b` or `c`");
        assert!(alternatives(&["a"; 14]).ends_with("`a` or 2 more"));
        assert_eq!(count(1, "item"), "1 item");
        assert_eq!(count(32, "character"), "32 characters");
    }
}
