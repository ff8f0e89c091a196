//! What a schema says about texts: the keywords of JSON Schema that hold for strings.

use envschema_core::kind::{IpVersion, Kind, List, Map};
use envschema_core::schema::{Constraint, Text};

use super::number::Number;
use super::{regex, text};
use crate::export::json::{Json, Object};

/// Keywords that hold for strings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Strings {
    /// The texts that are allowed; `None`: any.
    pub(super) literals: Option<Vec<Text>>,
    /// Texts that are not allowed.
    pub(super) not: Vec<Text>,
    patterns: Vec<String>,
    /// Whether the patterns rule out the empty text.
    is_filled: bool,
    format: Option<&'static str>,
    least: u64,
    most: Option<u64>,
}

/// Schemes whose urls have exactly one host, so that every reader of the format `uri` takes them.
const WEB: [&str; 5] = ["http", "https", "ws", "wss", "ftp"];

impl Strings {
    /// What `constraints` say about the text of a scalar value.
    pub(super) fn scalar(kind: &Kind, constraints: &[&Constraint], is_secret: bool) -> Self {
        let mut strings = Self::default();
        let is_natural =
            *kind == Kind::Integer && constraints.iter().any(|constraint| is_natural(constraint));
        let mut shape = if is_natural { Some(text::naturals()) } else { text::of_kind(kind) };
        for constraint in constraints {
            match constraint {
                Constraint::OneOf(literals) if !is_secret => {
                    if text::is_its_text(kind) {
                        strings.literals = Some(unique(literals.to_vec()));
                        shape = None;
                    } else {
                        shape = text::one_of(kind, literals).or(shape);
                    }
                }
                Constraint::NotOneOf(literals) if !is_secret => strings.not = literals.to_vec(),
                Constraint::Schemes(schemes) => shape = Some(text::urls(schemes)),
                Constraint::MinLength(least) => strings.least = least_characters(kind, *least),
                Constraint::MaxLength(most) => strings.most = Some(most_characters(kind, *most)),
                Constraint::Pattern(pattern) => strings.patterns.extend(regex::translate(pattern)),
                _ => {}
            }
        }
        strings.is_filled = shape.is_some();
        strings.patterns.splice(0..0, shape.map(|shape| shape.pattern()));
        strings
    }

    /// What can be said about the text of a list.
    pub(super) fn list(list: &List, constraints: &[&Constraint], is_secret: bool) -> Self {
        let item = constraints.iter().find_map(|constraint| match constraint {
            Constraint::OneOf(literals) if !is_secret => text::one_of(&list.items, literals),
            Constraint::Schemes(schemes) => Some(text::urls(schemes)),
            _ => None,
        });
        let item = item.or_else(|| text::of_kind(&list.items));
        Self { patterns: text::list(list, item.as_ref()).into_iter().collect(), ..Self::default() }
    }

    /// What can be said about the text of a map.
    pub(super) fn map(map: &Map) -> Self {
        Self { patterns: text::map(map).into_iter().collect(), ..Self::default() }
    }

    /// Adds the `format` that holds for every text of the kind under these constraints, if there is one that all readers
    /// agree on.
    pub(super) fn with_format(mut self, kind: &Kind, constraints: &[&Constraint]) -> Self {
        self.format = format(kind, constraints).filter(|_| self.literals.is_none());
        self
    }

    /// Says that the text is not empty.
    pub(super) fn refuse_empty(&mut self) {
        let is_said =
            self.is_filled || self.literals.as_ref().is_some_and(|literals| !literals.contains(&"".into()));
        self.least = if is_said { self.least } else { self.least.max(1) };
    }

    /// Admits `text` beside what is said, or says that it takes an alternative.
    pub(super) fn admit(&mut self, text: &Text) -> Result<(), ()> {
        let is_open = self.patterns.is_empty() && self.format.is_none() && self.fits_length(text);
        let is_excluded = self.not.contains(text);
        match &mut self.literals {
            Some(literals) if is_open && !is_excluded => {
                if !literals.contains(text) {
                    literals.push(text.clone());
                }
                Ok(())
            }
            None if is_open && !is_excluded => Ok(()),
            None if text.is_empty() && self.least == 0 && self.format.is_none() && !is_excluded => {
                match self.patterns.as_mut_slice() {
                    [pattern] => {
                        pattern.insert_str(0, "^$|");
                        Ok(())
                    }
                    _ => Err(()),
                }
            }
            _ => Err(()),
        }
    }

    fn fits_length(&self, text: &str) -> bool {
        let length = text.chars().count() as u64;
        length >= self.least && self.most.is_none_or(|most| length <= most)
    }

    /// The keywords but for `enum` and `not`.
    pub(super) fn keywords(&self) -> Object {
        let mut object = Object::new();
        if self.least > 0 {
            object.push("minLength", self.least);
        }
        if let Some(most) = self.most {
            object.push("maxLength", most);
        }
        if let Some(format) = self.format {
            object.push("format", format);
        }
        if let Some((first, more)) = self.patterns.split_first() {
            object.push("pattern", first.clone());
            let more = more.iter().map(|pattern| Object::new().with("pattern", pattern.clone()));
            object.push_said("allOf", more.collect::<Json>());
        }
        object
    }
}

/// The same values in the same order, each once.
pub(super) fn unique<T: PartialEq>(values: Vec<T>) -> Vec<T> {
    values.into_iter().fold(Vec::new(), |mut all, value| {
        if !all.contains(&value) {
            all.push(value);
        }
        all
    })
}

/// Whether a constraint leaves no number below zero.
fn is_natural(constraint: &Constraint) -> bool {
    let (Constraint::Min(bound) | Constraint::Above(bound)) = constraint else { return false };
    Number::of(&Kind::Integer, bound).is_some_and(|number| !number.is_negative())
}

/// How many characters a text has at least whose value has `least` of what its kind counts: bytes in base64 and hex.
fn least_characters(kind: &Kind, least: u64) -> u64 {
    match kind {
        Kind::Hex => least.saturating_mul(2),
        // Without padding.
        Kind::Base64 => least.saturating_mul(8).div_ceil(6),
        _ => least,
    }
}

fn most_characters(kind: &Kind, most: u64) -> u64 {
    match kind {
        Kind::Hex => most.saturating_mul(2),
        // With padding.
        Kind::Base64 => most.div_ceil(3).saturating_mul(4),
        _ => most,
    }
}

fn format(kind: &Kind, constraints: &[&Constraint]) -> Option<&'static str> {
    let is_web = constraints.iter().any(|constraint| match constraint {
        Constraint::Schemes(schemes) => {
            schemes.iter().all(|scheme| WEB.iter().any(|web| scheme.eq_ignore_ascii_case(web)))
        }
        _ => false,
    });
    match kind {
        Kind::Url if is_web => Some("uri"),
        Kind::Ip(IpVersion::V4) => Some("ipv4"),
        Kind::Ip(IpVersion::V6) => Some("ipv6"),
        Kind::Uuid => Some("uuid"),
        Kind::Date => Some("date"),
        _ => None,
    }
}
