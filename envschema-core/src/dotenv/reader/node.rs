//! Node.js: `--env-file`, `process.loadEnvFile()` and `util.parseEnv()`.

use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::decoded::{Returns, from_utf8, read_decoded};
use crate::dotenv::encoding::{blame_bom, pass_through_environment};
use crate::dotenv::javascript::array_index;
use crate::dotenv::misread;
use crate::dotenv::wording::empty_name;
use crate::dotenv::{Effect, Problem, Reading, Syntax};

pub(super) mod parser;
#[cfg(test)]
mod tests;

use parser::{NODE_20, NODE_22, Switches};

pub(super) static NODE26: Dialect = Dialect {
    name: "node26",
    aliases: &["node"],
    program: "Node.js 26.9.0",
    usage: "`node --env-file`",
    precedence: Precedence::Environ,
    duplicates: Duplicates::Last,
    read: |text, _| read(text, &NODE_22),
};

pub(super) static NODE24: Dialect = Dialect {
    name: "node24",
    program: "Node.js 24.9.0",
    aliases: &[],
    read: |text, _| without_integers(read(text, &NODE_22)),
    ..NODE26
};

pub(super) static NODE22: Dialect = Dialect { name: "node22", program: "Node.js 22.23.3", ..NODE24 };

pub(super) static NODE20: Dialect = Dialect {
    name: "node20",
    aliases: &[],
    program: "Node.js 20.20.2",
    read: |text, _| without_integers(read(text, &NODE_20)),
    ..NODE26
};

fn read<'t>(text: &'t [u8], switches: &Switches) -> Reading<'t> {
    let decoded = from_utf8(text, Returns::Dropped);
    let mut reading =
        read_decoded(text, decoded.as_ref(), |text| parser::parse(text, switches).unexpanded(text));
    pass_through_environment(&mut reading, text);
    without_empty_names(&mut reading);
    misread::report(&mut reading, text, misread::unexpanded);
    blame_bom(text, &mut reading.problems);
    reading.in_order()
}

/// Node drops a variable without a name when it fills the environment.
fn without_empty_names(reading: &mut Reading<'_>) {
    for (assignment, index) in reading.assignments.iter().zip(0..) {
        if assignment.key.is_empty() {
            let problem = empty_name(assignment.span, Effect::Skip);
            reading.problems.push(Problem { assignment: Some(index), ..problem });
        }
    }
}

/// Up to Node 24, `process.env` does not find variables whose name is an integer.
fn without_integers(mut reading: Reading<'_>) -> Reading<'_> {
    for (assignment, index) in reading.assignments.iter().zip(0..) {
        if array_index(&assignment.key).is_some() {
            reading.problems.push(Problem {
                help: Some("start the name with a letter"),
                assignment: Some(index),
                ..Problem::new(
                    Syntax::InvalidKey,
                    assignment.key_span,
                    "`process.env` does not find a variable whose name is a number",
                    Effect::Skip,
                )
            });
        }
    }
    reading.in_order()
}
