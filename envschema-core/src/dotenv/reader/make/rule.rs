//! Rules and their recipes: what make takes a line for that has a `:` and no assignment.

use super::Maker;
use super::definition::{self, is_space, skip_space};
use super::expand::Failure;
use super::line::Line;
use crate::dotenv::scan::{find, find_any};
use crate::dotenv::{Effect, Problem, Syntax};
use crate::span::Span;

impl<'t> Maker<'t, '_> {
    /// Whether `line` belongs to the recipe of the rule above: it starts with a tab.
    pub(super) fn recipe(&mut self, line: &Line<'t>) -> bool {
        let is_recipe = self.follows_rule && line.span.of(self.cursor.text()).starts_with(b"\t");
        if is_recipe
            && !self.conditionals.is_ignoring()
            && skip_space(&line.text.bytes, 0) < line.text.bytes.len()
        {
            self.reading.problems.push(Problem {
                help: Some("remove the tab at the start of the line"),
                ..Problem::new(
                    Syntax::UnsupportedSyntax,
                    shown(line),
                    "make takes this line for the recipe of the rule above",
                    Effect::Skip,
                )
            });
        }
        is_recipe
    }

    /// A line that is no assignment and no directive: a rule, or an error.
    pub(super) fn rule_line(&mut self, line: &Line<'t>) {
        if line.span.of(self.cursor.text()).starts_with(b"\t") {
            return self
                .refuse(line, "make takes a line that starts with a tab for a recipe, but no rule is above");
        }
        let bytes = &*line.text.bytes;
        let end = outside_references(bytes, b';').unwrap_or(bytes.len());
        match self.rule(&bytes[..end], end < bytes.len()) {
            Ok(false) => {}
            Ok(true) => {
                self.reading.problems.push(Problem {
                    help: Some("write `NAME=value`"),
                    ..Problem::new(
                        Syntax::UnsupportedSyntax,
                        shown(line),
                        "make takes this line for a rule, not for an assignment",
                        Effect::Skip,
                    )
                });
            }
            Err(message) => self.refuse(line, message),
        }
    }

    /// Reads `line`, up to a recipe, as a rule; false if nothing is left of it when its references are resolved.
    fn rule(&mut self, line: &[u8], has_recipe: bool) -> Result<bool, &'static str> {
        if has_recipe && line.iter().copied().all(is_space) {
            return Err("a recipe has no rule before it");
        }
        self.follows_rule = true;
        let written = outside_references(line, b':');
        let targets = self.expand_rule(&line[..written.unwrap_or(line.len())])?;
        let is_blank = targets.iter().copied().all(is_space);
        let Some(colon) = written else {
            let has_colon = unescaped_colon(&targets).is_some();
            let is_blank = before_recipe(&targets).iter().copied().all(is_space);
            return if is_blank || has_colon { Ok(has_colon) } else { Err("this line is no assignment") };
        };
        let rest = &line[colon + 1..];
        let rest = rest.strip_prefix(b":").unwrap_or(rest);
        if is_blank {
            return Ok(true);
        }
        match definition::parse(rest, 0, self.knows_immediate) {
            Some(definition) => {
                let name = self.expand_rule(&rest[definition.name.0..definition.name.1])?;
                self.follows_rule = false;
                if name.is_empty() { Err("the name is empty") } else { Ok(true) }
            }
            None => {
                let prerequisites = self.expand_rule(rest)?;
                static_pattern(&prerequisites).map_or(Ok(true), Err)
            }
        }
    }

    fn expand_rule(&mut self, bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
        self.expander(false).expand(bytes, None, 0).map_err(|failure| match failure {
            Failure::Unterminated => "the reference has no closing brace",
            Failure::Recursive | Failure::Limit => "this line cannot be expanded",
        })
    }

    fn refuse(&mut self, line: &Line<'t>, message: &'static str) {
        let is_continued = self.open_quote == Some(line.span.start.saturating_sub(1));
        let (message, help) = if is_continued {
            ("make has no values of several lines", "put the whole value on one line")
        } else {
            (message, "write `NAME=value`, or start the line with `#`")
        };
        let problem = Problem::new(Syntax::InvalidSyntax, shown(line), message, Effect::Refuse);
        self.reading.problems.push(Problem { help: Some(help), ..problem });
        if is_continued {
            self.open_quote = Some(line.span.end);
        }
    }
}

/// The line without the blanks around it and its comment.
fn shown(line: &Line<'_>) -> Span {
    let bytes = &line.text.bytes;
    line.text.span(skip_space(bytes, 0), bytes.trim_ascii_end().len().max(skip_space(bytes, 0)))
}

/// What is wrong with the prerequisites of a rule: a `:` among them makes the first ones a pattern.
fn static_pattern(prerequisites: &[u8]) -> Option<&'static str> {
    let colon = unescaped_colon(prerequisites)?;
    let pattern = prerequisites[..colon].trim_ascii();
    match () {
        () if pattern.is_empty() => Some("make misses the target pattern before the second `:`"),
        () if pattern.iter().copied().any(is_space) => {
            Some("make finds several target patterns in this line")
        }
        () if find(pattern, b'%').is_none() => Some("make finds no `%` before the second `:`"),
        () => None,
    }
}

/// The offset of the first `wanted` outside `$(…)` and `${…}`, and not behind a backslash.
fn outside_references(bytes: &[u8], wanted: u8) -> Option<usize> {
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'$' => at = definition::reference_end(bytes, at)?,
            b'\\' => at += 2,
            byte if *byte == wanted => return Some(at),
            _ => at += 1,
        }
    }
    None
}

/// What stands before the `;` that came out of a reference, or stands behind a backslash, which make has removed.
fn before_recipe(targets: &[u8]) -> &[u8] {
    let Some(semicolon) = find(targets, b';') else { return targets };
    let before = &targets[..semicolon];
    before.strip_suffix(b"\\").unwrap_or(before)
}

fn unescaped_colon(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = find_any(bytes.get(at..)?, [b':', b'\\']) {
        at += found;
        if bytes[at] == b':' {
            return Some(at);
        }
        at += 2;
    }
    None
}
