//! The profiles, services and phases that a schema knows, so that a misspelt name is refused where somebody gives one.

use crate::kind::Kind;
use crate::phrase;
use crate::redact;
use crate::schema::{Condition, Constraint, Text};
use crate::suggest;
use crate::table::Table;

/// The phases there are if a schema does not list them.
pub const PHASES: [&str; 2] = ["build", "runtime"];

/// What a schema calls its profiles, its services or its phases.
pub struct Names<'s> {
    /// What a single one is called.
    what: &'static str,
    /// Those the schema lists: there are no others.
    listed: Vec<&'s str>,
    /// Those it speaks of: there may be others.
    mentioned: Vec<&'s str>,
}

/// A name that the schema does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What is wrong, with the name.
    pub headline: String,
    /// What to do.
    pub help: String,
}

/// Which of a profile, a service and a phase that somebody named the schema does not know. They are shown.
#[must_use]
pub fn unknown(table: &Table<'_>, [profile, service, phase]: [Option<&str>; 3]) -> Vec<Unknown> {
    let profile = profile.and_then(|name| profiles(table).admit(name).err());
    let service = service.and_then(|name| services(table).admit(name).err());
    let phase = phase.and_then(|name| phases(table).admit(name).err());
    [profile, service, phase].into_iter().flatten().collect()
}

/// The profiles.
#[must_use]
pub fn profiles<'s>(table: &'s Table<'_>) -> Names<'s> {
    let mut mentioned = mentioned(table, |condition| &condition.profiles);
    mentioned.extend(table.schema.default_profile.as_deref());
    Names { what: "profile", listed: listed_profiles(table), mentioned }
}

fn services<'s>(table: &'s Table<'_>) -> Names<'s> {
    let mut mentioned = mentioned(table, |condition| &condition.services);
    mentioned.extend(table.rows.iter().flat_map(|row| row.variable.services.iter().map(AsRef::as_ref)));
    Names { what: "service", listed: table.schema.services.iter().map(AsRef::as_ref).collect(), mentioned }
}

fn phases<'s>(table: &'s Table<'_>) -> Names<'s> {
    let mut mentioned = mentioned(table, |condition| &condition.phases);
    mentioned.extend(table.rows.iter().flat_map(|row| row.variable.phases.iter().map(AsRef::as_ref)));
    mentioned.extend(PHASES);
    Names { what: "phase", listed: Vec::new(), mentioned }
}

/// The profiles there are, and no others: those the schema lists, else what the variable that selects one may be.
#[must_use]
pub fn listed_profiles<'s>(table: &'s Table<'_>) -> Vec<&'s str> {
    let schema = table.schema;
    if !schema.profiles.is_empty() {
        return schema.profiles.iter().map(|profile| profile.name.as_ref()).collect();
    }
    let selector = schema.profile.as_deref().and_then(|key| table.find(key));
    let selector =
        selector.map(|row| table.row(row).variable).filter(|variable| variable.kind == Kind::String);
    let listed = selector.into_iter().flat_map(|variable| variable.constraints.iter());
    let listed = listed.filter_map(|constraint| match constraint {
        Constraint::OneOf(values) => Some(values),
        _ => None,
    });
    listed.flat_map(|values| values.iter().map(AsRef::as_ref)).collect()
}

/// Every name that conditions speak of.
fn mentioned<'s>(table: &'s Table<'_>, names: impl Fn(&'s Condition) -> &'s [Text]) -> Vec<&'s str> {
    let conditions = table.rows.iter().flat_map(|row| row.variable.when.iter().map(|when| &when.condition));
    let mut mentioned: Vec<&str> = conditions.flat_map(names).map(AsRef::as_ref).collect();
    mentioned.sort_unstable();
    mentioned.dedup();
    mentioned
}

impl Names<'_> {
    /// Whether the schema lists the name, or speaks of it.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.listed.contains(&name) || self.mentioned.contains(&name)
    }

    /// Refuses a name that the schema does not list; without a list, one that is most likely a misspelt other.
    ///
    /// # Errors
    ///
    /// The name is not known.
    pub fn admit(&self, name: &str) -> Result<(), Unknown> {
        let known = if self.listed.is_empty() { &self.mentioned } else { &self.listed };
        if known.contains(&name) {
            return Ok(());
        }
        let near = suggest::value(name, known);
        if self.listed.is_empty() && near.is_none() {
            return Ok(());
        }
        Err(Unknown {
            headline: format!("unknown {} `{}`", self.what, redact::escape(name)),
            help: match near {
                Some(near) => format!("did you mean `{}`?", redact::escape(near)),
                None => format!("choose one the schema lists{}", self.known()),
            },
        })
    }

    /// `: a, b or c`, if the schema lists any.
    #[must_use]
    pub fn known(&self) -> String {
        match &*self.listed {
            [] => String::new(),
            listed => format!(": {}", phrase::alternatives(listed)),
        }
    }
}

#[cfg(all(test, feature = "dotenv"))]
mod tests {
    use super::unknown;
    use crate::kind::Kind;
    use crate::schema::{Constraint, Profile, Schema};
    use crate::table::Table;
    use crate::testing::{Scene, constrained, if_, in_profile, texts, variable, when};

    /// The variable may be one of more: the list of the schema is the one that counts, for whoever names a profile.
    #[test]
    fn a_listed_profile_is_one_for_flags_and_conditions_alike() {
        let stage = constrained("STAGE", Kind::String, [Constraint::OneOf(texts(&["local", "prod"]))]);
        let token = when(variable("TOKEN", Kind::String), if_(in_profile(&["prod"])));
        let scene = |profiles: &[&'static str]| {
            let profiles = profiles.iter().map(|name| Profile { name: (*name).into(), deployed: None });
            let profiles: Vec<_> = profiles.collect();
            Scene::new([stage.clone(), token.clone()]).schema(|schema| {
                schema.profile = Some("STAGE".into());
                schema.profiles = profiles.clone().into();
            })
        };
        assert_eq!(scene(&[]).schema_found(), [] as [&str; 0]);
        let found = scene(&["local"]).schema_found();
        assert!(
            found.iter().any(|found| found.contains("names a profile that the schema does not have")),
            "{found:?}"
        );
        let schema = Schema {
            profile: Some("STAGE".into()),
            profiles: vec![Profile { name: "local".into(), deployed: None }].into(),
            ..Schema::default()
        };
        let table = Table::new(&schema);
        assert_eq!(unknown(&table, [Some("prod"), None, None]).len(), 1);
        assert_eq!(unknown(&table, [Some("local"), None, None]), []);
    }
}
