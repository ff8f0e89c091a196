//! `envschema read`: what each real reader sees in a `.env` file, side by side.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use envschema::core::dotenv::reader::Dialect;
use envschema::core::dotenv::{Environ, Outcome};
use envschema::core::redact::{self, MASK};
use envschema::core::schema::Schema;
use envschema::core::table::Table;

use crate::args::{ReadArgs, ReadFormat};
use crate::command::dialects;
use crate::discover::{Discovery, Schema as ChosenSchema};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::host::{Host, Origin, shown};
use crate::output::{self, readings};
use crate::session;

/// What the readers see in one file.
pub(crate) struct FileReading {
    /// The file, as it was named.
    pub(crate) file: String,
    /// What each reader sees.
    pub(crate) readers: Vec<(&'static Dialect, Outcome)>,
    /// The keys whose values must not be shown; `None`: all values may be.
    hidden: Option<BTreeSet<Vec<u8>>>,
}

impl FileReading {
    /// A value as it may be shown: masked if it is sensitive, else without the user and password of a url.
    pub(crate) fn shown<'v>(&self, key: &[u8], value: &'v [u8]) -> Cow<'v, [u8]> {
        let Some(hidden) = &self.hidden else { return Cow::Borrowed(value) };
        if hidden.contains(key) {
            return Cow::Borrowed(MASK.as_bytes());
        }
        match std::str::from_utf8(value) {
            Ok(text) => Cow::Owned(redact::without_userinfo(text).into_owned().into_bytes()),
            Err(_) => Cow::Borrowed(value),
        }
    }
}

/// Runs the command.
pub(crate) fn run(args: &ReadArgs, host: &dyn Host) -> Exit {
    let dialects = match dialects(&args.dialect) {
        Ok(dialects) => dialects,
        Err(failure) => {
            output::complain(&failure);
            return Exit::Undone;
        }
    };
    let variables = host.variables();
    let environ =
        variables.iter().map(|(key, value)| (key.as_encoded_bytes(), value.as_encoded_bytes())).collect();
    let mut exit = Exit::Clean;
    let mut text = String::new();
    for file in &args.files {
        match read(file, &dialects, &environ, args, host) {
            Ok(reading) => text.push_str(&match args.format {
                ReadFormat::Text => readings::text(&reading),
                ReadFormat::Json => readings::json(&reading),
            }),
            Err(failure) => {
                output::complain(&failure);
                exit = Exit::Undone;
            }
        }
    }
    exit.max(output::page(&text))
}

fn read(
    file: &Path,
    dialects: &[&'static Dialect],
    environ: &Environ,
    args: &ReadArgs,
    host: &dyn Host,
) -> Result<FileReading, Failure> {
    let name = redact::escape(&shown(file)).into_owned();
    let bytes =
        if file == Path::new("-") { host.read_standard_input() } else { host.read(file, Origin::Named) };
    let bytes = bytes.map_err(|why| {
        let failure = Failure::new(format!("cannot be read: {}", why.reason())).file(&name);
        why.help().into_iter().fold(failure, Failure::help)
    })?;
    let readers: Vec<_> = dialects
        .iter()
        .map(|dialect| (*dialect, Outcome::new(dialect, &(dialect.read)(&bytes, environ), environ)))
        .collect();
    let hidden = if args.reveal { None } else { Some(hidden(&readers, &schema(file, args, host)?)) };
    Ok(FileReading { file: name, readers, hidden })
}

/// The schema that says which keys are sensitive: the one that was named, else the nearest one, else none.
fn schema(file: &Path, args: &ReadArgs, host: &dyn Host) -> Result<Schema, Failure> {
    let mut discovery = Discovery::new(host);
    let found = match &args.schema {
        Some(path) => Some(ChosenSchema { path: path.clone(), name: shown(path), origin: Origin::Named }),
        None => discovery.folder_of(file).ok().and_then(|folder| discovery.nearest(&folder).ok().flatten()),
    };
    let Some(found) = found else { return Ok(Schema::default()) };
    match session::OpenSchema::open(&found, &mut discovery) {
        Ok(open) if !open.file.has_errors() => Ok(open.file.schema),
        Ok(_) => Err(Failure::new("the schema has errors: `envschema check` shows them").file(found.name)),
        Err(located) => Err(Failure::new(located.diagnostic.headline)),
    }
}

/// The keys that are declared or look sensitive.
fn hidden(readers: &[(&'static Dialect, Outcome)], schema: &Schema) -> BTreeSet<Vec<u8>> {
    let table = Table::new(schema);
    let is_hidden = |key: &&Vec<u8>| {
        let key = String::from_utf8_lossy(key);
        table.find(&key).map_or_else(|| redact::looks_secret(&key), |row| table.row(row).sensitive)
    };
    readers.iter().flat_map(|(_, outcome)| outcome.vars.keys()).filter(is_hidden).cloned().collect()
}
