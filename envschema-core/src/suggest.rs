//! What somebody most likely meant: near misses of keys and of allowed values.

use std::fmt;

mod index;
mod many;

pub use many::Nearest;

/// The bytes of the longest character in UTF-8.
const LONGEST_CHARACTER: usize = 4;

/// How many characters a word has at least that others may be near to: any two of one letter are one edit apart.
const SHORTEST: usize = 3;

/// How far a word may be from the one that was meant: one edit below eight characters, two from eight on.
#[must_use]
pub const fn reach(length: usize) -> usize {
    if length < 8 { 1 } else { 2 }
}

/// The candidate that `word` most likely means: one that differs in case alone, else the nearest within reach; of equally
/// near ones the first.
///
/// A difference in digits alone is none: `DB_HOST1` is not a misspelt `DB_HOST2`. Nor is a different number a second slip:
/// two edits count where the digits are the same.
#[must_use]
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let mut best: Option<(Rank, &str)> = None;
    for candidate in candidates {
        if candidate.eq_ignore_ascii_case(word) {
            return Some(candidate);
        }
        let Some(rank) = Rank::of(word, candidate) else { continue };
        if best.is_none_or(|(other, _)| rank < other) {
            best = Some((rank, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The value that `word` most likely means: a near miss in any case, or the only one that starts with it.
#[must_use]
pub fn value<'c>(word: &str, candidates: &[&'c str]) -> Option<&'c str> {
    let folded: Vec<String> = candidates.iter().map(|candidate| candidate.to_lowercase()).collect();
    let near = nearest(&word.to_lowercase(), folded.iter().map(String::as_str));
    let near = near.and_then(|near| folded.iter().position(|candidate| candidate == near));
    near.and_then(|index| candidates.get(index).copied()).or_else(|| {
        let starts = |candidate: &&&str| {
            let start = candidate.get(..word.len());
            start.is_some_and(|start| !word.is_empty() && start.eq_ignore_ascii_case(word))
        };
        let mut starting = candidates.iter().filter(starts);
        starting.next().filter(|_| starting.next().is_none()).copied()
    })
}

/// How near a candidate is: fewer edits first, then the one with the same digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    distance: usize,
    other_digits: bool,
}

impl Rank {
    const BEST: Self = Self { distance: 1, other_digits: false };

    /// How near `candidate` is to `word`, if it is near at all.
    fn of(word: &str, candidate: &str) -> Option<Self> {
        let length = word.chars().count();
        if length.min(candidate.chars().count()) < SHORTEST {
            return None;
        }
        let distance = distance(word, candidate, reach(length))?;
        let (letters, digits) = (letters(word), digits(word));
        let other_digits = !digits.eq(self::digits(candidate));
        let is_near = !letters.eq(self::letters(candidate)) && (distance < 2 || !other_digits);
        is_near.then_some(Self { distance, other_digits })
    }
}

impl fmt::Debug for Rank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.distance, if self.other_digits { "+" } else { "" })
    }
}

fn letters(word: &str) -> impl Iterator<Item = u8> {
    word.bytes().filter(|byte| !byte.is_ascii_digit())
}

fn digits(word: &str) -> impl Iterator<Item = u8> {
    word.bytes().filter(u8::is_ascii_digit)
}

/// The distance of two words in edits of characters, if it is at most `limit`: insertions, deletions, substitutions, and
/// transpositions of neighbours.
#[must_use]
pub fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    if a.is_ascii() && b.is_ascii() {
        return distance_within(a.as_bytes(), b.as_bytes(), limit);
    }
    if a.len().abs_diff(b.len()) > limit * LONGEST_CHARACTER {
        return None;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    distance_within(&a, &b, limit)
}

fn distance_within<T: PartialEq>(a: &[T], b: &[T], limit: usize) -> Option<usize> {
    let (a, b) = trim_common(a, b);
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, byte) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, other) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(byte != other)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *byte == b[j - 1] && a[i - 1] == *other {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        if row.iter().all(|cost| *cost > limit) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|distance| *distance <= limit)
}

fn trim_common<'w, T: PartialEq>(mut a: &'w [T], mut b: &'w [T]) -> (&'w [T], &'w [T]) {
    while let (Some((x, rest_a)), Some((y, rest_b))) = (a.split_first(), b.split_first())
        && x == y
    {
        (a, b) = (rest_a, rest_b);
    }
    while let (Some((x, rest_a)), Some((y, rest_b))) = (a.split_last(), b.split_last())
        && x == y
    {
        (a, b) = (rest_a, rest_b);
    }
    (a, b)
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest, value};

    #[test]
    fn distances() {
        let rows = [
            ("DATABSE_URL", "DATABASE_URL", Some(1)),
            ("POSTGRES_PASSWROD", "POSTGRES_PASSWORD", Some(1)),
            ("inof", "info", Some(1)),
            ("abcd", "acbde", Some(2)),
            ("same", "same", Some(0)),
            ("abc", "xyz", None),
            ("café", "cafe", Some(1)),
            ("日本語", "日本", Some(1)),
            ("日本語テスト", "ab", None),
        ];
        for (a, b, expected) in rows {
            assert_eq!(distance(a, b, 2), expected, "{a} {b}");
            assert_eq!(distance(b, a, 2), expected, "{b} {a}");
        }
    }

    #[test]
    fn near_keys() {
        let keys = ["DATABASE_URL", "DB_HOST1", "PORT", "S3_BUCKET", "OAUTH2_CLIENT_ID"];
        let near = |word| nearest(word, keys);
        assert_eq!(near("DATABSE_URL"), Some("DATABASE_URL"));
        assert_eq!(near("database_url"), Some("DATABASE_URL"));
        assert_eq!(near("S3_BUKCET"), Some("S3_BUCKET"));
        assert_eq!(near("P0RT"), Some("PORT"));
        assert_eq!(near("PROT"), Some("PORT"));
        assert_eq!(near("PT"), None);
        assert_eq!(near("PORTAL"), None);
        assert_eq!((nearest("_", ["A"]), nearest("AB", ["ABC"]), nearest("ABC", ["AB"])), (None, None, None));
        assert_eq!((nearest("a", ["A"]), nearest("ABD", ["ABC"])), (Some("A"), Some("ABC")));
    }

    #[test]
    fn other_digits_make_another_key() {
        let keys = ["DB_HOST1", "OAUTH2_CLIENT_ID"];
        assert_eq!(nearest("DB_HOST2", keys), None);
        assert_eq!(nearest("DB_HOST", keys), None);
        assert_eq!(nearest("DB_HOTS2", keys), None);
        assert_eq!(nearest("DB_HOTS1", keys), Some("DB_HOST1"));
        assert_eq!(nearest("AUTH2_CLENT_ID", keys), Some("OAUTH2_CLIENT_ID"));
    }

    #[test]
    fn near_values() {
        let allowed = ["development", "test", "production"];
        assert_eq!(value("prod", &allowed), Some("production"));
        assert_eq!(value("Test", &allowed), Some("test"));
        assert_eq!(value("PRODUCTOIN", &allowed), Some("production"));
        assert_eq!(value("Fats", &["slow", "fast"]), Some("fast"));
        assert_eq!(value("", &allowed), None);
        assert_eq!(value("staging", &allowed), None);
        assert_eq!(value("inof", &["debug", "info"]), Some("info"));
        assert_eq!(value("géneral", &["general"]), Some("general"));
    }
}
