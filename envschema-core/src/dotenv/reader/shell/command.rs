//! Simple commands: assignments alone, or a command with its arguments.

use super::assign::Declaration;
use super::fields::Field;
use super::grammar::{Command, Redirection, RedirectionKind, Simple};
use super::run::Status;
use super::special::{UTILITIES, contains};
use super::word::{Kind, Word};
use super::{Abort, After, Mode, Shell};
use crate::dotenv::scan::find;
use crate::dotenv::{Effect, Problem, Syntax};
use crate::span::Span;

/// One argument of a command.
#[derive(Debug)]
pub(super) struct Argument<'w> {
    pub(super) word: &'w Word,
    /// Its text; `None` for an assignment as it is written, whose value is not split.
    pub(super) text: Option<Vec<u8>>,
}

/// Commands whose arguments may be assignments.
pub(super) const DECLARING: &[&str] =
    &["declare", "export", "float", "integer", "local", "private", "readonly", "typeset"];

/// Commands before which POSIX lets assignments stay.
const SPECIAL: &[&str] = &[
    ".", ":", "break", "continue", "eval", "exec", "exit", "export", "readonly", "return", "set", "shift",
    "times", "trap", "unset",
];

impl Shell<'_, '_> {
    pub(super) fn simple(&mut self, command: &Command, simple: &Simple) -> Result<(), Abort> {
        self.substituted = None;
        self.pending.clear();
        self.origin = None;
        let arguments = match self.arguments(&simple.words) {
            Ok(arguments) => arguments,
            Err(abort) => {
                self.status = Status::Failed(1);
                let lost = self.assign_before_pattern(simple);
                self.lose(lost);
                self.flush(command.span.end as usize, None);
                return Err(abort);
            }
        };
        let Some((name, arguments)) = arguments.split_first() else {
            return self.assignments_alone(command, simple);
        };
        let found = name.text.clone().unwrap_or_default();
        let references = self.pending.clone();
        let result = self.named(command, simple, &found, arguments);
        self.flush(command.span.end as usize, None);
        self.last_argument = match arguments.last() {
            Some(Argument { text: Some(text), .. }) => text.clone(),
            Some(Argument { word, .. }) => word.span.of(self.text).to_vec(),
            None => found,
        };
        self.last_references = references;
        result.and_then(|()| self.exit_on_error(command.span))
    }

    /// The assignments that are lost when the words of a command cannot be expanded. zsh makes the first one all the same
    /// if it is plain text, and there is but one word, a pattern that matches nothing.
    fn assign_before_pattern<'s>(&mut self, simple: &'s Simple) -> &'s [Word] {
        let ([word], [first, lost @ ..]) = (&simple.words[..], &simple.assignments[..]) else {
            return &simple.assignments;
        };
        let is_plain = first.parts.iter().all(|part| !part.quoted && matches!(part.kind, Kind::Text));
        if !self.switches.zsh || !is_plain || self.quiet(|shell| shell.fields(word)).is_none() {
            return &simple.assignments;
        }
        let _ = self.assign(first, first.span.start as usize, Declaration::default());
        lost
    }

    /// The command's name and its arguments.
    fn arguments<'w>(&mut self, words: &'w [Word]) -> Result<Vec<Argument<'w>>, Abort> {
        let Some(first) = words.first() else { return Ok(Vec::new()) };
        let declares = contains(DECLARING, first.span.of(self.text))
            && contains(self.switches.builtins, first.span.of(self.text));
        let mut arguments: Vec<Argument<'w>> = Vec::new();
        let mut refused = Ok(());
        for word in words {
            if declares && word.target.is_some() {
                arguments.push(Argument { word, text: None });
                continue;
            }
            let fields: Vec<Field> = self.fields(word)?;
            let is_own = arguments.first().and_then(|first| first.text.as_ref());
            let is_own = is_own.is_none_or(|name| contains(self.switches.builtins, name));
            if is_own {
                self.refuse_patterns(word, &fields, self.switches.expansion_error)?;
            } else if refused.is_ok() {
                refused = self.refuse_patterns(word, &fields, After::Next);
            }
            arguments.extend(fields.into_iter().map(|field| Argument { word, text: Some(field.text) }));
        }
        refused.map(|()| arguments)
    }

    fn assignments_alone(&mut self, command: &Command, simple: &Simple) -> Result<(), Abort> {
        let is_late = self.switches.assigns_before_redirecting;
        if !is_late && self.redirect(&command.redirections)? {
            self.lose(&simple.assignments);
            self.flush(command.span.end as usize, None);
            return self.exit_on_error(command.span);
        }
        for (number, word) in simple.assignments.iter().enumerate() {
            let start = word.span.start as usize;
            if let Err(abort) = self.assign(word, start, Declaration::default()) {
                self.status = Status::Failed(1);
                self.lose(&simple.assignments[number + 1..]);
                return Err(abort);
            }
        }
        self.flush(command.span.end as usize, None);
        self.last_argument.clear();
        self.last_references.clear();
        self.status = self.substituted.unwrap_or(Status::Zero);
        if is_late {
            self.redirect(&command.redirections)?;
            self.flush(command.span.end as usize, None);
        }
        self.exit_on_error(command.span)
    }

    /// Records assignments that are never made.
    fn lose(&mut self, assignments: &[Word]) {
        let mode = self.mode;
        if self.mode == Mode::Run {
            self.mode = Mode::Lost { reason: super::run::DISCARDED, reports: false };
        }
        // What was assigned on the way before stays.
        let deferred = std::mem::take(&mut self.deferred);
        for word in assignments {
            let _ = self.assign(word, word.span.start as usize, Declaration::default());
        }
        self.deferred = deferred;
        self.mode = mode;
    }

    /// Reports files that would be read or written; whether one cannot be.
    fn redirect(&mut self, redirections: &[Redirection]) -> Result<bool, Abort> {
        let mut fails = false;
        for redirection in redirections {
            if fails {
                break;
            }
            if redirection.kind != RedirectionKind::Other {
                self.fields(&redirection.word)?;
            }
            let is_device = redirection.word.span.of(self.text).starts_with(b"/dev/");
            let (message, effect) = match redirection.kind {
                RedirectionKind::Other => continue,
                _ if is_device => continue,
                RedirectionKind::Read => {
                    fails = true;
                    ("the shell would read a file here that it most likely does not find", Effect::Fail)
                }
                RedirectionKind::Write => ("the shell would write a file here", Effect::Misread),
            };
            self.report(Problem {
                help: Some("put the value in quotes"),
                ..Problem::new(Syntax::UnsupportedSyntax, redirection.span, message, effect)
            });
        }
        if fails {
            self.status = Status::Failed(1);
        }
        Ok(fails)
    }

    fn named(
        &mut self,
        command: &Command,
        simple: &Simple,
        name: &[u8],
        arguments: &[Argument<'_>],
    ) -> Result<(), Abort> {
        let is_builtin = contains(self.switches.builtins, name);
        let stays = is_builtin && self.switches.posix_builtins && contains(SPECIAL, name);
        if stays {
            for word in &simple.assignments {
                self.assign(word, word.span.start as usize, Declaration::default())?;
            }
        }
        let before = if stays { &[][..] } else { &simple.assignments };
        if self.redirect(&command.redirections)? {
            return self.before_command(before, None);
        }
        if is_builtin && !self.functions.contains(name) {
            self.before_command(before, None)?;
            self.status = Status::Zero;
            // What stands before the command is an assignment of its own.
            let start = simple.words.first().map_or(command.span.start, |word| word.span.start);
            return self.builtin(name, arguments, Span { start, ..command.span });
        }
        let digits = name.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if self.switches.zsh && digits > 0 && name.get(digits) == Some(&b'=') {
            self.before_command(before, None)?;
            self.unknown(command.span, "zsh sets an argument of the script here, and no variable");
            self.status = Status::Zero;
            return Ok(());
        }
        let is_known = self.is_known(name);
        self.status = if is_known { Status::Unknown } else { Status::Failed(127) };
        let place =
            Span { end: command.span.end, ..simple.words.first().map_or(command.span, |word| word.span) };
        let problem = self.command_problem(name, place, is_known, before.len());
        if self.switches.zsh {
            self.before_command_apart(before, problem);
            return Ok(());
        }
        self.before_command(before, Some(problem))
    }

    /// As `before_command`, in a process of its own: what goes wrong there ends nothing here.
    fn before_command_apart(&mut self, assignments: &[Word], problem: Problem) {
        self.aside(super::run::SUBSHELL, true, |shell| shell.before_command(assignments, Some(problem)));
    }

    /// Records the assignments before a command, which only it sees. The first one takes `problem` on.
    fn before_command(&mut self, assignments: &[Word], problem: Option<Problem>) -> Result<(), Abort> {
        let mut problem = problem;
        let mut reported = Vec::new();
        for word in assignments {
            let index = self.assign_for_command(word)?;
            let left_out = Problem::new(
                Syntax::UnsupportedSyntax,
                word.target.map_or(word.span, |target| target.name),
                "a command follows on this line, and only it gets to see this variable",
                Effect::Skip,
            );
            reported.push(Problem { assignment: Some(index), ..problem.take().unwrap_or(left_out) });
        }
        reported.extend(problem);
        for problem in reported {
            self.report(problem);
        }
        Ok(())
    }

    /// What is wrong with a line that runs a command, most likely without being meant to.
    fn command_problem(&self, name: &[u8], place: Span, is_known: bool, assignments: usize) -> Problem {
        let effect = if is_known { Effect::Skip } else { Effect::Fail };
        let text = place.of(self.text);
        // What a name is put together of is no part of the words: it may be secret, and so may be how long it is.
        let next = text.strip_prefix(name).unwrap_or_default().trim_ascii_start();
        let (code, message, help) = match () {
            () if name == b"\r" => (
                Syntax::InvalidSyntax,
                "the shell takes the carriage return of this line for a command",
                "save the file with Unix line ends",
            ),
            () if assignments > 0 => (
                Syntax::UnsupportedSyntax,
                "the shell takes this for a command, and only the command gets to see the variable",
                "put the whole value in quotes",
            ),
            () if next.starts_with(b"=") => (
                Syntax::InvalidSyntax,
                "with a blank before the `=` this is a command",
                "write `NAME=value` without blanks around the `=`",
            ),
            () if find(name, b'=').is_some_and(|at| at > 0) => (
                Syntax::InvalidKey,
                "the shell does not accept this name, and takes the line for a command",
                "use letters, digits and `_`, and start with no digit",
            ),
            () if contains(UTILITIES, name) || self.functions.contains(name) => (
                Syntax::UnsupportedSyntax,
                "the shell would run a command here, which is never done while checking",
                "write plain `NAME=value` lines",
            ),
            () => (
                Syntax::InvalidSyntax,
                "this line is no assignment, so the shell takes it for a command",
                "write `NAME=value`, or start the line with `#`",
            ),
        };
        Problem { help: Some(help), ..Problem::new(code, place, message, effect) }
    }

    /// What `set -e` makes of a command that failed.
    fn exit_on_error(&mut self, span: Span) -> Result<(), Abort> {
        let fails = matches!(self.status, Status::Failed(_));
        if !(fails && self.options.exit_on_error && self.tested == 0) {
            return Ok(());
        }
        let problem = Problem {
            help: Some("remove the `set -e`"),
            ..Problem::new(
                Syntax::UnsupportedSyntax,
                span,
                "`set -e` ends the shell at a command that fails",
                Effect::Refuse,
            )
        };
        Err(self.end(problem, After::Exit))
    }
}
