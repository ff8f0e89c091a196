//! Finding `$(command)`: what the readers that run them would run. Nothing is ever run here.

use std::borrow::Cow;

use super::scan::find_pair;

/// The value with the backslash before every escaped command dropped, and whether another command would be run.
pub(crate) fn unescape_commands(value: Cow<'_, [u8]>) -> (Cow<'_, [u8]>, bool) {
    if find_pair(&value, *b"$(").is_none() {
        return (value, false);
    }
    let ends = command_ends(&value);
    let mut out = Vec::with_capacity(value.len());
    let (mut at, mut runs_command) = (0, false);
    while let Some(found) = find_pair(&value[at..], *b"$(") {
        let dollar = at + found;
        let end = ends.binary_search_by_key(&dollar, |(start, _)| *start).ok().map(|index| ends[index].1);
        let is_escaped = found > 0 && value[dollar - 1] == b'\\';
        runs_command |= end.is_some() && !is_escaped;
        let kept = dollar - usize::from(end.is_some() && is_escaped);
        out.extend_from_slice(&value[at..kept]);
        at = end.unwrap_or(dollar + 2);
        out.extend_from_slice(&value[dollar..at]);
    }
    out.extend_from_slice(&value[at..]);
    (Cow::Owned(out), runs_command)
}

/// The start and the end of every `$(…)` whose parentheses are balanced and nowhere empty, by start.
fn command_ends(value: &[u8]) -> Vec<(usize, usize)> {
    let mut ends = Vec::new();
    let mut open: Vec<(usize, bool)> = Vec::new();
    for (at, byte) in value.iter().enumerate() {
        match byte {
            b'(' => open.push((at, true)),
            b')' => {
                let Some((start, is_filled)) = open.pop() else { continue };
                let is_filled = is_filled && at > start + 1;
                if let Some((_, outer)) = open.last_mut() {
                    *outer &= is_filled;
                }
                if is_filled && start > 0 && value[start - 1] == b'$' {
                    ends.push((start - 1, at + 1));
                }
            }
            _ => {}
        }
    }
    ends.sort_unstable();
    ends
}

#[cfg(test)]
mod tests {
    use super::unescape_commands;

    #[test]
    fn what_would_run() {
        for (value, expected, runs) in [
            ("$(a)", "$(a)", true),
            ("x$(a (b) c)y", "x$(a (b) c)y", true),
            (r"\$(a)", "$(a)", false),
            (r"\$(a)$(b)", "$(a)$(b)", true),
            ("$()", "$()", false),
            ("$(a()", "$(a()", false),
            ("$(a", "$(a", false),
            ("$(a $(b)", "$(a $(b)", true),
            (r"\$(a $(b))", "$(a $(b))", false),
            ("(a)", "(a)", false),
        ] {
            let (unescaped, found) = unescape_commands(value.as_bytes().into());
            assert_eq!((str::from_utf8(&unescaped).unwrap(), found), (expected, runs), "{value}");
        }
    }
}
