//! Where the value of each variable stands in an instance: under its key in the `env` form, under its path in the `config` form.

use envschema_core::schema::Schema;
use envschema_core::table::{Row, RowId, Table};

use super::Form;
use crate::export::json::{Json, Object};

/// The variables of a schema and their places in an instance.
pub(super) struct Places<'t> {
    pub(super) table: &'t Table<'t>,
    pub(super) form: Form,
    /// Whether instances are files of their own, which may name their schema.
    pub(super) is_file: bool,
}

/// What a part of a schema says about one place.
pub(super) struct Said<'t> {
    pub(super) segments: Vec<&'t str>,
    /// What holds for the value, if it is there.
    pub(super) value: Option<Object>,
    /// Whether it must be there.
    pub(super) required: bool,
}

impl<'t> Places<'t> {
    pub(super) fn row(&self, id: RowId) -> &'t Row<'t> {
        self.table.row(id)
    }

    pub(super) fn schema(&self) -> &'t Schema {
        self.table.schema
    }

    /// The names to follow from the root of an instance to the value.
    pub(super) fn segments(&self, id: RowId) -> Vec<&'t str> {
        let row = self.row(id);
        match self.form {
            Form::Env => vec![row.key.as_ref()],
            Form::Config => row.path.split('.').collect(),
        }
    }

    /// Whether instances leave the variable out although it may be set: it belongs to some services or phases only, and an
    /// instance is the environment of one.
    pub(super) fn may_be_left_out(&self, id: RowId) -> bool {
        let variable = self.row(id).variable;
        !variable.services.is_empty() || !variable.phases.is_empty()
    }

    /// A schema that holds where the value of the variable is as `value` says, or is not there.
    pub(super) fn at(&self, id: RowId, value: Object) -> Object {
        nested(vec![Said { segments: self.segments(id), value: Some(value), required: false }])
    }

    /// A schema that holds where all of these variables are set.
    pub(super) fn set(&self, rows: &[RowId]) -> Object {
        let said = rows.iter().map(|id| {
            // An empty text counts as not set, in typed instances as well.
            let value = (!self.row(*id).variable.allow_empty).then(|| Object::new().with("minLength", 1));
            Said { segments: self.segments(*id), value, required: true }
        });
        nested(said.collect())
    }
}

/// One schema of what is said about several places; of each object, its places stand together.
pub(super) fn nested(said: Vec<Said<'_>>) -> Object {
    let mut properties: Vec<(&str, Vec<Said<'_>>)> = Vec::new();
    let mut required: Vec<&str> = Vec::new();
    for mut said in said {
        if said.segments.is_empty() {
            continue;
        }
        let name = said.segments.remove(0);
        if said.required && !required.contains(&name) {
            required.push(name);
        }
        match properties.iter_mut().find(|(other, _)| *other == name) {
            Some((_, inner)) => inner.push(said),
            None => properties.push((name, vec![said])),
        }
    }
    let mut schema = Object::new();
    let members = properties.into_iter().fold(Object::new(), |mut all, (name, inner)| {
        all.push_said(name.to_owned(), property(inner));
        all
    });
    schema.push_said("properties", members);
    schema.push_said("required", Json::from(required));
    schema
}

fn property(said: Vec<Said<'_>>) -> Object {
    let (mut here, deeper): (Vec<_>, Vec<_>) = said.into_iter().partition(|said| said.segments.is_empty());
    let mut schema = here.iter_mut().find_map(|said| said.value.take()).unwrap_or_default();
    schema.append(nested(deeper));
    schema
}
