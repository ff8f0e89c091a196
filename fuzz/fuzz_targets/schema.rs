//! Any text as a schema in every format: no panic, every diagnostic has a place inside the text, and the report can be rendered.

#![no_main]

use envschema::core::render::{self, Colour};
use envschema::core::report::Source;
use envschema::core::report::locate::{self, SchemaSource};
use envschema::core::subject::Subject;
use envschema::schema_file::{self, Format};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let format = [Format::Yaml, Format::Toml, Format::Json][usize::from(*first) % 3];
    let file = schema_file::read(text, format);
    for diagnostic in &file.diagnostics {
        if let Subject::SchemaText(span) = &diagnostic.primary {
            assert!(span.range().end <= text.len() && text.is_char_boundary(span.range().start));
        }
    }
    let source = SchemaSource { source: Source::new("schema", text.as_bytes()), outline: &file.outline, base: None };
    let report = locate::report_schema(file.diagnostics.clone(), &source);
    let _ = render::full(&report, Colour::Never);
});
