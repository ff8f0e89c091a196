//! Helpers for the tests of a service.

use std::path::Path;

use crate::export::diff;
use crate::source::{Process, reading};

/// The variable that tells [`assert_current`] to write.
const UPDATE: &str = "ENVSCHEMA_UPDATE";

/// Keeps an exported file current: fails unless the file at `path` holds `text`, with the lines that differ. Run the test
/// with `ENVSCHEMA_UPDATE=1` to write the file, and the folders it lies in.
///
/// A relative path starts at the folder of the package, where Cargo runs tests. Line ends do not count.
///
/// ```no_run
/// # use envschema::{EnvSchema, export::Form};
/// # fn test<Config: EnvSchema>() {
/// envschema::testing::assert_current("schemas/app.schema.json", &Config::json_schema(Form::Config));
/// envschema::testing::assert_current(".env.example", &Config::env_example());
/// # }
/// ```
///
/// # Panics
///
/// If the file is missing or stale, or cannot be written.
#[track_caller]
#[expect(clippy::panic, reason = "that is how a test fails")]
pub fn assert_current(path: impl AsRef<Path>, text: &str) {
    let is_update = Process::current().get(UPDATE).is_some_and(|value| !matches!(value, "" | "0"));
    if let Err(why) = keep_current(path.as_ref(), text, is_update) {
        panic!("{why}");
    }
}

/// Writes the file if it is not current and `is_update`.
fn keep_current(path: &Path, text: &str, is_update: bool) -> Result<(), String> {
    let shown = path.display();
    let bytes = reading::read(path, reading::MOST).map_err(|why| format!("`{shown}` {why}"))?;
    let written = bytes.as_deref().map(String::from_utf8_lossy);
    let stale = match &written {
        None => format!("`{shown}` does not exist"),
        Some(written) => match diff::diff(written, text) {
            None => return Ok(()),
            Some(lines) => format!("`{shown}` is stale, from {lines}"),
        },
    };
    if !is_update {
        return Err(format!("{}\nrun this test with `{UPDATE}=1` to write it\n", stale.trim_end()));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| std::fs::write(path, text))
        .map_err(|error| format!("`{shown}` cannot be written: {error}"))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::keep_current;

    /// A file in a folder of its own that is not there yet.
    fn path(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("envschema-testing-{}-{name}", std::process::id()));
        folder.join("schemas/app.json")
    }

    #[test]
    fn a_file_is_written_when_told_and_compared_otherwise() {
        let path = path("current");
        let missing = keep_current(&path, "a\n", false).unwrap_err();
        assert!(missing.contains("does not exist") && missing.contains("ENVSCHEMA_UPDATE=1"), "{missing}");
        keep_current(&path, "a\nb\n", true).unwrap();
        keep_current(&path, "a\nb\n", false).unwrap();
        let stale = keep_current(&path, "a\nc\n", false).unwrap_err();
        assert!(stale.contains("line 2:\n  a\n- b\n+ c\n"), "{stale}");
        keep_current(&path, "a\nc\n", true).unwrap();
        keep_current(&path, "a\nc\n", false).unwrap();
        std::fs::remove_dir_all(path.parent().unwrap().parent().unwrap()).unwrap();
    }

    #[test]
    fn a_folder_is_not_a_file() {
        let folder = std::env::temp_dir();
        let why = keep_current(&folder, "a\n", true).unwrap_err();
        assert!(why.contains("is not a regular file"), "{why}");
    }
}
