//! `invalid-example`: an example that breaks the rules of its own variable.

use crate::diagnostic::Diagnostic;
use crate::registry::{Check, Run};
use crate::rules;
use crate::subject::{Subject, VariablePart};
use crate::table::Table;

/// The check.
pub static CHECK: Check = Check {
    code: "invalid-example",
    summary: "an example that breaks the rules of its own variable",
    page: include_str!("invalid_example.md"),
    run: Run::Schema(run),
};

fn run(table: &Table<'_>, report: &mut Vec<Diagnostic>) {
    for (id, row) in table.iter().filter(|(_, row)| !row.variable.examples.is_empty()) {
        // An example that is right under one condition is no wrong example.
        let variants: Vec<_> = rules::variants(row.variable).collect();
        for (index, text) in (0..).zip(row.variable.examples.iter()) {
            let whys: Option<Vec<_>> =
                variants.iter().map(|variant| variant.why_not(row.variable, text)).collect();
            if let Some(why) = whys.and_then(|whys| whys.first().copied()) {
                let subject = Subject::variable(id, VariablePart::Example(index));
                report.push(rules::literal(CHECK.code, subject, row, ["example", why, ""], text));
            }
        }
    }
}

#[cfg(all(test, feature = "dotenv"))]
mod tests {
    use crate::kind::Kind;
    use crate::schema::{Constraint, Variable, When};
    use crate::testing::{Scene, if_, in_profile, texts, variable, when};

    #[test]
    fn an_example_has_to_be_right_somewhere() {
        let level = Variable {
            constraints: vec![Constraint::OneOf(texts(&["text"]))].into(),
            examples: texts(&["text", "json", "xml"]),
            ..variable("X", Kind::String)
        };
        let level = when(
            level,
            When {
                constraints: vec![Constraint::OneOf(texts(&["json"]))].into(),
                ..if_(in_profile(&["production"]))
            },
        );
        assert_eq!(
            Scene::new([level]).schema_found(),
            ["invalid-example: the example of `X` is not one of the allowed values: \"xml\""]
        );
    }
}
