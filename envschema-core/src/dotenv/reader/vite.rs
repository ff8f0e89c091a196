//! Vite: Node's parser and dotenv-expand 12 behind it, in the alphabetical order of the names.

use std::collections::HashMap;

use super::node::parser::{self, NODE_22};
use super::npm_dotenv::expand::{Expanded, expand_12, object};
use super::npm_dotenv::template::{Failure, Scope, without_escapes};
use super::npm_dotenv::{lost_names, outside};
use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::decoded::{Returns, from_utf8, read_decoded};
use crate::dotenv::encoding::{blame_bom, invalid_utf8, nul_bytes};
use crate::dotenv::expansion::Budget;
use crate::dotenv::javascript::{array_index, inherited};
use crate::dotenv::{Effect, Environ, Reading};

pub(super) static VITE: Dialect = Dialect {
    name: "vite",
    aliases: &["vite8"],
    program: "Vite 8.3.8",
    usage: "`vite`, `vite build` and `loadEnv()`",
    precedence: Precedence::Environ,
    duplicates: Duplicates::Last,
    read,
};

fn read<'t>(text: &'t [u8], environ: &Environ) -> Reading<'t> {
    let decoded = from_utf8(text, Returns::Dropped);
    let mut reading = read_decoded(text, decoded.as_ref(), |text| expanded(text, environ));
    // Values become constants of the bundle: a NUL byte stays.
    reading.problems.extend(invalid_utf8(text, Effect::Misread));
    reading.problems.extend(nul_bytes(text, Effect::Misread, &reading.assignments));
    lost_names(&mut reading);
    blame_bom(text, &mut reading.problems);
    reading.in_order()
}

/// What Vite copies from the file into the process environment before it expands anything, and under which name.
const COPIED: [(&[u8], &[u8]); 3] =
    [(b"NODE_ENV", b"VITE_USER_NODE_ENV"), (b"BROWSER", b"BROWSER"), (b"BROWSER_ARGS", b"BROWSER_ARGS")];

fn expanded<'t>(text: &'t [u8], environ: &Environ) -> Reading<'t> {
    let mut expanded = Expanded::new(parser::parse(text, &NODE_22));
    let mut names = object(text, &expanded.entries.list);
    names.sort_by_key(|(name, _)| (array_index(name).unwrap_or(u32::MAX), *name));
    // Unlike dotenv-expand itself, Vite finds the names further down, too, with what is written there.
    let mut scope = Scope::new(environ);
    let mut running = HashMap::new();
    for (name, index) in &names {
        scope.add(name, *index, expanded.written(*index).to_vec());
        running.insert(*name, expanded.written(*index).to_vec());
    }
    let mut copied = Vec::new();
    for (from, to) in COPIED {
        let named = names.iter().find(|(name, _)| *name == from && environ.get(to).is_none());
        if let Some((_, index)) = named.filter(|(_, index)| !expanded.written(*index).is_empty()) {
            let value = expanded.written(*index).to_vec();
            if from != to {
                expanded.set_besides(*index, to, &value);
            }
            scope.add(to, *index, value);
            copied.push(to);
        }
    }
    let mut budget = Budget::default();
    for (name, index) in names {
        if let Some(outside) = outside(environ, name, expanded.written(index)) {
            running.insert(name, without_escapes(outside.to_vec()));
            continue;
        }
        let value = expanded.expand(index, |value, references| match inherited(name) {
            // Vite takes the function that its copy of the environment has under this name for the value.
            Some(_) if environ.get(name).is_none() => Err(Failure::Throws),
            _ => expand_12(value, &scope, &running, &mut budget, references),
        });
        let Ok(value) = value.map(<[u8]>::to_vec) else { break };
        running.insert(name, value.clone());
        if copied.contains(&name) {
            expanded.leave_as_written(index);
        } else {
            scope.add(name, index, value);
        }
    }
    expanded.reading(text)
}
