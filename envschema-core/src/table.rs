//! The schema as one flat table: every variable with its whole key, found by key, alias or path.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use crate::key_index::KeyIndex;
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
    keys: KeyIndex,
    /// Keys and aliases that an earlier row has already.
    key_clashes: Vec<Clash>,
    /// Only typed files ask for paths.
    paths: OnceLock<Paths>,
    /// The rows by path, in order; asked for where a typed file has a value in the place of a table or a table in that of a value.
    by_path: OnceLock<Vec<u32>>,
}

/// One variable with its whole key.
#[derive(Clone)]
pub struct Row<'s> {
    /// The key as the environment spells it.
    pub key: Cow<'s, str>,
    /// The dotted path as TOML, YAML and JSON files spell it.
    pub path: Cow<'s, str>,
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
    /// What stands before the keys in it.
    pub prefix: Cow<'s, str>,
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

/// The rows by path.
#[derive(Clone)]
struct Paths {
    index: KeyIndex,
    clashes: Vec<Clash>,
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
            rows: Vec::with_capacity(schema.entries.len()),
            groups: vec![],
            rules: vec![],
            keys: KeyIndex::with_capacity(schema.entries.len()),
            key_clashes: vec![],
            paths: OnceLock::new(),
            by_path: OnceLock::new(),
        };
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
        self.keys.find(key, |row| self.rows[row as usize].has_key(key)).map(RowId)
    }

    /// The row whose dotted path is `path`.
    #[must_use]
    pub fn find_path(&self, path: &str) -> Option<RowId> {
        self.paths().index.find(path, |row| self.rows[row as usize].path == path).map(RowId)
    }

    /// The first row, by path, that stands in the table at `path` of a typed file; `None` if there is no such table.
    #[must_use]
    pub fn first_below(&self, path: &str) -> Option<RowId> {
        let rows = self.by_path.get_or_init(|| {
            let mut rows: Vec<u32> = self.iter().map(|(id, _)| id.0).collect();
            rows.sort_by_key(|row| &self.rows[*row as usize].path);
            rows
        });
        let path_of = |row: u32| self.rows[row as usize].path.as_bytes();
        let is_before = |row: &u32| path_of(*row).iter().lt(path.as_bytes().iter().chain(b"."));
        let row = rows.get(rows.partition_point(is_before)).copied()?;
        let rest = path_of(row).strip_prefix(path.as_bytes())?;
        rest.starts_with(b".").then_some(RowId(row))
    }

    /// Names that an earlier row has already; that one is found by them.
    #[must_use]
    pub fn clashes(&self) -> Vec<Clash> {
        let mut clashes = [self.key_clashes.as_slice(), &self.paths().clashes].concat();
        clashes.sort_by_key(|clash| clash.row);
        clashes
    }

    /// Whether there are [`Self::clashes`] that a look at each struct alone does not find: those between groups.
    #[must_use]
    pub fn has_clashes(&self) -> bool {
        !self.key_clashes.is_empty() || (!self.groups.is_empty() && !self.paths().clashes.is_empty())
    }

    fn paths(&self) -> &Paths {
        self.paths.get_or_init(|| {
            let mut paths = Paths { index: self.keys.sibling(self.rows.len()), clashes: Vec::new() };
            for (id, row) in self.iter().filter(|(_, row)| row.path != row.key) {
                let has_path = |other: u32| self.rows[other as usize].path == row.path;
                let first = RowId(paths.index.insert(&row.path, id.0, has_path));
                if first != id {
                    paths.clashes.push(Clash { row: id, first, part: None });
                }
            }
            paths
        })
    }

    /// The row a rule means by `key`: under the rule's prefix, else by its whole key.
    #[must_use]
    pub fn find_in_rule(&self, rule: &RuleRow<'_>, key: &str) -> Option<RowId> {
        self.find(&join(&rule.prefix, key)).or_else(|| self.find(key))
    }

    /// The row a condition of `row` means by `key`: beside it under the same prefix, else by its whole key.
    #[must_use]
    pub fn find_beside(&self, row: &Row<'_>, key: &str) -> Option<RowId> {
        let prefix = row.group.map_or("", |group| &self.groups[group].prefix);
        self.find(&join(prefix, key)).or_else(|| self.find(key))
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
        let prefix = inner.prefix.clone();
        self.groups.push(GroupRow { group, parent: scope.group, prefix });
        self.walk(&group.entries, &group.rules, &inner);
    }

    fn add(&mut self, variable: &'s Variable, scope: &Scope<'s>) {
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
        let sensitive = variable.sensitive.unwrap_or_else(|| redact::looks_secret(&key));
        self.rows.push(Row { key, path, variable, group: scope.group, sensitive });
        self.name_last();
    }

    /// Makes the last row be found by its names, as far as no other row has them.
    fn name_last(&mut self) {
        let Self { rows, keys, key_clashes, .. } = self;
        let Some(row) = rows.last() else { return };
        let id = u32::try_from(rows.len() - 1).unwrap_or(u32::MAX);
        let mut clash = |first, part| key_clashes.push(Clash { row: RowId(id), first: RowId(first), part });
        let mut claim = |key: &str| keys.insert(key, id, |other| rows[other as usize].has_key(key));
        let first = claim(&row.key);
        if first != id {
            clash(first, Some(VariablePart::Key));
        }
        let aliases = &row.variable.aliases;
        for (index, alias) in aliases.iter().enumerate() {
            let first = claim(alias);
            if first != id || *alias == row.key || aliases[..index].contains(alias) {
                clash(first, u32::try_from(index).ok().map(VariablePart::Alias));
            }
        }
    }
}

impl Row<'_> {
    /// Whether `key` is its key or one of its aliases.
    fn has_key(&self, key: &str) -> bool {
        self.key == key || self.variable.aliases.iter().any(|alias| alias == key)
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
    use crate::subject::VariablePart;

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
        assert_eq!(table.first_below("database"), table.find_path("database.DSN"));
        for path in ["", "data", "database.url", "database.", "e"] {
            assert_eq!(table.first_below(path), None, "{path}");
        }
        let dsn = &table.rows[1];
        assert_eq!(table.find_beside(dsn, "URL"), table.find("APP_DATABASE_URL"));
    }
    #[test]
    fn names_that_are_taken_are_found_in_the_order_of_the_rows() {
        let variable = |key: &'static str, path: &'static str, alias: &'static str| {
            let aliases = vec![alias.into()].into();
            let variable = Variable { path: path.into(), aliases, ..Variable::new(key.into(), Kind::String) };
            Entry::Variable(variable)
        };
        let entries = vec![variable("A", "a", "OLD_A"), variable("B", "a", "A"), variable("A", "c", "A")];
        let schema = Schema { entries: entries.into(), ..Schema::default() };
        let table = Table::new(&schema);
        let found: Vec<_> =
            table.clashes().iter().map(|clash| (clash.row.0, clash.first.0, clash.part)).collect();
        let (key, alias) = (Some(VariablePart::Key), Some(VariablePart::Alias(0)));
        assert_eq!(found, [(1, 0, alias), (1, 0, None), (2, 0, key), (2, 0, alias)]);
        assert!(table.has_clashes());
    }
}
