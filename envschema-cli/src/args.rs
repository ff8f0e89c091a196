//! What was typed: the command line, taken apart and nothing more.
//!
//! No option takes its value from the process environment, so no help text can show one.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use envschema::export::{Draft, Form};

/// Checks configuration against a schema: every problem at once, no secret shown, nothing executed.
#[derive(Debug, Parser)]
#[command(name = "envschema", version, after_help = EXAMPLES, disable_help_subcommand = true)]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands. What they do is said where their arguments are: said here, it would replace the long texts.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(CheckArgs),
    Read(ReadArgs),
    Fmt(FmtArgs),
    Export(ExportArgs),
    Explain(ExplainArgs),
}

/// Check environments against their schema.
///
/// The schema is the one given with --schema, else the one that a line `# envschema: schema=FILE` of the file names,
/// else `envschema.{yaml,yml,toml,json}` or `NAME.env.schema.{yaml,yml,toml,json}` beside the file or in a folder above it.
///
/// Nothing is executed or sent, nor written but by --fix. Secrets are never shown.
#[derive(ClapArgs, Debug, Default)]
#[command(after_help = CHECK_EXAMPLES)]
pub(crate) struct CheckArgs {
    /// Files to check, each an environment of its own; `-` is standard input, a folder stands for every `.env` file in it
    ///
    /// Without files, --env-file, --secrets-dir and --process-env, the files of the current folder are layers of one environment:
    /// `.env` < `.env.local` < `.env.PROFILE` < `.env.PROFILE.local`.
    #[arg(value_name = "FILES")]
    pub(crate) files: Vec<PathBuf>,

    /// A file that is a layer of one environment (.env, TOML, YAML or JSON); repeat it, later files win
    #[arg(long = "env-file", value_name = "FILE", conflicts_with = "files")]
    pub(crate) env_files: Vec<PathBuf>,

    /// A folder with one file for each secret, such as /run/secrets, as a layer above the files; repeat it, later folders win
    #[arg(long = "secrets-dir", value_name = "FOLDER")]
    pub(crate) secrets_dirs: Vec<PathBuf>,

    /// Take the process environment as the highest layer; without files it is the whole environment
    #[arg(long)]
    pub(crate) process_env: bool,

    /// The schema to check against, instead of the one found near the files
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,

    /// The profile, such as production, instead of the one the environment selects
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,

    /// Leave out variables that belong to other services only
    #[arg(long, value_name = "NAME")]
    pub(crate) service: Option<String>,

    /// Leave out variables that belong to other phases only, such as build or runtime
    #[arg(long, value_name = "NAME")]
    pub(crate) phase: Option<String>,

    /// The reader whose grammar `.env` files follow, instead of the schema's or compose
    ///
    /// References see the process environment only with --process-env. A name without a version is the newest reader of its
    /// sort, except `make`, which is 4.3: 4.4 is `make4.4`.
    #[arg(long, value_name = "NAME")]
    pub(crate) dialect: Option<String>,

    /// Report what these readers read differently: names with commas between them, or the usual ones
    ///
    /// Whether the file or the process environment wins where both have a variable is a matter of the reader, and not reported.
    #[arg(long, value_name = "NAMES", num_args = 0..=1, require_equals = true, default_missing_value = USUAL)]
    pub(crate) portable: Option<String>,

    /// Mend what can be mended without changing what is read, and report what is left; for standard input only with --diff
    #[arg(long)]
    pub(crate) fix: bool,

    /// With --fix, also do what is most likely meant, such as renaming a misspelt key
    #[arg(long, requires = "fix")]
    pub(crate) unsafe_fixes: bool,

    /// With --fix, show what would change and write nothing
    #[arg(long, requires = "fix", visible_alias = "dry-run")]
    pub(crate) diff: bool,

    /// Let warnings fail the check as errors do
    #[arg(long)]
    pub(crate) deny_warnings: bool,

    /// How to report
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) format: Format,

    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    pub(crate) color: Color,
}

/// Show what each real reader sees in a .env file.
///
/// Docker Compose, Node, python-dotenv, a shell and many more stand side by side, and what differs is marked. References see the process environment. Values of keys that look or are declared sensitive are masked. Nothing is executed.
#[derive(ClapArgs, Debug)]
#[command(after_help = READ_EXAMPLES)]
pub(crate) struct ReadArgs {
    /// Files to read; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,

    /// The readers, with commas between them, or `all`
    ///
    /// A name without a version is the newest reader of its sort, except `make`, which is 4.3: 4.4 is `make4.4`.
    #[arg(long, value_name = "NAMES", default_value = "all")]
    pub(crate) dialect: String,

    /// How to report; JSON is one line for each file
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) format: ReadFormat,

    /// The schema that says which keys are sensitive, instead of the one found near the file
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,

    /// Show every value, secrets too
    #[arg(long)]
    pub(crate) reveal: bool,
}

/// Lay out .env files without changing what is read.
///
/// No blanks around `=`, one line end, no trailing blanks. Comments and order are kept, and a second run changes nothing. Nothing is changed that a reader would then read differently.
#[derive(ClapArgs, Debug)]
#[command(after_help = FMT_EXAMPLES)]
pub(crate) struct FmtArgs {
    /// Files to lay out; `-` is standard input, only with --check or --diff
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,

    /// The readers that must read the same afterwards, with commas between them, or `all`
    #[arg(long, value_name = "NAMES", default_value = "all")]
    pub(crate) dialect: String,

    /// Write nothing; exit with 1 if a file would change
    #[arg(long)]
    pub(crate) check: bool,

    /// Write nothing; show what would change
    #[arg(long, visible_alias = "dry-run")]
    pub(crate) diff: bool,
}

/// Write a schema as other programs read it.
///
/// That is a JSON Schema for editors, or a .env.example to copy and fill in. The schema is the one given with --schema, else the nearest one in the current folder or above it. Nothing of a secret is
/// written but into `x-envschema`, which holds the whole schema.
#[derive(ClapArgs, Debug)]
pub(crate) struct ExportArgs {
    /// What to write
    #[command(subcommand)]
    pub(crate) what: Export,
}

/// What a schema can be exported as.
#[derive(Debug, Subcommand)]
pub(crate) enum Export {
    /// A JSON Schema; `envschema check` reads it as the schema itself
    JsonSchema(JsonSchemaArgs),
    /// A .env.example: descriptions and defaults, with an empty place for everything that is required
    EnvExample(EnvExampleArgs),
}

impl Export {
    /// The schema and the file.
    pub(crate) const fn target(&self) -> &Target {
        match self {
            Self::JsonSchema(args) => &args.target,
            Self::EnvExample(args) => &args.target,
        }
    }
}

/// A JSON Schema; `envschema check` reads it as the schema itself.
#[derive(ClapArgs, Debug)]
#[command(after_help = EXPORT_EXAMPLES)]
pub(crate) struct JsonSchemaArgs {
    /// What it describes: typed configuration files, or environments, where every value is a string
    #[arg(long = "for", value_enum, value_name = "FORM", default_value_t)]
    pub(crate) form: ExportForm,

    /// The version of JSON Schema; editors understand draft 7 best
    #[arg(long, value_enum, value_name = "DRAFT", default_value_t)]
    pub(crate) draft: ExportDraft,

    /// Its own absolute address, if it is published
    #[arg(long, value_name = "URL")]
    pub(crate) id: Option<String>,

    #[command(flatten)]
    pub(crate) target: Target,
}

/// A .env.example: descriptions and defaults, with an empty place for everything that is required.
#[derive(ClapArgs, Debug)]
pub(crate) struct EnvExampleArgs {
    /// What it describes: environments, and nothing else
    #[arg(long = "for", value_enum, value_name = "FORM", default_value_t)]
    pub(crate) form: ExampleForm,

    #[command(flatten)]
    pub(crate) target: Target,
}

/// Which schema, and which file.
#[derive(ClapArgs, Debug)]
pub(crate) struct Target {
    /// The schema to export, instead of the nearest one
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,

    /// Write this file, instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Write nothing; exit with 1 and show what differs if this file is not current
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    pub(crate) check: Option<PathBuf>,
}

/// What an exported JSON Schema describes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportForm {
    /// Typed values in nested tables: TOML, YAML and JSON files
    #[default]
    Config,
    /// A string under every key: environments
    Env,
}

/// What an example can describe.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum ExampleForm {
    /// Environments
    #[default]
    Env,
}

impl From<ExportForm> for Form {
    fn from(form: ExportForm) -> Self {
        match form {
            ExportForm::Config => Self::Config,
            ExportForm::Env => Self::Env,
        }
    }
}

/// A version of JSON Schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportDraft {
    /// Draft-07
    #[default]
    #[value(name = "7")]
    Draft7,
    /// Draft 2020-12
    #[value(name = "2020-12")]
    Draft202012,
}

impl From<ExportDraft> for Draft {
    fn from(draft: ExportDraft) -> Self {
        match draft {
            ExportDraft::Draft7 => Self::Draft7,
            ExportDraft::Draft202012 => Self::Draft202012,
        }
    }
}

/// How to show what readers see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReadFormat {
    /// A table, with what differs marked
    #[default]
    Text,
    /// JSON: {"file": …, "readers": {NAME: {"vars": {…}}}}
    Json,
}

/// Explain a code of a diagnostic.
///
/// That is what it means, why it matters and what to do.
#[derive(ClapArgs, Debug)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub(crate) struct ExplainArgs {
    /// The code, such as missing-variable; without one, all codes are listed
    #[arg(value_name = "CODE")]
    pub(crate) code: Option<String>,

    /// List all codes
    #[arg(long, conflicts_with = "code")]
    pub(crate) list: bool,
}

/// How to report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With the line, the place in it and the rule it breaks
    #[default]
    Full,
    /// One line for each problem
    Concise,
    /// One JSON document (schemas/envschema-report.schema.json)
    Json,
    /// Workflow commands that GitHub shows beside the lines of a pull request
    Github,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// In a terminal, unless NO_COLOR is set; everywhere if CLICOLOR_FORCE is
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

const EXAMPLES: &str = "\
Examples:
  envschema check                      the environment of the current folder
  envschema check .env deploy/         these files, each on its own
  envschema read .env                  what each real reader sees in it
  envschema fmt .env                   its layout, without changing what is read
  envschema explain missing-variable   what a code means

Exit status: 0 no errors, 1 errors were found, 2 the job could not be done";

const CHECK_EXAMPLES: &str = "\
Examples:
  envschema check
  envschema check --profile production .env
  envschema check --env-file base.toml --env-file .env --service backend
  envschema check --process-env && exec ./server        in a container's entrypoint
  envschema check --secrets-dir /run/secrets --process-env
  envschema check --format github --deny-warnings .     in a workflow
  envschema check --portable=compose,node .env          do both read the same?
  envschema check --fix --diff .env                     what would be mended
  envschema check --fix --portable=compose,node .env    write what both read alike
  sops decrypt prod.env | envschema check -

Exit status: 0 no errors, 1 errors were found, 2 the job could not be done";

const READ_EXAMPLES: &str = "\
Examples:
  envschema read .env                                    what every reader sees
  envschema read .env --dialect compose,docker-run,node
  envschema read .env --dialect bash --format json --reveal
  sops decrypt prod.env | envschema read -

Exit status: 0 done, even if a reader would fail, 2 a file could not be read";

const FMT_EXAMPLES: &str = "\
Examples:
  envschema fmt .env                             what no reader reads differently
  envschema fmt --dialect compose,node .env      what these two do not
  envschema fmt --check .env .env.example        in a workflow
  envschema fmt --diff .env

Exit status: 0 done, 1 a file would change (--check, --diff), 2 the job could not be done";

/// The readers of `portability::USUAL_READERS`, as they are typed.
const USUAL: &str = "compose,docker-run,dotenv,node,python-dotenv,bash";

const EXPORT_EXAMPLES: &str = "\
Examples:
  envschema export json-schema --output schemas/app.schema.json
  envschema export json-schema --for env --schema envschema.yaml
  envschema export json-schema --check schemas/app.schema.json    in a workflow

Exit status: 0 done, 1 the file is not current (--check), 2 the job could not be done";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  envschema explain missing-variable
  envschema explain --list";
