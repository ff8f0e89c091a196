//! What `type`, `format`, `contentEncoding` and literals say about the kind of a variable.

use std::borrow::Cow;

use envschema_core::diagnostic::Severity;
use envschema_core::kind::{IpVersion, Kind, List, Map};
use envschema_core::phrase;
use envschema_core::span::Span;
use envschema_core::suggest;

use super::flat::{Flat, Follower};
use crate::format::lower::Notes;
use crate::format::lower::mistake::{Written, invalid, rename};
use crate::format::tree::{Data, Member, Node};

/// The types of JSON Schema.
const TYPES: [&str; 7] = ["string", "integer", "number", "boolean", "array", "object", "null"];

/// Formats and the kinds that read them. Each kind takes nothing that its format forbids, but for `hostname`, which takes
/// addresses too, and `uri`, which must have a host.
pub(crate) const FORMATS: [(&str, Kind); 9] = [
    ("uri", Kind::Url),
    ("email", Kind::Email),
    ("hostname", Kind::Host),
    ("ipv4", Kind::Ip(IpVersion::V4)),
    ("ipv6", Kind::Ip(IpVersion::V6)),
    ("date", Kind::Date),
    ("date-time", Kind::DateTime),
    ("uuid", Kind::Uuid),
    ("regex", Kind::Regex),
];

/// Formats of JSON Schema that no kind reads: another engine judges them.
pub(crate) const FOREIGN_FORMATS: [&str; 10] = [
    "duration",
    "time",
    "uri-reference",
    "uri-template",
    "iri",
    "iri-reference",
    "idn-email",
    "idn-hostname",
    "json-pointer",
    "relative-json-pointer",
];

/// Formats of numbers that other tools write, and what they take.
const WIDTHS: [(&str, &str, &str); 10] = [
    ("int8", "-128", "127"),
    ("int16", "-32768", "32767"),
    ("int32", "-2147483648", "2147483647"),
    ("int64", "-9223372036854775808", "9223372036854775807"),
    ("uint8", "0", "255"),
    ("uint16", "0", "65535"),
    ("uint32", "0", "4294967295"),
    ("uint64", "0", "18446744073709551615"),
    ("uint", "0", "18446744073709551615"),
    ("int", "-9223372036854775808", "9223372036854775807"),
];

/// What a schema says about the kind.
#[derive(Clone, Debug)]
pub(super) struct Typed<'n, 't> {
    pub(super) kind: Kind,
    /// Where that is said.
    pub(super) span: Option<Span>,
    /// The schema of items or values, which has terms of its own.
    pub(super) items: Option<Flat<'n, 't>>,
    /// What the width of a number allows.
    pub(super) width: Option<(&'static str, &'static str)>,
    /// Texts that are admitted beside the kind, because of further types.
    pub(super) also: Vec<&'static str>,
    /// A `format` that another engine judges.
    pub(super) foreign_format: Option<&'n Member<'t>>,
    /// Whether it is a password.
    pub(super) secret: bool,
}

/// The kind of a variable.
pub(super) fn of<'n, 't>(
    flat: &Flat<'n, 't>,
    follower: &mut Follower<'n, 't>,
    whose: &str,
    notes: &mut Notes,
) -> Typed<'n, 't> {
    let types = types(flat, whose, notes);
    let mut typed = Typed {
        kind: Kind::String,
        span: flat.find("type").map(|member| Written::key(member).span.to(member.value.span)),
        items: None,
        width: None,
        also: Vec::new(),
        foreign_format: None,
        secret: false,
    };
    let has = |name| types.contains(&name);
    typed.kind = match () {
        () if types.is_empty() => by_literals(flat),
        () if has("string") => Kind::String,
        () if has("object") => object(flat, &mut typed, follower, notes),
        () if has("array") => array(flat, &mut typed, follower, notes),
        () if has("number") => Kind::Number,
        () if has("integer") => Kind::Integer,
        () => Kind::Boolean,
    };
    if has("boolean") && matches!(typed.kind, Kind::Integer | Kind::Number) {
        typed.also = vec!["true", "false"];
    }
    format(flat, &mut typed, whose, notes);
    typed
}

/// The kind that constraints other than lengths hold for: that of the items, for lists and maps.
pub(super) fn of_items(kind: &Kind) -> &Kind {
    match kind {
        Kind::List(list) => &list.items,
        Kind::Map(map) => &map.values,
        _ => kind,
    }
}

/// The names of the types, without `null`.
fn types<'n>(flat: &Flat<'n, '_>, whose: &str, notes: &mut Notes) -> Vec<&'static str> {
    let mut types = Vec::new();
    let Some(member) = flat.find("type") else { return types };
    let nodes: &[Node<'_>] = match &member.value.value {
        Data::Array(items) => items,
        _ => std::slice::from_ref(&member.value),
    };
    for node in nodes {
        let known = match &node.value {
            Data::Text(text) => TYPES.into_iter().find(|known| known == text),
            Data::Invalid => continue,
            _ => None,
        };
        match known {
            Some("null") => {}
            Some(known) => types.push(known),
            None => notes.push(unknown_type(node, whose)),
        }
    }
    types
}

fn unknown_type(node: &Node<'_>, whose: &str) -> envschema_core::diagnostic::Diagnostic {
    let diagnostic = invalid(node.span, format!("`type` of {whose} is unknown"));
    let near = match &node.value {
        Data::Text(text) => suggest::value(text, &TYPES),
        _ => None,
    };
    match near {
        Some(near) => {
            let fix = node.letters().map(|letters| rename(letters, near));
            diagnostic.help(format!("did you mean `{near}`?")).fix(fix)
        }
        None => diagnostic.help(format!("write {}", phrase::alternatives(&TYPES))),
    }
}

/// The kind that all allowed literals are of.
fn by_literals(flat: &Flat<'_, '_>) -> Kind {
    let literals: Vec<&Node<'_>> = match (flat.value("enum"), flat.value("const")) {
        (Some(node), _) => node.items().unwrap_or_default().iter().collect(),
        (None, Some(node)) => vec![node],
        (None, None) => flat.literals(),
    };
    let mut literals = literals.into_iter().filter(|node| node.value != Data::Null).peekable();
    if literals.peek().is_none() {
        return Kind::String;
    }
    let is_whole =
        |node: &Node<'_>| matches!(&node.value, Data::Number(text) if whole_number(text).is_some());
    let literals: Vec<_> = literals.collect();
    match () {
        () if literals.iter().all(|node| matches!(node.value, Data::Bool(_))) => Kind::Boolean,
        () if literals.iter().all(|node| is_whole(node)) => Kind::Integer,
        () if literals.iter().all(|node| matches!(node.value, Data::Number(_))) => Kind::Number,
        () => Kind::String,
    }
}

/// An array is a list of what its items are; items that are no single values are JSON.
fn array<'n, 't>(
    flat: &Flat<'n, 't>,
    typed: &mut Typed<'n, 't>,
    follower: &mut Follower<'n, 't>,
    notes: &mut Notes,
) -> Kind {
    let is_tuple = flat.find("prefixItems").is_some()
        || flat.value("items").is_some_and(|items| matches!(items.value, Data::Array(_)));
    match single(flat.find("items"), follower, notes) {
        _ if is_tuple => Kind::Json,
        Single::Absent => Kind::List(List { separator: ',', items: Kind::String.into() }),
        Single::Kind(items, kind) => {
            typed.items = Some(items);
            Kind::List(List { separator: ',', items: kind.into() })
        }
        Single::No => Kind::Json,
    }
}

/// An object whose values are single ones is a map; any other is JSON.
fn object<'n, 't>(
    flat: &Flat<'n, 't>,
    typed: &mut Typed<'n, 't>,
    follower: &mut Follower<'n, 't>,
    notes: &mut Notes,
) -> Kind {
    let values = flat.find("additionalProperties").filter(|member| member.value.members().is_some());
    match single(values, follower, notes) {
        Single::Kind(values, kind) => {
            typed.items = Some(values);
            Kind::Map(Map { separator: ',', assign: '=', values: kind.into() })
        }
        _ => Kind::Json,
    }
}

enum Single<'n, 't> {
    Absent,
    Kind(Flat<'n, 't>, Kind),
    No,
}

/// The kind of items or values, if they are single ones.
fn single<'n, 't>(
    member: Option<&'n Member<'t>>,
    follower: &mut Follower<'n, 't>,
    notes: &mut Notes,
) -> Single<'n, 't> {
    let Some(member) = member else { return Single::Absent };
    let flat = follower.flatten(&member.value, notes);
    let depth = follower.enter(&flat);
    let typed = of(&flat, follower, "its items", notes);
    follower.leave(depth);
    let is_single = !matches!(typed.kind, Kind::List(_) | Kind::Map(_) | Kind::Json);
    if is_single { Single::Kind(flat, typed.kind) } else { Single::No }
}

fn format<'n, 't>(flat: &Flat<'n, 't>, typed: &mut Typed<'n, 't>, whose: &str, notes: &mut Notes) {
    if typed.kind == Kind::String
        && let Some(encoding) = flat.value("contentEncoding")
    {
        match &encoding.value {
            Data::Text(text) if text == "base64" => typed.kind = Kind::Base64,
            Data::Text(text) if text == "base16" => typed.kind = Kind::Hex,
            _ => {}
        }
    }
    let Some(member) = flat.find("format") else { return };
    let Data::Text(name) = &member.value.value else { return };
    if typed.kind == Kind::Integer {
        if name == "port" {
            typed.kind = Kind::Port;
        }
        let width = WIDTHS.iter().find(|(width, ..)| width == name);
        typed.width = width.map(|(_, least, most)| (*least, *most));
        return;
    }
    if typed.kind != Kind::String {
        return;
    }
    let known = FORMATS.iter().find(|(format, _)| format == name).map(|(_, kind)| kind.clone());
    match known {
        _ if name == "password" => typed.secret = true,
        _ if FOREIGN_FORMATS.contains(&name.as_ref()) => typed.foreign_format = Some(member),
        Some(kind) => typed.kind = kind,
        None => match Kind::named(name) {
            Some(kind) => typed.kind = kind,
            None => notes.report.extend(misspelt(name, &member.value, whose)),
        },
    }
}

/// A format that looks like a slip of the pen; any other that is unknown tells people something.
fn misspelt(name: &str, node: &Node<'_>, whose: &str) -> Option<envschema_core::diagnostic::Diagnostic> {
    let names = FORMATS.iter().map(|(name, _)| *name).chain(FOREIGN_FORMATS).chain(["password"]);
    let near = suggest::nearest(name, names)?;
    let headline = format!("`format` of {whose} is unknown, so it says nothing");
    let diagnostic = invalid(node.span, headline).severity(Severity::Warning);
    let fix = node.letters().map(|letters| rename(letters, near));
    Some(diagnostic.help(format!("did you mean `{near}`?")).fix(fix))
}

/// A number of JSON that is whole, as digits: `1.0` and `1e3` are.
pub(super) fn whole_number(written: &str) -> Option<Cow<'_, str>> {
    let written = match crate::format::tree::decimal(written) {
        Cow::Borrowed(text) if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') => {
            return Some(Cow::Borrowed(text));
        }
        written => written,
    };
    let (sign, digits) = written.strip_prefix('-').map_or(("", written.as_ref()), |digits| ("-", digits));
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let exponent: i32 = exponent.parse().ok().filter(|exponent: &i32| exponent.abs() < 64)?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let point = i32::try_from(whole.len()).ok()? + exponent;
    let point = usize::try_from(point).ok()?;
    let digits = match all.get(point..) {
        Some(rest) if rest.bytes().all(|byte| byte == b'0') => all.get(..point)?.to_owned(),
        Some(_) => return None,
        None => format!("{all:0<point$}"),
    };
    let digits = digits.trim_start_matches('0');
    Some(Cow::Owned(if digits.is_empty() { "0".to_owned() } else { format!("{sign}{digits}") }))
}

#[cfg(test)]
mod tests {
    use super::whole_number;

    #[test]
    fn whole_numbers_of_json() {
        let rows = [
            ("5", Some("5")),
            ("-5", Some("-5")),
            ("5.0", Some("5")),
            ("1e3", Some("1000")),
            ("1.50e1", Some("15")),
            ("1200e-2", Some("12")),
            ("-0.0", Some("0")),
            ("0", Some("0")),
            ("1.5", None),
            ("1e-1", None),
            ("1e999", None),
            (".inf", None),
            ("18446744073709551616", Some("18446744073709551616")),
        ];
        for (written, expected) in rows {
            assert_eq!(whole_number(written).as_deref(), expected, "{written}");
        }
    }
}
