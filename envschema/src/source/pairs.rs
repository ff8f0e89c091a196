//! Keys and values that stand in no file: the process environment, and what the program itself says.

use std::borrow::Cow;
use std::ffi::OsString;

use envschema_core::layer::LayerKind;

use super::{Content, Request, Source};

/// A process environment, given as data.
#[derive(Clone)]
pub struct Process {
    pairs: Vec<(String, Vec<u8>)>,
}

impl Process {
    /// The environment of this process, as it is now.
    #[must_use]
    pub fn current() -> Self {
        #[expect(clippy::disallowed_methods, reason = "this is the one place where the library asks for it")]
        Self::new(std::env::vars_os())
    }

    /// An environment of these names and values; a name that is not Unicode cannot be one of a schema and is left out.
    pub fn new<K: Into<OsString>, V: Into<OsString>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let pair =
            |(key, value): (K, V)| Some((key.into().into_string().ok()?, value.into().into_encoded_bytes()));
        let pairs = pairs.into_iter();
        let mut kept = Vec::with_capacity(pairs.size_hint().0);
        kept.extend(pairs.filter_map(pair));
        Self { pairs: kept }
    }
}

impl Process {
    /// The value of `name`, if it is Unicode.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.pairs.iter().find(|(key, _)| key == name)?;
        std::str::from_utf8(value).ok()
    }
}

impl Source for Process {
    fn read(&self, _: &Request<'_>) -> Vec<Content<'_>> {
        let name = Cow::Borrowed("process environment");
        vec![Content::Pairs { name, kind: LayerKind::Process, pairs: Cow::Borrowed(&self.pairs) }]
    }
}

/// Values that the program gives: from its command line, or from a test.
#[derive(Clone)]
pub struct Overrides {
    pairs: Vec<(String, Vec<u8>)>,
}

impl Overrides {
    /// These keys and values.
    pub fn new<K: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        Self {
            pairs: pairs.into_iter().map(|(key, value)| (key.into(), value.into().into_bytes())).collect(),
        }
    }
}

impl Source for Overrides {
    fn read(&self, _: &Request<'_>) -> Vec<Content<'_>> {
        let name = Cow::Borrowed("overrides");
        vec![Content::Pairs { name, kind: LayerKind::Map, pairs: Cow::Borrowed(&self.pairs) }]
    }
}
