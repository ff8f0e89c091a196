//! The objects of an instance: which members each has, which it needs, and what else it may hold.

use envschema_core::schema::Group;
use envschema_core::table::RowId;

use super::place::Places;
use super::{Form, annotations};
use crate::export::json::Object;

/// A variable and the names that lead from an object to its value.
type Below<'t> = (RowId, Vec<&'t str>);

impl<'t> Places<'t> {
    /// The root object with everything in it.
    pub(super) fn tree(&self) -> Object {
        let rows = self.table.iter().map(|(id, _)| (id, self.segments(id))).collect();
        self.object("", rows)
    }

    /// The object at `path` with these variables below it.
    fn object(&self, path: &str, below: Vec<Below<'t>>) -> Object {
        let mut names: Vec<(&str, Vec<Below<'_>>)> = Vec::new();
        for (id, mut segments) in below.into_iter().filter(|(_, segments)| !segments.is_empty()) {
            let name = segments.remove(0);
            match names.iter_mut().find(|(other, _)| *other == name) {
                Some((_, inner)) => inner.push((id, segments)),
                None => names.push((name, vec![(id, segments)])),
            }
        }
        let is_required = |inner: &[Below<'_>]| inner.iter().any(|(id, _)| self.is_required(*id));
        let required: Vec<&str> =
            names.iter().filter(|(_, inner)| is_required(inner)).map(|(name, _)| *name).collect();
        let mut properties = Object::new();
        let names_schema = path.is_empty() && self.form == Form::Config && self.is_file;
        if names_schema && !names.iter().any(|(name, _)| *name == "$schema") {
            let schema = Object::new().with("description", "The schema of this file.").with("type", "string");
            properties.push("$schema", schema);
        }
        for (name, inner) in names {
            let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            properties.push(name.to_owned(), self.member(&path, inner));
        }
        let mut object = self.heading(path);
        object.push("type", "object");
        object.push("properties", properties);
        object.push_said("required", required.clone());
        object.append(self.others(path));
        if self.form == Form::Config {
            if !required.is_empty() {
                object.push("x-taplo", Object::new().with("initKeys", required));
            }
            object.push("x-tombi-table-keys-order", "schema");
        }
        object
    }

    /// A variable, or a table of them; both where a path goes on behind a variable.
    fn member(&self, path: &str, below: Vec<Below<'t>>) -> Object {
        let (here, deeper): (Vec<_>, Vec<_>) = below.into_iter().partition(|(_, rest)| rest.is_empty());
        match (here.first(), deeper.is_empty()) {
            (Some((id, _)), true) => self.variable(*id),
            (None, _) => self.object(path, deeper),
            (Some((id, _)), false) => {
                Object::new().with("anyOf", vec![self.variable(*id), self.object(path, deeper)])
            }
        }
    }

    fn variable(&self, id: RowId) -> Object {
        let row = self.row(id);
        let is_removed = row.variable.deprecated.as_ref().is_some_and(|deprecation| deprecation.removed);
        // What is removed is not judged.
        let is_open = self.allows(if is_removed { "deprecated-variable" } else { "invalid-value" });
        let value = match (is_open, is_removed) {
            (true, _) => Object::new(),
            (false, true) => Object::new().with("not", Object::new()),
            (false, false) => self.terms(id).schema(self.form),
        };
        let mut schema = annotations::description(row);
        schema.append(value);
        schema.append(annotations::annotations(row, self.form));
        schema
    }

    /// What the group at `path` is called and for; the schema's own name and description stand at the root.
    fn heading(&self, path: &str) -> Object {
        let mut object = Object::new();
        let group = (0..self.table.groups.len()).find(|index| {
            !self.group(*index).path.is_empty() && self.form == Form::Config && self.path_of(*index) == path
        });
        if let Some(group) = group.map(|index| self.group(index)) {
            object.push_said("title", group.name.clone());
            object.push_said("description", group.doc.clone());
        }
        object
    }

    fn group(&self, index: usize) -> &'t Group {
        self.table.groups[index].group
    }

    fn path_of(&self, group: usize) -> String {
        let around = std::iter::successors(Some(group), |group| self.table.groups[*group].parent);
        let mut paths: Vec<&str> =
            around.map(|group| self.group(group).path.as_ref()).filter(|path| !path.is_empty()).collect();
        paths.reverse();
        paths.join(".")
    }
}
