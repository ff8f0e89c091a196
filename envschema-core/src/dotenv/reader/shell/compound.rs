//! Compound commands: `{ …; }`, `( … )`, `if`, loops, `case`, functions and tests.

use super::grammar::{CommandKind, List, Parser};
use super::syntax::{Mistake, SyntaxError};
use super::word::{Until, Word, ends_word};
use crate::span::Span;

impl Parser<'_> {
    /// A compound command, if one comes next.
    pub(super) fn compound(&mut self) -> Result<Option<CommandKind>, SyntaxError> {
        let start = self.cursor.at();
        let rest = self.cursor.rest();
        let kind = match rest {
            [b'(', b'(', ..] if self.switches.arrays => return self.arithmetic_command().map(Some),
            [b'(', ..] => {
                self.cursor.skip(1);
                let list = self.body(&[b")"])?;
                self.expect(b")", Span::new(start, start + 1))?;
                CommandKind::Subshell(list)
            }
            [b'{', ..] if self.comes(b"{") || self.switches.zsh => {
                self.cursor.skip(1);
                let list = self.body(&[b"}"])?;
                self.expect(b"}", Span::new(start, start + 1))?;
                CommandKind::Group(list)
            }
            _ if self.comes(b"if") => self.conditional()?,
            _ if self.comes(b"while") || self.comes(b"until") => {
                self.cursor.skip(5);
                let mut list = self.body(&[b"do"])?;
                list.items.extend(self.block(start)?.items);
                CommandKind::Loop(list)
            }
            _ if self.comes(b"for") || (self.switches.arrays && self.comes(b"select")) => {
                self.for_loop(start)?
            }
            _ if self.comes(b"case") => self.case(start)?,
            _ if self.switches.arrays && self.comes(b"function") => {
                self.cursor.skip(8);
                self.skip_blanks_and_comment();
                let name = self.word()?.span;
                self.skip_blanks_and_comment();
                if self.cursor.eat(b"(") {
                    self.skip_blanks_and_comment();
                    self.expect(b")", name)?;
                }
                self.function(name)?
            }
            _ if self.switches.arrays && self.comes(b"[[") => self.double_bracket(start)?,
            _ if self.is_stray_word() => return Err(self.unexpected()),
            _ => return Ok(None),
        };
        Ok(Some(kind))
    }

    /// Whether a reserved word comes next that only goes on with something.
    fn is_stray_word(&self) -> bool {
        const STRAY: &[&[u8]] = &[b"then", b"else", b"elif", b"fi", b"do", b"done", b"esac", b"}"];
        STRAY.iter().any(|word| self.comes(word))
    }

    fn conditional(&mut self) -> Result<CommandKind, SyntaxError> {
        let opened = Span::new(self.cursor.at(), self.cursor.at() + 2);
        let mut branches = Vec::new();
        let mut otherwise = None;
        self.cursor.skip(2);
        loop {
            let condition = self.body(&[b"then"])?;
            self.expect(b"then", opened)?;
            branches.push((condition, self.body(&[b"elif", b"else", b"fi"])?));
            if self.comes(b"elif") {
                self.cursor.skip(4);
                continue;
            }
            if self.comes(b"else") {
                self.cursor.skip(4);
                otherwise = Some(self.body(&[b"fi"])?);
            }
            self.expect(b"fi", opened)?;
            return Ok(CommandKind::If { branches, otherwise });
        }
    }

    /// `do …; done`
    fn block(&mut self, start: usize) -> Result<List, SyntaxError> {
        let opened = Span::new(start, start + 5);
        self.skip_lines();
        self.expect(b"do", opened)?;
        let list = self.body(&[b"done"])?;
        self.expect(b"done", opened)?;
        Ok(list)
    }

    fn for_loop(&mut self, start: usize) -> Result<CommandKind, SyntaxError> {
        self.cursor.take_while(|byte| !ends_word(byte));
        loop {
            self.skip_blanks_and_comment();
            match self.cursor.peek() {
                None => return Err(Mistake::Unclosed.at(Span::new(start, start + 3))),
                Some(b';' | b'\n') => break,
                _ if self.comes(b"do") => break,
                Some(b'(') => {
                    self.arithmetic_command()?;
                }
                Some(byte) if ends_word(byte) => return Err(self.unexpected()),
                Some(_) => {
                    self.word()?;
                }
            }
        }
        self.cursor.eat(b";");
        Ok(CommandKind::Loop(self.block(start)?))
    }

    fn case(&mut self, start: usize) -> Result<CommandKind, SyntaxError> {
        let opened = Span::new(start, start + 4);
        self.cursor.skip(4);
        self.skip_blanks_and_comment();
        self.word()?;
        self.skip_lines();
        self.expect(b"in", opened)?;
        let mut all = List::default();
        loop {
            self.skip_lines();
            if self.comes(b"esac") {
                self.cursor.skip(4);
                return Ok(CommandKind::Loop(all));
            }
            self.cursor.eat(b"(");
            loop {
                self.skip_blanks_and_comment();
                self.word()?;
                self.skip_blanks_and_comment();
                if !self.cursor.eat(b"|") {
                    break;
                }
            }
            self.expect(b")", opened)?;
            all.items.extend(self.list(&[b";;", b"esac"])?.items);
            if !self.comes(b"esac") {
                self.expect(b";;", opened)?;
            }
        }
    }

    /// `((…))`
    fn arithmetic_command(&mut self) -> Result<CommandKind, SyntaxError> {
        self.cursor.skip(2);
        self.parts(Until::Parentheses, &mut Word::default())?;
        Ok(CommandKind::Test)
    }

    /// `[[ … ]]`
    fn double_bracket(&mut self, start: usize) -> Result<CommandKind, SyntaxError> {
        self.cursor.skip(2);
        loop {
            self.skip_lines();
            if self.comes(b"]]") {
                self.cursor.skip(2);
                return Ok(CommandKind::Test);
            }
            match self.cursor.peek() {
                None => return Err(Mistake::Unclosed.at(Span::new(start, start + 2))),
                Some(byte) if ends_word(byte) => self.cursor.skip(1),
                Some(_) => {
                    self.word()?;
                }
            }
        }
    }

    /// The body of a function.
    pub(super) fn function(&mut self, name: Span) -> Result<CommandKind, SyntaxError> {
        self.skip_lines();
        match self.compound()? {
            Some(_) => Ok(CommandKind::Function(name)),
            None if self.switches.arrays && !self.switches.zsh => Err(self.unexpected()),
            None => {
                let start = self.cursor.at();
                self.simple(start)?;
                Ok(CommandKind::Function(name))
            }
        }
    }
}
