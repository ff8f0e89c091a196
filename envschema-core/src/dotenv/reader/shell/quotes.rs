//! Quotes in words: backslashes, `'…'`, `"…"` and `` `…` ``.

use super::grammar::{List, Parser};
use super::syntax::{Mistake, SyntaxError};
use super::word::{Kind, Until, Word};
use crate::dotenv::Quote;
use crate::dotenv::scan::find;
use crate::span::Span;

impl Parser<'_> {
    pub(super) fn backslash(&mut self, until: Until, word: &mut Word) {
        let start = self.cursor.at();
        self.cursor.skip(1);
        if self.cursor.eat(b"\n") {
            return;
        }
        let Some((_, width)) = self.cursor.peek_char() else {
            // zsh drops it, and there is a word all the same.
            let kept = usize::from(!self.switches.drops_last_backslash);
            word.push_text(Span::new(start, start + kept), true);
            return;
        };
        let is_escape = match until {
            Until::Brace { .. } if until.is_quoted() => {
                matches!(self.cursor.peek(), Some(b'$' | b'`' | b'"' | b'\\' | b'}'))
            }
            _ if until.is_quoted() => matches!(self.cursor.peek(), Some(b'$' | b'`' | b'"' | b'\\')),
            _ => true,
        };
        self.cursor.skip(width);
        let kept = if is_escape { start + 1 } else { start };
        word.push(Kind::Text, true, Span::new(kept, self.cursor.at()));
    }

    pub(super) fn single_quoted(&mut self, word: &mut Word) -> Result<(), SyntaxError> {
        let open = self.cursor.at();
        let inside = &self.cursor.rest()[1..];
        let Some(length) = find(inside, b'\'') else {
            return Err(Mistake::UnclosedQuote.at(Span::new(open, open + 1)));
        };
        let span = Span::new(open + 1, open + 1 + length);
        self.cursor.go_to(open + length + 2);
        word.push(Kind::Text, true, span);
        word.quoted.get_or_insert((Quote::Single, span));
        Ok(())
    }

    /// In `"${NAME:-…}"` bash keeps single quotes, but lets no `}` between two of them end the reference.
    pub(super) fn paired_quotes(&mut self, word: &mut Word) -> Result<(), SyntaxError> {
        let open = self.cursor.at();
        self.cursor.skip(1);
        let Some(length) = find(self.cursor.rest(), b'\'') else {
            return Err(Mistake::UnclosedQuote.at(Span::new(open, open + 1)));
        };
        self.cursor.skip(length + 1);
        word.push(Kind::Text, true, self.cursor.span_from(open));
        Ok(())
    }

    pub(super) fn double_quoted(&mut self, until: Until, word: &mut Word) -> Result<(), SyntaxError> {
        let open = self.cursor.at();
        self.cursor.skip(1);
        // Inside `"${NAME:-…}"` the quotes only come and go.
        let mut inside = Word::default();
        word.push(Kind::Text, true, Span::at(open + 1));
        self.parts(Until::DoubleQuote, &mut inside).map_err(|error| match error.mistake {
            Mistake::UnclosedQuote if error.span.start as usize == open + 1 => {
                Mistake::UnclosedQuote.at(Span::new(open, open + 1))
            }
            _ => error,
        })?;
        word.parts.extend(inside.parts);
        if !until.is_quoted() {
            let span = Span::new(open + 1, self.cursor.at() - 1);
            word.quoted.get_or_insert((Quote::Double, span));
        }
        Ok(())
    }

    /// `` `…` ``: the backslashes before `` ` ``, `\` and `$`, in double quotes also before `"`, go.
    pub(super) fn backquoted(&mut self, until: Until, word: &mut Word) -> Result<(), SyntaxError> {
        let open = self.cursor.at();
        self.cursor.skip(1);
        let mut command = Vec::new();
        loop {
            match self.cursor.rest() {
                [] => return Err(Mistake::UnclosedBackquote.at(Span::new(open, open + 1))),
                [b'`', ..] => break,
                [b'\\', escaped @ (b'`' | b'\\' | b'$'), ..] => {
                    command.push(*escaped);
                    self.cursor.skip(2);
                }
                [b'\\', b'"', ..] if until == Until::DoubleQuote => {
                    command.push(b'"');
                    self.cursor.skip(2);
                }
                [byte, ..] => {
                    command.push(*byte);
                    self.cursor.skip(1);
                }
            }
        }
        let inside = Span::new(open + 1, self.cursor.at());
        self.cursor.skip(1);
        let is_plain = command == inside.of(self.cursor.text());
        let list = if is_plain { self.commands_at(inside) } else { None };
        let kind = list.map_or(Kind::Backquoted(command), Kind::Command);
        word.push(kind, until.is_quoted(), self.cursor.span_from(open));
        Ok(())
    }

    /// The commands written at `span`, if they are well-formed.
    fn commands_at(&self, span: Span) -> Option<List> {
        let mut parser = Parser::new(self.cursor.text().get(..span.end as usize)?, self.switches);
        parser.cursor.go_to(span.start as usize);
        parser.depth = self.depth + 1;
        let mut list = List::default();
        while parser.go_to_command() {
            list.items.extend(parser.line().ok()?.items);
        }
        Some(list)
    }
}
