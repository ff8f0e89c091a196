//! What is known of each entry before its value is judged: whether it is secret, a placeholder, or broken.

use crate::dotenv::{Reference, Syntax, Target};
use crate::environment::{Environment, Spelling};
use crate::layer::Layer;
use crate::placeholder;
use crate::raw::Raw;
use crate::subject::EntryId;

/// Marks on every entry of every layer.
#[derive(Debug)]
pub(super) struct Marks {
    layers: Vec<LayerMarks>,
}

#[derive(Debug)]
struct LayerMarks {
    entries: Vec<Mark>,
    /// The first entry behind a quote that is never closed.
    uncertain_from: usize,
}

/// What is known of one entry.
#[derive(Clone, Copy, Debug)]
struct Mark {
    /// It belongs to a variable.
    declared: bool,
    /// Its value must not be shown. Nobody may see the value of a key that nobody declared.
    secret: bool,
    /// Its value is a placeholder that must not be deployed.
    placeholder: bool,
    /// Its value is not what was meant, which is said elsewhere, so that judging it would only add noise.
    broken: bool,
}

impl Marks {
    pub(super) fn new(environment: &Environment<'_>, deployed: bool) -> Self {
        let unknown = Mark { declared: false, secret: true, placeholder: false, broken: false };
        let layers = environment.layers.iter().map(|layer| LayerMarks {
            entries: vec![unknown; layer.entries.len()],
            uncertain_from: layer.entries.len(),
        });
        let mut marks = Self { layers: layers.collect() };
        marks.mark_declared(environment, deployed);
        for (index, layer) in environment.layers.iter().enumerate() {
            marks.layers[index].mark_problems(layer);
            marks.layers[index].mark_references(environment, layer, deployed);
        }
        marks
    }

    pub(super) fn is_secret(&self, id: EntryId) -> bool {
        self.is_uncertain(id) || self.get(id).secret
    }

    pub(super) fn is_placeholder(&self, id: EntryId) -> bool {
        self.get(id).placeholder
    }

    pub(super) fn is_broken(&self, id: EntryId) -> bool {
        self.get(id).broken
    }

    pub(super) fn is_declared(&self, id: EntryId) -> bool {
        self.get(id).declared
    }

    pub(super) fn is_uncertain(&self, id: EntryId) -> bool {
        id.entry as usize >= self.layers[id.layer as usize].uncertain_from
    }

    fn get(&self, id: EntryId) -> Mark {
        self.layers[id.layer as usize].entries[id.entry as usize]
    }

    fn mark_declared(&mut self, environment: &Environment<'_>, deployed: bool) {
        for occurrence in &environment.occurrences {
            let row = environment.table.row(occurrence.row);
            let raw = &environment.entry(occurrence.id).raw;
            let is_path = occurrence.spelling == Spelling::File && !matches!(raw, Raw::Content(_));
            let is_placeholder = deployed
                && !is_path
                && raw.as_text().is_some_and(|text| placeholder::is_placeholder(text, row.variable));
            let EntryId { layer, entry } = occurrence.id;
            self.layers[layer as usize].entries[entry as usize] = Mark {
                declared: true,
                secret: row.sensitive || occurrence.spelling == Spelling::File || raw.has_userinfo(),
                placeholder: is_placeholder,
                broken: *raw == Raw::Bytes,
            };
        }
    }
}

impl LayerMarks {
    fn mark_problems(&mut self, layer: &Layer<'_>) {
        for problem in &layer.problems {
            let entry = problem.assignment.and_then(|entry| self.entries.get_mut(entry as usize));
            if let Some(mark) = entry
                && !matches!(problem.code, Syntax::DuplicateAssignment | Syntax::InvalidKey)
            {
                mark.broken = true;
                // Where the value ends is a guess.
                mark.secret |= matches!(problem.code, Syntax::UnterminatedQuote | Syntax::InvalidSyntax);
            }
            if problem.code == Syntax::UnterminatedQuote {
                let behind = layer.entries.partition_point(|entry| entry.span.start <= problem.span.start);
                self.uncertain_from = self.uncertain_from.min(behind);
            }
        }
    }

    /// References point backwards, so that what an entry refers to has its marks already.
    fn mark_references(&mut self, environment: &Environment<'_>, layer: &Layer<'_>, deployed: bool) {
        for reference in layer.references.iter().filter(|reference| reference.used) {
            let inherited = self.inherited(environment, layer, reference, deployed);
            if let Some(mark) = self.entries.get_mut(reference.assignment as usize) {
                mark.secret |= inherited.secret;
                mark.broken |= inherited.broken;
            }
        }
    }

    /// What a value inherits from what it refers to: it is as secret, and as little worth judging.
    fn inherited(
        &self,
        environment: &Environment<'_>,
        layer: &Layer<'_>,
        reference: &Reference<'_>,
        deployed: bool,
    ) -> Mark {
        let nothing = Mark { declared: true, secret: false, placeholder: false, broken: false };
        match reference.target {
            Target::Assignment(entry) => {
                let (Some(mark), Some(entry)) =
                    (self.entries.get(entry as usize), layer.entries.get(entry as usize))
                else {
                    return nothing;
                };
                let is_placeholder = mark.placeholder
                    || deployed && matches!(&entry.raw, Raw::Text(text) if placeholder::looks_like_one(text));
                Mark { broken: mark.broken || is_placeholder, ..*mark }
            }
            Target::Environ => {
                let name = std::str::from_utf8(&reference.name).ok();
                let row = name.and_then(|name| environment.table.find(name));
                let is_public = row.is_some_and(|row| !environment.table.row(row).sensitive);
                Mark { secret: !is_public, ..nothing }
            }
            Target::Default => nothing,
            Target::Undefined => Mark { broken: true, ..nothing },
        }
    }
}
