//! Random files from pieces that mean something to readers: the same seed yields the same files.

use std::collections::BTreeMap;

use envschema_core::dotenv::Environ;

use super::file::File;

/// Pieces with a meaning, the frequent ones several times. None of them leads out of the folder or starts a command
/// that exists.
const WORDS: &[&str] = &[
    "A", "B", "KEY", "X_Y", "=", "=", "=", "=", "=", "=", "\n", "\n", "\n", "\n", "\n", "\r\n", "\r", " ",
    " ", "  ", "\t", "#", " #", " # c", "'", "'", "\"", "\"", "`", "\\", "\\n", "\\t", "\\\"", "\\'", "\\$",
    "\\\\", "$", "$A", "$B", "${A}", "${B}", "${A:-", "${B-d}", "${N:-x}", "${N:-$B}", "${A:+x}", "${A", "}",
    ")", ":-", "?", "+", "export ", "export\t", "export", ":", ": ", ";", "&", "|", "\u{e9}", "\u{a0}",
    "\u{feff}", "1", "x", "y", "x y", "!", "*", "-", ".", "[", "]", "{", "%", "a=b", "~", "\u{b}", "@", "^",
    ",",
];

/// Lines as people write them.
const LINES: &[&str] = &[
    "A=1",
    "B=x",
    "KEY='x y'",
    "X=\"a b\"",
    "# c",
    "",
    "export C=3",
    "D=$A",
    "E=${A}-${B}",
    "F=\"$A b\"",
    "G='$A'",
    "H=a#b",
    "I=a # b",
    "J=",
    "K= ",
    "L=a b",
    "M=\"a\\nb\"",
    "N='it'\"'\"'s'",
    "O=${N:-d}",
    "P=${A:+x}",
    "R=\"x\ny\"",
    "S=a\\ b",
    "T=~/x",
    "V=a\\",
    "A=2",
    " A=3",
    "A = 4",
    "BAD LINE",
    "1A=1",
    "a.b=1",
    "a-b=2",
    "A+=x",
    "W=a:b",
    "=1",
    "A: 1",
    "Y=x#'y'",
    "Z=\"a\" # \"b\"",
    "export A",
];

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

/// `count` files grown from `seed`.
pub(crate) fn files(seed: u64, count: usize) -> Vec<File> {
    let mut random = Random(seed);
    let environ: Environ = ENVIRON.iter().copied().collect();
    let file = |number| File {
        id: format!("random-{number}"),
        text: random.text().into_bytes(),
        environ: environ.clone(),
        volatile: BTreeMap::new(),
        is_recorded: false,
    };
    (0..count).map(file).collect()
}

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

    fn one_of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.one_of(WORDS)).collect()
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
        let texts = |seed| files(seed, 50).into_iter().map(|file| file.text).collect::<Vec<_>>();
        assert_eq!(texts(7), texts(7));
        assert_ne!(texts(7), texts(8));
    }
}
