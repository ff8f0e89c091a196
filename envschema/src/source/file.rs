//! TOML, YAML and JSON files, and texts in their place.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::{Content, Request, Source, reading};
use crate::format::Format;

/// A configuration file. `{profile}` and `{service}` in its path stand for the profile and the service; without one, the
/// file is left out.
#[derive(Clone, Debug)]
pub struct ConfigFile {
    path: String,
    is_required: bool,
}

impl ConfigFile {
    /// A file that must be there: `config/base.toml`.
    pub fn required(path: impl Into<String>) -> Self {
        Self { path: path.into(), is_required: true }
    }

    /// A file that is read if it is there: `config/{profile}.toml`.
    pub fn optional(path: impl Into<String>) -> Self {
        Self { path: path.into(), is_required: false }
    }

    fn path(&self, request: &Request<'_>) -> Option<PathBuf> {
        let mut path = self.path.clone();
        for (mark, name) in [("{profile}", request.profile), ("{service}", request.service)] {
            if path.contains(mark) {
                path = path.replace(mark, name.filter(|name| is_plain(name))?);
            }
        }
        Some(path.into())
    }
}

/// Whether a name can stand in a path without leading anywhere else.
pub(super) fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

impl Source for ConfigFile {
    fn read(&self, request: &Request<'_>) -> Vec<Content<'_>> {
        let Some(path) = self.path(request) else { return Vec::new() };
        let Some(format) = Format::of(&path) else {
            return vec![Content::Unreadable {
                path,
                why: "has none of the extensions `toml`, `yaml`, `yml` and `json`",
            }];
        };
        match reading::read(&path, reading::MOST) {
            Ok(Some(text)) => {
                let name = Cow::Owned(path.display().to_string());
                vec![content(name, format, Cow::Owned(text))]
            }
            Ok(None) if !self.is_required => Vec::new(),
            Ok(None) => vec![Content::Unreadable { path, why: "does not exist" }],
            Err(why) => vec![Content::Unreadable { path, why }],
        }
    }

    fn depends_on_profile(&self) -> bool {
        self.path.contains("{profile}")
    }
}

/// A text in the place of a configuration file, for tests and for files that come from elsewhere.
#[derive(Clone)]
pub struct ConfigText {
    name: String,
    format: Format,
    text: Vec<u8>,
}

impl ConfigText {
    /// A text called `name`, written in what the extension of the name says; TOML if it has none.
    pub fn new(name: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        let name = name.into();
        let format = Format::of(Path::new(&name)).unwrap_or(Format::Toml);
        Self { name, format, text: text.into() }
    }
}

impl Source for ConfigText {
    fn read(&self, _: &Request<'_>) -> Vec<Content<'_>> {
        let (name, text) = (Cow::Borrowed(self.name.as_str()), Cow::Borrowed(self.text.as_slice()));
        vec![content(name, self.format, text)]
    }
}

/// The text of a document, if the program was built to read it: what it says must not be passed over in silence.
fn content<'s>(name: Cow<'s, str>, format: Format, text: Cow<'s, [u8]>) -> Content<'s> {
    let why = match format {
        _ if format.is_built_in() => return Content::Document { name, format, text },
        Format::Yaml => "is not read: the program was built without the feature `yaml` of `envschema`",
        Format::Toml => "is not read: the program was built without the feature `toml` of `envschema`",
        Format::Json => "is not read",
    };
    Content::Unreadable { path: name.into_owned().into(), why }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::content;
    use crate::format::Format;
    use crate::source::Content;

    #[test]
    fn a_file_that_the_program_cannot_read_is_not_passed_over() {
        for format in [Format::Toml, Format::Yaml, Format::Json] {
            let content = content(Cow::Borrowed("file"), format, Cow::Borrowed(b""));
            assert_eq!(matches!(content, Content::Document { .. }), format.is_built_in());
            assert_eq!(matches!(content, Content::Unreadable { .. }), !format.is_built_in());
        }
    }
}
