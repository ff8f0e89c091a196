//! What somebody most likely meant: near misses of keys and of allowed values.

/// How far a word may be from the one that was meant: one edit below eight characters, two from eight on.
#[must_use]
pub const fn reach(length: usize) -> usize {
    if length < 8 { 1 } else { 2 }
}

/// The candidate that `word` most likely means: the nearest within reach, a difference of case first.
///
/// A difference in digits alone is none: `DB_HOST1` is not a misspelt `DB_HOST2`.
#[must_use]
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate.eq_ignore_ascii_case(word) {
            return Some(candidate);
        }
        let limit = best.map_or_else(|| reach(word.chars().count()), |(distance, _)| distance - 1);
        if limit > 0
            && let Some(distance) = distance_within(word, candidate, limit)
            && !differ_in_digits_only(word, candidate)
        {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The value that `word` most likely means: a near miss, or the only one that starts with it.
#[must_use]
pub fn value<'c>(word: &str, candidates: &[&'c str]) -> Option<&'c str> {
    nearest(word, candidates.iter().copied()).or_else(|| {
        let starts = |candidate: &&&str| {
            candidate
                .get(..word.len())
                .is_some_and(|start| !word.is_empty() && start.eq_ignore_ascii_case(word))
        };
        let mut starting = candidates.iter().filter(starts);
        starting.next().filter(|_| starting.next().is_none()).copied()
    })
}

/// Whether two words are equal once their digits are left out.
#[must_use]
pub fn differ_in_digits_only(a: &str, b: &str) -> bool {
    let letters = |word: &'_ str| word.bytes().filter(|byte| !byte.is_ascii_digit()).collect::<Vec<_>>();
    letters(a) == letters(b)
}

/// The Damerau-Levenshtein distance (adjacent transpositions count once) of two words, if it is at most `limit`.
#[must_use]
pub fn distance_within(a: &str, b: &str, limit: usize) -> Option<usize> {
    let (a, b) = trim_common(a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &byte) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, &other) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(byte != other)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && byte == b[j - 1] && a[i - 1] == other {
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

fn trim_common<'w>(mut a: &'w [u8], mut b: &'w [u8]) -> (&'w [u8], &'w [u8]) {
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
    use super::{distance_within, nearest, value};

    #[test]
    fn distances() {
        let rows = [
            ("DATABSE_URL", "DATABASE_URL", Some(1)),
            ("POSTGRES_PASSWROD", "POSTGRES_PASSWORD", Some(1)),
            ("inof", "info", Some(1)),
            ("abcd", "acbde", Some(2)),
            ("same", "same", Some(0)),
            ("abc", "xyz", None),
        ];
        for (a, b, expected) in rows {
            assert_eq!(distance_within(a, b, 2), expected, "{a} {b}");
            assert_eq!(distance_within(b, a, 2), expected, "{b} {a}");
        }
    }

    #[test]
    fn near_keys() {
        let keys = ["DATABASE_URL", "DB_HOST1", "PORT", "S3_BUCKET"];
        let near = |word| nearest(word, keys);
        assert_eq!(near("DATABSE_URL"), Some("DATABASE_URL"));
        assert_eq!(near("database_url"), Some("DATABASE_URL"));
        assert_eq!(near("S3_BUKCET"), Some("S3_BUCKET"));
        assert_eq!(near("DB_HOST2"), None);
        assert_eq!(near("PROT"), Some("PORT"));
        assert_eq!(near("PT"), None);
        assert_eq!(near("PORTAL"), None);
    }

    #[test]
    fn near_values() {
        let allowed = ["development", "test", "production"];
        assert_eq!(value("prod", &allowed), Some("production"));
        assert_eq!(value("Test", &allowed), Some("test"));
        assert_eq!(value("", &allowed), None);
        assert_eq!(value("staging", &allowed), None);
        assert_eq!(value("inof", &["debug", "info"]), Some("info"));
    }
}
