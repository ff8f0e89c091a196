//! `undefined-reference`: a reference to a variable that is set nowhere.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Findings};
use crate::dotenv::{Reference, Syntax, Target};
use crate::judge::Judgement;
use crate::redact;
use crate::registry::{Check, Run};
use crate::subject::{EntryId, Part, Subject};
use crate::suggest::Nearest;

/// The check.
pub static CHECK: Check = Check {
    code: "undefined-reference",
    summary: "a reference to a variable that is set nowhere",
    page: include_str!("undefined_reference.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Findings) {
    super::syntax::report(judgement, Syntax::UndefinedReference, CHECK.code, report);
    let known = Nearest::new(known_keys(judgement));
    for (index, layer) in (0..).zip(judgement.environment.layers) {
        // Of a value that never ends more is said than that it refers to itself.
        let endless = layer.problems.iter().filter(|problem| problem.code == Syntax::ExpansionLimit);
        let endless: BTreeSet<u32> = endless.filter_map(|problem| problem.assignment).collect();
        let mut outer: Vec<&Reference<'_>> = Vec::new();
        for (number, found) in (0..).zip(&layer.references) {
            while outer.last().is_some_and(|outer| !contains(outer, found)) {
                outer.pop();
            }
            let ends = !endless.contains(&found.assignment);
            if leads_nowhere(found, outer.last().copied()) || refers_to_itself(found) && ends {
                report.push(diagnostic(judgement, &known, index, number, found));
            }
            outer.push(found);
        }
    }
}

fn contains(outer: &Reference<'_>, inner: &Reference<'_>) -> bool {
    outer.assignment == inner.assignment
        && outer.span.start < inner.span.start
        && inner.span.end < outer.span.end
}

fn refers_to_itself(reference: &Reference<'_>) -> bool {
    reference.used && reference.target == Target::Assignment(reference.assignment)
}

/// Whether nothing is found under the name, now or once what stands before the default it is in is no longer set.
fn leads_nowhere(reference: &Reference<'_>, outer: Option<&Reference<'_>>) -> bool {
    let is_spare = |outer: &Reference<'_>| matches!(outer.target, Target::Assignment(_) | Target::Environ);
    reference.target == Target::Undefined && (reference.used || outer.is_some_and(is_spare))
}

/// The keys that somebody may have meant: declared ones, and those of the files.
fn known_keys<'j>(judgement: &'j Judgement<'_>) -> Vec<&'j str> {
    let environment = judgement.environment;
    if environment.layers.iter().all(|layer| layer.references.is_empty()) {
        return Vec::new();
    }
    let declared = environment.table.rows.iter().map(|row| row.key.as_ref());
    let in_files = environment.undeclared.iter().filter(|id| environment.layer(**id).has_places());
    declared.chain(in_files.filter_map(|id| judgement.shown_key(*id))).collect()
}

fn diagnostic(
    judgement: &Judgement<'_>,
    known: &Nearest<'_>,
    layer: u32,
    number: u32,
    reference: &Reference<'_>,
) -> Diagnostic {
    let id = EntryId { layer, entry: reference.assignment };
    let key = judgement.shown_key(id);
    let subject = key.map_or_else(|| "a value".to_owned(), |key| format!("`{key}`"));
    let is_secret = judgement.is_secret(id);
    let name = redact::key(&reference.name);
    // Nothing is suggested for a secret. In an address, what is written in braces is a reference and no secret.
    let is_clear = !is_secret || (reference.braced && judgement.has_public_parts(id));
    let near = name.filter(|_| is_clear).and_then(|name| known.find(name));
    let shown = name
        .filter(|_| !is_secret)
        .map_or_else(|| "a variable that".to_owned(), |name| format!("`{name}`, which"));
    let help = match near.map(|near| known.candidate(near)) {
        Some(near) if Some(near) == key => {
            "a value cannot refer to itself: write the text, or another name".to_owned()
        }
        Some(near) if Some(near) == name => format!("`{near}` is not set above this line: move it up"),
        Some(near) => format!("did you mean `${{{near}}}`?"),
        None => "set it above this line; if the `$` is part of the value, escape it".to_owned(),
    };
    Diagnostic::error(
        CHECK.code,
        Subject::entry(id, Part::Reference(number)),
        format!("{subject} refers to {shown} is not set"),
    )
    .maybe_key(key)
    .help(help)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::kind::Kind;
    use crate::testing::{Scene, secret, variable};

    fn scene(text: &str) -> Scene {
        Scene::new([
            variable("URL", Kind::String),
            secret(variable("DB_URL", Kind::String)),
            secret(variable("POSTGRES_PASSWORD", Kind::String)),
        ])
        .file(text)
    }

    #[test]
    fn what_was_most_likely_meant() {
        let found = scene("POSTGRES_PASSWORD=x\nURL=a$POSTGRES_PASSWROD\n");
        assert_eq!(
            found.found(),
            [".env:2:6: error[undefined-reference]: `URL` refers to `POSTGRES_PASSWROD`, which is not set"]
        );
        assert_eq!(found.help(), ["did you mean `${POSTGRES_PASSWORD}`?"]);
        assert_eq!(
            scene("URL=${NOTHING_LIKE_IT}\n").help(),
            ["set it above this line; if the `$` is part of the value, escape it"]
        );
        let undeclared = scene("HOSTNAME_X=a\nURL=${HOSTNAM_X}\n");
        assert_eq!(undeclared.help()[1], "did you mean `${HOSTNAME_X}`?");
    }

    #[test]
    fn nothing_is_suggested_for_a_secret() {
        for text in
            ["DB_URL=a${POSTGRES_PASSWROD}\n", "UNKNOWN=a${POSTGRES_PASSWROD}\n", "URL=p://u:a$URLS@db\n"]
        {
            let found = scene(text);
            assert!(found.codes().contains(&CHECK.code), "{text}");
            assert!(!found.help().join("\n").contains("${"), "{text}");
        }
    }

    #[test]
    fn in_an_address_what_is_in_braces_is_a_reference_for_sure() {
        let braced = scene("URL=p://u:${POSTGRES_PASSWROD}@db\n");
        assert_eq!(braced.under(CHECK.code), [".env:1:1: `URL` refers to a variable that is not set"]);
        assert_eq!(braced.help(), ["did you mean `${POSTGRES_PASSWORD}`?"]);
    }

    #[test]
    fn what_is_set_further_down_is_not_set_yet() {
        let below = scene("URL=${HOSTNAME_X}\nHOSTNAME_X=5\n");
        assert_eq!(below.help()[0], "`HOSTNAME_X` is not set above this line: move it up");
        assert_eq!(
            scene("URL=${URL}\n").help(),
            ["a value cannot refer to itself: write the text, or another name"]
        );
    }

    #[test]
    fn a_default_that_leads_nowhere_is_reported_before_it_is_needed() {
        for value in ["${URL:-${NOPE}}", "${URL:-x$NOPE}", "${URL-${URL:-$NOPE}}"] {
            let found = scene(&format!("URL=x\nURL={value}\n")).found();
            let expected = "error[undefined-reference]: `URL` refers to `NOPE`, which is not set";
            let found: Vec<_> = found.iter().filter(|found| found.ends_with(expected)).collect();
            assert_eq!(found.len(), 1, "{value}: {found:?}");
        }
    }

    #[test]
    fn what_is_set_or_has_a_default_is_fine() {
        assert_eq!(scene("URL=x\nDB_URL=${URL}\n").found(), [] as [&str; 0]);
        assert_eq!(scene("DB_URL=${NOPE:-x}\n").found(), [] as [&str; 0]);
        assert_eq!(scene("DB_URL=${HOME}\n").process(&[("HOME", "/")]).found(), [] as [&str; 0]);
        assert_eq!(scene("URL=x\nDB_URL=${NOPE:+${NOPE_TOO}}\n").found(), [] as [&str; 0]);
    }

    #[test]
    fn a_reader_that_insists_is_reported_once() {
        assert_eq!(scene("DB_URL=${NOPE:?say it}\n").codes(), [CHECK.code]);
    }
}
