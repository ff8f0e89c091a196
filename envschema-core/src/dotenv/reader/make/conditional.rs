//! `ifdef`, `ifndef`, `ifeq`, `ifneq`, `else` and `endif`.

use super::Maker;
use super::definition::{skip_space, word_end};
use super::line::Line;
use crate::dotenv::scan::is_blank;
use crate::dotenv::{Effect, Problem, Syntax};
use crate::span::Span;

/// The conditionals that are open.
#[derive(Default)]
pub(super) struct Conditionals {
    open: Vec<Conditional>,
}

struct Conditional {
    span: Span,
    branch: Branch,
}

/// Where in a conditional the reading is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Branch {
    /// In the branch that applies.
    Taken,
    /// Before it.
    Waiting,
    /// Behind it, or inside a branch that does not apply.
    Over,
}

impl Conditionals {
    /// Whether what comes next does not apply. Nothing inside a branch that does not apply is ever taken.
    pub(super) fn is_ignoring(&self) -> bool {
        self.open.last().is_some_and(|innermost| innermost.branch != Branch::Taken)
    }

    /// Reports what has no `endif`.
    pub(super) fn report_open(&self, problems: &mut Vec<Problem>) {
        let unclosed = self.open.iter().map(|conditional| {
            let message = "no `endif` ends this conditional";
            Problem::new(Syntax::InvalidSyntax, conditional.span, message, Effect::Refuse)
        });
        problems.extend(unclosed);
    }
}

impl Maker<'_, '_> {
    /// Reads the line whose first word goes from `start` to `end` if it belongs to a conditional.
    pub(super) fn conditional(&mut self, line: &Line<'_>, start: usize, end: usize) -> bool {
        let bytes = &*line.text.bytes;
        let rest = skip_space(bytes, end);
        let is_ignoring = self.conditionals.is_ignoring();
        match &bytes[start..end] {
            b"endif" if rest == bytes.len() && self.conditionals.open.pop().is_some() => {}
            b"else" if self.otherwise(bytes, rest) => {}
            b"else" | b"endif" => {
                self.invalid(line, "this has no `ifdef`, `ifndef`, `ifeq` or `ifneq` before it");
            }
            b"ifdef" | b"ifndef" | b"ifeq" | b"ifneq" => {
                let holds = if is_ignoring { Some(None) } else { self.holds(bytes, start).map(Some) };
                let branch = match holds {
                    Some(None) => Branch::Over,
                    Some(Some(true)) => Branch::Taken,
                    Some(Some(false)) => Branch::Waiting,
                    None => {
                        self.invalid(line, "make does not understand this condition");
                        Branch::Taken
                    }
                };
                let span = line.text.span(start, end);
                self.conditionals.open.push(Conditional { span, branch });
            }
            _ => return false,
        }
        true
    }

    /// `else`, alone or with a condition; false if no conditional is open.
    fn otherwise(&mut self, bytes: &[u8], rest: usize) -> bool {
        let Some(innermost) = self.conditionals.open.last() else { return false };
        let branch = match innermost.branch {
            Branch::Taken | Branch::Over => Branch::Over,
            Branch::Waiting if rest == bytes.len() => Branch::Taken,
            Branch::Waiting => match self.holds(bytes, rest) {
                Some(true) => Branch::Taken,
                _ => Branch::Waiting,
            },
        };
        if let Some(innermost) = self.conditionals.open.last_mut() {
            innermost.branch = branch;
        }
        true
    }

    /// Whether the condition at `start` holds; `None` if it is none.
    fn holds(&mut self, bytes: &[u8], start: usize) -> Option<bool> {
        let end = word_end(bytes, start);
        let rest = skip_space(bytes, end);
        match &bytes[start..end] {
            b"ifdef" => self.is_defined(&bytes[rest..]),
            b"ifndef" => self.is_defined(&bytes[rest..]).map(|holds| !holds),
            b"ifeq" => self.is_equal(&bytes[rest..]),
            b"ifneq" => self.is_equal(&bytes[rest..]).map(|holds| !holds),
            _ => None,
        }
    }

    fn is_defined(&mut self, name: &[u8]) -> Option<bool> {
        let expanded = self.expander(false).expand(name, None, 0).ok()?;
        let name = expanded.trim_ascii();
        if name.is_empty() || word_end(name, 0) < name.len() {
            return None;
        }
        Some(self.variables.get(name).is_some_and(|variable| !variable.value.is_empty()))
    }

    /// `(a,b)`, `"a" "b"` or `'a' 'b'`
    fn is_equal(&mut self, operands: &[u8]) -> Option<bool> {
        let (first, rest) = match operands.split_first()? {
            (b'(', rest) => {
                let comma = unnested(rest, b',')?;
                let blanks = rest[..comma].iter().rev().take_while(|byte| is_blank(**byte)).count();
                (&rest[..comma - blanks], &rest[comma + 1..])
            }
            _ => quoted(operands)?,
        };
        let rest = &rest[skip_space(rest, 0)..];
        let (second, rest) = if operands[0] == b'(' {
            let close = unnested(rest, b')')?;
            (&rest[..close], &rest[close + 1..])
        } else {
            quoted(rest)?
        };
        if skip_space(rest, 0) < rest.len() {
            return None;
        }
        let mut expander = self.expander(false);
        Some(expander.expand(first, None, 0).ok()? == expander.expand(second, None, 0).ok()?)
    }

    fn invalid(&mut self, line: &Line<'_>, message: &'static str) {
        let span = line.text.span(skip_space(&line.text.bytes, 0), line.text.bytes.len());
        self.reading.problems.push(Problem::new(Syntax::InvalidSyntax, span, message, Effect::Refuse));
    }
}

/// The offset of the first `wanted` outside parentheses.
fn unnested(bytes: &[u8], wanted: u8) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in bytes.iter().enumerate() {
        match *byte {
            byte if byte == wanted && depth == 0 => return Some(at),
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// A quoted operand, and what follows.
fn quoted(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (quote, rest) = bytes.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
    let close = rest.iter().position(|byte| byte == quote)?;
    Some((&rest[..close], &rest[close + 1..]))
}
