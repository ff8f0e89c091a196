//! `unknown-variable`: a key that the schema does not declare.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::{Edit, Findings, Fix, Safety, Severity};
use crate::judge::{Judgement, Undeclaration};
use crate::layer::LayerKind;
use crate::raw::Raw;
use crate::registry::{Check, Run};
use crate::schema::{Policy, Unknown};
use crate::subject::{EntryId, Part, Subject};

/// The check.
pub static CHECK: Check = Check {
    code: "unknown-variable",
    summary: "a key that the schema does not declare",
    page: include_str!("unknown_variable.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Findings) {
    let unknown = &judgement.environment.table.schema.unknown;
    if judgement.environment.undeclared.is_empty() || unknown.policy == Some(Policy::Allow) {
        return;
    }
    for (id, undeclaration) in judgement.undeclared() {
        let is_near = match undeclaration {
            Undeclaration::Quiet | Undeclaration::Table(_) => continue,
            Undeclaration::NearMiss(_) | Undeclaration::File(_) => true,
            Undeclaration::Unknown => false,
        };
        let key = judgement.shown_key(id);
        if let Some(severity) = severity(unknown, judgement.environment.layer(id).kind, key, is_near) {
            report.push(diagnostic(judgement, id, key, undeclaration).severity(severity));
        }
    }
}

/// How bad it is; `None` if it is nothing. Other programs' keys are no concern in the process environment.
fn severity(unknown: &Unknown, kind: LayerKind, key: Option<&str>, is_near: bool) -> Option<Severity> {
    if kind == LayerKind::Process {
        return is_near.then_some(Severity::Warning);
    }
    let is_owned = |key: &str| unknown.prefixes.iter().any(|prefix| key.starts_with(prefix.as_ref()));
    // A typed file is the program's own, and its paths have no prefix.
    let is_shared = kind != LayerKind::Document && !unknown.prefixes.is_empty();
    let is_foreign = is_shared && !is_near && !key.is_some_and(is_owned);
    match unknown.policy {
        _ if is_foreign => None,
        Some(Policy::Error) => Some(Severity::Error),
        Some(Policy::Warn) => Some(Severity::Warning),
        Some(Policy::Allow) => None,
        None => Some(if is_near { Severity::Error } else { Severity::Warning }),
    }
}

fn diagnostic(
    judgement: &Judgement<'_>,
    id: EntryId,
    key: Option<&str>,
    undeclaration: Undeclaration,
) -> Diagnostic {
    let subject = Subject::entry(id, Part::Key);
    let Some(key) = key else { return unnamed(judgement, id, subject) };
    let headline = format!("`{key}` is not declared in the schema");
    let diagnostic = Diagnostic::error(CHECK.code, subject.clone(), headline).key(key);
    let is_path = judgement.environment.layer(id).kind == LayerKind::Document;
    if let Undeclaration::File(row) = undeclaration {
        let row = judgement.environment.table.row(row);
        let (path, key) = (&row.path, &row.key);
        return diagnostic.help(format!("a file that holds the value of `{path}` is named by `{key}_FILE`"));
    }
    let Undeclaration::NearMiss(near) = undeclaration else {
        let meant = is_path.then(|| judgement.environment.table.find(&key_of(key))).flatten();
        return diagnostic.help(match meant {
            Some(row) => {
                let meant = &judgement.environment.table.row(row).key;
                format!("if `{meant}` is meant, write `path: {key}` for it in the schema")
            }
            None => "declare it in the schema, or remove it".to_owned(),
        });
    };
    let row = judgement.environment.table.row(near);
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

/// The key that a path of a typed file is most likely meant for: `database.poolSize` is `DATABASE_POOL_SIZE`.
fn key_of(path: &str) -> String {
    let mut key = String::with_capacity(path.len());
    for character in path.chars() {
        if character.is_ascii_uppercase() && key.ends_with(|last: char| last.is_ascii_lowercase()) {
            key.push('_');
        }
        key.push(if matches!(character, '.' | '-') { '_' } else { character });
    }
    key.to_ascii_uppercase()
}

/// A key that must not be shown: nobody knows whether it is one.
fn unnamed(judgement: &Judgement<'_>, id: EntryId, subject: Subject) -> Diagnostic {
    let (headline, help) = if judgement.environment.entry(id).raw == Raw::Absent {
        ("a name without a value is not declared in the schema", "write `KEY=value`, or remove the line")
    } else {
        (
            "a key is not declared in the schema, and it is not shaped like one",
            "a key is letters, digits and underscores, and does not start with a digit",
        )
    };
    Diagnostic::error(CHECK.code, subject, headline).help(help)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::kind::Kind;
    use crate::layer::LayerKind;
    use crate::raw::Raw;
    use crate::schema::{Policy, Schema, Unknown, Variable};
    use crate::testing::{Scene, texts, variable};

    fn scene() -> Scene {
        Scene::new(["DATABASE_URL", "DB_HOST1", "PORT"].map(|key| variable(key, Kind::String)))
    }

    fn with(unknown: Unknown) -> Scene {
        scene().schema(|schema: &mut Schema| schema.unknown = unknown)
    }

    #[test]
    fn a_near_miss_is_an_error_and_anything_else_a_warning() {
        let found = scene().file("DATABSE_URL=1\nDB_HOST2=1\nporT=1\nPATH=1\n");
        assert_eq!(
            found.under(CHECK.code),
            [
                ".env:1:1: `DATABSE_URL` is not declared in the schema",
                ".env:2:1: warning: `DB_HOST2` is not declared in the schema",
                ".env:3:1: `porT` is not declared in the schema",
                ".env:4:1: warning: `PATH` is not declared in the schema",
            ]
        );
        let meant = "did you mean `DATABASE_URL`?";
        let other = "declare it in the schema, or remove it";
        assert_eq!(found.help(), [meant, other, "did you mean `PORT`?", other]);
    }

    #[test]
    fn the_schema_decides_otherwise() {
        let found = |unknown: Unknown| {
            let report = with(unknown).file("DATABSE_URL=1\nAPP_X=1\nAWS_Y=1\n").under(CHECK.code);
            report.iter().map(|line| line.contains("warning")).collect::<Vec<_>>()
        };
        let policy = |policy| Unknown { policy: Some(policy), ..Unknown::default() };
        assert_eq!(found(Unknown::default()), [false, true, true]);
        assert_eq!(found(policy(Policy::Error)), [false, false, false]);
        assert_eq!(found(policy(Policy::Warn)), [true, true, true]);
        assert_eq!(found(policy(Policy::Allow)), [] as [bool; 0]);
        assert_eq!(found(Unknown { prefixes: texts(&["APP_"]), ..Unknown::default() }), [false, true]);
        assert_eq!(found(Unknown { allow: texts(&["AWS_*", "DATABSE_URL"]), ..Unknown::default() }), [true]);
    }

    #[test]
    fn owned_prefixes_are_those_of_the_environment() {
        let unknown =
            Unknown { policy: Some(Policy::Error), prefixes: texts(&["APP_"]), ..Unknown::default() };
        let values = [("totally", Raw::Number("1".into())), ("foo.bar", Raw::Boolean(true))];
        let found = with(unknown).values(LayerKind::Document, values).under(CHECK.code);
        let told = |key: &str| format!("values: `{key}` is not declared in the schema");
        assert_eq!(found, [told("totally"), told("foo.bar")]);
    }

    #[test]
    fn a_file_for_a_path_is_named_by_its_key() {
        let password = Variable { path: "db.password".into(), ..variable("APP_DB_PASSWORD", Kind::String) };
        let values = [("db.password_file", Raw::Text("/run/secrets/db".into()))];
        let scene = Scene::new([password]).values(LayerKind::Document, values);
        assert_eq!(scene.under(CHECK.code), ["values: `db.password_file` is not declared in the schema"]);
        assert_eq!(
            scene.help(),
            ["a file that holds the value of `db.password` is named by `APP_DB_PASSWORD_FILE`"]
        );
    }

    #[test]
    fn the_process_environment_is_asked_for_near_misses_only() {
        let found =
            scene().process(&[("DATABSE_URL", "1"), ("PATH", "/bin"), ("HOME", "/")]).under(CHECK.code);
        assert_eq!(found, ["process environment: warning: `DATABSE_URL` is not declared in the schema"]);
        let quiet = with(Unknown { policy: Some(Policy::Allow), ..Unknown::default() });
        assert_eq!(quiet.process(&[("DATABSE_URL", "1")]).found(), [] as [&str; 0]);
    }

    #[test]
    fn a_key_that_is_not_shaped_like_one_is_not_shown() {
        let found = scene().values(LayerKind::Map, [("hunter2!", Raw::Text("1".into()))]).under(CHECK.code);
        assert_eq!(
            found,
            ["values: warning: a key is not declared in the schema, and it is not shaped like one"]
        );
        assert_eq!(
            scene().file("hunter2\n").under(CHECK.code),
            [".env:1:1: warning: a name without a value is not declared in the schema"]
        );
    }

    #[test]
    fn a_misspelt_key_is_renamed_only_where_the_right_one_is_free() {
        let fixes = |text: &str| {
            let report = scene().file(text).report();
            report.diagnostics.iter().filter(|located| located.diagnostic.fix.is_some()).count()
        };
        assert_eq!(fixes("DATABSE_URL=1\n"), 1);
        assert_eq!(fixes("DATABSE_URL=1\nDATABASE_URL=2\n"), 0);
    }

    #[test]
    fn a_path_without_a_variable_may_be_meant_for_one() {
        let scene = Scene::new(["DATABASE_URL", "DATABASE_POOL_SIZE"].map(|key| variable(key, Kind::String)));
        let value = || Raw::Text("1".into());
        let paths = ["database.url", "database.poolSize", "database.host"].map(|path| (path, value()));
        let meant =
            |key: &str, path: &str| format!("if `{key}` is meant, write `path: {path}` for it in the schema");
        assert_eq!(
            scene.values(LayerKind::Document, paths).help(),
            [
                meant("DATABASE_URL", "database.url"),
                meant("DATABASE_POOL_SIZE", "database.poolSize"),
                "declare it in the schema, or remove it".to_owned(),
            ]
        );
    }

    #[test]
    fn keys_of_typed_files_are_paths() {
        let url = Variable { path: "database.url".into(), ..variable("DATABASE_URL", Kind::String) };
        let scene = Scene::new([url]).values(LayerKind::Document, [("database.ulr", Raw::Text("1".into()))]);
        assert_eq!(scene.help(), ["did you mean `database.url`?"]);
    }
}
