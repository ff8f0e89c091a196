//! The tables of a TOML document while it is read: which lines may add to which table.

use std::borrow::Cow;
use std::collections::BTreeMap;

use envschema_core::span::Span;

use crate::format::tree::{Data, Fault, MAX_DEPTH, MAX_FAULTS, Member, Node, mark};

/// Up to this many entries a table is searched line by line, which is faster than an index.
const FEW: usize = 16;

/// One part of a dotted key.
#[derive(Clone)]
pub(super) struct Key<'t> {
    pub(super) text: Cow<'t, str>,
    pub(super) span: Span,
}

/// All tables, by number.
pub(super) struct Tables<'t> {
    text: &'t str,
    all: Vec<Table<'t>>,
    faults: Vec<Fault>,
}

struct Table<'t> {
    made: Made,
    span: Span,
    depth: usize,
    entries: Vec<Entry<'t>>,
    /// Where each key first stands in `entries`, once there are more than a few.
    index: BTreeMap<Cow<'t, str>, usize>,
}

/// How a table came to be, which decides what may be added to it (TOML 1.1, "Table").
#[derive(Clone, Copy, PartialEq, Eq)]
enum Made {
    /// On the way to a header: `a` of `[a.b]`.
    Implicit,
    /// By its own header.
    Header,
    /// By a dotted key: `a` of `a.b = 1`.
    Dotted,
    /// In braces.
    Inline,
}

struct Entry<'t> {
    key: Key<'t>,
    slot: Slot<'t>,
}

enum Slot<'t> {
    Value(Node<'t>),
    Table(usize),
    /// An array of tables: `[[a]]`.
    Tables(Vec<usize>),
}

impl<'t> Tables<'t> {
    /// The number of the table everything is in.
    pub(super) const ROOT: usize = 0;

    pub(super) fn new(text: &'t str) -> Self {
        let mut tables = Self { text, all: Vec::new(), faults: Vec::new() };
        tables.add(Made::Header, Span::new(mark(text), text.len()), 0);
        tables
    }

    pub(super) fn report(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// The root with everything in it.
    pub(super) fn finish(mut self) -> (Node<'t>, Vec<Fault>) {
        let span = self.all.first().map_or(Span::default(), |root| root.span);
        (Node { value: self.take(Self::ROOT), span }, self.faults)
    }

    pub(super) fn depth(&self, table: usize) -> usize {
        self.all.get(table).map_or(0, |table| table.depth)
    }

    /// Makes an inline table.
    pub(super) fn inline(&mut self, depth: usize) -> usize {
        self.add(Made::Inline, Span::default(), depth)
    }

    /// Opens the table of a header and says which one it is. After a fault it is one that is nowhere in the tree.
    pub(super) fn header(&mut self, path: &mut Vec<Key<'t>>, array: bool, span: Span) -> usize {
        let Some(last) = path.pop() else { return self.add(Made::Header, span, 0) };
        let parent = path.drain(..).try_fold(Self::ROOT, |table, key| self.pass(table, key));
        let Some(parent) = parent.filter(|parent| self.has_room(*parent, last.span)) else {
            return self.add(Made::Header, span, 0);
        };
        let found = self.find(parent, &last.text);
        if let Some(table) = found.and_then(|entry| self.reopen(parent, entry, array, &last, span)) {
            return table;
        }
        let depth = self.depth(parent) + 1;
        let table = self.add(Made::Header, span, depth);
        let slot = if array { Slot::Tables(vec![table]) } else { Slot::Table(table) };
        self.push(parent, last, slot);
        table
    }

    /// Puts `value` under a key of one or more parts.
    pub(super) fn insert(&mut self, table: usize, path: &mut Vec<Key<'t>>, value: Node<'t>) {
        let Some(last) = path.pop() else { return };
        let parent = path.drain(..).try_fold(table, |table, key| self.descend(table, key));
        if let Some(parent) = parent {
            self.push(parent, last, Slot::Value(value));
        }
    }

    /// The value a table is in the tree. Leaves the table empty.
    pub(super) fn take(&mut self, table: usize) -> Data<'t> {
        let entries =
            self.all.get_mut(table).map(|table| std::mem::take(&mut table.entries)).unwrap_or_default();
        let member = |entry: Entry<'t>| {
            let value = match entry.slot {
                Slot::Value(node) => node,
                Slot::Table(table) => self.node(table),
                Slot::Tables(tables) => {
                    let items: Vec<_> = tables.into_iter().map(|table| self.node(table)).collect();
                    let span = items.first().map_or(entry.key.span, |first| first.span);
                    Node { value: Data::Array(items), span }
                }
            };
            Member { key: entry.key.text, key_span: entry.key.span, value }
        };
        Data::Table(entries.into_iter().map(member).collect())
    }

    fn node(&mut self, table: usize) -> Node<'t> {
        let span = self.all.get(table).map_or(Span::default(), |table| table.span);
        Node { value: self.take(table), span }
    }

    fn add(&mut self, made: Made, span: Span, depth: usize) -> usize {
        self.all.push(Table { made, span, depth, entries: Vec::new(), index: BTreeMap::new() });
        self.all.len() - 1
    }

    /// One step of a header's path: into a table that is there, or a new one.
    fn pass(&mut self, table: usize, key: Key<'t>) -> Option<usize> {
        let Some(entry) = self.entry(table, &key.text) else { return self.grow(table, key, Made::Implicit) };
        let first = entry.key.span;
        match &entry.slot {
            Slot::Table(inner) => Some(*inner),
            Slot::Tables(tables) => tables.last().copied(),
            Slot::Value(_) => self.refuse(&key, first),
        }
    }

    /// One step of a dotted key: into a table made by dotted keys, or a new one.
    fn descend(&mut self, table: usize, key: Key<'t>) -> Option<usize> {
        let Some(entry) = self.entry(table, &key.text) else { return self.grow(table, key, Made::Dotted) };
        let first = entry.key.span;
        let Slot::Table(inner) = entry.slot else { return self.refuse(&key, first) };
        match self.all.get_mut(inner) {
            Some(found) if matches!(found.made, Made::Implicit | Made::Dotted) => {
                found.made = Made::Dotted;
                Some(inner)
            }
            _ => self.refuse(&key, first),
        }
    }

    fn refuse(&mut self, key: &Key<'t>, first: Span) -> Option<usize> {
        let fault =
            Fault::syntax("nothing can be added to this key: its value is complete", key.span).other(first);
        self.report(fault.help("write all its keys in one place"));
        None
    }

    /// Makes a table under a new key.
    fn grow(&mut self, table: usize, key: Key<'t>, made: Made) -> Option<usize> {
        if !self.has_room(table, key.span) {
            return None;
        }
        let inner = self.add(made, key.span, self.depth(table) + 1);
        self.push(table, key, Slot::Table(inner));
        Some(inner)
    }

    fn has_room(&mut self, table: usize, place: Span) -> bool {
        let room = self.depth(table) + 1 < MAX_DEPTH;
        if !room {
            self.report(Fault::too_deep(place));
        }
        room
    }

    /// The table of a header whose key is known already: one made on the way to another, or the next of an array.
    fn reopen(
        &mut self,
        parent: usize,
        entry: usize,
        array: bool,
        key: &Key<'t>,
        span: Span,
    ) -> Option<usize> {
        let depth = self.depth(parent) + 1;
        let next = self.all.len();
        let found = self.all.get_mut(parent)?.entries.get_mut(entry)?;
        match &mut found.slot {
            Slot::Tables(tables) if array => {
                tables.push(next);
                Some(self.add(Made::Header, span, depth))
            }
            Slot::Table(inner) if !array => {
                let inner = *inner;
                let implicit = self.all.get(inner).is_some_and(|table| table.made == Made::Implicit);
                if implicit {
                    self.define(parent, entry, inner, key, span);
                }
                implicit.then_some(inner)
            }
            _ => None,
        }
    }

    /// Gives a table made on the way to another its own place.
    fn define(&mut self, parent: usize, entry: usize, table: usize, key: &Key<'t>, span: Span) {
        if let Some(entry) = self.all.get_mut(parent).and_then(|parent| parent.entries.get_mut(entry)) {
            entry.key = key.clone();
        }
        if let Some(table) = self.all.get_mut(table) {
            table.made = Made::Header;
            table.span = span;
        }
    }

    fn entry(&self, table: usize, key: &str) -> Option<&Entry<'t>> {
        let entry = self.find(table, key)?;
        self.all.get(table)?.entries.get(entry)
    }

    fn find(&self, table: usize, key: &str) -> Option<usize> {
        let table = self.all.get(table)?;
        if table.entries.len() > FEW {
            return table.index.get(key).copied();
        }
        table.entries.iter().position(|entry| entry.key.text == key)
    }

    /// Adds an entry; a key that is there already is a fault, and added all the same.
    fn push(&mut self, table: usize, key: Key<'t>, slot: Slot<'t>) {
        let first = self.entry(table, &key.text).map(|entry| entry.key.span);
        if let Some(first) = first
            && self.faults.len() < MAX_FAULTS
        {
            self.faults.push(Fault::duplicate(self.text, first, key.span));
        }
        let Some(table) = self.all.get_mut(table) else { return };
        table.entries.push(Entry { key, slot });
        let count = table.entries.len();
        let unseen = if count == FEW + 1 { 0 } else { count - 1 };
        if count > FEW {
            for (at, entry) in table.entries.iter().enumerate().skip(unseen) {
                table.index.entry(entry.key.text.clone()).or_insert(at);
            }
        }
    }
}
