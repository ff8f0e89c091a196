//! Characters of a `.env` file that cannot be seen, or that make it look like another file.

use crate::layer::{Layer, LayerKind};
use crate::span::{Lines, Span};

/// Something of a line that cannot be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    /// The line, from 1.
    pub line: u32,
    /// What it is.
    pub what: Unseen,
    /// The entry it is a part of, by index; `None` in comments and between statements.
    pub entry: Option<u32>,
}

/// What cannot be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unseen {
    /// A character that moves the cursor or turns the direction of text.
    Character,
    /// A carriage return without a line feed: some programs show a new line behind it, and this reader reads none.
    CarriageReturn,
}

/// What cannot be seen in a `.env` file, of each line the first thing that no problem of the reading stands for.
#[must_use]
pub fn sights(layer: &Layer<'_>) -> Vec<Sight> {
    if !matches!(layer.kind, LayerKind::Dotenv(_)) || !may_be_in(layer.text) {
        return Vec::new();
    }
    let lines = Lines::new(layer.text);
    let mut said: Vec<u32> = layer.problems.iter().map(|problem| lines.line_of(problem.span.start)).collect();
    said.sort_unstable();
    let unsaid = (1..=lines.count()).filter(|line| said.binary_search(line).is_err());
    unsaid.filter_map(|line| sight(layer, &lines, line)).collect()
}

fn sight(layer: &Layer<'_>, lines: &Lines, line: u32) -> Option<Sight> {
    let span = lines.span_of(layer.text, line);
    let entry_at = |offset: u32| {
        let behind = layer.entries.partition_point(|entry| entry.span.start <= offset);
        let last = behind.checked_sub(1).filter(|last| offset < layer.entries[*last].span.end)?;
        u32::try_from(last).ok()
    };
    if let Some(offset) = first_character(span.of(layer.text)) {
        let entry = entry_at(span.start + offset);
        return Some(Sight { line, what: Unseen::Character, entry });
    }
    let is_alone = layer.text.get(span.end as usize) == Some(&b'\r')
        && layer.text.get(span.end as usize + 1) != Some(&b'\n');
    let next = lines.span_of(layer.text, line + 1);
    let is_followed = line < lines.count() && !next.of(layer.text).trim_ascii().is_empty();
    let entry = entry_at(span.end);
    (is_alone && is_followed && (entry.is_some() || !starts_entry(layer, next))).then_some(Sight {
        line,
        what: Unseen::CarriageReturn,
        entry,
    })
}

/// Whether an entry starts on a line.
fn starts_entry(layer: &Layer<'_>, line: Span) -> bool {
    let first = layer.entries.partition_point(|entry| entry.span.start < line.start);
    layer.entries.get(first).is_some_and(|entry| entry.span.start < line.end)
}

/// Where the first character stands that cannot be seen.
fn first_character(line: &[u8]) -> Option<u32> {
    let mut at = 0;
    for chunk in line.utf8_chunks() {
        if let Some(found) = chunk.valid().find(is_unseen) {
            return Some(Span::at(at + found).start);
        }
        at += chunk.valid().len() + chunk.invalid().len();
    }
    None
}

/// Control characters, and those that turn the direction of text (UAX #9). NUL is no text at all, which readings report.
fn is_unseen(character: char) -> bool {
    (character.is_control() && !matches!(character, '\t' | '\0'))
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a byte of the text may be part of what cannot be seen; most files have none.
fn may_be_in(text: &[u8]) -> bool {
    let is_part = |(at, byte): (usize, &u8)| {
        IS_PART[usize::from(*byte)] && (*byte != b'\r' || text.get(at + 1) != Some(&b'\n'))
    };
    text.iter().enumerate().any(is_part)
}

/// Which bytes may be. A table, because every byte of every file is looked at.
const IS_PART: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = matches!(byte as u8, 1..=0x1f | 0x7f | 0xc2 | 0xd8 | 0xe2);
        byte += 1;
    }
    table[b'\t' as usize] = false;
    table[b'\n' as usize] = false;
    table
};
