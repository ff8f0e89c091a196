//! The shell line ``export $(grep -v '^#' .env | xargs)``: words, not lines.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::cursor::Cursor;
use crate::dotenv::encoding::{blame_bom, invalid_utf8, nul_bytes};
use crate::dotenv::expansion::Budget;
use crate::dotenv::misread;
use crate::dotenv::scan::{find, is_word};
use crate::dotenv::{Assignment, Effect, Environ, Problem, Quote, Reading, Syntax, Value};
use crate::span::Span;

pub(super) static XARGS_EXPORT: Dialect = Dialect {
    name: "xargs-export",
    aliases: &["xargs"],
    program: "GNU bash 5.2.15, grep and xargs",
    usage: "`export $(grep -v '^#' .env | xargs)`",
    precedence: Precedence::File,
    duplicates: Duplicates::Last,
    read,
};

/// What bash does not let be set, with an error or without one.
const READ_ONLY: &[&[u8]] = &[b"BASHOPTS", b"BASH_VERSINFO", b"EUID", b"PPID", b"SHELLOPTS", b"UID"];
const IGNORED: &[&[u8]] = &[b"DIRSTACK", b"FUNCNAME", b"GROUPS", b"_"];

fn read<'t>(text: &'t [u8], environ: &Environ) -> Reading<'t> {
    let mut words = Words::new(text);
    let mut exports = Exports {
        text,
        environ,
        reading: Reading::default(),
        last: HashMap::new(),
        budget: Budget::default(),
        takes_options: true,
        prints: true,
    };
    while let Some(word) = words.next(&mut exports.reading.problems) {
        exports.word(&word);
    }
    exports.finish()
}

/// One word, as the shell gets it from xargs.
struct Word {
    text: Vec<u8>,
    /// Where each byte stands in the file.
    origins: Vec<usize>,
    /// Everything in the file that makes the word.
    span: Span,
    /// The blank inside quotes that ends it, though the quotes were most likely to keep it together.
    split_at: Option<usize>,
}

/// Cuts the file into words: at blanks and line ends, also inside quotes.
struct Words<'t> {
    cursor: Cursor<'t>,
    /// The quote that is open.
    quote: Option<u8>,
    /// Where the line ends on which a quote was met last.
    line_end: usize,
    /// Up to where the argument is known to close its quotes: it may hold several words.
    checked: usize,
}

impl<'t> Words<'t> {
    fn new(text: &'t [u8]) -> Self {
        let mut words = Self { cursor: Cursor::new(text), quote: None, line_end: 0, checked: 0 };
        words.pass_comments();
        words
    }

    /// `grep` leaves out the lines that start with `#`, and no others.
    fn pass_comments(&mut self) {
        while self.cursor.peek() == Some(b'#') {
            self.cursor.take_line();
        }
    }

    fn next(&mut self, problems: &mut Vec<Problem>) -> Option<Word> {
        let mut word = self.start(problems)?;
        loop {
            let at = self.cursor.at();
            let byte = self.cursor.peek();
            match (self.quote, byte) {
                (_, None | Some(b'\n')) => {
                    word.span.end = Span::at(at).start;
                    self.end_line();
                    return Some(word);
                }
                (None, Some(b' ' | b'\t')) => break,
                (Some(_), Some(b' ' | b'\t')) => {
                    word.split_at = (!word.text.is_empty()).then_some(at);
                    break;
                }
                (Some(quote), Some(byte)) if byte == quote => self.quote = None,
                (None, Some(quote @ (b'\'' | b'"'))) => self.quote = Some(quote),
                (None, Some(b'\\')) => {
                    self.cursor.skip(1);
                    if matches!(self.cursor.peek(), None | Some(b' ' | b'\t' | b'\n')) {
                        break;
                    }
                    self.take(&mut word);
                    continue;
                }
                (_, Some(_)) => {
                    self.take(&mut word);
                    continue;
                }
            }
            self.cursor.skip(1);
        }
        word.span.end = Span::at(self.cursor.at()).start;
        self.cursor.skip(1);
        Some(word)
    }

    /// An empty word behind the blanks that come next; `None` at the end. xargs gives up at an argument with a quote that
    /// its line does not close.
    fn start(&mut self, problems: &mut Vec<Problem>) -> Option<Word> {
        loop {
            self.pass_spaces();
            if self.cursor.is_at_end() {
                return None;
            }
            let unclosed_quote = if self.quote.is_none() { self.unclosed_quote() } else { None };
            let Some(open) = unclosed_quote else { break };
            problems.push(unclosed(open));
            self.cursor.go_to(open);
            self.end_line();
        }
        let span = Span::at(self.cursor.at());
        Some(Word { text: Vec::new(), origins: Vec::new(), span, split_at: None })
    }

    /// The quote in the argument that starts here which is not closed on its line.
    fn unclosed_quote(&mut self) -> Option<usize> {
        let mut ahead = self.cursor;
        if ahead.at() < self.checked {
            return None;
        }
        loop {
            self.checked = ahead.at();
            match ahead.peek()? {
                b' ' | b'\t' | b'\n' => return None,
                b'\\' => ahead.skip(2),
                quote @ (b'\'' | b'"') => {
                    let open = ahead.at();
                    if open >= self.line_end {
                        self.line_end = ahead.line_end();
                    }
                    let line = &self.cursor.text()[open + 1..self.line_end];
                    ahead.skip(find(line, quote).map_or(0, |length| length + 2));
                    if ahead.at() == open {
                        return Some(open);
                    }
                }
                _ => ahead.skip(1),
            }
        }
    }

    /// Takes the next byte into the word.
    fn take(&mut self, word: &mut Word) {
        word.origins.push(self.cursor.at());
        word.text.extend(self.cursor.peek());
        self.cursor.skip(1);
    }

    /// Passes over what parts words; outside quotes that is all white space.
    fn pass_spaces(&mut self) {
        loop {
            match (self.cursor.peek(), self.quote) {
                (Some(b'\n'), None) => self.end_line(),
                (Some(b' ' | b'\t'), _) | (Some(b'\x0b' | b'\x0c' | b'\r'), None) => self.cursor.skip(1),
                _ => return,
            }
        }
    }

    fn end_line(&mut self) {
        self.cursor.take_line();
        self.pass_comments();
    }
}

fn unclosed(open: usize) -> Problem {
    Problem {
        help: Some("close the quote on its line; write `\\'` or `\\\"` for a quote that means itself"),
        ..Problem::new(
            Syntax::UnterminatedQuote,
            Span::new(open, open + 1),
            "the quote is not closed on its line",
            Effect::Stop,
        )
    }
}

/// What `export` does with the words.
struct Exports<'t, 'e> {
    text: &'t [u8],
    environ: &'e Environ,
    reading: Reading<'t>,
    /// The last assignment to each name, for `+=`.
    last: HashMap<Vec<u8>, u32>,
    budget: Budget,
    /// Whether a word may still be an option of `export`.
    takes_options: bool,
    /// Whether a word may still be an option of the `echo` that xargs runs.
    prints: bool,
}

impl<'t> Exports<'t, '_> {
    fn word(&mut self, word: &Word) {
        if word.text.is_empty() {
            return;
        }
        let is_echo_option = word.text.len() > 1
            && word.text[0] == b'-'
            && word.text[1..].iter().all(|byte| b"neE".contains(byte));
        if self.prints && is_echo_option {
            return self.report(
                word.span,
                "`echo`, which xargs runs, takes this for an option",
                Effect::Skip,
            );
        }
        self.prints = false;
        if self.takes_options && word.text[0] == b'-' && word.text.len() > 1 {
            self.takes_options = word.text != b"--";
            if self.takes_options {
                // With `-a` and `-A` it makes arrays, which are never passed on.
                let is_silent = word.text[1..].iter().all(|byte| b"aA".contains(byte));
                let effect = if is_silent { Effect::Truncate } else { Effect::Refuse };
                self.report(word.span, "`export` takes this for an option, and does nothing", effect);
            }
            return;
        }
        self.takes_options = false;
        let name = word.text.iter().take_while(|byte| is_word(**byte)).count();
        let is_name = name > 0 && !word.text[0].is_ascii_digit();
        match &word.text[name..] {
            [b'=', ..] if is_name => self.assign(word, name, 1),
            [b'+', b'=', ..] if is_name => self.assign(word, name, 2),
            [] if is_name => self.name_alone(word),
            _ => self.no_assignment(word),
        }
    }

    fn assign(&mut self, word: &Word, name: usize, operator: usize) {
        let key_span = self.place(word, 0, name);
        let value_span = self.place(word, name + operator, word.text.len());
        let key = &word.text[..name];
        let index = self.reading.next_index();
        let mut value = Vec::new();
        if operator == 2 {
            let before = self.last.get(key).and_then(|index| self.reading.assignments.get(*index as usize));
            let before = match before.map(|assignment| &assignment.value) {
                Some(Value::Set(before)) => before,
                _ => self.environ.get(key).unwrap_or_default(),
            };
            match self.budget.spend(before.len()) {
                Ok(()) => value.extend_from_slice(before),
                Err(limit) => self.reading.problems.push(limit.problem(index, key_span)),
            }
        }
        value.extend_from_slice(&word.text[name + operator..]);
        self.reading.assign(
            self.text,
            Assignment {
                key: Cow::Owned(key.to_vec()),
                value: Value::Set(Cow::Owned(value)),
                key_span,
                value_span,
                span: word.span,
                quote: Quote::None,
            },
        );
        self.last.insert(key.to_vec(), index);
        self.misread(word, key, key_span, index);
    }

    fn misread(&mut self, word: &Word, key: &[u8], key_span: Span, index: u32) {
        let found = [
            READ_ONLY.contains(&key).then_some((
                key_span,
                "this variable is read-only in bash",
                "use another name",
                Effect::Fail,
            )),
            IGNORED.contains(&key).then_some((
                key_span,
                "bash does not let this variable be set",
                "use another name",
                Effect::Skip,
            )),
            word.split_at.map(|at| {
                let message = "quotes keep no blanks here, so the value ends at this one";
                (Span::new(at, at + 1), message, "leave the blanks out", Effect::Misread)
            }),
        ];
        self.reading.problems.extend(found.into_iter().flatten().map(|(span, message, help, effect)| {
            Problem {
                help: Some(help),
                assignment: Some(index),
                ..Problem::new(Syntax::UnsupportedSyntax, span, message, effect)
            }
        }));
    }

    /// A name without a value behind something else on its line: most likely what was meant to be the rest of a value.
    fn name_alone(&mut self, word: &Word) {
        let before = self.text.get(..word.span.start as usize).unwrap_or_default();
        let gap = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let before = &before[..before.len() - gap];
        let behind = before.strip_suffix(b"export").unwrap_or(before);
        // Of what a quote does not keep together more is said before.
        let is_whole = word.span.of(self.text) == &word.text[..];
        if is_whole && !matches!(behind, [] | [.., b'\n']) {
            let message = "the value ends at the blank, and this is taken for a name of its own";
            self.report(word.span, message, Effect::Misread);
        }
    }

    /// A word that is no assignment and no name: `export` says so and goes on.
    fn no_assignment(&mut self, word: &Word) {
        let (code, message, help) = match &word.text[..] {
            [b'#', ..] => (
                Syntax::UnsupportedSyntax,
                "a comment only counts in the first column, so this is exported as well",
                "put the comment on a line of its own",
            ),
            text if find(text, b'=').is_some_and(|equals| equals > 0) => {
                (Syntax::InvalidKey, "`export` does not accept this name", "use letters, digits and `_`")
            }
            _ => (Syntax::InvalidSyntax, "this word is no assignment", "write `NAME=value` without blanks"),
        };
        let problem = Problem::new(code, word.span, message, Effect::Fail);
        self.reading.problems.push(Problem { help: Some(help), ..problem });
    }

    fn report(&mut self, span: Span, message: &'static str, effect: Effect) {
        self.reading.problems.push(Problem::new(Syntax::UnsupportedSyntax, span, message, effect));
    }

    /// Where the bytes of `word` from `start` to `end` stand.
    fn place(&self, word: &Word, start: usize, end: usize) -> Span {
        let first = word.origins.get(start).copied();
        let last = end.checked_sub(1).and_then(|last| word.origins.get(last)).filter(|_| start < end);
        match (first, last) {
            (Some(first), Some(last)) => Span::new(first, last + 1),
            _ => {
                let behind = start.checked_sub(1).and_then(|before| word.origins.get(before));
                Span::at(behind.map_or(word.span.start as usize, |before| before + 1))
            }
        }
    }

    fn finish(mut self) -> Reading<'t> {
        let problems = &mut self.reading.problems;
        problems.extend(invalid_utf8(self.text, Effect::Misread));
        if let Some(at) = find(self.text, 0) {
            problems.push(Problem {
                help: Some("save the file as UTF-8, and remove the NUL bytes"),
                ..Problem::new(
                    Syntax::InvalidEncoding,
                    Span::new(at, at + 1),
                    "`grep` takes a file with a NUL byte for no text, and prints nothing of it",
                    Effect::Refuse,
                )
            });
        }
        problems.extend(nul_bytes(self.text, Effect::Misread, &self.reading.assignments).into_iter().skip(1));
        blame_bom(self.text, problems);
        misread::report(&mut self.reading, self.text, misread::kept_return);
        misread::report(&mut self.reading, self.text, misread::unexpanded);
        self.reading.in_order()
    }
}

#[cfg(test)]
mod tests {
    use super::XARGS_EXPORT;
    use crate::dotenv::{Effect, Environ, Outcome};

    fn outcome(text: &str) -> String {
        let environ: Environ = [("E", "env")].into_iter().collect();
        let reading = (XARGS_EXPORT.read)(text.as_bytes(), &environ);
        let outcome = Outcome::new(&XARGS_EXPORT, &reading, &environ);
        let vars = outcome.vars.iter().map(|(name, value)| [name, &b"="[..], value].concat());
        let mut vars: Vec<_> = vars.map(|var| var.escape_ascii().to_string()).collect();
        vars.extend(outcome.error.map(|_| "!".to_owned()));
        vars.join("|")
    }

    #[test]
    fn words_are_exported() {
        for (text, expected) in [
            ("A=1\nB=2\n", "A=1|B=2"),
            ("# A=1\n  #x\nB=2 C=3 # y=1\n", "B=2|C=3|y=1|!"),
            ("export A='x y' B=\"z\"\\ \n", "A=x|B=z"),
            ("A='a\"b'\\'\\\\\n", "A=a\"b\\'\\\\".replace('"', "\\\"").as_str()),
            ("A=$HOME `x` ;\n", "A=$HOME|!"),
            ("A=x\\\ny\nB=\n", "A=x|B="),
            ("A=1\nB=\"x\nC=2\n", "A=1|!"),
            ("A+=1\nA+=2\nE+=x\n", "A=12|E=envx"),
            ("A.B=1\nC=1\n", "C=1|!"),
            ("-A=1\nB=2\n", "!"),
            ("-a\nB=2\n", ""),
            ("A=1\r\n\r\nB=2", "A=1\\r|B=2"),
            ("UID=1\nGROUPS=x\nA=1\n", "A=1|!"),
            ("A=1\0\n", "!"),
        ] {
            assert_eq!(outcome(text), expected, "{text:?}");
        }
    }

    #[test]
    fn blanks_in_quotes_are_reported() {
        let text = b"A='x y' B=1\n";
        let reading = (XARGS_EXPORT.read)(text, &Environ::empty());
        let [problem] = &reading.problems[..] else { panic!("{:?}", reading.problems) };
        assert_eq!((problem.span.range(), problem.effect), (4..5, Effect::Misread));
        assert_eq!(reading.assignments[0].value_span.range(), 3..4);
        assert_eq!(reading.assignments[1].span.range(), 8..11);
    }
}
