//! A file to be read, and what a reader made of it.

use std::collections::{BTreeMap, BTreeSet};

use envschema_core::dotenv::Environ;

/// A file and the process environment in which it is read.
pub(crate) struct File {
    /// Its name in the corpus, or its number.
    pub(crate) id: String,
    pub(crate) text: Vec<u8>,
    pub(crate) environ: Environ,
    /// Names whose values depend on the machine or the moment, by reader.
    pub(crate) volatile: BTreeMap<String, BTreeSet<String>>,
    /// Whether it is one of the recorded files, in which volatile names are known.
    pub(crate) is_recorded: bool,
}

/// What a reader did to the process environment.
#[derive(Default)]
pub(crate) struct Answer {
    /// Names added or changed.
    pub(crate) vars: BTreeMap<Vec<u8>, Vec<u8>>,
    /// Names removed.
    pub(crate) unset: BTreeSet<Vec<u8>>,
    /// What the reader reported.
    pub(crate) error: Option<String>,
}

impl Answer {
    /// Nothing read, for a reason.
    pub(crate) fn failure(reason: impl Into<String>) -> Self {
        Self { error: Some(reason.into()), ..Self::default() }
    }

    /// What changed from `before` to an environment dumped as `NAME=value`, each ended by NUL.
    pub(crate) fn from_dump(dump: &[u8], before: &Environ) -> Self {
        let mut answer = Self::default();
        let mut seen = BTreeSet::new();
        for entry in dump.split(|byte| *byte == 0) {
            let Some(at) = entry.iter().position(|byte| *byte == b'=') else { continue };
            let (name, value) = (&entry[..at], &entry[at + 1..]);
            seen.insert(name);
            if before.get(name) != Some(value) {
                answer.vars.insert(name.to_vec(), value.to_vec());
            }
        }
        let names = before.iter().map(|(name, _)| name);
        answer.unset = names.filter(|name| !seen.contains(name)).map(<[u8]>::to_vec).collect();
        answer
    }
}

#[cfg(test)]
mod tests {
    use envschema_core::dotenv::Environ;

    use super::Answer;

    #[test]
    fn a_dump_is_what_changed() {
        let before: Environ = [("A", "1"), ("B", "2"), ("C", "3")].into_iter().collect();
        let answer = Answer::from_dump(b"A=1\0B=x=y\nz\0=none\0D=\0no entry\0", &before);
        let vars: Vec<(&[u8], &[u8])> = answer.vars.iter().map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!(vars, [(&b""[..], &b"none"[..]), (b"B", b"x=y\nz"), (b"D", b"")]);
        assert_eq!(answer.unset.into_iter().collect::<Vec<_>>(), [b"C"]);
    }
}
