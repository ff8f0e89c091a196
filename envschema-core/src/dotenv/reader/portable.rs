//! `portable`: what all core readers read alike, and nothing else.
//!
//! The readers are asked, every time: a line is portable if each of them reads it as Compose does and stumbles over nothing.

use super::{
    Dialect, Duplicates, Precedence, bun, compose, deno, direnv, dotenvx, dotenvy, godotenv, make, next_env,
    node, npm_dotenv, phpdotenv, python, raw, ruby, shell, symfony, systemd, vite,
};
use crate::dotenv::compare::compare_readings;
use crate::dotenv::{Effect, Environ, Problem, Reading, Syntax};
use crate::span::{Lines, Span};

mod cause;
#[cfg(test)]
mod tests;

use cause::Causes;

/// The dialect of what is read alike everywhere.
pub static PORTABLE: Dialect = Dialect {
    name: "portable",
    aliases: &[],
    program: "all core readers",
    usage: "any of them",
    precedence: Precedence::Environ,
    duplicates: Duplicates::Last,
    read: |text, _| read(text),
};

/// The readers that must agree: those people meet most.
pub static CORE: [&Dialect; 23] = [
    &compose::COMPOSE,
    &shell::BASH,
    &raw::DOCKER_RUN,
    &raw::PODMAN_RUN,
    &raw::KUBECTL,
    &node::NODE24,
    &npm_dotenv::DOTENV18,
    &npm_dotenv::EXPAND12,
    &dotenvx::DOTENVX,
    &next_env::NEXT_ENV,
    &vite::VITE,
    &bun::BUN,
    &deno::DENO,
    &python::PYTHON_DOTENV,
    &dotenvy::UV,
    &ruby::RUBY_DOTENV,
    &godotenv::GODOTENV,
    &direnv::DIRENV,
    &phpdotenv::PHPDOTENV,
    &symfony::SYMFONY_DOTENV,
    &dotenvy::DOTENVY,
    &systemd::SYSTEMD262,
    &make::MAKE,
];

fn read(text: &[u8]) -> Reading<'_> {
    let environ = Environ::empty();
    let own = (compose::COMPOSE.read)(text, &environ);
    let others = CORE.map(|reader| (reader, (reader.read)(text, &environ)));
    let dissenting: Vec<_> = others.into_iter().filter(|(_, other)| !agrees(&own, other)).collect();
    if dissenting.is_empty() {
        return own;
    }
    let problems = problems(text, &own, dissenting);
    // What a reference means is no question where no reference is portable.
    Reading { problems, references: Vec::new(), ..own }.in_order()
}

/// Whether `other` is the same as `own`, and without a doubt.
fn agrees(own: &Reading<'_>, other: &Reading<'_>) -> bool {
    let is_same = |(own, other): (&crate::dotenv::Assignment<'_>, &crate::dotenv::Assignment<'_>)| {
        own.key == other.key && own.value == other.value
    };
    other.problems.is_empty()
        && other.side_effects.is_empty()
        && own.assignments.len() == other.assignments.len()
        && own.assignments.iter().zip(&other.assignments).all(is_same)
}

/// Where a reader stumbles, or does more than it is told.
fn places<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = Span> + 'r {
    let besides = reading.side_effects.iter();
    let besides = besides.filter_map(|effect| reading.assignments.get(effect.assignment as usize));
    let problems = reading.problems.iter().map(|problem| problem.span);
    problems.chain(besides.map(|assignment| assignment.key_span))
}

/// One problem for every assignment, or else line, on which the `dissenting` readers differ or have their doubts.
fn problems<'t>(
    text: &'t [u8],
    own: &Reading<'t>,
    dissenting: Vec<(&'static Dialect, Reading<'t>)>,
) -> Vec<Problem> {
    let mut doubts: Vec<Span> = dissenting.iter().flat_map(|(_, other)| places(other)).collect();
    doubts.sort_unstable();
    doubts.dedup_by_key(|place| place.start);
    let mut causes = Causes::new(text, own);
    let comparison = compare_readings(text, (&compose::COMPOSE, own), dissenting);
    for difference in &comparison.differences {
        causes.blame(difference.assignment);
    }
    let lines = Lines::new(text);
    let strays = comparison.strays.iter().map(|stray| lines.span_of(text, stray.line));
    for place in strays.chain(doubts) {
        causes.blame_place(place);
    }
    let stumbles = own.problems.iter().filter(|problem| problem.effect != Effect::Misread);
    let mut problems: Vec<Problem> =
        stumbles.map(|problem| Problem { effect: Effect::Refuse, ..*problem }).collect();
    let found = causes.problems(&problems);
    problems.extend(found);
    if problems.is_empty() {
        problems.push(unlike(Span::new(0, text.len().min(1))));
    }
    problems
}

/// A place where readers differ for no reason that could be told.
const fn unlike(place: Span) -> Problem {
    Problem {
        help: Some("write `NAME=value` without quotes, blanks and special characters"),
        ..Problem::new(Syntax::UnportableValue, place, "this is not read alike everywhere", Effect::Refuse)
    }
}
