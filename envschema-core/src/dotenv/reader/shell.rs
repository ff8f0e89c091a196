//! Shells that read the file as commands, `set -a; . ./.env`: bash, dash, zsh and BusyBox ash.
//!
//! Only what sets variables is followed. Nothing is ever run: a line that would run something is reported.

use std::collections::HashSet;

use crate::dotenv::encoding::{blame_bom, invalid_utf8, nul_bytes};
use crate::dotenv::expansion::Budget;
use crate::dotenv::misread;
use crate::dotenv::rewritten::Rewritten;
use crate::dotenv::scan::find;
use crate::dotenv::{Effect, Environ, Problem, Reading, Reference, Syntax};
use crate::span::Span;

mod arithmetic;
mod assign;
mod builtin;
mod command;
mod compound;
mod declare;
mod dollar;
mod expand;
mod fields;
mod grammar;
mod parameter;
mod pattern;
mod plain;
mod quotes;
mod recovery;
mod rows;
mod run;
mod special;
mod syntax;
#[cfg(test)]
mod tests;
mod variables;
mod word;

use grammar::Parser;
use run::Status;
use variables::Variables;

use rows::Switches;
pub(super) use rows::{BASH, BUSYBOX_ASH, DASH, ZSH};

/// Reads `text` as the shell with these `switches` does.
fn read<'t>(text: &'t [u8], environ: &Environ, switches: &'static Switches) -> Reading<'t> {
    if !switches.drops_nul || find(text, 0).is_none() {
        return commands(text, environ, switches).in_order();
    }
    let mut kept = Rewritten::default();
    let mut at = 0;
    // bash does not look at the byte that takes the place of a NUL, and ends the text at the next one.
    let is_pair = |pair: &[u8]| switches.arrays && pair == [0, 0];
    let end = text.windows(2).position(is_pair).unwrap_or(text.len());
    for piece in text[..end].split(|byte| *byte == 0) {
        kept.copy(piece, at);
        at += piece.len() + 1;
    }
    let mut reading = kept.locate(commands(&kept.text, environ, switches), text);
    let nul = nul_bytes(text, Effect::Misread, &reading.assignments);
    reading.problems.extend(nul);
    reading.in_order()
}

fn commands<'t>(text: &'t [u8], environ: &Environ, switches: &'static Switches) -> Reading<'t> {
    let mut shell = Shell::new(text, environ, switches);
    let mut parser = Parser::new(text, switches);
    loop {
        if shell.plain_line(&mut parser.cursor) {
            continue;
        }
        if !parser.go_to_command() {
            shell.finish(parser.unended);
            return shell.reading;
        }
        let start = parser.cursor.at();
        match shell.next_line(&mut parser) {
            Ok(list) => shell.line(&list),
            Err(error) => {
                let next = shell.recover(start, error);
                parser.restart(next);
            }
        }
    }
}

/// The state of the shell while it reads the file.
struct Shell<'t, 'e> {
    text: &'t [u8],
    switches: &'static Switches,
    reading: Reading<'t>,
    variables: Variables<'t, 'e>,
    budget: Budget,
    /// How the last command ended.
    status: Status,
    /// How the last command in `$(…)` of the current one ended.
    substituted: Option<Status>,
    /// `$_`
    last_argument: Vec<u8>,
    options: Options,
    /// The functions the file defines.
    functions: HashSet<Vec<u8>>,
    /// What `${NAME:=word}` and arithmetic assigned, with its place, until it is recorded.
    deferred: Vec<(Vec<u8>, Vec<u8>, Option<Span>)>,
    /// The assignment whose value is being expanded.
    assigning: Option<u32>,
    /// What the command refers to beside the values it assigns: the next assignment it makes may come of it.
    pending: Vec<Reference<'t>>,
    /// The assignment from which those that the command makes on the way, or next, may come.
    origin: Option<u32>,
    /// What `$_` comes from; it is not followed if that is much.
    last_references: Vec<Reference<'t>>,
    /// Where the arithmetic stands that is being evaluated.
    arithmetic_at: Span,
    mode: Mode,
    /// How many conditions are open, in which a failing command does not end the shell.
    tested: usize,
    /// What ended the reading of the real shell, if anything did.
    ended: Option<Effect>,
    /// How many lines could not be read.
    failures: usize,
    /// How many names zsh could not declare.
    refused_names: usize,
}

/// What `set` switches on and off.
#[derive(Clone, Copy, Debug)]
struct Options {
    /// `-a`: every variable that is set is exported.
    all_export: bool,
    /// `-e`
    exit_on_error: bool,
    /// `-u`
    refuse_unset: bool,
}

/// Whether assignments count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Run,
    /// They do not, for this reason; errors are reported, or not.
    Lost {
        reason: &'static str,
        reports: bool,
    },
}

/// A command the shell gives up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Abort(After);

/// What the shell does after it gave up a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    /// Goes on with the next command.
    Next,
    /// Drops the rest of the line.
    Discard,
    /// Stops reading the file.
    Stop,
    /// Ends.
    Exit,
}

impl<'t, 'e> Shell<'t, 'e> {
    fn new(text: &'t [u8], environ: &'e Environ, switches: &'static Switches) -> Self {
        Self {
            text,
            switches,
            reading: Reading::default(),
            variables: Variables::new(environ),
            budget: Budget::default(),
            status: Status::Zero,
            substituted: None,
            last_argument: switches.first_underscore.to_vec(),
            options: Options { all_export: true, exit_on_error: false, refuse_unset: false },
            functions: HashSet::new(),
            deferred: Vec::new(),
            assigning: None,
            pending: Vec::new(),
            origin: None,
            last_references: Vec::new(),
            arithmetic_at: Span::at(0),
            mode: Mode::Run,
            tested: 0,
            ended: None,
            failures: 0,
            refused_names: 0,
        }
    }
}

impl Shell<'_, '_> {
    /// Reports why a command is given up.
    fn abort(
        &mut self,
        code: Syntax,
        span: Span,
        message: &'static str,
        help: &'static str,
        after: After,
    ) -> Abort {
        let problem = Problem {
            help: Some(help),
            assignment: self.assigning,
            ..Problem::new(code, span, message, Effect::Fail)
        };
        self.end(problem, after)
    }

    /// Reports `problem`, after which the shell goes on as `after` says.
    fn end(&mut self, problem: Problem, after: After) -> Abort {
        let effect = match after {
            After::Next | After::Discard => Effect::Fail,
            After::Stop => Effect::Stop,
            After::Exit => Effect::Refuse,
        };
        self.report(Problem { effect, ..problem });
        Abort(after)
    }

    /// Records a problem, with the effect it has here: less where the code does not run, or the shell has ended.
    fn report(&mut self, mut problem: Problem) {
        let ends = matches!(problem.effect, Effect::Refuse | Effect::Stop | Effect::Truncate);
        let fails = ends || problem.effect == Effect::Fail;
        problem.effect = match self.mode {
            Mode::Lost { reports: true, .. } if ends => Effect::Fail,
            Mode::Lost { reports: false, .. } if fails => Effect::Skip,
            _ if self.ended.is_some() && ends => Effect::Stop,
            _ => problem.effect,
        };
        if ends && self.mode == Mode::Run {
            self.ended.get_or_insert(problem.effect);
        }
        self.reading.problems.push(problem);
    }

    /// Reports what is no text, and what only the end of the file shows.
    fn finish(&mut self, unended: Vec<Span>) {
        let effect = if self.switches.reports_unended { Effect::Fail } else { Effect::Misread };
        for span in unended {
            let message = "no line ends the text that begins here";
            self.report(Problem::new(Syntax::InvalidSyntax, span, message, effect));
        }
        let problems = &mut self.reading.problems;
        problems.extend(invalid_utf8(self.text, Effect::Misread));
        problems.extend(nul_bytes(self.text, Effect::Misread, &self.reading.assignments));
        blame_bom(self.text, problems);
        misread::report(&mut self.reading, self.text, misread::kept_return);
    }
}
