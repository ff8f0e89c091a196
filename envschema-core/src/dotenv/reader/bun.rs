//! Bun: a scanner of bytes, behind which every value is expanded once.

use super::npm_dotenv::expand::{Expanded, names};
use super::npm_dotenv::template::Scope;
use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::decoded::{Returns, from_utf8, read_decoded};
use crate::dotenv::encoding::{BOM, pass_through_environment};
use crate::dotenv::expansion::Budget;
use crate::dotenv::misread;
use crate::dotenv::{Environ, Reading};

mod expand;
mod scanner;
#[cfg(test)]
mod tests;

use expand::interpolate;

pub(super) static BUN: Dialect = Dialect {
    name: "bun",
    aliases: &["bun1.4"],
    program: "Bun 1.4.4",
    usage: "`bun run` and `bun --env-file`",
    precedence: Precedence::Environ,
    duplicates: Duplicates::Last,
    read,
};

fn read<'t>(text: &'t [u8], environ: &Environ) -> Reading<'t> {
    let decoded = from_utf8(text, Returns::Kept);
    let mut reading = read_decoded(text, decoded.as_ref(), |text| expanded(text, environ));
    pass_through_environment(&mut reading, text);
    misread::report(&mut reading, text, misread::kept_backslash);
    reading.in_order()
}

/// What stands above is expanded when the next value is; the rest of the file is there as it is written.
fn expanded<'t>(text: &'t [u8], environ: &Environ) -> Reading<'t> {
    let start = if text.starts_with(BOM) { BOM.len() } else { 0 };
    let mut expanded = Expanded::new(scanner::scan(text, start));
    let names = names(text, &expanded.entries.list);
    let mut scope = Scope::new(environ);
    for (name, index) in &names {
        scope.add(name, *index, expanded.written(*index).to_vec());
    }
    let mut budget = Budget::default();
    for (name, index) in names {
        if environ.get(name).is_some() {
            continue;
        }
        let mut problems = Vec::new();
        let value = expanded.resolve(index, |value, references| {
            interpolate(value, &scope, &mut budget, references, &mut problems)
        });
        if let Ok(value) = value.map(<[u8]>::to_vec) {
            scope.add(name, index, value);
        }
        expanded.report(index, problems);
    }
    expanded.reading(text)
}
