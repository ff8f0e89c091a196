//! Finds the row of a key: an index that is built anew in every run, so it holds numbers alone and copies no key.

use std::hash::{BuildHasher, Hasher, RandomState};

/// Which rows have which names. The names themselves stay in the rows.
#[derive(Clone)]
pub(crate) struct KeyIndex {
    /// What hashes start from: different in every process, so that nobody can choose keys that all hash alike.
    seed: u64,
    /// Where the hash of a name points, or the next one that was free. Their number is a power of two, and half are vacant.
    slots: Vec<Slot>,
    used: usize,
}

/// A name: part of its hash, and the row it belongs to.
#[derive(Clone, Copy)]
struct Slot {
    hash: u32,
    row: u32,
}

/// No row has this number: there are fewer variables than that.
const VACANT: Slot = Slot { hash: 0, row: u32::MAX };

impl KeyIndex {
    /// An index with room for so many names.
    pub(crate) fn with_capacity(names: usize) -> Self {
        Self { seed: RandomState::new().build_hasher().finish(), slots: vacant(names), used: 0 }
    }

    /// An empty index that hashes as this one does.
    pub(crate) fn sibling(&self, names: usize) -> Self {
        Self { seed: self.seed, slots: vacant(names), used: 0 }
    }

    /// The row of `name`; `has` says whether a row has that name.
    pub(crate) fn find(&self, name: &str, has: impl Fn(u32) -> bool) -> Option<u32> {
        let hash = self.hash(name);
        let slot = self.slots[self.probe(hash, has)];
        (slot.row != VACANT.row).then_some(slot.row)
    }

    /// Gives `name` to `row`, unless it has been given already; says whose it is.
    pub(crate) fn insert(&mut self, name: &str, row: u32, has: impl Fn(u32) -> bool) -> u32 {
        if (self.used + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let hash = self.hash(name);
        let at = self.probe(hash, has);
        if self.slots[at].row == VACANT.row {
            self.slots[at] = Slot { hash, row };
            self.used += 1;
        }
        self.slots[at].row
    }

    /// The slot of the name with this hash that a row `has`, else the vacant one it would take.
    fn probe(&self, hash: u32, has: impl Fn(u32) -> bool) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot.row == VACANT.row || (slot.hash == hash && has(slot.row)) {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let slots = vacant(self.used * 2);
        for slot in std::mem::replace(&mut self.slots, slots) {
            if slot.row != VACANT.row {
                let at = self.probe(slot.hash, |_| false);
                self.slots[at] = slot;
            }
        }
    }

    /// A hash that takes eight bytes at a time: a product of which both halves are kept.
    fn hash(&self, name: &str) -> u32 {
        let bytes = name.as_bytes();
        let (words, rest) = bytes.as_chunks::<8>();
        let mut state = words.iter().fold(self.seed, |state, word| mix(state, u64::from_le_bytes(*word)));
        if !rest.is_empty() {
            let short = || rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
            state = mix(state, bytes.last_chunk().map_or_else(short, |last| u64::from_le_bytes(*last)));
        }
        mix(state, bytes.len() as u64) as u32
    }
}

/// Slots for so many names, and as many beside them.
fn vacant(names: usize) -> Vec<Slot> {
    vec![VACANT; (names * 2).next_power_of_two().max(8)]
}

/// Odd, with as many ones as zeros: the fraction of the golden ratio.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

fn mix(state: u64, word: u64) -> u64 {
    let product = u128::from(state ^ word) * u128::from(FACTOR);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::KeyIndex;

    #[test]
    fn names_are_found_however_many_there_are() {
        let mut names: Vec<String> = (0..1000).map(|n| format!("APP_{n:04}_PORT")).collect();
        names.extend(["", "A", "AB", "ABCDEFGH", "ABCDEFGHI", "ABCDEFGHIJKLMNOPQ", "A\0"].map(str::to_owned));
        let mut index = KeyIndex::with_capacity(1);
        let is = |row: u32, name: &str| names[row as usize] == name;
        for (row, name) in (0..).zip(&names) {
            assert_eq!(index.find(name, |row| is(row, name)), None);
            assert_eq!(index.insert(name, row, |row| is(row, name)), row);
            assert_eq!(index.insert(name, row + 1, |row| is(row, name)), row);
        }
        for (row, name) in (0..).zip(&names) {
            assert_eq!(index.find(name, |row| is(row, name)), Some(row));
        }
        assert_eq!(index.find("ABC", |row| is(row, "ABC")), None);
    }

    #[test]
    fn names_that_differ_little_spread_over_all_slots() {
        let index = KeyIndex::with_capacity(0);
        let hashes: Vec<u32> = (0..4096).map(|n| index.hash(&format!("APP_{n:04}_PORT"))).collect();
        let slots: HashSet<u32> = hashes.iter().map(|hash| hash & 0xfff).collect();
        // 4,096 balls thrown into as many buckets leave a share of 1/e empty.
        assert!((2400..2800).contains(&slots.len()), "{}", slots.len());
        assert!(hashes.iter().collect::<HashSet<_>>().len() > 4090);
    }

    #[test]
    fn hashes_differ_from_index_to_index() {
        let [one, other] = [(); 2].map(|()| KeyIndex::with_capacity(0));
        assert_ne!(one.hash("KEY"), other.hash("KEY"));
        assert_eq!(one.hash("KEY"), one.sibling(0).hash("KEY"));
    }
}
