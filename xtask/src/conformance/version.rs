//! Versions as programs print them.

/// The words of `text` that are versions: `GNU bash, version 5.2.15(1)-release` has `5.2.15`.
pub(crate) fn versions(text: &str) -> Vec<String> {
    let words = text.split(|char: char| char.is_whitespace() || ",;()".contains(char));
    words.filter_map(version).collect()
}

fn version(word: &str) -> Option<String> {
    let word = word.strip_prefix('v').unwrap_or(word);
    let end = word.find(|char: char| !char.is_ascii_digit() && char != '.').unwrap_or(word.len());
    let version = word[..end].trim_end_matches('.');
    (version.contains('.') && version.starts_with(|char: char| char.is_ascii_digit()))
        .then(|| version.to_owned())
}

/// Whether two versions are alike in their first `depth` numbers, as far as both have them.
pub(crate) fn are_alike(one: &str, other: &str, depth: usize) -> bool {
    one.split('.').zip(other.split('.')).take(depth).all(|(one, other)| one == other)
}

#[cfg(test)]
mod tests {
    use super::{are_alike, versions};

    #[test]
    fn versions_are_found() {
        assert_eq!(versions("GNU bash, version 5.2.15(1)-release (x86_64)"), ["5.2.15"]);
        assert_eq!(versions("BusyBox v1.35.0 (Debian 1:1.35.0-4)"), ["1.35.0"]);
        assert_eq!(versions("dotenv 17.4.2 and dotenv-expand 12.0.3"), ["17.4.2", "12.0.3"]);
        assert_eq!(versions("sh: no version"), [""; 0]);
    }

    #[test]
    fn versions_are_held_against_each_other() {
        assert!(are_alike("5.2.15", "5.3", 1) && !are_alike("5.2.15", "5.3", 2));
        assert!(are_alike("5.9", "5.9.2", usize::MAX) && !are_alike("1.2.2", "1.2.4", usize::MAX));
    }
}
