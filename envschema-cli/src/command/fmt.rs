//! `envschema fmt`: the layout of `.env` files, without changing what any reader reads.

use std::path::Path;

use envschema::core::dotenv::reader::{self, Dialect};
use envschema::core::dotenv::{Environ, layout};
use envschema::core::environment::Environment;
use envschema::core::judge::{Circumstances, Judgement};
use envschema::core::layer::Layer;
use envschema::core::redact;
use envschema::core::report::locate;
use envschema::core::schema::Schema;
use envschema::core::table::Table;

use crate::args::FmtArgs;
use crate::command::{self, dialects, reads_standard_input, sensitivity};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::host::{Host, shown};
use crate::output;
use crate::output::diff::{self, Lines};

/// Runs the command.
pub(crate) fn run(args: &FmtArgs, host: &dyn Host) -> Exit {
    let mut readers = match usage(args) {
        Ok(readers) => readers,
        Err(failure) => {
            output::complain(&failure);
            return Exit::Undone;
        }
    };
    // The first one says where statements are.
    readers.retain(|reader| *reader != reader::DEFAULT);
    readers.insert(0, reader::DEFAULT);
    let mut out = String::new();
    let mut exit = Exit::Clean;
    for file in &args.files {
        exit = exit.max(match format(file, &readers, args, host) {
            Ok(None) => Exit::Clean,
            Ok(Some(text)) => {
                out.push_str(&text);
                if args.check || args.diff { Exit::Errors } else { Exit::Clean }
            }
            Err(failure) => {
                output::complain(&failure);
                Exit::Undone
            }
        });
    }
    exit.max(output::shown(&out))
}

/// The readers that a command line names, if it can be carried out.
fn usage(args: &FmtArgs) -> Result<Vec<&'static Dialect>, Failure> {
    if reads_standard_input(&args.files)? && !args.check && !args.diff {
        let failure = Failure::new("standard input cannot be laid out: there is no file to write to");
        return Err(failure.help("name a file, or add `--diff` to see what would change"));
    }
    dialects(&args.dialect)
}

/// Lays out one file; says what was done, if anything was to be done.
fn format(
    file: &Path,
    readers: &[&'static Dialect],
    args: &FmtArgs,
    host: &dyn Host,
) -> Result<Option<String>, Failure> {
    let name = redact::escape(&shown(file)).into_owned();
    let (before, withheld) = command::read(file, &name, host)?;
    let after = layout::format(&before, readers);
    if after == before {
        return Ok(None);
    }
    if args.diff {
        // A schema only says which values may be shown, so a layout does not depend on one.
        let schema = sensitivity(file, &before, None, host).unwrap_or_default();
        let [old, new] = [&before, &after].map(|text| lines(&name, text, &schema, withheld));
        return Ok(Some(diff::unified(&name, &Lines::new(&before, old), &Lines::new(&after, new))));
    }
    if args.check {
        return Ok(Some(format!("would change {name}\n")));
    }
    host.replace(file, &after)
        .map_err(|why| Failure::new(format!("cannot be written: {why}")).file(&name))?;
    Ok(Some(format!("changed {name}\n")))
}

/// The lines of a text as they may be shown: only what the schema declares and what is not sensitive, and no value that is to
/// be withheld.
fn lines(name: &str, text: &[u8], schema: &Schema, withheld: bool) -> Vec<String> {
    let table = Table::new(schema);
    let reading = (reader::DEFAULT.read)(text, &Environ::empty());
    let layer = Layer::dotenv(name.into(), text, reader::DEFAULT, reading);
    let layers = [Layer { withheld, ..layer }];
    let environment = Environment::resolve(&table, &layers);
    locate::shown_lines(&Judgement::new(&environment, &Circumstances::default()), 0)
}
