//! The loader: sources in, a configuration or everything that is wrong out.

use std::marker::PhantomData;

use envschema_core::diagnostic::Diagnostic;
use envschema_core::judge::{Circumstances, Judgement};
use envschema_core::report::{Report, locate};

use crate::decode::Decoder;
use crate::error::LoadError;
use crate::explanation::Explanation;
use crate::load::EnvSchema;
use crate::source::{ConfigFile, DotenvChain, Process, SecretsFolder, Source};

mod judging;

/// What a configuration is loaded from, and where it will be used.
pub struct Loader<C> {
    sources: Vec<Box<dyn Source>>,
    circumstances: Circumstances,
    config: PhantomData<fn() -> C>,
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
        self.with_judgement(decode)
    }

    /// Loads the configuration, and says of each variable where its value came from.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, in every source, at once.
    pub fn load_explained(self) -> Result<(C, Explanation), LoadError> {
        self.with_judgement(|judgement| Ok((decode(judgement)?, Explanation::new(judgement))))
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
        go_on: impl Fn(&Judgement<'_>) -> Result<T, LoadError>,
    ) -> Result<T, LoadError> {
        let mut outcome = None;
        let report = judging::judge(C::SCHEMA, &self.sources, &self.circumstances, &mut |judgement| {
            outcome = Some(go_on(judgement));
        });
        outcome.unwrap_or_else(|| Err(LoadError::new(report)))
    }
}

/// The configuration, once no check has found an error.
fn decode<C: EnvSchema>(judgement: &Judgement<'_>) -> Result<C, LoadError> {
    let mut decoder = Decoder::new(judgement);
    let config = C::decode(&mut decoder);
    let mut problems = decoder.into_problems();
    problems.extend(config.iter().flat_map(|config| config.run_rules(judgement)));
    match config.filter(|_| problems.is_empty()) {
        Some(config) => Ok(config),
        None => Err(LoadError::new(undecoded(judgement, problems))),
    }
}

/// What kept a configuration from being made. Whoever allowed it cannot have known what the type of the field holds.
fn undecoded(judgement: &Judgement<'_>, problems: Vec<Diagnostic>) -> Report {
    let mut report = locate::report(judgement, problems.into(), None);
    report.diagnostics.append(&mut report.allowed);
    report
}
