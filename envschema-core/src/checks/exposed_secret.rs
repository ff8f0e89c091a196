//! `exposed-secret`: a secret under a prefix that bundlers ship to browsers.

use crate::diagnostic::Diagnostic;
use crate::phrase;
use crate::redact;
use crate::registry::{Check, Run};
use crate::subject::{Subject, VariablePart};
use crate::table::Table;

/// The check.
pub static CHECK: Check = Check {
    code: "exposed-secret",
    summary: "a secret under a prefix that bundlers ship to browsers",
    page: include_str!("exposed_secret.md"),
    #[cfg(feature = "dotenv")]
    run: Run::Both(run, environment::run),
    #[cfg(not(feature = "dotenv"))]
    run: Run::Schema(run),
};

/// Prefixes under which bundlers copy variables into what browsers load: Vite, Next.js, Create React App, SvelteKit and
/// Astro, Nuxt, Expo.
const PREFIXES: [&str; 6] =
    ["VITE_", "NEXT_PUBLIC_", "REACT_APP_", "PUBLIC_", "NUXT_PUBLIC_", "EXPO_PUBLIC_"];

/// The prefix that makes `key` public.
#[must_use]
pub fn public_prefix(key: &str) -> Option<&'static str> {
    PREFIXES.into_iter().find(|prefix| key.starts_with(prefix))
}

fn run(table: &Table<'_>, report: &mut Vec<Diagnostic>) {
    for (id, row) in table.iter() {
        let declared = row.variable.sensitive == Some(true)
            || (row.variable.sensitive.is_none() && redact::names_secret(&row.key));
        let Some(prefix) = public_prefix(&row.key).filter(|_| declared) else { continue };
        report.push(
            Diagnostic::error(CHECK.code, Subject::variable(id, VariablePart::Key), format!("`{}` is secret, but `{prefix}` variables end in the browser", row.key))
                .key(row.key.as_ref())
                .help(format!("rename it without `{prefix}` and read it on the server only; other prefixes that are shipped: {}", phrase::all(&PREFIXES))),
        );
    }
}

/// Keys that nobody declared.
#[cfg(feature = "dotenv")]
mod environment {
    use super::{CHECK, public_prefix};
    use crate::diagnostic::Diagnostic;
    use crate::judge::Judgement;
    use crate::redact;
    use crate::subject::{Part, Subject};

    pub(super) fn run(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
        for id in &judgement.environment.undeclared {
            let Some(key) = judgement.environment.shown_key(*id).filter(|key| redact::names_secret(key))
            else {
                continue;
            };
            let Some(prefix) = public_prefix(key) else { continue };
            report.push(
                Diagnostic::error(
                    CHECK.code,
                    Subject::entry(*id, Part::Key),
                    format!("`{key}` looks secret, but `{prefix}` variables end in the browser"),
                )
                .key(key)
                .help(format!("rename it without `{prefix}`, or declare it with `sensitive: false`")),
            );
        }
    }
}
