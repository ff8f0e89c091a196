//! `envschema read`: what each real reader sees in a `.env` file, side by side.

use std::path::Path;

use envschema::core::dotenv::Environ;
use envschema::core::dotenv::reader::Dialect;
use envschema::core::readings::{self, Sight};
use envschema::core::redact;
use envschema::core::table::Table;

use crate::args::{ReadArgs, ReadFormat};
use crate::command::{self, dialects, reads_standard_input, sensitivity};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::host::{Host, shown};
use crate::output::{self, readings as pages};

/// What the readers see in one file.
pub(crate) struct FileReading {
    /// The file, as it was named.
    pub(crate) file: String,
    /// What each reader sees.
    pub(crate) readers: Vec<Sight>,
}

/// Runs the command.
pub(crate) fn run(args: &ReadArgs, host: &dyn Host) -> Exit {
    let usable = reads_standard_input(&args.files).and_then(|_| dialects(&args.dialect));
    let dialects = match usable {
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
                ReadFormat::Text => pages::text(&reading),
                ReadFormat::Json => pages::json(&reading),
            }),
            Err(failure) => {
                output::complain(&failure);
                exit = Exit::Undone;
            }
        }
    }
    exit.max(output::shown(&text))
}

fn read(
    file: &Path,
    dialects: &[&'static Dialect],
    environ: &Environ,
    args: &ReadArgs,
    host: &dyn Host,
) -> Result<FileReading, Failure> {
    let name = redact::escape(&shown(file)).into_owned();
    let (bytes, withheld) = command::read(file, &name, host)?;
    let readers = if args.reveal {
        readings::revealed(&bytes, dialects, environ)
    } else if withheld {
        readings::withheld(&bytes, dialects, environ)
    } else {
        let schema = sensitivity(file, &bytes, args.schema.as_deref(), host)?;
        readings::sights(&bytes, dialects, environ, &Table::new(&schema))
    };
    Ok(FileReading { file: name, readers })
}
