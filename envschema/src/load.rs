//! The trait behind `#[derive(EnvSchema)]`: a schema, and a configuration that is loaded by it.

use std::rc::Rc;
use std::sync::Arc;

use envschema_core::diagnostic::Diagnostic;
use envschema_core::judge::Judgement;
use envschema_core::schema::Schema;

use crate::decode::Decoder;
use crate::error::LoadError;
#[cfg(feature = "export")]
use crate::export;
use crate::loader::Loader;
use crate::source::{Overrides, Source};

/// A configuration that knows its schema. Derive it; the methods below are what a service calls.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no schema",
    note = "a nested struct needs `#[derive(EnvSchema)]`, too"
)]
pub trait EnvSchema: Sized {
    /// The table of variables.
    const SCHEMA: &'static Schema;

    /// How many variables there are, those of nested structs included.
    #[doc(hidden)]
    const ROWS: u32;

    /// Whether the schema may have mistakes that no compiler could see: a name that is declared in another struct, or not
    /// at all, or a literal of a kind that only a program can judge. They are looked for when it is loaded.
    #[doc(hidden)]
    const IS_UNSURE: bool = true;

    /// The prefix that the struct itself puts before its keys; it is part of them already.
    #[doc(hidden)]
    const PREFIX: &'static str = "";

    /// Takes the fields out of a judged environment, in the order of the schema.
    #[doc(hidden)]
    fn decode(decoder: &mut Decoder<'_>) -> Option<Self>;

    /// As [`Self::decode`], for an optional group: `None` inside if nothing of it is set.
    #[doc(hidden)]
    fn decode_optional(decoder: &mut Decoder<'_>) -> Option<Option<Self>> {
        decoder.group()
    }

    /// Runs the rules that exist as Rust functions alone, if the derive was told of some.
    #[doc(hidden)]
    fn run_rules(&self, judgement: &Judgement<'_>) -> Vec<Diagnostic> {
        let _ = judgement;
        Vec::new()
    }

    /// Puts the JSON Schemas of types in their places, where the derive was told of some.
    #[cfg(feature = "schemars")]
    #[doc(hidden)]
    fn own_schemas(schemas: &mut crate::adapter::schemars::OwnSchemas<'_>) {
        let _ = schemas;
    }

    /// The path in typed files of what these fields lead to, with dots between their names.
    #[cfg(feature = "validator")]
    #[doc(hidden)]
    fn path_of(fields: &str) -> String {
        fields.to_owned()
    }

    /// Loads the configuration from the usual sources, lowest precedence first:
    ///
    /// 1. the defaults of the schema;
    /// 2. `config/base.toml` (or `.yaml`, `.yml`, `.json`), then `config/{profile}.…`, then `config/{service}.…` if
    ///    [`Loader::service`] says which;
    /// 3. `.env`, `.env.local`, `.env.{profile}`, `.env.{profile}.local` in the current folder;
    /// 4. the secrets in `/run/secrets` and `$CREDENTIALS_DIRECTORY`;
    /// 5. the process environment; `KEY_FILE` there, as in the files, names a file that holds the value of `KEY`.
    ///
    /// What is not there is left out.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, in every source, at once.
    fn load() -> Result<Self, LoadError> {
        Self::loader().usual_sources().load()
    }

    /// [`Self::load`], or the report on standard error and exit status 1. What is only worth a warning is printed there, too.
    #[must_use]
    fn load_or_exit() -> Self {
        match Self::loader().usual_sources().load_explained() {
            Ok((config, explanation)) => {
                explanation.print_warnings();
                config
            }
            Err(error) => error.exit(),
        }
    }

    /// A loader without sources, to be given some.
    #[must_use]
    fn loader() -> Loader<Self> {
        Loader::new()
    }

    /// Loads the configuration from these sources, lowest precedence first, and from nothing else.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, in every source, at once.
    fn load_from(sources: impl IntoIterator<Item = Box<dyn Source>>) -> Result<Self, LoadError> {
        sources.into_iter().fold(Self::loader(), Loader::boxed_source).load()
    }

    /// Loads the configuration from these keys and values, and from nothing else: a test in one line.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, at once.
    fn load_from_pairs<K: Into<String>, V: Into<String>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Result<Self, LoadError> {
        Self::loader().source(Overrides::new(pairs)).load()
    }

    /// The schema as a JSON Schema, with the feature `export`: for editors, for other programs, and for `envschema check`. A [`Form`](export::Form) says
    /// what its instances look like; [`Options`](export::Options) say more.
    #[cfg(feature = "export")]
    #[must_use]
    fn json_schema(options: impl Into<export::Options>) -> String {
        export::json_schema(Self::SCHEMA, options)
    }

    /// The schema as a `.env.example` file, with the feature `export`: a file to copy and fill in.
    #[cfg(feature = "export")]
    #[must_use]
    fn env_example() -> String {
        export::env_example(Self::SCHEMA)
    }
}

macro_rules! pointers {
    ($($pointer:ident)*) => {$(
        /// As the struct it points to.
        impl<T: EnvSchema> EnvSchema for $pointer<T> {
            const SCHEMA: &'static Schema = T::SCHEMA;
            const ROWS: u32 = T::ROWS;
            const IS_UNSURE: bool = T::IS_UNSURE;
            const PREFIX: &'static str = T::PREFIX;

            fn decode(decoder: &mut Decoder<'_>) -> Option<Self> {
                T::decode(decoder).map(Self::new)
            }

            #[cfg(feature = "schemars")]
            fn own_schemas(schemas: &mut crate::adapter::schemars::OwnSchemas<'_>) {
                T::own_schemas(schemas);
            }

            #[cfg(feature = "validator")]
            fn path_of(fields: &str) -> String {
                T::path_of(fields)
            }
        }
    )*};
}

pointers! { Box Rc Arc }
