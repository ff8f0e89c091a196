//! `.env` files: one, the conventional chain of four, and texts in their place.

use std::borrow::Cow;
use std::path::PathBuf;

use envschema_core::dotenv::{Dialect, find, reader};

use super::{Content, Request, Source, file::is_plain, reading};

/// The chain `.env` < `.env.local` < `.env.{profile}` < `.env.{profile}.local` of a folder; what is not there is left out.
#[derive(Clone, Debug)]
pub struct DotenvChain {
    folder: PathBuf,
    dialect: Option<&'static Dialect>,
}

impl DotenvChain {
    /// The chain of `folder`, read as the schema says, else as Docker Compose does.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), dialect: None }
    }

    /// Read as this reader does, whatever the schema says.
    #[must_use]
    pub const fn dialect(mut self, dialect: &'static Dialect) -> Self {
        self.dialect = Some(dialect);
        self
    }
}

impl Source for DotenvChain {
    fn read(&self, request: &Request<'_>) -> Vec<Content<'_>> {
        let mut names = vec![".env".to_owned(), ".env.local".to_owned()];
        if let Some(profile) = request.profile.filter(|profile| is_plain(profile)) {
            names.extend([format!(".env.{profile}"), format!(".env.{profile}.local")]);
        }
        names.dedup();
        let dialect = dialect(self.dialect, request);
        let read = |name: String| read(self.folder.join(name), dialect, false);
        names.into_iter().filter_map(read).collect()
    }

    fn depends_on_profile(&self) -> bool {
        true
    }
}

/// One `.env` file.
#[derive(Clone, Debug)]
pub struct DotenvFile {
    path: PathBuf,
    dialect: Option<&'static Dialect>,
    is_required: bool,
}

impl DotenvFile {
    /// A file that must be there, read as the schema says, else as Docker Compose does.
    pub fn required(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), dialect: None, is_required: true }
    }

    /// A file that is read if it is there, as [`Self::required`] reads it.
    pub fn optional(path: impl Into<PathBuf>) -> Self {
        Self { is_required: false, ..Self::required(path) }
    }

    /// Read as this reader does, whatever the schema says.
    #[must_use]
    pub const fn dialect(mut self, dialect: &'static Dialect) -> Self {
        self.dialect = Some(dialect);
        self
    }
}

impl Source for DotenvFile {
    fn read(&self, request: &Request<'_>) -> Vec<Content<'_>> {
        read(self.path.clone(), dialect(self.dialect, request), self.is_required).into_iter().collect()
    }
}

/// The dialect that was asked for, else the one the schema names, as a check does.
fn dialect(asked: Option<&'static Dialect>, request: &Request<'_>) -> &'static Dialect {
    let named = || request.table.schema.dialect.as_deref().and_then(find);
    asked.or_else(named).unwrap_or(reader::DEFAULT)
}

fn read(path: PathBuf, dialect: &'static Dialect, is_required: bool) -> Option<Content<'static>> {
    match reading::read(&path, reading::MOST) {
        Ok(Some(text)) => {
            let name = Cow::Owned(path.display().to_string());
            Some(Content::Dotenv { name, dialect, text: Cow::Owned(text) })
        }
        Ok(None) => is_required.then_some(Content::Unreadable { path, why: "does not exist" }),
        Err(why) => Some(Content::Unreadable { path, why }),
    }
}

/// A text in the place of a `.env` file, for tests and for files that come from elsewhere.
#[derive(Clone)]
pub struct DotenvText {
    name: String,
    text: Vec<u8>,
    dialect: Option<&'static Dialect>,
}

impl DotenvText {
    /// A text called `name`, read as the schema says, else as Docker Compose does.
    pub fn new(name: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), text: text.into(), dialect: None }
    }

    /// Read as this reader does, whatever the schema says.
    #[must_use]
    pub const fn dialect(mut self, dialect: &'static Dialect) -> Self {
        self.dialect = Some(dialect);
        self
    }
}

impl Source for DotenvText {
    fn read(&self, request: &Request<'_>) -> Vec<Content<'_>> {
        let (name, text) = (Cow::Borrowed(self.name.as_str()), Cow::Borrowed(self.text.as_slice()));
        vec![Content::Dotenv { name, dialect: dialect(self.dialect, request), text }]
    }
}
