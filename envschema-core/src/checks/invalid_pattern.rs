//! `invalid-pattern`: a pattern that is no regular expression.

use crate::diagnostic::Diagnostic;
use crate::pattern::Pattern;
use crate::registry::{Check, Run};
use crate::rules;
use crate::schema::Constraint;
use crate::subject::Subject;
use crate::table::Table;

/// The check.
pub static CHECK: Check = Check {
    code: "invalid-pattern",
    summary: "a pattern that is no regular expression",
    page: include_str!("invalid_pattern.md"),
    run: Run::Schema(run),
};

const VERDICT: &str =
    if cfg!(feature = "pattern") { "is not a regular expression" } else { "cannot be judged" };

const HELP: &str = if cfg!(feature = "pattern") {
    "look-around and back-references are not supported; write a `\\` before a character that stands for itself"
} else {
    "patterns need the feature `pattern` of `envschema`"
};

fn run(table: &Table<'_>, report: &mut Vec<Diagnostic>) {
    for (id, row) in table.iter() {
        for (part, constraint) in rules::constraints(row.variable) {
            let Constraint::Pattern(pattern) = constraint else { continue };
            if Pattern::new(pattern).is_none() {
                let headline = format!("the pattern of `{}` {VERDICT}", row.key);
                report.push(
                    Diagnostic::error(CHECK.code, Subject::variable(id, part), headline)
                        .key(row.key.as_ref())
                        .help(HELP),
                );
            }
        }
    }
}

#[cfg(all(test, feature = "dotenv"))]
mod tests {
    use crate::kind::Kind;
    use crate::schema::Constraint;
    use crate::testing::{Scene, constrained};

    #[test]
    fn a_pattern_has_to_be_a_regular_expression() {
        let found = |pattern: &'static str| {
            Scene::new([constrained("X", Kind::String, [Constraint::Pattern(pattern.into())])]).schema_found()
        };
        assert_eq!(found("^[a-z]+$"), [] as [&str; 0]);
        assert_eq!(found("("), ["invalid-pattern: the pattern of `X` is not a regular expression"]);
        assert_eq!(found("(?=x)").len(), 1);
    }
}
