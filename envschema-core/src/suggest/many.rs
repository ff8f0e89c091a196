//! Near misses among many candidates, for many words: what is built once is asked often.

use std::cell::OnceCell;
use std::fmt;

use super::index::Index;
use super::{Rank, reach};

/// How many candidates are looked at one by one.
const FEW: usize = 64;

/// Candidates, ready to be asked which of them a word most likely means.
pub struct Nearest<'c> {
    candidates: Vec<&'c str>,
    sketches: OnceCell<Vec<Sketch>>,
    index: OnceCell<Index<'c>>,
}

impl<'c> Nearest<'c> {
    /// Nothing is made of the candidates before the first word.
    #[must_use]
    pub fn new(candidates: Vec<&'c str>) -> Self {
        Self { candidates, sketches: OnceCell::new(), index: OnceCell::new() }
    }

    /// Candidate number `index`.
    #[must_use]
    pub fn candidate(&self, index: usize) -> &'c str {
        self.candidates[index]
    }

    /// The candidate, by index, that [`nearest`](super::nearest) finds too. A word is letters, digits and underscores.
    #[must_use]
    pub fn find(&self, word: &str) -> Option<usize> {
        if self.candidates.len() > FEW {
            return self.index.get_or_init(|| Index::new(&self.candidates)).find(word);
        }
        let sketches =
            self.sketches.get_or_init(|| self.candidates.iter().map(|word| Sketch::of(word)).collect());
        let sketch = Sketch::of(word);
        let near = |other: &Sketch| sketch.may_be_near(other, reach(word.len()));
        let mut best: Option<(Rank, usize)> = None;
        for (index, candidate) in
            self.candidates.iter().enumerate().filter(|(index, _)| near(&sketches[*index]))
        {
            if candidate.eq_ignore_ascii_case(word) {
                return Some(index);
            }
            let Some(rank) = Rank::of(word, candidate) else { continue };
            if best.is_none_or(|(other, _)| rank < other) {
                best = Some((rank, index));
            }
        }
        best.map(|(_, index)| index)
    }
}

/// Shows how many candidates there are: some may be keys of an input.
impl fmt::Debug for Nearest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Nearest").field("candidates", &self.candidates.len()).finish_non_exhaustive()
    }
}

/// What rules most candidates out at a glance: the length, and which letters there are, in any case.
struct Sketch {
    length: usize,
    letters: u32,
}

impl Sketch {
    fn of(word: &str) -> Self {
        let letters = word.bytes().fold(0, |letters, byte| letters | 1 << (byte & 31));
        Self { length: word.len(), letters }
    }

    /// Whether so few edits could make one of the other: each adds and removes one letter at most.
    fn may_be_near(&self, other: &Self, edits: usize) -> bool {
        let fits = |only: u32| only.count_ones() as usize <= edits;
        self.length.abs_diff(other.length) <= edits
            && fits(self.letters & !other.letters)
            && fits(other.letters & !self.letters)
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::{Just, Strategy, prop_assert_eq, prop_oneof, proptest};

    use super::Nearest;
    use crate::suggest::nearest;

    /// Keys that are near each other more often than not, with numbers in them.
    fn key() -> impl Strategy<Value = String> {
        let word = prop_oneof![
            Just("PORT"),
            Just("PROT"),
            Just("HOST"),
            Just("H0ST"),
            Just("host"),
            Just("_"),
            Just("DATABASE"),
            Just("DATABSE"),
            Just("URL"),
            Just("UR1"),
            Just("1"),
            Just("2"),
            Just("07"),
            Just("A"),
            Just("B"),
        ];
        vec(word, 1..6).prop_map(|words| words.concat())
    }

    #[track_caller]
    fn same(candidates: &[String], words: &[String]) {
        let candidates: Vec<&str> = candidates.iter().map(String::as_str).collect();
        let many = Nearest::new(candidates.clone());
        for word in words {
            let found = many.find(word).map(|index| candidates[index]);
            assert_eq!(found, nearest(word, candidates.iter().copied()), "{word}");
        }
    }

    proptest! {
        #[test]
        fn few_and_many_candidates_give_what_all_pairs_give(
            candidates in vec(key(), 1..120),
            words in vec(key(), 1..20),
        ) {
            same(&candidates, &words);
            let double: Vec<String> = (0..65).map(|number| format!("FILLER_{number}")).chain(candidates).collect();
            same(&double, &words);
            prop_assert_eq!(Nearest::new(Vec::new()).find("A"), None);
        }
    }

    #[test]
    fn numbered_keys_are_told_apart() {
        let candidates: Vec<String> = (0..500).map(|number| format!("APP_{number:04}_PORT")).collect();
        let words = [
            "APP_0042_PROT",
            "APP_0042_PRT",
            "APP_9999_PORT",
            "APP_9999_PROT",
            "AP_0042_PRT",
            "APP_OO42_PORT",
        ];
        same(&candidates, &words.map(str::to_owned));
        let many = Nearest::new(candidates.iter().map(String::as_str).collect());
        assert_eq!(many.find("APP_0042_PROT"), Some(42));
        assert_eq!(many.find("APP_9999_PORT"), None);
    }
}
