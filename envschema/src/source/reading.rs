//! Files read with care: regular ones only, within a budget, and with a reason in fixed words where one cannot be read.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// The most bytes a configuration file may have.
pub(crate) const MOST: u64 = 64 * 1024 * 1024;

/// The most bytes a secret may have: as much as systemd gives all credentials of a service.
pub(crate) const MOST_SECRET: u64 = 1024 * 1024;

/// The bytes of a file, `None` if there is none.
///
/// # Errors
///
/// Why it cannot be read, as the end of a sentence about the file.
pub(crate) fn read(path: &Path, most: u64) -> Result<Option<Vec<u8>>, &'static str> {
    // Asked before it is opened: opening a FIFO waits for somebody to write.
    let metadata = match path.metadata() {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(reason(error.kind())),
    };
    if !metadata.is_file() {
        return Err("is not a regular file");
    }
    #[expect(clippy::disallowed_methods, reason = "sources are where the library reads")]
    let file = File::open(path).map_err(|error| reason(error.kind()))?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(most)).unwrap_or(0));
    file.take(most + 1).read_to_end(&mut bytes).map_err(|error| reason(error.kind()))?;
    match most {
        _ if bytes.len() as u64 <= most => Ok(Some(bytes)),
        MOST_SECRET => Err("is larger than 1 MiB, and no secret is"),
        _ => Err("is larger than 64 MiB, and no configuration file is"),
    }
}

/// The bytes of a secret's file, without the line ends behind it.
pub(crate) fn read_secret(path: &Path) -> Result<Option<Vec<u8>>, &'static str> {
    let Some(mut bytes) = read(path, MOST_SECRET)? else { return Ok(None) };
    while matches!(bytes.last(), Some(b'\n' | b'\r')) {
        bytes.pop();
    }
    Ok(Some(bytes))
}

const fn reason(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::NotFound => "does not exist",
        ErrorKind::PermissionDenied => "may not be read",
        ErrorKind::IsADirectory => "is a folder",
        _ => "cannot be read",
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, MOST_SECRET, read};

    #[test]
    fn what_is_too_large_is_said_with_the_limit() {
        let path = std::env::temp_dir().join(format!("envschema-reading-{}", std::process::id()));
        for (most, limit) in [(MOST_SECRET, "1 MiB"), (MOST, "64 MiB")] {
            std::fs::File::create(&path).and_then(|file| file.set_len(most)).unwrap();
            assert_eq!(read(&path, most).unwrap().map(|bytes| bytes.len() as u64), Some(most));
            std::fs::File::create(&path).and_then(|file| file.set_len(most + 1)).unwrap();
            let why = read(&path, most).unwrap_err();
            assert!(why.contains(limit), "{why}");
        }
        std::fs::remove_file(&path).unwrap();
    }
}
