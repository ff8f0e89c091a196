//! Under which profile, service and phase an environment is checked: what was asked for, held against what the schema knows.

use envschema::core::judge::Circumstances;
use envschema::core::names;
use envschema::core::redact;
use envschema::core::table::Table;

use crate::args::CheckArgs;
use crate::failure::Failure;
use crate::host::Host;

/// The circumstances that were asked for. The profile may also come from the process environment; the environment that is
/// checked is asked later.
pub(crate) fn choose(args: &CheckArgs, table: &Table<'_>, host: &dyn Host) -> Result<Circumstances, Failure> {
    let (profile, service, phase) = (args.profile.clone(), args.service.clone(), args.phase.clone());
    let readers = args.portable.as_deref().map(crate::command::dialects).transpose()?;
    let given = [profile.as_deref(), service.as_deref(), phase.as_deref()];
    if let Some(unknown) = names::unknown(table, given).into_iter().next() {
        return Err(Failure::new(unknown.headline).help(unknown.help));
    }
    let profile = if profile.is_some() { profile } else { selected(table, host)? };
    Ok(Circumstances { profile, service, phase, readers })
}

/// Whether the schema knows a profile of this name, so that the name is nothing secret.
pub(crate) fn knows_profile(table: &Table<'_>, name: &str) -> bool {
    names::profiles(table).has(name)
}

/// The profile that the process environment selects.
fn selected(table: &Table<'_>, host: &dyn Host) -> Result<Option<String>, Failure> {
    let Some(key) = table.schema.profile.as_deref() else { return Ok(None) };
    let Some(value) = host.variable(key).filter(|value| !value.is_empty()) else { return Ok(None) };
    let value = value.to_str().unwrap_or_default();
    names::profiles(table).admit(value).map_err(|_| {
        // The value may be anything, so it is not shown.
        let key = redact::escape(key);
        Failure::new(format!("`{key}` in the process environment is no profile of the schema"))
            .help(format!("unset it, or choose a profile with --profile{}", names::profiles(table).known()))
    })?;
    Ok(Some(value.to_owned()))
}
