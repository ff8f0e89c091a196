//! Honcho: every line goes through Python's `shlex`; a name, `=`, and all further tokens without what separates them.

use std::borrow::Cow;

use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::encoding::{blame_bom, invalid_utf8, nul_bytes};
use crate::dotenv::lines::{Breaks, lines};
use crate::dotenv::misread::literal_reference;
use crate::dotenv::scan::first_char;
use crate::dotenv::{Assignment, Effect, Environ, Problem, Quote, Reading, Syntax, Value};
use crate::span::Span;

pub(super) static HONCHO: Dialect = Dialect {
    name: "honcho",
    aliases: &[],
    program: "Honcho 2.0.0",
    usage: "`honcho start`",
    precedence: Precedence::Fresh,
    duplicates: Duplicates::Last,
    read,
};

fn read<'t>(text: &'t [u8], _: &Environ) -> Reading<'t> {
    let mut reading = Reading::default();
    for line in lines(text, 0, Breaks::Python) {
        match tokens(line.of(text)) {
            Ok(tokens) if tokens.is_empty() => {}
            Ok(tokens) => statement(&mut reading, text, line, &tokens),
            Err(problem) => {
                let span = Span::new(line.start as usize + problem.at, line.start as usize + problem.at + 1);
                let problem = Problem::new(problem.code, span, problem.message, Effect::Refuse);
                let help = Some("close the quote on the same line, or escape it with `\\`");
                reading.problems.push(Problem { help, ..problem });
            }
        }
    }
    reading.problems.extend(invalid_utf8(text, Effect::Refuse));
    blame_bom(text, &mut reading.problems);
    let nul_bytes = nul_bytes(text, Effect::Misread, &reading.assignments);
    reading.problems.extend(nul_bytes);
    reading.in_order()
}

fn statement<'t>(reading: &mut Reading<'t>, text: &'t [u8], line: Span, tokens: &[Token]) {
    let skip = |code, span, message, help| Problem {
        help: Some(help),
        ..Problem::new(code, span, message, Effect::Skip)
    };
    let place = |token: &Token| Span::new(line.start as usize + token.start, line.start as usize + token.end);
    let is_name = tokens[0].text.first().is_some_and(|first| first.is_ascii_alphabetic() || *first == b'_');
    let is_assignment = tokens.get(1).is_some_and(|token| token.text == b"=");
    if !is_assignment || !is_name {
        reading.problems.push(skip(
            Syntax::InvalidSyntax,
            line,
            "this line is no assignment",
            "write `NAME=value`, or start the line with `#`",
        ));
        return;
    }
    let key_span = place(&tokens[0]);
    let span = key_span.to(place(&tokens[tokens.len() - 1]));
    let Some((first, rest)) = tokens[2..].split_first() else {
        reading.problems.push(skip(
            Syntax::InvalidSyntax,
            span,
            "Honcho leaves out a name without a value",
            "write `NAME=\"\"` for an empty value",
        ));
        return;
    };
    let value_span = first.inner(line).to(rest.last().map_or(first.inner(line), place));
    let value =
        unescape(&tokens[2..].iter().flat_map(|token| token.text.iter().copied()).collect::<Vec<_>>());
    let quote = if rest.is_empty() { first.quote } else { Quote::None };
    let index = reading.next_index();
    reading.problems.extend(literal_reference(text, value_span, index));
    if let Some(second) = rest
        .iter()
        .find(|second| text.get(place(second).start as usize - 1).is_some_and(u8::is_ascii_whitespace))
    {
        reading.problems.push(Problem {
            help: Some("put the value into quotes"),
            assignment: Some(index),
            ..Problem::new(
                Syntax::UnsupportedSyntax,
                place(second),
                "Honcho drops the blank before this",
                Effect::Misread,
            )
        });
    }
    let key = match key_span.of(text) {
        written if written == tokens[0].text => Cow::Borrowed(written),
        _ => Cow::Owned(tokens[0].text.clone()),
    };
    let value = Value::Set(Cow::Owned(value));
    reading.assign(text, Assignment { key, value, key_span, value_span, span, quote });
}

/// After the tokens are joined, `\n` becomes LF and `\t` a tab.
fn unescape(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some((first, behind)) = rest.split_first() {
        let escape = match rest {
            [b'\\', b'n', ..] => Some(b'\n'),
            [b'\\', b't', ..] => Some(b'\t'),
            _ => None,
        };
        out.push(escape.unwrap_or(*first));
        rest = if escape.is_some() { &behind[1..] } else { behind };
    }
    out
}

/// One token of a line, with its place there.
struct Token {
    text: Vec<u8>,
    start: usize,
    end: usize,
    /// The quotes around the whole token, if it has no other parts.
    quote: Quote,
}

impl Token {
    /// Where the token stands, without quotes around the whole of it.
    fn inner(&self, line: Span) -> Span {
        let quote = usize::from(self.quote != Quote::None);
        Span::new(line.start as usize + self.start + quote, line.start as usize + self.end - quote)
    }
}

/// What `shlex` refuses.
struct Refused {
    at: usize,
    code: Syntax,
    message: &'static str,
}

/// The tokens of `shlex.shlex(line, posix=True)`.
fn tokens(line: &[u8]) -> Result<Vec<Token>, Refused> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = line.get(at) {
        match first {
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            b'#' => break,
            _ => {
                let token = token(line, at)?;
                at = token.end;
                tokens.push(token);
            }
        }
    }
    Ok(tokens)
}

/// The token at `start`: word characters, quoted parts and escaped characters, or any other character alone.
fn token(line: &[u8], start: usize) -> Result<Token, Refused> {
    let mut token = Token { text: Vec::new(), start, end: start, quote: Quote::None };
    while let Some((char, width)) = first_char(&line[token.end..]) {
        let at = token.end;
        match line[at] {
            quote @ (b'"' | b'\'') => {
                token.quote = match (quote, at == start) {
                    (b'"', true) => Quote::Double,
                    (_, true) => Quote::Single,
                    (_, false) => Quote::None,
                };
                quoted(line, &mut token, quote)?;
            }
            b'\\' => {
                token.quote = Quote::None;
                escaped(line, &mut token)?;
            }
            _ if char.is_some_and(is_word_char) => {
                token.quote = Quote::None;
                token.text.extend_from_slice(&line[at..at + width]);
                token.end += width;
            }
            _ if at == start => {
                token.text.extend_from_slice(&line[at..at + width]);
                token.end += width;
                return Ok(token);
            }
            _ => break,
        }
    }
    Ok(token)
}

/// Reads up to the closing quote; in double quotes `\` escapes itself and the quote.
fn quoted(line: &[u8], token: &mut Token, quote: u8) -> Result<(), Refused> {
    let open = token.end;
    let mut at = open + 1;
    loop {
        match &line[at.min(line.len())..] {
            [] => {
                let message = "the quote is never closed on its line";
                return Err(Refused { at: open, code: Syntax::UnterminatedQuote, message });
            }
            [byte, ..] if *byte == quote => break,
            [b'\\', escaped @ (b'"' | b'\\'), ..] if quote == b'"' => {
                token.text.push(*escaped);
                at += 2;
            }
            [byte, ..] => {
                token.text.push(*byte);
                at += 1;
            }
        }
    }
    token.end = at + 1;
    Ok(())
}

fn escaped(line: &[u8], token: &mut Token) -> Result<(), Refused> {
    let at = token.end;
    let Some((_, width)) = first_char(&line[at + 1..]) else {
        let message = "nothing follows the backslash";
        return Err(Refused { at, code: Syntax::InvalidEscape, message });
    };
    token.text.extend_from_slice(&line[at + 1..at + 1 + width]);
    token.end = at + 1 + width;
    Ok(())
}

/// What `shlex` takes for a part of a word: `[A-Za-z0-9_]` and the letters of Latin-1.
fn is_word_char(char: char) -> bool {
    char.is_ascii_alphanumeric() || char == '_' || matches!(char, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ')
}
