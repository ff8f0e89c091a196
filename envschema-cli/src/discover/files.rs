//! The environments below a folder, one after the other and always in the same order.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::names;
use crate::host::{Host, Item, Sort, Unreadable};

/// Folders that hold other people's files.
const FOREIGN: [&str; 2] = ["node_modules", "target"];

/// Something that a walk comes across.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A file to check.
    Environment(PathBuf),
    /// A folder that cannot be listed: what is in it is not checked.
    Unlisted(PathBuf, Unreadable),
}

/// A walk through a folder. Hidden folders and those with other people's files are left out; symbolic links to folders are
/// not followed, so there are no loops. It keeps no more than the names of the folders it stands in.
pub(crate) struct Walk<'h> {
    host: &'h dyn Host,
    /// What is still to come, last first.
    pending: Vec<(PathBuf, Sort)>,
}

impl<'h> Walk<'h> {
    /// A walk through `folder`.
    pub(crate) fn new(host: &'h dyn Host, folder: &Path) -> Self {
        Self { host, pending: vec![(folder.to_owned(), Sort::Folder)] }
    }

    fn enter(&mut self, folder: &Path) -> Result<(), Unreadable> {
        let items = self.host.list(folder)?.into_iter().rev().filter(is_wanted);
        self.pending.extend(items.map(|item| (join(folder, &item.name), item.sort)));
        Ok(())
    }
}

impl Iterator for Walk<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        while let Some((path, sort)) = self.pending.pop() {
            if sort != Sort::Folder {
                return Some(Found::Environment(path));
            }
            if let Err(why) = self.enter(&path) {
                return Some(Found::Unlisted(path, why));
            }
        }
        None
    }
}

fn is_wanted(item: &Item) -> bool {
    if item.sort == Sort::Folder {
        let is_hidden = item.name.as_encoded_bytes().starts_with(b".");
        return !is_hidden && !FOREIGN.iter().any(|foreign| item.name == *foreign);
    }
    names::is_environment(&item.name)
}

/// A path below `folder`, without the `./` of the current one.
fn join(folder: &Path, name: &OsStr) -> PathBuf {
    if folder == Path::new(".") { PathBuf::from(name) } else { folder.join(name) }
}
