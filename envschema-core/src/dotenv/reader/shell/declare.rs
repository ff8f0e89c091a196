//! `export`, `readonly`, `declare` and `typeset`: what they say about variables, and the values they give them.

use std::borrow::Cow;

use super::assign::{Declaration, Written};
use super::command::Argument;
use super::run::Status;
use super::variables::{Form, Held, Variable};
use super::word::{Target as WordTarget, Word};
use super::{Abort, After, Shell};
use crate::dotenv::scan::{find, is_word};
use crate::dotenv::{Effect, Problem, Quote, Syntax, Target, Value};
use crate::span::Span;

/// How a name may look.
const NAMES: &str = "use letters, digits and `_`, and start with no digit";

impl Shell<'_, '_> {
    /// `export`, `readonly`, `declare` and `typeset`
    pub(super) fn declare(
        &mut self,
        arguments: &[Argument<'_>],
        declaration: Declaration,
        span: Span,
    ) -> Result<(), Abort> {
        self.variables.delay();
        let refused = self.refused_names;
        let result = self.declare_all(arguments, declaration, span);
        self.variables.put_delayed(&self.reading.assignments);
        if result.is_ok() && self.refused_names > refused {
            let message = "zsh stops reading here, for it did not accept a name before";
            let end = Span::at(span.end as usize);
            return Err(self.end(Problem::new(Syntax::InvalidKey, end, message, Effect::Stop), After::Stop));
        }
        result
    }

    /// A name that cannot be declared. zsh goes on with the other names before it stops.
    fn refuse_name(&mut self, place: Span, message: &'static str, help: &'static str) -> Abort {
        if !self.switches.zsh {
            return self.misused(place, message, help);
        }
        self.refused_names += 1;
        self.abort(Syntax::InvalidKey, place, message, help, After::Next)
    }

    fn declare_all(
        &mut self,
        arguments: &[Argument<'_>],
        mut declaration: Declaration,
        span: Span,
    ) -> Result<(), Abort> {
        declaration.by_command = true;
        let is_export = declaration.export.is_some();
        let mut behind = 0;
        let mut takes_options = true;
        for argument in arguments {
            let place = place_behind(argument.word.span, behind);
            let start = if behind == 0 { span.start } else { place.start } as usize;
            let Some(text) = &argument.text else {
                takes_options = false;
                if self.switches.zsh && argument.word.target.is_some_and(|target| target.appends) {
                    let help = "write `NAME+=value` without a command before it";
                    self.refuse_name(place, "zsh cannot append here", help);
                    continue;
                }
                if self.is_element(argument.word, declaration) {
                    let result = Err(self.misused(place, "the shell does not accept this name", NAMES));
                    self.goes_on(result)?;
                    continue;
                }
                let result = self.assign(argument.word, start, declaration);
                self.goes_on(result)?;
                behind = argument.word.span.end as usize;
                continue;
            };
            let is_option = takes_options && text.len() > 1 && matches!(text[0], b'-' | b'+');
            if takes_options && text == b"--" {
                takes_options = false;
            } else if is_option {
                match self.flags(text, is_export, &mut declaration) {
                    Flags::Read => {}
                    Flags::Prints => return Ok(()),
                    Flags::Invalid => {
                        let (message, help) =
                            ("the shell does not know this option", "write `export NAME=value`");
                        // Here zsh reads on.
                        let zsh = self.switches.zsh.then_some(After::Next);
                        let after = zsh.unwrap_or(self.switches.builtin_error);
                        self.status = Status::Failed(1);
                        return Err(self.abort(Syntax::InvalidKey, place, message, help, after));
                    }
                }
            } else {
                takes_options = false;
                let result = self.declare_text(text, place, start, declaration);
                self.goes_on(result)?;
                behind = place.end as usize;
            }
        }
        Ok(())
    }

    /// Whether `word` is an element of an array, which bash takes from `declare` alone.
    fn is_element(&self, word: &Word, declaration: Declaration) -> bool {
        let has_bracket = |target: WordTarget| self.text.get(target.name.end as usize) == Some(&b'[');
        let takes_none = declaration.export.is_some() || declaration.read_only;
        takes_none && !self.switches.zsh && word.target.is_some_and(has_bracket)
    }

    /// Lets the command go on with its next argument, if it does.
    fn goes_on(&mut self, result: Result<(), Abort>) -> Result<(), Abort> {
        match result {
            Err(Abort(After::Next)) => {
                self.status = Status::Failed(1);
                Ok(())
            }
            result => result,
        }
    }

    fn flags(&self, text: &[u8], is_export: bool, declaration: &mut Declaration) -> Flags {
        let adds = text[0] == b'-';
        for flag in &text[1..] {
            match flag {
                b'p' | b'f' | b'F' => return Flags::Prints,
                b'n' if is_export && self.switches.unexports => declaration.export = Some(false),
                _ if is_export => return Flags::Invalid,
                b'x' => declaration.export = Some(adds),
                b'r' => declaration.read_only = adds,
                b'i' => declaration.form = Some(if adds { Form::Integer } else { Form::Text }),
                b'u' => declaration.form = Some(if adds { Form::Upper } else { Form::Text }),
                b'l' => declaration.form = Some(if adds { Form::Lower } else { Form::Text }),
                b'a' | b'A' => declaration.is_array = adds,
                b'g' | b't' | b'n' | b'I' => {}
                _ => return Flags::Invalid,
            }
        }
        Flags::Read
    }

    /// A name, or an assignment that came out of quotes or a reference.
    fn declare_text(
        &mut self,
        text: &[u8],
        place: Span,
        start: usize,
        declaration: Declaration,
    ) -> Result<(), Abort> {
        let length = text.iter().take_while(|byte| is_word(**byte)).count();
        let is_name = length > 0 && !text[0].is_ascii_digit();
        match &text[length..] {
            [] if is_name => self.declare_name(text, place, start, declaration),
            [b'=', value @ ..] if is_name => {
                let written = self.written_text(&text[..length], place, start);
                self.set(&written, value.to_vec(), false, declaration)
            }
            [b'+', b'=', value @ ..] if is_name && self.switches.arrays && !self.switches.zsh => {
                let written = self.written_text(&text[..length], place, start);
                self.set(&written, value.to_vec(), true, declaration)
            }
            _ => Err(self.refuse_name(place, "the shell does not accept this name", NAMES)),
        }
    }

    /// Where an assignment stands whose `=` came out of quotes or a reference.
    fn written_text(&self, key: &[u8], word: Span, start: usize) -> Written {
        let text = word.of(self.text);
        let quote = usize::from(matches!(text.first(), Some(b'"' | b'\'')));
        let inside = quote == 1 && text.len() > 1 && text.last() == text.first();
        let equals = find(text, b'=').filter(|equals| *equals >= quote);
        let base = word.start as usize;
        let (key_span, value_span) = match equals {
            Some(equals) => (
                Span::new(base + quote, base + equals),
                Span::new(
                    base + equals + 1,
                    (base + text.len() - usize::from(inside)).max(base + equals + 1),
                ),
            ),
            None => (word, Span { start: word.end, ..word }),
        };
        let end = word.end as usize;
        Written { key: key.to_vec(), key_span, value_span, start, end, quote: Quote::None }
    }

    /// `export NAME`: says something about a variable that has its value already, or has none.
    fn declare_name(
        &mut self,
        name: &[u8],
        word: Span,
        start: usize,
        declaration: Declaration,
    ) -> Result<(), Abort> {
        let before = self.variables.get_late(&self.reading.assignments, name);
        let exported = declaration
            .export
            .unwrap_or(before.exported || (self.options.all_export && declaration.export.is_none()));
        let variable = Variable {
            exported,
            read_only: before.read_only || declaration.read_only,
            form: declaration.form.unwrap_or(before.form),
            held: if declaration.is_array { Held::Array } else { before.held.clone() },
        };
        let value = match before.held {
            Held::Assignment(index) if exported != before.exported => {
                self.reading.assignments.get(index as usize).map(|assignment| assignment.value.clone())
            }
            _ if declaration.export == Some(false) => None,
            // The second time zsh passes on what has no value as empty.
            Held::Nothing if self.switches.zsh && before.exported => Some(Value::Set(Cow::Borrowed(b""))),
            Held::Nothing => Some(Value::Absent),
            _ => None,
        };
        let removes = declaration.export == Some(false) && before.exported;
        let value = if removes { Some(Value::Unset) } else { value };
        if let Some(value) = value {
            if let Held::Assignment(index) = before.held {
                self.refer_to(name, Target::Assignment(index), word);
            }
            let written = Written {
                key: name.to_vec(),
                key_span: word,
                value_span: Span { start: word.end, ..word },
                start,
                end: word.end as usize,
                quote: Quote::None,
            };
            let value = match value {
                Value::Set(text) => Value::Set(Cow::Owned(text.into_owned())),
                other => other,
            };
            let index = self.push(&written, value);
            self.lost(&written, index);
        }
        self.variables.put_late(&self.reading.assignments, Cow::Owned(name.to_vec()), variable);
        Ok(())
    }
}

enum Flags {
    Read,
    Prints,
    Invalid,
}

/// The place of an argument: no place at all if the word has one behind which the place must lie.
pub(super) fn place_behind(word: Span, end: usize) -> Span {
    if (word.start as usize) < end { Span::at(end) } else { word }
}
