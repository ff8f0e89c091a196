//! The only door to the world: files, folders, the process environment, standard input.
//!
//! Only [`Host::replace`] and [`Host::write`] write, and only for commands that are asked to. Below `main` everything takes a [`Host`], so tests and a language server can bring their own.

#![expect(clippy::disallowed_methods, reason = "this is the door the lint points to")]

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, FileType, Metadata};
use std::io::{self, IsTerminal as _, Read};
use std::path::{Path, PathBuf};

use envschema::core::redact;

mod replace;

/// How many bytes of one file are read.
pub(crate) const LARGEST: u64 = 64 << 20;

/// What the world is asked for.
pub(crate) trait Host {
    /// The value of a variable of the process environment.
    fn variable(&self, name: &str) -> Option<OsString>;

    /// Every variable of the process environment.
    fn variables(&self) -> Vec<(OsString, OsString)>;

    /// The current folder, without symbolic links.
    fn current_folder(&self) -> io::Result<PathBuf>;

    /// The absolute path of something that exists, without symbolic links.
    fn real_path(&self, path: &Path) -> io::Result<PathBuf>;

    /// What stands in a folder, in the order of names.
    fn list(&self, folder: &Path) -> io::Result<Vec<Item>>;

    /// What `path` is, behind every symbolic link.
    fn sort_of(&self, path: &Path) -> io::Result<Sort>;

    /// The bytes of a file, [`LARGEST`] at most.
    fn read(&self, path: &Path, origin: Origin) -> Result<Vec<u8>, Unreadable>;

    /// The bytes of standard input, [`LARGEST`] at most.
    fn read_standard_input(&self) -> Result<Vec<u8>, Unreadable>;

    /// Replaces a file as a whole or not at all; else says why not, as a clause.
    fn replace(&self, path: &Path, bytes: &[u8]) -> Result<(), String>;

    /// Writes a file as a whole or not at all, and makes it if there is none; else says why not, as a clause.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), String>;

    /// Whether standard output is a terminal.
    fn is_terminal(&self) -> bool;
}

/// Something in a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Item {
    /// Its name.
    pub(crate) name: OsString,
    /// What it is; a symbolic link is one.
    pub(crate) sort: Sort,
}

/// What a path can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sort {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe.
    Pipe,
    /// A device, a socket.
    Other,
}

/// Who named a path, which decides how far it is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The person who runs the command: pipes are read too, so that `--env-file <(…)` works.
    Named,
    /// It was found, or a schema names it: regular files only, and no symbolic links.
    Found,
    /// A `.env` file names it: as what is found, and nothing that it holds is told unless it is a schema.
    Claimed,
}

/// Why something could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// It does not exist.
    Missing,
    /// The permission is missing.
    Denied,
    /// It is a folder.
    Folder,
    /// It is a device, a socket, or a pipe nobody named.
    Irregular,
    /// It is a symbolic link that nobody named.
    Link,
    /// It is a symbolic link that leads to nothing.
    Dangling,
    /// It is a symbolic link that leads out of the repository.
    Outside,
    /// It is longer than [`LARGEST`].
    TooLarge,
    /// Anything else.
    Broken(io::ErrorKind),
}

impl Unreadable {
    /// The reason, to stand behind `cannot be read: `.
    pub(crate) fn reason(self) -> String {
        match self {
            Self::Missing => "there is no such file".into(),
            Self::Denied => "permission denied".into(),
            Self::Folder => "it is a folder".into(),
            Self::Irregular => "it is not a regular file".into(),
            Self::Link => "it is a symbolic link".into(),
            Self::Dangling => "it is a symbolic link that leads to nothing".into(),
            Self::Outside => "it is a symbolic link that leads out of the repository".into(),
            Self::TooLarge => format!("it is larger than {} MiB", LARGEST >> 20),
            Self::Broken(kind) => kind.to_string(),
        }
    }
}

impl Unreadable {
    /// What to do about it, where there is something.
    pub(crate) fn help(self) -> Option<String> {
        match self {
            Self::Folder => Some("name the files in it one by one".into()),
            Self::Outside | Self::Link => {
                Some("name it on the command line if you trust where it leads".into())
            }
            _ => None,
        }
    }
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::Denied,
            io::ErrorKind::IsADirectory => Self::Folder,
            kind => Self::Broken(kind),
        }
    }
}

/// The real world.
pub(crate) struct System;

impl Host for System {
    fn variable(&self, name: &str) -> Option<OsString> {
        std::env::var_os(name)
    }

    fn variables(&self) -> Vec<(OsString, OsString)> {
        std::env::vars_os().collect()
    }

    fn current_folder(&self) -> io::Result<PathBuf> {
        std::env::current_dir()
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Item>> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let item = |entry: io::Result<fs::DirEntry>| {
            let entry = entry?;
            Ok(Item { name: entry.file_name(), sort: sort(entry.file_type()?) })
        };
        let mut items = fs::read_dir(folder)?.map(item).collect::<io::Result<Vec<_>>>()?;
        items.sort_unstable();
        Ok(items)
    }

    fn sort_of(&self, path: &Path) -> io::Result<Sort> {
        Ok(sort(fs::metadata(path)?.file_type()))
    }

    fn read(&self, path: &Path, origin: Origin) -> Result<Vec<u8>, Unreadable> {
        // Asked before opening, for opening a pipe waits until somebody writes to it.
        let metadata = match origin {
            Origin::Named => fs::metadata(path)?,
            Origin::Found | Origin::Claimed => fs::symlink_metadata(path)?,
        };
        may_read(&metadata, origin)?;
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        may_read(&metadata, origin)?;
        read_all(file, metadata.len())
    }

    fn read_standard_input(&self) -> Result<Vec<u8>, Unreadable> {
        read_all(io::stdin().lock(), 0)
    }

    fn replace(&self, path: &Path, bytes: &[u8]) -> Result<(), String> {
        replace::replace(path, bytes)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), String> {
        match fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => replace::create(path, bytes),
            _ => replace::replace(path, bytes),
        }
    }

    fn is_terminal(&self) -> bool {
        io::stdout().is_terminal()
    }
}

fn sort(found: FileType) -> Sort {
    match found {
        _ if found.is_file() => Sort::File,
        _ if found.is_dir() => Sort::Folder,
        _ if found.is_symlink() => Sort::Link,
        _ if is_pipe(found) => Sort::Pipe,
        _ => Sort::Other,
    }
}

#[cfg(unix)]
fn is_pipe(found: FileType) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&found)
}

#[cfg(not(unix))]
fn is_pipe(_: FileType) -> bool {
    false
}

fn may_read(metadata: &Metadata, origin: Origin) -> Result<(), Unreadable> {
    match sort(metadata.file_type()) {
        Sort::File if metadata.len() > LARGEST => Err(Unreadable::TooLarge),
        Sort::File => Ok(()),
        Sort::Pipe if origin == Origin::Named => Ok(()),
        Sort::Folder => Err(Unreadable::Folder),
        Sort::Link => Err(Unreadable::Link),
        Sort::Pipe | Sort::Other => Err(Unreadable::Irregular),
    }
}

/// Reads up to the budget, whatever length was promised: some files have no length before they are read.
fn read_all(source: impl Read, promised: u64) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::with_capacity(usize::try_from(promised.min(LARGEST)).unwrap_or(0));
    source.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Unreadable::TooLarge);
    }
    Ok(bytes)
}

/// The words of the command line, the name of the program first.
pub(crate) fn arguments() -> Vec<OsString> {
    std::env::args_os().collect()
}

/// A name of the file system as it may be printed: what is not Unicode is replaced, what could act on a terminal is escaped.
pub(crate) fn shown(path: impl AsRef<OsStr>) -> String {
    redact::escape(&path.as_ref().to_string_lossy()).into_owned()
}
