//! `exposed-secret`: a secret under a prefix that bundlers ship to browsers.

use crate::diagnostic::Diagnostic;
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

/// Whether keys that start with `prefix`, whatever follows, may be public.
#[must_use]
pub fn may_be_public(prefix: &str) -> bool {
    let is_start = |public: &str| public.starts_with(prefix) || prefix.starts_with(public);
    !prefix.is_empty() && PREFIXES.into_iter().any(is_start)
}

fn run(table: &Table<'_>, report: &mut Vec<Diagnostic>) {
    for (id, row) in table.iter() {
        let Some(prefix) = public_prefix(&row.key) else { continue };
        if !row.variable.sensitive.unwrap_or_else(|| redact::names_secret(&row.key)) {
            continue;
        }
        let headline = format!("`{}` is secret, but browsers get every `{prefix}` variable", row.key);
        report.push(
            Diagnostic::error(CHECK.code, Subject::variable(id, VariablePart::Key), headline)
                .key(row.key.as_ref())
                .help(format!("rename it without `{prefix}`, and read it on the server only")),
        );
    }
}

/// Keys that nobody declared.
#[cfg(feature = "dotenv")]
mod environment {
    use super::{CHECK, public_prefix};
    use crate::diagnostic::{Diagnostic, Findings};
    use crate::judge::Judgement;
    use crate::layer::LayerKind;
    use crate::redact;
    use crate::subject::{EntryId, Part, Subject};

    pub(super) fn run(judgement: &Judgement<'_>, report: &mut Findings) {
        let environment = judgement.environment;
        let is_file = |id: &&EntryId| environment.layer(**id).kind != LayerKind::Process;
        for id in environment.undeclared.iter().filter(is_file) {
            let key = judgement.shown_key(*id).filter(|key| redact::names_secret(key));
            let Some((key, prefix)) = key.and_then(|key| Some((key, public_prefix(key)?))) else { continue };
            report.push(
                Diagnostic::error(
                    CHECK.code,
                    Subject::entry(*id, Part::Key),
                    format!("`{key}` looks secret, but browsers get every `{prefix}` variable"),
                )
                .key(key)
                .help(format!("rename it without `{prefix}`, or declare it with `sensitive: false`")),
            );
        }
    }
}

#[cfg(all(test, feature = "dotenv"))]
mod tests {
    use super::CHECK;
    use crate::kind::Kind;
    use crate::schema::Variable;
    use crate::testing::{Scene, secret, variable};

    #[test]
    fn what_is_declared_secret_under_a_public_prefix() {
        let found = |variable: Variable| Scene::new([variable]).schema_found();
        assert_eq!(
            found(secret(variable("NEXT_PUBLIC_ID", Kind::String))),
            ["exposed-secret: `NEXT_PUBLIC_ID` is secret, but browsers get every `NEXT_PUBLIC_` variable"]
        );
        assert_eq!(found(variable("VITE_DB_PASSWORD", Kind::String)).len(), 1);
        let told = Variable { sensitive: Some(false), ..variable("VITE_DB_PASSWORD", Kind::String) };
        assert_eq!(found(told), [] as [&str; 0]);
        assert_eq!(found(variable("VITE_MAPS_KEY", Kind::String)), [] as [&str; 0]);
        assert_eq!(found(secret(variable("ID", Kind::String))), [] as [&str; 0]);
    }

    #[cfg(feature = "dotenv")]
    #[test]
    fn what_nobody_declared_and_clearly_is_a_secret() {
        let scene = || Scene::new([variable("PORT", Kind::Port)]);
        let text = "VITE_SESSION_SECRET=1\nVITE_MAPS_KEY=1\nSESSION_SECRET=1\n";
        assert_eq!(
            scene().file(text).under(CHECK.code),
            [".env:1:1: `VITE_SESSION_SECRET` looks secret, but browsers get every `VITE_` variable"]
        );
        assert_eq!(scene().process(&[("VITE_SESSION_SECRET", "1")]).found(), [] as [&str; 0]);
    }
}
