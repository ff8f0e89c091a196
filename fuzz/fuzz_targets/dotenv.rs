//! Any bytes, in every dialect: no panic, the pieces are the file, every span lies inside it and on a character boundary.

#![no_main]

use envschema::core::dotenv::{DIALECTS, Document, Environ, Value};
use envschema::core::span::Span;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let environ: Environ = [("HOME", "/home/app"), ("A", "1"), ("EMPTY", "")].into_iter().collect();
    for dialect in DIALECTS {
        let reading = (dialect.read)(bytes, &environ);
        for assignment in &reading.assignments {
            for span in [assignment.span, assignment.key_span, assignment.value_span] {
                check_span(bytes, span);
            }
            if let Value::Set(std::borrow::Cow::Borrowed(value)) = &assignment.value {
                assert_eq!(*value, assignment.value_span.of(bytes), "{}", dialect.name);
            }
        }
        reading.problems.iter().for_each(|problem| check_span(bytes, problem.span));
        reading.references.iter().for_each(|reference| check_span(bytes, reference.span));
        let document = Document::new(bytes, &reading);
        let tiled: Vec<u8> = document.pieces().iter().flat_map(|piece| piece.span.of(bytes)).copied().collect();
        assert_eq!(tiled, bytes, "{}", dialect.name);
    }
});

fn check_span(bytes: &[u8], span: Span) {
    assert!(span.start <= span.end && span.range().end <= bytes.len());
    if let Ok(text) = std::str::from_utf8(bytes) {
        assert!(text.is_char_boundary(span.range().start) && text.is_char_boundary(span.range().end));
    }
}
