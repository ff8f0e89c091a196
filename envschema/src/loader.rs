//! The loader: sources in, a configuration or everything that is wrong out.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::path::Path;

use envschema_core::diagnostic::Diagnostic;
use envschema_core::dotenv::Environ;
use envschema_core::environment::{Environment, Spelling};
use envschema_core::judge::{self, Circumstances, Judgement};
use envschema_core::layer::{Layer, LayerKind};
use envschema_core::raw::Raw;
use envschema_core::redact;
use envschema_core::registry;
use envschema_core::report::locate;
use envschema_core::report::{Located, Place, Report};
use envschema_core::subject::Subject;
use envschema_core::table::Table;

use crate::decode::Decoder;
use crate::error::LoadError;
use crate::explanation::Explanation;
use crate::load::EnvSchema;
use crate::source::{ConfigFile, Content, DotenvChain, Process, Request, SecretsFolder, Source, reading};

/// What a configuration is loaded from, and where it will be used.
pub struct Loader<C> {
    sources: Vec<Box<dyn Source>>,
    circumstances: Circumstances,
    config: PhantomData<fn() -> C>,
}

/// Something that should have been read and could not be.
struct Unreadable {
    name: String,
    why: &'static str,
}

impl<C: EnvSchema> Loader<C> {
    pub(crate) const fn new() -> Self {
        let circumstances = Circumstances { profile: None, service: None, phase: None, readers: None };
        Self { sources: Vec::new(), circumstances, config: PhantomData }
    }

    /// Adds a source above those it has.
    #[must_use]
    pub fn source(self, source: impl Source + 'static) -> Self {
        self.boxed_source(Box::new(source))
    }

    /// Adds a source above those it has.
    #[must_use]
    pub fn boxed_source(mut self, source: Box<dyn Source>) -> Self {
        self.sources.push(source);
        self
    }

    /// Adds the sources of [`EnvSchema::load`] above those it has.
    #[must_use]
    pub fn usual_sources(self) -> Self {
        let process = Process::current();
        let credentials = process.get("CREDENTIALS_DIRECTORY").map(SecretsFolder::new);
        let files = ["base", "{profile}", "{service}"].into_iter().flat_map(|name| {
            ["toml", "yaml", "yml", "json"]
                .map(|extension| ConfigFile::optional(format!("config/{name}.{extension}")))
        });
        let loader = files
            .fold(self, Self::source)
            .source(DotenvChain::new(""))
            .source(SecretsFolder::new("/run/secrets"));
        credentials.into_iter().fold(loader, Self::source).source(process)
    }

    /// Says what profile it is, whatever the sources say.
    #[must_use]
    pub fn profile(mut self, profile: impl Into<String>) -> Self {
        self.circumstances.profile = Some(profile.into());
        self
    }

    /// Leaves out what belongs to other services only.
    #[must_use]
    pub fn service(mut self, service: impl Into<String>) -> Self {
        self.circumstances.service = Some(service.into());
        self
    }

    /// Leaves out what belongs to other phases only.
    #[must_use]
    pub fn phase(mut self, phase: impl Into<String>) -> Self {
        self.circumstances.phase = Some(phase.into());
        self
    }

    /// Loads the configuration.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, in every source, at once.
    pub fn load(self) -> Result<C, LoadError> {
        self.load_explained().map(|(config, _)| config)
    }

    /// Loads the configuration, and says of each variable where its value came from.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, in every source, at once.
    pub fn load_explained(self) -> Result<(C, Explanation), LoadError> {
        self.with_judgement(|judgement| {
            let mut decoder = Decoder::new(judgement);
            let config = C::decode(&mut decoder);
            let mut problems = decoder.into_problems();
            problems.extend(config.iter().flat_map(|config| config.run_rules(judgement)));
            match config.filter(|_| problems.is_empty()) {
                Some(config) => Ok((config, Explanation::new(judgement))),
                None => Err(LoadError::new(locate::report(judgement, problems, None))),
            }
        })
    }

    /// Reads and checks everything, and gives the values as a provider for figment, typed by their kinds.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, in every source, at once.
    #[cfg(feature = "figment")]
    pub fn figment(self) -> Result<crate::adapter::figment::FigmentValues, LoadError> {
        self.with_judgement(|judgement| Ok(crate::adapter::figment::FigmentValues::new(judgement)))
    }

    /// Reads and checks everything, and goes on with the judgement if nothing is wrong.
    fn with_judgement<T>(
        &self,
        go_on: impl FnOnce(&Judgement<'_>) -> Result<T, LoadError>,
    ) -> Result<T, LoadError> {
        let table = Table::new(C::SCHEMA);
        let contents = self.read(&table);
        let environ = environ(&contents);
        let mut layers: Vec<_> =
            contents.iter().filter_map(|content| content.layer(&table, &environ)).collect();
        let mut unreadable: Vec<_> = contents.iter().filter_map(Unreadable::of).collect();
        follow_files(&table, &mut layers, &mut unreadable);
        let environment = Environment::resolve(&table, &layers);
        let judgement = Judgement::new(&environment, &self.circumstances);
        // Nothing else about a schema is left to be found at run time: a single struct was checked when it was compiled.
        let mut diagnostics =
            if table.clashes.is_empty() { Vec::new() } else { registry::check_schema(&table) };
        diagnostics.extend(registry::check_environment(&judgement));
        let report = report(&judgement, diagnostics, &unreadable);
        if report.has_errors() { Err(LoadError::new(report)) } else { go_on(&judgement) }
    }

    /// Reads every source; those that need the profile are read when the others have told it.
    fn read(&self, table: &Table<'_>) -> Vec<Content> {
        let service = self.circumstances.service.as_deref();
        let given = self.circumstances.profile.as_deref();
        let first = Request { table, profile: given, service };
        let mut read: Vec<Vec<Content>> = self.sources.iter().map(|source| source.read(&first)).collect();
        let is_open = given.is_none() && self.sources.iter().any(|source| source.depends_on_profile());
        if let Some(profile) = is_open.then(|| selected_profile(table, &read)).flatten() {
            let request = Request { table, profile: Some(&profile), service };
            for (source, contents) in
                self.sources.iter().zip(&mut read).filter(|(source, _)| source.depends_on_profile())
            {
                *contents = source.read(&request);
            }
        }
        read.into_iter().flatten().collect()
    }
}

/// The profile that what was read selects.
fn selected_profile(table: &Table<'_>, read: &[Vec<Content>]) -> Option<String> {
    let contents = || read.iter().flatten();
    let environ = Environ::empty();
    let layers: Vec<_> = contents().filter_map(|content| content.layer(table, &environ)).collect();
    judge::selected_profile(&Environment::resolve(table, &layers))
}

/// What expansion sees: the process environment, if it is a source.
fn environ(contents: &[Content]) -> Environ {
    let pairs = contents.iter().filter_map(|content| match content {
        Content::Pairs { kind: LayerKind::Process, pairs, .. } => Some(pairs),
        _ => None,
    });
    pairs.flatten().map(|(key, value)| (key.as_bytes(), value.as_slice())).collect()
}

/// Gives every `KEY_FILE` that stands for a declared variable the content of the file it names.
fn follow_files(table: &Table<'_>, layers: &mut [Layer<'_>], unreadable: &mut Vec<Unreadable>) {
    for layer in layers {
        for entry in &mut layer.entries {
            let Raw::Text(path) = &entry.raw else { continue };
            if path.is_empty() || Spelling::of(table, &entry.key) != Some(Spelling::File) {
                continue;
            }
            entry.raw = match reading::read_secret(Path::new(path.as_ref())) {
                Ok(Some(bytes)) => {
                    String::from_utf8(bytes).map_or(Raw::Bytes, |content| Raw::Content(Cow::Owned(content)))
                }
                Ok(None) => {
                    unreadable.push(Unreadable { name: path.to_string(), why: "does not exist" });
                    continue;
                }
                Err(why) => {
                    unreadable.push(Unreadable { name: path.to_string(), why });
                    continue;
                }
            };
        }
    }
}

impl Unreadable {
    fn of(content: &Content) -> Option<Self> {
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

fn report(judgement: &Judgement<'_>, diagnostics: Vec<Diagnostic>, unreadable: &[Unreadable]) -> Report {
    let mut report = locate::report(judgement, diagnostics, None);
    report.diagnostics.splice(0..0, unreadable.iter().map(Unreadable::located));
    report
}
