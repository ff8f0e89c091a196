//! The `envschema` command from outside: the built binary, in folders of its own, with nothing but the environment it is given.

mod arguments;
mod cases;
mod corpus;
mod directives;
mod discovery;
mod docs;
mod exit_status;
mod explain;
mod export;
mod fix;
mod fmt;
mod folders;
mod formats;
mod hidden;
mod kinds;
mod layers;
mod portable;
mod profiles;
mod read;
mod readme;
mod safety;
mod schemas;
mod service;
mod streams;
#[path = "../agreement/tables.rs"]
mod tables;
mod world;
