//! dotenvx: the expression of npm's dotenv, with references that know their quotes.

use std::collections::HashMap;

use super::npm_dotenv::command::has_command;
use super::npm_dotenv::expand::{Expanded, expand_1000};
use super::npm_dotenv::expression::{self, Escapes};
use super::npm_dotenv::template::{Failure, Scope};
use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::decoded::{Returns, from_utf8, from_utf16, read_decoded};
use crate::dotenv::encoding::pass_through_environment;
use crate::dotenv::expansion::Budget;
use crate::dotenv::javascript::inherited;
use crate::dotenv::misread;
use crate::dotenv::quoting::Unquoted;
use crate::dotenv::{Environ, Quote, Reading, Reference};

pub(super) static DOTENVX: Dialect = Dialect {
    name: "dotenvx",
    aliases: &["dotenvx2"],
    program: "dotenvx 2.38.2",
    usage: "`dotenvx run` and `config()`",
    precedence: Precedence::Environ,
    duplicates: Duplicates::Last,
    read,
};

fn read<'t>(text: &'t [u8], environ: &Environ) -> Reading<'t> {
    let is_utf16 = text.starts_with(b"\xff\xfe");
    let utf16 = if is_utf16 { from_utf16(text, Returns::Feeds) } else { None };
    let decoded = utf16.or_else(|| from_utf8(text, Returns::Feeds));
    let mut reading = read_decoded(text, decoded.as_ref(), |text| expanded(text, environ));
    if !is_utf16 {
        pass_through_environment(&mut reading, text);
    }
    misread::report(&mut reading, text, misread::kept_backslash);
    reading.in_order()
}

/// Every assignment is expanded by itself, with the process environment and what stands above it.
fn expanded<'t>(text: &'t [u8], environ: &Environ) -> Reading<'t> {
    let mut expanded = Expanded::new(expression::parse(text, Escapes::Dotenvx));
    let mut file = File { scope: Scope::new(environ), literals: HashMap::new(), budget: Budget::default() };
    for index in 0..expanded.entries.list.len() {
        let name = expanded.key(text, index);
        let written = expanded.written(index);
        let is_literal = starts_with_single_quote(&expanded, index);
        let outside = environ.get(name);
        if is_literal {
            file.literals.insert(name, outside.unwrap_or(written).to_vec());
        }
        if outside.is_some() && inherited(name).is_none() {
            continue;
        }
        if is_literal && inherited(name).is_none() {
            file.scope.add(name, index, written.to_vec());
            continue;
        }
        let value = expanded.expand(index, |value, references| match inherited(name) {
            Some(_) => Err(Failure::Throws),
            None => file.expand(value, references),
        });
        match value {
            Ok(value) => file.scope.add(name, index, value.to_vec()),
            Err(failure) if failure.loses_all() => break,
            Err(_) => file.scope.add_unknown(name, index),
        }
    }
    secret_references(&mut expanded);
    expanded.reading(text)
}

struct File<'a> {
    scope: Scope<'a>,
    /// The values in single quotes: what comes from them is not expanded again.
    literals: HashMap<&'a [u8], Vec<u8>>,
    budget: Budget,
}

impl File<'_> {
    fn expand<'t>(
        &mut self,
        value: &Unquoted<'t>,
        references: &mut Vec<Reference<'t>>,
    ) -> Result<Vec<u8>, Failure> {
        if value.bytes.starts_with(b"encrypted:") {
            return Err(Failure::Encrypted);
        }
        if has_command(&value.bytes, &mut self.budget)? {
            return Err(Failure::Command);
        }
        let value = expand_1000(value, &self.scope, &self.literals, &mut self.budget, references)?;
        if self.scope.take_touched() { Err(Failure::Unknown) } else { Ok(value) }
    }
}

/// Whether the value starts with a single quote, closed or not.
fn starts_with_single_quote(expanded: &Expanded<'_>, index: usize) -> bool {
    let entry = &expanded.entries.list[index];
    entry.quote == Quote::Single || (entry.quote == Quote::None && entry.value.bytes.starts_with(b"'"))
}

/// At the end dotenvx asks the programs of 1Password and Bitwarden for the values that look like their references.
fn secret_references(expanded: &mut Expanded<'_>) {
    for index in 0..expanded.entries.list.len() {
        let value = expanded.value(index);
        if value.starts_with(b"op://") || value.starts_with(b"bw://") {
            expanded.fail(index, Failure::Command);
        }
    }
}
