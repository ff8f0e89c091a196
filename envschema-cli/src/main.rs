//! The `envschema` binary: take the command line, run the command, end with its exit status.

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use crate::args::{Args, Command};
use crate::exit::Exit;
use crate::host::System;

mod args;
mod circumstances;
mod command;
mod discover;
mod exit;
mod failure;
mod foreign;
mod host;
mod output;
mod session;

fn main() -> ExitCode {
    let arguments = host::arguments();
    let exit = match Args::try_parse_from(&arguments) {
        Ok(args) => run(&args),
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            output::page(&error.to_string())
        }
        Err(error) => output::usage(&arguments, &error.to_string()),
    };
    exit.into()
}

fn run(args: &Args) -> Exit {
    match &args.command {
        Command::Check(args) => command::check::run(args, &System),
        Command::Read(args) => command::read::run(args, &System),
        Command::Fmt(args) => command::fmt::run(args, &System),
        Command::Export(args) => command::export::run(args, &System),
        Command::Explain(args) => command::explain::run(args),
    }
}
