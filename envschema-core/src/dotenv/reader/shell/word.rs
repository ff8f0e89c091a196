//! Words: text, quotes and what a `$` starts, with the place of every piece.

use super::grammar::{List, Parser};
use super::syntax::{Mistake, SyntaxError};
use crate::dotenv::Quote;
use crate::dotenv::expansion::NESTING;
use crate::dotenv::scan::{find, is_blank, is_word};
use crate::span::Span;

/// One word of a command.
#[derive(Debug, Default)]
pub(super) struct Word {
    pub(super) span: Span,
    pub(super) parts: Vec<Part>,
    /// Set if it is written like an assignment.
    pub(super) target: Option<Target>,
    /// The first quoted text in it: its quote, and the span of what is inside.
    pub(super) quoted: Option<(Quote, Span)>,
}

/// `NAME=`, `NAME+=` or `NAME[…]=` at the start of a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    pub(super) name: Span,
    pub(super) appends: bool,
    /// One element of an array, or all of it: shells export no arrays.
    pub(super) is_array: bool,
    /// Where the value starts.
    pub(super) value: usize,
}

/// One piece of a word.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) kind: Kind,
    /// Whether it stands inside quotes or behind a backslash.
    pub(super) quoted: bool,
    pub(super) span: Span,
}

#[derive(Debug)]
pub(super) enum Kind {
    /// The text at the span of the part.
    Text,
    /// The text of `$'…'`.
    Decoded(Vec<u8>),
    Parameter(Box<Parameter>),
    /// `$(…)`
    Command(List),
    /// `` `…` ``, without the backslashes that only keep it together.
    Backquoted(Vec<u8>),
    /// `$((…))`
    Arithmetic(Vec<Part>),
    /// What only this shell has, and what is not computed here: `<(…)`, `${(f)NAME}`.
    Unknown,
}

/// `$NAME` or `${…}`.
#[derive(Debug)]
pub(super) struct Parameter {
    /// Where the name stands; empty for `${}`.
    pub(super) name: Span,
    pub(super) braced: bool,
    pub(super) operator: Operator,
    /// What follows the operator.
    pub(super) word: Vec<Part>,
    /// What follows the second separator: `y` in `${NAME/x/y}`.
    pub(super) second: Option<Vec<Part>>,
}

/// What is done with the value of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    None,
    /// `-`; with a colon, empty counts as unset.
    Default {
        colon: bool,
    },
    /// `=`
    Assign {
        colon: bool,
    },
    /// `?`
    Require {
        colon: bool,
    },
    /// `+`
    Alternative {
        colon: bool,
    },
    /// `${#NAME}`
    Length,
    /// `$+NAME`
    IsSet,
    /// `#`, `##`
    RemovePrefix {
        longest: bool,
    },
    /// `%`, `%%`
    RemoveSuffix {
        longest: bool,
    },
    /// `:offset`, `:offset:length`
    Substring,
    /// `/`, `//`, `/#`, `/%`
    Replace(Where),
    /// `^`, `^^`, `,`, `,,`
    Case {
        upper: bool,
        all: bool,
    },
    /// Anything else the shell knows: `${!NAME}`, `${NAME@Q}`, `${NAME[0]}`.
    Other,
    /// What the shell itself refuses.
    Bad,
}

/// Which matches are replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    First,
    All,
    Start,
    End,
}

/// What ends the text being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    /// A blank or an operator.
    Blank,
    /// `"`
    DoubleQuote,
    /// `}`; in double quotes only `"` quotes, unless the text is a pattern.
    Brace { quoted: bool, pattern: bool },
    /// `}` or the separator of `${NAME/x/y}` and `${NAME:1:2}`.
    Separator { separator: u8 },
    /// `))`
    Parentheses,
    /// `]`
    Bracket,
}

impl Until {
    /// Whether the text stands in double quotes that single quotes do not end.
    pub(super) fn is_quoted(self) -> bool {
        match self {
            Self::DoubleQuote | Self::Parentheses | Self::Bracket => true,
            Self::Brace { quoted, pattern } => quoted && !pattern,
            Self::Blank | Self::Separator { .. } => false,
        }
    }
}

/// Whether `byte` ends a word outside quotes.
pub(super) fn ends_word(byte: u8) -> bool {
    is_blank(byte) || matches!(byte, b'\n' | b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')')
}

/// The length of the `[…]` that `rest` starts with, brackets and quotes in it paired; `None` if it never ends.
fn subscript_length(rest: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    loop {
        match *rest.get(at)? {
            b'\\' => at += 1,
            quote @ (b'\'' | b'"' | b'`') => {
                at += 1;
                while *rest.get(at)? != quote {
                    at += if quote != b'\'' && rest[at] == b'\\' { 2 } else { 1 };
                }
            }
            b'[' => depth += 1,
            b']' if depth == 1 => return Some(at + 1),
            b']' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
}

impl Parser<'_> {
    /// Reads a word; what looks like the start of an assignment becomes its target.
    pub(super) fn word(&mut self) -> Result<Word, SyntaxError> {
        let start = self.cursor.at();
        let target = self.target();
        let mut word = Word { target, ..Word::default() };
        self.parts(Until::Blank, &mut word)?;
        if let Some(target) = word.target
            && self.switches.arrays
            && self.cursor.at() == target.value
            && self.cursor.peek() == Some(b'(')
        {
            self.array()?;
            // In zsh the next word may follow at once.
            let is_array = self.switches.zsh || self.cursor.peek().is_none_or(ends_word);
            word.target = Some(Target { is_array: target.is_array || is_array, ..target });
            if !is_array {
                word.push_text(self.cursor.span_from(target.value), false);
                self.parts(Until::Blank, &mut word)?;
            }
        }
        word.span = self.cursor.span_from(start);
        Ok(word)
    }

    /// Reads a word where an assignment may stand: there bash looks for the end of `NAME[…]` over blanks and line ends.
    pub(super) fn first_word(&mut self) -> Result<Word, SyntaxError> {
        let (start, rest) = (self.cursor.at(), self.cursor.rest());
        let name = rest.iter().take_while(|byte| is_word(**byte)).count();
        let is_element = name > 0 && !rest[0].is_ascii_digit() && rest.get(name) == Some(&b'[');
        if !is_element || !self.switches.arrays || self.switches.zsh {
            return self.word();
        }
        let Some(length) = subscript_length(&rest[name..]) else {
            return Err(Mistake::Unclosed.at(Span::new(start + name, start + name + 1)));
        };
        if !rest[name..name + length].iter().any(|byte| ends_word(*byte)) {
            return self.word();
        }
        self.cursor.skip(name + length);
        let mut word = Word::default();
        word.push_text(self.cursor.span_from(start), false);
        let appends = self.cursor.peek() == Some(b'+');
        let equals = self.cursor.at() + usize::from(appends);
        if self.cursor.text().get(equals) == Some(&b'=') {
            let name = Span::new(start, start + name);
            word.target = Some(Target { name, appends, is_array: true, value: equals + 1 });
        }
        self.parts(Until::Blank, &mut word)?;
        word.span = self.cursor.span_from(start);
        Ok(word)
    }

    /// `NAME=` and its kin, if they come next; the cursor stays.
    fn target(&self) -> Option<Target> {
        let (start, rest) = (self.cursor.at(), self.cursor.rest());
        if rest.first().is_none_or(u8::is_ascii_digit) {
            return None;
        }
        let mut at = 0;
        loop {
            at += rest[at..].iter().take_while(|byte| is_word(**byte)).count();
            if !rest[at..].starts_with(b"\\\n") {
                break;
            }
            at += 2;
        }
        let name = Span::new(start, start + at);
        let is_array = self.switches.arrays && rest.get(at) == Some(&b'[');
        if is_array {
            let line = &rest[at..at + find(&rest[at..], b'\n').unwrap_or(rest.len() - at)];
            at += find(line, b']')? + 1;
        }
        let appends = self.switches.arrays && rest.get(at) == Some(&b'+');
        at += usize::from(appends);
        let is_target = !name.is_empty() && rest.get(at) == Some(&b'=');
        is_target.then(|| Target { name, appends, is_array, value: start + at + 1 })
    }

    /// `(…)` behind `NAME=`: its words are read and forgotten.
    fn array(&mut self) -> Result<(), SyntaxError> {
        let open = self.cursor.at();
        self.cursor.skip(1);
        loop {
            self.skip_blanks_and_comment();
            match self.cursor.peek() {
                Some(b'\n') => self.cursor.skip(1),
                Some(b')') => {
                    self.cursor.skip(1);
                    return Ok(());
                }
                None => return Err(Mistake::Unclosed.at(Span::new(open, open + 1))),
                Some(byte) if ends_word(byte) => {
                    return Err(Mistake::UnexpectedElement.at(self.unexpected().span));
                }
                Some(_) => {
                    self.parts(Until::Blank, &mut Word::default())?;
                }
            }
        }
    }

    /// Reads up to what `until` says, and passes over it unless it only ends a word. Whether a separator comes next.
    pub(super) fn parts(&mut self, until: Until, word: &mut Word) -> Result<bool, SyntaxError> {
        if self.depth > NESTING {
            return Err(Mistake::TooDeep.at(Span::at(self.cursor.at())));
        }
        self.depth += 1;
        let result = self.parts_inside(until, word);
        self.depth -= 1;
        result
    }

    fn parts_inside(&mut self, until: Until, word: &mut Word) -> Result<bool, SyntaxError> {
        let open = self.cursor.at();
        let mut nested = 0_usize;
        loop {
            let Some(byte) = self.cursor.peek() else {
                return if until == Until::Blank { Ok(false) } else { Err(unclosed(until, open)) };
            };
            match (until, byte) {
                (Until::Blank, b'<' | b'>') if self.process_substitution(word)? => {}
                (Until::Blank, b'(') if self.groups_inside(open, word) => {
                    self.parenthesized(word)?;
                }
                (Until::Blank, byte) if ends_word(byte) => return Ok(false),
                (Until::Blank, b'}') if nested == 0 && self.is_closing_brace(open, word) => return Ok(false),
                (Until::DoubleQuote, b'"')
                | (Until::Brace { .. } | Until::Separator { .. }, b'}')
                | (Until::Bracket, b']') => {
                    self.cursor.skip(1);
                    return Ok(false);
                }
                (Until::Separator { separator }, byte) if byte == separator => return Ok(true),
                (Until::Parentheses, b')') if nested == 0 => {
                    return self.arithmetic_end(open);
                }
                (_, b'\\') => self.backslash(until, word),
                (_, b'\'') if !until.is_quoted() => self.single_quoted(word)?,
                (Until::Brace { .. }, b'\'') if self.switches.pairs_single_quotes => {
                    self.paired_quotes(word)?;
                }
                (_, b'"') if !matches!(until, Until::Parentheses | Until::Bracket) => {
                    self.double_quoted(until, word)?;
                }
                (_, b'$') => self.dollar(until, word)?,
                (_, b'`') => self.backquoted(until, word)?,
                _ => {
                    self.text(until, word, &mut nested);
                }
            }
        }
    }

    /// Takes text that means nothing else.
    fn text(&mut self, until: Until, word: &mut Word, nested: &mut usize) {
        let start = self.cursor.at();
        let rest = self.cursor.rest();
        let is_special = |byte: u8| match byte {
            b'\\' | b'\'' | b'"' | b'$' | b'`' | b'}' | b']' => true,
            byte => match until {
                Until::Blank => ends_word(byte),
                Until::Parentheses => byte == b'(' || byte == b')',
                Until::Separator { separator } => byte == separator,
                _ => false,
            },
        };
        match (until, rest[0]) {
            (Until::Parentheses, b'(') | (Until::Blank, b'{') => *nested += 1,
            (Until::Parentheses, b')') | (Until::Blank, b'}') => *nested = nested.saturating_sub(1),
            _ => {}
        }
        let stops = |byte: u8| is_special(byte) || (self.switches.zsh && byte == b'{');
        let length = rest[1..].iter().position(|byte| stops(*byte)).unwrap_or(rest.len() - 1) + 1;
        self.cursor.skip(length);
        word.push_text(Span::new(start, start + length), until.is_quoted());
    }

    /// `<(…)` and `>(…)`
    fn process_substitution(&mut self, word: &mut Word) -> Result<bool, SyntaxError> {
        let start = self.cursor.at();
        let comes = self.switches.process_substitution && self.cursor.rest().get(1) == Some(&b'(');
        if comes {
            self.cursor.skip(2);
            self.command_list(start)?;
            word.push(Kind::Unknown, true, self.cursor.span_from(start));
        }
        Ok(comes)
    }

    /// Whether the `}` that comes next is no part of the word that starts at `open`: zsh takes one at the end of an
    /// argument for the end of a group.
    fn is_closing_brace(&self, open: usize, word: &Word) -> bool {
        let ends = self.cursor.rest().get(1).is_none_or(|byte| ends_word(*byte));
        self.switches.zsh && word.target.is_none() && ends && self.cursor.at() > open
    }

    /// Whether the `(` that comes next belongs to the word that starts at `open`, as it does in zsh.
    fn groups_inside(&self, open: usize, word: &Word) -> bool {
        let at = self.cursor.at();
        self.switches.zsh && at > open && word.target.is_none_or(|target| at > target.value)
    }

    /// In zsh, parentheses inside a word belong to it, blanks and all.
    /// One that is never closed goes on to the end of the file.
    pub(super) fn parenthesized(&mut self, word: &mut Word) -> Result<(), SyntaxError> {
        let mut depth = 0_usize;
        loop {
            let start = self.cursor.at();
            match self.cursor.peek() {
                None | Some(b';' | b'&' | b'<' | b'>') => return Ok(()),
                Some(b'\\') => self.backslash(Until::Blank, word),
                Some(b'\'') => self.single_quoted(word)?,
                Some(b'"') => self.double_quoted(Until::Blank, word)?,
                Some(b'$') => self.dollar(Until::Blank, word)?,
                Some(b'`') => self.backquoted(Until::Blank, word)?,
                Some(byte) => {
                    depth += usize::from(byte == b'(');
                    depth -= usize::from(byte == b')');
                    self.cursor.skip(1);
                    word.push_text(self.cursor.span_from(start), false);
                    if depth == 0 {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// `))`, or `)` alone, which makes `$((…)` a command.
    fn arithmetic_end(&mut self, open: usize) -> Result<bool, SyntaxError> {
        if self.cursor.eat(b"))") {
            return Ok(false);
        }
        Err(Mistake::NoArithmetic.at(Span::at(open)))
    }
}

impl Word {
    pub(super) fn push(&mut self, kind: Kind, quoted: bool, span: Span) {
        self.parts.push(Part { kind, quoted, span });
    }

    /// Adds text, to the text before it if it goes on there.
    pub(super) fn push_text(&mut self, span: Span, quoted: bool) {
        match self.parts.last_mut() {
            Some(Part { kind: Kind::Text, quoted: before, span: last })
                if *before == quoted && last.end == span.start && !last.is_empty() =>
            {
                last.end = span.end;
            }
            _ => self.push(Kind::Text, quoted, span),
        }
    }
}

fn unclosed(until: Until, open: usize) -> SyntaxError {
    match until {
        Until::DoubleQuote => Mistake::UnclosedQuote.at(Span::at(open)),
        Until::Brace { .. } | Until::Separator { .. } => Mistake::UnclosedBrace.at(Span::at(open)),
        Until::Blank | Until::Parentheses | Until::Bracket => Mistake::Unclosed.at(Span::at(open)),
    }
}
