//! The schema that holds for a file: the one it names, else the nearest one beside it or above.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Component, Path, PathBuf};

use envschema::core::phrase;

use super::names;
use crate::failure::Failure;
use crate::host::{Host, Origin, Sort, Unreadable, shown};

/// How many folders are remembered.
const REMEMBERED: usize = 32;

/// Folders whose links the system makes: `/dev/stdin`, `/proc/self/fd/3`.
const SYSTEM_FOLDERS: [&str; 2] = ["/dev", "/proc"];

const NOT_RELATIVE: &str = "is not named by a relative path";
const OUTSIDE: &str = "lies outside the repository";
const MISSING: &str = "does not exist";

/// A schema that was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Schema {
    /// The file to read.
    pub(crate) path: PathBuf,
    /// What it is called in reports.
    pub(crate) name: String,
    /// Who chose it.
    pub(crate) origin: Origin,
}

/// What a folder holds that matters here.
struct Scan {
    folder: PathBuf,
    schemas: Vec<OsString>,
    is_repository: bool,
}

/// Looks for schemas, and remembers the folders it has seen.
pub(crate) struct Discovery<'h> {
    host: &'h dyn Host,
    here: PathBuf,
    /// The last folder that was asked for, as it was written and without symbolic links.
    last_folder: (PathBuf, PathBuf),
    scans: Vec<Scan>,
}

impl<'h> Discovery<'h> {
    /// A search that starts in the current folder; without one, only absolute paths are found.
    pub(crate) fn new(host: &'h dyn Host) -> Self {
        let here = host.current_folder().unwrap_or_default();
        Self { host, here, last_folder: Default::default(), scans: Vec::new() }
    }

    /// The folder that `path` stands in, without symbolic links.
    pub(crate) fn folder_of(&mut self, path: &Path) -> io::Result<PathBuf> {
        let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) else {
            return Ok(self.here.clone());
        };
        // Many files of a walk stand in one folder.
        if self.last_folder.0.as_os_str() != parent.as_os_str() {
            self.last_folder = (parent.to_owned(), self.host.real_path(parent)?);
        }
        Ok(self.last_folder.1.clone())
    }

    /// The current folder.
    pub(crate) fn here(&self) -> &Path {
        &self.here
    }

    /// The schema in `folder` or the nearest one above, no further than the root of the repository. Of several in one folder
    /// it is the one that `file` is named in.
    pub(crate) fn nearest(&mut self, folder: &Path, file: Option<&Path>) -> Result<Option<Schema>, Failure> {
        for folder in folder.ancestors() {
            let scan = self.scan(folder);
            let (schemas, is_repository) = (scan.schemas.clone(), scan.is_repository);
            match &*schemas {
                [] if is_repository => return Ok(None),
                [] => {}
                [only] => return Ok(Some(self.found(folder, only))),
                several => {
                    let own =
                        file.and_then(Path::file_name).and_then(|name| names::own_schema(name, several));
                    let Some(own) = own else { return Err(ambiguous(&self.here, folder, several, file)) };
                    return Ok(Some(self.found(folder, own)));
                }
            }
        }
        Ok(None)
    }

    fn found(&self, folder: &Path, name: &OsStr) -> Schema {
        let path = folder.join(name);
        Schema { name: relative(&self.here, &path), path, origin: Origin::Found }
    }

    /// The schema that a file in `folder` names for itself, or why it cannot be used, as a clause. The file may be anybody's, so
    /// what it names must be relative and lie inside the repository.
    pub(crate) fn named(&mut self, folder: &Path, written: &Path) -> Result<Schema, &'static str> {
        if !is_relative(written) {
            return Err(NOT_RELATIVE);
        }
        let root = self.root_of(folder);
        if !lexical(&folder.join(written)).starts_with(&root) {
            return Err(OUTSIDE);
        }
        let path = self.host.real_path(&folder.join(written)).map_err(|_| MISSING)?;
        if !path.starts_with(&root) {
            return Err(OUTSIDE);
        }
        // By its name it would be found, so there is nothing about it that the file alone can bring to light.
        let is_schema = path.file_name().is_some_and(names::is_schema);
        let origin = if is_schema { Origin::Found } else { Origin::Claimed };
        Ok(Schema { name: relative(&self.here, &path), path, origin })
    }

    /// The schema that a schema in `folder` extends, or why it cannot be used, as a clause. It is trusted as far as the schema
    /// that names it.
    pub(crate) fn extended(
        &mut self,
        folder: &Path,
        written: &Path,
        origin: Origin,
    ) -> Result<Schema, &'static str> {
        if origin != Origin::Named {
            let named = self.named(folder, written)?;
            // What a schema of the repository extends is one.
            let origin = if origin == Origin::Found { origin } else { named.origin };
            return Ok(Schema { origin, ..named });
        }
        if !is_relative(written) {
            return Err(NOT_RELATIVE);
        }
        let path = self.host.real_path(&folder.join(written)).map_err(|_| MISSING)?;
        Ok(Schema { name: relative(&self.here, &path), path, origin })
    }

    /// The bytes of a file, trusted as far as its origin goes.
    pub(crate) fn read(&mut self, path: &Path, origin: Origin) -> Result<Vec<u8>, Unreadable> {
        match origin {
            Origin::Named => self.host.read(path, origin),
            Origin::Found | Origin::Claimed => self.read_found(path),
        }
    }

    /// The bytes of an environment, trusted as far as its origin goes, and whether its values must be withheld: whoever names a
    /// file need not know that it is a link out of the repository, which anybody may have put there.
    pub(crate) fn read_environment(
        &mut self,
        path: &Path,
        origin: Origin,
    ) -> Result<(Vec<u8>, bool), Unreadable> {
        if origin != Origin::Named {
            return Ok((self.read_found(path)?, false));
        }
        match self.host.read(path, Origin::Found) {
            Err(Unreadable::Link) => Ok((self.host.read(path, origin)?, self.leads_out(path)?)),
            Err(Unreadable::Irregular) => Ok((self.host.read(path, origin)?, false)),
            read => Ok((read?, false)),
        }
    }

    /// Whether a symbolic link leads to a file outside the repository that it stands in. The links of the system are nobody's.
    fn leads_out(&mut self, link: &Path) -> Result<bool, Unreadable> {
        let folder = self.folder_of(link)?;
        let is_of_system = SYSTEM_FOLDERS.iter().any(|system| folder.starts_with(system));
        if is_of_system || self.host.sort_of(link)? != Sort::File {
            return Ok(false);
        }
        let real = self.host.real_path(link)?;
        Ok(!real.starts_with(self.root_of(&folder)))
    }

    /// The bytes of a file that nobody named on the command line. A symbolic link is followed inside the repository only.
    fn read_found(&mut self, path: &Path) -> Result<Vec<u8>, Unreadable> {
        match self.host.read(path, Origin::Found) {
            Err(Unreadable::Link) => {
                let folder = self.folder_of(path)?;
                let real = self.host.real_path(path).map_err(|error| match error.into() {
                    Unreadable::Missing => Unreadable::Dangling,
                    why => why,
                })?;
                if !real.starts_with(self.root_of(&folder)) {
                    return Err(Unreadable::Outside);
                }
                self.host.read(&real, Origin::Found)
            }
            read => read,
        }
    }

    /// The root of the repository that `folder` lies in; `folder` itself if it lies in none.
    pub(crate) fn root_of(&mut self, folder: &Path) -> PathBuf {
        let root = folder.ancestors().find(|ancestor| self.scan(ancestor).is_repository);
        root.unwrap_or(folder).to_owned()
    }

    fn scan(&mut self, folder: &Path) -> &Scan {
        // Folders without symbolic links are equal letter by letter, and the last ones are asked for most.
        let known = self.scans.iter().rposition(|scan| scan.folder.as_os_str() == folder.as_os_str());
        let index = known.unwrap_or_else(|| {
            if self.scans.len() == REMEMBERED {
                self.scans.remove(0);
            }
            self.scans.push(scan(self.host, folder));
            self.scans.len() - 1
        });
        &self.scans[index]
    }
}

fn scan(host: &dyn Host, folder: &Path) -> Scan {
    let mut scan = Scan { folder: folder.to_owned(), schemas: Vec::new(), is_repository: false };
    let Ok(items) = host.list(folder) else {
        // It may be entered without being listed.
        let exists = |name: &OsStr| host.sort_of(&folder.join(name)).is_ok();
        scan.schemas = names::plain_schemas().map(OsString::from).filter(|name| exists(name)).collect();
        scan.is_repository = exists(OsStr::new(".git"));
        return scan;
    };
    for item in items {
        scan.is_repository |= item.name == ".git";
        if item.sort != Sort::Folder && names::is_schema(&item.name) {
            scan.schemas.push(item.name);
        }
    }
    scan
}

fn ambiguous(here: &Path, folder: &Path, several: &[OsString], file: Option<&Path>) -> Failure {
    let names: Vec<_> = several.iter().map(|name| relative(here, &folder.join(name))).collect();
    let failure = Failure::new(format!("several schemas in one folder: {}", phrase::all(&names)));
    let failure = file.into_iter().fold(failure, |failure, file| failure.file(shown(file)));
    failure.help("choose one with --schema; `NAME.env.schema.yaml` is the one of `NAME.env`")
}

/// `path` as seen from `here`, if they have a folder in common.
fn relative(here: &Path, path: &Path) -> String {
    if let Ok(below) = path.strip_prefix(here) {
        return shown(below);
    }
    let common = here.ancestors().find(|ancestor| path.starts_with(ancestor));
    let rest = common.and_then(|common| Some((common, path.strip_prefix(common).ok()?)));
    match rest {
        Some((common, rest)) if common.parent().is_some() => {
            let up = here.ancestors().take_while(|ancestor| *ancestor != common).count();
            shown(std::iter::repeat_n(Path::new(".."), up).collect::<PathBuf>().join(rest))
        }
        _ => shown(path),
    }
}

/// Whether a path leads on from a folder, on every system.
fn is_relative(path: &Path) -> bool {
    let leads_on = |part| matches!(part, Component::Normal(_) | Component::CurDir | Component::ParentDir);
    path.components().all(leads_on)
}

/// An absolute path with every `..` resolved by its letters.
fn lexical(path: &Path) -> PathBuf {
    let mut resolved = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                resolved.pop();
            }
            Component::CurDir => {}
            part => resolved.push(part),
        }
    }
    resolved
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{lexical, relative};

    #[test]
    fn schemas_are_called_as_seen_from_the_current_folder() {
        let rows = [
            ("/app", "/app/envschema.yaml", "envschema.yaml"),
            ("/app", "/app/deploy/envschema.yaml", "deploy/envschema.yaml"),
            ("/app/services/api", "/app/envschema.yaml", "../../envschema.yaml"),
            ("/app/services/api", "/app/services/web/envschema.yaml", "../web/envschema.yaml"),
            ("/app", "/etc/envschema.yaml", "/etc/envschema.yaml"),
            ("", "/etc/envschema.yaml", "/etc/envschema.yaml"),
        ];
        for (here, path, expected) in rows {
            assert_eq!(relative(Path::new(here), Path::new(path)), expected, "{here} {path}");
        }
    }

    #[test]
    fn parents_are_resolved_by_their_letters() {
        assert_eq!(lexical(Path::new("/a/b/../c/./d")), Path::new("/a/c/d"));
        assert_eq!(lexical(Path::new("/a/../../../b")), Path::new("/b"));
    }
}
