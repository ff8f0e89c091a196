//! The process environment a reader runs in, as data: nothing here asks the real one.

use std::sync::atomic::{AtomicBool, Ordering};

/// Names and values, sorted by name; the last of several equal names wins.
#[derive(Default)]
pub struct Environ {
    variables: Vec<(Vec<u8>, Vec<u8>)>,
    was_asked: AtomicBool,
}

impl Environ {
    /// No variable at all.
    #[must_use]
    pub const fn empty() -> Self {
        Self { variables: Vec::new(), was_asked: AtomicBool::new(false) }
    }

    /// Whether anything was asked of it: if not, a reading would be the same in any other environment.
    #[must_use]
    pub fn was_asked(&self) -> bool {
        self.was_asked.load(Ordering::Relaxed)
    }

    /// The value of `name`.
    #[must_use]
    pub fn get(&self, name: &[u8]) -> Option<&[u8]> {
        self.was_asked.store(true, Ordering::Relaxed);
        let found = self.variables.binary_search_by(|(candidate, _)| candidate.as_slice().cmp(name)).ok()?;
        Some(&self.variables[found].1)
    }

    /// Every name and value, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.was_asked.store(true, Ordering::Relaxed);
        self.variables.iter().map(|(name, value)| (name.as_slice(), value.as_slice()))
    }
}

/// Nothing has been asked of the copy yet.
impl Clone for Environ {
    fn clone(&self) -> Self {
        Self { variables: self.variables.clone(), was_asked: AtomicBool::new(false) }
    }
}

impl PartialEq for Environ {
    fn eq(&self, other: &Self) -> bool {
        self.variables == other.variables
    }
}

impl Eq for Environ {}

impl<N: Into<Vec<u8>>, V: Into<Vec<u8>>> FromIterator<(N, V)> for Environ {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let mut variables: Vec<_> =
            pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        variables.reverse();
        variables.sort_by(|a, b| a.0.cmp(&b.0));
        variables.dedup_by(|later, earlier| later.0 == earlier.0);
        Self { variables, was_asked: AtomicBool::new(false) }
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
    fn it_knows_whether_it_was_asked() {
        let environ = Environ::empty();
        assert!(!environ.was_asked());
        assert_eq!(environ.get(b"A"), None);
        assert!(environ.was_asked());
        let listed = Environ::empty();
        assert_eq!(listed.iter().count(), 0);
        assert!(listed.was_asked());
    }

    #[test]
    fn debug_shows_no_value() {
        let environ: Environ = [("PASSWORD", "hunter2")].into_iter().collect();
        assert_eq!(format!("{environ:?}"), r#"{"PASSWORD"}"#);
    }
}
