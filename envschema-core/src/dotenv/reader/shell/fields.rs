//! The result of expanding words: one text, or several fields where an unquoted reference falls apart.

use crate::dotenv::scan::find;

/// How text becomes fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Splitting {
    /// It stays one text.
    No,
    /// It stays one text, and what is quoted gets a backslash where a pattern would mean something else.
    Pattern,
    /// What references yield is split at these bytes.
    At(Vec<u8>),
    /// What references yield stays whole, and is nothing if it is empty.
    Whole,
}

/// Fields being built.
#[derive(Debug)]
pub(super) struct Fields {
    splitting: Splitting,
    done: Vec<Field>,
    current: Field,
    /// Whether the current field is there even if it is empty.
    is_open: bool,
    /// Where in the current field a `~` stands whose name goes on in what a reference yields: zsh looks there, too.
    tilde: Option<usize>,
}

/// One field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) text: Vec<u8>,
    /// Whether it holds an unquoted `*`, `?` or `[`.
    pub(super) globs: bool,
}

impl Fields {
    pub(super) fn new(splitting: Splitting) -> Self {
        Self { splitting, done: Vec::new(), current: Field::default(), is_open: false, tilde: None }
    }

    /// Whether the current field has nothing in it yet.
    pub(super) fn is_at_start(&self) -> bool {
        !self.is_open && self.current.text.is_empty()
    }

    /// Marks the `~` that comes next.
    pub(super) fn mark_tilde(&mut self) {
        self.tilde = Some(self.current.text.len());
    }

    /// The name behind the `~` that is marked.
    pub(super) fn behind_tilde(&self) -> Option<Vec<u8>> {
        let text = self.current.text.get(self.tilde? + 1..)?;
        Some(text.iter().copied().take_while(|byte| !matches!(byte, b'/' | b':')).collect())
    }

    /// Puts `home` in the place of the `~` that is marked and of its name.
    pub(super) fn replace_tilde(&mut self, name: usize, home: &[u8]) {
        if let Some(at) = self.tilde.take() {
            let end = (at + 1 + name).min(self.current.text.len());
            self.current.text.splice(at..end, home.iter().copied());
        }
    }

    /// Adds text of the file.
    pub(super) fn literal(&mut self, text: &[u8], quoted: bool) {
        self.is_open |= quoted || !text.is_empty();
        self.append(text, quoted);
    }

    /// Adds what a reference yields.
    pub(super) fn inserted(&mut self, text: &[u8], quoted: bool) {
        match &self.splitting {
            Splitting::At(separators) if !quoted => {
                let separators = separators.clone();
                self.split(text, &separators);
            }
            Splitting::No | Splitting::Pattern => self.append(text, quoted),
            // In zsh what a reference yields is no pattern.
            Splitting::Whole if !quoted => {
                self.is_open |= !text.is_empty();
                self.append(text, true);
            }
            Splitting::Whole | Splitting::At(_) => self.literal(text, quoted),
        }
    }

    fn append(&mut self, text: &[u8], quoted: bool) {
        if self.splitting == Splitting::Pattern && quoted {
            for byte in text {
                if matches!(byte, b'*' | b'?' | b'[' | b']' | b'\\' | b'-' | b'!' | b'^') {
                    self.current.text.push(b'\\');
                }
                self.current.text.push(*byte);
            }
            return;
        }
        self.current.globs |= !quoted && text.iter().any(|byte| matches!(byte, b'*' | b'?' | b'['));
        self.current.text.extend_from_slice(text);
    }

    /// White space among the separators only parts fields; every other separator ends one.
    fn split(&mut self, text: &[u8], separators: &[u8]) {
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let length = rest.iter().position(|byte| find(separators, *byte).is_some()).unwrap_or(rest.len());
            if length > 0 {
                self.literal(&rest[..length], false);
                at += length;
                continue;
            }
            let is_space =
                |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n') && find(separators, *byte).is_some();
            let spaces = rest.iter().take_while(|byte| is_space(byte)).count();
            at += spaces;
            if let Some(byte) = text.get(at)
                && !is_space(byte)
                && find(separators, *byte).is_some()
            {
                self.is_open = true;
                at += 1;
                at += text[at..].iter().take_while(|byte| is_space(byte)).count();
            }
            self.end_field();
        }
    }

    fn end_field(&mut self) {
        if self.is_open {
            self.done.push(std::mem::take(&mut self.current));
        }
        self.is_open = false;
    }

    /// All fields.
    pub(super) fn finish(mut self) -> Vec<Field> {
        self.end_field();
        self.done
    }

    /// The one text.
    pub(super) fn text(self) -> Vec<u8> {
        self.current.text
    }
}

#[cfg(test)]
mod tests {
    use super::{Fields, Splitting};

    #[test]
    fn references_fall_apart_and_text_does_not() {
        for (separators, inserted, expected) in [
            (" \t\n", "a  b", vec!["xa", "by"]),
            (" \t\n", " a ", vec!["x", "a", "y"]),
            (" \t\n", "", vec!["xy"]),
            (",", "a,,b,", vec!["xa", "", "b", "y"]),
            (", ", " , a", vec!["x", "ay"]),
            ("", "a b", vec!["xa by"]),
        ] {
            let mut fields = Fields::new(Splitting::At(separators.as_bytes().to_vec()));
            fields.literal(b"x", false);
            fields.inserted(inserted.as_bytes(), false);
            fields.literal(b"y", true);
            let fields = fields.finish();
            let found: Vec<_> = fields.iter().map(|field| str::from_utf8(&field.text).unwrap()).collect();
            assert_eq!(found, expected, "{inserted:?} at {separators:?}");
        }
    }

    #[test]
    fn nothing_is_no_field_unless_it_is_quoted() {
        for (quoted, expected) in [(false, 0), (true, 1)] {
            let mut fields = Fields::new(Splitting::At(b" ".to_vec()));
            fields.inserted(b"", quoted);
            assert_eq!(fields.finish().len(), expected);
        }
    }

    #[test]
    fn quoted_text_of_a_pattern_means_itself() {
        let mut fields = Fields::new(Splitting::Pattern);
        fields.literal(b"*", true);
        fields.literal(b"*", false);
        assert_eq!(fields.text(), b"\\**");
    }
}
