//! A folder with one file for each secret: `/run/secrets`, systemd's `$CREDENTIALS_DIRECTORY`, a Kubernetes volume.

use std::borrow::Cow;
use std::path::PathBuf;

use envschema_core::layer::LayerKind;

use super::{Content, Request, Source, reading};

/// A folder with one file for each secret.
///
/// Only files named like a declared variable are read, by its key, an alias, or either in lower case (`DB_PASSWORD`, `db_password`);
/// the line ends at the end of a file do not belong to the value. In a Kubernetes volume, `..data` is resolved once, so that
/// all values are of one generation. A variable in two files with different values is an error.
#[derive(Clone, Debug)]
pub struct SecretsFolder {
    path: PathBuf,
}

impl SecretsFolder {
    /// The folder at `path`; if there is none, it yields nothing.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where the files are: the generation that `..data` points to, or the folder itself.
    fn generation(&self) -> PathBuf {
        self.path.join("..data").canonicalize().unwrap_or_else(|_| self.path.clone())
    }
}

impl Source for SecretsFolder {
    fn read(&self, request: &Request<'_>) -> Vec<Content<'_>> {
        if !self.path.is_dir() {
            return Vec::new();
        }
        let folder = self.generation();
        let mut pairs = Vec::new();
        let mut contents = Vec::new();
        let keys = request
            .table
            .iter()
            .flat_map(|(_, row)| [&row.key].into_iter().chain(row.variable.aliases.iter()));
        for key in keys {
            for name in names(key) {
                let path = folder.join(&name);
                match reading::read_secret(&path) {
                    Ok(Some(bytes)) => pairs.push((name, bytes)),
                    Ok(None) => {}
                    Err(why) => contents.push(Content::Unreadable { path, why }),
                }
            }
        }
        if !pairs.is_empty() {
            let name = Cow::Owned(self.path.display().to_string());
            contents.push(Content::Pairs { name, kind: LayerKind::Secrets, pairs: Cow::Owned(pairs) });
        }
        contents
    }
}

/// What the file of a key may be called, the key itself last, which counts most.
fn names(key: &str) -> impl Iterator<Item = String> {
    let lower = Some(key.to_lowercase()).filter(|lower| lower != key);
    lower.into_iter().chain(std::iter::once(key.to_owned()))
}
