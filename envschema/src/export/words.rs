//! What a variable takes, in words: for descriptions and messages of exported files.

use envschema_core::element::has_items;
use envschema_core::kind::Kind;
use envschema_core::phrase;
use envschema_core::rules;
use envschema_core::schema::{Constraint, Presence};
use envschema_core::table::Row;

/// What the value of `row` must be, as a noun phrase: `a whole number, at least 1`. Literals of a secret are not told.
#[must_use]
pub(crate) fn expected(row: &Row<'_>) -> String {
    let variable = row.variable;
    let is_shown = |constraint: &&Constraint| !row.sensitive || rules::literals(constraint).next().is_none();
    let own = &variable.constraints;
    let is_open = |bound: &&Constraint| !own.iter().any(|constraint| constraint.is_same_sort(bound));
    let shown = || own.iter().chain(variable.bounds.iter().filter(is_open)).filter(is_shown);
    let noun = if has_items(&variable.kind) {
        phrase::expected(&variable.kind)
    } else {
        phrase::wanted(&variable.kind, shown())
    };
    let mut clauses = vec![noun.into_owned()];
    clauses.extend(shown().filter_map(|constraint| clause(constraint, &variable.kind)));
    if !variable.also.is_empty() && !row.sensitive {
        clauses.push(format!("or {}", phrase::alternatives(&variable.also)));
    }
    clauses.join(", ")
}

/// Whether it must be set and what it is otherwise, in a few words; the default of a secret is not told.
#[must_use]
pub(crate) fn presence(row: &Row<'_>) -> String {
    match &row.variable.presence {
        Presence::Required => "required".to_owned(),
        Presence::Default(text) if !is_secret(row, text) && !text.is_empty() => format!("default `{text}`"),
        Presence::Optional | Presence::Default(_) => "optional".to_owned(),
    }
}

/// Whether a literal of a variable must not be written anywhere: the variable is secret, or the literal has a password.
#[must_use]
pub(crate) fn is_secret(row: &Row<'_>, literal: &str) -> bool {
    row.sensitive || envschema_core::redact::has_userinfo(literal)
}

fn clause(constraint: &Constraint, kind: &Kind) -> Option<String> {
    let unit = match kind {
        Kind::List(_) | Kind::Map(_) => "item",
        Kind::Base64 | Kind::Hex => "byte",
        _ => "character",
    };
    Some(match constraint {
        Constraint::Min(bound) => format!("at least {bound}"),
        Constraint::Max(bound) => format!("at most {bound}"),
        Constraint::Above(bound) => format!("above {bound}"),
        Constraint::Below(bound) => format!("below {bound}"),
        Constraint::MinLength(count) => format!("at least {}", phrase::count(*count, unit)),
        Constraint::MaxLength(count) => format!("at most {}", phrase::count(*count, unit)),
        Constraint::Pattern(pattern) => format!("matching `{pattern}`"),
        Constraint::NotOneOf(literals) => format!("not {}", phrase::alternatives(literals)),
        Constraint::OneOf(literals) if has_items(kind) => format!("each {}", phrase::alternatives(literals)),
        Constraint::Schemes(schemes) if has_items(kind) => {
            format!("each starting with {}", phrase::scheme_starts(schemes))
        }
        // The noun phrase says it already.
        Constraint::OneOf(_) | Constraint::Schemes(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use envschema_core::kind::{Kind, List};
    use envschema_core::schema::{Constraint, Entry, Presence, Schema, Variable};
    use envschema_core::table::Table;

    use super::{expected, presence};

    fn said(variable: Variable) -> String {
        let schema = Schema { entries: vec![Entry::Variable(variable)].into(), ..Schema::default() };
        let table = Table::new(&schema);
        format!("{}; {}", expected(&table.rows[0]), presence(&table.rows[0]))
    }

    #[test]
    fn variables_are_described_without_secrets() {
        let level = Constraint::OneOf(vec!["debug".into(), "info".into()].into());
        let hosts = Kind::List(List { separator: ',', items: Kind::Host.into() });
        let rows = [
            (
                Variable {
                    presence: Presence::Default("8080".into()),
                    constraints: vec![Constraint::Min("1024".into())].into(),
                    ..Variable::new("PORT".into(), Kind::Port)
                },
                "a port from 1 to 65535, at least 1024; default `8080`",
            ),
            (
                Variable {
                    constraints: vec![level.clone()].into(),
                    ..Variable::new("LEVEL".into(), Kind::String)
                },
                "`debug` or `info`; optional",
            ),
            (
                Variable {
                    constraints: vec![level].into(),
                    presence: Presence::Default("info".into()),
                    ..Variable::new("SECRET".into(), Kind::String)
                },
                "a text; optional",
            ),
            (
                Variable {
                    presence: Presence::Default("postgres://app:app@db/app".into()),
                    ..Variable::new("DATABASE_URL".into(), Kind::Url)
                },
                "a url such as `https://example.com`; optional",
            ),
            (
                Variable {
                    constraints: vec![Constraint::MinLength(1)].into(),
                    also: vec!["*".into()].into(),
                    presence: Presence::Required,
                    ..Variable::new("HOSTS".into(), hosts)
                },
                "items with commas between them, each a host name or an IP address such as `example.com`, \
                 at least 1 item, or `*`; required",
            ),
        ];
        for (variable, expected) in rows {
            assert_eq!(said(variable), expected);
        }
    }
}
