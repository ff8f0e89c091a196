//! Wherever there is a spelling that readers read alike, one is found: every short text is tried as one.

use std::collections::BTreeMap;

use envschema_core::dotenv::{Dialect, Environ, Value, find};
use envschema_core::portability::{USUAL_READERS, common_spelling};

/// Characters that mean something to some reader, and one that does not.
const CHARACTERS: &[u8] = b"a #$'\"\\\n`";

/// How long the texts are; five takes ten times as long and finds nothing either.
const LONGEST: usize = 4;

/// What `dialect` reads under `A`, if it stumbles over nothing around it.
fn value(dialect: &Dialect, text: &[u8]) -> Option<Vec<u8>> {
    let file = [b"ABOVE=1\nA=", text, b"\nBELOW=1\n"].concat();
    let reading = (dialect.read)(&file, &Environ::empty());
    if !reading.problems.is_empty() || !reading.references.is_empty() || reading.assignments.len() != 3 {
        return None;
    }
    let keys: Vec<_> = reading.assignments.iter().map(|found| found.key.as_ref()).collect();
    match &reading.assignments[1].value {
        Value::Set(value) if keys == [&b"ABOVE"[..], b"A", b"BELOW"] => Some(value.to_vec()),
        _ => None,
    }
}

#[test]
fn where_there_is_a_spelling_one_is_found() {
    let readers: Vec<&'static Dialect> =
        USUAL_READERS.iter().map(|name| find(name).expect("a reader")).collect();
    let mut seen: BTreeMap<(Vec<u8>, u32), Vec<u8>> = BTreeMap::new();
    let mut texts: Vec<Vec<u8>> = vec![Vec::new()];
    for length in 0..=LONGEST {
        for text in &texts {
            let values: Vec<_> = readers.iter().map(|reader| value(reader, text)).collect();
            for set in 1..1_u32 << readers.len() {
                let mut members = values.iter().enumerate().filter(|(index, _)| set >> index & 1 == 1);
                let Some((_, Some(first))) = members.next() else { continue };
                if members.all(|(_, value)| value.as_ref() == Some(first)) {
                    seen.entry((first.clone(), set)).or_insert_with(|| text.clone());
                }
            }
        }
        if length < LONGEST {
            texts = texts
                .iter()
                .flat_map(|text| CHARACTERS.iter().map(|byte| [&text[..], &[*byte]].concat()))
                .collect();
        }
    }
    let mut missed = Vec::new();
    for ((value, set), text) in &seen {
        let chosen: Vec<_> = readers
            .iter()
            .enumerate()
            .filter(|(index, _)| set >> index & 1 == 1)
            .map(|(_, reader)| *reader)
            .collect();
        let file = [b"A=", &text[..], b"\n"].concat();
        let reading = (chosen[0].read)(&file, &Environ::empty());
        if common_spelling(&file, &reading.assignments[0], &chosen).is_none() {
            let names: Vec<_> = chosen.iter().map(|reader| reader.name).collect();
            missed.push(format!(
                "{:?} as {:?}: {names:?}",
                String::from_utf8_lossy(value),
                String::from_utf8_lossy(text)
            ));
        }
    }
    assert!(seen.len() > 10_000, "{}", seen.len());
    missed.sort_by_key(String::len);
    assert!(missed.is_empty(), "{}", missed[..missed.len().min(60)].join("\n"));
}
