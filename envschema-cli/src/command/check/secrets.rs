//! `--secrets-dir`: folders with one file for each secret, as layers above the files.

use std::path::PathBuf;

use envschema::core::report::Located;
use envschema::core::table::Table;
use envschema::source::{Content, Request, SecretsFolder, Source as _};

use super::prepare::Unready;
use crate::args::CheckArgs;
use crate::failure::Failure;
use crate::host::{Host, Sort, shown};
use crate::session::unusable;

/// The folders that `args` names. One that is not there is a mistake: a container without its secrets is not checked.
pub(super) fn folders(args: &CheckArgs, host: &dyn Host) -> Result<Vec<SecretsFolder>, Failure> {
    let folder = |path: &PathBuf| match host.sort_of(path) {
        Ok(Sort::Folder) => Ok(SecretsFolder::new(path)),
        Ok(_) => Err(Failure::new("it is not a folder").file(shown(path))),
        Err(_) => Err(Failure::new("there is no such folder").file(shown(path))),
    };
    args.secrets_dirs.iter().map(folder).collect()
}

/// What the folders hold for the variables of `table`, as the loader of a service reads it.
pub(super) fn read<'c>(folders: &'c [SecretsFolder], table: &Table<'_>) -> Result<Vec<Content<'c>>, Unready> {
    let request = Request { table, profile: None, service: None };
    let (unreadable, read): (Vec<_>, Vec<_>) = folders
        .iter()
        .flat_map(|folder| folder.read(&request))
        .partition(|content| matches!(content, Content::Unreadable { .. }));
    let found: Vec<_> = unreadable.iter().filter_map(located).collect();
    if found.is_empty() {
        return Ok(read);
    }
    let sources = found.iter().map(|located| located.place.file.clone()).collect();
    Err(Unready { sources, found, ..Unready::default() })
}

fn located(content: &Content<'_>) -> Option<Located> {
    let Content::Unreadable { path, why } = content else { return None };
    let name = shown(path);
    Some(*unusable("unreadable-source", &name, format!("`{name}` {why}"), None))
}
