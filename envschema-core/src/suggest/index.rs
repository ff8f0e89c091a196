//! An index of words by their letters and their digits, so that looking up one of many words costs the same however many
//! there are.
//!
//! Words with the same letters are one group; a file with numbered keys has few of them. The groups with almost the letters
//! of a word are found by walking a sorted list as the tree of prefixes it is, once for all words with these letters. Inside
//! a group the digits are looked up: the same ones, or one more or less where a digit stands for a letter.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::{Rank, digits, distance_within, letters, reach};

/// The index.
pub(super) struct Index<'c> {
    words: Vec<&'c str>,
    /// The first word with the same letters in any case.
    lower: HashMap<String, usize>,
    /// The letters of every group, sorted.
    groups: Vec<Vec<u8>>,
    /// The words of a group with the same digits, by [`slot`]; each names the one before it.
    members: HashMap<u64, usize>,
    previous: Vec<Option<usize>>,
    /// What was asked before: the groups near some letters.
    known: RefCell<HashMap<Question, Rc<[Near]>>>,
}

/// The letters of a word, and how far others may be from them.
type Question = (Vec<u8>, usize);

/// A group whose letters are near those of a word, but not the same.
#[derive(Clone, Copy)]
struct Near {
    group: usize,
    distance: usize,
}

impl<'c> Index<'c> {
    pub(super) fn new(words: &[&'c str]) -> Self {
        let mut lower = HashMap::with_capacity(words.len());
        let letters: Vec<Vec<u8>> = words.iter().map(|word| letters(word).collect()).collect();
        let mut groups = letters.clone();
        groups.sort_unstable();
        groups.dedup();
        let numbers: HashMap<&[u8], usize> =
            groups.iter().enumerate().map(|(number, letters)| (letters.as_slice(), number)).collect();
        let mut members = HashMap::with_capacity(words.len());
        let mut previous = Vec::with_capacity(words.len());
        for (index, word) in words.iter().enumerate() {
            lower.entry(word.to_ascii_lowercase()).or_insert(index);
            let group = numbers.get(letters[index].as_slice()).copied().unwrap_or_default();
            previous.push(members.insert(slot(group, digits(word)), index));
        }
        Self { words: words.to_vec(), lower, groups, members, previous, known: RefCell::default() }
    }

    pub(super) fn find(&self, word: &str) -> Option<usize> {
        if let Some(found) = self.lower.get(&word.to_ascii_lowercase()) {
            return Some(*found);
        }
        let near = self.near_groups(word);
        let digits: Vec<u8> = digits(word).collect();
        let mut best = None;
        for Near { group, .. } in near.iter() {
            self.take_best(&mut best, word, *group, &digits);
        }
        if !matches!(best, Some((Rank::BEST, _))) {
            for Near { group, .. } in near.iter().filter(|near| near.distance == 1) {
                self.take_best_with_other_digits(&mut best, word, *group, &digits);
            }
        }
        best.map(|(_, index)| index)
    }

    /// Looks at the words of a group with these digits.
    fn take_best(&self, best: &mut Option<(Rank, usize)>, word: &str, group: usize, digits: &[u8]) {
        let mut next = self.members.get(&slot(group, digits.iter().copied())).copied();
        while let Some(index) = next {
            next = self.previous[index];
            if let Some(rank) = Rank::of(word, self.words[index])
                && best.is_none_or(|known| (rank, index) < known)
            {
                *best = Some((rank, index));
            }
        }
    }

    /// Looks at the words of a group with one digit more where the group has one letter less, and the other way round: one
    /// edit that puts a digit in the place of a letter.
    fn take_best_with_other_digits(
        &self,
        best: &mut Option<(Rank, usize)>,
        word: &str,
        group: usize,
        digits: &[u8],
    ) {
        let letters = word.len() - digits.len();
        let mut others = digits.to_vec();
        match letters.cmp(&self.groups[group].len()) {
            Ordering::Greater => (0..=digits.len()).for_each(|at| {
                others.insert(at, b'0');
                for digit in b'0'..=b'9' {
                    others[at] = digit;
                    self.take_best(best, word, group, &others);
                }
                others.remove(at);
            }),
            Ordering::Less => (0..digits.len()).for_each(|at| {
                let removed = others.remove(at);
                self.take_best(best, word, group, &others);
                others.insert(at, removed);
            }),
            Ordering::Equal => {}
        }
    }

    /// The groups within reach of the letters of `word`, without its own.
    fn near_groups(&self, word: &str) -> Rc<[Near]> {
        let key = (letters(word).collect::<Vec<u8>>(), reach(word.len()));
        if let Some(near) = self.known.borrow().get(&key) {
            return Rc::clone(near);
        }
        let mut walk = Walk { groups: &self.groups, word: &key.0, reach: key.1, near: Vec::new() };
        let first: Vec<usize> = (0..=key.0.len()).collect();
        walk.descend(0..self.groups.len(), 0, &[], &first);
        let near: Rc<[Near]> = walk.near.into();
        self.known.borrow_mut().insert(key, Rc::clone(&near));
        near
    }
}

/// Where the words of a group with these digits are found. Two that share a place by chance are told apart later.
fn slot(group: usize, digits: impl Iterator<Item = u8>) -> u64 {
    let start = (group as u64).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    digits.fold(start, |slot, digit| (slot ^ u64::from(digit)).wrapping_mul(0x0100_0000_01b3))
}

/// A walk down the tree of prefixes, with the last rows of the table of distances.
struct Walk<'w> {
    groups: &'w [Vec<u8>],
    word: &'w [u8],
    reach: usize,
    near: Vec<Near>,
}

impl Walk<'_> {
    /// Looks at the groups of `range`, which share their first `depth` letters.
    fn descend(&mut self, range: Range<usize>, depth: usize, before: &[usize], last: &[usize]) {
        if range.len() < 4 {
            range.for_each(|group| self.compare(group));
            return;
        }
        let mut start = range.start;
        if self.groups[start].len() == depth {
            self.compare(start);
            start += 1;
        }
        while start < range.end {
            let letter = self.groups[start][depth];
            let length = self.groups[start..range.end].partition_point(|group| group[depth] <= letter);
            let row = self.row(start, depth, before, last);
            if row.iter().any(|cost| *cost <= self.reach) {
                self.descend(start..start + length, depth + 1, last, &row);
            }
            start += length;
        }
    }

    fn compare(&mut self, group: usize) {
        if let Some(distance) = distance_within(self.word, &self.groups[group], self.reach)
            && distance > 0
        {
            self.near.push(Near { group, distance });
        }
    }

    /// The next row of the table of distances, for letter number `depth` of a group.
    fn row(&self, group: usize, depth: usize, before: &[usize], last: &[usize]) -> Vec<usize> {
        let (group, word) = (&self.groups[group], self.word);
        let mut row = Vec::with_capacity(word.len() + 1);
        row.push(depth + 1);
        for (at, letter) in word.iter().enumerate() {
            let mut cost =
                (last[at] + usize::from(*letter != group[depth])).min(last[at + 1] + 1).min(row[at] + 1);
            if at > 0 && depth > 0 && *letter == group[depth - 1] && word[at - 1] == group[depth] {
                cost = cost.min(before[at - 1] + 1);
            }
            row.push(cost);
        }
        row
    }
}
