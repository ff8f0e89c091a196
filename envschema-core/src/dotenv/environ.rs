//! The process environment a reader runs in, as data: nothing here asks the real one.

/// Names and values, sorted by name; the last of several equal names wins.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Environ {
    variables: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Environ {
    /// No variable at all.
    #[must_use]
    pub const fn empty() -> Self {
        Self { variables: Vec::new() }
    }

    /// The value of `name`.
    #[must_use]
    pub fn get(&self, name: &[u8]) -> Option<&[u8]> {
        let found = self.variables.binary_search_by(|(candidate, _)| candidate.as_slice().cmp(name)).ok()?;
        Some(&self.variables[found].1)
    }

    /// Every name and value, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.variables.iter().map(|(name, value)| (name.as_slice(), value.as_slice()))
    }
}

impl<N: Into<Vec<u8>>, V: Into<Vec<u8>>> FromIterator<(N, V)> for Environ {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let mut variables: Vec<_> =
            pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        variables.reverse();
        variables.sort_by(|a, b| a.0.cmp(&b.0));
        variables.dedup_by(|later, earlier| later.0 == earlier.0);
        Self { variables }
    }
}

/// Shows the names only: values may be secret.
impl std::fmt::Debug for Environ {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.variables.iter().map(|(name, _)| String::from_utf8_lossy(name))).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Environ;

    #[test]
    fn the_last_of_equal_names_wins() {
        let environ: Environ = [("B", "1"), ("A", "2"), ("B", "3")].into_iter().collect();
        assert_eq!(environ.get(b"B"), Some(&b"3"[..]));
        assert_eq!(environ.get(b"C"), None);
        assert_eq!(environ.iter().count(), 2);
    }

    #[test]
    fn debug_shows_no_value() {
        let environ: Environ = [("PASSWORD", "hunter2")].into_iter().collect();
        assert_eq!(format!("{environ:?}"), r#"{"PASSWORD"}"#);
    }
}
