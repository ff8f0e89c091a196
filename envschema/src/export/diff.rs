//! What differs between an exported file and what it would be now, for people who have to find out why it is stale.

use std::fmt::Write as _;

/// How many lines of each side are shown at most.
const MOST: usize = 30;

/// How many equal lines are shown before the first difference.
const BEFORE: usize = 2;

/// The lines in which two texts differ, from the first to the last difference, with the number of the first one in `old`;
/// `None` if they are the same. What ends a line does not count.
#[must_use]
pub fn diff(old: &str, new: &str) -> Option<String> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    if old == new {
        return None;
    }
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[same..], &new[same..]);
    let behind = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let mut out = format!("line {}:\n", same + 1);
    for line in &old[same.saturating_sub(BEFORE)..same] {
        let _ = writeln!(out, "  {line}");
    }
    push(&mut out, '-', &old_rest[..old_rest.len() - behind]);
    push(&mut out, '+', &new_rest[..new_rest.len() - behind]);
    Some(out)
}

fn push(out: &mut String, sign: char, lines: &[&str]) {
    for line in lines.iter().take(MOST) {
        let _ = writeln!(out, "{sign} {line}");
    }
    if lines.len() > MOST {
        let _ = writeln!(out, "{sign} … {} lines more", lines.len() - MOST);
    }
}

#[cfg(test)]
mod tests {
    use super::diff;

    #[test]
    fn the_lines_that_differ_are_shown() {
        let rows = [
            ("a\nb\n", "a\nb\n", None),
            ("a\r\nb\r\n", "a\nb\n", None),
            ("a\nb\nc\nd\n", "a\nb\nx\ny\nd\n", Some("line 3:\n  a\n  b\n- c\n+ x\n+ y\n")),
            ("", "a\n", Some("line 1:\n+ a\n")),
            ("a\na\n", "a\n", Some("line 2:\n  a\n- a\n")),
        ];
        for (old, new, expected) in rows {
            assert_eq!(diff(old, new).as_deref(), expected, "{old:?} {new:?}");
        }
        let long = "x\n".repeat(50);
        assert!(diff(&long, "").unwrap().ends_with("- … 20 lines more\n"));
    }
}
