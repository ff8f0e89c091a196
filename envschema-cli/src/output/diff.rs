//! What would change in a file, as a unified diff in which nothing secret stands.

use std::borrow::Cow;
use std::ops::Range;

use envschema::core::redact::MASK;
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// A text by its lines: as they are, to compare, and as they may be shown.
pub(crate) struct Lines<'t> {
    /// The lines as they are.
    pub(crate) raw: Vec<&'t [u8]>,
    /// The same lines as they may be shown; one that is missing is masked.
    pub(crate) shown: Vec<String>,
}

impl<'t> Lines<'t> {
    /// The lines of `text`, which may be shown as `shown`.
    pub(crate) fn new(text: &'t [u8], shown: Vec<String>) -> Self {
        Self { raw: text.split(|byte| *byte == b'\n').collect(), shown }
    }

    fn line(&self, index: usize) -> &str {
        self.shown.get(index).map_or(MASK, String::as_str)
    }

    /// The values of those of some lines that are masked.
    fn secrets(&self, lines: Range<usize>) -> impl Iterator<Item = &'t [u8]> {
        let masked = lines.filter(|index| self.line(*index).contains(MASK));
        masked
            .filter_map(|index| self.raw.get(index).map(|line| value(line)))
            .filter(|value| !value.is_empty())
    }

    /// A line as it may be shown beside a change of `secrets`: what is secret on one side of a change is so on the other,
    /// though a new key would allow it to be shown.
    fn line_without(&self, index: usize, secrets: &[&[u8]]) -> Cow<'_, str> {
        let line = self.line(index);
        let own = self.raw.get(index).map_or(&[][..], |line| value(line));
        let is_secret = secrets.iter().any(|secret| own.windows(secret.len()).any(|found| found == *secret));
        match line.split_once('=').filter(|_| is_secret && !line.contains(MASK)) {
            Some((key, _)) => Cow::Owned(format!("{key}={MASK}")),
            None => Cow::Borrowed(line),
        }
    }
}

/// What stands behind the `=` of a line, without blanks and quotes around it; all of a line without one.
fn value(line: &[u8]) -> &[u8] {
    let behind = line.iter().position(|byte| *byte == b'=').map_or(line, |at| &line[at + 1..]);
    let is_around = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'`');
    let start = behind.iter().position(|byte| !is_around(byte)).unwrap_or(behind.len());
    let end = behind.iter().rposition(|byte| !is_around(byte)).map_or(start, |last| last + 1);
    &behind[start..end]
}

/// The lines that differ, as a unified diff without context: a line around a change may be secret, too.
pub(crate) fn unified(file: &str, before: &Lines<'_>, after: &Lines<'_>) -> String {
    let mut out = format!("--- {file}\n+++ {file}\n");
    for change in capture_diff_slices(Algorithm::Myers, &before.raw, &after.raw) {
        if change.tag() == DiffTag::Equal {
            continue;
        }
        let (old, new) = (change.old_range(), change.new_range());
        out.push_str(&format!("@@ -{},{} +{},{} @@\n", old.start + 1, old.len(), new.start + 1, new.len()));
        let secrets: Vec<&[u8]> = before.secrets(old.clone()).chain(after.secrets(new.clone())).collect();
        old.for_each(|index| push(&mut out, '-', &before.line_without(index, &secrets)));
        new.for_each(|index| push(&mut out, '+', &after.line_without(index, &secrets)));
    }
    out
}

fn push(out: &mut String, sign: char, line: &str) {
    out.push(sign);
    out.push_str(line);
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::{Lines, unified};

    #[test]
    fn a_secret_stays_hidden_under_its_new_key() {
        let before = Lines::new(b"PLAYN=hunter2\nA= 1", vec!["PLAYN=******".into(), "A= 1".into()]);
        let after = Lines::new(b"PLAIN=hunter2\nA= 1", vec!["PLAIN=hunter2".into(), "A= 1".into()]);
        let expected = "--- .env\n+++ .env\n@@ -1,1 +1,1 @@\n-PLAYN=******\n+PLAIN=******\n";
        assert_eq!(unified(".env", &before, &after), expected);
    }
}
