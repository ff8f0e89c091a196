//! `unknown-variable`: a key that the schema does not declare.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::{Edit, Fix, Safety, Severity};
use crate::judge::Judgement;
use crate::layer::LayerKind;
use crate::registry::{Check, Run};
use crate::schema::{Policy, Unknown};
use crate::subject::{EntryId, Part, Subject};
use crate::suggest;
use crate::table::Table;

/// The check.
pub static CHECK: Check = Check {
    code: "unknown-variable",
    summary: "a key that the schema does not declare",
    page: include_str!("unknown_variable.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
    let environment = judgement.environment;
    let unknown = &environment.table.schema.unknown;
    for id in &environment.undeclared {
        let key = environment.shown_key(*id);
        let selects_profile = |key| environment.table.schema.profile.as_deref() == Some(key);
        if key.is_some_and(|key| is_allowed(unknown, key) || selects_profile(key)) {
            continue;
        }
        let near = key.and_then(|key| near_miss(environment.table, key));
        if let Some(severity) = severity(unknown, environment.layer(*id).kind, key, near) {
            report.push(diagnostic(*id, key, near).severity(severity));
        }
    }
}

/// How bad it is; `None` if it is nothing. Other programs' keys are no concern in the process environment.
fn severity(unknown: &Unknown, kind: LayerKind, key: Option<&str>, near: Option<&str>) -> Option<Severity> {
    if kind == LayerKind::Process {
        return near.map(|_| Severity::Warning);
    }
    let is_foreign = !unknown.prefixes.is_empty()
        && near.is_none()
        && !key.is_some_and(|key| unknown.prefixes.iter().any(|prefix| key.starts_with(prefix.as_ref())));
    match unknown.policy {
        _ if is_foreign => None,
        Some(Policy::Error) => Some(Severity::Error),
        Some(Policy::Warn) => Some(Severity::Warning),
        Some(Policy::Allow) => None,
        None => Some(if near.is_some() { Severity::Error } else { Severity::Warning }),
    }
}

fn is_allowed(unknown: &Unknown, key: &str) -> bool {
    unknown.allow.iter().any(|allowed| match allowed.strip_suffix('*') {
        Some(start) => key.starts_with(start),
        None => key == allowed,
    })
}

/// The declared key that was most likely meant.
fn near_miss<'t>(table: &'t Table<'_>, key: &str) -> Option<&'t str> {
    suggest::nearest(key, table.rows.iter().map(|row| row.key.as_ref()))
}

fn diagnostic(id: EntryId, key: Option<&str>, near: Option<&str>) -> Diagnostic {
    let subject = Subject::entry(id, Part::Key);
    let Some(key) = key else {
        return Diagnostic::error(
            CHECK.code,
            subject,
            "a key that the schema does not declare, and that is not shaped like one",
        )
        .help("a key is letters, digits and underscores, and does not start with a digit");
    };
    let diagnostic =
        Diagnostic::error(CHECK.code, subject.clone(), format!("`{key}` is not declared in the schema"))
            .key(key);
    match near {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).fix(Some(Fix {
            title: format!("rename it to `{near}`"),
            edits: vec![Edit { subject, text: near.to_owned() }],
            safety: Safety::Unsafe,
        })),
        None => diagnostic.help("declare it in the schema, or remove it"),
    }
}
