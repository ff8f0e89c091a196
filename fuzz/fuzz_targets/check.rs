//! A schema and a `.env`, both arbitrary: a whole check ends in a report, and the report shows nothing that could act on a terminal.

#![no_main]

use std::borrow::Cow;

use envschema::core::check::check;
use envschema::core::dotenv::{DIALECTS, Environ};
use envschema::core::judge::Circumstances;
use envschema::core::layer::Layer;
use envschema::core::render::{self, Colour};
use envschema::core::report::Source;
use envschema::core::report::locate::SchemaSource;
use envschema::core::table::Table;
use envschema::schema_file::{self, Format};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // The schema ends at the first NUL; what stands behind it is the `.env`.
    let Some((first, rest)) = bytes.split_first() else { return };
    let cut = rest.iter().position(|byte| *byte == 0).unwrap_or(rest.len());
    let Ok(text) = std::str::from_utf8(&rest[..cut]) else { return };
    let env = rest.get(cut + 1..).unwrap_or_default();
    let file = schema_file::read(text, Format::Yaml);
    if file.has_errors() {
        return;
    }
    let dialect = DIALECTS[usize::from(*first) % DIALECTS.len()];
    let table = Table::new(&file.schema);
    let layers = [Layer::dotenv(Cow::Borrowed(".env"), env, dialect, (dialect.read)(env, &Environ::empty()))];
    let schema = SchemaSource { source: Source::new("envschema.yaml", text.as_bytes()), outline: &file.outline, base: None };
    let circumstances = Circumstances { profile: Some("production".to_owned()), ..Circumstances::default() };
    let report = check(&table, &layers, &circumstances, Some(&schema));
    let shown = render::full(&report, Colour::Never);
    assert!(!shown.chars().any(|character| character.is_control() && character != '\n'));
    let again = check(&table, &layers, &circumstances, Some(&schema));
    assert_eq!(shown, render::full(&again, Colour::Never));
});
