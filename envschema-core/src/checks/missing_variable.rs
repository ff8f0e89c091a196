//! `missing-variable`: a required variable that is not set.

use crate::diagnostic::{Diagnostic, Findings};
use crate::judge::Judgement;
use crate::layer::LayerKind;
use crate::phrase;
use crate::registry::{Check, Run};
use crate::schema::Rule;
use crate::subject::{Part, Subject};
use crate::table::{RowId, RuleRow};

/// The check.
pub static CHECK: Check = Check {
    code: "missing-variable",
    summary: "a required variable that is not set",
    page: include_str!("missing_variable.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Findings) {
    for (id, row) in judgement.environment.table.iter() {
        if judgement.environment.top(id).is_some() {
            continue;
        }
        if let Some((why, part)) = judgement.due(id) {
            let headline = format!("`{}` is not set, but it is required{why}", row.key);
            let diagnostic = error(&row.key, Subject::Environment, headline);
            let causes = judgement.causes(id, part);
            let diagnostic = causes
                .into_iter()
                .fold(diagnostic, |diagnostic, cause| set_here(judgement, cause, diagnostic));
            report.push(advise(judgement, id, diagnostic.rule(Subject::variable(id, part))));
        }
    }
    for (index, rule) in (0..).zip(&judgement.environment.table.rules) {
        check_rule(judgement, index, rule, report);
    }
}

fn error(key: &str, primary: Subject, headline: String) -> Diagnostic {
    Diagnostic::error(CHECK.code, primary, headline).key(key)
}

/// What to do: rename the key that most likely was meant to be this one, else set it.
fn advise(judgement: &Judgement<'_>, row: RowId, diagnostic: Diagnostic) -> Diagnostic {
    let environment = judgement.environment;
    let key = &environment.table.row(row).key;
    let misspelt = judgement.misspelling_of(row);
    if let Some((id, spelled)) = misspelt.and_then(|id| Some((id, judgement.shown_key(id)?))) {
        let is_path = environment.layer(id).kind == LayerKind::Document;
        let meant = if is_path { &environment.table.row(row).path } else { key };
        return diagnostic
            .label(Subject::entry(id, Part::Key), "most likely meant here")
            .help(format!("rename `{spelled}` to `{meant}`"));
    }
    let constraints = judgement.constraints(row).into_iter().map(|(constraint, _)| constraint);
    let wanted = phrase::wanted(&environment.table.row(row).variable.kind, constraints);
    diagnostic.help(format!("set `{key}` to {wanted}"))
}

fn check_rule(judgement: &Judgement<'_>, index: u32, rule: &RuleRow<'_>, report: &mut Findings) {
    let table = judgement.environment.table;
    let found = rule.rule.keys().into_iter().filter_map(|key| table.find_in_rule(rule, key));
    let rows: Vec<RowId> = found.filter(|row| judgement.applies(*row)).collect();
    let keys: Vec<&str> = rows.iter().map(|row| table.row(*row).key.as_ref()).collect();
    let set = rows.iter().find(|row| judgement.environment.winner(**row).is_some());
    match (rule.rule, set) {
        (Rule::AllOrNone(_), Some(set)) => {
            let unset = rows.iter().filter(|row| judgement.environment.winner(**row).is_none());
            report
                .extend(unset.map(|row| incomplete(judgement, *row, *set, &keys).rule(Subject::Rule(index))));
        }
        (Rule::ExactlyOne(_) | Rule::AtLeastOne(_), None) => {
            let Some(key) = keys.first() else { return };
            let many = if matches!(rule.rule, Rule::ExactlyOne(_)) { "exactly one" } else { "at least one" };
            let headline = format!("none of {} is set, but {many} is required", phrase::all(&keys));
            let help = format!("set {}", phrase::alternatives(&keys));
            report.push(error(key, Subject::Environment, headline).rule(Subject::Rule(index)).help(help));
        }
        _ => {}
    }
}

/// A variable that is not set, though one it belongs together with is.
fn incomplete(judgement: &Judgement<'_>, row: RowId, set: RowId, keys: &[&str]) -> Diagnostic {
    let environment = judgement.environment;
    let [key, set_key] = [row, set].map(|row| environment.table.row(row).key.as_ref());
    let empty = environment.top(row).map(|top| environment.occurrences[top as usize].id);
    let (primary, verdict) = match empty {
        Some(id) => (Subject::entry(id, Part::Key), "is empty, which counts as not set"),
        None => (Subject::Environment, "is not set"),
    };
    let headline = format!("`{key}` {verdict}, but `{set_key}` is set, and they belong together");
    let diagnostic = error(key, primary, headline);
    set_here(judgement, set, diagnostic).help(format!("set all of {}, or none", phrase::all(keys)))
}

/// Adds where a variable is set, if it is.
fn set_here(judgement: &Judgement<'_>, row: RowId, diagnostic: Diagnostic) -> Diagnostic {
    let environment = judgement.environment;
    let Some(winner) = environment.winner(row) else { return diagnostic };
    let id = environment.occurrences[winner as usize].id;
    diagnostic
        .label(Subject::entry(id, Part::Key), format!("`{}` is set here", environment.table.row(row).key))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::kind::Kind;
    use crate::layer::LayerKind;
    use crate::raw::Raw;
    use crate::schema::Variable;
    use crate::schema::{Condition, Constraint, Presence, Rule, When};
    use crate::testing::{Scene, constrained, if_, in_profile, required, texts, variable, when};

    #[test]
    fn what_is_required_and_not_set() {
        let scene = Scene::new([required("PORT", Kind::Port), variable("HOST", Kind::Host)]);
        assert_eq!(scene.file("HOST=a\n").under(CHECK.code), [".env: `PORT` is not set, but it is required"]);
        let set = Scene::new([required("PORT", Kind::Port)]);
        assert_eq!(set.file("PORT=80\n").found(), [] as [&str; 0]);
    }

    #[test]
    fn what_makes_it_due_is_shown_where_it_stands() {
        let s3 = When {
            presence: Some(Presence::Required),
            ..if_(Condition {
                values: vec![("STORAGE".into(), texts(&["s3"]))].into(),
                ..Condition::default()
            })
        };
        let scene =
            Scene::new([variable("STORAGE", Kind::String), when(variable("BUCKET", Kind::String), s3)]);
        let scene = scene.file("A=1\nSTORAGE=s3\n");
        let headline = ".env: `BUCKET` is not set, but it is required because `STORAGE` is `s3`";
        assert_eq!(scene.under(CHECK.code), [headline]);
        assert_eq!(scene.labels(), [".env:2:1: `STORAGE` is set here"]);
    }

    #[test]
    fn a_bare_name_sets_nothing_and_a_file_does() {
        let scene = || Scene::new([required("PORT", Kind::Port)]);
        assert_eq!(scene().file("PORT\n").codes(), [CHECK.code]);
        assert_eq!(scene().file("PORT_FILE=/run/secrets/port\n").codes(), [] as [&str; 0]);
    }

    #[test]
    fn help_says_what_to_write() {
        let production = When { presence: Some(Presence::Required), ..if_(in_profile(&["production"])) };
        let format = constrained("FORMAT", Kind::String, [Constraint::OneOf(texts(&["json", "text"]))]);
        let url = constrained("DATABASE_URL", Kind::Url, [Constraint::Schemes(texts(&["postgres"]))]);
        let scene =
            Scene::new([when(format, production.clone()), when(url, production)]).profile("production");
        let scene = scene.file("DATABSE_URL=x\n");
        assert_eq!(
            scene.under(CHECK.code),
            [
                ".env: `FORMAT` is not set, but it is required in the profile `production`",
                ".env: `DATABASE_URL` is not set, but it is required in the profile `production`",
            ]
        );
        assert_eq!(
            scene.help()[1..],
            ["set `FORMAT` to `json` or `text`", "rename `DATABSE_URL` to `DATABASE_URL`"]
        );
        assert_eq!(scene.labels(), [".env:1:1: most likely meant here"]);
    }

    #[test]
    fn rules_say_what_belongs_together() {
        let keys = ["CLIENT_ID", "CLIENT_SECRET"];
        let variables = || keys.map(|key| variable(key, Kind::String));
        let found = |rule, text: &str| Scene::new(variables()).rules([rule]).file(text).under(CHECK.code);
        let all = || Rule::AllOrNone(texts(&keys));
        assert_eq!(found(all(), "X=1\n"), [] as [&str; 0]);
        assert_eq!(
            found(all(), "CLIENT_ID=1\n"),
            [".env: `CLIENT_SECRET` is not set, but `CLIENT_ID` is set, and they belong together"]
        );
        assert_eq!(
            found(all(), "CLIENT_ID=1\nCLIENT_SECRET=\n"),
            [
                ".env:2:1: `CLIENT_SECRET` is empty, which counts as not set, but `CLIENT_ID` is set, and they belong together"
            ]
        );
        assert_eq!(
            found(Rule::ExactlyOne(texts(&keys)), "X=1\n"),
            [".env: none of `CLIENT_ID` and `CLIENT_SECRET` is set, but exactly one is required"]
        );
        assert_eq!(
            found(Rule::AtLeastOne(texts(&keys)), "X=1\n"),
            [".env: none of `CLIENT_ID` and `CLIENT_SECRET` is set, but at least one is required"]
        );
        assert_eq!(found(Rule::AtMostOne(texts(&keys)), "X=1\n"), [] as [&str; 0]);
        assert_eq!(found(Rule::AtLeastOne(texts(&keys)), "CLIENT_ID=1\n"), [] as [&str; 0]);
    }

    #[test]
    fn a_misspelt_path_is_renamed_to_the_path() {
        let inner = Variable { path: "in-ner.type".into(), ..required("A_IN_NER_TYPE", Kind::String) };
        let values = [("in_ner.type", Raw::Text("x".into()))];
        let help = Scene::new([inner]).values(LayerKind::Document, values).help();
        assert_eq!(help, ["did you mean `in-ner.type`?", "rename `in_ner.type` to `in-ner.type`"]);
    }
}
