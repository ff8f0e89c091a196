//! What a line would do: which of its commands run, and in which shell their assignments end up.

use super::fields::Field;
use super::grammar::{Command, CommandKind, Item, List, Pipeline, Simple};
use super::special::{UTILITIES, contains};
use super::word::{Kind, Word};
use super::{Abort, After, Mode, Shell};
use crate::dotenv::{Effect, Problem, Reference, Syntax};
use crate::span::Span;

/// How the last command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Zero,
    Failed(u8),
    /// Only running it would tell.
    Unknown,
}

impl Status {
    fn negated(self) -> Self {
        match self {
            Self::Zero => Self::Failed(1),
            Self::Failed(_) => Self::Zero,
            Self::Unknown => Self::Unknown,
        }
    }
}

/// What a command prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Output {
    Nothing,
    Text(Vec<u8>),
    /// Nothing, because it is most likely not found.
    NotFound,
    /// The folder that the shell is in.
    Folder,
    Unknown,
}

pub(super) const SUBSHELL: &str = "this is assigned in a subshell, and lost with it";
pub(super) const PERHAPS: &str = "whether this is assigned depends on what a command does";
const NOT_RUN: &str = "the command before decides that this is never assigned";
pub(super) const DISCARDED: &str = "the shell drops the rest of the line after the error before";

impl<'t> Shell<'t, '_> {
    /// Runs, as far as that changes variables, the commands of one line.
    pub(super) fn line(&mut self, list: &List) {
        let mode = self.mode;
        for item in &list.items {
            if let Err(Abort(after)) = self.item(item)
                && after != After::Next
                && self.mode == Mode::Run
            {
                self.mode = Mode::Lost { reason: DISCARDED, reports: false };
            }
        }
        self.mode = mode;
    }

    fn list(&mut self, list: &List) -> Result<(), Abort> {
        list.items.iter().try_for_each(|item| self.item(item))
    }

    fn item(&mut self, item: &Item) -> Result<(), Abort> {
        if item.background {
            self.aside(SUBSHELL, true, |shell| shell.and_or(item));
            self.status = Status::Zero;
            return Ok(());
        }
        self.and_or(item)
    }

    fn and_or(&mut self, item: &Item) -> Result<(), Abort> {
        self.tested += usize::from(!item.rest.is_empty());
        let first = self.pipeline(&item.first);
        self.tested -= usize::from(!item.rest.is_empty());
        first?;
        for (number, (needs_success, pipeline)) in (1..).zip(&item.rest) {
            let is_last = number == item.rest.len();
            match (self.status, needs_success) {
                (Status::Unknown, _) => {
                    self.aside(PERHAPS, false, |shell| shell.pipeline(pipeline));
                    self.status = Status::Unknown;
                }
                (Status::Zero, true) | (Status::Failed(_), false) => {
                    self.tested += usize::from(!is_last);
                    let result = self.pipeline(pipeline);
                    self.tested -= usize::from(!is_last);
                    result?;
                }
                (status, _) => {
                    self.aside(NOT_RUN, false, |shell| shell.pipeline(pipeline));
                    self.status = status;
                }
            }
        }
        Ok(())
    }

    fn pipeline(&mut self, pipeline: &Pipeline) -> Result<(), Abort> {
        self.tested += usize::from(pipeline.negated);
        let result = match &pipeline.commands[..] {
            [] => {
                self.status = Status::Zero;
                Ok(())
            }
            [command] => self.command(command),
            [before @ .., last] => {
                for command in before {
                    self.aside(SUBSHELL, true, |shell| shell.command(command));
                }
                if self.switches.zsh {
                    self.command(last)
                } else {
                    self.aside(SUBSHELL, true, |shell| shell.command(last));
                    Ok(())
                }
            }
        };
        self.tested -= usize::from(pipeline.negated);
        if pipeline.negated {
            self.status = self.status.negated();
        }
        result
    }

    fn command(&mut self, command: &Command) -> Result<(), Abort> {
        match &command.kind {
            CommandKind::Simple(simple) => self.simple(command, simple),
            CommandKind::Group(list) => self.list(list),
            CommandKind::Subshell(list) => {
                self.aside(SUBSHELL, true, |shell| shell.list(list));
                Ok(())
            }
            CommandKind::If { branches, otherwise } => self.conditional(branches, otherwise.as_ref()),
            CommandKind::Loop(list) => {
                self.not_followed(command.span);
                self.aside(PERHAPS, false, |shell| shell.list(list));
                self.status = Status::Unknown;
                Ok(())
            }
            CommandKind::Function(name) => {
                self.functions.insert(name.of(self.text).to_vec());
                self.status = Status::Zero;
                Ok(())
            }
            CommandKind::Test => {
                self.not_followed(command.span);
                self.status = Status::Unknown;
                Ok(())
            }
        }
    }

    fn conditional(&mut self, branches: &[(List, List)], otherwise: Option<&List>) -> Result<(), Abort> {
        let mut reason = None;
        for (condition, body) in branches {
            if let Some(reason) = reason {
                self.aside(reason, false, |shell| shell.list(condition).and_then(|()| shell.list(body)));
                continue;
            }
            self.tested += 1;
            let result = self.list(condition);
            self.tested -= 1;
            result?;
            match self.status {
                Status::Zero => {
                    self.list(body)?;
                    reason = Some(NOT_RUN);
                }
                Status::Failed(_) => self.aside(NOT_RUN, false, |shell| shell.list(body)),
                Status::Unknown => {
                    self.aside(PERHAPS, false, |shell| shell.list(body));
                    reason = Some(PERHAPS);
                }
            }
        }
        let status = self.status;
        match (otherwise, reason) {
            (None, None) => self.status = Status::Zero,
            (None, Some(_)) => {}
            (Some(body), None) => self.list(body)?,
            (Some(body), Some(reason)) => {
                self.aside(reason, false, |shell| shell.list(body));
                self.status = if reason == PERHAPS { Status::Unknown } else { status };
            }
        }
        Ok(())
    }

    /// Goes through code whose assignments do not count; errors in it are `reported` if it runs all the same.
    pub(super) fn aside(
        &mut self,
        reason: &'static str,
        reports: bool,
        run: impl FnOnce(&mut Self) -> Result<(), Abort>,
    ) {
        let mode = self.mode;
        let options = self.options;
        // What does not run at all does not report either, whatever it holds.
        let reports = reports && !matches!(mode, Mode::Lost { reports: false, .. });
        let reason = if let Mode::Lost { reason, .. } = mode { reason } else { reason };
        self.mode = Mode::Lost { reason, reports };
        let start = self.variables.enter();
        let _ = run(self);
        self.variables.leave(start);
        self.options = options;
        self.mode = mode;
    }

    fn not_followed(&mut self, span: Span) {
        self.report(Problem {
            help: Some("write plain `NAME=value` lines"),
            ..Problem::new(
                Syntax::UnsupportedSyntax,
                span,
                "what this does is not followed here",
                Effect::Misread,
            )
        });
    }

    /// What `list` prints, and how it ends: as far as that can be known without running it. Without `text` its words
    /// stand in the file.
    pub(super) fn output(&mut self, list: &List, text: Option<&[u8]>) -> (Output, Status) {
        let mut result = (Output::Nothing, Status::Zero);
        let is_single = matches!(&list.items[..], [Item { rest, first, .. }] if rest.is_empty() && first.commands.len() == 1);
        for item in &list.items {
            for pipeline in std::iter::once(&item.first).chain(item.rest.iter().map(|(_, pipeline)| pipeline))
            {
                for command in &pipeline.commands {
                    match self.printed(command, text, is_single) {
                        Output::Nothing => {}
                        Output::Unknown => return (Output::Unknown, Status::Unknown),
                        Output::NotFound => result = (Output::NotFound, Status::Failed(127)),
                        printed => result = (printed, Status::Zero),
                    }
                }
            }
        }
        result
    }

    fn printed(&mut self, command: &Command, text: Option<&[u8]>, is_single: bool) -> Output {
        let CommandKind::Simple(simple) = &command.kind else { return Output::Unknown };
        if !command.redirections.is_empty() {
            return if simple.words.is_empty() && simple.assignments.is_empty() {
                Output::Unknown
            } else {
                self.found(simple, text)
            };
        }
        if simple.words.is_empty() {
            return Output::Nothing;
        }
        if text.is_none() && is_single && simple.assignments.is_empty() {
            let (fields, references) = self.traced(|shell| shell.all_fields(&simple.words));
            if let Some(text) = fields.as_deref().and_then(|fields| self.echo(fields)) {
                references.into_iter().for_each(|reference| self.refer(reference));
                return Output::Text(text);
            }
        }
        self.found(simple, text)
    }

    /// Whether the command is one that is most likely there.
    fn found(&mut self, simple: &Simple, text: Option<&[u8]>) -> Output {
        let name = match (text, simple.words.first()) {
            (_, None) => return Output::Nothing,
            (Some(text), Some(word)) => literal(word, text),
            (None, Some(word)) => {
                let fields = self.quiet(|shell| shell.fields(word));
                fields.and_then(|fields| fields.first().map(|field| field.text.clone()))
            }
        };
        match name {
            Some(name) if name == b"pwd" => Output::Folder,
            Some(name) if self.is_known(&name) => Output::Unknown,
            Some(_) => Output::NotFound,
            None => Output::Unknown,
        }
    }

    /// What `echo` prints, without the line ends at its end.
    fn echo(&self, fields: &[Field]) -> Option<Vec<u8>> {
        let [name, arguments @ ..] = fields else { return None };
        let is_plain =
            |field: &Field| !field.globs && !field.text.starts_with(b"-") && !field.text.contains(&b'\\');
        if name.text != b"echo" || !arguments.iter().all(is_plain) {
            return None;
        }
        let mut text = Vec::new();
        for (number, field) in arguments.iter().enumerate() {
            if number > 0 {
                text.push(b' ');
            }
            text.extend_from_slice(&field.text);
        }
        while text.last() == Some(&b'\n') {
            text.pop();
        }
        Some(text)
    }

    /// Whether a command is built in, or found nearly everywhere, or defined in the file.
    pub(super) fn is_known(&self, name: &[u8]) -> bool {
        contains(self.switches.builtins, name) || contains(UTILITIES, name) || self.functions.contains(name)
    }

    fn all_fields(&mut self, words: &[Word]) -> Result<Vec<Field>, Abort> {
        let mut all = Vec::new();
        for word in words {
            all.extend(self.fields(word)?);
        }
        Ok(all)
    }

    /// What `ask` finds, without a trace in the reading.
    pub(super) fn quiet<T>(&mut self, ask: impl FnOnce(&mut Self) -> Result<T, Abort>) -> Option<T> {
        self.traced(ask).0
    }

    /// As `quiet`, with what was referred to on the way.
    fn traced<T>(
        &mut self,
        ask: impl FnOnce(&mut Self) -> Result<T, Abort>,
    ) -> (Option<T>, Vec<Reference<'t>>) {
        let problems = self.reading.problems.len();
        let pending = std::mem::take(&mut self.pending);
        let (deferred, ended, assigning) = (self.deferred.len(), self.ended, self.assigning);
        let start = self.variables.enter();
        self.assigning = None;
        let found = ask(self);
        self.variables.leave(start);
        self.reading.problems.truncate(problems);
        self.deferred.truncate(deferred);
        self.ended = ended;
        self.assigning = assigning;
        (found.ok(), std::mem::replace(&mut self.pending, pending))
    }
}

/// The text of a word that holds nothing but text.
fn literal(word: &Word, text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    for part in &word.parts {
        match part.kind {
            Kind::Text => out.extend_from_slice(part.span.of(text)),
            _ => return None,
        }
    }
    Some(out)
}
