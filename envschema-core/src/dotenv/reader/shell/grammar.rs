//! Commands: which words belong together, and in what order they would run.

use super::Switches;
use super::command::DECLARING;
use super::special::contains;
use super::syntax::{Mistake, SyntaxError};
use super::word::{Part, Word, ends_word};
use crate::dotenv::cursor::Cursor;
use crate::dotenv::expansion::NESTING;
use crate::dotenv::scan::{find, is_blank, is_word};
use crate::span::Span;

/// Commands one after the other.
#[derive(Debug, Default)]
pub(super) struct List {
    pub(super) items: Vec<Item>,
}

/// Pipelines joined by `&&` and `||`.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) first: Pipeline,
    /// What follows, with whether it needs the one before to have succeeded (`&&`) or to have failed (`||`).
    pub(super) rest: Vec<(bool, Pipeline)>,
    /// `&`: runs beside the shell.
    pub(super) background: bool,
}

/// Commands joined by `|`.
#[derive(Debug)]
pub(super) struct Pipeline {
    pub(super) negated: bool,
    pub(super) commands: Vec<Command>,
}

#[derive(Debug)]
pub(super) struct Command {
    pub(super) kind: CommandKind,
    pub(super) redirections: Vec<Redirection>,
    pub(super) span: Span,
}

#[derive(Debug)]
pub(super) enum CommandKind {
    Simple(Simple),
    /// `{ …; }`
    Group(List),
    /// `(…)`
    Subshell(List),
    /// `if …; then …; elif …; then …; else …; fi`
    If {
        branches: Vec<(List, List)>,
        otherwise: Option<List>,
    },
    /// `for`, `while`, `until` and `case`, with what they would run, if they would.
    Loop(List),
    /// `name() …`
    Function(Span),
    /// `((…))`, `[[ … ]]`
    Test,
}

/// Assignments, then a command's name and its arguments.
#[derive(Debug, Default)]
pub(super) struct Simple {
    pub(super) assignments: Vec<Word>,
    pub(super) words: Vec<Word>,
}

/// `<file`, `>file`, `2>&1`, `<<END`
#[derive(Debug)]
pub(super) struct Redirection {
    pub(super) kind: RedirectionKind,
    pub(super) word: Word,
    pub(super) span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RedirectionKind {
    /// A file is read.
    Read,
    /// A file is written.
    Write,
    /// `<<`, `<<<`, `<&`, `>&`: no file.
    Other,
}

/// `<<END`, whose text starts with the next line.
struct HereDocument {
    delimiter: Vec<u8>,
    strips_tabs: bool,
    span: Span,
}

/// Reads commands. It never runs anything.
pub(super) struct Parser<'t> {
    pub(super) cursor: Cursor<'t>,
    pub(super) switches: &'static Switches,
    /// How many constructs are open.
    pub(super) depth: usize,
    /// Whether a name inside `${…}` is read.
    pub(super) in_braces: bool,
    here_documents: Vec<HereDocument>,
    /// `<<END` that no line ends.
    pub(super) unended: Vec<Span>,
}

/// What may end a list inside a compound command.
pub(super) type Closers = &'static [&'static [u8]];

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t [u8], switches: &'static Switches) -> Self {
        let cursor = Cursor::new(text);
        Self { cursor, switches, depth: 0, in_braces: false, here_documents: Vec::new(), unended: Vec::new() }
    }

    /// Goes to `at` and forgets what was open.
    pub(super) fn restart(&mut self, at: usize) {
        self.cursor.go_to(at);
        self.depth = 0;
        self.in_braces = false;
        self.here_documents.clear();
    }

    /// Passes over blank lines and comments; false at the end of the file.
    pub(super) fn go_to_command(&mut self) -> bool {
        loop {
            self.skip_blanks_and_comment();
            match self.cursor.peek() {
                None => return false,
                Some(b'\n') => self.cursor.skip(1),
                Some(_) => return true,
            }
        }
    }

    /// Reads all commands of one line, which may go on over several.
    pub(super) fn line(&mut self) -> Result<List, SyntaxError> {
        let list = self.list(&[])?;
        match self.cursor.peek() {
            None => {}
            Some(b'\n') => self.end_line(),
            Some(_) => return Err(self.unexpected()),
        }
        // What is left at the end of the file has no text.
        self.unended.extend(self.here_documents.drain(..).map(|document| document.span));
        Ok(list)
    }

    /// Passes over a line end, and the texts of the here-documents behind it.
    fn end_line(&mut self) {
        self.cursor.skip(1);
        for document in std::mem::take(&mut self.here_documents) {
            loop {
                if self.cursor.is_at_end() {
                    self.unended.push(document.span);
                    break;
                }
                let line = self.cursor.take_line();
                let line = if document.strips_tabs { line.trim_ascii_start() } else { line };
                if line == document.delimiter {
                    break;
                }
            }
        }
    }

    /// Passes over blanks and continued line ends, then over a comment up to its line end.
    pub(super) fn skip_blanks_and_comment(&mut self) {
        loop {
            self.cursor.take_while(is_blank);
            if !self.cursor.eat(b"\\\n") {
                break;
            }
        }
        if self.cursor.peek() == Some(b'#') {
            self.cursor.go_to(self.cursor.line_end());
        }
    }

    pub(super) fn skip_lines(&mut self) {
        loop {
            self.skip_blanks_and_comment();
            if self.cursor.peek() != Some(b'\n') {
                return;
            }
            self.end_line();
        }
    }

    /// What comes next and cannot stand there.
    pub(super) fn unexpected(&self) -> SyntaxError {
        let at = self.cursor.at();
        let rest = self.cursor.rest();
        let operator =
            rest.iter().take_while(|byte| matches!(byte, b';' | b'&' | b'|' | b'<' | b'>')).count();
        let word = rest.iter().take_while(|byte| !ends_word(**byte)).count();
        let length = operator.min(2).max(word).max(1).min(rest.len());
        Mistake::Unexpected.at(Span::new(at, at + length))
    }

    /// Commands up to the end of the line; inside a compound command up to one of `closers`, which stays.
    pub(super) fn list(&mut self, closers: Closers) -> Result<List, SyntaxError> {
        if self.depth > NESTING {
            return Err(Mistake::TooDeep.at(Span::at(self.cursor.at())));
        }
        self.depth += 1;
        let result = self.items(closers);
        self.depth -= 1;
        result
    }

    /// As `list`, and only zsh lets it be empty.
    pub(super) fn body(&mut self, closers: Closers) -> Result<List, SyntaxError> {
        let list = self.list(closers)?;
        if list.items.is_empty() && !self.switches.zsh && !self.cursor.is_at_end() {
            return Err(self.unexpected());
        }
        Ok(list)
    }

    fn items(&mut self, closers: Closers) -> Result<List, SyntaxError> {
        let is_nested = !closers.is_empty();
        let mut list = List::default();
        loop {
            if is_nested {
                self.skip_lines();
            } else {
                self.skip_blanks_and_comment();
            }
            if self.is_end(closers) {
                return Ok(list);
            }
            if self.switches.zsh && self.cursor.peek() == Some(b';') && !self.cursor.rest().starts_with(b";;")
            {
                self.cursor.skip(1);
                continue;
            }
            let item = self.item()?;
            list.items.push(item);
            self.skip_blanks_and_comment();
            match self.cursor.rest() {
                [b';', b';', ..] => {}
                [b';', ..] => self.cursor.skip(1),
                [b'&', ..] => self.background(&mut list)?,
                [b'\n', ..] if is_nested => {}
                _ if self.is_end(closers) => return Ok(list),
                _ => return Err(self.unexpected()),
            }
            if self.cursor.rest().starts_with(b";;") {
                return if self.is_end(closers) { Ok(list) } else { Err(self.unexpected()) };
            }
        }
    }

    /// `&`; zsh wants a command before it.
    fn background(&mut self, list: &mut List) -> Result<(), SyntaxError> {
        let Some(item) = list.items.last_mut() else { return Err(self.unexpected()) };
        let last = item.rest.last().map_or(&item.first, |(_, pipeline)| pipeline);
        let is_assignment = matches!(&last.commands[..], [Command { kind: CommandKind::Simple(simple), .. }] if simple.words.is_empty());
        if self.switches.zsh && is_assignment {
            return Err(self.unexpected());
        }
        item.background = true;
        self.cursor.skip(1);
        Ok(())
    }

    fn is_end(&self, closers: Closers) -> bool {
        match self.cursor.peek() {
            None => true,
            Some(b'\n') => closers.is_empty(),
            Some(_) => closers.iter().any(|closer| self.comes(closer)),
        }
    }

    /// Whether the reserved word or operator `expected` comes next.
    pub(super) fn comes(&self, expected: &[u8]) -> bool {
        let Some(rest) = self.cursor.rest().strip_prefix(expected) else { return false };
        let is_operator = matches!(expected, b")" | b";;");
        is_operator || rest.first().is_none_or(|byte| ends_word(*byte))
    }

    /// Passes over `expected`, which must come next.
    pub(super) fn expect(&mut self, expected: &[u8], opened: Span) -> Result<(), SyntaxError> {
        if self.comes(expected) {
            self.cursor.skip(expected.len());
            return Ok(());
        }
        Err(if self.cursor.is_at_end() { Mistake::Unclosed.at(opened) } else { self.unexpected() })
    }

    fn item(&mut self) -> Result<Item, SyntaxError> {
        let first = self.pipeline()?;
        let mut rest = Vec::new();
        loop {
            self.skip_blanks_and_comment();
            let needs_success = match self.cursor.rest() {
                [b'&', b'&', ..] => true,
                [b'|', b'|', ..] => false,
                _ => return Ok(Item { first, rest, background: false }),
            };
            self.cursor.skip(2);
            self.skip_lines();
            rest.push((needs_success, self.pipeline()?));
        }
    }

    fn pipeline(&mut self) -> Result<Pipeline, SyntaxError> {
        let mut negated = false;
        while self.comes(b"!") || (self.switches.arrays && self.comes(b"time")) {
            negated ^= self.comes(b"!");
            self.cursor.skip(if self.comes(b"!") { 1 } else { 4 });
            self.skip_blanks_and_comment();
            if !self.switches.arrays && self.comes(b"!") {
                return Err(self.unexpected());
            }
            let is_alone = matches!(self.cursor.peek(), None | Some(b'\n' | b';'));
            if is_alone && self.switches.arrays {
                return Ok(Pipeline { negated, commands: Vec::new() });
            }
        }
        let mut commands = vec![self.command_of_pipeline()?];
        loop {
            self.skip_blanks_and_comment();
            match self.cursor.rest() {
                [b'|', b'|', ..] => break,
                [b'|', b'&', ..] if self.switches.arrays => self.cursor.skip(2),
                [b'|', ..] => self.cursor.skip(1),
                _ => break,
            }
            self.skip_lines();
            commands.push(self.command_of_pipeline()?);
        }
        Ok(Pipeline { negated, commands })
    }

    fn command_of_pipeline(&mut self) -> Result<Command, SyntaxError> {
        let start = self.cursor.at();
        let Some(kind) = self.compound()? else { return self.simple(start) };
        let mut redirections = Vec::new();
        self.skip_blanks_and_comment();
        while let Some(redirection) = self.redirection()? {
            redirections.push(redirection);
            self.skip_blanks_and_comment();
        }
        Ok(Command { kind, redirections, span: self.cursor.span_from(start) })
    }

    /// The commands up to the `)` that closes what opened at `start`.
    pub(super) fn command_list(&mut self, start: usize) -> Result<List, SyntaxError> {
        let list = self.list(&[b")"])?;
        self.expect(b")", Span::new(start, start + 1))?;
        Ok(list)
    }

    pub(super) fn simple(&mut self, start: usize) -> Result<Command, SyntaxError> {
        let mut simple = Simple::default();
        let mut redirections = Vec::new();
        let mut end = start;
        loop {
            self.skip_blanks_and_comment();
            if let Some(redirection) = self.redirection()? {
                end = self.cursor.at();
                redirections.push(redirection);
                continue;
            }
            match self.cursor.peek() {
                Some(b'(') if self.is_function(&simple) => {
                    let name = simple.words[0].span;
                    if !self.switches.arrays && !is_name(name.of(self.cursor.text())) {
                        return Err(self.unexpected());
                    }
                    self.cursor.skip(1);
                    self.skip_blanks_and_comment();
                    self.expect(b")", name)?;
                    let kind = self.function(name)?;
                    return Ok(Command { kind, redirections, span: self.cursor.span_from(start) });
                }
                Some(b'(') if self.switches.zsh && !simple.words.is_empty() => {
                    let mut word = Word::default();
                    let open = self.cursor.at();
                    self.parenthesized(&mut word)?;
                    word.span = self.cursor.span_from(open);
                    simple.words.push(word);
                }
                Some(byte) if !ends_word(byte) => {
                    // What stands behind assignments is no group.
                    if self.switches.zsh && byte == b'{' && simple.words.is_empty() && end > start {
                        return Err(self.unexpected());
                    }
                    if self.switches.zsh && byte == b'}' && self.closes_group(&simple) {
                        break;
                    }
                    let word = if simple.words.is_empty() { self.first_word()? } else { self.word()? };
                    self.refuse_array(&simple, &word)?;
                    if simple.words.is_empty() && word.target.is_some() {
                        simple.assignments.push(word);
                    } else {
                        simple.words.push(word);
                    }
                }
                _ => break,
            }
            end = self.cursor.at();
        }
        if simple.assignments.is_empty() && simple.words.is_empty() && redirections.is_empty() {
            return Err(self.unexpected());
        }
        Ok(Command { kind: CommandKind::Simple(simple), redirections, span: Span::new(start, end) })
    }

    /// `NAME=(…)` is no argument of a command that declares nothing. zsh takes it for a pattern.
    fn refuse_array(&mut self, simple: &Simple, word: &Word) -> Result<(), SyntaxError> {
        let Some(first) = simple.words.first() else { return Ok(()) };
        let value = word.target.map_or(0, |target| target.value);
        let text = self.cursor.text();
        let is_array = word.target.is_some() && text.get(value) == Some(&b'(');
        if !is_array || self.switches.zsh || contains(DECLARING, first.span.of(text)) {
            return Ok(());
        }
        self.cursor.go_to(value);
        Err(self.unexpected())
    }

    /// zsh ends a command at a `}` that stands alone.
    fn closes_group(&self, simple: &Simple) -> bool {
        let is_first = simple.words.is_empty() && simple.assignments.is_empty();
        !is_first && self.comes(b"}")
    }

    /// Whether the `(` that comes next makes the only word before it the name of a function.
    fn is_function(&self, simple: &Simple) -> bool {
        let behind = self.cursor.rest()[1..].trim_ascii_start();
        simple.assignments.is_empty() && simple.words.len() == 1 && behind.first() == Some(&b')')
    }

    /// A redirection, if one comes next.
    fn redirection(&mut self) -> Result<Option<Redirection>, SyntaxError> {
        let start = self.cursor.at();
        let rest = self.cursor.rest();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let here = |width| (RedirectionKind::Other, width);
        let (kind, width) = match &rest[digits..] {
            [b'<' | b'>', b'(', ..] if self.switches.process_substitution => return Ok(None),
            [b'<', b'<', b'<', ..] if self.switches.arrays => here(3),
            [b'<', b'<', b'-', ..] => here(3),
            [b'<', b'<', ..] => here(2),
            [b'<' | b'>', b'&', ..] => (RedirectionKind::Other, 2),
            [b'<', b'>', ..] | [b'>', b'>' | b'|', ..] => (RedirectionKind::Write, 2),
            [b'<', ..] => (RedirectionKind::Read, 1),
            [b'>', ..] => (RedirectionKind::Write, 1),
            _ => return Ok(None),
        };
        self.cursor.skip(digits + width);
        let operator = self.cursor.span_from(start + digits);
        self.skip_blanks_and_comment();
        let number = self.cursor.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        if number > 0 && matches!(self.cursor.rest().get(number), Some(b'<' | b'>')) {
            return Err(self.unexpected());
        }
        if self.cursor.peek().is_none_or(ends_word) {
            return Err(if self.cursor.peek() == Some(b'\n') || self.cursor.is_at_end() {
                Mistake::Unexpected.at(operator)
            } else {
                self.unexpected()
            });
        }
        let word = self.word()?;
        let operator = operator.of(self.cursor.text());
        if operator == b"<<" || operator == b"<<-" {
            self.here_documents.push(HereDocument {
                delimiter: unquoted(&word, self.cursor.text()),
                strips_tabs: operator.ends_with(b"-"),
                span: word.span,
            });
        }
        Ok(Some(Redirection { kind, word, span: self.cursor.span_from(start) }))
    }
}

pub(super) fn is_name(text: &[u8]) -> bool {
    text.first().is_some_and(|first| !first.is_ascii_digit()) && text.iter().copied().all(is_word)
}

/// The text of a word without its quotes.
fn unquoted(word: &Word, text: &[u8]) -> Vec<u8> {
    word.parts.iter().flat_map(|part: &Part| part.span.of(text)).copied().collect()
}

/// The end of the line that `at` stands on.
pub(super) fn line_end(text: &[u8], at: usize) -> usize {
    text.get(at..).and_then(|rest| find(rest, b'\n')).map_or(text.len(), |length| at + length)
}
