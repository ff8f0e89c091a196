//! `$(command)`, which is found here and never run.

use super::template::Failure;
use crate::dotenv::expansion::Budget;
use crate::dotenv::scan::find_pair;

/// Whether the reader would run a command in `text`: a `$(` whose parenthesis closes, quotes and nesting considered.
pub(in crate::dotenv::reader) fn has_command(text: &[u8], budget: &mut Budget) -> Result<bool, Failure> {
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| find_pair(rest, *b"$(")) {
        from += found + 2;
        budget.work(text.len() - from)?;
        if closes(&text[from..]) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the parenthesis before `text` closes. Every nested one has quotes of its own.
fn closes(text: &[u8]) -> bool {
    let mut quotes = vec![None];
    let mut at = 0;
    while let (Some(quote), Some(byte)) = (quotes.last_mut(), text.get(at)) {
        at += 1;
        match (*quote, byte) {
            (Some(b'\''), byte) if *byte != b'\'' => {}
            (Some(open), byte) if open == *byte => *quote = None,
            (_, b'\\') => at += 1,
            (Some(_), b'$') if text.get(at) == Some(&b'(') => {
                quotes.push(None);
                at += 1;
            }
            (None, b'\'' | b'"' | b'`') => *quote = Some(*byte),
            (None, b'(') => quotes.push(None),
            (None, b')') => {
                quotes.pop();
            }
            _ => {}
        }
    }
    quotes.is_empty()
}

#[cfg(test)]
mod tests {
    use super::has_command;
    use crate::dotenv::expansion::Budget;

    #[test]
    fn what_would_be_run() {
        for (text, expected) in [
            ("$(date)", true),
            ("x$(a (b) \"$(c ')')\")y", true),
            ("$(date", false),
            ("$(a $(b)", true),
            ("$(a ')'", false),
            ("\\$(date)", true),
            ("$(a \\))", true),
            ("$(a \\)", false),
            ("$ (date) (x)", false),
        ] {
            assert_eq!(has_command(text.as_bytes(), &mut Budget::default()), Ok(expected), "{text}");
        }
    }
}
