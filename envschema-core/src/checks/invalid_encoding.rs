//! `invalid-encoding`: bytes that are no text: not UTF-8, NUL, or a byte order mark the reader trips over.

use crate::diagnostic::{Diagnostic, Findings};
use crate::dotenv::Syntax;
use crate::judge::Judgement;
use crate::layer::Layer;
use crate::phrase;
use crate::raw::Raw;
use crate::registry::{Check, Run};
use crate::subject::{EntryId, Part, Subject, VariablePart};

/// The check.
pub static CHECK: Check = Check {
    code: "invalid-encoding",
    summary: "bytes that are no text: not UTF-8, NUL, or a byte order mark the reader trips over",
    page: include_str!("invalid_encoding.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Findings) {
    super::syntax::report(judgement, Syntax::InvalidEncoding, CHECK.code, report);
    let environment = judgement.environment;
    // A reading that reports such bytes reports all of them.
    let is_said: Vec<bool> = environment.layers.iter().map(reports_bytes).collect();
    let is_unsaid =
        |id: EntryId| !is_said[id.layer as usize] && matches!(environment.entry(id).raw, Raw::Bytes);
    for occurrence in environment.occurrences.iter().filter(|occurrence| is_unsaid(occurrence.id)) {
        let key = &environment.table.row(occurrence.row).key;
        let name = phrase::name(judgement.shown_key(occurrence.id), key);
        let headline = format!("the value of {name} is not UTF-8");
        report.push(
            Diagnostic::error(CHECK.code, Subject::entry(occurrence.id, Part::Key), headline)
                .key(key.as_ref())
                .rule(Subject::variable(occurrence.row, VariablePart::Key))
                .help("write text in UTF-8, and other bytes in base64"),
        );
    }
}

fn reports_bytes(layer: &Layer<'_>) -> bool {
    layer.problems.iter().any(|problem| problem.code == Syntax::InvalidEncoding)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::kind::Kind;
    use crate::layer::LayerKind;
    use crate::raw::Raw;
    use crate::testing::{Scene, variable};

    #[test]
    fn a_file_says_it_once() {
        let scene = Scene::new([variable("NAME", Kind::String)]).file_in("compose", ".env", b"NAME=a\xff\n");
        assert_eq!(scene.codes(), [CHECK.code]);
    }

    #[test]
    fn a_value_without_a_text_is_said_by_name() {
        let scene = Scene::new([variable("NAME", Kind::String)]);
        let scene = scene.values(LayerKind::Process, [("NAME", Raw::Bytes), ("OTHER", Raw::Bytes)]);
        assert_eq!(scene.found(), ["values: error[invalid-encoding]: the value of `NAME` is not UTF-8"]);
    }
}
