//! Raw text in YAML: where it ends, and how it is hidden from a YAML parser.

use super::short::quotes::Quotes;
use crate::format::tree::mark;
use crate::format::yaml::line::{BLANK, before_comment, is_plain, key};

/// The text of the value that `rest`, which is not empty, starts with, and whether YAML would misread it.
pub(super) fn text(rest: &str) -> (&str, bool) {
    let bytes = rest.as_bytes();
    let own = match bytes.first() {
        Some(b'|' | b'>' | b'&' | b'*' | b'!' | b'"' | b'\'' | b'[' | b'{' | b'#') => false,
        Some(b'-' | b'?' | b':') => !matches!(bytes.get(1), None | Some(b' ' | b'\t')),
        _ => true,
    };
    let yaml = before_comment(rest);
    if !own {
        return (yaml, false);
    }
    if yaml.len() == rest.len() {
        return (yaml, !is_plain(yaml));
    }
    let form = before_form_comment(rest);
    (form, form.len() != yaml.len() || !is_plain(yaml))
}

/// The text before a comment, which inside a short form does not start in quotes and patterns.
fn before_form_comment(rest: &str) -> &str {
    let bytes = rest.as_bytes();
    let mut quotes = Quotes::new(rest);
    let mut at = 0;
    let mut form = false;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'#' if at > 0 && matches!(bytes.get(at - 1), Some(b' ' | b'\t')) => break,
            b'(' | b'|' => {
                form = true;
                at += 1;
            }
            b'/' if form && rest.get(..at).is_some_and(|before| before.trim_end().ends_with("pattern:")) => {
                at = quotes.pattern(at).unwrap_or(at + 1);
            }
            _ if form => at = quotes.pass(at),
            _ => at += 1,
        }
    }
    rest.get(..at).unwrap_or(rest).trim_end_matches(BLANK)
}

/// `text` with letters in place of the raw texts, byte for byte; `None` if it has none.
pub(super) fn spelling(text: &str) -> Option<String> {
    // A CR alone ends a line of YAML, too. No editor writes it, so a text that has one is left to the parser as it is.
    if text.as_bytes().windows(2).any(|pair| matches!(pair, [b'\r', next] if *next != b'\n')) {
        return None;
    }
    let cuts = Cutter { text, cuts: Vec::new(), block: None, resume: mark(text) }.run();
    let mut spelled = String::with_capacity(text.len());
    let mut copied = 0;
    for cut in &cuts {
        spelled.push_str(text.get(copied..cut.start)?);
        spelled.extend(std::iter::repeat_n('x', cut.end - cut.start));
        copied = cut.end;
    }
    spelled.push_str(text.get(copied..)?);
    (!cuts.is_empty()).then_some(spelled)
}

/// Goes through the lines of a YAML text and finds the raw values.
struct Cutter<'t> {
    text: &'t str,
    cuts: Vec<Cut>,
    /// The indentation that the lines of a block scalar are deeper than.
    block: Option<usize>,
    /// Where a text in quotes or brackets ends that a line before has opened.
    resume: usize,
}

/// A raw value, and the column of its key.
struct Cut {
    start: usize,
    end: usize,
    column: usize,
}

impl Cutter<'_> {
    fn run(mut self) -> Vec<Cut> {
        let mut at = mark(self.text);
        let mut last_is_cut = false;
        for line in self.text.get(at..).unwrap_or_default().split_inclusive('\n') {
            let start = at;
            at += line.len();
            let content = line.trim_end_matches(['\n', '\r']);
            let indent = content.len() - content.trim_start_matches(' ').len();
            let content = content.trim_start_matches(' ');
            if start < self.resume || content.is_empty() || self.is_block(indent) || content.starts_with('#')
            {
                continue;
            }
            if last_is_cut && self.cuts.last().is_some_and(|cut| indent > cut.column) {
                // The text goes on below: it is no short form.
                self.cuts.pop();
            }
            let before = self.cuts.len();
            if self.line(content, start + indent, indent).is_none() {
                break;
            }
            last_is_cut = self.cuts.len() > before;
        }
        self.cuts
    }

    /// Whether a line belongs to a block scalar.
    fn is_block(&mut self, indent: usize) -> bool {
        let inside = self.block.is_some_and(|outer| indent > outer);
        if !inside {
            self.block = None;
        }
        inside
    }

    /// Looks at one line; `None` if no line behind it can be told apart any more.
    fn line(&mut self, content: &str, at: usize, indent: usize) -> Option<()> {
        let (mut content, mut at, mut column, mut outer) = (content, at, indent, None);
        while let Some(rest) = ["- ", "? ", ": "].iter().find_map(|mark| content.strip_prefix(mark)) {
            let inner = rest.trim_start_matches(' ');
            outer = Some(column);
            at += content.len() - inner.len();
            column += content.len() - inner.len();
            content = inner;
        }
        let Some((_, rest)) = key(content) else { return self.value(content, at, column, outer) };
        let value = rest.trim_start_matches(BLANK);
        let start = at + content.len() - value.len();
        self.value(value, start, column, Some(column))?;
        let (text, misread) = if value.is_empty() { ("", false) } else { text(value) };
        if misread {
            self.cuts.push(Cut { start, end: start + text.len(), column });
        }
        Some(())
    }

    /// Looks for the end of what opens at `start` and may be longer than its line. The lines of a block scalar are deeper than `outer`.
    fn value(&mut self, value: &str, start: usize, column: usize, outer: Option<usize>) -> Option<()> {
        let (mut value, mut start, mut outer) = (value, start, outer);
        while value.starts_with(['"', '\'', '[', '{']) {
            self.resume = end(self.text, start)?;
            let rest = value.get(self.resume - start..).unwrap_or_default().trim_start_matches(BLANK);
            // With a colon behind it, it was a key: what it stands for opens behind the colon.
            let Some(rest) = rest.strip_prefix(':') else { return Some(()) };
            let rest = rest.trim_start_matches(BLANK);
            start += value.len() - rest.len();
            outer = Some(column);
            value = rest;
        }
        if is_block_header(value) {
            // Without a key or a dash the rest of the document is the scalar.
            self.block = Some(outer?);
        }
        Some(())
    }
}

/// Whether `value` opens a block scalar: `|` or `>`, behind anchor and tag.
fn is_block_header(value: &str) -> bool {
    let last = before_comment(value).split(BLANK).find(|word| !word.starts_with(['&', '!']));
    let indicators = last.and_then(|word| word.strip_prefix(['|', '>']));
    indicators.is_some_and(|rest| rest.bytes().all(|byte| matches!(byte, b'+' | b'-' | b'0'..=b'9')))
}

/// Behind the quotes or brackets that open at `at`; `None` if they never close.
fn end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut next = at;
    loop {
        let before = next.checked_sub(1).and_then(|before| bytes.get(before));
        match bytes.get(next)? {
            quote @ (b'"' | b'\'')
                if depth == 0 || before.is_none_or(|byte| !byte.is_ascii_alphanumeric()) =>
            {
                next = quote_end(bytes, next, *quote)?;
            }
            b'[' | b'{' => {
                depth += 1;
                next += 1;
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                next += 1;
            }
            b'#' if before.is_some_and(u8::is_ascii_whitespace) => {
                next += bytes.get(next..)?.iter().position(|byte| *byte == b'\n')?;
            }
            _ => next += 1,
        }
        if depth == 0 {
            return Some(next);
        }
    }
}

/// Behind the quote that closes the one at `at`.
fn quote_end(bytes: &[u8], at: usize, quote: u8) -> Option<usize> {
    let mut next = at + 1;
    loop {
        match *bytes.get(next)? {
            b'\\' if quote == b'"' => next += 1,
            byte if byte == quote => {
                if quote == b'"' || bytes.get(next + 1) != Some(&quote) {
                    return Some(next + 1);
                }
                next += 1;
            }
            _ => {}
        }
        next += 1;
    }
}
