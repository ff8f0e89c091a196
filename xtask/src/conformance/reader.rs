//! The readers that can be run, and which of them are here.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use envschema_core::dotenv::{Dialect, find};

use super::program::{self, Program};
use super::script::{self, Script};
use super::version::{are_alike, versions};

/// Every reader this command can run, by the name of its dialect.
pub(crate) const KNOWN: &[&str] = &[
    "dotenvy",
    "node20",
    "node22",
    "node24",
    "node26",
    "dotenv16",
    "dotenv17",
    "dotenv18",
    "dotenv18-fast",
    "dotenv16+expand11",
    "dotenv17+expand12",
    "dotenv18+expand1000",
    "dotenvx",
    "next-env",
    "vite",
    "env-cmd",
    "bun",
    "deno",
    "python-dotenv",
    "python-dotenv-1.0.1",
    "django-environ",
    "python-decouple",
    "starlette",
    "honcho",
    "docker-py",
    "bash",
    "dash",
    "zsh",
    "busybox-ash",
    "xargs-export",
    "make",
    "make4.4",
    "compose",
    "compose-raw",
    "docker-run",
    "podman-run",
    "kubectl",
    "systemd252",
    "systemd262",
    "uv",
    "just",
    "ruby-dotenv",
    "foreman",
    "godotenv",
    "direnv",
    "phpdotenv",
    "symfony-dotenv",
];

/// A real reader and its dialect.
pub(crate) struct Reader {
    pub(crate) dialect: &'static Dialect,
    /// The versions found: of a reader and of what expands for it; none, if it does not tell.
    pub(crate) found: Vec<String>,
    pub(crate) how: How,
}

/// How a reader is run.
pub(crate) enum How {
    /// By a script that reads file after file.
    Script(Script),
    /// Anew for each file.
    Program(Program),
}

impl Reader {
    pub(crate) fn new(name: &str, version: &str, how: How) -> Option<Self> {
        Some(Self {
            dialect: find(name).filter(|dialect| dialect.name == name)?,
            found: versions(version),
            how,
        })
    }

    /// The versions the dialect was recorded from.
    pub(crate) fn recorded(&self) -> Vec<String> {
        versions(self.dialect.program)
    }

    /// Whether the dialect stands for the version found: the recorded one, as far as the program tells it; of bash, Node
    /// and systemd, any with the same first number.
    pub(crate) fn is_recorded(&self) -> bool {
        let is_one_number =
            ["node", "bash", "systemd"].iter().any(|start| self.dialect.name.starts_with(start));
        let depth = if is_one_number { 1 } else { usize::MAX };
        let recorded = self.recorded();
        recorded.len() == self.found.len()
            && recorded.iter().zip(&self.found).all(|(recorded, found)| are_alike(recorded, found, depth))
    }
}

/// The wanted readers that are here, in the order of `KNOWN`. Without `tools`, only what `PATH` has.
pub(crate) fn present(tools: Option<&Path>, wanted: &BTreeSet<String>) -> Vec<Reader> {
    let mut found = script::present(tools);
    found.extend(program::present(tools));
    let mut readers = Vec::new();
    for name in KNOWN.iter().filter(|name| wanted.contains(**name)) {
        // The first one found is the one to run: those installed for this stand before those of the machine.
        let place = found.iter().position(|reader| reader.dialect.name == *name);
        readers.extend(place.map(|place| found.remove(place)));
    }
    readers
}

/// The program of this name on `PATH`.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Where the scripts that run readers are.
pub(crate) fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("readers")
}
