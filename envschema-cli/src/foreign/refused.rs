//! In a build without an engine, a schema that has such keywords is refused rather than half judged.

use std::convert::Infallible;
use std::marker::PhantomData;

use envschema::core::diagnostic::{Diagnostic, Findings};
use envschema::core::judge::Judgement;
use envschema::core::subject::Subject;
use envschema::schema_file::{Foreign, ForeignKeyword};

/// What cannot be made.
pub(crate) struct Engine<'s>(Infallible, PhantomData<&'s Foreign>);

impl Engine<'_> {
    /// Refuses every foreign keyword.
    pub(crate) fn new(foreign: &Foreign) -> Result<Self, Vec<Diagnostic>> {
        let refuse = |keyword: &ForeignKeyword| {
            let headline = format!("this build of envschema cannot judge `{}`", keyword.name);
            Diagnostic::error("unsupported-format", Subject::SchemaText(keyword.span), headline)
                .help("use the build with the feature `json-schema-keywords`, or leave the keyword out")
        };
        Err(foreign.keywords.iter().map(refuse).collect())
    }

    /// Never runs.
    pub(crate) fn check(&self, _: &Judgement<'_>, _: &mut Findings) {
        match self.0 {}
    }
}
