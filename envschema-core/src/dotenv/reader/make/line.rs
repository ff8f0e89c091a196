//! Logical lines: continued over `\` before a line end, cut at `#`.

use crate::dotenv::cursor::Cursor;
use crate::dotenv::quoting::{Unquoted, Unquoting};
use crate::dotenv::scan::{find, find_any, is_blank};
use crate::span::Span;

/// One logical line.
pub(super) struct Line<'t> {
    /// All of it, without the last line end.
    pub(super) span: Span,
    /// What is left without continuations, escaped `#` and the comment.
    pub(super) text: Unquoted<'t>,
    /// Where its comment starts, if it has one.
    pub(super) comment: Option<usize>,
}

/// What to look for in a line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Comments {
    /// `#` starts a comment, `\#` does not.
    Cut,
    /// `#` means nothing: in the body of a `define`.
    Keep,
}

/// Reads the next logical line and passes over its line end.
pub(super) fn take_line<'t>(cursor: &mut Cursor<'t>, comments: Comments) -> Line<'t> {
    let start = cursor.at();
    let (end, nul_bytes) = pass_over(cursor);
    let text = cursor.text();
    let mut scan = Scan { text, at: start, end, comments, braces: None, edits: Vec::new() };
    let comment = scan.run();
    let mut edits = scan.edits;
    edits.extend(nul_bytes.into_iter().map(|span| Edit { span, with: b"" }));
    edits.sort_by_key(|edit| edit.span.start);
    let cut = comment.unwrap_or(end);
    let mut unquoting = Unquoting::new(text, Span::new(start, cut));
    let mut done = start;
    for Edit { span, with } in edits {
        let (from, to) = (span.start as usize, span.end as usize);
        if from >= done && to <= cut {
            unquoting.replace(from, to, with);
            done = to;
        }
    }
    Line { span: Span::new(start, end), text: unquoting.finish(), comment }
}

/// Goes behind the logical line; returns its end and what its NUL bytes make disappear: the rest of their line, so that
/// the next one follows in their place. A NUL at the start of a line ends the logical line.
fn pass_over(cursor: &mut Cursor<'_>) -> (usize, Vec<Span>) {
    let mut lost = Vec::new();
    loop {
        let start = cursor.at();
        let line = cursor.take_line();
        if let Some(nul) = find(line, 0) {
            if nul == 0 {
                return (start, lost);
            }
            lost.push(Span::new(start + nul, cursor.at()));
        } else {
            let has_feed = cursor.at() > start + line.len();
            let line = if has_feed { line.strip_suffix(b"\r").unwrap_or(line) } else { line };
            if trailing_backslashes(line).is_multiple_of(2) || !has_feed {
                return (start + line.len(), lost);
            }
        }
        if cursor.is_at_end() {
            return (cursor.at(), lost);
        }
    }
}

fn trailing_backslashes(bytes: &[u8]) -> usize {
    bytes.iter().rev().take_while(|byte| **byte == b'\\').count()
}

struct Edit {
    span: Span,
    with: &'static [u8],
}

struct Scan<'t> {
    text: &'t [u8],
    at: usize,
    end: usize,
    comments: Comments,
    /// Inside `$(…)` or `${…}`: what opens and closes, and how deep.
    braces: Option<(u8, u8, usize)>,
    edits: Vec<Edit>,
}

impl Scan<'_> {
    /// Finds what has to be replaced, up to the comment; returns where that starts.
    fn run(&mut self) -> Option<usize> {
        loop {
            let rest = self.text.get(self.at..self.end)?;
            let found = match self.braces {
                None => find_any(rest, [b'\\', b'#', b'$'])?,
                Some((open, close, _)) => find_any(rest, [b'\\', open, close])?,
            };
            self.at += found;
            match (self.text[self.at], self.braces) {
                (b'\\', _) => self.backslashes(),
                (b'#', None) if self.comments == Comments::Cut => return Some(self.at),
                (b'$', None) => self.dollar(),
                (byte, Some((open, close, depth))) => {
                    self.at += 1;
                    let depth = if byte == open { depth + 1 } else { depth - 1 };
                    self.braces = (depth > 0).then_some((open, close, depth));
                }
                (_, None) => self.at += 1,
            }
        }
    }

    fn dollar(&mut self) {
        let next = self.text[self.at + 1..self.end].first();
        self.braces = match next {
            Some(b'(') => Some((b'(', b')', 1)),
            Some(b'{') => Some((b'{', b'}', 1)),
            _ => None,
        };
        self.at += if next == Some(&b'\\') { 1 } else { 2 };
    }

    /// Of a row of backslashes before `#` or a line end, half are kept; an odd one takes the special meaning away.
    fn backslashes(&mut self) {
        let start = self.at;
        let count = self.text[start..self.end].iter().take_while(|byte| **byte == b'\\').count();
        self.at += count;
        let rest = &self.text[self.at..self.end];
        let is_hash = rest.first() == Some(&b'#') && self.braces.is_none() && self.comments == Comments::Cut;
        let feed = line_feed(rest);
        if !is_hash && feed.is_none() {
            return;
        }
        self.edit(start + count / 2, start + count / 2 * 2, b"");
        if count % 2 == 1 {
            match feed {
                Some(feed) => self.continuation(start + count - 1, self.at + feed),
                None => {
                    self.edit(self.at - 1, self.at, b"");
                    self.at += 1;
                }
            }
        }
    }

    /// A continuation, with the blanks around it and all that follow at once, becomes one space.
    fn continuation(&mut self, backslash: usize, mut end: usize) {
        let previous = self.edits.last().map_or(0, |edit| edit.span.end as usize);
        let before = self.text[previous.min(backslash)..backslash].iter().rev();
        let start = backslash - before.take_while(|byte| is_blank(**byte)).count();
        loop {
            end += self.text[end..self.end].iter().take_while(|byte| is_blank(**byte)).count();
            let Some(feed) = self.text[end..self.end].strip_prefix(b"\\").and_then(line_feed) else { break };
            end += 1 + feed;
        }
        self.edit(start, end, b" ");
        self.at = end;
    }

    fn edit(&mut self, start: usize, end: usize, with: &'static [u8]) {
        if start < end {
            self.edits.push(Edit { span: Span::new(start, end), with });
        }
    }
}

/// The width of the line end that `rest` starts with.
fn line_feed(rest: &[u8]) -> Option<usize> {
    match rest {
        [b'\n', ..] => Some(1),
        [b'\r', b'\n', ..] => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Comments, take_line};
    use crate::dotenv::cursor::Cursor;

    fn lines(text: &str) -> Vec<String> {
        let mut cursor = Cursor::new(text.as_bytes());
        let mut lines = Vec::new();
        while !cursor.is_at_end() {
            lines.push(take_line(&mut cursor, Comments::Cut).text.bytes.escape_ascii().to_string());
        }
        lines
    }

    #[test]
    fn logical_lines() {
        for (text, expected) in [
            ("a\nb", vec!["a", "b"]),
            ("a \\\n  b\\\n\\\r\n c\nd", vec!["a b c", "d"]),
            ("a\\\\\nb\\\n", vec!["a\\\\\\\\", "b "]),
            ("a\\", vec!["a\\\\"]),
            ("a\r\nb\r", vec!["a", "b\\r"]),
            ("a \\# b\\\\# c\nd#\\\ne\nf", vec!["a # b\\\\", "d", "f"]),
            ("$(#)#\n${a#b$(}#\n$##", vec!["$(#)", "${a#b$(}", "$#"]),
            ("a\0b\nc\n\0d\ne", vec!["ac", "", "e"]),
        ] {
            assert_eq!(lines(text), expected, "{text:?}");
        }
    }
}
