//! Patterns: regular expressions, in a program that was built with them.

/// A regular expression made ready.
#[cfg(feature = "pattern")]
pub(crate) struct Pattern(regex_lite::Regex);

#[cfg(feature = "pattern")]
impl Pattern {
    /// `None` if the text is no regular expression.
    pub(crate) fn new(text: &str) -> Option<Self> {
        regex_lite::Regex::new(text).ok().map(Self)
    }

    /// Whether it stands somewhere in a text.
    pub(crate) fn stands_in(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

/// There is none: the derive takes no pattern then.
#[cfg(not(feature = "pattern"))]
pub(crate) enum Pattern {}

#[cfg(not(feature = "pattern"))]
impl Pattern {
    pub(crate) const fn new(_: &str) -> Option<Self> {
        None
    }

    pub(crate) const fn stands_in(&self, _: &str) -> bool {
        match *self {}
    }
}
