//! Rules of the crate `validator` that are Rust functions: they run on the typed configuration, and tell no secret.
#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use envschema::{EnvSchema, LoadError, Secret};
use validator::{Validate, ValidationError};

/// A derive of each crate; both read `#[validate(…)]`.
#[derive(EnvSchema, Validate)]
#[env(validator)]
#[validate(schema(function = "has_own_token", message = "the token is the password"))]
struct Config {
    /// A range is a constraint of the schema: `envschema check` knows it, too.
    #[validate(range(min = 1, max = 64), custom(function = "is_power_of_two"))]
    workers: u16,
    admin_password: String,
    #[validate(must_match(other = "admin_password", message = "the passwords differ"))]
    admin_password_again: String,
    /// A `Secret` can be no argument of a rule of its own; a rule of the struct sees it.
    token: Secret<String>,
}

fn is_power_of_two(workers: u16) -> Result<(), ValidationError> {
    if workers.is_power_of_two() { Ok(()) } else { Err(ValidationError::new("power-of-two")) }
}

fn has_own_token(config: &Config) -> Result<(), ValidationError> {
    if *config.token.expose() != config.admin_password {
        Ok(())
    } else {
        Err(ValidationError::new("own-token"))
    }
}

pub(crate) fn main() -> Result<(), LoadError> {
    let load = |workers, again, token| {
        let passwords = [("ADMIN_PASSWORD", "hunter2"), ("ADMIN_PASSWORD_AGAIN", again)];
        Config::load_from_pairs(passwords.into_iter().chain([("WORKERS", workers), ("TOKEN", token)]))
    };
    let config = load("16", "hunter2", "t0k3n")?;
    assert_eq!((config.workers, config.admin_password_again), (16, config.admin_password));

    let report = self::report(load("12", "hunter3", "t0k3n"));
    assert!(report.contains("`WORKERS` is not valid: it breaks the rule `power-of-two`"));
    assert!(report.contains("`ADMIN_PASSWORD_AGAIN` is not valid: the passwords differ"));
    assert!(!report.contains("hunter"));
    println!("{report}");

    // Validator looks at the struct when its fields are good.
    let report = self::report(load("16", "hunter2", "hunter2"));
    assert!(report.contains("the configuration is not valid: the token is the password"));
    Ok(())
}

/// What is wrong, in words.
fn report(loaded: Result<Config, LoadError>) -> String {
    loaded.err().map(|error| error.to_string()).unwrap_or_default()
}
