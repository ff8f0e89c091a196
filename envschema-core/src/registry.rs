//! The list of checks: one line each. Running a stage, explaining a code and generating the reference all read it.

use crate::checks;
use crate::diagnostic::Diagnostic;
#[cfg(feature = "dotenv")]
use crate::diagnostic::Findings;
#[cfg(feature = "dotenv")]
use crate::judge::Judgement;
use crate::table::Table;

/// One check: everything reported under one code.
#[derive(Debug)]
pub struct Check {
    /// The stable name, never used again for anything else.
    pub code: &'static str,
    /// What it reports, in a few words.
    pub summary: &'static str,
    /// Its page: what it means, why it matters, an example of wrong and right, how to silence it.
    pub page: &'static str,
    /// When and how it runs.
    pub run: Run,
}

/// When and how a check runs.
#[derive(Clone, Copy, Debug)]
pub enum Run {
    /// On a schema alone: at compile time, at export, and before any environment is looked at.
    Schema(fn(&Table<'_>, &mut Vec<Diagnostic>)),
    /// On an environment.
    #[cfg(feature = "dotenv")]
    Environment(fn(&Judgement<'_>, &mut Findings)),
    /// On a schema, and on an environment.
    #[cfg(feature = "dotenv")]
    Both(fn(&Table<'_>, &mut Vec<Diagnostic>), fn(&Judgement<'_>, &mut Findings)),
    /// Whoever reads files reports it: what it is about never becomes part of the model.
    Reader,
}

/// The checks of files and schemas, in the order of the reference.
pub static SCHEMA_CHECKS: &[&Check] = &[
    &checks::unreadable_source::CHECK,
    &checks::unsupported_format::CHECK,
    &checks::invalid_schema::CHECK,
    &checks::unknown_attribute::CHECK,
    &checks::conflicting_attributes::CHECK,
    &checks::duplicate_variable::CHECK,
    &checks::empty_range::CHECK,
    &checks::invalid_pattern::CHECK,
    &checks::invalid_default::CHECK,
    &checks::invalid_example::CHECK,
    &checks::exposed_secret::CHECK,
];

/// The checks of environments: first the text of a file, then what it means.
#[cfg(feature = "dotenv")]
pub static ENVIRONMENT_CHECKS: &[&Check] = &[
    &checks::invalid_encoding::CHECK,
    &checks::invalid_directive::CHECK,
    &checks::invisible_character::CHECK,
    &checks::invalid_syntax::CHECK,
    &checks::unterminated_quote::CHECK,
    &checks::invalid_key::CHECK,
    &checks::invalid_escape::CHECK,
    &checks::unsupported_syntax::CHECK,
    &checks::duplicate_assignment::CHECK,
    &checks::undefined_reference::CHECK,
    &checks::expansion_limit::CHECK,
    &checks::missing_variable::CHECK,
    &checks::empty_value::CHECK,
    &checks::unknown_variable::CHECK,
    &checks::placeholder_value::CHECK,
    &checks::invalid_value::CHECK,
    &checks::out_of_range::CHECK,
    &checks::invalid_length::CHECK,
    &checks::pattern_mismatch::CHECK,
    &checks::value_not_allowed::CHECK,
    &checks::conflicting_variables::CHECK,
    &checks::forbidden_variable::CHECK,
    &checks::misplaced_secret::CHECK,
    &checks::deprecated_variable::CHECK,
    &checks::unportable_value::CHECK,
];

/// The checks of environments: none without the grammar of `.env` files.
#[cfg(not(feature = "dotenv"))]
pub static ENVIRONMENT_CHECKS: &[&Check] = &[];

/// Every check.
pub fn checks() -> impl Iterator<Item = &'static Check> {
    SCHEMA_CHECKS.iter().chain(ENVIRONMENT_CHECKS).copied()
}

/// The check that reports under `code`.
#[must_use]
pub fn find(code: &str) -> Option<&'static Check> {
    checks().find(|check| check.code == code)
}

/// Runs every check of the schema stage.
#[must_use]
pub fn check_schema(table: &Table<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for check in SCHEMA_CHECKS {
        match check.run {
            Run::Schema(run) => run(table, &mut diagnostics),
            #[cfg(feature = "dotenv")]
            Run::Both(run, _) => run(table, &mut diagnostics),
            _ => {}
        }
    }
    diagnostics
}

/// Runs every check of the environment stage, and keeps `most` findings of each.
#[cfg(feature = "dotenv")]
#[must_use]
pub fn check_environment(judgement: &Judgement<'_>, most: usize) -> Findings {
    let mut findings = Findings::new(most);
    for check in checks() {
        if let Run::Environment(run) | Run::Both(_, run) = check.run {
            run(judgement, &mut findings);
            findings.next_check();
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::checks;

    #[test]
    fn codes_are_unique_and_kebab_case() {
        for check in checks() {
            assert_eq!(checks().filter(|other| other.code == check.code).count(), 1, "{}", check.code);
            assert!(
                check
                    .code
                    .split('-')
                    .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()))
            );
        }
    }

    #[test]
    fn every_page_opens_with_its_code_and_says_the_same_things() {
        for check in checks() {
            assert!(check.page.starts_with(&format!("# {}\n", check.code)), "{}", check.code);
            for heading in ["## What it does", "## Why it matters", "## Example", "## What to do"] {
                assert!(check.page.contains(heading), "{} lacks {heading}", check.code);
            }
        }
    }
}
