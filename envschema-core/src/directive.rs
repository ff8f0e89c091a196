//! What a comment of a `.env` file tells envschema: `# envschema: schema=…` and `# envschema: allow=…`.

use crate::layer::{Layer, LayerKind};
use crate::span::Span;

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

/// Whether the line that holds `offset`, or the comment line right above it, allows `code`.
#[must_use]
pub fn allows(layer: &Layer<'_>, offset: u32, code: &str) -> bool {
    if !matches!(layer.kind, LayerKind::Dotenv(_)) {
        return false;
    }
    let at = (offset as usize).min(layer.text.len());
    let start = layer.text[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let end = layer.text[at..]
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(layer.text.len(), |length| at + length);
    let above = layer.text[..start].strip_suffix(b"\n").unwrap_or_default();
    let above = above.rsplit(|byte| *byte == b'\n').next().and_then(comment_line);
    let behind = comment_behind(layer, start, end);
    above
        .into_iter()
        .chain(behind)
        .filter_map(|comment| argument(comment, "allow"))
        .any(|codes| lists(codes, code))
}

/// The comment behind the last assignment of a line, whatever the assignment's value holds.
fn comment_behind<'t>(layer: &Layer<'t>, start: usize, end: usize) -> Option<&'t str> {
    let until = layer.entries.partition_point(|entry| (entry.span.start as usize) < end);
    let behind =
        layer.entries[..until].last().map_or(start, |entry| entry.span.end as usize).clamp(start, end);
    comment_line(&layer.text[behind..end])
}

/// What stands behind the `#` of a line that is nothing but a comment.
fn comment_line(line: &[u8]) -> Option<&str> {
    std::str::from_utf8(line).ok()?.trim().strip_prefix('#')
}

/// What stands behind `NAME=` in a directive.
fn argument<'t>(comment: &'t str, name: &str) -> Option<&'t str> {
    let words = comment.trim_start().strip_prefix(MARK)?;
    words
        .split_whitespace()
        .find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
        .filter(|found| !found.is_empty())
}

fn lists(codes: &str, code: &str) -> bool {
    codes.split(',').any(|listed| listed == code)
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
