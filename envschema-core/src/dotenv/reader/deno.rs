//! Deno: Node's parser, rebuilt, with references.

use super::node::parser;
use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::decoded::{Returns, from_utf8, read_decoded};
use crate::dotenv::encoding::{blame_bom, invalid_utf8, nul_bytes};
use crate::dotenv::expansion::{Expansion, Limit, Order, Place, Substitution};
use crate::dotenv::misread;
use crate::dotenv::scan::{find, find_any, word_length};
use crate::dotenv::wording::empty_name;
use crate::dotenv::{Effect, Environ, Problem, Quote, Reading, Syntax};
use crate::span::Span;

#[cfg(test)]
mod tests;

pub(super) static DENO: Dialect = Dialect {
    name: "deno",
    aliases: &[],
    program: "Deno 2.9.8",
    usage: "`deno run --env-file`",
    precedence: Precedence::Environ,
    duplicates: Duplicates::First,
    read,
};

fn read<'t>(text: &'t [u8], environ: &Environ) -> Reading<'t> {
    let decoded = from_utf8(text, Returns::Dropped);
    let mut reading = read_decoded(text, decoded.as_ref(), |text| expanded(text, environ));
    undecodable(text, &mut reading);
    nameless(&mut reading);
    blame_bom(text, &mut reading.problems);
    misread::report(&mut reading, text, misread::kept_backslash);
    reading.in_order()
}

fn expanded<'t>(text: &'t [u8], environ: &Environ) -> Reading<'t> {
    let entries = parser::parse(text, &parser::DENO);
    let mut reading = Reading { problems: entries.problems, ..Reading::default() };
    // Unlike the environment, references see the last of several assignments.
    let mut expansion = Expansion::new(environ, Order::EnvironFirst, Duplicates::Last);
    for entry in entries.list {
        let key = entry.key;
        let is_expanded = match entry.quote {
            Quote::Double => true,
            // A quote that is never closed is part of the value.
            Quote::None => !matches!(entry.value.bytes.first(), Some(b'"' | b'\'' | b'`')),
            Quote::Single | Quote::Backtick => false,
        };
        let assignment = entry.resolved(text, |value| match is_expanded {
            true => expansion.expand(&mut reading, key, value, references),
            false => value.bytes,
        });
        reading.assign(text, assignment);
    }
    reading
}

/// `\$`, `$NAME` and `${anything}`, which reaches to the end if it is never closed.
fn references(substitution: &mut Substitution<'_, '_, '_>) -> Result<(), Limit> {
    let bytes: &[u8] = &substitution.value.bytes;
    let mut at = 0;
    while let Some(found) = find_any(&bytes[at..], [b'$', b'\\']) {
        let start = at + found;
        substitution.out.extend_from_slice(&bytes[at..start]);
        at = match &bytes[start..] {
            [b'\\', b'$', ..] => {
                substitution.out.push(b'$');
                start + 2
            }
            [b'\\', ..] => {
                substitution.out.push(b'\\');
                start + 1
            }
            [b'$', b'{', rest @ ..] => braced(substitution, start, rest)?,
            _ => {
                let end = start + 1 + word_length(&bytes[start + 1..]);
                substitution.plain(Place { start, end, name: (start + 1, end) }, true)?;
                end
            }
        };
    }
    substitution.out.extend_from_slice(&bytes[at..]);
    Ok(())
}

/// `${…}` at `start`, with `rest` behind its brace; returns where it ends.
fn braced(substitution: &mut Substitution<'_, '_, '_>, start: usize, rest: &[u8]) -> Result<usize, Limit> {
    let length = find(rest, b'}').unwrap_or(rest.len());
    let name = (start + 2, start + 2 + length);
    let end = name.1 + usize::from(length < rest.len());
    substitution.plain(Place { start, end, name }, true)?;
    let name = &rest[..length];
    if word_length(name) < name.len() {
        substitution.report(
            (start, end),
            Problem {
                help: Some("write `${NAME}`; Deno knows no defaults"),
                ..Problem::new(
                    Syntax::UnsupportedSyntax,
                    Span::default(),
                    "Deno takes all that stands in the braces for the name",
                    Effect::Misread,
                )
            },
        );
    }
    Ok(end)
}

/// Deno warns about the first bytes that are no text, and goes on without the rest of the file: all of it where they
/// are no UTF-8.
fn undecodable(text: &[u8], reading: &mut Reading<'_>) {
    let first = (!reading.assignments.is_empty()).then_some(0);
    let invalid = invalid_utf8(text, Effect::Truncate);
    let nul = if invalid.is_empty() { Effect::Truncate } else { Effect::Misread };
    reading.problems.extend(nul_bytes(text, nul, &reading.assignments));
    reading.problems.extend(invalid.into_iter().map(|problem| Problem { assignment: first, ..problem }));
}

/// Deno crashes when it is to set a variable without a name.
fn nameless(reading: &mut Reading<'_>) {
    let truncated = reading.problems.iter().filter(|problem| problem.effect == Effect::Truncate);
    let kept = truncated.filter_map(|problem| problem.assignment).min().unwrap_or(u32::MAX);
    for (assignment, index) in reading.assignments.iter().zip(0..kept) {
        if assignment.key.is_empty() {
            let problem = empty_name(assignment.span, Effect::Refuse);
            reading.problems.push(Problem { assignment: Some(index), ..problem });
        }
    }
}
