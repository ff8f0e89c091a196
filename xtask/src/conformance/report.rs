//! The comparison as text: a row per reader, then what differs.

use std::collections::BTreeSet;

use super::compare::Tally;
use super::reader::Reader;

/// The table, the readers that were not run, and the differences: at most `shown` of each reader.
pub(crate) fn report(
    readers: &[Reader],
    tallies: &[Tally],
    left_out: &[Reader],
    wanted: &BTreeSet<String>,
    shown: usize,
) -> String {
    let mut text = format!(
        "\n{:22}{:20}{:>6}{:>8}{:>8}{:>7}{:>10}\n",
        "reader", "version", "files", "agreed", "differ", "known", "withheld"
    );
    text.extend(readers.iter().zip(tallies).map(|(reader, tally)| row(reader, tally)));
    for reader in left_out {
        text += &format!("not run: {} {}{}\n", reader.dialect.name, reader.found.join(" + "), note(reader));
    }
    let is_here = |name: &&String| readers.iter().chain(left_out).any(|reader| reader.dialect.name == *name);
    let absent: Vec<_> = wanted.iter().filter(|name| !is_here(name)).map(String::as_str).collect();
    if !absent.is_empty() {
        text += &format!("not here: {}\n", absent.join(", "));
    }
    text.extend(readers.iter().zip(tallies).map(|(reader, tally)| differences(reader, tally, shown)));
    text
}

fn row(reader: &Reader, tally: &Tally) -> String {
    let Tally { read, withheld, known, differences } = tally;
    let differing = differences.len();
    let (name, found, agreed) = (reader.dialect.name, reader.found.join(" + "), read - differing);
    let does_not_count = if reader.is_recorded() { "" } else { "; differences do not count" };
    let note = note(reader);
    format!(
        "{name:22}{found:20}{read:>6}{agreed:>8}{differing:>8}{known:>7}{withheld:>10}{note}{does_not_count}\n"
    )
}

/// The recorded version, if it is not the one that is here.
fn note(reader: &Reader) -> String {
    let recorded = reader.recorded();
    if recorded == reader.found { String::new() } else { format!("  recorded: {}", recorded.join(" + ")) }
}

fn differences(reader: &Reader, tally: &Tally, shown: usize) -> String {
    let name = reader.dialect.name;
    let mut text = String::new();
    for difference in tally.differences.iter().take(shown) {
        text += &format!("\n{name} {}: {}\n    b\"{}\"\n", difference.id, difference.what, difference.text);
    }
    let more = tally.differences.len().saturating_sub(shown);
    if more > 0 {
        text += &format!("\n{name}: {more} more\n");
    }
    text
}
