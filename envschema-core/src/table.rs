//! The schema as one flat table: every variable with its whole key, found by key, alias or path.

use std::borrow::Cow;
use std::fmt;

use crate::key_map::KeyMap;
use crate::redact;
use crate::schema::{Entry, Group, Rule, Schema, Variable};
use crate::subject::VariablePart;

/// The number of a row: its place in the order of the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub u32);

/// Every variable of a schema, in its order.
#[derive(Clone)]
pub struct Table<'s> {
    /// The schema.
    pub schema: &'s Schema,
    /// Its variables.
    pub rows: Vec<Row<'s>>,
    /// Its groups; those inside another come after it.
    pub groups: Vec<GroupRow<'s>>,
    /// Its rules, with whole keys.
    pub rules: Vec<RuleRow<'s>>,
    /// Names that an earlier row has already; that one is found by them.
    pub clashes: Vec<Clash>,
    keys: KeyMap<Cow<'s, str>, RowId>,
    paths: KeyMap<Cow<'s, str>, RowId>,
}

/// One variable with its whole key.
#[derive(Clone)]
pub struct Row<'s> {
    /// The key as the environment spells it.
    pub key: Cow<'s, str>,
    /// The dotted path as TOML, YAML and JSON files spell it.
    pub path: Cow<'s, str>,
    /// What stands before the keys of its group, whether it does before this one or not.
    pub prefix: Cow<'s, str>,
    /// The variable.
    pub variable: &'s Variable,
    /// The innermost group around it, by index.
    pub group: Option<usize>,
    /// Whether its value is secret.
    pub sensitive: bool,
}

/// One group.
#[derive(Clone)]
pub struct GroupRow<'s> {
    /// The group.
    pub group: &'s Group,
    /// The group around it, by index.
    pub parent: Option<usize>,
}

/// One rule.
#[derive(Clone, Debug)]
pub struct RuleRow<'s> {
    /// The rule.
    pub rule: &'s Rule,
    /// What stands before its keys.
    pub prefix: Cow<'s, str>,
}

/// A name that two rows have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The row that found it taken.
    pub row: RowId,
    /// The row that has it; the same one if it says a name twice.
    pub first: RowId,
    /// The key or the alias; `None` if it is the path.
    pub part: Option<VariablePart>,
}

/// Where the walk through the schema is.
#[derive(Clone, Default)]
struct Scope<'s> {
    prefix: Cow<'s, str>,
    path: Cow<'s, str>,
    group: Option<usize>,
}

impl<'s> Table<'s> {
    /// Lays the schema out.
    #[must_use]
    pub fn new(schema: &'s Schema) -> Self {
        let mut table = Self {
            schema,
            rows: vec![],
            groups: vec![],
            rules: vec![],
            clashes: vec![],
            keys: KeyMap::default(),
            paths: KeyMap::default(),
        };
        table.keys.reserve(schema.entries.len());
        table.rows.reserve(schema.entries.len());
        table.paths.reserve(schema.entries.len());
        table.walk(&schema.entries, &schema.rules, &Scope::default());
        table
    }

    /// The row `id`, which must come from this table.
    #[must_use]
    pub fn row(&self, id: RowId) -> &Row<'s> {
        &self.rows[id.0 as usize]
    }

    /// Every row with its number.
    pub fn iter(&self) -> impl Iterator<Item = (RowId, &Row<'s>)> {
        (0..).map(RowId).zip(&self.rows)
    }

    /// The row whose key or alias is `key`.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<RowId> {
        self.keys.get(key).copied()
    }

    /// The row whose dotted path is `path`.
    #[must_use]
    pub fn find_path(&self, path: &str) -> Option<RowId> {
        self.paths.get(path).copied()
    }

    /// The row a rule means by `key`: under the rule's prefix, else by its whole key.
    #[must_use]
    pub fn find_in_rule(&self, rule: &RuleRow<'_>, key: &str) -> Option<RowId> {
        self.find(&join(&rule.prefix, key)).or_else(|| self.find(key))
    }

    /// The row a condition of `row` means by `key`: beside it under the same prefix, else by its whole key.
    #[must_use]
    pub fn find_beside(&self, row: &Row<'_>, key: &str) -> Option<RowId> {
        self.find(&join(&row.prefix, key)).or_else(|| self.find(key))
    }

    fn walk(&mut self, entries: &'s [Entry], rules: &'s [Rule], scope: &Scope<'s>) {
        for rule in rules {
            self.rules.push(RuleRow { rule, prefix: scope.prefix.clone() });
        }
        for entry in entries {
            match entry {
                Entry::Variable(variable) => self.add(variable, scope),
                Entry::Group(group) => self.enter(group, scope),
            }
        }
    }

    fn enter(&mut self, group: &'s Group, scope: &Scope<'s>) {
        let inner = Scope {
            prefix: join(&scope.prefix, &group.prefix),
            path: dotted(&scope.path, &group.path),
            group: Some(self.groups.len()),
        };
        self.groups.push(GroupRow { group, parent: scope.group });
        self.walk(&group.entries, &group.rules, &inner);
    }

    fn add(&mut self, variable: &'s Variable, scope: &Scope<'s>) {
        let id = RowId(u32::try_from(self.rows.len()).unwrap_or(u32::MAX));
        let key = if variable.prefixed {
            join(&scope.prefix, &variable.key)
        } else {
            Cow::Borrowed(variable.key.as_ref())
        };
        let path = if variable.path.is_empty() {
            dotted(&scope.path, &variable.key)
        } else {
            dotted(&scope.path, &variable.path)
        };
        let first = *self.keys.entry(key.clone()).or_insert(id);
        if first != id {
            self.clashes.push(Clash { row: id, first, part: Some(VariablePart::Key) });
        }
        for (index, alias) in variable.aliases.iter().enumerate() {
            let first = *self.keys.entry(alias.clone()).or_insert(id);
            if first != id || *alias == key || variable.aliases[..index].contains(alias) {
                let part = u32::try_from(index).ok().map(VariablePart::Alias);
                self.clashes.push(Clash { row: id, first, part });
            }
        }
        if path != key {
            let first = *self.paths.entry(path.clone()).or_insert(id);
            if first != id {
                self.clashes.push(Clash { row: id, first, part: None });
            }
        }
        let sensitive = variable.sensitive.unwrap_or_else(|| redact::looks_secret(&key));
        let prefix = scope.prefix.clone();
        self.rows.push(Row { key, path, prefix, variable, group: scope.group, sensitive });
    }
}

/// Shows the keys: defaults and examples may be secret.
impl fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").field("rows", &self.rows).field("rules", &self.rules).finish_non_exhaustive()
    }
}

impl fmt::Debug for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row")
            .field("key", &self.key)
            .field("path", &self.path)
            .field("sensitive", &self.sensitive)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for GroupRow<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GroupRow")
            .field("name", &self.group.name)
            .field("parent", &self.parent)
            .finish_non_exhaustive()
    }
}

fn join<'s>(prefix: &str, key: &'s str) -> Cow<'s, str> {
    if prefix.is_empty() { Cow::Borrowed(key) } else { Cow::Owned(format!("{prefix}{key}")) }
}

fn dotted<'s>(outer: &Cow<'s, str>, inner: &'s str) -> Cow<'s, str> {
    match (outer.is_empty(), inner.is_empty()) {
        (true, _) => Cow::Borrowed(inner),
        (false, true) => outer.clone(),
        (false, false) => Cow::Owned(format!("{outer}.{inner}")),
    }
}

#[cfg(test)]
mod tests {
    use super::Table;
    use crate::kind::Kind;
    use crate::schema::{Entry, Group, Rule, Schema, Variable};

    fn schema() -> Schema {
        let url = Variable { path: "url".into(), ..Variable::new("URL".into(), Kind::Url) };
        let dsn = Variable {
            prefixed: false,
            aliases: vec!["OLD_DSN".into()].into(),
            ..Variable::new("DSN".into(), Kind::Url)
        };
        let database = Group {
            prefix: "DATABASE_".into(),
            path: "database".into(),
            entries: vec![Entry::Variable(url), Entry::Variable(dsn)].into(),
            rules: vec![Rule::Different("URL".into(), "DSN".into())].into(),
            ..Group::default()
        };
        let app =
            Group { prefix: "APP_".into(), entries: vec![Entry::Group(database)].into(), ..Group::default() };
        Schema { entries: vec![Entry::Group(app)].into(), ..Schema::default() }
    }

    #[test]
    fn keys_and_paths_compose() {
        let schema = schema();
        let table = Table::new(&schema);
        let rows: Vec<_> =
            table.rows.iter().map(|row| (row.key.as_ref(), row.path.as_ref(), row.sensitive)).collect();
        assert_eq!(rows, [("APP_DATABASE_URL", "database.url", false), ("DSN", "database.DSN", true)]);
    }

    #[test]
    fn rows_are_found_by_key_alias_and_path() {
        let schema = schema();
        let table = Table::new(&schema);
        assert_eq!(table.find("OLD_DSN"), table.find("DSN"));
        assert_eq!(table.find_path("database.url"), table.find("APP_DATABASE_URL"));
        let rule = &table.rules[0];
        assert_eq!(table.find_in_rule(rule, "URL"), table.find("APP_DATABASE_URL"));
        assert_eq!(table.find_in_rule(rule, "DSN"), table.find("DSN"));
        let dsn = &table.rows[1];
        assert_eq!(table.find_beside(dsn, "URL"), table.find("APP_DATABASE_URL"));
    }
}
