//! What is known of each entry before its value is judged: whether it is secret, a placeholder, or broken.

use crate::dotenv::{Dialect, Environ, Syntax, Target};
use crate::element;
use crate::environment::{Environment, Spelling};
use crate::kind::Kind;
use crate::layer::{Layer, LayerKind};
use crate::placeholder;
use crate::raw::Raw;
use crate::secrecy;
use crate::span::Span;
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
    /// Its key may be part of the value of another, to one of the readers that are compared.
    uncertain: bool,
    /// Its value is a placeholder that must not be deployed.
    placeholder: bool,
    /// Its value is not what was meant, which is said elsewhere, so that judging it would only add noise.
    broken: bool,
}

impl Marks {
    /// Marks what `environment` holds, which `readers` must read alike.
    pub(super) fn new(environment: &Environment<'_>, deployed: bool, readers: &[&'static Dialect]) -> Self {
        let unknown =
            Mark { declared: false, secret: true, uncertain: false, placeholder: false, broken: false };
        let layers = environment.layers.iter().map(|layer| LayerMarks {
            entries: vec![unknown; layer.entries.len()],
            uncertain_from: layer.entries.len(),
        });
        let mut marks = Self { layers: layers.collect() };
        marks.mark_declared(environment, deployed);
        for (index, layer) in environment.layers.iter().enumerate() {
            marks.layers[index].withhold(layer);
            marks.layers[index].mark_problems(layer);
            marks.layers[index].mark_shared(layer);
            marks.layers[index].mark_lines(environment, layer, readers);
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
        id.entry as usize >= self.layers[id.layer as usize].uncertain_from || self.get(id).uncertain
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
                uncertain: false,
                secret: row.sensitive
                    || occurrence.spelling == Spelling::File
                    || hides(raw, &row.variable.kind)
                    || raw.has_undeclared_keys(&row.variable.kind),
                placeholder: is_placeholder,
                broken: matches!(raw, Raw::Bytes),
            };
        }
    }
}

impl LayerMarks {
    fn withhold(&mut self, layer: &Layer<'_>) {
        if layer.withheld {
            self.entries.iter_mut().for_each(|mark| mark.secret = true);
        }
    }

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
            let behind = match (problem.code, layer.kind) {
                (Syntax::UnterminatedQuote, _) => {
                    layer.entries.partition_point(|entry| entry.span.start <= problem.span.start)
                }
                // What is read behind a fault may be the rest of a text.
                (Syntax::InvalidSyntax, LayerKind::Document) => {
                    layer.entries.partition_point(|entry| entry.key_span.start < problem.span.start)
                }
                _ => continue,
            };
            self.uncertain_from = self.uncertain_from.min(behind);
        }
    }

    /// Values of a document that stand in one place, by an alias of YAML, are as secret as any of them.
    fn mark_shared(&mut self, layer: &Layer<'_>) {
        if layer.kind != LayerKind::Document || !layer.text.contains(&b'&') {
            return;
        }
        let secret = layer.entries.iter().zip(&self.entries).filter(|(_, mark)| mark.secret);
        let mut places: Vec<Span> = Vec::new();
        secret.for_each(|(entry, _)| entry.raw.places(entry.value_span, &mut places));
        places.sort_unstable();
        let is_secret = |place: &Span| {
            let at = places.partition_point(|secret| secret.start < place.end);
            // No two of them overlap, so the last one that starts before the end is the only candidate.
            places[..at].last().is_some_and(|secret| secret.end > place.start)
        };
        for (entry, mark) in layer.entries.iter().zip(&mut self.entries) {
            let mut own = Vec::new();
            entry.raw.places(entry.value_span, &mut own);
            mark.secret |= own.iter().any(is_secret);
        }
    }

    /// What one of `readers` takes for part of a secret value is secret, and so is what has lines that may be comments.
    fn mark_lines(&mut self, environment: &Environment<'_>, layer: &Layer<'_>, readers: &[&'static Dialect]) {
        let LayerKind::Dotenv(_) = layer.kind else { return };
        let environ = Environ::empty();
        let read = readers.iter().map(|reader| (reader.read)(layer.text, &environ));
        let secrets = secrecy::secrets(layer.text, read, environment.table);
        for (entry, mark) in layer.entries.iter().zip(&mut self.entries) {
            mark.uncertain = secrecy::touches(&secrets, entry.key_span);
            mark.secret |=
                secrecy::touches(&secrets, entry.span) || secrecy::has_comment(entry.span.of(layer.text));
        }
    }

    /// A value is as secret as anything it refers to, used or not, and as little worth judging as what became part of it:
    /// wherever in the file that stands, because some readers look forward.
    fn mark_references(&mut self, environment: &Environment<'_>, layer: &Layer<'_>, deployed: bool) {
        let (mut mentions, mut inheritance) = (Vec::new(), Vec::new());
        for reference in &layer.references {
            let Some(mark) = self.entries.get_mut(reference.assignment as usize) else { continue };
            match reference.target {
                Target::Assignment(entry) => {
                    mentions.push((entry, reference.assignment));
                    inheritance.extend(reference.used.then_some((entry, reference.assignment)));
                }
                Target::Environ => mark.secret |= !is_public(environment, &reference.name),
                Target::Undefined => mark.broken |= reference.used,
                Target::Default => {}
            }
        }
        mentions.sort_unstable();
        inheritance.sort_unstable();
        let is_placeholder = |entry: u32, mark: &Mark| {
            let raw = layer.entries.get(entry as usize).map(|entry| &entry.raw);
            mark.placeholder
                || deployed && matches!(raw, Some(Raw::Text(text)) if placeholder::looks_like_one(text))
        };
        self.spread(&mentions, |_, mark| mark.secret, |mark| &mut mark.secret);
        let is_bad = |entry, mark: &Mark| mark.broken || is_placeholder(entry, mark);
        self.spread(&inheritance, is_bad, |mark| &mut mark.broken);
    }

    /// Sets a flag on everything that inherits, at any remove, from an entry that `has` it. The pairs are what is inherited
    /// from and what inherits, in order.
    fn spread(
        &mut self,
        inheritance: &[(u32, u32)],
        has: impl Fn(u32, &Mark) -> bool,
        flag: impl Fn(&mut Mark) -> &mut bool,
    ) {
        let is_origin = |entry: &u32| self.entries.get(*entry as usize).is_some_and(|mark| has(*entry, mark));
        let mut origins: Vec<u32> = inheritance.iter().map(|(origin, _)| *origin).filter(is_origin).collect();
        origins.dedup();
        while let Some(origin) = origins.pop() {
            let first = inheritance.partition_point(|(other, _)| *other < origin);
            for (_, heir) in inheritance[first..].iter().take_while(|(other, _)| *other == origin) {
                let Some(mark) = self.entries.get_mut(*heir as usize) else { continue };
                if !std::mem::replace(flag(mark), true) {
                    origins.push(*heir);
                }
            }
        }
    }
}

/// Whether a value holds a user and a password, whoever declared what; where a url is due, as soon as it has the `@` behind
/// them.
fn hides(raw: &Raw<'_>, kind: &Kind) -> bool {
    // Nearly every value is ruled out by a byte it lacks.
    raw.has_text(|text| text.contains('@'))
        && (matches!(element::kind_of_items(kind), Kind::Url) || raw.has_userinfo())
}

/// Whether a name of the process environment is declared and not secret.
fn is_public(environment: &Environment<'_>, name: &[u8]) -> bool {
    let row = std::str::from_utf8(name).ok().and_then(|name| environment.table.find(name));
    row.is_some_and(|row| !environment.table.row(row).sensitive)
}
