//! The table of dialects: one row per reader and version, found by name.

use super::{Environ, Reading};

#[cfg(feature = "dialects")]
mod bun;
#[cfg(feature = "dialects")]
mod ci;
mod compose;
#[cfg(feature = "dialects")]
mod deno;
#[cfg(feature = "dialects")]
mod direnv;
#[cfg(feature = "dialects")]
mod dotenvx;
#[cfg(feature = "dialects")]
mod dotenvy;
#[cfg(feature = "dialects")]
mod env_cmd;
#[cfg(feature = "dialects")]
mod godotenv;
#[cfg(feature = "dialects")]
mod honcho;
#[cfg(feature = "dialects")]
mod line;
#[cfg(feature = "dialects")]
mod make;
#[cfg(feature = "dialects")]
mod next_env;
#[cfg(feature = "dialects")]
mod node;
#[cfg(feature = "dialects")]
mod npm_dotenv;
#[cfg(feature = "dialects")]
mod phpdotenv;
#[cfg(feature = "dialects")]
mod portable;
#[cfg(feature = "dialects")]
mod python;
#[cfg(feature = "dialects")]
mod raw;
#[cfg(feature = "dialects")]
mod ruby;
#[cfg(feature = "dialects")]
mod shell;
#[cfg(feature = "dialects")]
mod symfony;
#[cfg(feature = "dialects")]
mod systemd;
#[cfg(test)]
#[cfg(feature = "dialects")]
mod testing;
#[cfg(feature = "dialects")]
mod vite;
#[cfg(feature = "dialects")]
mod xargs;

#[cfg(feature = "dialects")]
pub use portable::{CORE, PORTABLE};

/// One reader of `.env` files, in one version.
pub struct Dialect {
    /// The name it goes by on the command line and in schemas: `compose`, `node24`, `dotenvy`.
    pub name: &'static str,
    /// Further names: `node` for the newest of its family.
    pub aliases: &'static [&'static str],
    /// The program and version whose behaviour this reproduces: `Docker Compose 2.40.3`.
    pub program: &'static str,
    /// How the program is made to read a file: `docker compose` with `env_file:`.
    pub usage: &'static str,
    /// Who wins when the process environment has the name already.
    pub precedence: Precedence,
    /// Which of several assignments to one key counts.
    pub duplicates: Duplicates,
    /// Reads a file; never fails, never runs anything.
    pub read: for<'t> fn(&'t [u8], &Environ) -> Reading<'t>,
}

/// Who wins when the process environment has the name already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precedence {
    /// The file's value.
    File,
    /// The environment's value: the file's is not even reported.
    Environ,
    /// The environment's value, unless it is empty.
    EnvironUnlessEmpty,
    /// There is nothing to win over: the reader builds a new environment.
    Fresh,
}

/// Which of several assignments to one key counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duplicates {
    /// The last one.
    Last,
    /// The first one.
    First,
}

/// The dialect of every reader, families together, newest version first within a family.
pub static DIALECTS: &[&Dialect] = &[
    &compose::COMPOSE,
    #[cfg(feature = "dialects")]
    &ci::GITHUB_ENV,
    #[cfg(feature = "dialects")]
    &ci::GITLAB_DOTENV,
    #[cfg(feature = "dialects")]
    &shell::BASH,
    #[cfg(feature = "dialects")]
    &shell::DASH,
    #[cfg(feature = "dialects")]
    &shell::BUSYBOX_ASH,
    #[cfg(feature = "dialects")]
    &shell::ZSH,
    #[cfg(feature = "dialects")]
    &xargs::XARGS_EXPORT,
    #[cfg(feature = "dialects")]
    &make::MAKE4_4,
    #[cfg(feature = "dialects")]
    &make::MAKE,
    #[cfg(feature = "dialects")]
    &raw::COMPOSE_RAW,
    #[cfg(feature = "dialects")]
    &raw::DOCKER_RUN,
    #[cfg(feature = "dialects")]
    &raw::PODMAN_RUN,
    #[cfg(feature = "dialects")]
    &raw::KUBECTL,
    #[cfg(feature = "dialects")]
    &line::DOCKER_PY,
    #[cfg(feature = "dialects")]
    &line::PYTHON_DECOUPLE,
    #[cfg(feature = "dialects")]
    &line::STARLETTE,
    #[cfg(feature = "dialects")]
    &line::DJANGO_ENVIRON,
    #[cfg(feature = "dialects")]
    &line::FOREMAN,
    #[cfg(feature = "dialects")]
    &honcho::HONCHO,
    #[cfg(feature = "dialects")]
    &node::NODE26,
    #[cfg(feature = "dialects")]
    &node::NODE24,
    #[cfg(feature = "dialects")]
    &node::NODE22,
    #[cfg(feature = "dialects")]
    &node::NODE20,
    #[cfg(feature = "dialects")]
    &deno::DENO,
    #[cfg(feature = "dialects")]
    &npm_dotenv::DOTENV18,
    #[cfg(feature = "dialects")]
    &npm_dotenv::DOTENV18_FAST,
    #[cfg(feature = "dialects")]
    &npm_dotenv::DOTENV17,
    #[cfg(feature = "dialects")]
    &npm_dotenv::DOTENV16,
    #[cfg(feature = "dialects")]
    &npm_dotenv::EXPAND1000,
    #[cfg(feature = "dialects")]
    &dotenvx::DOTENVX,
    #[cfg(feature = "dialects")]
    &npm_dotenv::EXPAND12,
    #[cfg(feature = "dialects")]
    &npm_dotenv::EXPAND11,
    #[cfg(feature = "dialects")]
    &vite::VITE,
    #[cfg(feature = "dialects")]
    &next_env::NEXT_ENV,
    #[cfg(feature = "dialects")]
    &bun::BUN,
    #[cfg(feature = "dialects")]
    &env_cmd::ENV_CMD,
    #[cfg(feature = "dialects")]
    &python::PYTHON_DOTENV,
    #[cfg(feature = "dialects")]
    &python::PYTHON_DOTENV_1_0,
    #[cfg(feature = "dialects")]
    &systemd::SYSTEMD262,
    #[cfg(feature = "dialects")]
    &systemd::SYSTEMD252,
    #[cfg(feature = "dialects")]
    &dotenvy::DOTENVY,
    #[cfg(feature = "dialects")]
    &dotenvy::UV,
    #[cfg(feature = "dialects")]
    &dotenvy::JUST,
    #[cfg(feature = "dialects")]
    &dotenvy::RUST_DOTENV,
    #[cfg(feature = "dialects")]
    &ruby::RUBY_DOTENV,
    #[cfg(feature = "dialects")]
    &godotenv::GODOTENV,
    #[cfg(feature = "dialects")]
    &direnv::DIRENV,
    #[cfg(feature = "dialects")]
    &phpdotenv::PHPDOTENV,
    #[cfg(feature = "dialects")]
    &symfony::SYMFONY_DOTENV,
];

/// The dialect where nothing else is said: the usual reader at container start-up, exactly specified.
pub static DEFAULT: &Dialect = &compose::COMPOSE;

/// The dialects that are no reader's own.
pub static OTHERS: &[&Dialect] = &[
    #[cfg(feature = "dialects")]
    &portable::PORTABLE,
];

/// The dialect called `name`, by its name or an alias.
#[must_use]
pub fn find(name: &str) -> Option<&'static Dialect> {
    let mut all = DIALECTS.iter().chain(OTHERS).copied();
    all.find(|dialect| dialect.name == name || dialect.aliases.contains(&name))
}

/// Every name that [`find`] knows.
pub fn names() -> impl Iterator<Item = &'static str> {
    let all = DIALECTS.iter().chain(OTHERS);
    all.flat_map(|dialect| std::iter::once(dialect.name).chain(dialect.aliases.iter().copied()))
}

/// A dialect is its name.
impl PartialEq for Dialect {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Dialect {}

impl std::fmt::Debug for Dialect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Dialect").field(&self.name).finish()
    }
}
