//! Keys that nobody declared: which of them are of no concern, and which are misspelt keys of the schema.

use std::collections::{HashMap, HashSet};

use super::Judgement;
use crate::layer::LayerKind;
use crate::raw::Raw;
use crate::schema::Unknown;
use crate::subject::EntryId;
use crate::suggest::Nearest;
use crate::table::RowId;

/// What is known of every key that nobody declared.
#[derive(Debug)]
pub(super) struct Undeclared {
    /// By the index in the list of undeclared entries.
    standing: Vec<Undeclaration>,
    /// The entry that misspells a row, in a file.
    misspelt: HashMap<RowId, EntryId>,
}

/// What a key that nobody declared is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undeclaration {
    /// Of no concern: the schema allows it, or it is no key at all.
    Quiet,
    /// Most likely meant to be the key of this row.
    NearMiss(RowId),
    /// In a typed file, the path of this row with `_file` behind it. Files for values are named by `KEY_FILE` alone.
    File(RowId),
    /// A value in the place of a table of variables; the row is the first of them.
    Table(RowId),
    /// Unknown.
    Unknown,
}

impl Judgement<'_> {
    /// Every entry that nobody declared, and what it is.
    pub fn undeclared(&self) -> impl Iterator<Item = (EntryId, Undeclaration)> {
        let standing = &self.undeclared.get_or_init(|| Undeclared::new(self)).standing;
        self.environment.undeclared.iter().copied().zip(standing.iter().copied())
    }

    /// The entry of a file that most likely was meant to be `row`.
    #[must_use]
    pub fn misspelling_of(&self, row: RowId) -> Option<EntryId> {
        if self.environment.undeclared.is_empty() {
            return None;
        }
        self.undeclared.get_or_init(|| Undeclared::new(self)).misspelt.get(&row).copied()
    }
}

impl Undeclared {
    fn new(judgement: &Judgement<'_>) -> Self {
        let environment = judgement.environment;
        let table = environment.table;
        let quiet = QuietKeys::new(&table.schema.unknown, table.schema.profile.as_deref());
        let keys = Nearest::new(table.rows.iter().map(|row| row.key.as_ref()).collect());
        let paths = Nearest::new(table.rows.iter().map(|row| row.path.as_ref()).collect());
        let row = |found: Option<usize>| found.and_then(|found| u32::try_from(found).ok()).map(RowId);
        let mut undeclared =
            Self { standing: Vec::with_capacity(environment.undeclared.len()), misspelt: HashMap::new() };
        for id in &environment.undeclared {
            let kind = environment.layer(*id).kind;
            let key = judgement.shown_key(*id);
            let entry = environment.entry(*id);
            let is_value = kind == LayerKind::Document && entry.raw != Raw::Absent;
            let first = if is_value { table.first_below(&entry.key) } else { None };
            let standing = match (first, key) {
                _ if judgement.is_uncertain(*id) => Undeclaration::Quiet,
                (Some(first), _) => Undeclaration::Table(first),
                (None, None) => Undeclaration::Unknown,
                (None, Some(key)) if quiet.contain(key) => Undeclaration::Quiet,
                (None, Some(key)) => {
                    let by_path = || row(if kind == LayerKind::Document { paths.find(key) } else { None });
                    let near = || by_path().or_else(|| row(keys.find(key))).map(Undeclaration::NearMiss);
                    let file = key.strip_suffix("_file").filter(|_| kind == LayerKind::Document);
                    let file = file.and_then(|path| table.find_path(path).or_else(|| table.find(path)));
                    file.map(Undeclaration::File).or_else(near).unwrap_or(Undeclaration::Unknown)
                }
            };
            if let Undeclaration::NearMiss(row) = standing
                && kind != LayerKind::Process
            {
                undeclared.misspelt.entry(row).or_insert(*id);
            }
            undeclared.standing.push(standing);
        }
        undeclared
    }
}

/// Keys that a schema allows without declaring them.
struct QuietKeys<'s> {
    keys: HashSet<&'s str>,
    starts: Vec<&'s str>,
}

impl<'s> QuietKeys<'s> {
    fn new(unknown: &'s Unknown, profile: Option<&'s str>) -> Self {
        let mut quiet = Self { keys: profile.into_iter().collect(), starts: Vec::new() };
        for allowed in unknown.allow.iter() {
            match allowed.strip_suffix('*') {
                Some(start) => quiet.starts.push(start),
                None => _ = quiet.keys.insert(allowed),
            }
        }
        quiet
    }

    fn contain(&self, key: &str) -> bool {
        self.keys.contains(key) || self.starts.iter().any(|start| key.starts_with(start))
    }
}
