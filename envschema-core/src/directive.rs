//! What a comment of a file tells envschema: `# envschema: schema=…` and `# envschema: allow=…`.

use crate::dotenv::encoding::BOM;
use crate::layer::{Layer, LayerKind};
use crate::span::{Lines, Span};
use crate::suggest;

/// How every comment for envschema begins, behind the `#`.
const MARK: &str = "envschema:";

/// The directives there are.
const NAMES: [&str; 2] = ["schema", "allow"];

/// One thing that a comment says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Directive<'t> {
    /// The file names its schema.
    Schema(&'t str),
    /// A code is allowed for a statement.
    Allow(&'t str),
    /// Nothing that is understood; the directive that was most likely meant.
    Unknown(Option<&'static str>),
    /// The directive of this name, without `=` or with nothing behind it.
    Incomplete(&'static str),
}

/// A comment for envschema.
#[derive(Clone, Copy, Debug)]
pub struct Comment<'t> {
    /// What stands behind the mark.
    words: &'t str,
    /// The line it stands on, from 1.
    pub line: u32,
    /// The bytes of that line.
    span: Span,
    /// Whether it has the line for itself.
    pub is_alone: bool,
}

impl<'t> Comment<'t> {
    /// What it says: up to the first thing that is not understood. Words behind a directive that are none are its reasons.
    #[must_use]
    pub fn directives(&self) -> Vec<Directive<'t>> {
        let mut found = Vec::new();
        let mut goes_on = false;
        for word in self.words.split_whitespace() {
            let codes = match word.split_once('=') {
                Some(("schema", file)) if !file.is_empty() => {
                    found.push(Directive::Schema(file));
                    continue;
                }
                Some(("allow", codes)) if !codes.is_empty() => codes,
                None if goes_on || (word.starts_with(',') && !found.is_empty()) => word,
                None if !found.is_empty() => continue,
                Some(_) | None => {
                    found.push(misunderstood(word));
                    return found;
                }
            };
            goes_on = codes.ends_with(',');
            found.extend(codes.split(',').filter(|code| !code.is_empty()).map(Directive::Allow));
        }
        if found.is_empty() {
            found.push(Directive::Unknown(None));
        }
        found
    }

    /// The schema that it names, if it has the line for itself: no value on its own line can name one.
    fn schema(&self) -> Option<&'t str> {
        let directives = if self.is_alone { self.directives() } else { Vec::new() };
        directives.into_iter().find_map(|directive| match directive {
            Directive::Schema(file) => Some(file),
            _ => None,
        })
    }
}

fn misunderstood(word: &str) -> Directive<'static> {
    let name = word.split_once('=').map_or(word, |(name, _)| name).trim_end_matches(':');
    let known = NAMES.into_iter().find(|known| *known == name);
    known.map_or_else(|| Directive::Unknown(suggest::nearest(name, NAMES)), Directive::Incomplete)
}

/// Whether a text may hold a comment for envschema; most do not.
#[must_use]
pub fn may_be_in(text: &[u8]) -> bool {
    let (name, _) = MARK.split_at(MARK.len() - 1);
    text.split(|byte| *byte == b':').any(|piece| piece.ends_with(name.as_bytes()))
}

/// Every comment for envschema, in the order of the file. What stands inside a value is none.
#[must_use]
pub fn comments<'t>(layer: &Layer<'t>) -> Vec<Comment<'t>> {
    if !may_be_in(layer.text) {
        return Vec::new();
    }
    let lines = Lines::new(layer.text);
    (1..=lines.count()).filter_map(|line| comment_on(layer, &lines, line)).collect()
}

/// The schema that a file names for itself in the first comment that names one, and the line of it.
#[must_use]
pub fn schema<'t>(layer: &Layer<'t>) -> Option<(&'t str, Span)> {
    comments(layer).into_iter().find_map(|comment| Some((comment.schema()?, comment.span)))
}

/// Whether a comment allows `code` for the statement at `span`: the one behind it, or the line right above it.
#[must_use]
pub fn allows(layer: &Layer<'_>, lines: &Lines, span: Span, code: &str) -> bool {
    if !matches!(layer.kind, LayerKind::Dotenv(_)) {
        return false;
    }
    let on = |line| comment_on(layer, lines, line);
    let above = lines.line_of(span.start).checked_sub(1).filter(|line| *line > 0);
    let above = above.and_then(on).filter(|comment| comment.is_alone);
    let found = [above, on(lines.line_of(span.end))].into_iter().flatten();
    found.flat_map(|comment| comment.directives()).any(|directive| directive == Directive::Allow(code))
}

/// The comment for envschema behind the last statement of a line, whatever the values on it hold.
fn comment_on<'t>(layer: &Layer<'t>, lines: &Lines, line: u32) -> Option<Comment<'t>> {
    let span = lines.span_of(layer.text, line);
    let until = layer.entries.partition_point(|entry| entry.span.start < span.end);
    let behind = layer.entries[..until].last().map_or(0, |entry| entry.span.end);
    let start = behind.max(span.start);
    let comment = Span { start, end: span.end.max(start) }.of(layer.text);
    let comment = comment.strip_prefix(BOM).filter(|_| start == 0).unwrap_or(comment);
    let comment = std::str::from_utf8(comment.trim_ascii().strip_prefix(b"#")?).ok()?;
    let words = comment.trim_start().strip_prefix(MARK)?;
    Some(Comment { words, line, span, is_alone: behind <= span.start })
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{Comment, Directive, comments, schema};
    use crate::dotenv::{Environ, find};
    use crate::layer::Layer;

    fn layer(text: &str) -> Layer<'_> {
        let dialect = find("compose").expect("it is known");
        let reading = (dialect.read)(text.as_bytes(), &Environ::empty());
        Layer::dotenv(Cow::Borrowed(".env"), text.as_bytes(), dialect, reading)
    }

    #[test]
    fn a_file_names_its_schema_in_a_comment_of_its_own() {
        let rows: [(&str, Option<&str>); 9] = [
            ("# envschema: schema=config/app.yaml\nA=1\n", Some("config/app.yaml")),
            ("A=1\r\n  #envschema:  schema=x.json  \r\n", Some("x.json")),
            ("\u{feff}# envschema: schema=x.json\n", Some("x.json")),
            ("A=1 # envschema: schema=x.json", None),
            ("A=\"\n# envschema: schema=x.json\n\"\n", None),
            ("A='\n# envschema: schema=x.json'\n# envschema: schema=y.json\n", Some("y.json")),
            ("# envschema: schema=", None),
            ("# envschema: allow=unknown-variable", None),
            ("#schema=x", None),
        ];
        for (text, expected) in rows {
            assert_eq!(schema(&layer(text)).map(|(named, _)| named), expected, "{text}");
        }
        let text = "A=1\r\n # envschema: schema=x.json\nB=2";
        let line = schema(&layer(text)).map(|(_, line)| line.of(text.as_bytes()));
        assert_eq!(line, Some(&b" # envschema: schema=x.json"[..]));
    }

    #[test]
    fn a_comment_is_understood_word_by_word() {
        use Directive::{Allow, Incomplete, Schema, Unknown};
        let rows: [(&str, &[Directive<'_>]); 14] = [
            ("schema=a.yaml", &[Schema("a.yaml")]),
            ("allow=a,b", &[Allow("a"), Allow("b")]),
            ("allow=a, b", &[Allow("a"), Allow("b")]),
            ("allow=a ,b , c", &[Allow("a"), Allow("b"), Allow("c")]),
            ("allow=a because of x", &[Allow("a")]),
            ("schema=a allow=b", &[Schema("a"), Allow("b")]),
            ("shcema=a", &[Unknown(Some("schema"))]),
            ("schema = a", &[Incomplete("schema")]),
            ("schema: a", &[Incomplete("schema")]),
            ("schema=", &[Incomplete("schema")]),
            ("allow", &[Incomplete("allow")]),
            ("ignore=a", &[Unknown(None)]),
            ("allow=a shcema=b", &[Allow("a"), Unknown(Some("schema"))]),
            ("", &[Unknown(None)]),
        ];
        for (words, expected) in rows {
            let text = format!("# envschema: {words}\n");
            let layer = layer(&text);
            let found: Vec<_> = comments(&layer).iter().flat_map(Comment::directives).collect();
            assert_eq!(found, expected, "{words}");
        }
    }
}
