//! What an object may hold beside the declared variables. Only `unknown: error` closes it: everything else warns at most.

use envschema_core::schema::{Policy, Text};

use super::place::Places;
use super::{Form, regex};
use crate::export::json::{Json, Object};

impl Places<'_> {
    /// The keywords about other members of the object at `path`.
    pub(super) fn others(&self, path: &str) -> Object {
        let unknown = &self.schema().unknown;
        if unknown.policy != Some(Policy::Error) || self.allows("unknown-variable") {
            return Object::new();
        }
        match self.form {
            Form::Env if unknown.prefixes.is_empty() => {
                let names = self.further_names();
                let exact = (!names.is_empty()).then(|| format!("^(?:{})$", alternatives(&names)));
                let patterns = exact.into_iter().chain(self.further_patterns());
                let patterns = patterns.fold(Object::new(), |all, pattern| all.with(pattern, true));
                Object::new().with("patternProperties", patterns).with("additionalProperties", false)
            }
            Form::Env => Object::new().with("propertyNames", self.names_under(&unknown.prefixes)),
            // Paths of typed files are hardly ever those a list for environments means.
            Form::Config if unknown.allow.is_empty() => {
                let selector = self.schema().profile.as_deref().filter(|_| path.is_empty());
                let selector = selector.filter(|key| self.table.find(key).is_none());
                let mut object = Object::new();
                if let Some(key) = selector {
                    let pattern = format!("^{}$", regex::literal(key));
                    object.push("patternProperties", Object::new().with(pattern, true));
                }
                object.with("additionalProperties", false)
            }
            Form::Config => Object::new(),
        }
    }

    /// Names that may stand in an environment beside the keys: aliases, what selects the profile, other programs' keys.
    fn further_names(&self) -> Vec<&str> {
        let aliases = self.table.rows.iter().flat_map(|row| row.variable.aliases.iter());
        let allowed = self.schema().unknown.allow.iter().filter(|name| !name.ends_with('*'));
        aliases.chain(&self.schema().profile).chain(allowed).map(AsRef::as_ref).collect()
    }

    /// The same where a pattern says it: `KEY_FILE`, and names of which only the start is given.
    fn further_patterns(&self) -> Vec<String> {
        let starts = self.schema().unknown.allow.iter().filter_map(|name| name.strip_suffix('*'));
        let starts = starts.map(|start| format!("^{}", regex::literal(start)));
        std::iter::once("_FILE$".to_owned()).chain(starts).collect()
    }

    /// Names that are declared, or that this schema does not own.
    fn names_under(&self, prefixes: &[Text]) -> Object {
        let declared = self.table.rows.iter().map(|row| row.key.as_ref());
        let names: Vec<&str> = declared.chain(self.further_names()).collect();
        let pattern = |pattern: String| Object::new().with("pattern", pattern);
        let prefixes: Vec<&str> = prefixes.iter().map(AsRef::as_ref).collect();
        let owned = pattern(format!("^(?:{})", alternatives(&prefixes)));
        let mut any = vec![Object::new().with("enum", super::strings::unique(names))];
        any.extend(self.further_patterns().into_iter().map(pattern));
        any.push(Object::new().with("not", owned));
        Object::new().with("anyOf", Json::from(any))
    }
}

fn alternatives(names: &[&str]) -> String {
    names.iter().map(|name| regex::literal(name)).collect::<Vec<_>>().join("|")
}
