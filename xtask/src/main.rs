//! Tasks of the repository: `cargo xtask TASK`.

use std::process::ExitCode;

// Readers get names and values as bytes, which only Unix passes on as they are.
#[cfg(unix)]
mod conformance;

/// Tasks of the repository.
#[cfg(unix)]
#[derive(clap::Parser)]
#[command(name = "cargo xtask", disable_help_subcommand = true)]
enum Task {
    /// Run the real readers that are here, and hold what they read against what their dialects read
    Conformance(conformance::Options),
    /// Load `.env` with the crate dotenvy and print the environment, as one of the readers
    #[command(hide = true)]
    LoadWithDotenvy,
}

#[cfg(unix)]
fn main() -> ExitCode {
    let result = match <Task as clap::Parser>::parse() {
        Task::Conformance(options) => conformance::run(&options),
        Task::LoadWithDotenvy => Ok(conformance::load_with_dotenvy()),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::from(2)
        }
    }
}

#[cfg(not(unix))]
fn main() -> ExitCode {
    eprintln!("error: the tasks need a Unix");
    ExitCode::from(2)
}
