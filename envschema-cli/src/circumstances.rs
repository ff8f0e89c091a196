//! Under which profile, service and phase an environment is checked: what was asked for, held against what the schema knows.

use envschema::core::judge::Circumstances;
use envschema::core::phrase;
use envschema::core::redact;
use envschema::core::schema::{Condition, Constraint, Variable};
use envschema::core::suggest;
use envschema::core::table::Table;

use crate::args::CheckArgs;
use crate::failure::Failure;
use crate::host::Host;

/// What a schema calls its profiles, its services or its phases.
struct Names<'s> {
    /// What a single one is called.
    what: &'static str,
    /// Those the schema lists: there are no others.
    listed: Vec<&'s str>,
    /// Those it speaks of: there may be others.
    mentioned: Vec<&'s str>,
}

/// The circumstances that were asked for. The profile may also come from the process environment; the environment that is
/// checked is asked later.
pub(crate) fn choose(args: &CheckArgs, table: &Table<'_>, host: &dyn Host) -> Result<Circumstances, Failure> {
    if let Some(profile) = &args.profile {
        profiles(table).admit(profile)?;
    }
    if let Some(service) = &args.service {
        services(table).admit(service)?;
    }
    if let Some(phase) = &args.phase {
        phases(table).admit(phase)?;
    }
    let profile = match &args.profile {
        Some(profile) => Some(profile.clone()),
        None => selected(table, host)?,
    };
    let (service, phase) = (args.service.clone(), args.phase.clone());
    let readers = args.portable.as_deref().map(crate::command::dialects).transpose()?;
    Ok(Circumstances { profile, service, phase, readers })
}

/// Whether the schema knows a profile of this name, so that the name is nothing secret.
pub(crate) fn knows_profile(table: &Table<'_>, name: &str) -> bool {
    let names = profiles(table);
    names.listed.contains(&name) || names.mentioned.contains(&name)
}

/// The profile that the process environment selects.
fn selected(table: &Table<'_>, host: &dyn Host) -> Result<Option<String>, Failure> {
    let Some(key) = table.schema.profile.as_deref() else { return Ok(None) };
    let Some(value) = host.variable(key).filter(|value| !value.is_empty()) else { return Ok(None) };
    let value = value.to_str().unwrap_or_default();
    profiles(table).admit(value).map_err(|_| {
        // The value may be anything, so it is not shown.
        let key = redact::escape(key);
        Failure::new(format!("`{key}` in the process environment is no profile of the schema"))
            .help(format!("unset it, or choose a profile with --profile{}", profiles(table).known()))
    })?;
    Ok(Some(value.to_owned()))
}

fn profiles<'s>(table: &'s Table<'_>) -> Names<'s> {
    let schema = table.schema;
    let mut listed: Vec<&str> = schema.profiles.iter().map(|profile| profile.name.as_ref()).collect();
    let selector = schema.profile.as_deref().and_then(|key| table.find(key));
    if let (true, Some(row)) = (listed.is_empty(), selector) {
        listed.extend(alternatives(table.row(row).variable));
    }
    let mut mentioned = mentioned(table, |condition| &condition.profiles);
    mentioned.extend(schema.default_profile.as_deref());
    Names { what: "profile", listed, mentioned }
}

fn services<'s>(table: &'s Table<'_>) -> Names<'s> {
    let mut mentioned = mentioned(table, |condition| &condition.services);
    mentioned.extend(table.rows.iter().flat_map(|row| row.variable.services.iter().map(AsRef::as_ref)));
    Names { what: "service", listed: table.schema.services.iter().map(AsRef::as_ref).collect(), mentioned }
}

fn phases<'s>(table: &'s Table<'_>) -> Names<'s> {
    let mut mentioned = mentioned(table, |condition| &condition.phases);
    mentioned.extend(table.rows.iter().flat_map(|row| row.variable.phases.iter().map(AsRef::as_ref)));
    mentioned.extend(["build", "runtime"]);
    Names { what: "phase", listed: Vec::new(), mentioned }
}

/// The values a variable is limited to.
fn alternatives(variable: &Variable) -> impl Iterator<Item = &str> {
    let listed = variable.constraints.iter().find_map(|constraint| match constraint {
        Constraint::OneOf(values) => Some(values),
        _ => None,
    });
    listed.into_iter().flat_map(|values| values.iter().map(AsRef::as_ref))
}

/// Every name that conditions speak of.
fn mentioned<'s>(
    table: &'s Table<'_>,
    names: impl Fn(&'s Condition) -> &'s [envschema::core::schema::Text],
) -> Vec<&'s str> {
    let conditions = table.rows.iter().flat_map(|row| row.variable.when.iter().map(|when| &when.condition));
    let mut mentioned: Vec<&str> = conditions.flat_map(names).map(AsRef::as_ref).collect();
    mentioned.sort_unstable();
    mentioned.dedup();
    mentioned
}

impl Names<'_> {
    /// Refuses a name that the schema does not list; without a list, one that is most likely a misspelt other.
    fn admit(&self, name: &str) -> Result<(), Failure> {
        let known = if self.listed.is_empty() { &self.mentioned } else { &self.listed };
        if known.contains(&name) {
            return Ok(());
        }
        let near = suggest::value(name, known);
        if self.listed.is_empty() && near.is_none() {
            return Ok(());
        }
        let failure = Failure::new(format!("unknown {} `{}`", self.what, redact::escape(name)));
        Err(match near {
            Some(near) => failure.help(format!("did you mean `{}`?", redact::escape(near))),
            None => failure.help(format!("choose one the schema lists{}", self.known())),
        })
    }

    /// `: a, b or c`, if the schema lists any.
    fn known(&self) -> String {
        match &*self.listed {
            [] => String::new(),
            listed => format!(": {}", phrase::alternatives(listed)),
        }
    }
}
