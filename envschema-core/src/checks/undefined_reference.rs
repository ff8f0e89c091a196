//! `undefined-reference`: a reference to a variable that is set nowhere.

use crate::diagnostic::Diagnostic;
use crate::dotenv::{Reference, Syntax, Target};
use crate::judge::Judgement;
use crate::redact;
use crate::registry::{Check, Run};
use crate::subject::{EntryId, Part, Subject};
use crate::suggest;

/// The check.
pub static CHECK: Check = Check {
    code: "undefined-reference",
    summary: "a reference to a variable that is set nowhere",
    page: include_str!("undefined_reference.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
    super::syntax::report(judgement, Syntax::UndefinedReference, CHECK.code, report);
    for (index, layer) in (0..).zip(judgement.environment.layers) {
        let numbered = (0..).zip(&layer.references);
        for (number, reference) in
            numbered.filter(|(_, reference)| reference.used && reference.target == Target::Undefined)
        {
            report.push(undefined(judgement, index, number, reference));
        }
    }
}

fn undefined(judgement: &Judgement<'_>, layer: u32, number: u32, reference: &Reference<'_>) -> Diagnostic {
    let id = EntryId { layer, entry: reference.assignment };
    let key = judgement.environment.shown_key(id);
    let subject = key.map_or_else(|| "a value".to_owned(), |key| format!("`{key}`"));
    let is_secret = judgement.is_secret(id);
    let name = redact::key(&reference.name);
    // `$` and a word may as well be part of a password; only what is written in braces is clearly a reference.
    let near = name.filter(|_| !is_secret || reference.braced).and_then(|name| nearest_key(judgement, name));
    let shown =
        name.filter(|_| !is_secret).map_or_else(|| "a variable".to_owned(), |name| format!("`{name}`"));
    let help = match near {
        Some(near) => format!("did you mean `${{{near}}}`?"),
        None => {
            "set it above, give it a default (`${NAME:-default}`), or write `$$` for a dollar sign".to_owned()
        }
    };
    let diagnostic = Diagnostic::error(
        CHECK.code,
        Subject::entry(id, Part::Reference(number)),
        format!("{subject} refers to {shown}, which is not set"),
    )
    .help(help);
    match key {
        Some(key) => diagnostic.key(key),
        None => diagnostic,
    }
}

/// The declared or assigned key that was most likely meant.
fn nearest_key<'j>(judgement: &'j Judgement<'_>, name: &str) -> Option<&'j str> {
    let environment = judgement.environment;
    let declared = environment.table.rows.iter().map(|row| row.key.as_ref());
    let assigned = environment.undeclared.iter().filter(|id| environment.layer(**id).has_places());
    suggest::nearest(name, declared.chain(assigned.filter_map(|id| environment.shown_key(*id))))
}
