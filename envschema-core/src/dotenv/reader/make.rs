//! GNU make: `include .env` and `export` in a makefile.

use std::borrow::Cow;

use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::cursor::Cursor;
use crate::dotenv::encoding::{BOM, nul_bytes};
use crate::dotenv::expansion::{Budget, Limit};
use crate::dotenv::quoting::Unquoted;
use crate::dotenv::scan::find;
use crate::dotenv::{Assignment, Effect, Environ, Problem, Quote, Reading, Syntax, Value};
use crate::span::Span;

mod conditional;
mod definition;
mod expand;
mod line;
mod misread;
mod rule;
#[cfg(test)]
mod tests;
mod values;
mod variables;

use conditional::Conditionals;
use definition::{Definition, Flavor, is_space, skip_space, word_end};
use expand::Expander;
use line::{Comments, Line, take_line};
use values::{Own, Pending};
use variables::Variables;

pub(super) static MAKE: Dialect = Dialect {
    name: "make",
    aliases: &["make4.3"],
    program: "GNU make 4.3",
    usage: "`include .env` and `export` in a makefile",
    precedence: Precedence::File,
    duplicates: Duplicates::Last,
    read: |text, environ| read(text, environ, false),
};

pub(super) static MAKE4_4: Dialect = Dialect {
    name: "make4.4",
    aliases: &[],
    program: "GNU make 4.4.1",
    usage: "`include .env` and `export` in a makefile",
    precedence: Precedence::File,
    duplicates: Duplicates::Last,
    read: |text, environ| read(text, environ, true),
};

fn read<'t>(text: &'t [u8], environ: &Environ, knows_immediate: bool) -> Reading<'t> {
    let mut maker = Maker {
        cursor: Cursor::new(text),
        reading: Reading::default(),
        variables: Variables::new(environ),
        budget: Budget::default(),
        pending: Vec::new(),
        conditionals: Conditionals::default(),
        follows_rule: false,
        open_quote: None,
        knows_immediate,
    };
    maker.cursor.eat(BOM);
    while !maker.cursor.is_at_end() {
        let line = take_line(&mut maker.cursor, Comments::Cut);
        maker.line(line);
    }
    maker.finish()
}

struct Maker<'t, 'e> {
    cursor: Cursor<'t>,
    reading: Reading<'t>,
    variables: Variables<'t, 'e>,
    budget: Budget,
    /// For every assignment, what is needed to compute its value when the whole file is read.
    pending: Vec<Pending<'t>>,
    conditionals: Conditionals,
    /// Whether a rule is above, whose recipe may follow.
    follows_rule: bool,
    /// Where the line ends whose value opens a quote without closing it, or what seems to belong to that value.
    open_quote: Option<u32>,
    knows_immediate: bool,
}

impl<'t, 'e> Maker<'t, 'e> {
    fn line(&mut self, line: Line<'t>) {
        if self.recipe(&line) {
            return;
        }
        let bytes = &line.text.bytes;
        let start = skip_space(bytes, 0);
        if let Some(definition) = definition::parse(bytes, start, self.knows_immediate) {
            self.follows_rule = false;
            return self.definition(line, start, &definition);
        }
        let end = word_end(bytes, start);
        if start == end || self.conditional(&line, start, end) || self.conditionals.is_ignoring() {
            return;
        }
        match &bytes[start..end] {
            b"export" => self.export(&line, end, true),
            b"unexport" => self.export(&line, end, false),
            b"include" => self.include(&line, Effect::Refuse),
            b"-include" | b"sinclude" => self.include(&line, Effect::Skip),
            b"vpath" => {}
            _ => self.rule_line(&line),
        }
    }

    fn definition(&mut self, line: Line<'t>, start: usize, definition: &Definition) {
        let is_ignored = self.conditionals.is_ignoring();
        let block = (definition.flavor == Flavor::Define).then(|| self.block(&line));
        if is_ignored {
            return;
        }
        let key_span = line.text.span(definition.name.0, definition.name.1);
        let key = self.name(&line, definition.name);
        let line_end = line.text.bytes.len();
        let (value, value_span, end) = match block {
            Some(block) => (Cow::Owned(block.text), block.span, block.end),
            None => {
                let span = line.text.span(definition.value, line_end);
                (part(&line.text, definition.value, line_end), span, span.end as usize)
            }
        };
        let span = Span::new(line.text.origin(start), end);
        if key.is_empty() {
            self.empty_name(span);
        }
        self.misread_value(&line, definition);
        let assignment = Assignment {
            key: key.clone(),
            value: Value::Set(value),
            key_span,
            value_span,
            span,
            quote: Quote::None,
        };
        // What a `define` holds has no place in its own line.
        let start = if definition.flavor == Flavor::Define { line_end } else { definition.value };
        self.assign(assignment, definition.flavor, Own { line: line.text, start });
        if definition.export
            && let Some(variable) = self.variables.get(&key)
        {
            variable.export = Some(true);
        }
    }

    fn empty_name(&mut self, span: Span) {
        self.reading.problems.push(Problem {
            help: Some("write `NAME=value`"),
            assignment: Some(self.reading.next_index()),
            ..Problem::new(Syntax::InvalidKey, span, "the name is empty", Effect::Refuse)
        });
    }

    /// The name at `place`, with its references resolved as they are now.
    fn name(&mut self, line: &Line<'t>, (start, end): (usize, usize)) -> Cow<'t, [u8]> {
        let name = part(&line.text, start, end);
        match self.expander(false).expand(&name, None, 0) {
            Ok(expanded) if *expanded != *name => Cow::Owned(expanded),
            Ok(_) => name,
            Err(_) => {
                let span = line.text.span(start, end);
                let message = "this name cannot be expanded";
                let problem = Problem::new(Syntax::InvalidKey, span, message, Effect::Refuse);
                self.reading.problems.push(problem);
                name
            }
        }
    }

    /// The lines of a `define` up to its `endef`.
    fn block(&mut self, line: &Line<'t>) -> Block {
        let start = self.cursor.at();
        let (mut text, mut depth, mut end) = (Vec::new(), 1, start);
        while !self.cursor.is_at_end() {
            let body = take_line(&mut self.cursor, Comments::Keep);
            let bytes = &body.text.bytes;
            let first = skip_space(bytes, 0);
            match &bytes[first..word_end(bytes, first)] {
                b"define" => depth += 1,
                b"endef" => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Block { text, span: Span::new(start, end), end: body.span.end as usize };
            }
            if !text.is_empty() || end > start {
                text.push(b'\n');
            }
            text.extend_from_slice(bytes);
            end = body.span.end as usize;
        }
        self.reading.problems.push(Problem::new(
            Syntax::InvalidSyntax,
            line.span,
            "no `endef` ends this definition",
            Effect::Refuse,
        ));
        Block { text, span: Span::new(start, end), end }
    }

    /// `export NAME…` and `unexport NAME…`; without a name the makefile's own `export` wins.
    fn export(&mut self, line: &Line<'t>, start: usize, exporting: bool) {
        self.follows_rule = false;
        let bytes = &line.text.bytes;
        let mut at = skip_space(bytes, start);
        if find(&bytes[at..], b'$').is_some() {
            // The first name has the place of them all.
            let mut place = (at, bytes.len());
            let names = self.name(line, place);
            for name in names.split(|byte| is_space(*byte)).filter(|name| !name.is_empty()) {
                self.export_name(line, Cow::Owned(name.to_vec()), place, exporting);
                place.0 = place.1;
            }
            return;
        }
        while at < bytes.len() {
            let end = word_end(bytes, at);
            self.export_name(line, part(&line.text, at, end), (at, end), exporting);
            at = skip_space(bytes, end);
        }
    }

    fn export_name(&mut self, line: &Line<'t>, name: Cow<'t, [u8]>, place: (usize, usize), exporting: bool) {
        match self.variables.get(&name) {
            Some(variable) if exporting => variable.export = Some(true),
            _ => self.bare_name(line, name, place, exporting),
        }
    }

    /// A name in `export`, which becomes empty, or in `unexport`, which removes it.
    fn bare_name(&mut self, line: &Line<'t>, key: Cow<'t, [u8]>, (at, end): (usize, usize), exporting: bool) {
        let span = line.text.span(at, end);
        let value_span = Span { start: span.end, ..span };
        let value = if exporting { Value::Set(Cow::Borrowed(&b""[..])) } else { Value::Unset };
        if exporting {
            self.variables.define(key.clone(), Cow::Borrowed(b""), true, self.reading.next_index());
        }
        if let Some(variable) = self.variables.get(&key) {
            variable.export = Some(exporting);
        }
        let assignment = Assignment { key, value, key_span: span, value_span, span, quote: Quote::None };
        self.reading.assignments.push(assignment);
        self.pending.push(Pending::Done);
    }

    fn include(&mut self, line: &Line<'t>, effect: Effect) {
        self.follows_rule = false;
        self.reading.problems.push(Problem {
            help: Some("check the other file on its own"),
            ..Problem::new(
                Syntax::UnsupportedSyntax,
                line.text.span(skip_space(&line.text.bytes, 0), line.text.bytes.len()),
                "make would read another file here",
                effect,
            )
        });
    }

    fn expander(&mut self, is_final: bool) -> Expander<'_, 't, 'e> {
        Expander {
            variables: &mut self.variables,
            budget: &mut self.budget,
            reading: &mut self.reading,
            is_final,
            last: None,
        }
    }

    fn finish(mut self) -> Reading<'t> {
        self.conditionals.report_open(&mut self.reading.problems);
        self.values();
        let nul = nul_bytes(self.cursor.text(), Effect::Misread, &self.reading.assignments);
        self.reading.problems.extend(nul);
        self.reading.in_order()
    }
}

/// The value of a `define`.
struct Block {
    text: Vec<u8>,
    span: Span,
    /// Behind its `endef`.
    end: usize,
}

/// Part of a line: borrowed if nothing in the line was replaced.
fn part<'t>(line: &Unquoted<'t>, start: usize, end: usize) -> Cow<'t, [u8]> {
    match &line.bytes {
        Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[start..end]),
        Cow::Owned(bytes) => Cow::Owned(bytes[start..end].to_vec()),
    }
}
