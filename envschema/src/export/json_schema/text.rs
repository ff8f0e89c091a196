//! What a text of each kind looks like, as a regular expression: whatever the kind takes, the expression matches.

use envschema_core::kind::{IpVersion, Kind, List, Map};
use envschema_core::value::Value;

use super::regex;

/// How the texts of a kind look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// An expression for the whole text, without `^` and `$`; it never stands for nothing.
    pub(super) body: String,
    /// The characters it may match beside ASCII letters and digits; `None` if there are too many to say.
    marks: Option<&'static str>,
}

impl Shape {
    fn new(body: &str, marks: &'static str) -> Self {
        Self { body: body.to_owned(), marks: Some(marks) }
    }

    /// An expression for the whole text.
    pub(super) fn pattern(&self) -> String {
        let alternatives = self.body.contains('|');
        if alternatives { format!("^(?:{})$", self.body) } else { format!("^{}$", self.body) }
    }

    /// Whether a text can hold `character`.
    fn has(&self, character: char) -> bool {
        character.is_ascii_alphanumeric() || self.marks.is_none_or(|marks| marks.contains(character))
    }
}

/// How texts of a scalar kind look; `None` if anything may be one.
pub(super) fn of_kind(kind: &Kind) -> Option<Shape> {
    Some(match kind {
        Kind::Integer => Shape::new("[+-]?[0-9]+", "+-"),
        Kind::Number => Shape::new(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", "+-."),
        Kind::Boolean => booleans([true, false]),
        Kind::Url => url("[A-Za-z][A-Za-z0-9+.-]*"),
        Kind::Email => {
            Shape::new(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+", "!#$%&'*+/=?^_`{|}~.-@")
        }
        Kind::Host => Shape::new("[A-Za-z0-9_.:-]+", "_.:-"),
        Kind::Port => Shape::new(r"\+?0*[1-9][0-9]{0,4}", "+"),
        Kind::Ip(IpVersion::Any) => Shape::new("[0-9A-Fa-f:.]+", ":."),
        Kind::Ip(IpVersion::V4) => Shape::new(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}", "."),
        Kind::Ip(IpVersion::V6) => Shape::new("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*", ":."),
        Kind::Cidr => Shape::new("[0-9A-Fa-f:.]+/[0-9]{1,3}", ":./"),
        Kind::SocketAddress => {
            Shape::new(r"(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|\[[0-9A-Fa-f:.]+(?:%[0-9]+)?\]):[0-9]+", ".:[]%")
        }
        Kind::Path => Shape { body: r"[^\x00-\x1f\x7f]+".to_owned(), marks: None },
        Kind::Duration => Shape::new(r"0|(?:[0-9]+(?:\.[0-9]+)? *[a-zµμ]+ *)+", ". µμ"),
        Kind::Size => Shape::new(r"[0-9]+(?:\.[0-9]+)? *(?:[kKMGTPEmgtpe]?[iI]?[bB]|bytes?)?", ". "),
        Kind::Uuid => Shape::new("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", "-"),
        Kind::Date => Shape::new("[0-9]{4}-[0-9]{2}-[0-9]{2}", "-"),
        Kind::DateTime => Shape::new(
            r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})",
            "-:.+",
        ),
        Kind::Timezone => Shape::new("[A-Z][A-Za-z0-9_+-]*(?:/[A-Z][A-Za-z0-9_+-]*){0,2}", "_+-/"),
        Kind::Semver => Shape::new(r"[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?", ".-+"),
        Kind::Base64 => Shape::new("[A-Za-z0-9+/_-]+={0,2}", "+/_-="),
        Kind::Hex => Shape::new("(?:[0-9A-Fa-f]{2})+", ""),
        Kind::String | Kind::Regex | Kind::Json | Kind::List(_) | Kind::Map(_) => return None,
    })
}

/// Urls with one of these schemes, in any case.
pub(super) fn urls(schemes: &[impl AsRef<str>]) -> Shape {
    let schemes: Vec<String> = schemes.iter().map(|scheme| regex::any_case(scheme.as_ref())).collect();
    url(&format!("(?:{})", schemes.join("|")))
}

fn url(scheme: &str) -> Shape {
    let marks = "._~!$&'()*+,;=%:@/?#[]-";
    let body = format!(r"{scheme}://[A-Za-z0-9._~!$%&'()*+,;=:@/?#\[\]-]*");
    Shape { body, marks: Some(marks) }
}

/// Whole numbers that are not negative; zero may have a sign.
pub(super) fn naturals() -> Shape {
    Shape::new(r"\+?[0-9]+|-0+", "+-")
}

/// The spellings of `values`.
pub(super) fn booleans(values: impl IntoIterator<Item = bool>) -> Shape {
    let spellings = values.into_iter().flat_map(|value| {
        let words = if value { ["true", "yes", "on", "1"] } else { ["false", "no", "off", "0"] };
        words.map(regex::any_case)
    });
    Shape::new(&spellings.collect::<Vec<_>>().join("|"), "")
}

/// Texts that are one of `literals` as values of `kind`; `None` where a value has too many spellings to say.
pub(super) fn one_of(kind: &Kind, literals: &[impl AsRef<str>]) -> Option<Shape> {
    let literals = literals.iter().map(AsRef::as_ref);
    match kind {
        Kind::Boolean => {
            let values = literals.map(|literal| match kind.parse(literal) {
                Ok(Value::Boolean(value)) => Some(value),
                _ => None,
            });
            let mut values: Vec<bool> = values.collect::<Option<_>>()?;
            values.sort_unstable_by(|a, b| b.cmp(a));
            values.dedup();
            Some(booleans(values))
        }
        Kind::Integer | Kind::Port => {
            let spellings = literals.map(|literal| match kind.parse(literal) {
                Ok(Value::Integer(number)) => Some(match (number.is_negative(), number.magnitude()) {
                    (_, 0) => "[+-]?0+".to_owned(),
                    (true, digits) => format!("-0*{digits}"),
                    (false, digits) => format!(r"\+?0*{digits}"),
                }),
                _ => None,
            });
            Some(Shape::new(&spellings.collect::<Option<Vec<_>>>()?.join("|"), "+-"))
        }
        _ if is_its_text(kind) => {
            let body: Vec<String> =
                literals.filter(|literal| !literal.is_empty()).map(regex::literal).collect();
            Some(Shape { body: body.join("|"), marks: None }).filter(|shape| !shape.body.is_empty())
        }
        _ => None,
    }
}

/// Whether two values of the kind are the same only if their texts are.
pub(super) const fn is_its_text(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::String
            | Kind::Url
            | Kind::Email
            | Kind::Host
            | Kind::Path
            | Kind::Timezone
            | Kind::Regex
            | Kind::Json
    )
}

/// An expression for the texts of a list whose items look like `item`; `None` where nothing can be said.
pub(super) fn list(list: &List, item: Option<&Shape>) -> Option<String> {
    const BLANKS: &str = r"[ \t\r\n]*";
    let separator = list.separator;
    let between = match separator {
        ' ' => r"[ \t\r\n]+".to_owned(),
        '\t' | '\r' | '\n' => return None,
        _ => format!("{BLANKS}{}{BLANKS}", regex::literal(&separator.to_string())),
    };
    match item.filter(|item| is_apart(item, separator)) {
        Some(Shape { body, .. }) => {
            Some(format!("^{BLANKS}(?:(?:{body})(?:{between}(?:{body}))*{BLANKS})?$"))
        }
        None if separator == ' ' => None,
        None => {
            let (inside, between) = (regex::in_brackets(separator), regex::literal(&separator.to_string()));
            Some(format!("^[^{inside}]+(?:{between}[^{inside}]+)*$"))
        }
    }
}

/// An expression for the texts of a map; `None` where nothing can be said.
pub(super) fn map(map: &Map) -> Option<String> {
    let Map { separator, assign, .. } = *map;
    let is_blank = |character| matches!(character, ' ' | '\t' | '\r' | '\n');
    if is_blank(separator) || is_blank(assign) || separator == assign {
        return None;
    }
    let (inside, equals) = (regex::in_brackets(separator), regex::in_brackets(assign));
    let pair = format!("[^{inside}{equals}]+{}[^{inside}]*", regex::literal(&assign.to_string()));
    let between = regex::literal(&separator.to_string());
    Some(format!(r"^(?:[ \t\r\n]*|{pair}(?:{between}{pair})*)$"))
}

/// Whether the items of a list can be told from what stands between them.
fn is_apart(item: &Shape, separator: char) -> bool {
    [separator, ' ', '\t', '\r', '\n'].into_iter().all(|character| !item.has(character))
}
