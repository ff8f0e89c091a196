//! The keywords that are constraints of the model.

use envschema_core::kind::Kind;
use envschema_core::schema::Constraint;

use super::flat::Flat;
use super::kind::whole_number;
use crate::format::lower::Notes;
use crate::format::lower::values::{Literal, Said, scalar, texts};
use crate::format::tree::{Data, Node, decimal};

/// What a keyword is to the model.
#[derive(Debug)]
pub(super) enum Read {
    /// A constraint, with its literals.
    Term(Constraint, Vec<Literal>),
    /// Something another engine has to judge.
    Foreign,
    /// Something that can never matter for values of this kind.
    Pointless,
    /// Something that is said elsewhere already.
    Said,
    /// No constraint.
    No,
}

/// Reads one keyword of a variable of `kind`, or of the items of one if `is_item`. `flat` has the keywords beside it.
pub(super) fn read(
    said: &Said<'_, '_>,
    kind: &Kind,
    is_item: bool,
    flat: &Flat<'_, '_>,
    notes: &mut Notes,
) -> Read {
    match said.word {
        "minimum" => {
            bound(said, kind, flat.says("exclusiveMinimum"), Constraint::Min, Constraint::Above, notes)
        }
        "maximum" => {
            bound(said, kind, flat.says("exclusiveMaximum"), Constraint::Max, Constraint::Below, notes)
        }
        // In draft-04 it only says what kind of bound `minimum` or `maximum` is.
        "exclusiveMinimum" | "exclusiveMaximum" if matches!(said.node.value, Data::Bool(_)) => Read::Said,
        "exclusiveMinimum" => bound(said, kind, true, Constraint::Min, Constraint::Above, notes),
        "exclusiveMaximum" => bound(said, kind, true, Constraint::Max, Constraint::Below, notes),
        "minLength" | "maxLength" => match kind {
            Kind::Base64 | Kind::Hex => Read::Foreign,
            _ if !is_text(kind) => Read::Pointless,
            _ if is_item => Read::Foreign,
            _ => length(said, notes),
        },
        "minItems" | "maxItems" => many(said, matches!(kind, Kind::List(_)), kind, notes),
        "minProperties" | "maxProperties" => many(said, matches!(kind, Kind::Map(_)), kind, notes),
        "pattern" => pattern(said, kind, notes),
        "enum" | "const" => one_of(said, kind, flat),
        "multipleOf" if !is_number(kind) => Read::Pointless,
        "uniqueItems" | "contains" if !matches!(kind, Kind::List(_) | Kind::Json) => Read::Pointless,
        _ => Read::No,
    }
}

/// The literal of a constraint as text of `kind`; `null` is none.
pub(super) fn literal(kind: &Kind, node: &Node<'_>) -> Option<Literal> {
    let literal = scalar(node)?;
    match &node.value {
        Data::Number(written) if *kind == Kind::Integer => {
            let text = whole_number(written).map_or(literal.text, |whole| whole.into_owned().into());
            Some(Literal { text, ..literal })
        }
        _ => Some(literal),
    }
}

/// Whether a literal is of the type that values of `kind` have.
pub(super) fn is_of(kind: &Kind, node: &Node<'_>) -> bool {
    match node.value {
        Data::Number(_) => is_number(kind),
        Data::Bool(_) => *kind == Kind::Boolean,
        Data::Text(_) => is_text(kind),
        _ => true,
    }
}

fn is_number(kind: &Kind) -> bool {
    matches!(kind, Kind::Integer | Kind::Number | Kind::Port)
}

fn is_text(kind: &Kind) -> bool {
    !is_number(kind) && !matches!(kind, Kind::Boolean | Kind::List(_) | Kind::Map(_) | Kind::Json)
}

fn bound(
    said: &Said<'_, '_>,
    kind: &Kind,
    is_exclusive: bool,
    inclusive: fn(envschema_core::schema::Text) -> Constraint,
    exclusive: fn(envschema_core::schema::Text) -> Constraint,
    notes: &mut Notes,
) -> Read {
    let Data::Number(written) = &said.node.value else {
        said.wrong("a number", notes);
        return Read::Said;
    };
    if !is_number(kind) {
        return Read::Pointless;
    }
    let text = match kind {
        Kind::Number => decimal(written),
        // A bound between two whole numbers is no value of the kind.
        _ => match whole_number(written) {
            Some(text) => text,
            None => return Read::Foreign,
        },
    };
    let literal = Literal { text: text.into_owned().into(), span: said.node.span };
    let make = if is_exclusive { exclusive } else { inclusive };
    Read::Term(make(literal.text.clone()), vec![literal])
}

fn length(said: &Said<'_, '_>, notes: &mut Notes) -> Read {
    let length = match &said.node.value {
        Data::Number(written) => whole_number(written).and_then(|text| text.parse().ok()),
        _ => None,
    };
    let Some(length) = length else {
        said.wrong("a whole number such as `8`", notes);
        return Read::Said;
    };
    let make = if said.word.starts_with("min") { Constraint::MinLength } else { Constraint::MaxLength };
    Read::Term(make(length), Vec::new())
}

fn many(said: &Said<'_, '_>, fits: bool, kind: &Kind, notes: &mut Notes) -> Read {
    match kind {
        Kind::Json => Read::Foreign,
        _ if fits => length(said, notes),
        _ => Read::Pointless,
    }
}

fn pattern(said: &Said<'_, '_>, kind: &Kind, notes: &mut Notes) -> Read {
    let Data::Text(pattern) = &said.node.value else {
        said.wrong("a regular expression", notes);
        return Read::Said;
    };
    match () {
        () if !is_text(kind) => Read::Pointless,
        () if !means_the_same(pattern) => Read::Foreign,
        () => Read::Term(Constraint::Pattern(pattern.clone().into_owned().into()), Vec::new()),
    }
}

/// Whether an expression of ECMA-262 means the same in the syntax of the model: it can be read there, and has no class with a
/// bracket, `&&`, `--` or `~~` inside, which that syntax reserves.
fn means_the_same(pattern: &str) -> bool {
    let mut inside = false;
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                characters.next();
            }
            '[' if inside => return false,
            '[' => inside = true,
            ']' => inside = false,
            '&' | '-' | '~' if inside && characters.peek() == Some(&character) => return false,
            _ => {}
        }
    }
    Kind::Regex.parse(pattern).is_ok()
}

fn one_of(said: &Said<'_, '_>, kind: &Kind, flat: &Flat<'_, '_>) -> Read {
    if matches!(kind, Kind::List(_) | Kind::Map(_) | Kind::Json) {
        return Read::Foreign;
    }
    let nodes: &[Node<'_>] = match &said.node.value {
        Data::Array(items) if said.word == "enum" => items,
        _ => std::slice::from_ref(said.node),
    };
    if nodes.iter().any(|node| matches!(node.value, Data::Array(_) | Data::Table(_))) {
        return Read::Foreign;
    }
    // Where a type is said, a literal of another one is never met. Else any literal is met by its text.
    let is_typed = flat.find("type").is_some();
    let nodes = nodes.iter().filter(|node| !is_typed || is_of(kind, node));
    let literals: Vec<Literal> = nodes.filter_map(|node| literal(kind, node)).collect();
    match literals.is_empty() {
        true => Read::Foreign,
        false => Read::Term(Constraint::OneOf(texts(&literals)), literals),
    }
}

#[cfg(test)]
mod tests {
    use super::means_the_same;

    #[test]
    fn expressions_that_mean_the_same() {
        let rows = [
            ("^sk_[a-z0-9-]+$", true),
            (r"^\d{3}\/x$", true),
            ("", false),
            ("(?=x)y", false),
            (r"(a)\1", false),
            (r"^[\w.-]+$", true),
            ("[[a]", false),
            ("[a&&b]", false),
            ("[a--b]", false),
            (r"[\[\]]", true),
            (r"\p{L}", false),
        ];
        for (pattern, expected) in rows {
            assert_eq!(means_the_same(pattern), expected, "{pattern}");
        }
    }
}
