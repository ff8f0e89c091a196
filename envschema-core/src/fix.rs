//! The fixes of diagnostics, carried out on the text of a layer, with what they must not change held against them.

use crate::diagnostic::{Diagnostic, Fix, Safety};
use crate::dotenv::{Dialect, Edit, Environ, Value, apply};
use crate::judge::Judgement;
use crate::layer::{Layer, LayerKind};
use crate::portability::lines_of;
use crate::raw::Raw;
use crate::span::Span;
use crate::subject::{EntryId, Part, Subject};

/// A layer's text after its fixes.
pub struct Mended {
    /// The text.
    pub text: Vec<u8>,
    /// What was done, in the order of the file.
    pub titles: Vec<String>,
}

/// Carries out the fixes of `diagnostics` in layer number `layer`; unsafe ones only if `most` says so.
///
/// A safe fix is left out if the layer's own reader, or one that must read alike, would then read another value.
#[must_use]
pub fn mend(judgement: &Judgement<'_>, diagnostics: &[Diagnostic], layer: u32, most: Safety) -> Mended {
    let source = &judgement.environment.layers[layer as usize];
    let LayerKind::Dotenv(dialect) = source.kind else {
        return Mended { text: source.text.to_vec(), titles: Vec::new() };
    };
    let mut readers = judgement.readers.clone();
    readers.push(dialect);
    let mut edits: Vec<Edit> = Vec::new();
    let mut titles = Vec::new();
    for fix in diagnostics.iter().filter_map(|diagnostic| diagnostic.fix.as_ref()) {
        let Some(next) = edits_of(source, layer, fix) else { continue };
        let overlaps = next.iter().any(|edit| {
            edits.iter().any(|other| edit.span.start < other.span.end && other.span.start < edit.span.end)
        });
        if overlaps || (fix.safety == Safety::Unsafe && most == Safety::Safe) {
            continue;
        }
        if fix.safety == Safety::Safe && !keeps_values(source, &next, &readers, fix) {
            continue;
        }
        edits.extend(next);
        titles.push(fix.title.clone());
    }
    Mended { text: apply(source.text, &edits), titles }
}

/// The edits of a fix in the text of a layer; `None` if one of them is somewhere else.
fn edits_of(source: &Layer<'_>, layer: u32, fix: &Fix) -> Option<Vec<Edit>> {
    let edit = |edit: &crate::diagnostic::Edit| {
        let span = span_of(source, layer, &edit.subject)?;
        Some(Edit { span, text: edit.text.clone().into_bytes() })
    };
    fix.edits.iter().map(edit).collect()
}

fn span_of(source: &Layer<'_>, layer: u32, subject: &Subject) -> Option<Span> {
    let Subject::Entry { id: EntryId { layer: of, entry }, part } = subject else { return None };
    let entry = source.entries.get(*entry as usize).filter(|_| *of == layer)?;
    match part {
        Part::Key => Some(entry.key_span),
        Part::Value => Some(entry.value_span),
        Part::Lines => Some(lines_of(source.text, entry.span)),
        Part::Within(_) | Part::Item(_) | Part::Reference(_) => None,
    }
}

/// Whether, once a fix is carried out, every reader reads the statements it touches as the layer's reader did before.
fn keeps_values(source: &Layer<'_>, edits: &[Edit], readers: &[&Dialect], fix: &Fix) -> bool {
    let text = apply(source.text, edits);
    let touched = fix.edits.iter().filter_map(|edit| match &edit.subject {
        Subject::Entry { id, .. } => source.entries.get(id.entry as usize),
        _ => None,
    });
    let mut values = touched
        .filter_map(|entry| if let Raw::Text(value) = &entry.raw { Some(value.as_bytes()) } else { None });
    let readings: Vec<_> = readers.iter().map(|dialect| (dialect.read)(&text, &Environ::empty())).collect();
    let holds = |value: &[u8], at: u32| {
        readings.iter().all(|reading| {
            let here = reading.assignments.iter().find(|assignment| at <= assignment.span.end);
            matches!(here.map(|assignment| &assignment.value), Some(Value::Set(read)) if **read == *value)
        })
    };
    edits.iter().all(|edit| values.next().is_none_or(|value| holds(value, edit.span.start)))
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::mend;
    use crate::diagnostic::Safety;
    use crate::dotenv::{Environ, find};
    use crate::environment::Environment;
    use crate::judge::{Circumstances, Judgement};
    use crate::kind::Kind;
    use crate::layer::Layer;
    use crate::registry;
    use crate::schema::{Entry, Schema, Variable};
    use crate::table::Table;

    fn mended(text: &str, readers: &[&str], most: Safety) -> String {
        let port =
            Variable { aliases: vec!["OLD_PORT".into()].into(), ..Variable::new("PORT".into(), Kind::Port) };
        let host = Variable::new("HOSTNAME_".into(), Kind::String);
        let schema = Schema {
            entries: vec![Entry::Variable(port), Entry::Variable(host)].into(),
            ..Schema::default()
        };
        let table = Table::new(&schema);
        let dialect = find("compose").unwrap();
        let reading = (dialect.read)(text.as_bytes(), &Environ::empty());
        let layers = [Layer::dotenv(Cow::Borrowed(".env"), text.as_bytes(), dialect, reading)];
        let environment = Environment::resolve(&table, &layers);
        let readers = readers.iter().map(|name| find(name).unwrap()).collect();
        let circumstances = Circumstances { readers: Some(readers), ..Circumstances::default() };
        let judgement = Judgement::new(&environment, &circumstances);
        let diagnostics = registry::check_environment(&judgement);
        String::from_utf8(mend(&judgement, &diagnostics, 0, most).text).unwrap()
    }

    #[test]
    fn an_old_name_is_renamed() {
        assert_eq!(mended("# a\nOLD_PORT=80 # b\n", &[], Safety::Safe), "# a\nPORT=80 # b\n");
    }

    #[test]
    fn a_misspelt_key_is_renamed_only_when_asked() {
        assert_eq!(mended("HOSTNMAE_=a\n", &[], Safety::Safe), "HOSTNMAE_=a\n");
        assert_eq!(mended("HOSTNMAE_=a\n", &[], Safety::Unsafe), "HOSTNAME_=a\n");
    }

    #[cfg(feature = "dialects")]
    #[test]
    fn a_value_is_spelt_so_that_all_readers_agree() {
        let text = "PORT = 80 # the port\nHOSTNAME_=\"a b\"\n";
        assert_eq!(mended(text, &["docker-run"], Safety::Safe), "# the port\nPORT=80\nHOSTNAME_=a b\n");
    }
}
