//! `invalid-value`: a value that is not of its variable's kind.

use super::violation::{Case, mistakes};
use crate::diagnostic::{Diagnostic, Findings};
use crate::judge::{Judgement, Undeclaration};
use crate::kind::{Kind, Mistake};
use crate::phrase;
use crate::raw::Raw;
use crate::redact;
use crate::registry::{Check, Run};
use crate::schema::Constraint;
use crate::subject::{EntryId, Part, Subject};
use crate::table::RowId;

/// The check.
pub static CHECK: Check = Check {
    code: "invalid-value",
    summary: "a value that is not of its variable's kind",
    page: include_str!("invalid_value.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Findings) {
    for (case, mistake) in mistakes(judgement) {
        let is_text = *case.kind == Kind::String;
        let help = (!is_text).then(|| help(&case));
        report.push(case.diagnostic(CHECK.code, headline(&case, mistake)).maybe_help(help));
    }
    for (id, undeclaration) in judgement.undeclared() {
        if let Undeclaration::Table(first) = undeclaration {
            report.push(no_table(judgement, id, first));
        }
    }
}

/// A value of a typed file in the place of a table.
fn no_table(judgement: &Judgement<'_>, id: EntryId, first: RowId) -> Diagnostic {
    let environment = judgement.environment;
    let found = match environment.entry(id).raw {
        Raw::Number(_) => "a number",
        Raw::Boolean(_) => "true or false",
        Raw::List(_) => "a list",
        Raw::Null | Raw::Absent => "null",
        Raw::Text(_) | Raw::Content(_) | Raw::Bytes | Raw::Table(_) => "a text",
    };
    let [key, first] = [&environment.entry(id).key, &environment.table.row(first).path]
        .map(|path| Some(path.as_ref()).filter(|path| redact::is_plain(path)));
    let name = key.map_or_else(|| "this key".to_owned(), |key| format!("`{key}`"));
    let headline = format!("{name} is a table of variables here, not {found}");
    let help = match first {
        Some(first) => format!("set its variables one by one, such as `{first}`"),
        None => "set its variables one by one".to_owned(),
    };
    Diagnostic::error(CHECK.code, Subject::entry(id, Part::Key), headline).maybe_key(key).help(help)
}

fn help(case: &Case<'_>) -> String {
    let schemes = case.variable.constraints.iter().filter(|found| matches!(found, Constraint::Schemes(_)));
    let wanted = phrase::wanted(case.kind, schemes);
    // What is wrong with a hidden address is nearly always this.
    let escapes = match case.text {
        None if *case.kind == Kind::Url && !case.is_sensitive() => {
            ", and `@`, `:`, `/`, `?` and `#` in a password as `%40`, `%3A`, `%2F`, `%3F` and `%23`"
        }
        _ => "",
    };
    format!("write {wanted}{escapes}")
}

fn headline(case: &Case<'_>, mistake: &Mistake) -> String {
    let (subject, message) = (&case.subject, mistake.message);
    // What exactly is wrong would tell something of a secret.
    if case.text.is_none() && !case.is_public_shape() {
        return format!("{subject} is not a valid `{}` (its value stays hidden)", case.kind.name());
    }
    match case.quoted() {
        Some(quoted) if message.contains(": ") => format!("{subject} {message} (found {quoted})"),
        Some(quoted) => format!("{subject} {message}: {quoted}"),
        None => format!("{subject} {message}"),
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::kind::{Kind, List};
    use crate::schema::Constraint;
    use crate::testing::{Scene, constrained, list, secret, texts, variable};

    #[test]
    fn what_is_wrong_and_what_to_write() {
        let scene = Scene::new([variable("PORT", Kind::Port), variable("HOSTS", list(Kind::Host))]);
        let scene = scene.file("PORT=8001x\nHOSTS=a.example, b c,,d.example,\n");
        assert_eq!(
            scene.under(CHECK.code),
            [
                ".env:1:10: `PORT` is not a whole number: a letter stands behind the digits (found \"8001x\")",
                ".env:2:19: item 2 of `HOSTS` has a character that no host name has: \"b c\"",
                ".env:2:22: `HOSTS` has an empty item",
                ".env:2:32: `HOSTS` ends with a separator",
            ]
        );
        assert_eq!(scene.help()[0], "write a port from 1 to 65535");
        assert_eq!(
            scene.help()[2],
            "write items with commas between them, each a host name or an IP address such as `example.com`"
        );
    }

    #[test]
    fn of_a_secret_only_that_it_is_wrong() {
        let scene =
            Scene::new([secret(variable("URL", Kind::Url)), secret(variable("IDS", list(Kind::Uuid)))]);
        let scene = scene.file("URL=localhost:5432/hunter2\nIDS=hunter2,x\n");
        assert_eq!(
            scene.found(),
            [
                ".env:1:1: error[invalid-value]: `URL` is not a valid `url` (its value stays hidden)",
                ".env:2:1: error[invalid-value]: item 1 of `IDS` is not a valid `uuid` (its value stays hidden)",
                ".env:2:1: error[invalid-value]: item 2 of `IDS` is not a valid `uuid` (its value stays hidden)",
            ]
        );
        assert!(!format!("{:?}", scene.report()).contains("Within"));
    }

    #[test]
    fn a_hidden_address_gets_an_example_that_its_rules_allow() {
        let url = constrained("URL", Kind::Url, [Constraint::Schemes(texts(&["postgres"]))]);
        let scene = Scene::new([url]).file("URL=postgres:/app:hunter2@db/x\n");
        assert_eq!(
            scene.under(CHECK.code),
            [".env:1:1: `URL` is not a valid `url` (its value stays hidden)"]
        );
        let help = "write a url that starts with `postgres://`, and `@`, `:`, `/`, `?` and `#` in a password as `%40`, `%3A`, `%2F`, `%3F` and `%23`";
        assert_eq!(scene.help(), [help]);
    }

    #[test]
    fn a_value_that_does_not_count_says_which_one_does() {
        let scene = || Scene::new([variable("PORT", Kind::Port)]);
        let twice = scene().file("PORT=x\nPORT=80\n");
        assert_eq!(twice.codes(), [CHECK.code, "duplicate-assignment"]);
        assert_eq!(twice.labels()[0], ".env:2:1: this value counts");
        let replaced = scene().file("PORT=x\n").file_in("compose", ".env.local", "PORT=80\n");
        assert_eq!(
            replaced.found(),
            [".env:1:6: warning[invalid-value]: `PORT` is not a whole number: it has letters (found \"x\")"]
        );
        assert_eq!(replaced.labels(), [".env.local:1:1: this value is used instead"]);
    }

    #[test]
    fn many_wrong_items_have_their_own_places() {
        let numbers = Kind::List(List { separator: ' ', items: Kind::Integer.into() });
        let text = format!("N={}\n", "x ".repeat(300));
        let found = Scene::new([variable("N", numbers)]).file(&text).under(CHECK.code);
        assert_eq!(found.len(), 300);
        assert!(found[299].starts_with(".env:1:601: item 300 of `N`"), "{}", found[299]);
    }
}
