//! Conditions and what changes under them, as the model says it.

use envschema_core::schema::{Condition, Many, Presence, When};
use syn::LitStr;

use super::names::Names;
use super::{constraints, literals, values};
use crate::parse::container::{ContainerWords, not_one_of};
use crate::parse::field::FieldWords;
use crate::parse::overrides::{Override, Said, Stipulation};
use crate::problems::Problems;

/// The overrides of a field.
pub(crate) fn overrides(
    words: &FieldWords,
    container: &ContainerWords,
    separator: char,
    names: &Names<'_>,
    problems: &mut Problems,
) -> Many<When> {
    let when = |over: &Override| {
        check_names(&over.condition.profiles, &container.profiles, "profile", problems);
        check_names(&over.condition.services, &container.services, "service", problems);
        let presence = match &over.presence {
            Some(Said::Required) => Some(Presence::Required),
            Some(Said::Optional) => Some(Presence::Optional),
            Some(Said::Default(default)) => Some(Presence::Default(default.text(separator).into())),
            Some(Said::Forbidden) | None => None,
        };
        When {
            condition: condition(&over.condition, names, problems),
            presence,
            forbidden: matches!(over.presence, Some(Said::Forbidden)),
            constraints: constraints(&over.limits.constraints),
            also: (!over.limits.also.is_empty()).then(|| literals(&over.limits.also)),
        }
    };
    words.overrides.iter().map(when).collect()
}

/// Names are among those that the struct lists, if it lists any.
fn check_names(written: &[LitStr], listed: &[LitStr], what: &str, problems: &mut Problems) {
    let listed: Vec<_> = listed.iter().map(LitStr::value).collect();
    let listed: Vec<_> = listed.iter().map(String::as_str).collect();
    for name in written.iter().filter(|name| !listed.is_empty() && !listed.contains(&name.value().as_str())) {
        problems.push(not_one_of(name, what, &listed));
    }
}

fn condition(written: &Stipulation, names: &Names<'_>, problems: &mut Problems) -> Condition {
    let Stipulation { profiles, services, phases, values: compared, set } = written;
    let compared = compared.iter().filter_map(|(reference, literals)| {
        Some((names.key(reference, problems)?, super::literals(literals)))
    });
    Condition {
        profiles: values(profiles),
        services: values(services),
        phases: values(phases),
        values: compared.collect(),
        set: set.iter().filter_map(|reference| names.key(reference, problems)).collect(),
    }
}
