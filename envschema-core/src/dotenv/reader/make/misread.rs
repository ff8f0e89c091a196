//! What make reads otherwise than most: quotes and blanks are kept, `#` cuts everywhere, `$NAME` is `$N`.

use super::Maker;
use super::definition::{Definition, Flavor};
use super::line::Line;
use crate::dotenv::misread::literal_quotes;
use crate::dotenv::scan::{find, is_blank, is_word};
use crate::dotenv::{Effect, Problem, Syntax};
use crate::span::Span;

impl<'t> Maker<'t, '_> {
    /// Reports what in the value of the next assignment is most likely not meant as make reads it.
    pub(super) fn misread_value(&mut self, line: &Line<'t>, definition: &Definition) {
        if matches!(definition.flavor, Flavor::Define | Flavor::Undefine | Flavor::Shell) {
            return;
        }
        let index = self.reading.next_index();
        let value = &line.text.bytes[definition.value..];
        let span = line.text.span(definition.value, line.text.bytes.len());
        self.open_quote = opens_quote(value).then_some(line.span.end);
        self.reading.problems.extend(literal_quotes(self.cursor.text(), span, index));
        let blanks = value.iter().rev().take_while(|byte| is_blank(**byte)).count();
        let found = match line.comment {
            Some(comment) if blanks == 0 && !value.is_empty() => Some((
                Span::at(comment),
                "make starts a comment at every `#`, so the value ends here",
                "write `\\#`, or put the comment on a line of its own",
            )),
            Some(_) if blanks > 0 && blanks < value.len() => Some((
                line.text.span(line.text.bytes.len() - blanks, line.text.bytes.len()),
                "the blanks before the comment become part of the value",
                "put the comment on a line of its own",
            )),
            _ => None,
        };
        let found = found.into_iter().chain(short_name(value).map(|(start, end)| {
            let span = line.text.span(definition.value + start, definition.value + end);
            let message = "make reads only the first character of this name";
            (span, message, "write `$(NAME)`; write `$$` for a dollar sign")
        }));
        self.reading.problems.extend(found.map(|(span, message, help)| Problem {
            help: Some(help),
            assignment: Some(index),
            ..Problem::new(Syntax::UnsupportedSyntax, span, message, Effect::Misread)
        }));
    }
}

/// Whether `value` starts with a quote that is not closed: most likely it goes on in the next line.
fn opens_quote(value: &[u8]) -> bool {
    matches!(value.split_first(), Some((quote @ (b'"' | b'\''), rest)) if find(rest, *quote).is_none())
}

/// The first `$NAME` of more than one character.
fn short_name(value: &[u8]) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(found) = value.get(from..).and_then(|rest| find(rest, b'$')) {
        let dollar = from + found;
        let name = value[dollar + 1..].iter().take_while(|byte| is_word(**byte)).count();
        if name > 1 {
            return Some((dollar, dollar + 1 + name));
        }
        from = dollar + 2;
    }
    None
}
