//! Environments made ready to be checked: their files are read, their schema is chosen.

use std::path::{Path, PathBuf};

use envschema::core::dotenv::{self, reader};
use envschema::core::phrase;
use envschema::core::redact;
use envschema::core::report::{Located, Source};
use envschema::core::span::Span;

use super::jobs::{Given, Job, Jobs};
use crate::args::CheckArgs;
use crate::command;
use crate::discover::{Discovery, Grammar, Schema, grammar};
use crate::failure::Failure;
use crate::host::{Host, Origin, Sort, Unreadable, shown};
use crate::session::{self, OpenSchema, Text, unusable};

/// What standard input is called.
const STANDARD_INPUT: &str = "<stdin>";

/// An environment that can be checked.
pub(super) struct Ready {
    /// The texts of its layers, lowest precedence first.
    pub(super) texts: Vec<Text>,
    /// Whether the files of the profile are still to be added.
    pub(super) conventional: bool,
    /// Its schema.
    pub(super) schema: Schema,
}

/// An environment that cannot be checked, and why.
#[derive(Default)]
pub(super) struct Unready {
    /// The names of its layers.
    pub(super) sources: Vec<String>,
    /// What is wrong with files.
    pub(super) found: Vec<Located>,
    /// Anything else.
    pub(super) failure: Option<Failure>,
}

/// A source that was read.
struct Opened {
    text: Text,
}

/// Makes environments ready.
pub(super) struct Prepare<'p> {
    args: &'p CheckArgs,
    host: &'p dyn Host,
    jobs: Jobs<'p>,
    discovery: Discovery<'p>,
}

impl<'p> Prepare<'p> {
    /// Makes ready what `args` asks for.
    pub(super) fn new(args: &'p CheckArgs, host: &'p dyn Host) -> Self {
        Self { args, host, jobs: Jobs::new(args, host), discovery: Discovery::new(host) }
    }

    /// The next environment.
    pub(super) fn next(&mut self) -> Option<Result<Ready, Unready>> {
        Some(match self.jobs.next()? {
            Ok(Job::Layers(given)) => self.layers(given),
            Ok(Job::Conventional) => self.conventional(),
            Err(failure) => Err(Unready { failure: Some(failure), ..Unready::default() }),
        })
    }

    /// Adds the files of `profile` to the conventional ones.
    pub(super) fn add_profiled(&mut self, ready: &mut Ready, profile: Option<&str>) -> Result<(), Unready> {
        let profile = profile.filter(|profile| is_plain(profile));
        let names = profile
            .into_iter()
            .flat_map(|profile| [format!(".env.{profile}"), format!(".env.{profile}.local")]);
        for name in names {
            // The profile `local` has the name of a file that every profile has.
            if ready.texts.iter().all(|text| text.name != name) {
                let text = self.read_conventional(&name)?.map(|opened| opened.text);
                ready.texts.extend(text.map(|text| Text { profiled: true, ..text }));
            }
        }
        if ready.texts.is_empty() {
            let failure = Failure::new("there is no `.env` file in the current folder")
                .help("name files, or take the process environment with --process-env");
            return Err(Unready { failure: Some(failure), ..Unready::default() });
        }
        Ok(())
    }

    /// Reads and understands a schema. What it extends lies in the same repository.
    pub(super) fn open_schema(&mut self, schema: &Schema) -> Result<OpenSchema, Box<Located>> {
        OpenSchema::open(schema, &mut self.discovery)
    }

    fn conventional(&mut self) -> Result<Ready, Unready> {
        let mut opened = Vec::new();
        for name in [".env", ".env.local"] {
            opened.extend(self.read_conventional(name)?);
        }
        self.ready(opened, true)
    }

    /// A file of the current folder, if it is there.
    fn read_conventional(&mut self, name: &str) -> Result<Option<Opened>, Unready> {
        let path = PathBuf::from(name);
        match self.discovery.read(&path, Origin::Found) {
            Ok(bytes) => {
                let text = Text {
                    name: name.to_owned(),
                    bytes,
                    format: None,
                    path: Some(path),
                    profiled: false,
                    withheld: false,
                };
                Ok(Some(Opened { text }))
            }
            Err(Unreadable::Missing) => Ok(None),
            // A folder of this name is something else: a virtual environment of Python.
            Err(Unreadable::Folder) if name == ".env" => Ok(None),
            Err(why) => {
                let found = vec![*unreadable(name, why)];
                Err(Unready { sources: vec![name.to_owned()], found, ..Unready::default() })
            }
        }
    }

    fn layers(&mut self, given: Vec<Given>) -> Result<Ready, Unready> {
        let mut opened = Vec::new();
        let mut unready = Unready::default();
        for given in given {
            let name = match &given {
                Given::StandardInput => STANDARD_INPUT.to_owned(),
                Given::File(path, _) => shown(path),
            };
            match self.read(&name, given) {
                Ok(read) => opened.push(read),
                Err(located) => unready.found.push(*located),
            }
            unready.sources.push(name);
        }
        if unready.found.is_empty() { self.ready(opened, false) } else { Err(unready) }
    }

    fn read(&mut self, name: &str, given: Given) -> Result<Opened, Box<Located>> {
        let (read, path) = match given {
            Given::StandardInput => (self.host.read_standard_input().map(|bytes| (bytes, false)), None),
            Given::File(path, origin) => (self.discovery.read_environment(&path, origin), Some(path)),
        };
        let (bytes, withheld) = read.map_err(|why| {
            let mut located = unreadable(name, why);
            let may_name_readers = why == Unreadable::Missing && self.args.portable.is_some();
            if may_name_readers && command::dialects(name).is_ok() {
                located.diagnostic.help = Some(format!("to compare with readers write `--portable={name}`"));
            }
            located
        })?;
        let format = match path.as_deref().map_or(Grammar::Dotenv, grammar) {
            Grammar::Document(format) => Some(format),
            Grammar::Dotenv => None,
            // Whoever names a dialect says how the file is read.
            Grammar::Unknown if self.args.dialect.is_some() => None,
            Grammar::Unknown => return Err(unsupported(name)),
        };
        Ok(Opened { text: Text { name: name.to_owned(), bytes, format, path, profiled: false, withheld } })
    }

    fn ready(&mut self, opened: Vec<Opened>, conventional: bool) -> Result<Ready, Unready> {
        let schema = self.choose_schema(&opened);
        let texts: Vec<_> = opened.into_iter().map(|opened| opened.text).collect();
        match schema {
            Ok(schema) => Ok(Ready { texts, conventional, schema }),
            Err(unready) => {
                Err(Unready { sources: texts.into_iter().map(|text| text.name).collect(), ..unready })
            }
        }
    }

    /// The schema that was named, else the one that a layer names, else the nearest one; higher layers come first.
    fn choose_schema(&mut self, opened: &[Opened]) -> Result<Schema, Unready> {
        if let Some(path) = &self.args.schema {
            return Ok(Schema { path: path.clone(), name: shown(path), origin: Origin::Named });
        }
        let dialect = self.args.dialect.as_deref().and_then(dotenv::find).unwrap_or(reader::DEFAULT);
        if let Some(named) =
            self.named_schema(opened, |text| session::named_schema(&text.bytes, text.format, dialect))?
        {
            return Ok(named);
        }
        for (folder, path) in self.folders(opened) {
            let nearest = self.discovery.nearest(&folder, path);
            if let Some(schema) =
                nearest.map_err(|failure| Unready { failure: Some(failure), ..Unready::default() })?
            {
                return Ok(schema);
            }
        }
        // What editors are told comes last: it need not be a schema of ours.
        if let Some(named) =
            self.named_schema(opened, |text| session::editors_schema(&text.bytes, text.format))?
        {
            return Ok(named);
        }
        let names: Vec<_> = opened.iter().map(|opened| opened.text.name.as_str()).collect();
        let failure = match &*names {
            [] => Failure::new("no schema found"),
            names => Failure::new(format!("no schema found for {}", phrase::all(names))),
        };
        let failure =
            failure.help("write an `envschema.yaml` beside it or above, or name a schema with --schema");
        Err(Unready { failure: Some(failure), ..Unready::default() })
    }

    /// The schema that layers name for themselves. They must agree.
    fn named_schema(
        &mut self,
        opened: &[Opened],
        find: impl Fn(&Text) -> Option<(&str, Span)>,
    ) -> Result<Option<Schema>, Unready> {
        let mut chosen: Option<(Schema, &str)> = None;
        for Opened { text } in opened {
            let Some((written, line)) = find(text) else {
                continue;
            };
            let folder = text
                .path
                .as_deref()
                .map_or(Ok(self.discovery.here().to_owned()), |path| self.discovery.folder_of(path));
            let named = folder
                .map_err(|_| "cannot be looked for")
                .and_then(|folder| self.discovery.named(&folder, Path::new(written)));
            let named = named
                .map_err(|why| Unready { found: vec![*refused(text, line, why)], ..Unready::default() })?;
            match &chosen {
                Some((other, by)) if other.path != named.path => {
                    let message = format!("{} name different schemas", phrase::all(&[*by, &text.name]));
                    let failure = Failure::new(message).help("choose one with --schema");
                    return Err(Unready { failure: Some(failure), ..Unready::default() });
                }
                Some(_) => {}
                None => chosen = Some((named, &text.name)),
            }
        }
        Ok(chosen.map(|(schema, _)| schema))
    }

    /// The folders to look for a schema from. What has no folder of its own belongs to the current one.
    fn folders<'o>(&mut self, opened: &'o [Opened]) -> Vec<(PathBuf, Option<&'o Path>)> {
        let here = self.discovery.here().to_owned();
        let paths = opened.iter().rev().map(|opened| opened.text.path.as_deref());
        let folders = paths.map(|path| match path {
            Some(path) if self.host.sort_of(path).is_ok_and(|sort| sort == Sort::File) => {
                Some((self.discovery.folder_of(path).ok()?, Some(path)))
            }
            path => Some((here.clone(), path)),
        });
        let folders: Vec<_> = folders.flatten().collect();
        if opened.is_empty() { vec![(here, None)] } else { folders }
    }
}

/// Whether a profile can be part of the name of a file.
fn is_plain(profile: &str) -> bool {
    !profile.is_empty()
        && profile.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

fn unreadable(name: &str, why: Unreadable) -> Box<Located> {
    let headline = format!("cannot read `{}`: {}", redact::escape(name), why.reason());
    unusable("unreadable-source", name, headline, why.help())
}

fn unsupported(name: &str) -> Box<Located> {
    let headline = format!("the name of `{}` does not say what it is written in", redact::escape(name));
    let help =
        "for a `.env` file, choose its reader with --dialect; other files end in .toml, .yaml or .json";
    unusable("unsupported-format", name, headline, Some(help.to_owned()))
}

/// The schema that a line of `text` names cannot be used.
fn refused(text: &Text, line: Span, why: &str) -> Box<Located> {
    let headline = format!("the schema that this line names {why}");
    let help = "name a file inside the repository by its relative path, or choose a schema with --schema";
    let mut located = unusable("unreadable-source", &text.name, headline, Some(help.to_owned()));
    let source = Source::new(&text.name, &text.bytes);
    located.place.line = Some(source.lines().line_of(line.start));
    located
}
