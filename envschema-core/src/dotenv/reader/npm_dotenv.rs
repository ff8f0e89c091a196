//! npm's dotenv, and dotenv-expand behind it.

use std::collections::HashMap;

use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::decoded::{Returns, from_utf8, read_decoded};
use crate::dotenv::encoding::{before_nul, pass_through_environment};
use crate::dotenv::expansion::Budget;
use crate::dotenv::misread;
use crate::dotenv::{Effect, Environ, Problem, Reading, Syntax};
use crate::span::Span;

pub(super) mod command;
pub(super) mod expand;
mod expand_11;
pub(super) mod expression;
pub(super) mod template;
#[cfg(test)]
mod tests;

use command::has_command;
use expand::{Expanded, expand_12, expand_1000, object};
use expand_11::Interpolation;
use expression::Escapes;
use template::{Failure, Scope, without_escapes};

pub(super) static DOTENV18: Dialect = Dialect {
    name: "dotenv18",
    aliases: &["dotenv"],
    program: "dotenv 18.0.10",
    usage: "`dotenv.config()`",
    precedence: Precedence::Environ,
    duplicates: Duplicates::Last,
    read: |text, _| read(text, unexpanded),
};

pub(super) static DOTENV18_FAST: Dialect = Dialect {
    name: "dotenv18-fast",
    aliases: &["dotenv-fast"],
    usage: "`dotenv.config({ fast: true })`",
    ..DOTENV18
};

pub(super) static DOTENV17: Dialect =
    Dialect { name: "dotenv17", aliases: &[], program: "dotenv 17.4.2", ..DOTENV18 };

pub(super) static DOTENV16: Dialect =
    Dialect { name: "dotenv16", aliases: &[], program: "dotenv 16.6.1", ..DOTENV18 };

pub(super) static EXPAND12: Dialect = Dialect {
    name: "dotenv17+expand12",
    aliases: &["dotenv-expand12", "dotenv-expand13"],
    program: "dotenv 17.4.2 and dotenv-expand 12.0.3",
    usage: "`expand(dotenv.config())`",
    precedence: Precedence::EnvironUnlessEmpty,
    duplicates: Duplicates::Last,
    read: |text, environ| read(text, |text| expanded_12(text, environ)),
};

pub(super) static EXPAND1000: Dialect = Dialect {
    name: "dotenv18+expand1000",
    aliases: &["dotenv-expand", "dotenv-expand1000"],
    program: "dotenv 18.0.10 and dotenv-expand 1000.0.0",
    read: |text, environ| read(text, |text| expanded_1000(text, environ)),
    ..EXPAND12
};

pub(super) static EXPAND11: Dialect = Dialect {
    name: "dotenv16+expand11",
    aliases: &["dotenv-expand11"],
    program: "dotenv 16.6.1 and dotenv-expand 11.0.7",
    precedence: Precedence::Environ,
    read: |text, environ| read(text, |text| expanded_11(text, environ)),
    ..EXPAND12
};

fn unexpanded(text: &[u8]) -> Reading<'_> {
    let mut reading = expression::parse(text, Escapes::Dotenv).unexpanded(text);
    misread::report(&mut reading, text, misread::unexpanded);
    reading
}

/// What `read` sees in `text`, on the way through JavaScript objects and the process environment.
pub(super) fn read<'t>(text: &'t [u8], read: impl for<'d> Fn(&'d [u8]) -> Reading<'d>) -> Reading<'t> {
    let decoded = from_utf8(text, Returns::Feeds);
    let mut reading = read_decoded(text, decoded.as_ref(), read);
    pass_through_environment(&mut reading, text);
    lost_names(&mut reading);
    misread::report(&mut reading, text, misread::kept_backslash);
    reading.in_order()
}

/// As `expanded_12`, but even an empty variable of the environment stays.
fn expanded_11<'t>(text: &'t [u8], environ: &Environ) -> Reading<'t> {
    let mut expanded = Expanded::new(expression::parse(text, Escapes::Dotenv));
    let names = object(text, &expanded.entries.list);
    let scope = filled_scope(environ, &names, &expanded);
    let mut parsed: HashMap<_, _> = HashMap::new();
    for (name, index) in &names {
        parsed.insert(*name, (Span::at(*index).start, expanded.written(*index).to_vec()));
    }
    let mut budget = Budget::default();
    for (name, index) in names {
        let outside = environ.get(name);
        let value = match outside.filter(|outside| *outside != expanded.written(index)) {
            Some(outside) => Ok(without_escapes(outside.to_vec())),
            None => {
                let mut interpolation = Interpolation { scope: &scope, parsed: &parsed, budget: &mut budget };
                let value =
                    expanded.expand(index, |value, references| interpolation.value(value, references));
                value.map(<[u8]>::to_vec)
            }
        };
        let Ok(value) = value else { break };
        expanded.overwrite(index, name, outside, &value);
        parsed.insert(name, (Span::at(index).start, value));
    }
    expanded.reading(text)
}

/// The process environment once `dotenv.config()` has put the values of the file into it.
fn filled_scope<'a>(environ: &'a Environ, names: &[(&'a [u8], usize)], expanded: &Expanded<'_>) -> Scope<'a> {
    let mut scope = Scope::new(environ);
    for (name, index) in names {
        scope.add(name, *index, before_nul(expanded.written(*index)).to_vec());
    }
    scope
}

/// `dotenv.config()` has put all values into the process environment when the first of them is expanded.
fn expanded_12<'t>(text: &'t [u8], environ: &Environ) -> Reading<'t> {
    let mut expanded = Expanded::new(expression::parse(text, Escapes::Dotenv));
    let names = object(text, &expanded.entries.list);
    let scope = filled_scope(environ, &names, &expanded);
    let mut running = HashMap::new();
    let mut budget = Budget::default();
    for (name, index) in names {
        if let Some(outside) = outside(environ, name, expanded.written(index)) {
            let value = without_escapes(outside.to_vec());
            expanded.overwrite(index, name, Some(outside), &value);
            running.insert(name, value);
            continue;
        }
        let value = expanded
            .expand(index, |value, references| expand_12(value, &scope, &running, &mut budget, references));
        let Ok(value) = value.map(<[u8]>::to_vec) else { break };
        expanded.overwrite(index, name, environ.get(name), &value);
        running.insert(name, value);
    }
    expanded.reading(text)
}

/// What stands above is expanded when the next value is; the rest of the file is in the process environment as it is
/// written. A command anywhere in the result is run.
fn expanded_1000<'t>(text: &'t [u8], environ: &Environ) -> Reading<'t> {
    let mut expanded = Expanded::new(expression::parse(text, Escapes::Dotenv));
    let names = object(text, &expanded.entries.list);
    let mut scope = filled_scope(environ, &names, &expanded);
    let mut budget = Budget::default();
    for (name, index) in names {
        if let Some(outside) = outside(environ, name, expanded.written(index)) {
            expanded.overwrite(index, name, Some(outside), &without_escapes(outside.to_vec()));
            continue;
        }
        let value = expanded.expand(index, |value, references| {
            let value = expand_1000(value, &scope, &HashMap::new(), &mut budget, references)?;
            match (scope.take_touched(), has_command(&value, &mut budget)?) {
                (true, _) => Err(Failure::Unknown),
                (false, true) => Err(Failure::Command),
                (false, false) => Ok(value),
            }
        });
        match value.map(<[u8]>::to_vec) {
            Ok(value) => {
                expanded.overwrite(index, name, environ.get(name), &value);
                scope.add(name, index, value);
            }
            Err(failure) if failure.loses_all() => break,
            Err(_) => scope.add_unknown(name, index),
        }
    }
    expanded.reading(text)
}

/// The value the process environment had for `name` before dotenv came, if it counts.
pub(super) fn outside<'e>(environ: &'e Environ, name: &[u8], written: &[u8]) -> Option<&'e [u8]> {
    environ.get(name).filter(|outside| !outside.is_empty() && *outside != written)
}

/// Reports assignments to `__proto__`, which no object takes for a name.
pub(super) fn lost_names(reading: &mut Reading<'_>) {
    for (assignment, index) in reading.assignments.iter().zip(0..) {
        if &*assignment.key == b"__proto__" {
            reading.problems.push(Problem {
                help: Some("use another name"),
                assignment: Some(index),
                ..Problem::new(
                    Syntax::InvalidKey,
                    assignment.key_span,
                    "JavaScript objects lose a variable of this name",
                    Effect::Skip,
                )
            });
        }
    }
}
