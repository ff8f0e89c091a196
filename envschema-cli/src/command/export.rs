//! `envschema export`: a schema as other programs read it, printed, written to a file, or compared with one.

use std::path::Path;

use envschema::core::dotenv::Environ;
use envschema::core::dotenv::reader;
use envschema::core::environment::Environment;
use envschema::core::judge::{Circumstances, Judgement};
use envschema::core::layer::Layer;
use envschema::core::redact;
use envschema::core::report::locate;
use envschema::core::table::Table;
use envschema::export::{Options, env_example, json_schema};

use crate::args::{Export, ExportArgs, Target};
use crate::discover::{Discovery, Schema};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::host::{Host, Origin, Unreadable, shown};
use crate::output;
use crate::output::diff::{self, Lines};
use crate::session::OpenSchema;

mod secrets;

/// Runs the command.
pub(crate) fn run(args: &ExportArgs, host: &dyn Host) -> Exit {
    export(&args.what, host).unwrap_or_else(|failure| {
        output::complain(&failure);
        Exit::Undone
    })
}

fn export(what: &Export, host: &dyn Host) -> Result<Exit, Failure> {
    let schema = open(what.target(), host)?;
    let text = match what {
        Export::JsonSchema(args) => {
            refuse_foreign(&schema)?;
            let options = Options { form: args.form.into(), draft: args.draft.into(), id: args.id.clone() };
            json_schema(&schema.file.schema, options)
        }
        Export::EnvExample(_) => env_example(&schema.file.schema),
    };
    let Target { output, check, .. } = what.target();
    match (output, check) {
        (Some(file), _) => write(file, &text, host),
        (None, Some(file)) => compare(file, &text, what, &schema, host),
        (None, None) => Ok(output::page(&text)),
    }
}

/// The schema that was named, else the nearest one.
fn open(target: &Target, host: &dyn Host) -> Result<OpenSchema, Failure> {
    let mut discovery = Discovery::new(host);
    let found = match &target.schema {
        Some(path) => Some(Schema { path: path.clone(), name: shown(path), origin: Origin::Named }),
        None => {
            let here = discovery.here().to_owned();
            discovery.nearest(&here, None)?
        }
    };
    let missing = || Failure::new("there is no schema here").help("name one: --schema envschema.yaml");
    let found = found.ok_or_else(missing)?;
    match OpenSchema::open(&found, &mut discovery) {
        Ok(open) if !open.file.has_errors() => Ok(open),
        Ok(_) => {
            let failure = Failure::new("the schema has errors").file(found.name);
            Err(failure.help("`envschema check` shows them"))
        }
        Err(located) => Err(Failure::new(located.diagnostic.headline)),
    }
}

/// An export of the model would lose what the model cannot say.
fn refuse_foreign(schema: &OpenSchema) -> Result<(), Failure> {
    let Some(foreign) = &schema.file.foreign else { return Ok(()) };
    let mut names: Vec<&str> = foreign.keywords.iter().map(|keyword| keyword.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let headline = format!("an export would lose {}", envschema::core::phrase::all(&names));
    Err(Failure::new(headline)
        .file(&schema.name)
        .help("the schema is a JSON Schema already: use it as it is"))
}

/// Writes the file, unless that would change nothing.
fn write(file: &Path, text: &str, host: &dyn Host) -> Result<Exit, Failure> {
    let name = shown(file);
    let is_current = matches!(host.read(file, Origin::Named), Ok(bytes) if bytes == text.as_bytes());
    if !is_current {
        let failure = |why| Failure::new(format!("cannot be written: {why}")).file(&name);
        host.write(file, text.as_bytes()).map_err(failure)?;
        return Ok(output::page(&format!("wrote {name}\n")));
    }
    Ok(Exit::Clean)
}

/// Shows what differs between a file and what it should be. What ends a line does not count.
fn compare(
    file: &Path,
    text: &str,
    what: &Export,
    schema: &OpenSchema,
    host: &dyn Host,
) -> Result<Exit, Failure> {
    let name = shown(file);
    let before = match host.read(file, Origin::Named) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).replace("\r\n", "\n"),
        Err(Unreadable::Missing) => {
            return Ok(output::page(&format!("{name} does not exist\n")).max(Exit::Errors));
        }
        Err(why) => return Err(Failure::new(format!("cannot be read: {}", why.reason())).file(&name)),
    };
    if before == text {
        return Ok(Exit::Clean);
    }
    let (old, new) = match what {
        Export::JsonSchema(_) => secrets::shown(&before, text, &schema.file.schema),
        Export::EnvExample(_) => (example_lines(&before, schema), text.lines().map(escaped).collect()),
    };
    let (old, new) = (Lines::new(before.as_bytes(), old), Lines::new(text.as_bytes(), new));
    Ok(output::shown(&format!("{name} is stale\n{}", diff::unified(&name, &old, &new))).max(Exit::Errors))
}

fn escaped(line: &str) -> String {
    redact::escape(line).into_owned()
}

/// The lines of a `.env` file as they may be shown: somebody may have filled it in.
fn example_lines(text: &str, schema: &OpenSchema) -> Vec<String> {
    let table = Table::new(&schema.file.schema);
    let reading = (reader::DEFAULT.read)(text.as_bytes(), &Environ::empty());
    let layers = [Layer::dotenv("example".into(), text.as_bytes(), reader::DEFAULT, reading)];
    let environment = Environment::resolve(&table, &layers);
    locate::shown_lines(&Judgement::new(&environment, &Circumstances::default()), 0)
}
