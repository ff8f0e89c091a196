//! The layers resolved against the table: which value of each variable wins, what it shadows, and what nobody declared.

use std::fmt;

use crate::layer::{Entry, Layer, LayerKind};
use crate::raw::Raw;
use crate::subject::EntryId;
use crate::table::{RowId, Table};

/// The resolved result of all layers, lowest precedence first.
#[derive(Clone)]
pub struct Environment<'e> {
    /// The variables.
    pub table: &'e Table<'e>,
    /// The layers, lowest precedence first.
    pub layers: &'e [Layer<'e>],
    /// Every entry that belongs to a variable, in the order of the sources.
    pub occurrences: Vec<Occurrence>,
    /// Every entry that belongs to none, in the order of the sources.
    pub undeclared: Vec<EntryId>,
    rows: Vec<Resolved>,
}

/// An entry that belongs to a variable.
#[derive(Clone, Copy, Debug)]
pub struct Occurrence {
    /// The variable.
    pub row: RowId,
    /// The entry.
    pub id: EntryId,
    /// How its key is spelled.
    pub spelling: Spelling,
    /// Whether it counts.
    pub standing: Standing,
    /// The occurrence of the same variable before this one, by index.
    pub previous: Option<u32>,
}

/// How an entry spells the variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// By its key, or by its path in a typed file.
    Key,
    /// By an alias, by index.
    Alias(u32),
    /// As `KEY_FILE`: the value is in a file, which nothing here opens.
    File,
}

impl Spelling {
    /// How `key` spells a variable of the table, if it does.
    #[must_use]
    pub fn of(table: &Table<'_>, key: &str) -> Option<Self> {
        Self::find(table, key).map(|(_, spelling)| spelling)
    }

    fn find(table: &Table<'_>, key: &str) -> Option<(RowId, Self)> {
        let Some(row) = table.find(key) else {
            return Some((table.find(key.strip_suffix("_FILE")?)?, Self::File));
        };
        if table.row(row).key == key {
            return Some((row, Self::Key));
        }
        let alias = table.row(row).variable.aliases.iter().position(|alias| alias == key);
        Some((row, alias.and_then(|alias| u32::try_from(alias).ok()).map_or(Self::Key, Self::Alias)))
    }
}

/// Whether an occurrence counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is the variable's value.
    Wins,
    /// It is empty, so the variable counts as unset; it hides lower layers all the same.
    Hides,
    /// Another entry of the same layer counts instead; the occurrence by index.
    Repeated(u32),
    /// A higher layer counts instead; the occurrence by index.
    Shadowed(u32),
    /// A name without a value.
    Void,
}

#[derive(Clone, Copy, Debug, Default)]
struct Resolved {
    last: Option<u32>,
    top: Option<u32>,
}

impl<'e> Environment<'e> {
    /// Finds the variable of every entry and the winner of every variable.
    #[must_use]
    pub fn resolve(table: &'e Table<'e>, layers: &'e [Layer<'e>]) -> Self {
        let rows = vec![Resolved::default(); table.rows.len()];
        let mut environment = Self { table, layers, occurrences: Vec::new(), undeclared: Vec::new(), rows };
        for (index, layer) in (0..).zip(layers) {
            environment.read_layer(index, layer);
        }
        for row in 0..environment.rows.len() {
            environment.pick_winner(row);
        }
        environment
    }

    /// The occurrence that is the value of `row`, if it is set.
    #[must_use]
    pub fn winner(&self, row: RowId) -> Option<u32> {
        let top = self.top(row)?;
        (self.occurrences[top as usize].standing == Standing::Wins).then_some(top)
    }

    /// The occurrence that decides about `row`: its value, or the empty one that hides lower layers.
    #[must_use]
    pub fn top(&self, row: RowId) -> Option<u32> {
        self.rows[row.0 as usize].top
    }

    /// The entry `id`, which must come from these layers.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> &'e Entry<'e> {
        &self.layers[id.layer as usize].entries[id.entry as usize]
    }

    /// The layer of the entry `id`.
    #[must_use]
    pub fn layer(&self, id: EntryId) -> &'e Layer<'e> {
        &self.layers[id.layer as usize]
    }

    /// The key of the entry `id` as its source spells it, if it may be shown.
    #[must_use]
    pub fn shown_key(&self, id: EntryId) -> Option<&'e str> {
        self.layer(id).shown_key(self.entry(id))
    }

    /// The entry of occurrence number `index`.
    #[must_use]
    pub fn entry_of(&self, index: u32) -> &'e Entry<'e> {
        self.entry(self.occurrences[index as usize].id)
    }

    /// Every occurrence of `row`, last first.
    pub fn occurrences_of(&self, row: RowId) -> impl Iterator<Item = (u32, &Occurrence)> {
        let step = |index: u32| self.occurrences[index as usize].previous;
        std::iter::successors(self.rows[row.0 as usize].last, move |index| step(*index))
            .map(|index| (index, &self.occurrences[index as usize]))
    }

    fn read_layer(&mut self, index: u32, layer: &Layer<'_>) {
        self.occurrences.reserve(layer.entries.len().min(self.rows.len()));
        for (number, entry) in (0..).zip(&layer.entries) {
            let id = EntryId { layer: index, entry: number };
            match self.find(layer, entry) {
                Some((row, spelling)) => self.add(row, id, spelling, &entry.raw),
                None => self.undeclared.push(id),
            }
        }
    }

    fn find(&self, layer: &Layer<'_>, entry: &Entry<'_>) -> Option<(RowId, Spelling)> {
        let by_path =
            || (layer.kind == LayerKind::Document).then(|| self.table.find_path(&entry.key)).flatten();
        let in_lower_case =
            || (layer.kind == LayerKind::Secrets).then(|| self.find_file(&entry.key)).flatten();
        Spelling::find(self.table, &entry.key)
            .or_else(|| by_path().map(|row| (row, Spelling::Key)))
            .or_else(in_lower_case)
    }

    /// The variable whose key or alias, in lower case, is the name of a file.
    fn find_file(&self, name: &str) -> Option<(RowId, Spelling)> {
        let is_name = |key: &str| key.to_lowercase() == name;
        let keys = self.table.iter().flat_map(|(_, row)| {
            std::iter::once(&row.key).chain(row.variable.aliases.iter()).filter(|key| is_name(key))
        });
        Spelling::find(self.table, &name.to_uppercase())
            .or_else(|| keys.take(1).find_map(|key| Spelling::find(self.table, key)))
    }

    fn add(&mut self, row: RowId, id: EntryId, spelling: Spelling, raw: &Raw<'_>) {
        let resolved = &mut self.rows[row.0 as usize];
        let index = u32::try_from(self.occurrences.len()).unwrap_or(u32::MAX);
        let standing = if matches!(raw, Raw::Absent | Raw::Null) { Standing::Void } else { Standing::Wins };
        self.occurrences.push(Occurrence { row, id, spelling, standing, previous: resolved.last });
        resolved.last = Some(index);
    }

    fn pick_winner(&mut self, row: usize) {
        let Some(top) = self.find_top(row) else { return };
        self.rows[row].top = Some(top);
        let top_id = self.occurrences[top as usize].id;
        let mut next = self.rows[row].last;
        while let Some(index) = next {
            let occurrence = &mut self.occurrences[index as usize];
            next = occurrence.previous;
            if index != top && occurrence.standing == Standing::Wins {
                let same_layer = occurrence.id.layer == top_id.layer;
                occurrence.standing =
                    if same_layer { Standing::Repeated(top) } else { Standing::Shadowed(top) };
            }
        }
        if !self.is_value(&self.occurrences[top as usize]) {
            self.occurrences[top as usize].standing = Standing::Hides;
        }
    }

    /// The occurrence that counts: of those in the highest layer that has one.
    fn find_top(&self, row: usize) -> Option<u32> {
        let last = self.rows[row].last?;
        // Nearly every variable occurs once.
        if let Occurrence { previous: None, standing, .. } = self.occurrences[last as usize] {
            return (standing != Standing::Void).then_some(last);
        }
        let id = RowId(u32::try_from(row).ok()?);
        let mut present =
            self.occurrences_of(id).filter(|(_, occurrence)| occurrence.standing != Standing::Void);
        let (mut best, last) = present.next()?;
        let layer = last.id.layer;
        let first_wins = self.layers[layer as usize].first_wins();
        // Last first.
        for (index, occurrence) in present.take_while(|(_, occurrence)| occurrence.id.layer == layer) {
            let counting = &self.occurrences[best as usize];
            let counts = if occurrence.spelling == counting.spelling {
                first_wins
            } else {
                self.rank(occurrence) > self.rank(counting)
            };
            if counts {
                best = index;
            }
        }
        Some(best)
    }

    /// Which of several spellings in one layer counts: one with a value, then the key before an alias before a `_FILE`.
    fn rank(&self, occurrence: &Occurrence) -> (bool, u8) {
        let spelling = match occurrence.spelling {
            Spelling::Key => 2,
            Spelling::Alias(_) => 1,
            Spelling::File => 0,
        };
        (self.is_value(occurrence), spelling)
    }

    /// Whether it gives the variable a value: an empty one does where the variable allows that, an empty path never.
    fn is_value(&self, occurrence: &Occurrence) -> bool {
        let raw = &self.entry(occurrence.id).raw;
        let is_path = occurrence.spelling == Spelling::File && !matches!(raw, Raw::Content(_));
        !raw.is_empty_text() || (self.table.row(occurrence.row).variable.allow_empty && !is_path)
    }
}

/// Shows the layers and which of their entries count, without a value.
impl fmt::Debug for Environment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment")
            .field("layers", &self.layers)
            .field("occurrences", &self.occurrences)
            .field("undeclared", &self.undeclared)
            .finish_non_exhaustive()
    }
}
