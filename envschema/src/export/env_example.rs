//! `.env.example`: a file to copy and fill in, which every reader of `.env` files reads alike.
//!
//! * Variables stand in the order of the schema, groups under a heading. Above each stand its description, what its value must
//!   be, when that changes, and an example.
//! * What is required is there and empty, unless it is forbidden under a condition. A default is written out where leaving it in changes nothing; what is optional is a
//!   comment, and so is what belongs to an optional group, a rule or a condition: to set it is a decision.
//! * A secret is left empty, also where it has a default or examples. What is deprecated is left out.
//! * A value stands without quotes, and only where it needs none: letters, digits and `_ - . / : , @ % + = ^ ! * ? [ ] { }`. Any
//!   other default is told in the comment alone.

use std::fmt::Write as _;

use envschema_core::element::has_items;
use envschema_core::names;
use envschema_core::phrase;
use envschema_core::placeholder;
use envschema_core::redact;
use envschema_core::schema::{Constraint, Presence, Schema, Text, When};
use envschema_core::table::{Row, RowId, Table};

use super::words;

/// Characters beside letters and digits that every reader takes as they are in a value without quotes.
const PORTABLE: &str = "_-./:,@%+=^!*?[]{}";

/// The schema as the text of a `.env.example` file: the same schema always gives the same text.
#[must_use]
pub fn env_example(schema: &Schema) -> String {
    let table = Table::new(schema);
    let mut example = Example { table: &table, out: String::new(), group: None };
    example.heading(&schema.name, &schema.doc);
    example.profile();
    for (id, row) in table.iter().filter(|(_, row)| row.variable.deprecated.is_none()) {
        example.enter(row.group);
        example.variable(id, row);
    }
    example.out
}

struct Example<'t> {
    table: &'t Table<'t>,
    out: String,
    /// The innermost group whose heading is written.
    group: Option<usize>,
}

impl Example<'_> {
    /// What the file is for.
    fn heading(&mut self, name: &str, doc: &str) {
        self.comment(name);
        self.comment(doc);
    }

    /// The variable that selects the profile, where it is none of the declared ones.
    fn profile(&mut self) {
        let schema = self.table.schema;
        let Some(key) = schema.profile.as_deref().filter(|key| self.table.find(key).is_none()) else {
            return;
        };
        self.blank();
        self.comment(&format!("the profile{}", names::profiles(self.table).known()));
        let _ = writeln!(self.out, "# {key}={}", schema.default_profile.as_deref().unwrap_or_default());
    }

    /// Writes the headings of a group and of those around it that are not written yet.
    fn enter(&mut self, group: Option<usize>) {
        if group == self.group {
            return;
        }
        let around = |group: Option<usize>| {
            std::iter::successors(group, |group| self.table.groups[*group].parent).collect::<Vec<_>>()
        };
        let written = around(self.group);
        for index in around(group).into_iter().rev().filter(|index| !written.contains(index)) {
            let group = self.table.groups[index].group;
            self.blank();
            if !group.name.is_empty() {
                self.comment(&format!("---- {} ----", group.name));
            }
            self.comment(&group.doc);
            if group.optional {
                self.comment("Optional as a whole.");
            }
        }
        self.group = group;
    }

    fn variable(&mut self, id: RowId, row: &Row<'_>) {
        let variable = row.variable;
        self.blank();
        self.comment(&variable.doc);
        let secret = if row.sensitive { "; secret" } else { "" };
        self.comment(&format!("{}; {}{secret}", words::expected(row), words::presence(row)));
        for (what, names) in [("service", &variable.services), ("phase", &variable.phases)] {
            if !names.is_empty() {
                let plural = if names.len() == 1 { "" } else { "s" };
                self.comment(&format!("only for the {what}{plural} {}", phrase::all(names)));
            }
        }
        for when in variable.when.iter() {
            if let Some(change) = change(row, when) {
                self.comment(&format!("{change}{}", phrase::under(&when.condition)));
            }
        }
        if let Some(example) = variable.examples.iter().find(|example| !words::is_secret(row, example)) {
            self.comment(&format!("example: {example}"));
        }
        let (is_active, value) = self.assignment(id, row);
        let _ = writeln!(self.out, "{}{}={value}", if is_active { "" } else { "# " }, row.key);
    }

    /// Whether the variable is set in the example, and to what.
    fn assignment<'r>(&self, id: RowId, row: &'r Row<'_>) -> (bool, &'r str) {
        let is_portable_key = redact::key(row.key.as_bytes()).is_some();
        let is_optional = self.is_in_optional_group(row);
        match &row.variable.presence {
            Presence::Required => {
                let is_forbidden = row.variable.when.iter().any(|when| when.forbidden);
                // An empty text that is a value may be one that a rule excludes.
                let is_tied = row.variable.allow_empty && self.is_depended_on(id);
                (is_portable_key && !is_optional && !is_forbidden && !is_tied, "")
            }
            Presence::Optional => (false, ""),
            Presence::Default(text) if words::is_secret(row, text) || !is_portable(text) => (false, ""),
            Presence::Default(text) => {
                let is_plain = !text.is_empty()
                    && row.variable.when.is_empty()
                    && !placeholder::is_placeholder(text, row.variable);
                (is_portable_key && is_plain && !is_optional && !self.is_depended_on(id), text)
            }
        }
    }

    fn is_in_optional_group(&self, row: &Row<'_>) -> bool {
        let groups = &self.table.groups;
        std::iter::successors(row.group, |group| groups[*group].parent)
            .any(|group| groups[group].group.optional)
    }

    /// Whether a rule or a condition of another variable depends on whether the variable is set.
    fn is_depended_on(&self, id: RowId) -> bool {
        let in_rule = self.table.rules.iter().any(|rule| {
            rule.rule.keys().into_iter().any(|key| self.table.find_in_rule(rule, key) == Some(id))
        });
        let in_condition = |row: &Row<'_>| {
            let keys = row.variable.when.iter().flat_map(|when| when.condition.set.iter());
            keys.into_iter().any(|key| self.table.find_beside(row, key) == Some(id))
        };
        in_rule || self.table.rows.iter().any(in_condition)
    }

    /// Writes comment lines, one for each line of `text`; none for a text without characters.
    fn comment(&mut self, text: &str) {
        for line in text.lines() {
            let line = harmless(line);
            let _ = match line.trim_end() {
                "" => writeln!(self.out, "#"),
                line => writeln!(self.out, "# {line}"),
            };
        }
    }

    fn blank(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }
}

/// A line that stays a comment and says nothing to any reader: a backslash at its end would take the next line into the
/// comment, and `envschema:` at its start would be a directive.
fn harmless(line: &str) -> String {
    let line: String =
        line.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    let line = redact::escape(&line);
    let line = line.trim_end_matches(['\\', ' ']);
    if line.trim_start().starts_with("envschema:") {
        format!("- {}", line.trim_start())
    } else {
        line.to_owned()
    }
}

/// What an override changes, in a few words.
fn change(row: &Row<'_>, when: &When) -> Option<String> {
    if when.forbidden {
        return Some("must not be set".to_owned());
    }
    let presence = when.presence.as_ref().map(|presence| match presence {
        Presence::Required => "required".to_owned(),
        Presence::Default(text) if !words::is_secret(row, text) => format!("default `{text}`"),
        Presence::Optional | Presence::Default(_) => "optional".to_owned(),
    });
    let kind = &row.variable.kind;
    let is_named =
        |constraint: &Constraint| matches!(constraint, Constraint::OneOf(_) | Constraint::Schemes(_));
    let named = when.constraints.iter().any(is_named) && !row.sensitive && !has_items(kind);
    let wanted = named.then(|| format!("must be {}", phrase::wanted(kind, when.constraints.iter())));
    let clauses: Vec<String> = presence.into_iter().chain(wanted).collect();
    (!clauses.is_empty()).then(|| clauses.join(", "))
}

/// Whether every reader reads the text without quotes as it stands.
fn is_portable(text: &Text) -> bool {
    text.chars().all(|character| character.is_alphanumeric() || PORTABLE.contains(character))
}

#[cfg(test)]
mod tests {
    use envschema_core::kind::Kind;
    use envschema_core::schema::{
        Condition, Constraint, Deprecation, Entry, Group, Presence, Profile, Schema, Variable, When,
    };

    use super::env_example;

    fn variable(key: &str, kind: Kind, presence: Presence) -> Variable {
        Variable { presence, ..Variable::new(key.to_owned().into(), kind) }
    }

    fn defaulted(key: &str, kind: Kind, default: &str) -> Variable {
        variable(key, kind, Presence::Default(default.to_owned().into()))
    }

    fn database() -> Group {
        let required_in_production = When {
            condition: Condition { profiles: vec!["production".into()].into(), ..Condition::default() },
            presence: Some(Presence::Required),
            ..When::default()
        };
        let entries = vec![
            variable("PASSWORD", Kind::String, Presence::Required),
            Variable {
                examples: vec!["db.example.com".into()].into(),
                when: vec![required_in_production].into(),
                ..variable("HOST", Kind::Host, Presence::Optional)
            },
        ];
        Group {
            name: "Database".into(),
            doc: "Where everything is kept.".into(),
            prefix: "DB_".into(),
            entries: entries.into_iter().map(Entry::Variable).collect(),
            ..Group::default()
        }
    }

    #[test]
    fn what_must_be_decided_is_empty_or_a_comment() {
        let smtp = Group {
            name: "Mail".into(),
            prefix: "SMTP_".into(),
            optional: true,
            entries: vec![Entry::Variable(defaulted("PORT", Kind::Port, "25"))].into(),
            ..Group::default()
        };
        let variables = [
            Variable {
                doc: "Port the server listens on.\nenvschema: allow=all\\".into(),
                constraints: vec![Constraint::Min("1024".into())].into(),
                ..defaulted("PORT", Kind::Port, "8080")
            },
            defaulted("GREETING", Kind::String, "hello world"),
            defaulted("DATABASE_URL", Kind::Url, "postgres://app:app@localhost/app"),
            Variable { deprecated: Some(Deprecation::default()), ..defaulted("OLD", Kind::String, "x") },
        ];
        let mut entries: Vec<Entry> = variables.into_iter().map(Entry::Variable).collect();
        entries.extend([Entry::Group(database()), Entry::Group(smtp)]);
        let schema = Schema {
            name: "billing".into(),
            entries: entries.into(),
            profile: Some("APP_ENV".into()),
            default_profile: Some("local".into()),
            profiles: ["local", "production"]
                .map(|name| Profile { name: name.into(), deployed: None })
                .to_vec()
                .into(),
            ..Schema::default()
        };
        let expected = "\
# billing

# the profile: `local` or `production`
# APP_ENV=local

# Port the server listens on.
# - envschema: allow=all
# a port from 1 to 65535, at least 1024; default `8080`
PORT=8080

# a text; default `hello world`
# GREETING=

# a url such as `https://example.com`; optional
# DATABASE_URL=

# ---- Database ----
# Where everything is kept.

# a text; required; secret
DB_PASSWORD=

# a host name or an IP address such as `example.com`; optional
# required in the profile `production`
# example: db.example.com
# DB_HOST=

# ---- Mail ----
# Optional as a whole.

# a port from 1 to 65535; default `25`
# SMTP_PORT=25
";
        assert_eq!(env_example(&schema), expected);
    }
}
