//! Optional groups: nothing of one is due as long as nothing of it is set.

use crate::environment::Environment;
use crate::table::RowId;

/// What is set of each group.
#[derive(Debug)]
pub(super) struct Groups {
    /// The first variable that is set in each group, those of the groups inside it included.
    set: Vec<Option<RowId>>,
    /// Whether each group, or one around it, is optional and has nothing set.
    absent: Vec<bool>,
}

impl Groups {
    pub(super) fn new(environment: &Environment<'_>) -> Self {
        let groups = &environment.table.groups;
        let mut set = vec![None; groups.len()];
        for (id, row) in environment.table.iter() {
            let mut group = row.group.filter(|_| environment.winner(id).is_some());
            while let Some(index) = group.filter(|index| set[*index].is_none()) {
                set[index] = Some(id);
                group = groups[index].parent;
            }
        }
        let mut absent: Vec<bool> = Vec::with_capacity(groups.len());
        // Those inside another come after it.
        for (row, set) in groups.iter().zip(&set) {
            let is_around_absent = row.parent.is_some_and(|parent| absent[parent]);
            absent.push(is_around_absent || (row.group.optional && set.is_none()));
        }
        Self { set, absent }
    }

    pub(super) fn is_absent(&self, group: usize) -> bool {
        self.absent[group]
    }

    pub(super) fn first_set(&self, group: usize) -> Option<RowId> {
        self.set[group]
    }
}
