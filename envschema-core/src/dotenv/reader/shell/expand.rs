//! Expansion of words: tildes, references and arithmetic, into a value or into fields.

use std::borrow::Cow;

use super::arithmetic::{self, Invalid, Names};
use super::fields::{Field, Fields, Splitting};
use super::grammar::{List, Parser};
use super::run::{Output, Status};
use super::special;
use super::syntax::Mistake;
use super::variables::{Held, Variable};
use super::word::{Kind, Part, Word};
use super::{Abort, After, Shell};
use crate::dotenv::scan::{find, is_word};
use crate::dotenv::{Effect, Problem, Syntax};
use crate::span::Span;

/// Where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Context {
    /// The value of an assignment: `~` counts at its start and behind every `:`.
    Value,
    /// A word of a command: `~` counts at its start.
    Argument,
    /// A word inside a reference, or a pattern: nothing more.
    Inside,
}

impl<'t> Shell<'t, '_> {
    /// The value that stands in `word` from `start` on.
    pub(super) fn value(&mut self, word: &Word, start: usize) -> Result<Vec<u8>, Abort> {
        let mut fields = Fields::new(Splitting::No);
        self.parts(&word.parts, start, Context::Value, &mut fields)?;
        Ok(self.as_c_string(fields.text()))
    }

    /// The fields of a word of a command.
    pub(super) fn fields(&mut self, word: &Word) -> Result<Vec<Field>, Abort> {
        let splitting =
            if self.switches.splits_words { Splitting::At(self.separators()) } else { Splitting::Whole };
        let mut fields = Fields::new(splitting);
        self.parts(&word.parts, 0, Context::Argument, &mut fields)?;
        let mut fields = fields.finish();
        for field in &mut fields {
            field.text = self.as_c_string(std::mem::take(&mut field.text));
        }
        Ok(fields)
    }

    /// zsh ends every text at a NUL byte.
    fn as_c_string(&self, mut text: Vec<u8>) -> Vec<u8> {
        if self.switches.zsh
            && let Some(nul) = find(&text, 0)
        {
            text.truncate(nul);
        }
        text
    }

    /// `IFS`
    fn separators(&mut self) -> Vec<u8> {
        let (_, value) = self.variables.look_up(&self.reading.assignments, b"IFS");
        // No shell takes it from its environment.
        match self.variables.get(&self.reading.assignments, b"IFS").held {
            Held::Environ | Held::Nothing => b" \t\n".to_vec(),
            _ => value.map_or_else(|| b" \t\n".to_vec(), Cow::into_owned),
        }
    }

    /// Adds what the parts from `start` on yield.
    pub(super) fn parts(
        &mut self,
        parts: &[Part],
        start: usize,
        context: Context,
        fields: &mut Fields,
    ) -> Result<(), Abort> {
        let mut is_first = true;
        let mut refused = None;
        let all = parts;
        let mut parts = parts.iter().filter(|part| part.span.end as usize >= start).peekable();
        while let Some(part) = parts.next() {
            let span = Span { start: part.span.start.max(Span::at(start).start), ..part.span };
            if span.is_empty() && !part.quoted && matches!(part.kind, Kind::Text) {
                continue;
            }
            match &part.kind {
                Kind::Text if part.quoted => fields.literal(span.of(self.text), true),
                Kind::Text => {
                    let is_last = parts.peek().is_none();
                    // zsh looks at what is left when the references before yield nothing.
                    let is_first = is_first || (self.switches.zsh && fields.is_at_start());
                    if self.names_command(span, context, (is_first, is_last)) {
                        refused.get_or_insert(span);
                    }
                    self.unquoted(span, context, (is_first, is_last), fields)?;
                }
                Kind::Decoded(text) => fields.literal(text, true),
                Kind::Parameter(parameter) => self.parameter(parameter, part, fields)?,
                Kind::Command(list) => self.substituted(list, None, part, fields),
                Kind::Backquoted(command) => self.backquoted(command, part, fields)?,
                Kind::Arithmetic(inside) => self.arithmetic(inside, part, fields)?,
                Kind::Unknown => self.unknown(part.span, "what this yields is not known here"),
            }
            is_first = false;
        }
        if context != Context::Inside
            && let Some(name) = fields.behind_tilde()
            && name.iter().all(|byte| is_word(*byte) || matches!(byte, b'-' | b'.'))
        {
            let place = all.first().map_or(Span::at(start), |part| part.span);
            let home = self.home(&name, place)?;
            fields.replace_tilde(name.len(), &home);
        }
        match refused {
            None => Ok(()),
            Some(span) => Err(self.abort(
                Syntax::UnsupportedSyntax,
                span,
                "zsh takes `=name` for the path of a command",
                "put the value in quotes",
                self.switches.expansion_error,
            )),
        }
    }

    /// Adds text without quotes, with its tildes resolved.
    fn unquoted(
        &mut self,
        span: Span,
        context: Context,
        (is_first, is_last): (bool, bool),
        fields: &mut Fields,
    ) -> Result<(), Abort> {
        let text = span.of(self.text);
        if find(text, b'~').is_none() || context == Context::Inside {
            fields.literal(text, false);
            return Ok(());
        }
        let mut at = 0;
        let mut may_start = is_first;
        while at < text.len() {
            let end = match context {
                Context::Value => at + find(&text[at..], b':').unwrap_or(text.len() - at),
                Context::Argument | Context::Inside => text.len(),
            };
            let piece = &text[at..end];
            let name = piece.strip_prefix(b"~").map(|name| &name[..find(name, b'/').unwrap_or(name.len())]);
            let is_whole = name.is_some_and(|name| at + 1 + name.len() < text.len()) || is_last;
            let start = span.start as usize + at;
            match name.filter(|_| may_start && is_whole) {
                Some(name) => {
                    let place = Span::new(start, start + 1 + name.len());
                    let home = self.home(name, place)?;
                    fields.literal(&home, true);
                    fields.literal(&piece[1 + name.len()..], false);
                }
                None => {
                    if self.switches.zsh && may_start && name.is_some() {
                        fields.mark_tilde();
                    }
                    fields.literal(piece, false);
                }
            }
            if end < text.len() {
                fields.literal(b":", false);
            }
            may_start = true;
            at = end + 1;
        }
        Ok(())
    }

    /// What `~name` stands for.
    fn home(&mut self, name: &[u8], place: Span) -> Result<Vec<u8>, Abort> {
        match name {
            b"" => {
                let (_, home) = self.variables.look_up(&self.reading.assignments, b"HOME");
                if let Some(home) = home {
                    return Ok(home.into_owned());
                }
                self.unknown(place, "only this machine knows the home folder");
            }
            b"root" => return Ok(b"/root".to_vec()),
            b"+" if self.switches.arrays => self.unknown(place, "only the shell knows the current folder"),
            b"-" if self.switches.arrays && !self.switches.zsh => {
                let (_, before) = self.variables.look_up(&self.reading.assignments, b"OLDPWD");
                if before.is_some() {
                    self.unknown(place, "only the shell knows the folder it was in before");
                }
            }
            _ if self.switches.zsh
                && name.iter().all(|byte| is_word(*byte) || matches!(byte, b'-' | b'.')) =>
            {
                return Err(self.abort(
                    Syntax::UnsupportedSyntax,
                    place,
                    "zsh takes this for the home folder of a user",
                    "put the value in quotes",
                    self.switches.expansion_error,
                ));
            }
            // A user that does not exist is no user.
            _ => {}
        }
        Ok(place.of(self.text).to_vec())
    }

    /// Whether zsh looks for a command here: `=name` at the start of a word, or behind a `:` of a value.
    fn names_command(&self, span: Span, context: Context, (is_first, is_last): (bool, bool)) -> bool {
        if !self.switches.zsh || context == Context::Inside {
            return false;
        }
        let text = span.of(self.text);
        let pieces = text.split(|byte| *byte == b':' && context == Context::Value);
        let count = pieces.clone().count();
        (1..).zip(pieces).any(|(number, piece)| {
            // Behind the `=` something must follow, be it a `:`.
            let is_followed = piece.len() > 1 || number < count || !is_last;
            piece.starts_with(b"=") && is_followed && (number > 1 || is_first)
        })
    }

    /// zsh refuses a pattern that matches no file: a command's name and the arguments of its own commands at once, other
    /// arguments when the command runs.
    pub(super) fn refuse_patterns(
        &mut self,
        word: &Word,
        fields: &[Field],
        after: After,
    ) -> Result<(), Abort> {
        if !self.switches.zsh {
            return Ok(());
        }
        let has = |field: &Field, byte: u8| find(&field.text, byte).is_some();
        let is_class = |field: &&Field| has(field, b'[') && field.text != b"[";
        let mut globs = fields.iter().filter(|field| field.globs);
        let is_unclosed = globs.clone().any(|field| is_class(&field) && !has(field, b']'));
        let is_pattern = |field: &Field| {
            // The root folder is never empty.
            field.text != b"/*" && (has(field, b'*') || has(field, b'?') || is_class(&field))
        };
        let (code, message) = match () {
            () if is_unclosed => {
                (Syntax::InvalidSyntax, "zsh takes this for a pattern, in which a `]` is missing")
            }
            () if globs.any(is_pattern) => {
                let message = "zsh takes this for a pattern, and finds no file that matches";
                (Syntax::UnsupportedSyntax, message)
            }
            () => return Ok(()),
        };
        Err(self.abort(code, word.span, message, "put the value in quotes", after))
    }

    fn substituted(&mut self, list: &List, text: Option<&[u8]>, part: &Part, fields: &mut Fields) {
        let (output, status) = self.output(list, text);
        self.substituted = Some(status);
        const RUNS: &str = "the shell would run a command here, which is never done while checking";
        let (message, effect) = match output {
            Output::Nothing => return,
            Output::NotFound => {
                ("the shell would run a command here that it most likely does not find", Effect::Fail)
            }
            Output::Folder => return self.unknown(part.span, "only the running shell knows its folder"),
            Output::Text(_) => (RUNS, Effect::Misread),
            Output::Unknown => (RUNS, Effect::Act),
        };
        if let Output::Text(text) = output {
            fields.inserted(&text, part.quoted);
        }
        // The assignment itself is made all the same.
        self.report(Problem {
            help: Some("write the value out, or put it in single quotes"),
            assignment: self.assigning.filter(|_| effect != Effect::Fail),
            ..Problem::new(Syntax::UnsupportedSyntax, part.span, message, effect)
        });
    }

    /// `` `…` `` with backslashes, or with a mistake, which bash only sees when it runs the command.
    fn backquoted(&mut self, command: &[u8], part: &Part, fields: &mut Fields) -> Result<(), Abort> {
        let mut parser = Parser::new(command, self.switches);
        let mut list = List::default();
        while parser.go_to_command() {
            match parser.line() {
                Ok(line) => list.items.extend(line.items),
                Err(_) if self.switches.reads_backquotes_late => {
                    self.substituted = Some(Status::Failed(1));
                    let (_, message, help) = Mistake::UnclosedBackquote.words();
                    self.report(Problem {
                        help: Some(help),
                        ..Problem::new(Syntax::UnsupportedSyntax, part.span, message, Effect::Fail)
                    });
                    return Ok(());
                }
                Err(_) => {
                    let (code, message, help) = Mistake::UnclosedBackquote.words();
                    return Err(self.abort(code, part.span, message, help, self.switches.syntax_error));
                }
            }
        }
        self.substituted(&list, Some(command), part, fields);
        Ok(())
    }

    fn arithmetic(&mut self, inside: &[Part], part: &Part, fields: &mut Fields) -> Result<(), Abort> {
        let mut text = Fields::new(Splitting::No);
        self.parts(inside, 0, Context::Inside, &mut text)?;
        let value = self.evaluate(&text.text(), part.span, self.switches.expansion_error)?;
        fields.inserted(value.to_string().as_bytes(), part.quoted);
        Ok(())
    }

    /// The value of an arithmetic expression written at `span`; `after` is what follows if it has none.
    pub(super) fn evaluate(&mut self, text: &[u8], span: Span, after: After) -> Result<i64, Abort> {
        self.arithmetic_at = span;
        let evaluated = arithmetic::evaluate(text, self);
        evaluated.map_err(|Invalid| {
            self.abort(
                Syntax::InvalidSyntax,
                span,
                "this is no arithmetic the shell can compute",
                "put the value in single quotes",
                after,
            )
        })
    }

    /// Reports a place whose text only the shell itself would know.
    pub(super) fn unknown(&mut self, span: Span, message: &'static str) {
        self.report(Problem {
            help: Some("write the value out, or put it in single quotes"),
            assignment: self.assigning,
            ..Problem::new(Syntax::UnsupportedSyntax, span, message, Effect::Unknown)
        });
    }
}

impl Names for Shell<'_, '_> {
    fn get(&mut self, name: &[u8]) -> Result<Option<Vec<u8>>, Invalid> {
        let (target, value) = self.variables.look_up(&self.reading.assignments, name);
        self.budget.spend(1 + value.as_ref().map_or(0, |value| value.len())).map_err(|_| Invalid)?;
        let value = value.map(Cow::into_owned);
        self.refer_to(name, target, self.arithmetic_at);
        Ok(value)
    }

    fn set(&mut self, name: &[u8], value: i64) {
        self.defer(name, value.to_string().into_bytes(), None);
    }

    fn is_bash(&self) -> bool {
        self.switches.knows_power
    }

    fn is_blank(&self, byte: u8) -> bool {
        matches!(byte, b' ' | b'\t' | b'\n')
            || (byte.is_ascii_whitespace() && self.switches.argument_zero == b"ash")
    }

    fn is_dash(&self) -> bool {
        !self.switches.knows_power
    }
}

impl Shell<'_, '_> {
    /// Gives `name` a value now; the assignment is recorded when the one being made, or the command, is.
    pub(super) fn defer(&mut self, name: &[u8], value: Vec<u8>, place: Option<Span>) {
        let name: Cow<'_, [u8]> = Cow::Owned(name.to_vec());
        let before = self.variables.get(&self.reading.assignments, &name);
        if before.read_only || special::contains(self.switches.read_only, &name) {
            return;
        }
        let exported = before.exported || self.options.all_export;
        let variable = Variable { held: Held::Text(value.clone()), exported, ..before };
        self.variables.put(&self.reading.assignments, name.clone(), variable);
        let place = place.filter(|_| self.assigning.is_none());
        self.deferred.push((name.into_owned(), value, place));
    }
}
