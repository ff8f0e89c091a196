//! What several readers see in one file, side by side, and what of it may be shown.
//!
//! A value is hidden under a key that is declared or looks sensitive. What one reader takes for part of such a value, another may
//! take for a value or a key of its own, so whatever overlaps it is hidden, too, and so is what refers to it, and what stands under
//! a name with blanks in it, which is most likely a broken line, and what may have a comment in it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::dotenv::{Assignment, DIALECTS, Dialect, Environ, Outcome, Reading, Reference, Target};
use crate::redact::{self, MASK};
use crate::secrecy::{has_comment, is_sensitive, secrets, touches};
use crate::span::Span;
use crate::table::Table;

/// What one reader sees in a file.
pub struct Sight {
    /// The reader.
    pub dialect: &'static Dialect,
    /// What it does to the process environment.
    pub outcome: Outcome,
    /// What stands for the keys that must not be shown themselves.
    masks: BTreeMap<Vec<u8>, String>,
    /// The keys whose values must not be shown.
    hidden: BTreeSet<Vec<u8>>,
    /// Whether everything may be shown.
    reveals: bool,
}

impl Sight {
    /// The name of a variable as it may be shown: masked ones are numbered, in the order of the file. It is not escaped yet.
    #[must_use]
    pub fn name<'k>(&'k self, key: &'k [u8]) -> Cow<'k, [u8]> {
        self.masks.get(key).map_or(key, |mask| mask.as_bytes()).into()
    }

    /// Whether a value must not be shown at all.
    #[must_use]
    pub fn is_hidden(&self, key: &[u8], value: &[u8]) -> bool {
        let is_broken_url =
            || std::str::from_utf8(value).is_err() && redact::has_userinfo(&String::from_utf8_lossy(value));
        !self.reveals && (self.hidden.contains(key) || is_broken_url())
    }

    /// The value of a variable as it may be shown: masked if it is hidden, else without the user and password of a url. It is
    /// not escaped yet.
    #[must_use]
    pub fn value<'v>(&self, key: &[u8], value: &'v [u8]) -> Cow<'v, [u8]> {
        match std::str::from_utf8(value) {
            _ if self.is_hidden(key, value) => MASK.as_bytes().into(),
            Ok(text) if !self.reveals => match redact::without_userinfo(text) {
                Cow::Borrowed(text) => text.as_bytes().into(),
                Cow::Owned(text) => text.into_bytes().into(),
            },
            _ => value.into(),
        }
    }
}

/// What each of `dialects` sees in `text`. References see `environ`; `table` says which keys are sensitive.
#[must_use]
pub fn sights(
    text: &[u8],
    dialects: &[&'static Dialect],
    environ: &Environ,
    table: &Table<'_>,
) -> Vec<Sight> {
    // All are asked what is secret, whoever is to be shown.
    let secrets = secrets(text, DIALECTS.iter().map(|dialect| (dialect.read)(text, environ)), table);
    look(text, dialects, environ, |reading| hide(text, reading, &secrets, table))
}

/// What each of `dialects` sees in `text`, none of whose values may be shown, nor any key that is not shaped like one.
#[must_use]
pub fn withheld(text: &[u8], dialects: &[&'static Dialect], environ: &Environ) -> Vec<Sight> {
    look(text, dialects, environ, |reading| {
        Hidden::new(reading, |_| true, |found| redact::key(&found.key).is_none())
    })
}

/// What each of `dialects` sees in `text`, except what `hide` says.
fn look(
    text: &[u8],
    dialects: &[&'static Dialect],
    environ: &Environ,
    hide: impl Fn(&Reading<'_>) -> Hidden,
) -> Vec<Sight> {
    let mut names = Vec::new();
    let sight = |dialect: &&'static Dialect| {
        let reading = (dialect.read)(text, environ);
        let mut hidden = hide(&reading);
        let outcome = Outcome::new(dialect, &reading, environ);
        let Outcome { vars, unset, unknown, .. } = &outcome;
        hidden
            .names
            .retain(|(_, key)| vars.contains_key(key) || unset.contains(key) || unknown.contains(key));
        names.push(hidden.names);
        Sight { dialect, outcome, masks: BTreeMap::new(), hidden: hidden.values, reveals: false }
    };
    let mut sights: Vec<_> = dialects.iter().map(sight).collect();
    let masks = numbered(&names);
    for (sight, names) in sights.iter_mut().zip(names) {
        let masked = names.into_iter().filter_map(|(_, key)| Some((masks.get(&key)?.clone(), key)));
        sight.masks = masked.map(|(mask, key)| (key, mask)).collect();
    }
    sights
}

/// What stands for keys that must not be shown: numbers in the order of their places. To all readers the same key has the
/// same number, and what the keys are plays no part.
fn numbered(names: &[Vec<(u32, Vec<u8>)>]) -> BTreeMap<Vec<u8>, String> {
    let mut in_order: Vec<_> = names.iter().flatten().collect();
    in_order.sort_by_key(|(start, _)| *start);
    let mut masks = BTreeMap::new();
    for (_, key) in in_order {
        let number = masks.len() + 1;
        masks.entry(key.clone()).or_insert_with(|| format!("{MASK} {number}"));
    }
    masks
}

/// What each of `dialects` sees in `text`, secrets and all.
#[must_use]
pub fn revealed(text: &[u8], dialects: &[&'static Dialect], environ: &Environ) -> Vec<Sight> {
    let sight = |dialect: &&'static Dialect| Sight {
        dialect,
        outcome: Outcome::new(dialect, &(dialect.read)(text, environ), environ),
        masks: BTreeMap::new(),
        hidden: BTreeSet::new(),
        reveals: true,
    };
    dialects.iter().map(sight).collect()
}

/// What of a reading must not be shown.
struct Hidden {
    /// The keys that must not be shown themselves, and where they stand.
    names: Vec<(u32, Vec<u8>)>,
    /// The keys whose values must not be shown.
    values: BTreeSet<Vec<u8>>,
}

impl Hidden {
    /// What of `reading` must not be shown: the values of the assignments that `is_hidden` says, by index, and what is set besides
    /// because of them, and the keys of those that `is_nameless` says.
    fn new(
        reading: &Reading<'_>,
        is_hidden: impl Fn(usize) -> bool,
        is_nameless: impl Fn(&Assignment<'_>) -> bool,
    ) -> Self {
        let all = &reading.assignments;
        let nameless = all.iter().filter(|found| is_nameless(found));
        let names = nameless.map(|found| (found.key_span.start, found.key.to_vec())).collect();
        let hidden = all.iter().enumerate().filter(|(index, _)| is_hidden(*index));
        let besides = reading.side_effects.iter().filter(|found| is_hidden(found.assignment as usize));
        let keys = hidden.map(|(_, found)| found.key.to_vec()).chain(besides.map(|found| found.key.clone()));
        Self { names, values: keys.collect() }
    }
}

/// Finds what of a reading must not be shown.
fn hide(text: &[u8], reading: &Reading<'_>, secrets: &[Span], table: &Table<'_>) -> Hidden {
    let touches = |span| touches(secrets, span);
    let all = &reading.assignments;
    let mut hidden: Vec<bool> = all
        .iter()
        .map(|found| {
            let is_suspicious = is_odd(&found.key) || has_comment(found.span.of(text));
            is_suspicious || is_sensitive(table, &found.key) || touches(found.span)
        })
        .collect();
    for reference in reading.references.iter().filter(|reference| reference.target == Target::Environ) {
        if let Some(hidden) = hidden.get_mut(reference.assignment as usize) {
            *hidden |= is_sensitive(table, &reference.name);
        }
    }
    spread(reading, &mut hidden);
    let is_nameless = |found: &Assignment<'_>| is_odd(&found.key) || touches(found.key_span);
    Hidden::new(reading, |index| hidden[index], is_nameless)
}

/// Whether a key is most likely a broken line: it may be anything.
fn is_odd(key: &[u8]) -> bool {
    key.iter().any(u8::is_ascii_whitespace) || std::str::from_utf8(key).is_err()
}

/// Hides what refers to something hidden, at any remove.
fn spread(reading: &Reading<'_>, hidden: &mut [bool]) {
    let pair = |reference: &Reference<'_>| match reference.target {
        Target::Assignment(target) => Some((target as usize, reference.assignment as usize)),
        _ => None,
    };
    let mut heirs: Vec<(usize, usize)> = reading.references.iter().filter_map(pair).collect();
    heirs.sort_unstable();
    let mut origins: Vec<usize> = (0..hidden.len()).filter(|index| hidden[*index]).collect();
    while let Some(origin) = origins.pop() {
        let first = heirs.partition_point(|(target, _)| *target < origin);
        for (_, heir) in heirs[first..].iter().take_while(|(target, _)| *target == origin) {
            if let Some(hidden) = hidden.get_mut(*heir)
                && !std::mem::replace(hidden, true)
            {
                origins.push(*heir);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sights;
    use crate::dotenv::{Environ, find};
    use crate::schema::Schema;
    use crate::table::Table;

    /// `NAME=VALUE` of everything a reader sees, as it may be shown.
    fn shown(text: &str, dialect: &str, others: &[&str]) -> Vec<String> {
        let names = std::iter::once(&dialect).chain(others);
        let dialects: Vec<_> = names.map(|name| find(name).expect("a dialect")).collect();
        let environ: Environ = [("OUTER_TOKEN", "hunter2"), ("HOME", "/h")].into_iter().collect();
        let schema = Schema::default();
        let sights = sights(text.as_bytes(), &dialects, &environ, &Table::new(&schema));
        let sight = &sights[0];
        let shown = sight.outcome.vars.iter().map(|(key, value)| {
            let (name, value) = (sight.name(key), sight.value(key, value));
            format!("{}={}", String::from_utf8_lossy(&name), String::from_utf8_lossy(&value))
        });
        let mut shown: Vec<_> = shown.collect();
        shown.sort();
        shown
    }

    #[test]
    fn what_a_secret_was_expanded_into_is_hidden() {
        let text = "A=$HOME\nB=$OUTER_TOKEN\nC_TOKEN=x\nD=${C_TOKEN}\nE=$D\n";
        assert_eq!(
            shown(text, "compose", &[]),
            ["A=/h", "B=******", "C_TOKEN=******", "D=******", "E=******"]
        );
    }

    /// make adds to a value, or leaves it as it is.
    #[cfg(feature = "dialects")]
    #[test]
    fn what_a_secret_was_added_to_is_hidden() {
        let text = "C_TOKEN=x\nA=$(C_TOKEN)\nA+=y\nB=$(A)\nA?=z\nD=1\n";
        assert_eq!(shown(text, "make", &[]), ["A=******", "B=******", "C_TOKEN=******", "D=1"]);
        let reading = (find("make").expect("a dialect").read)(text.as_bytes(), &Environ::empty());
        let found = |index| {
            let mut references = reading.references.iter();
            references.any(|found| found.assignment == index && *found.name == *b"A")
        };
        assert_eq!([1, 2, 3, 4, 5].map(found), [false, true, true, true, false]);
    }

    #[cfg(feature = "dialects")]
    #[test]
    fn what_may_be_a_comment_is_hidden() {
        assert_eq!(shown("A=80\r# hunter2\n", "docker-run", &[]), ["A=******"]);
        assert_eq!(shown("A=\"x\n # hunter2\n\"\n", "compose", &[]), ["A=******"]);
        assert_eq!(shown("A=80\r\nB=x # y\n", "docker-run", &[]), ["A=80", "B=x # y"]);
    }

    #[test]
    fn the_userinfo_of_a_url_is_hidden() {
        assert_eq!(shown("A=postgres://u:hunter2@h/d\n", "compose", &[]), ["A=postgres://******@h/d"]);
    }

    #[cfg(feature = "dialects")]
    #[test]
    fn what_is_a_secret_to_another_reader_is_hidden() {
        let key = "A_KEY=\"-----BEGIN\nhunter=2\nB=1\n\"\nC=1\n";
        assert_eq!(
            shown(key, "compose-raw", &["compose"]),
            ["****** 1=******", "****** 2=******", "A_KEY=******", "C=1"]
        );
        let text = "A=\"x\nB_KEY=hunter2\n\"\nC=1\n";
        assert_eq!(shown(text, "compose", &["compose-raw"]), ["A=******", "C=1"]);
        let open = "A_KEY=\"hunter2\nB=hunter2\n";
        assert_eq!(shown(open, "compose-raw", &["compose"]), ["****** 1=******", "A_KEY=******"]);
    }
}
