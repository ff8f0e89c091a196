//! What must not be shown of the lines of a schema in which something is wrong.

use envschema_core::outline::Outline;
use envschema_core::redact;
use envschema_core::span::Span;

/// A place where something is wrong.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wrong {
    pub(super) place: Span,
    /// Whether it is clearly a misspelt word, which may be seen.
    pub(super) is_word: bool,
}

/// Notes what may be a secret on lines that are shown because something on them is wrong, if the text names a secret
/// at all. A comment may be a value that lost its quotes; in a document that is broken, nobody knows what belongs to what, and
/// only keys are shown.
pub(super) fn lines(text: &str, is_broken: bool, wrong: &[Wrong], outline: &mut Outline) {
    if wrong.is_empty() || !has_secret_word(text) {
        return;
    }
    for Wrong { place, is_word } in wrong {
        let line = line_at(text, place.range().start);
        let hidden = match () {
            () if is_broken => Some(behind_key(text, line)),
            () if !may_be_secret(text, line) => comment(text, line),
            () if *is_word => Some(Span { start: place.end.min(line.end), end: line.end }),
            () => Some(behind_key(text, line)),
        };
        hidden.into_iter().for_each(|span| outline.add_secret(span));
    }
}

/// The line that holds `offset`, without its end.
fn line_at(text: &str, offset: usize) -> Span {
    let bytes = text.as_bytes();
    let offset = offset.min(bytes.len());
    let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let start = bytes.get(..offset).and_then(|before| before.iter().rposition(ends)).map_or(0, |at| at + 1);
    let rest = bytes.get(offset..).unwrap_or_default();
    Span::new(start, offset + rest.iter().position(ends).unwrap_or(rest.len()))
}

/// Whether a line has a word of a secret, or belongs to a variable that does: one whose key it is indented below, or that has
/// `sensitive` beside it.
fn may_be_secret(text: &str, line: Span) -> bool {
    let slice = |start: usize, end: usize| text.get(start..end).unwrap_or_default();
    let own = slice(line.range().start, line.range().end);
    let before = slice(0, line.range().start).lines().rev();
    let behind = slice(line.range().end, text.len()).lines();
    // In JSON without indentation, every line before may be an outer one.
    let is_flat =
        depth_of(own) <= 1 && text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).starts_with('{');
    has_secret_word(own)
        || (is_flat && before.clone().any(has_secret_word))
        || outer_lines(own, before.clone()).any(has_secret_word)
        || beside(own, before).chain(beside(own, behind)).any(says_sensitive)
}

/// The lines that `own` is indented below, the nearest first.
fn outer_lines<'t>(own: &str, before: impl Iterator<Item = &'t str>) -> impl Iterator<Item = &'t str> {
    let mut depth = depth_of(own);
    before.filter(move |line| {
        let is_outer = depth_of(line) < depth;
        depth = depth.min(depth_of(line));
        is_outer
    })
}

/// The lines next to `own` that are not indented less.
fn beside<'t>(own: &str, lines: impl Iterator<Item = &'t str>) -> impl Iterator<Item = &'t str> {
    let depth = depth_of(own);
    lines.take_while(move |line| depth_of(line) >= depth)
}

/// How deep a line stands: its indentation; a header of TOML stands above the lines that follow it.
fn depth_of(line: &str) -> usize {
    match line.trim_start() {
        "" => usize::MAX,
        bare if bare.len() == line.len() => usize::from(!line.starts_with('[')),
        bare => 1 + line.len() - bare.len(),
    }
}

fn says_sensitive(line: &str) -> bool {
    line.trim_start().trim_start_matches('"').starts_with("sensitive")
}

/// Whether something in the text is said or looks to be secret.
fn has_secret_word(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-' | '.'));
    redact::has_userinfo(text)
        || words.any(|word| word == "sensitive" || (word != "key" && redact::looks_secret(word)))
}

/// What stands behind the `:` or `=` of a line that begins with a key; all of it if there is none.
fn behind_key(text: &str, line: Span) -> Span {
    let slice = text.get(line.range()).unwrap_or_default();
    let is_key = |key: &str| {
        key.trim_matches([' ', '\t', '"', '\'', '{'])
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let key = slice.find([':', '=']).filter(|at| slice.get(..*at).is_some_and(is_key)).map_or(0, |at| at + 1);
    let blanks = slice.get(key..).map_or(0, |rest| rest.len() - rest.trim_start().len());
    Span::new(line.range().start + key + blanks, line.range().end)
}

/// What stands behind the first `#` of a line that begins a word.
fn comment(text: &str, line: Span) -> Option<Span> {
    let slice = text.get(line.range())?;
    let begins =
        |at: &usize| slice.get(..*at).is_some_and(|before| !before.ends_with(|c: char| !c.is_whitespace()));
    let at = slice.match_indices('#').map(|(at, _)| at).find(begins)?;
    Some(Span::new(line.range().start + at + 1, line.range().end))
}

#[cfg(test)]
mod tests {
    use super::{behind_key, line_at, may_be_secret};

    #[test]
    fn a_line_is_secret_where_its_variable_may_be() {
        let rows = [
            ("SECRET_KEY: {default: ^hunter2", true),
            ("SECRET_KEY: string\nDEBUG: {default: ^no", false),
            ("PORT: port (default: ^http://u:p@h)", true),
            ("API_TOKEN:\n  description: x\n  default: ^'abc", true),
            ("SITE:\n  default: ^'abc\n  sensitive: true\nPORT: port", true),
            ("SITE:\n  default: ^'abc\nPORT:\n  sensitive: true", false),
            ("variables:\n  SITE: {x: ^}}\n  API_TOKEN: string", false),
            ("[variables.API_TOKEN]\ntype = \"string\"\ndefault = ^'abc", true),
            ("[variables.API_TOKEN]\ntype = \"string\"\n[variables.SITE]\ndefault = ^'abc", false),
            ("{\n  \"SITE\": {\n    \"default\": ^'a',\n    \"sensitive\": true\n  }\n}", true),
        ];
        for (marked, expected) in rows {
            let at = marked.find('^').unwrap();
            let text = marked.replace('^', "");
            assert_eq!(may_be_secret(&text, line_at(&text, at)), expected, "{marked}");
        }
    }

    #[test]
    fn the_key_of_a_broken_line_stays() {
        for (text, hidden) in
            [("a\nKEY:  'x", "'x"), ("KEY = 'x'\nb", "'x'"), ("  hunter2\nx", "hunter2"), ("KEY:", "")]
        {
            let line = line_at(text, text.find(['K', 'h']).unwrap());
            assert_eq!(&text[behind_key(text, line).range()], hidden);
        }
    }
}
