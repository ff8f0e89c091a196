//! A file replaced as a whole or not at all: written beside itself, then renamed over itself.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// How many names are tried for the new file.
const TRIES: u32 = 16;

/// Replaces the content of `path`, keeping mode and owner. A symbolic link is followed within its folder only.
///
/// # Errors
///
/// Why nothing was changed, as a clause.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let path = within_folder(path)?;
    let metadata = fs::symlink_metadata(&path).map_err(|error| error.kind().to_string())?;
    if !metadata.is_file() {
        return Err("it is not a regular file".to_owned());
    }
    let (mut file, beside) = create_beside(&path, private_file).map_err(|error| error.kind().to_string())?;
    let written = write(&mut file, bytes, &metadata).and_then(|()| fs::rename(&beside, &path));
    written.map_err(|error| {
        // What is left behind could hold secrets. If it cannot be removed either, the error says enough.
        let _ = fs::remove_file(&beside);
        error.kind().to_string()
    })
}

/// Makes the file `path`, with the mode that new files have.
///
/// # Errors
///
/// Why there is no such file now, as a clause.
pub(super) fn create(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let (mut file, beside) = create_beside(path, usual_file).map_err(|error| error.kind().to_string())?;
    let written =
        file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        // If it cannot be removed either, the error says enough.
        let _ = fs::remove_file(&beside);
        error.kind().to_string()
    })
}

/// The file itself, behind a symbolic link if that stays in the folder of the link.
fn within_folder(path: &Path) -> Result<PathBuf, String> {
    let kind = |error: io::Error| error.kind().to_string();
    let real = fs::canonicalize(path).map_err(kind)?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let folder = fs::canonicalize(folder).map_err(kind)?;
    if real.parent() == Some(folder.as_path()) {
        Ok(real)
    } else {
        Err("it is a symbolic link that leads to another folder".to_owned())
    }
}

/// A new file in the folder of `path`.
fn create_beside(path: &Path, new_file: fn(&Path) -> io::Result<File>) -> io::Result<(File, PathBuf)> {
    let mut last = io::ErrorKind::AlreadyExists.into();
    for attempt in 0..TRIES {
        let mut name = OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".{}-{attempt}.new", std::process::id()));
        let beside = path.with_file_name(name);
        match new_file(&beside) {
            Ok(file) => return Ok((file, beside)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

fn usual_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// A file that nobody else can read.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn write(file: &mut File, bytes: &[u8], original: &Metadata) -> io::Result<()> {
    file.write_all(bytes)?;
    keep_owner(file, original)?;
    file.set_permissions(original.permissions())?;
    file.sync_all()
}

/// Gives the new file the owner of the original; only a privileged user can, and need, do that for somebody else's file.
#[cfg(unix)]
fn keep_owner(file: &File, original: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};

    let new = file.metadata()?;
    if (new.uid(), new.gid()) == (original.uid(), original.gid()) {
        return Ok(());
    }
    fchown(file, Some(original.uid()), Some(original.gid()))
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}
