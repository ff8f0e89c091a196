//! Docker Compose: `env_file:` and the project's `.env`, as compose-go reads them.

use std::borrow::Cow;

use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::cursor::Cursor;
use crate::dotenv::encoding::{BOM, invalid_utf8, nul_bytes, replace_invalid};
use crate::dotenv::expansion::{Expansion, Order};
use crate::dotenv::quoting::{Closing, Unquoted, closing_quote};
use crate::dotenv::scan::{find_any, find_pair, is_go_space, trim_end, word_length};
use crate::dotenv::{Assignment, Effect, Environ, Quote, Reading, Value};
use crate::span::Span;

mod escapes;
mod key;
mod recovery;
mod template;
#[cfg(test)]
mod tests;

use key::{Key, KeyEnd};
use recovery::Quoted;

pub(super) static COMPOSE: Dialect = Dialect {
    name: "compose",
    aliases: &["docker-compose"],
    program: "Docker Compose 2.40.3",
    usage: "`env_file:` and the project's `.env`",
    precedence: Precedence::Fresh,
    duplicates: Duplicates::Last,
    read,
};

fn read<'t>(text: &'t [u8], environ: &Environ) -> Reading<'t> {
    let expansion = Expansion::new(environ, Order::EnvironFirst, Duplicates::Last);
    let mut parser =
        Parser { cursor: Cursor::new(text), reading: Reading::default(), environ, expansion, quoted: None };
    parser.cursor.eat(BOM);
    loop {
        if parser.plain_line() {
            continue;
        }
        if !parser.go_to_statement() {
            return parser.finish();
        }
        parser.statement();
    }
}

struct Parser<'t, 'e> {
    cursor: Cursor<'t>,
    reading: Reading<'t>,
    environ: &'e Environ,
    expansion: Expansion<'t, 'e>,
    /// The quoted value that was read last, if nothing was read behind it.
    quoted: Option<Quoted>,
}

impl<'t> Parser<'t, '_> {
    /// Reads `NAME=value` if it is as plain as most lines are: without quotes, blanks around the value, `$` and `#`.
    fn plain_line(&mut self) -> bool {
        let (start, rest) = (self.cursor.at(), self.cursor.rest());
        let key_length = word_length(rest);
        let Some((key, [b'=', behind @ ..])) = rest.split_at_checked(key_length) else { return false };
        let Some(length) = find_any(behind, [b'\n', b'$', b'#']) else { return false };
        let value = &behind[..length];
        let is_plain = match value {
            [] => true,
            [b'"' | b'\'', ..] => false,
            [first, .., last] => first.is_ascii_graphic() && last.is_ascii_graphic(),
            [only] => only.is_ascii_graphic(),
        };
        if key.is_empty() || behind[length] != b'\n' || !is_plain {
            return false;
        }
        let value_start = start + key_length + 1;
        let end = value_start + length;
        self.reading.assignments.push(Assignment {
            key: Cow::Borrowed(key),
            value: Value::Set(Cow::Borrowed(value)),
            key_span: Span::new(start, start + key_length),
            value_span: Span::new(value_start, end),
            span: Span::new(start, end),
            quote: Quote::None,
        });
        self.cursor.go_to(end + 1);
        self.quoted = None;
        true
    }

    /// Passes over white space and comments; false at the end of the file.
    fn go_to_statement(&mut self) -> bool {
        loop {
            match self.cursor.peek() {
                None => return false,
                Some(b'#') => {
                    self.cursor.take_line();
                }
                Some(b'!'..=b'~') => return true,
                Some(_) => {
                    if self.cursor.take_chars(char::is_whitespace).is_empty() {
                        return true;
                    }
                }
            }
        }
    }

    fn statement(&mut self) {
        let start = self.cursor.at();
        let quoted = self.quoted.take().filter(|quoted| quoted.is_on_line_of(start, self.cursor.text()));
        self.skip_export();
        match (self.key(), quoted) {
            (Ok(Key { span, end: KeyEnd::Line }), quoted) => {
                if quoted.is_some() {
                    self.stray_name(span);
                }
                self.bare_name(start, span);
            }
            (Ok(key), _) => self.assignment(start, &key),
            (Err(_), Some(quoted)) => self.text_behind_quote(&quoted, start),
            (Err(problem), None) => {
                self.reading.problems.push(problem);
                self.recover(start);
            }
        }
    }

    /// `^export\s+`, and the blanks up to the name.
    fn skip_export(&mut self) {
        let rest = self.cursor.rest();
        if rest.starts_with(b"export") && matches!(rest.get(6), Some(b'\t' | b'\n' | b'\x0c' | b'\r' | b' '))
        {
            self.cursor.skip(6);
            self.cursor.take_chars(is_go_space);
        }
    }

    fn bare_name(&mut self, start: usize, key_span: Span) {
        if key_span.is_empty() {
            return;
        }
        let key = key_span.of(self.cursor.text());
        let inherited = self.environ.get(key);
        self.reading.assignments.push(Assignment {
            key: Cow::Borrowed(key),
            value: inherited.map_or(Value::Absent, |value| Value::Set(Cow::Owned(value.to_vec()))),
            key_span,
            value_span: Span { start: key_span.end, ..key_span },
            span: Span::at(start).to(key_span),
            quote: Quote::None,
        });
    }

    fn assignment(&mut self, start: usize, key: &Key) {
        if key.span.is_empty() {
            self.empty_name(start, key);
        }
        let separator = self.cursor.at();
        self.cursor.take_chars(is_go_space);
        match self.cursor.peek() {
            Some(quote @ (b'"' | b'\'')) => self.quoted_value(start, key.span, quote),
            _ => self.unquoted_value(start, key.span, separator),
        }
    }

    fn unquoted_value(&mut self, start: usize, key_span: Span, separator: usize) {
        let at = self.cursor.at();
        let (line, has_dollar, has_hash) = unquoted_line(self.cursor.rest());
        let cut = if has_hash { find_pair(line, *b" #").unwrap_or(line.len()) } else { line.len() };
        let value = trim_end(&line[..cut], char::is_whitespace);
        let value_span = if value.is_empty() { Span::at(separator) } else { Span::new(at, at + value.len()) };
        if has_hash {
            self.mistaken_comment(value, value_span, separator);
        }
        self.cursor.skip(line.len() + 1);
        let unquoted = Unquoted::verbatim(self.cursor.text(), value_span);
        let value = if has_dollar { self.expand(key_span, unquoted) } else { unquoted.bytes };
        let span = Span::at(start).to(value_span);
        self.assign(key_span, value, value_span, span, Quote::None);
    }

    fn quoted_value(&mut self, start: usize, key_span: Span, quote: u8) {
        let open = self.cursor.at();
        let behind = Span::new(open + 1, self.cursor.text().len()).of(self.cursor.text());
        let Some(length) = closing_quote(behind, quote, Closing::Unescaped) else {
            return self.unterminated(start, key_span, open, "the quote is never closed");
        };
        let value_span = Span::new(open + 1, open + 1 + length);
        self.quoted = Some(Quoted::new(open, open + length + 2, &self.reading));
        self.cursor.go_to(open + length + 2);
        let value = if quote == b'"' {
            let unquoted = escapes::double_quoted(self.cursor.text(), value_span);
            self.expand(key_span, unquoted)
        } else {
            escapes::single_quoted(self.cursor.text(), value_span).bytes
        };
        let quote = if quote == b'"' { Quote::Double } else { Quote::Single };
        self.assign(key_span, value, value_span, self.cursor.span_from(start), quote);
    }

    fn assign(&mut self, key_span: Span, value: Cow<'t, [u8]>, value_span: Span, span: Span, quote: Quote) {
        let text = self.cursor.text();
        let key = Cow::Borrowed(key_span.of(text));
        let assignment = Assignment { key, value: Value::Set(value), key_span, value_span, span, quote };
        self.reading.assign(text, assignment);
    }

    fn expand(&mut self, key_span: Span, unquoted: Unquoted<'t>) -> Cow<'t, [u8]> {
        self.expansion.expand(&mut self.reading, key_span, unquoted, template::expand)
    }

    /// Reports what is no text. Compose passes values on as JSON, where every invalid byte becomes U+FFFD.
    fn finish(mut self) -> Reading<'t> {
        let text = self.cursor.text();
        let invalid = invalid_utf8(text, Effect::Misread);
        if !invalid.is_empty() {
            for assignment in &mut self.reading.assignments {
                if let Value::Set(value) = &mut assignment.value
                    && let Cow::Owned(replaced) = replace_invalid(value)
                {
                    *value = Cow::Owned(replaced);
                }
            }
        }
        self.reading.problems.extend(invalid);
        let nul_bytes = nul_bytes(text, Effect::Misread, &self.reading.assignments);
        self.reading.problems.extend(nul_bytes);
        self.reading.in_order()
    }
}

/// The first line of `rest`, and whether it contains `$` and `#`.
fn unquoted_line(rest: &[u8]) -> (&[u8], bool, bool) {
    let (mut from, mut has_dollar, mut has_hash) = (0, false, false);
    while let Some(found) = find_any(&rest[from..], [b'\n', b'$', b'#']) {
        from += found + 1;
        match rest[from - 1] {
            b'$' => has_dollar = true,
            b'#' => has_hash = true,
            _ => return (&rest[..from - 1], has_dollar, has_hash),
        }
    }
    (rest, has_dollar, has_hash)
}
