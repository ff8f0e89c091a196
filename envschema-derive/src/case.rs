//! How names are spelled: `rename_all`.

use std::fmt::Write as _;

/// A spelling.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

/// Every spelling under the name that attributes give it, the one serde uses.
const CASES: [(&str, Case); 8] = [
    ("lowercase", Case::Lower),
    ("UPPERCASE", Case::Upper),
    ("PascalCase", Case::Pascal),
    ("camelCase", Case::Camel),
    ("snake_case", Case::Snake),
    ("SCREAMING_SNAKE_CASE", Case::ScreamingSnake),
    ("kebab-case", Case::Kebab),
    ("SCREAMING-KEBAB-CASE", Case::ScreamingKebab),
];

impl Case {
    /// The names of all spellings.
    pub(crate) const NAMES: [&'static str; 8] = {
        let mut names = [""; 8];
        let mut at = 0;
        while at < 8 {
            names[at] = CASES[at].0;
            at += 1;
        }
        names
    };

    /// The spelling called `name`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        CASES.iter().find(|(known, _)| *known == name).map(|(_, case)| *case)
    }

    /// An identifier, of a field (`max_size`) or a variant (`MaxSize`), in this spelling.
    pub(crate) fn spell(self, identifier: &str) -> String {
        let words = words(identifier);
        let joined = |separator: &str| words.join(separator);
        match self {
            Self::Lower => joined(""),
            Self::Upper => joined("").to_uppercase(),
            Self::Pascal => words.iter().map(|word| capitalized(word)).collect(),
            Self::Camel => {
                let (first, rest) = words.split_at(words.len().min(1));
                first.iter().cloned().chain(rest.iter().map(|word| capitalized(word))).collect()
            }
            Self::Snake => joined("_"),
            Self::ScreamingSnake => joined("_").to_uppercase(),
            Self::Kebab => joined("-"),
            Self::ScreamingKebab => joined("-").to_uppercase(),
        }
    }
}

/// The words of an identifier in lower case. A capital starts one, as does what follows an underscore.
fn words(identifier: &str) -> Vec<String> {
    let mut spaced = String::new();
    for character in identifier.chars() {
        if character.is_uppercase() && !is_screaming(identifier) {
            spaced.push('_');
        }
        spaced.extend(character.to_lowercase());
    }
    spaced.split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn is_screaming(identifier: &str) -> bool {
    !identifier.chars().any(char::is_lowercase)
}

fn capitalized(word: &str) -> String {
    let mut characters = word.chars();
    let mut capitalized = String::with_capacity(word.len());
    if let Some(first) = characters.next() {
        // Writing to a string cannot fail.
        let _ = write!(capitalized, "{}{}", first.to_uppercase(), characters.as_str());
    }
    capitalized
}

#[cfg(test)]
mod tests {
    use super::Case;

    #[test]
    fn identifiers_are_spelled_in_every_way() {
        let rows = [
            ("lowercase", "maxsize", "maxsize"),
            ("UPPERCASE", "MAXSIZE", "MAXSIZE"),
            ("PascalCase", "MaxSize", "MaxSize"),
            ("camelCase", "maxSize", "maxSize"),
            ("snake_case", "max_size", "max_size"),
            ("SCREAMING_SNAKE_CASE", "MAX_SIZE", "MAX_SIZE"),
            ("kebab-case", "max-size", "max-size"),
            ("SCREAMING-KEBAB-CASE", "MAX-SIZE", "MAX-SIZE"),
        ];
        for (name, field, variant) in rows {
            let case = Case::named(name).unwrap();
            assert_eq!(case.spell("max_size"), field, "{name}");
            assert_eq!(case.spell("MaxSize"), variant, "{name}");
        }
        assert_eq!(Case::Kebab.spell("MAX_SIZE"), "max-size");
        assert_eq!(Case::Camel.spell("_url2"), "url2");
        assert_eq!(Case::Kebab.spell("HTTP"), "http");
    }
}
