//! Random files from pieces that mean something to readers: the same seed yields the same files.

use std::collections::BTreeMap;

use envschema_core::dotenv::Environ;

use super::file::File;
use super::pieces::{LINES, RARE, WORDS};

/// What is set outside: empty, plain, with a blank, with a reference, with quotes.
const ENVIRON: &[(&str, &str)] = &[
    ("B", "bee"),
    ("E1", ""),
    ("GL", "x$A"),
    ("HOME", "/home/app"),
    ("PATH", "/usr/local/bin:/usr/bin:/bin"),
    ("Q", "\"q\""),
    ("SP", "a b"),
];

/// `count` files grown from `seed`: half of them of pieces alone, half from what was recorded, each in the environment
/// of its recorded file.
pub(crate) fn files(seed: u64, count: usize, recorded: &[File]) -> Vec<File> {
    let mut random = Random(seed);
    let environ: Environ = ENVIRON.iter().copied().collect();
    let file = |number| {
        let origin = if random.below(2) == 0 { None } else { random.any(recorded) };
        File {
            id: format!("random-{number}"),
            text: match origin {
                Some(origin) => random.grown(origin, recorded),
                None => random.text().into_bytes(),
            },
            environ: origin.map_or(&environ, |origin| &origin.environ).clone(),
            volatile: BTreeMap::new(),
            is_recorded: false,
        }
    };
    (0..count).map(file).collect()
}

/// How much of a recorded file counts: longer ones tell little more, and take long.
const LONGEST: usize = 4000;

/// SplitMix64, after Steele, Lea and Flood: small, and good enough to choose words.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is not 0.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or(0)
    }

    fn any<'t, T>(&mut self, things: &'t [T]) -> Option<&'t T> {
        if things.is_empty() { None } else { things.get(self.below(things.len())) }
    }

    fn one_of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.one_of(WORDS)).collect()
    }

    /// A recorded file, or lines of several, with pieces put in and left out.
    fn grown(&mut self, origin: &File, recorded: &[File]) -> Vec<u8> {
        let mut text = if self.below(3) == 0 { Vec::new() } else { origin.text.clone() };
        text.truncate(LONGEST);
        for _ in 0..self.below(3) {
            let other = self.any(recorded).map_or(&b""[..], |file| &file.text);
            let lines: Vec<_> = other.split_inclusive(|byte| *byte == b'\n').collect();
            let line = self.any(&lines).map_or(&b""[..], |line| &line[..line.len().min(LONGEST)]);
            let starts: Vec<_> = text.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::len).collect();
            let at: usize = starts.iter().take(self.below(starts.len() + 1)).sum();
            text.splice(at..at, line.iter().copied());
        }
        for _ in 0..1 + self.below(3) {
            self.change(&mut text);
        }
        match self.below(120) {
            0 => self.lengthen(&mut text),
            1..11 => text = text.split(|byte| *byte == b'\n').collect::<Vec<_>>().join(&b"\r\n"[..]),
            _ => {}
        }
        text
    }

    /// Puts so much in that a line is about as long as Go's scanners take.
    fn lengthen(&mut self, text: &mut Vec<u8>) {
        let at = self.below(text.len() + 1);
        let length = 65_536_usize.saturating_sub(self.below(2 * text.len() + 8));
        text.splice(at..at, std::iter::repeat_n(b'x', length));
    }

    /// Puts a piece in, or takes or doubles a few bytes.
    fn change(&mut self, text: &mut Vec<u8>) {
        let at = self.below(text.len() + 1);
        let end = (at + self.below(4)).min(text.len());
        let piece = match self.below(8) {
            0..2 => self.one_of(WORDS).as_bytes().to_vec(),
            2..6 => self.any(RARE).map_or_else(Vec::new, |piece| piece.to_vec()),
            6 => Vec::new(),
            _ => text[at..end].repeat(2),
        };
        let start = if piece.is_empty() || self.below(3) == 0 { at } else { end };
        text.splice(start..end, piece);
    }

    fn text(&mut self) -> String {
        match self.below(20) {
            0..7 => {
                let count = 1 + self.below(14);
                self.words(count)
            }
            7..15 => (0..=self.below(4)).map(|_| self.line()).collect(),
            _ => self.damaged_lines(),
        }
    }

    /// A line as people write it, or an assignment of a random value.
    fn line(&mut self) -> String {
        if self.below(3) == 0 {
            return format!("{}\n", self.one_of(LINES));
        }
        let (export, key) = (self.one_of(&["", "", "", "export "]), self.one_of(&["A", "B", "C", "X_Y"]));
        let (quote, count) = (self.one_of(&["", "", "", "\"", "'"]), self.below(8));
        let (value, end) = (self.words(count), self.one_of(&["\n", "\n", "\n", " # c\n", " \n"]));
        format!("{export}{key}={quote}{value}{quote}{end}")
    }

    /// Lines as people write them, most often with a random piece somewhere between.
    fn damaged_lines(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..=self.below(6) {
            text.push_str(self.one_of(LINES));
            text.push('\n');
        }
        if self.below(3) > 0 {
            let at = self.below(text.len() + 1);
            // All lines are ASCII.
            text.insert_str(at, self.one_of(WORDS));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::files;

    #[test]
    fn a_seed_decides() {
        let texts = |seed| files(seed, 50, &[]).into_iter().map(|file| file.text).collect::<Vec<_>>();
        assert_eq!(texts(7), texts(7));
        assert_ne!(texts(7), texts(8));
    }
}
