//! Next.js: the expression of npm's dotenv, and an early dotenv-expand that starts with the last reference.

use super::npm_dotenv;
use super::npm_dotenv::expand::{Expanded, Seen, object};
use super::npm_dotenv::expression::{self, Escapes};
use super::npm_dotenv::template::{Failure, Match, Property, Replacement, Scope, Template, without_escapes};
use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::expansion::Budget;
use crate::dotenv::javascript::Inherited;
use crate::dotenv::quoting::Unquoted;
use crate::dotenv::scan::{find_any, word_length};
use crate::dotenv::{Environ, Reading, Reference, Target};
use crate::span::Span;

pub(super) static NEXT_ENV: Dialect = Dialect {
    name: "next-env",
    aliases: &["next", "nextjs"],
    program: "@next/env 16.4.6",
    usage: "`next dev`, `next build` and `loadEnvConfig()`",
    precedence: Precedence::Environ,
    duplicates: Duplicates::Last,
    read: |text, environ| npm_dotenv::read(text, |text| expanded(text, environ)),
};

fn expanded<'t>(text: &'t [u8], environ: &Environ) -> Reading<'t> {
    let mut expanded = Expanded::new(expression::parse(text, Escapes::Dotenv));
    let names = object(text, &expanded.entries.list);
    // What the file gives is asked for last, behind the defaults.
    let mut scope = Scope::new(environ);
    for (name, index) in &names {
        scope.add(name, *index, expanded.written(*index).to_vec());
    }
    let mut budget = Budget::default();
    for (name, index) in names {
        if let Some(outside) = environ.get(name) {
            // Next expands the variables of the environment, too, if the file names them.
            let written = Unquoted::verbatim(outside, Span::new(0, outside.len()));
            match interpolate(&written, &scope, &mut budget, &mut Vec::new()).map(without_escapes) {
                Ok(value) => {
                    expanded.overwrite(index, name, Some(outside), &value);
                    scope.add(name, index, value);
                }
                Err(failure) => {
                    expanded.fail(index, failure);
                    break;
                }
            }
            continue;
        }
        let value =
            expanded.expand(index, |value, references| interpolate(value, &scope, &mut budget, references));
        let Ok(value) = value else { break };
        scope.add(name, index, value.to_vec());
    }
    expanded.reading(text)
}

/// Replaces the last `$` without a backslash before it, again and again. A text that comes back overflows the stack.
fn interpolate(
    value: &Unquoted<'_>,
    scope: &Scope<'_>,
    budget: &mut Budget,
    references: &mut Vec<Reference<'_>>,
) -> Result<Vec<u8>, Failure> {
    let mut template = Template::new(value);
    let mut seen = Seen::default();
    while let Some(last) = last_reference(&template.text) {
        if !seen.add(&template.text)? {
            return Err(Failure::Endless);
        }
        let (name, default) = (&template.text[last.name.0..last.name.1], last.default);
        let (outside, inside) = (scope.outside(name), scope.inside(name));
        let (target, replacement) = match default {
            // The environment is an object of a kind of its own.
            _ if matches!(outside, Property::Inherited(Inherited::Constructor)) => {
                (Target::Undefined, Replacement::Text(b"[object global]"))
            }
            _ if outside.is_truthy() => (outside.target(), outside.replacement()),
            Some((start, end)) if start < end => (Target::Default, Replacement::Word((start, end))),
            _ if inside.is_truthy() => (inside.target(), inside.replacement()),
            _ => (outside.target(), Replacement::Text(b"")),
        };
        let found = Match::new(last.start, last.end, last.name);
        let name = name.to_vec();
        references.extend(template.reference(found, &name, target));
        template.replace(found, replacement, budget)?;
    }
    Ok(template.text)
}

/// `\$\{?(\w+)(?::-([^}\\]*))?\}?` at the last dollar without a backslash before it.
struct Last {
    start: usize,
    end: usize,
    name: (usize, usize),
    default: Option<(usize, usize)>,
}

fn last_reference(text: &[u8]) -> Option<Last> {
    let is_reference = |at: &usize| text[*at] == b'$' && (*at == 0 || text[at - 1] != b'\\');
    let start = (0..text.len()).rev().find(is_reference)?;
    let name_start = start + 1 + usize::from(text.get(start + 1) == Some(&b'{'));
    let name_end = name_start + word_length(&text[name_start..]);
    let default = text[name_end..].strip_prefix(b":-").map(|rest| {
        let length = find_any(rest, [b'}', b'\\']).unwrap_or(rest.len());
        (name_end + 2, name_end + 2 + length)
    });
    let end = default.map_or(name_end, |(_, end)| end);
    let end = end + usize::from(text.get(end) == Some(&b'}'));
    (name_start < name_end).then_some(Last { start, end, name: (name_start, name_end), default })
}
