//! The loader: sources in, a configuration or everything that is wrong out.

use std::marker::PhantomData;

use envschema_core::judge::{Circumstances, Judgement};
use envschema_core::report::Report;

use crate::decode::Decoder;
use crate::error::LoadError;
use crate::explanation::Explanation;
use crate::load::EnvSchema;
use crate::source::{ConfigFile, DotenvChain, Process, SecretsFolder, Source};

use judging::Declared;

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
        self.make(false, |_, config| config).map(|(config, _)| config)
    }

    /// Loads the configuration, and says of each variable where its value came from, and what is worth a warning.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, in every source, at once.
    pub fn load_explained(self) -> Result<(C, Explanation), LoadError> {
        let made = self.make(true, |judgement, config| (config, Explanation::new(judgement)));
        made.map(|((config, explanation), report)| (config, explanation.with_warnings(report)))
    }

    /// Reads and checks everything, and gives the values as a provider for figment, typed by their kinds.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, in every source, at once.
    #[cfg(feature = "figment")]
    pub fn figment(self) -> Result<crate::adapter::figment::FigmentValues, LoadError> {
        let values = |judgement: &Judgement<'_>, _| crate::adapter::figment::FigmentValues::new(judgement);
        self.make(false, values).map(|(values, _)| values)
    }

    /// Reads, checks and decodes everything, and makes something of it if nothing is wrong. The report is what is worth a
    /// warning, if that is wanted.
    fn make<T>(
        &self,
        wants_warnings: bool,
        make: impl Fn(&Judgement<'_>, C) -> T,
    ) -> Result<(T, Report), LoadError> {
        let mut made = None;
        let mut decode = |judgement: &Judgement<'_>, is_clean: bool| {
            let mut decoder = Decoder::new(judgement, is_clean);
            let config = C::decode(&mut decoder);
            let mut problems = decoder.into_problems();
            if let Some(config) = config.filter(|_| is_clean) {
                problems.extend(config.run_rules(judgement));
                made = problems.is_empty().then(|| make(judgement, config));
            }
            problems
        };
        let declared = Declared { schema: C::SCHEMA, is_unsure: C::IS_UNSURE };
        let report =
            judging::judge(declared, &self.sources, &self.circumstances, wants_warnings, &mut decode);
        match made {
            Some(made) => Ok((made, report)),
            None => Err(LoadError::new(report)),
        }
    }
}
