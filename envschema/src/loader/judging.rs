//! Sources read and judged, for every configuration by the same code: what is generic is compiled once for each.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::path::Path;

use envschema_core::diagnostic::{Diagnostic, Findings, Severity};
use envschema_core::dotenv::Environ;
use envschema_core::environment::{Environment, Occurrence, Spelling, Standing};
use envschema_core::judge::{self, Circumstances, Judgement};
use envschema_core::layer::{Layer, LayerKind};
use envschema_core::raw::Raw;
use envschema_core::redact;
use envschema_core::registry;
use envschema_core::report::locate;
use envschema_core::report::{Located, Place, Report};
use envschema_core::schema::Schema;
use envschema_core::subject::{EntryId, Part, Subject};
use envschema_core::table::Table;

use crate::source::{Content, Extent, Request, Source, reading};

/// A schema as its struct declares it.
pub(super) struct Declared {
    pub(super) schema: &'static Schema,
    /// Whether it may have mistakes that no compiler could see.
    pub(super) is_unsure: bool,
}

/// Everything that was read.
struct Contents<'c> {
    table: &'c Table<'c>,
    is_unsure: bool,
    circumstances: Circumstances,
    contents: Vec<ReadContent<'c>>,
    /// What expansion sees, once a file has asked for it.
    environ: OnceCell<Environ>,
}

/// What a source yielded.
struct ReadContent<'c> {
    content: Content<'c>,
    /// Whether it is there only because of the profile.
    profiled: bool,
}

/// Something that should have been read and could not be.
struct Unreadable {
    name: String,
    why: &'static str,
}

/// A `KEY_FILE` whose file cannot be read.
struct Unfollowed {
    id: EntryId,
    why: &'static str,
}

/// Decodes what was judged, as far as it is sound, and yields what only that can find. It is told whether no check found an error.
type Decode<'d> = dyn FnMut(&Judgement<'_>, bool) -> Vec<Diagnostic> + 'd;

/// Reads, checks and decodes everything. Without an error, the report is empty unless warnings are wanted.
pub(super) fn judge(
    Declared { schema, is_unsure }: Declared,
    sources: &[Box<dyn Source>],
    circumstances: &Circumstances,
    wants_warnings: bool,
    decode: &mut Decode<'_>,
) -> Report {
    let table = Table::new(schema);
    let (contents, profile) = read(&table, sources, circumstances);
    let circumstances = Circumstances { profile, ..circumstances.clone() };
    let contents = Contents { table: &table, is_unsure, circumstances, contents, environ: OnceCell::new() };
    // What other programs left in the process environment is worth a warning at most: it is looked at only if somebody wants to
    // see it, or there is an error to report.
    let quick = if wants_warnings { None } else { contents.judge(Extent::Declared, decode) };
    quick.or_else(|| contents.judge(Extent::Everything, decode)).unwrap_or_default()
}

impl Contents<'_> {
    /// What is wrong. `None` if that is not to be told before everything was looked at, and nothing was decoded.
    fn judge(&self, extent: Extent, decode: &mut Decode<'_>) -> Option<Report> {
        let environ = || self.environ.get_or_init(|| environ(&self.contents));
        let layers = self.contents.iter().filter_map(|read| read.layer(self.table, environ, extent));
        let mut layers: Vec<_> = layers.collect();
        let unreadable: Vec<_> =
            self.contents.iter().filter_map(|read| Unreadable::of(&read.content)).collect();
        let unfollowed = follow_files(self.table, &mut layers);
        let environment = Environment::resolve(self.table, &layers);
        let judgement = Judgement::new(&environment, &self.circumstances);
        // A struct was checked when it was compiled; mostly nothing about it is left to be found here.
        let mut findings = registry::check_environment(&judgement, usize::MAX);
        if self.is_unsure || self.table.has_clashes() {
            findings.extend(registry::check_schema(self.table));
        }
        findings.extend(unfollowed.iter().map(|unfollowed| unfollowed.diagnostic(&judgement)));
        let is_clean =
            unreadable.is_empty() && findings.iter().all(|found| found.severity != Severity::Error);
        if extent == Extent::Everything {
            let report = located(&judgement, findings, &unreadable);
            let problems = decode(&judgement, !report.has_errors());
            return Some(beside(&judgement, report, problems));
        }
        let problems = is_clean.then(|| decode(&judgement, true))?;
        let is_good = problems.is_empty();
        let report = if is_good { Report::default() } else { located(&judgement, findings, &unreadable) };
        Some(beside(&judgement, report, problems))
    }
}

/// A report with what only decoding finds. Whoever allowed something cannot have known what the type of a field holds.
fn beside(judgement: &Judgement<'_>, mut report: Report, problems: Vec<Diagnostic>) -> Report {
    if !problems.is_empty() {
        let Report { diagnostics, allowed, .. } = locate::report(judgement, problems.into(), None);
        report.diagnostics.extend(diagnostics.into_iter().chain(allowed));
    }
    report
}

/// Reads every source; those that need the profile are read again when it is known. Yields the profile they were read for.
fn read<'s>(
    table: &Table<'_>,
    sources: &'s [Box<dyn Source>],
    circumstances: &Circumstances,
) -> (Vec<ReadContent<'s>>, Option<String>) {
    let service = circumstances.service.as_deref();
    let given = circumstances.profile.as_deref();
    let first = |source: &'s dyn Source| {
        let profile = given.filter(|_| !source.depends_on_profile());
        let contents = source.read(&Request { table, profile, service }).into_iter();
        contents.map(|content| ReadContent { content, profiled: false }).collect()
    };
    let mut read: Vec<Vec<_>> = sources.iter().map(|source| first(source.as_ref())).collect();
    let is_open = given.is_none() && sources.iter().any(|source| source.depends_on_profile());
    let selected = is_open.then(|| selected_profile(table, &read)).flatten();
    let profile = given.map(str::to_owned).or(selected);
    if profile.is_some() {
        let request = Request { table, profile: profile.as_deref(), service };
        let dependent = sources.iter().zip(&mut read).filter(|(source, _)| source.depends_on_profile());
        for (source, contents) in dependent {
            let again = source.read(&request).into_iter();
            *contents = again.map(|content| ReadContent::beside(content, contents)).collect();
        }
    }
    (read.into_iter().flatten().collect(), profile)
}

impl<'c> ReadContent<'c> {
    /// What was read for a profile, beside what its source yields without one.
    fn beside(content: Content<'c>, plain: &[Self]) -> Self {
        let profiled = plain.iter().all(|other| other.content.name() != content.name());
        Self { content, profiled }
    }

    fn layer<'l, 'e>(
        &'l self,
        table: &Table<'_>,
        environ: impl FnOnce() -> &'e Environ,
        extent: Extent,
    ) -> Option<Layer<'l>> {
        Some(Layer { profiled: self.profiled, ..self.content.layer_in(table, environ, extent)? })
    }
}

/// The profile that what was read selects.
fn selected_profile(table: &Table<'_>, read: &[Vec<ReadContent<'_>>]) -> Option<String> {
    if table.schema.profile.is_none() {
        return table.schema.default_profile.as_deref().map(str::to_owned);
    }
    let environ = Environ::empty();
    let layer = |read| ReadContent::layer(read, table, || &environ, Extent::Declared);
    let layers: Vec<_> = read.iter().flatten().filter_map(layer).collect();
    judge::selected_profile(&Environment::resolve(table, &layers))
}

/// What expansion sees: the process environment, if it is a source.
fn environ(contents: &[ReadContent<'_>]) -> Environ {
    let pairs = contents.iter().filter_map(|read| match &read.content {
        Content::Pairs { kind: LayerKind::Process, pairs, .. } => Some(pairs.as_ref()),
        _ => None,
    });
    pairs.flatten().map(|(key, value)| (key.as_bytes(), value.as_slice())).collect()
}

/// Gives every `KEY_FILE` that stands for a declared variable the content of the file it names; yields those whose file
/// cannot be read.
fn follow_files(table: &Table<'_>, layers: &mut [Layer<'_>]) -> Vec<Unfollowed> {
    let mut unfollowed = Vec::new();
    for (layer, entries) in (0..).zip(layers.iter_mut().map(|layer| &mut layer.entries)) {
        for (number, entry) in (0..).zip(entries) {
            let Raw::Text(path) = &entry.raw else { continue };
            let is_path = !path.is_empty() && entry.key.ends_with("_FILE");
            if !is_path || Spelling::of(table, &entry.key) != Some(Spelling::File) {
                continue;
            }
            let why = match reading::read_secret(Path::new(path.as_ref())) {
                Ok(Some(bytes)) => {
                    entry.raw = String::from_utf8(bytes)
                        .map_or(Raw::Bytes, |content| Raw::Content(Cow::Owned(content)));
                    continue;
                }
                Ok(None) => "does not exist",
                Err(why) => why,
            };
            unfollowed.push(Unfollowed { id: EntryId { layer, entry: number }, why });
        }
    }
    unfollowed
}

impl Unfollowed {
    /// The path is not shown: somebody may have put the secret itself there.
    fn diagnostic(&self, judgement: &Judgement<'_>) -> Diagnostic {
        let entry = judgement.environment.entry(self.id);
        let key = redact::escape(&entry.key).into_owned();
        let headline = format!("the file that `{key}` names {}", self.why);
        let replaced =
            |other: &Occurrence| other.id == self.id && matches!(other.standing, Standing::Shadowed(_));
        let is_replaced = judgement.environment.occurrences.iter().any(replaced);
        let severity = if is_replaced { Severity::Warning } else { Severity::Error };
        let subject = Subject::entry(self.id, Part::Value);
        Diagnostic::error("unreadable-source", subject, headline).key(&key).severity(severity)
    }
}

impl Unreadable {
    fn of(content: &Content<'_>) -> Option<Self> {
        match content {
            Content::Unreadable { path, why } => Some(Self { name: path.display().to_string(), why }),
            _ => None,
        }
    }

    fn located(&self) -> Located {
        let name = redact::escape(&self.name).into_owned();
        let diagnostic =
            Diagnostic::error("unreadable-source", Subject::Environment, format!("`{name}` {}", self.why));
        Located { diagnostic, place: Place::file(name), labels: Vec::new(), rule: None }
    }
}

fn located(judgement: &Judgement<'_>, findings: Findings, unreadable: &[Unreadable]) -> Report {
    let mut report = locate::report(judgement, findings, None);
    report.diagnostics.splice(0..0, unreadable.iter().map(Unreadable::located));
    report
}
