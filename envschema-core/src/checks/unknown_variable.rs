//! `unknown-variable`: a key that the schema does not declare.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::{Edit, Fix, Safety, Severity};
use crate::judge::{Judgement, Undeclaration};
use crate::layer::LayerKind;
use crate::registry::{Check, Run};
use crate::schema::{Policy, Unknown};
use crate::subject::{EntryId, Part, Subject};
use crate::table::RowId;

/// The check.
pub static CHECK: Check = Check {
    code: "unknown-variable",
    summary: "a key that the schema does not declare",
    page: include_str!("unknown_variable.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
    let unknown = &judgement.environment.table.schema.unknown;
    if judgement.environment.undeclared.is_empty() || unknown.policy == Some(Policy::Allow) {
        return;
    }
    for (id, undeclaration) in judgement.undeclared() {
        let near = match undeclaration {
            Undeclaration::Quiet => continue,
            Undeclaration::NearMiss(row) => Some(row),
            Undeclaration::Unknown => None,
        };
        let key = judgement.shown_key(id);
        if let Some(severity) = severity(unknown, judgement.environment.layer(id).kind, key, near.is_some()) {
            report.push(diagnostic(judgement, id, key, near).severity(severity));
        }
    }
}

/// How bad it is; `None` if it is nothing. Other programs' keys are no concern in the process environment.
fn severity(unknown: &Unknown, kind: LayerKind, key: Option<&str>, is_near: bool) -> Option<Severity> {
    if kind == LayerKind::Process {
        return is_near.then_some(Severity::Warning);
    }
    let is_owned = |key: &str| unknown.prefixes.iter().any(|prefix| key.starts_with(prefix.as_ref()));
    let is_foreign = !unknown.prefixes.is_empty() && !is_near && !key.is_some_and(is_owned);
    match unknown.policy {
        _ if is_foreign => None,
        Some(Policy::Error) => Some(Severity::Error),
        Some(Policy::Warn) => Some(Severity::Warning),
        Some(Policy::Allow) => None,
        None => Some(if is_near { Severity::Error } else { Severity::Warning }),
    }
}

fn diagnostic(judgement: &Judgement<'_>, id: EntryId, key: Option<&str>, near: Option<RowId>) -> Diagnostic {
    let subject = Subject::entry(id, Part::Key);
    let Some(key) = key else {
        let headline = "a key is not declared in the schema, and it is not shaped like one";
        return Diagnostic::error(CHECK.code, subject, headline)
            .help("a key is letters, digits and underscores, and does not start with a digit");
    };
    let headline = format!("`{key}` is not declared in the schema");
    let diagnostic = Diagnostic::error(CHECK.code, subject.clone(), headline).key(key);
    let Some(near) = near else {
        return diagnostic.help("declare it in the schema, or remove it");
    };
    let row = judgement.environment.table.row(near);
    let is_path = judgement.environment.layer(id).kind == LayerKind::Document;
    let meant = if is_path { &row.path } else { &row.key };
    let rename = Fix {
        title: format!("rename it to `{meant}`"),
        edits: vec![Edit { subject, text: meant.to_string() }],
        safety: Safety::Unsafe,
    };
    // In a typed file the key is but the last part of a path; and no fix may set a key twice.
    let is_free = !is_path && judgement.environment.top(near).is_none();
    diagnostic.help(format!("did you mean `{meant}`?")).fix(Some(rename).filter(|_| is_free))
}
