//! What a comment of a `.env` file tells envschema: `# envschema: schema=…` and `# envschema: allow=…`.

use crate::layer::{Layer, LayerKind};
use crate::span::{Lines, Span};

/// How every directive begins, behind the `#`.
const MARK: &str = "envschema:";

/// The schema that a file names for itself: the text behind `schema=` in its first directive of that name, and the line it
/// stands on.
///
/// It is read from comment lines only, so that no value on its own line can name a schema.
#[must_use]
pub fn schema(text: &[u8]) -> Option<(&str, Span)> {
    let mut start = 0;
    for line in text.split(|byte| matches!(byte, b'\n' | b'\r')) {
        if let Some(named) = comment_line(line).and_then(|comment| argument(comment, "schema")) {
            return Some((named, Span::new(start, start + line.len())));
        }
        start += line.len() + 1;
    }
    None
}

/// Whether a comment allows `code` for the statement at `span`: the one behind it, or the line right above it.
#[must_use]
pub fn allows(layer: &Layer<'_>, lines: &Lines, span: Span, code: &str) -> bool {
    if !matches!(layer.kind, LayerKind::Dotenv(_)) {
        return false;
    }
    let comments = [comment_above(layer, lines, span.start), comment_behind(layer, lines, span.end)];
    let directives = comments.into_iter().flatten().filter_map(|comment| argument(comment, "allow"));
    directives.into_iter().any(|codes| codes.split(',').any(|listed| listed == code))
}

fn comment_above<'t>(layer: &Layer<'t>, lines: &Lines, offset: u32) -> Option<&'t str> {
    let above = lines.span_of(layer.text, lines.line_of(offset).checked_sub(1).filter(|line| *line > 0)?);
    let is_in_value = behind_statements(layer, above.end) > above.start;
    if is_in_value { None } else { comment_line(above.of(layer.text)) }
}

/// The comment behind the last statement of the line that holds `offset`, whatever the values on it hold.
fn comment_behind<'t>(layer: &Layer<'t>, lines: &Lines, offset: u32) -> Option<&'t str> {
    let line = lines.span_of(layer.text, lines.line_of(offset));
    let start = behind_statements(layer, line.end).max(line.start);
    comment_line(Span { start, end: line.end.max(start) }.of(layer.text))
}

/// Where the last statement ends that starts before `offset`.
fn behind_statements(layer: &Layer<'_>, offset: u32) -> u32 {
    let until = layer.entries.partition_point(|entry| entry.span.start < offset);
    layer.entries[..until].last().map_or(0, |entry| entry.span.end)
}

/// What stands behind the `#` of a line that is nothing but a comment.
fn comment_line(line: &[u8]) -> Option<&str> {
    let comment = line.trim_ascii_start().strip_prefix(b"#")?;
    std::str::from_utf8(comment).ok().map(str::trim_end)
}

/// What stands behind `NAME=` in a directive.
fn argument<'t>(comment: &'t str, name: &str) -> Option<&'t str> {
    let words = comment.trim_start().strip_prefix(MARK)?;
    words
        .split_whitespace()
        .find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
        .filter(|found| !found.is_empty())
}

#[cfg(test)]
mod tests {
    use super::schema;

    #[test]
    fn a_file_names_its_schema_in_a_comment_of_its_own() {
        let rows: [(&str, Option<&str>); 6] = [
            ("# envschema: schema=config/app.yaml\nA=1\n", Some("config/app.yaml")),
            ("A=1\r\n  #envschema:  schema=x.json  \r\n", Some("x.json")),
            ("A=1 # envschema: schema=x.json", None),
            ("# envschema: schema=", None),
            ("# envschema: allow=unknown-variable", None),
            ("#schema=x", None),
        ];
        for (text, expected) in rows {
            assert_eq!(schema(text.as_bytes()).map(|(named, _)| named), expected, "{text}");
        }
        let text = b"A=1\r\n # envschema: schema=x.json\nB=2";
        let line = schema(text).map(|(_, line)| line.of(text));
        assert_eq!(line, Some(&b" # envschema: schema=x.json"[..]));
    }
}
