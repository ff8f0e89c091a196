//! What of a line is a variable definition: its modifiers, its name, its operator.

use crate::dotenv::scan::is_blank;

/// `override export NAME += value`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Definition {
    pub(super) flavor: Flavor,
    /// Whether `export` stands before it.
    pub(super) export: bool,
    /// Where the name starts and ends.
    pub(super) name: (usize, usize),
    /// Where the value starts.
    pub(super) value: usize,
}

/// How a definition sets its variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flavor {
    /// `=`: expanded when it is used.
    Recursive,
    /// `:=`, `::=`: expanded at once.
    Simple,
    /// `:::=`: expanded at once, and again when it is used.
    Immediate,
    /// `+=`
    Append,
    /// `?=`
    Conditional,
    /// `!=`: runs a command.
    Shell,
    /// `define NAME` and the lines up to `endef`.
    Define,
    /// `undefine NAME`
    Undefine,
}

/// What make reads as white space.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// Behind the white space at `at`.
pub(super) fn skip_space(line: &[u8], at: usize) -> usize {
    at + line[at..].iter().take_while(|byte| is_space(**byte)).count()
}

/// Behind the word at `at`.
pub(super) fn word_end(line: &[u8], at: usize) -> usize {
    at + line[at..].iter().take_while(|byte| !is_space(**byte)).count()
}

/// The definition at `start`, if the line is one; `:::=` is known to make 4.4 only.
pub(super) fn parse(line: &[u8], start: usize, knows_immediate: bool) -> Option<Definition> {
    let mut at = skip_space(line, start);
    let mut export = false;
    loop {
        if let Some((flavor, name_end, value)) = operator(line, at, knows_immediate) {
            return Some(Definition { flavor, export, name: (at, name_end), value: skip_space(line, value) });
        }
        let end = word_end(line, at);
        let next = skip_space(line, end);
        match &line[at..end] {
            b"export" => export = true,
            b"override" | b"private" => {}
            b"define" => return Some(block(line, next, export, knows_immediate)),
            b"undefine" => {
                return Some(named(Flavor::Undefine, line, next, export));
            }
            _ => return None,
        }
        if next == line.len() {
            return None;
        }
        at = next;
    }
}

/// `define NAME`, with or without an operator.
fn block(line: &[u8], at: usize, export: bool, knows_immediate: bool) -> Definition {
    match operator(line, at, knows_immediate) {
        Some((_, end, value)) => Definition { flavor: Flavor::Define, export, name: (at, end), value },
        None => named(Flavor::Define, line, at, export),
    }
}

/// The rest of the line is the name.
fn named(flavor: Flavor, line: &[u8], at: usize, export: bool) -> Definition {
    let blanks = line[at..].iter().rev().take_while(|byte| is_space(**byte)).count();
    Definition { flavor, export, name: (at, line.len() - blanks), value: line.len() }
}

/// The assignment operator of the line from `start` on: its flavor, where the name ends and where it ends itself.
fn operator(line: &[u8], start: usize, knows_immediate: bool) -> Option<(Flavor, usize, usize)> {
    let mut at = start;
    let mut blank = None;
    loop {
        let mut first = *line.get(at)?;
        if first == b'#' {
            return None;
        }
        if first == b'$' {
            at = reference_end(line, at)?;
            continue;
        }
        if is_blank(first) {
            blank = Some(at);
            at = skip_space(line, at);
            first = *line.get(at)?;
        }
        let name_end = blank.unwrap_or(at);
        let (flavor, width) = match &line[at..] {
            [b'=', ..] => (Flavor::Recursive, 1),
            [b'+', b'=', ..] => (Flavor::Append, 2),
            [b'?', b'=', ..] => (Flavor::Conditional, 2),
            [b'!', b'=', ..] => (Flavor::Shell, 2),
            [b':', b'=', ..] => (Flavor::Simple, 2),
            [b':', b':', b'=', ..] => (Flavor::Simple, 3),
            [b':', b':', b':', b'=', ..] if knows_immediate => (Flavor::Immediate, 4),
            _ if first == b':' || blank.is_some() => return None,
            _ => {
                at += 1;
                continue;
            }
        };
        return Some((flavor, name_end, at + width));
    }
}

/// Behind the reference whose `$` is at `at`; `None` if the line ends in it.
pub(super) fn reference_end(line: &[u8], at: usize) -> Option<usize> {
    let (open, close) = match line.get(at + 1)? {
        b'(' => (b'(', b')'),
        b'{' => (b'{', b'}'),
        _ => return Some(at + 2),
    };
    let mut depth = 0_usize;
    for (offset, byte) in line[at + 1..].iter().enumerate() {
        match *byte {
            byte if byte == open => depth += 1,
            byte if byte == close => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 2 + offset);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Flavor, parse};

    #[test]
    fn definitions() {
        use Flavor::{Append, Conditional, Define, Immediate, Recursive, Shell, Simple, Undefine};
        for (line, expected) in [
            ("A=1", Some((Recursive, "A", "1"))),
            ("  export A\t= 1 ", Some((Recursive, "A", "1 "))),
            ("export export=1", Some((Recursive, "export", "1"))),
            ("A?=1", Some((Conditional, "A", "1"))),
            ("A += 1", Some((Append, "A", "1"))),
            ("A!=date", Some((Shell, "A", "date"))),
            ("A:=1", Some((Simple, "A", "1"))),
            ("A::=1", Some((Simple, "A", "1"))),
            ("A:::=1", Some((Immediate, "A", "1"))),
            ("A==1", Some((Recursive, "A", "=1"))),
            ("A.b-c=1", Some((Recursive, "A.b-c", "1"))),
            ("$(A B)=1", Some((Recursive, "$(A B)", "1"))),
            ("define A B", Some((Define, "A B", ""))),
            ("undefine A ", Some((Undefine, "A", ""))),
            ("A B=1", None),
            ("A: B=1", None),
            ("A", None),
            ("$(A=1", None),
            ("export A", None),
            ("=1", Some((Recursive, "", "1"))),
        ] {
            let found = parse(line.as_bytes(), 0, true);
            let found =
                found.map(|found| (found.flavor, &line[found.name.0..found.name.1], &line[found.value..]));
            assert_eq!(found, expected, "{line}");
        }
    }
}
