//! The merge key `<<`: the members of other mappings, behind a mapping's own.

use std::collections::HashSet;

use crate::format::tree::{Data, Fault, Member};

/// Replaces every `<<` by the members it stands for; a mapping's own keys win, then those of earlier mappings.
pub(super) fn merge<'t>(members: Vec<Member<'t>>, faults: &mut Vec<Fault>) -> Vec<Member<'t>> {
    let own = members.iter().filter(|member| member.key != "<<");
    let mut taken: HashSet<String> = own.map(|member| member.key.to_string()).collect();
    let mut merged = Vec::with_capacity(members.len());
    for member in members {
        if member.key != "<<" {
            merged.push(member);
            continue;
        }
        let place = member.value.span;
        let Some(others) = mappings(member.value.value) else {
            faults.push(Fault::syntax("`<<` takes a mapping, or a list of mappings", place));
            continue;
        };
        merged.extend(others.into_iter().filter(|other| taken.insert(other.key.to_string())));
    }
    merged
}

/// The members of a mapping, or of a list of mappings one after the other.
fn mappings(value: Data<'_>) -> Option<Vec<Member<'_>>> {
    match value {
        Data::Table(members) => Some(members),
        Data::Invalid => Some(Vec::new()),
        Data::Array(items) => {
            let tables = items.into_iter().map(|item| match item.value {
                Data::Table(members) => Some(members),
                _ => None,
            });
            tables.collect::<Option<Vec<_>>>().map(|tables| tables.into_iter().flatten().collect())
        }
        _ => None,
    }
}
