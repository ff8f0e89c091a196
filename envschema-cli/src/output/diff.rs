//! What would change in a file, as a unified diff in which nothing secret stands.

use std::borrow::Cow;

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
        let old = old.map(|index| ('-', before.line(index)));
        let lines: Vec<_> = old.chain(new.map(|index| ('+', after.line(index)))).collect();
        // What is secret on one side of a change is so on the other, though a new key would allow it to be shown.
        let is_secret = lines.iter().any(|(_, line)| line.contains(MASK));
        for (sign, line) in lines {
            push(&mut out, sign, &if is_secret { masked(line) } else { Cow::Borrowed(line) });
        }
    }
    out
}

/// A line of which only the key is shown.
fn masked(line: &str) -> Cow<'_, str> {
    match line.split_once('=') {
        Some((key, value)) if !value.is_empty() => Cow::Owned(format!("{key}={MASK}")),
        _ => Cow::Borrowed(line),
    }
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
