//! Which schema holds for a file, and which files of a folder are environments. The command and a language server share it.

mod files;
mod names;
mod schema;

pub(crate) use files::{Found, Walk};
pub(crate) use names::{Grammar, grammar};
pub(crate) use schema::{Discovery, Schema};
