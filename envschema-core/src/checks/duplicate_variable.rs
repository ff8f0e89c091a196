//! `duplicate-variable`: two variables of a schema that have one key.

use crate::diagnostic::Diagnostic;
use crate::phrase;
use crate::redact;
use crate::registry::{Check, Run};
use crate::subject::{Subject, VariablePart};
use crate::table::{Clash, Table};

/// The check.
pub static CHECK: Check = Check {
    code: "duplicate-variable",
    summary: "two variables of a schema that have one key",
    page: include_str!("duplicate_variable.md"),
    run: Run::Schema(run),
};

fn run(table: &Table<'_>, report: &mut Vec<Diagnostic>) {
    report.extend(table.clashes().iter().map(|clash| diagnostic(table, clash)));
}

fn diagnostic(table: &Table<'_>, clash: &Clash) -> Diagnostic {
    let (row, first) = (table.row(clash.row), table.row(clash.first));
    let (name, part) = match clash.part {
        Some(VariablePart::Alias(index)) => {
            (&row.variable.aliases[index as usize], VariablePart::Alias(index))
        }
        Some(part) => (&row.key, part),
        None => (&row.path, VariablePart::Key),
    };
    let name = redact::escape(name);
    let (headline, help) = if clash.part.is_none() {
        let keys = phrase::all(&[&first.key, &row.key]);
        (format!("`{name}` is the path of both {keys}"), "give each of them a path of its own")
    } else {
        (format!("`{name}` is declared more than once"), "give each variable a key of its own")
    };
    Diagnostic::error(CHECK.code, Subject::variable(clash.row, part), headline)
        .key(name)
        .label(Subject::variable(clash.first, VariablePart::Key), "declared here first")
        .help(help)
}

#[cfg(all(test, feature = "dotenv"))]
mod tests {
    use crate::kind::Kind;
    use crate::schema::{Entry, Group, Variable};
    use crate::testing::{Scene, texts, variable};

    #[test]
    fn keys_aliases_and_paths_are_taken_once() {
        let group = Group {
            prefix: "DB_".into(),
            entries: vec![Entry::Variable(variable("URL", Kind::Url))].into(),
            ..Group::default()
        };
        let scene = Scene::of([
            Entry::Variable(variable("DB_URL", Kind::Url)),
            Entry::Group(group),
            Entry::Variable(Variable { aliases: texts(&["DB_URL", "B", "B"]), ..variable("A", Kind::Url) }),
            Entry::Variable(Variable { path: "x.y".into(), ..variable("C", Kind::Url) }),
            Entry::Variable(Variable { path: "x.y".into(), ..variable("D", Kind::Url) }),
        ]);
        assert_eq!(
            scene.schema_found(),
            [
                "duplicate-variable: `DB_URL` is declared more than once",
                "duplicate-variable: `DB_URL` is declared more than once",
                "duplicate-variable: `B` is declared more than once",
                "duplicate-variable: `x.y` is the path of both `C` and `D`",
            ]
        );
    }
}
