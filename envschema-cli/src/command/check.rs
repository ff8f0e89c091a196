//! `envschema check`: environment by environment, each against its schema.

use std::path::Path;

use envschema::core::dotenv::Environ;
use envschema::core::dotenv::reader::Dialect;
use envschema::core::environment::Environment;
use envschema::core::judge::{self, Circumstances};
use envschema::core::layer::Layer;
use envschema::core::render::Colour;
use envschema::core::report::Report;
use envschema::source::{Content, Extent, SecretsFolder};

use crate::args::{CheckArgs, Color, Format};
use crate::circumstances;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::host::{Host, shown};
use crate::output::{self, Form, Outcome, Printer};
use crate::session::{OpenSchema, Session, Text, process_layer};

mod jobs;
mod mend;
mod prepare;
mod secrets;

use prepare::{Prepare, Ready, Unready};

/// Runs the command.
pub(crate) fn run(args: &CheckArgs, host: &dyn Host) -> Exit {
    let mut printer = Printer::new(form(args, host), args.deny_warnings);
    match usage(args).and_then(|dialect| Ok((dialect, secrets::folders(args, host)?))) {
        Ok((dialect, folders)) => check_all(args, dialect, &folders, host, &mut printer),
        Err(failure) => printer.failure(&failure),
    }
    printer.finish()
}

/// What a command line can ask for wrongly though it is well-formed; else the dialect it asks for.
fn usage(args: &CheckArgs) -> Result<Option<&'static Dialect>, Failure> {
    if super::reads_standard_input(args.files.iter().chain(&args.env_files))? && args.fix && !args.diff {
        let failure = Failure::new("standard input cannot be mended: there is no file to write to");
        return Err(failure.help("name a file, or add `--diff` to see what would change"));
    }
    args.dialect.as_deref().map(super::dialect).transpose()
}

/// The format to report in, with what it wants to know of the world.
fn form(args: &CheckArgs, host: &dyn Host) -> Box<dyn Form> {
    match args.format {
        Format::Full => output::full(colour(args.color, host)),
        Format::Concise => output::concise(),
        Format::Json => output::json(),
        Format::Github => output::github(folder(host)),
    }
}

/// Whether the report has colours.
fn colour(color: Color, host: &dyn Host) -> Colour {
    let is_set = |name| host.variable(name).is_some_and(|value| !value.is_empty());
    let is_forced = || host.variable("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0");
    let is_dumb = || host.variable("TERM").is_some_and(|term| term == "dumb");
    let coloured = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if is_set("NO_COLOR") => false,
        Color::Auto => is_forced() || (host.is_terminal() && !is_dumb()),
    };
    if coloured { Colour::Always } else { Colour::Never }
}

/// The current folder as seen from the root of a GitHub workspace, with a `/` behind it unless it is the root.
fn folder(host: &dyn Host) -> String {
    let below = || {
        let workspace = host.variable("GITHUB_WORKSPACE")?;
        let workspace = host.real_path(Path::new(&workspace)).ok()?;
        let here = host.current_folder().ok()?;
        here.strip_prefix(workspace).ok().map(shown).filter(|folder| !folder.is_empty())
    };
    below().map(|folder| folder + "/").unwrap_or_default()
}

fn check_all(
    args: &CheckArgs,
    dialect: Option<&'static Dialect>,
    folders: &[SecretsFolder],
    host: &dyn Host,
    printer: &mut Printer,
) {
    let variables = if args.process_env { host.variables() } else { Vec::new() };
    let pairs = variables.iter().map(|(key, value)| (key.as_encoded_bytes(), value.as_encoded_bytes()));
    let mut check = Check {
        args,
        host,
        dialect,
        folders,
        environ: pairs.collect(),
        process: args.process_env.then(|| process_layer(&variables)),
        prepare: Prepare::new(args, host),
    };
    let mut next = check.next(printer);
    while let Some(ready) = next {
        next = check.under_one_schema(ready, printer);
    }
}

/// What all environments of a run have in common.
struct Check<'c> {
    args: &'c CheckArgs,
    host: &'c dyn Host,
    dialect: Option<&'static Dialect>,
    folders: &'c [SecretsFolder],
    environ: Environ,
    process: Option<Layer<'c>>,
    prepare: Prepare<'c>,
}

impl Check<'_> {
    /// The next environment that can be checked; what cannot is said.
    fn next(&mut self, printer: &mut Printer) -> Option<Ready> {
        loop {
            match self.prepare.next()? {
                Ok(ready) => return Some(ready),
                Err(unready) => say(unready, self.args.schema.as_deref().map(shown), printer),
            }
        }
    }

    /// Checks `ready` and those behind it that have the same schema; gives the first that has another one.
    fn under_one_schema(&mut self, ready: Ready, printer: &mut Printer) -> Option<Ready> {
        let schema = ready.schema.clone();
        let open = self.prepare.open_schema(&schema);
        let session = match &open {
            Ok(open) => self.use_schema(open, printer),
            Err(located) => {
                printer.schema(
                    &schema.name,
                    &Report { diagnostics: vec![(**located).clone()], ..Report::default() },
                );
                None
            }
        };
        let mut current = Some(ready);
        while let Some(ready) = current {
            if ready.schema != schema {
                return Some(ready);
            }
            let sources = ready.texts.iter().map(|text| text.name.clone()).collect();
            match &session {
                Some((session, circumstances)) => match self.check(ready, session, circumstances) {
                    Ok(outcome) => printer.environment(&outcome),
                    Err(unready) => say(unready, Some(schema.name.clone()), printer),
                },
                None => printer.environment(&Outcome {
                    sources,
                    schema: Some(schema.name.clone()),
                    ..Outcome::default()
                }),
            }
            current = self.next(printer);
        }
        None
    }

    /// Says what is wrong with a schema; a session with it and the circumstances, if it can be used.
    fn use_schema<'s>(
        &self,
        open: &'s OpenSchema,
        printer: &mut Printer,
    ) -> Option<(Session<'s>, Circumstances)> {
        for (name, report) in &open.extended {
            printer.schema(name, report);
        }
        let session = Session::new(open);
        let report = session.schema_report();
        if !report.diagnostics.is_empty() {
            printer.schema(&open.name, &report);
        }
        if report.has_errors() {
            return None;
        }
        match circumstances::choose(self.args, &session.table, self.host) {
            Ok(circumstances) => Some((session, circumstances)),
            Err(failure) => {
                printer.failure(&failure);
                None
            }
        }
    }

    /// Checks one environment.
    fn check(
        &mut self,
        mut ready: Ready,
        session: &Session<'_>,
        circumstances: &Circumstances,
    ) -> Result<Outcome, Unready> {
        let dialect = self.dialect.unwrap_or_else(|| session.dialect());
        let secrets = secrets::read(self.folders, &session.table)?;
        let mut circumstances = circumstances.clone();
        if ready.conventional {
            circumstances.profile = circumstances.profile.or_else(|| {
                let layers = self.layers(&ready.texts, &secrets, session, dialect);
                judge::selected_profile(&Environment::resolve(&session.table, &layers))
            });
            self.prepare.add_profiled(&mut ready, circumstances.profile.as_deref())?;
        }
        let circumstances = &circumstances;
        let changes = self.mend(&mut ready.texts, &secrets, session, dialect, circumstances)?;
        let layers = self.layers(&ready.texts, &secrets, session, dialect);
        let checked = session.check(&layers, circumstances);
        let is_known = |profile: &String| {
            self.args.profile.is_some() || circumstances::knows_profile(&session.table, profile)
        };
        Ok(Outcome {
            sources: layers.iter().map(|layer| layer.name.to_string()).collect(),
            schema: Some(ready.schema.name),
            profile: checked.profile.filter(is_known),
            variables: session.table.rows.len(),
            report: checked.report,
            changes,
            checked: true,
        })
    }

    /// The layers of an environment, lowest precedence first.
    fn layers<'t>(
        &'t self,
        texts: &'t [Text],
        secrets: &'t [Content<'_>],
        session: &Session<'_>,
        dialect: &'static Dialect,
    ) -> Vec<Layer<'t>> {
        let files = texts.iter().map(|text| session.layer(text, dialect, &self.environ));
        let secret =
            |content: &'t Content<'_>| content.layer(&session.table, &self.environ, Extent::Everything);
        files.chain(secrets.iter().filter_map(secret)).chain(self.process.clone()).collect()
    }
}

/// Says why an environment cannot be checked.
fn say(unready: Unready, schema: Option<String>, printer: &mut Printer) {
    let Unready { sources, found, failure } = unready;
    if !sources.is_empty() {
        let report = Report { diagnostics: found, ..Report::default() };
        printer.environment(&Outcome { sources, schema, report, ..Outcome::default() });
    }
    if let Some(failure) = failure {
        printer.failure(&failure);
    }
}
