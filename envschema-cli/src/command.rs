//! The commands: one file each.

use std::path::{Path, PathBuf};

use envschema::core::dotenv::reader::{self, DIALECTS, Dialect, find, names};
use envschema::core::redact;
use envschema::core::schema::Schema;
use envschema::core::suggest;

use crate::discover::{Discovery, Schema as ChosenSchema};
use crate::failure::Failure;
use crate::host::{Host, Origin, shown};
use crate::session::{self, OpenSchema};

pub(crate) mod check;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod fmt;
pub(crate) mod read;

/// The dialects that are asked for: names with commas between them, or `all`.
pub(crate) fn dialects(names: &str) -> Result<Vec<&'static Dialect>, Failure> {
    let mut found: Vec<&'static Dialect> = Vec::new();
    for name in names.split(',').map(str::trim) {
        let named = if name == ALL { DIALECTS } else { &[named(name, &[ALL])?] };
        for dialect in named {
            if !found.contains(dialect) {
                found.push(dialect);
            }
        }
    }
    Ok(found)
}

/// The word that stands for every reader.
const ALL: &str = "all";

/// The dialect called `name`.
fn dialect(name: &str) -> Result<&'static Dialect, Failure> {
    named(name, &[])
}

/// The dialect called `name`, where other `words` could stand as well.
fn named(name: &str, words: &[&'static str]) -> Result<&'static Dialect, Failure> {
    find(name).ok_or_else(|| {
        let names: Vec<&str> = words.iter().copied().chain(names()).collect();
        let failure = Failure::new(format!("unknown dialect `{}`", redact::escape(name)));
        match suggest::value(name, &names) {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None => failure.help(format!("choose one of {}", names.join(", "))),
        }
    })
}

/// Whether standard input is among `files`; there it must not be twice.
fn reads_standard_input<'f>(files: impl IntoIterator<Item = &'f PathBuf>) -> Result<bool, Failure> {
    match files.into_iter().filter(|file| *file == Path::new("-")).count() {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Failure::new("standard input can be read only once")),
    }
}

/// The bytes of a `.env` file that is named on the command line, and whether its values must be withheld.
fn read(file: &Path, name: &str, host: &dyn Host) -> Result<(Vec<u8>, bool), Failure> {
    let read = if file == Path::new("-") {
        host.read_standard_input().map(|bytes| (bytes, false))
    } else {
        Discovery::new(host).read_environment(file, Origin::Named)
    };
    read.map_err(|why| {
        let failure = Failure::new(format!("cannot be read: {}", why.reason())).file(name);
        why.help().into_iter().fold(failure, Failure::help)
    })
}

/// The schema that says which values of a file may be shown: the one given, else the one the file names, else the nearest one,
/// else an empty one.
fn sensitivity(file: &Path, text: &[u8], given: Option<&Path>, host: &dyn Host) -> Result<Schema, Failure> {
    let mut discovery = Discovery::new(host);
    let found = match given {
        Some(path) => Some(ChosenSchema { path: path.to_owned(), name: shown(path), origin: Origin::Named }),
        None => found(file, text, &mut discovery)?,
    };
    let Some(found) = found else { return Ok(Schema::default()) };
    match OpenSchema::open(&found, &mut discovery) {
        Ok(open) if !open.file.has_errors() => Ok(open.file.schema),
        Ok(_) => Err(Failure::new("the schema has errors: `envschema check` shows them").file(found.name)),
        Err(located) => Err(Failure::new(located.diagnostic.headline)),
    }
}

/// The schema that a file names, else the nearest one.
fn found(file: &Path, text: &[u8], discovery: &mut Discovery<'_>) -> Result<Option<ChosenSchema>, Failure> {
    let failed = |why: &str| Failure::new(format!("the schema that it names {why}")).file(shown(file));
    let folder = discovery.folder_of(file).map_err(|error| failed(&error.kind().to_string()))?;
    match session::named_schema(text, None, reader::DEFAULT) {
        Some((written, _)) => discovery.named(&folder, Path::new(written)).map(Some).map_err(failed),
        None => discovery.nearest(&folder, Some(file)),
    }
}
