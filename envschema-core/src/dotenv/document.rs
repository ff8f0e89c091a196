//! The bytes of a file, tiled by one dialect's reading: nothing is lost, and an edit replaces spans.

use std::fmt;

use super::encoding::BOM;
use super::scan::find;
use super::{Problem, Reading};
use crate::span::Span;

/// A file cut into pieces that together are the file, byte for byte.
#[derive(Clone)]
pub struct Document<'t> {
    text: &'t [u8],
    pieces: Vec<Piece>,
}

/// One piece of a file. It is never empty.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Where it stands.
    pub span: Span,
}

/// What a piece of a file is. Line ends belong to the piece before them; all but assignments end with their line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// The byte order mark at the start.
    Bom,
    /// White space, line ends included.
    Blank,
    /// A comment, with the blanks before it.
    Comment,
    /// An assignment, by index, without the comment and the line end behind it.
    Assignment(u32),
    /// Text that is none of these: what the reader stumbles over or passes over.
    Junk,
}

impl<'t> Document<'t> {
    /// Tiles `text` by `reading`, which must be a reading of the same text.
    #[must_use]
    pub fn new(text: &'t [u8], reading: &Reading<'_>) -> Self {
        let mut tiling = Tiling { text, at: 0, pieces: Vec::new(), problems: &reading.problems };
        for (index, assignment) in reading.assignments.iter().enumerate() {
            tiling.fill_to(assignment.span.start as usize);
            let kind = PieceKind::Assignment(u32::try_from(index).unwrap_or(u32::MAX));
            tiling.push(kind, assignment.span.end as usize);
        }
        tiling.fill_to(text.len());
        Self { text, pieces: tiling.pieces }
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &'t [u8] {
        self.text
    }

    /// The pieces in order, without gap or overlap.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }
}

/// Shows the sorts of its pieces: its text may hold secrets.
impl fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document").field("pieces", &self.pieces).finish_non_exhaustive()
    }
}

/// Shows what it is, not where: a place may tell how long a secret is.
impl fmt::Debug for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

/// Shows nothing of the text, which may hold a secret.
impl fmt::Debug for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edit").finish_non_exhaustive()
    }
}

struct Tiling<'t, 'r> {
    text: &'t [u8],
    at: usize,
    pieces: Vec<Piece>,
    /// Those not passed yet.
    problems: &'r [Problem],
}

impl Tiling<'_, '_> {
    /// Cuts everything up to `end` into lines.
    fn fill_to(&mut self, end: usize) {
        let end = end.min(self.text.len());
        if self.at == 0 && end >= BOM.len() && self.text.starts_with(BOM) {
            self.push(PieceKind::Bom, BOM.len());
        }
        while self.at < end {
            let rest = &self.text[self.at..end];
            let length = find(rest, b'\n').map_or(rest.len(), |length| length + 1);
            let kind = self.kind_of(&rest[..length]);
            self.push(kind, self.at + length);
        }
    }

    fn kind_of(&mut self, line: &[u8]) -> PieceKind {
        let Some(first) = line.iter().find(|byte| !byte.is_ascii_whitespace()) else {
            return PieceKind::Blank;
        };
        let is_comment = matches!(first, b'#' | b';');
        if is_comment && !self.is_problem(self.at + line.len()) {
            PieceKind::Comment
        } else {
            PieceKind::Junk
        }
    }

    /// Whether a problem starts between here and `end`.
    fn is_problem(&mut self, end: usize) -> bool {
        let passed =
            self.problems.iter().take_while(|problem| (problem.span.start as usize) < self.at).count();
        self.problems = &self.problems[passed..];
        self.problems.first().is_some_and(|problem| (problem.span.start as usize) < end)
    }

    fn push(&mut self, kind: PieceKind, end: usize) {
        let end = end.min(self.text.len());
        if end > self.at {
            self.pieces.push(Piece { kind, span: Span::new(self.at, end) });
            self.at = end;
        }
    }
}

/// The replacement of one span of a text.
#[derive(Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub span: Span,
    /// What stands there afterwards.
    pub text: Vec<u8>,
}

/// `text` after `edits`. They apply in the order of their places; one that overlaps an earlier one, or lies outside the
/// text, is left out.
#[must_use]
pub fn apply(text: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut ordered: Vec<&Edit> = edits.iter().collect();
    ordered.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    for edit in ordered {
        let range = edit.span.range();
        if range.start < at || range.end < range.start || range.end > text.len() {
            continue;
        }
        out.extend_from_slice(&text[at..range.start]);
        out.extend_from_slice(&edit.text);
        at = range.end;
    }
    out.extend_from_slice(&text[at..]);
    out
}

/// As many of `candidates` as `holds` admits together with those before them. All at once are tried first, then halves, so
/// that few that do not hold cost few trials.
pub(crate) fn admitted<T: Clone>(candidates: &[T], holds: &dyn Fn(&[T]) -> bool) -> Vec<T> {
    let mut admitted = Vec::with_capacity(candidates.len());
    admit(&mut admitted, candidates, holds);
    admitted
}

fn admit<T: Clone>(admitted: &mut Vec<T>, candidates: &[T], holds: &dyn Fn(&[T]) -> bool) {
    if candidates.is_empty() {
        return;
    }
    let before = admitted.len();
    admitted.extend_from_slice(candidates);
    if holds(admitted) {
        return;
    }
    admitted.truncate(before);
    if candidates.len() > 1 {
        let (first, second) = candidates.split_at(candidates.len() / 2);
        admit(admitted, first, holds);
        admit(admitted, second, holds);
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, Edit, PieceKind, admitted, apply};
    use crate::dotenv::{Environ, find};
    use crate::span::Span;

    #[test]
    fn pieces_of_a_file() {
        let text = "\u{feff}# head\n\nA=1 # one\nfoo bar\n  B='x\ny'\r\n".as_bytes();
        let reading = (find("compose").unwrap().read)(text, &Environ::empty());
        let document = Document::new(text, &reading);
        let pieces: Vec<_> = document
            .pieces()
            .iter()
            .map(|piece| (piece.kind, str::from_utf8(piece.span.of(text)).unwrap()))
            .collect();
        assert_eq!(
            pieces,
            [
                (PieceKind::Bom, "\u{feff}"),
                (PieceKind::Comment, "# head\n"),
                (PieceKind::Blank, "\n"),
                (PieceKind::Assignment(0), "A=1"),
                (PieceKind::Comment, " # one\n"),
                (PieceKind::Junk, "foo bar\n"),
                (PieceKind::Blank, "  "),
                (PieceKind::Assignment(1), "B='x\ny'"),
                (PieceKind::Blank, "\r\n"),
            ]
        );
    }

    #[test]
    fn edits_apply_in_order_and_never_overlap() {
        let edit = |start, end, text: &str| Edit { span: Span::new(start, end), text: text.into() };
        let edits = [edit(4, 5, "2"), edit(0, 1, "KEY"), edit(0, 2, "X"), edit(6, 6, "\n"), edit(5, 99, "!")];
        assert_eq!(apply(b"A=1\nB=", &edits), b"KEY=1\n2=\n");
    }

    #[test]
    fn what_does_not_hold_costs_few_trials() {
        let candidates: Vec<u32> = (0..1_000).collect();
        let trials = std::cell::Cell::new(0);
        let holds = |some: &[u32]| {
            trials.set(trials.get() + 1);
            !some.contains(&7) && !some.contains(&900)
        };
        let found = admitted(&candidates, &holds);
        assert_eq!((found.len(), found[7], found[898]), (998, 8, 899));
        assert!(trials.get() < 50, "{}", trials.get());
    }
}
