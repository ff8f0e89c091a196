//! `deprecated-variable`: a variable that should no longer be used, or an old name of one.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::{Edit, Findings, Fix, Safety, Severity};
use crate::environment::{Occurrence, Spelling, Standing};
use crate::judge::Judgement;
use crate::phrase;
use crate::redact;
use crate::registry::{Check, Run};
use crate::schema::Deprecation;
use crate::subject::{Part, Subject, VariablePart};
use crate::table::RowId;

/// The check.
pub static CHECK: Check = Check {
    code: "deprecated-variable",
    summary: "a variable that should no longer be used, or an old name of one",
    page: include_str!("deprecated_variable.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Findings) {
    let occurrences = &judgement.environment.occurrences;
    for occurrence in occurrences.iter().filter(|occurrence| occurrence.standing != Standing::Void) {
        let variable = judgement.environment.table.row(occurrence.row).variable;
        if let Some(deprecation) = &variable.deprecated {
            report.push(deprecated(judgement, occurrence, deprecation));
        } else if let Spelling::Alias(index) = occurrence.spelling {
            report.push(old_name(judgement, occurrence, index));
        }
    }
}

fn deprecated(judgement: &Judgement<'_>, occurrence: &Occurrence, deprecation: &Deprecation) -> Diagnostic {
    let row = judgement.environment.table.row(occurrence.row);
    let name = phrase::name(judgement.shown_key(occurrence.id), &row.key);
    let verdict = if deprecation.removed { "is no longer supported" } else { "is deprecated" };
    let note = match deprecation.note.trim_end_matches('.') {
        "" => String::new(),
        note => format!(": {}", redact::escape(note)),
    };
    let new = deprecation.replaced_by.as_deref();
    let help = new.map_or_else(|| "remove it".to_owned(), |new| format!("use `{new}` instead"));
    let target = new.and_then(|new| judgement.environment.table.find_beside(row, new));
    Diagnostic::warning(
        CHECK.code,
        Subject::entry(occurrence.id, Part::Key),
        format!("{name} {verdict}{note}"),
    )
    .severity(if deprecation.removed { Severity::Error } else { Severity::Warning })
    .key(row.key.as_ref())
    .rule(Subject::variable(occurrence.row, VariablePart::Deprecated))
    .help(help)
    .fix(target.and_then(|target| rename(judgement, occurrence, target, Safety::Unsafe)))
}

fn old_name(judgement: &Judgement<'_>, occurrence: &Occurrence, alias: u32) -> Diagnostic {
    let row = judgement.environment.table.row(occurrence.row);
    let old = row.variable.aliases.get(alias as usize).map(AsRef::as_ref).unwrap_or_default();
    Diagnostic::warning(
        CHECK.code,
        Subject::entry(occurrence.id, Part::Key),
        format!("`{old}` is an old name of `{}`", row.key),
    )
    .key(old)
    .rule(Subject::variable(occurrence.row, VariablePart::Alias(alias)))
    .help(format!("use `{}` instead", row.key))
    .fix(rename(judgement, occurrence, occurrence.row, Safety::Safe))
}

/// The fix that gives the entry the key of `target`, unless that is set already.
fn rename(judgement: &Judgement<'_>, occurrence: &Occurrence, target: RowId, safety: Safety) -> Option<Fix> {
    let environment = judgement.environment;
    let is_only = match environment.top(target) {
        None => true,
        Some(top) => {
            environment.occurrences[top as usize].id == occurrence.id && occurrence.previous.is_none()
        }
    };
    let ending = if occurrence.spelling == Spelling::File { "_FILE" } else { "" };
    let new = format!("{}{ending}", environment.table.row(target).key);
    let edit = Edit { subject: Subject::entry(occurrence.id, Part::Key), text: new.clone() };
    is_only.then(|| Fix { title: format!("rename it to `{new}`"), edits: vec![edit], safety })
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::diagnostic::Fix;
    use crate::kind::Kind;
    use crate::schema::{Deprecation, Variable};
    use crate::testing::{Scene, texts, variable};

    fn old(deprecation: Deprecation) -> [Variable; 2] {
        let old = Variable { deprecated: Some(deprecation), ..variable("OLD", Kind::String) };
        [Variable { aliases: texts(&["OLDER"]), ..old }, variable("NEW", Kind::String)]
    }

    fn fix(scene: &Scene) -> Option<String> {
        let report = scene.report();
        report
            .diagnostics
            .into_iter()
            .find_map(|located| located.diagnostic.fix)
            .map(|Fix { title, .. }| title)
    }

    #[test]
    fn a_warning_until_it_is_removed() {
        let found = |deprecation| Scene::new(old(deprecation)).file("OLD=1\n").found();
        let note = || Deprecation { note: "since 2.0.".into(), ..Deprecation::default() };
        assert_eq!(found(note()), [".env:1:1: warning[deprecated-variable]: `OLD` is deprecated: since 2.0"]);
        assert_eq!(
            found(Deprecation { removed: true, ..note() }),
            [".env:1:1: error[deprecated-variable]: `OLD` is no longer supported: since 2.0"]
        );
        assert_eq!(
            found(Deprecation::default()),
            [".env:1:1: warning[deprecated-variable]: `OLD` is deprecated"]
        );
    }

    #[test]
    fn it_is_renamed_to_what_replaces_it_unless_that_is_set() {
        let replaced = || Deprecation { replaced_by: Some("NEW".into()), ..Deprecation::default() };
        let scene = |text: &str| Scene::new(old(replaced())).file(text);
        assert_eq!(scene("OLD=1\n").help(), ["use `NEW` instead"]);
        assert_eq!(fix(&scene("OLD=1\n")).as_deref(), Some("rename it to `NEW`"));
        assert_eq!(fix(&scene("OLD_FILE=/x\n")).as_deref(), Some("rename it to `NEW_FILE`"));
        assert_eq!(fix(&scene("OLD=1\nNEW=2\n")), None);
    }

    #[test]
    fn an_alias_is_an_old_name() {
        let scene = |text: &str| {
            Scene::new([Variable { aliases: texts(&["OLD"]), ..variable("NEW", Kind::String) }]).file(text)
        };
        assert_eq!(scene("OLD=1\n").under(CHECK.code), [".env:1:1: warning: `OLD` is an old name of `NEW`"]);
        assert_eq!(fix(&scene("OLD=1\n")).as_deref(), Some("rename it to `NEW`"));
        assert_eq!(fix(&scene("NEW=1\nOLD=1\n")), None);
        assert_eq!(scene("NEW=1\n").found(), [] as [&str; 0]);
    }

    #[test]
    fn an_alias_of_a_deprecated_variable_is_named_as_it_is_spelled() {
        let found = Scene::new(old(Deprecation::default())).file("OLDER=1\n").under(CHECK.code);
        assert_eq!(found, [".env:1:1: warning: `OLDER` (`OLD`) is deprecated"]);
    }
}
