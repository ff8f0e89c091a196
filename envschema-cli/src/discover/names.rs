//! What the name of a file says about it.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use envschema::schema_file::Format;

/// The endings of schema files.
const FORMATS: [&str; 4] = ["yaml", "yml", "toml", "json"];

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grammar {
    /// As a `.env` file.
    Dotenv,
    /// As a typed file.
    Document(Format),
    /// The name says nothing that is known.
    Unknown,
}

/// How the name of a file says it is read: by its extension; without a telling one it is a `.env` file.
pub(crate) fn grammar(path: &Path) -> Grammar {
    if let Some(format) = Format::of(path) {
        return Grammar::Document(format);
    }
    let is_plain = path.extension().is_none();
    if is_plain || path.file_name().is_some_and(is_dotenv) { Grammar::Dotenv } else { Grammar::Unknown }
}

/// Whether a file of this name is an environment when a whole folder is checked: `.env`, `.env.*` and `*.env`, but no schema.
pub(crate) fn is_environment(name: &OsStr) -> bool {
    is_dotenv(name) && !is_schema(name) && name != ".env.schema"
}

/// Whether a file of this name is found as a schema: `envschema.yaml`, `billing.env.schema.toml`, `.env.schema.json`.
pub(crate) fn is_schema(name: &OsStr) -> bool {
    let Some(name) = name.to_str() else { return false };
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    FORMATS.contains(&extension) && (stem == "envschema" || stem.ends_with(".env.schema"))
}

/// Of several schemas the one that says in its name that it is for a file of this name: `billing.env.schema.toml` is for
/// `billing.env`, and for `billing.env.local` unless that has one of its own.
pub(crate) fn own_schema<'n>(file: &OsStr, schemas: &'n [OsString]) -> Option<&'n OsStr> {
    let file = file.to_str()?;
    let subject = |schema: &'n OsString| schema.to_str()?.rsplit_once('.')?.0.strip_suffix(".schema");
    let fits = |subject: &str| {
        file.strip_prefix(subject).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let named = schemas.iter().filter_map(|schema| Some((subject(schema)?, schema)));
    let fitting = named.filter(|(subject, _)| fits(subject));
    fitting.max_by_key(|(subject, _)| subject.len()).map(|(_, schema)| schema.as_os_str())
}

/// The names every folder is asked for when it cannot be listed.
pub(crate) fn plain_schemas() -> impl Iterator<Item = String> {
    FORMATS.iter().map(|extension| format!("envschema.{extension}"))
}

fn is_dotenv(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name == b".env" || name.starts_with(b".env.") || name.ends_with(b".env")
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::path::Path;

    use envschema::schema_file::Format;

    use super::{Grammar, grammar, is_environment, is_schema};

    #[test]
    fn environments_and_schemas_go_by_their_names() {
        let rows = [
            (".env", true, false),
            (".env.production", true, false),
            (".env.production.local", true, false),
            ("prod.env", true, false),
            (".env.yaml", true, false),
            (".envrc", false, false),
            ("env", false, false),
            ("venv", false, false),
            (".environment", false, false),
            (".env.schema", false, false),
            (".env.schema.yaml", false, true),
            ("billing.env.schema.toml", false, true),
            ("billing.env.schema.txt", false, false),
            ("envschema.yml", false, true),
            ("envschema.json", false, true),
            ("envschema", false, false),
            ("my-envschema.yaml", false, false),
        ];
        for (name, environment, schema) in rows {
            assert_eq!(is_environment(OsStr::new(name)), environment, "{name}");
            assert_eq!(is_schema(OsStr::new(name)), schema, "{name}");
        }
    }

    #[test]
    fn the_extension_says_how_a_file_is_read() {
        let rows = [
            (".env", Grammar::Dotenv),
            ("a/.env.local", Grammar::Dotenv),
            ("prod.env", Grammar::Dotenv),
            ("/dev/fd/63", Grammar::Dotenv),
            ("config.toml", Grammar::Document(Format::Toml)),
            (".env.json", Grammar::Document(Format::Json)),
            ("Config.YML", Grammar::Document(Format::Yaml)),
            ("app.ini", Grammar::Unknown),
            ("env.list", Grammar::Unknown),
        ];
        for (name, expected) in rows {
            assert_eq!(grammar(Path::new(name)), expected, "{name}");
        }
    }
}
