//! The tree every document is read into: values with their places, and faults that show nothing of the text.

use std::borrow::Cow;

use envschema_core::span::Span;

/// How deep arrays and tables may be nested.
pub const MAX_DEPTH: usize = 128;

/// How many faults of one document are kept; a text with more is no document of that format at all.
pub const MAX_FAULTS: usize = 100;

/// A document as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document<'t> {
    /// The value of the whole document; `None` where there is none, as in an empty YAML file.
    pub root: Option<Node<'t>>,
    /// What is wrong with the text, in the order of its places; empty for a sound document.
    pub faults: Vec<Fault>,
}

/// One value of a document, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node<'t> {
    /// The value.
    pub value: Data<'t>,
    /// Where the value stands in the text of the file, with its quotes or brackets. A YAML alias has the place of the value
    /// it stands for, a TOML table that of its header (`[a.b]`), else that of the key that made it.
    pub span: Span,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data<'t> {
    /// `null`; in YAML also a value that is left out.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as it is written: `1.10`, `007`, `0xff`, `1_000`, `.inf`; [`decimal`] levels the spellings.
    Number(Cow<'t, str>),
    /// A text without its quotes and escapes. Borrowed where it stands in the file letter by letter.
    Text(Cow<'t, str>),
    /// A date, a time or both as a TOML file writes them.
    Time(Cow<'t, str>),
    /// Values in their order.
    Array(Vec<Node<'t>>),
    /// Keys and values in the order of the text. A key that stands twice is here twice, and is a fault.
    Table(Vec<Member<'t>>),
    /// Something that could not be read: a fault says why, so nothing more need be said.
    Invalid,
}

/// A key of a table with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member<'t> {
    /// The key without its quotes.
    pub key: Cow<'t, str>,
    /// Where the key stands, with its quotes.
    pub key_span: Span,
    /// What the key stands for.
    pub value: Node<'t>,
}

/// Something wrong with a document. Its words are ours: nothing of the text gets into them, for it may be secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What sort of fault it is.
    pub cause: Cause,
    /// What is wrong, as a headline: lowercase, no final period.
    pub message: Cow<'static, str>,
    /// Where; empty at a place where something is missing.
    pub span: Span,
    /// A second place that explains the first, such as the bracket that is never closed.
    pub other: Option<Span>,
    /// What to do about it.
    pub help: Option<&'static str>,
}

/// What sort of fault a document has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The text is not of the format.
    Syntax,
    /// A key stands twice in one table.
    DuplicateKey,
    /// The text asks for more than the reader gives: nesting, aliases.
    Limit,
}

impl Fault {
    /// A fault of syntax at `span`.
    pub(crate) fn syntax(message: &'static str, span: Span) -> Self {
        Self { cause: Cause::Syntax, message: Cow::Borrowed(message), span, other: None, help: None }
    }

    /// A fault of nesting at `span`.
    pub(crate) fn too_deep(span: Span) -> Self {
        let message = "nested more than 128 levels deep";
        Self { cause: Cause::Limit, ..Self::syntax(message, span) }
    }

    /// A key at `second` that already stood at `first`.
    pub(crate) fn duplicate(text: &str, first: Span, second: Span) -> Self {
        let line = line_of(text, first);
        Self {
            cause: Cause::DuplicateKey,
            message: Cow::Owned(format!("duplicate key: it stands on line {line} already")),
            span: second,
            other: Some(first),
            help: Some("remove one of the two"),
        }
    }

    /// The same fault with a way out.
    pub(crate) fn help(self, help: &'static str) -> Self {
        Self { help: Some(help), ..self }
    }

    /// The same fault with a second place.
    pub(crate) fn other(self, other: Span) -> Self {
        Self { other: Some(other), ..self }
    }
}

impl<'t> Document<'t> {
    /// A document whose faults are put in order and, past [`MAX_FAULTS`], cut off.
    pub(crate) fn new(root: Option<Node<'t>>, mut faults: Vec<Fault>) -> Self {
        faults.sort_by_key(|fault| fault.span);
        faults.truncate(MAX_FAULTS);
        Self { root, faults }
    }
}

impl<'t> Node<'t> {
    /// The members, if the value is a table.
    #[must_use]
    pub fn members(&self) -> Option<&[Member<'t>]> {
        match &self.value {
            Data::Table(members) => Some(members),
            _ => None,
        }
    }

    /// The items, if the value is an array.
    #[must_use]
    pub fn items(&self) -> Option<&[Node<'t>]> {
        match &self.value {
            Data::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The value of `key`, if the value is a table that has it; the first of several.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node<'t>> {
        let member = self.members()?.iter().find(|member| member.key == key)?;
        Some(&member.value)
    }

    /// Where the last of what it holds ends: what belongs to a TOML table stands behind its header.
    #[must_use]
    pub(crate) fn reach(&self) -> usize {
        let own = self.span.range().end;
        match &self.value {
            Data::Array(items) => items.iter().map(Self::reach).fold(own, usize::max),
            Data::Table(members) => members
                .iter()
                .map(|member| member.value.reach().max(member.key_span.range().end))
                .fold(own, usize::max),
            _ => own,
        }
    }

    /// Where the letters of a text stand, without its quotes. `None` where the file spells them otherwise (escapes, folded lines),
    /// so that a place in the text is no place in the file.
    #[must_use]
    pub fn letters(&self) -> Option<Span> {
        let Data::Text(Cow::Borrowed(text)) = &self.value else { return None };
        // A borrowed text is a slice of the file, so what is left over is quotes and, behind three of them, a line end.
        let before = match self.span.len().checked_sub(text.len())? {
            0 => 0,
            2 => 1,
            more => more.checked_sub(3)?,
        };
        let start = self.span.start as usize + before;
        Some(Span::new(start, start + text.len()))
    }
}

/// A number in the one spelling kinds read: digits, point and exponent without `+`, `_` or another base. Decimal numbers keep
/// their digits (`1.10`, `007`), and so does a number of more than 128 bits in another base.
#[must_use]
pub fn decimal(written: &str) -> Cow<'_, str> {
    let (sign, digits) = match written.as_bytes().first() {
        Some(b'-') => ("-", written.get(1..).unwrap_or_default()),
        Some(b'+') => ("", written.get(1..).unwrap_or_default()),
        _ => ("", written),
    };
    let base = match digits.get(..2) {
        Some("0x") => 16,
        Some("0o") => 8,
        Some("0b") => 2,
        _ if digits.contains('_') => return Cow::Owned(format!("{sign}{}", digits.replace('_', ""))),
        _ if sign.is_empty() => return Cow::Borrowed(digits),
        _ => return Cow::Borrowed(written),
    };
    let bare = digits.get(2..).unwrap_or_default().replace('_', "");
    u128::from_str_radix(&bare, base).map_or(Cow::Borrowed(written), |n| Cow::Owned(format!("{sign}{n}")))
}

/// Up to this many members are compared one by one, which is faster than sorting them.
const FEW: usize = 12;

/// Reports every key of `members` that stood before.
pub(crate) fn report_duplicates(text: &str, members: &[Member<'_>], faults: &mut Vec<Fault>) {
    let mut report = |first: &Member<'_>, second: &Member<'_>| {
        if faults.len() < MAX_FAULTS {
            faults.push(Fault::duplicate(text, first.key_span, second.key_span));
        }
    };
    if members.len() <= FEW {
        for (at, second) in members.iter().enumerate() {
            let before = members.iter().take(at);
            if let Some(first) = before.into_iter().find(|first| first.key == second.key) {
                report(first, second);
            }
        }
        return;
    }
    let mut sorted: Vec<&Member<'_>> = members.iter().collect();
    // Stable, so that of equal keys the first of the text comes first.
    sorted.sort_by(|a, b| a.key.cmp(&b.key));
    for equal in sorted.chunk_by(|a, b| a.key == b.key) {
        if let Some((first, rest)) = equal.split_first() {
            rest.iter().for_each(|second| report(first, second));
        }
    }
}

/// How many bytes of `text` are a byte order mark.
pub(crate) fn mark(text: &str) -> usize {
    if text.starts_with('\u{feff}') { 3 } else { 0 }
}

/// The number of the line `span` starts on, from 1.
fn line_of(text: &str, span: Span) -> usize {
    let before = text.as_bytes().get(..span.start as usize).unwrap_or_default();
    1 + before.iter().filter(|byte| **byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::{Data, Node, decimal};
    use envschema_core::span::Span;
    use std::borrow::Cow;

    #[test]
    fn numbers_are_levelled() {
        let cases = [
            ("1.10", "1.10"),
            ("007", "007"),
            ("-5", "-5"),
            ("+5", "5"),
            ("1_000.5", "1000.5"),
            ("-1_0", "-10"),
            ("0xff", "255"),
            ("-0x1_0", "-16"),
            ("0o17", "15"),
            ("0b101", "5"),
            ("0xffffffffffffffffffffffffffffffff", "340282366920938463463374607431768211455"),
            ("0x1ffffffffffffffffffffffffffffffff", "0x1ffffffffffffffffffffffffffffffff"),
            ("1e5", "1e5"),
            ("", ""),
        ];
        for (written, expected) in cases {
            assert_eq!(decimal(written), expected, "{written}");
        }
    }

    #[test]
    fn letters_lie_between_the_quotes() {
        let node = |text, start, end| Node { value: Data::Text(text), span: Span::new(start, end) };
        assert_eq!(node(Cow::Borrowed("ab"), 4, 6).letters(), Some(Span::new(4, 6)));
        assert_eq!(node(Cow::Borrowed("ab"), 4, 8).letters(), Some(Span::new(5, 7)));
        assert_eq!(node(Cow::Borrowed("ab"), 4, 12).letters(), Some(Span::new(7, 9)));
        assert_eq!(
            node(Cow::Borrowed("ab"), 4, 13).letters(),
            Some(Span::new(8, 10)),
            "a line end behind the quotes"
        );
        assert_eq!(node(Cow::Owned("ab".into()), 4, 8).letters(), None);
    }
}
