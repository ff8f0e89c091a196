//! How the reading goes on where the shell would stop, so that everything wrong is reported at once.

use super::assign::Written;
use super::grammar::{List, Parser, line_end};
use super::syntax::{Mistake, SyntaxError};
use super::{After, Shell};
use crate::dotenv::scan::{is_blank, trim_end, word_length};
use crate::dotenv::{Effect, Problem, Quote, Value};
use crate::span::Span;
use std::borrow::Cow;

/// How many mistakes may look for their end in the whole file; behind them every line stands alone.
const FAR_LOOKS: usize = 8;

impl<'t> Shell<'t, '_> {
    /// Reads the commands of the next line.
    pub(super) fn next_line(&mut self, parser: &mut Parser<'t>) -> Result<List, SyntaxError> {
        if self.failures < FAR_LOOKS {
            return parser.line();
        }
        let start = parser.cursor.at();
        let end = line_end(self.text, start);
        let mut alone = Parser::new(&self.text[..end], self.switches);
        alone.cursor.go_to(start);
        let list = alone.line()?;
        parser.cursor.go_to(alone.cursor.at());
        parser.unended.append(&mut alone.unended);
        Ok(list)
    }

    /// Reports what keeps the shell from reading the line at `start`, takes it for an assignment if it looks like one,
    /// and returns where the next line starts.
    pub(super) fn recover(&mut self, start: usize, error: SyntaxError) -> usize {
        self.failures += 1;
        let end = line_end(self.text, start);
        let line = Span::new(start, start + trim_end(&self.text[start..end], char::is_whitespace).len());
        let assignment = self.assignment_in(line);
        let is_on_line = (line.start..=line.end).contains(&error.span.start);
        let (code, message, help) = error.mistake.words();
        let span = if is_on_line || assignment.is_some() { error.span } else { line };
        let problem =
            Problem { help: Some(help), assignment, ..Problem::new(code, span, message, Effect::Fail) };
        let after = match error.mistake {
            Mistake::UnexpectedInside => self.switches.substitution_error,
            Mistake::UnexpectedElement => self.switches.array_error,
            _ => self.switches.syntax_error,
        };
        self.end(problem, after);
        match after {
            After::Discard => line_end(self.text, error.span.start as usize) + 1,
            _ => end + 1,
        }
    }

    /// Records the assignment a line seems to be.
    fn assignment_in(&mut self, line: Span) -> Option<u32> {
        let text = line.of(self.text);
        let rest = text.strip_prefix(b"export").filter(|rest| rest.first().copied().is_some_and(is_blank));
        let rest = rest.map_or(text, |rest| rest.trim_ascii_start());
        let key_length = word_length(rest);
        let (key, behind) = rest.split_at_checked(key_length)?;
        let value = behind.strip_prefix(b"=").filter(|_| !key.is_empty())?;
        let (quote, inside) = match value {
            [b'\'', inside @ ..] => (Quote::Single, inside),
            [b'"', inside @ ..] => (Quote::Double, inside),
            _ => (Quote::None, value),
        };
        let end = line.end as usize;
        let key_start = end - rest.len();
        let written = Written {
            key: key.to_vec(),
            key_span: Span::new(key_start, key_start + key_length),
            value_span: Span::new(end - inside.len(), end),
            start: line.start as usize,
            end,
            quote,
        };
        self.pending.clear();
        Some(self.push(&written, Value::Set(Cow::Borrowed(inside))))
    }
}
