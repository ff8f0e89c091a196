//! The fixes of diagnostics, carried out on the texts of layers, with what they must not change held against them.

use crate::diagnostic::{Diagnostic, Fix, Safety};
use crate::dotenv::compare::finals;
use crate::dotenv::document::admitted;
use crate::dotenv::{Dialect, Edit, Environ, Reading, Value, apply};
use crate::environment::Environment;
use crate::judge::{Circumstances, Judgement};
use crate::layer::{Layer, LayerKind};
use crate::portability::{self, Comparison, lines_of};
use crate::registry;
use crate::span::Span;
use crate::subject::{EntryId, Part, Subject};
use crate::table::Table;

/// How often everything is checked anew after fixes: one may make room for another.
const MOST_ROUNDS: usize = 8;

/// A layer's text after its fixes.
#[derive(Clone, Default)]
pub struct Mended {
    /// The text.
    pub text: Vec<u8>,
    /// What was done, in the order of the file.
    pub titles: Vec<String>,
}

/// Carries out the fixes of everything that is wrong with `layers`, until none is left: the text of each layer afterwards.
/// Unsafe fixes are carried out only if `most` says so; references see `environ`.
///
/// A safe fix is left out if the layer's own reader would then read anything but other names for what was renamed, or if a
/// reader that must read alike would come to differ where it did not.
#[must_use]
pub fn mend(
    table: &Table<'_>,
    layers: &[Layer<'_>],
    circumstances: &Circumstances,
    environ: &Environ,
    most: Safety,
) -> Vec<Mended> {
    let unchanged = |layer: &Layer<'_>| Mended { text: layer.text.to_vec(), titles: Vec::new() };
    let mut mended: Vec<Mended> = layers.iter().map(unchanged).collect();
    for _ in 0..MOST_ROUNDS {
        let round = one_round(table, layers, &mended, circumstances, environ, most);
        if round.iter().all(|layer| layer.titles.is_empty()) {
            break;
        }
        for (mended, round) in mended.iter_mut().zip(round) {
            mended.text = round.text;
            mended.titles.extend(round.titles);
        }
    }
    mended
}

/// Which safe fixes of `diagnostics` are left out of the layer number `index` because something else would change, by the
/// index of the diagnostic.
pub(crate) fn withheld(
    layer: &Layer<'_>,
    (index, dialect): (u32, &'static Dialect),
    readers: &[&'static Dialect],
    diagnostics: &[Diagnostic],
) -> Vec<usize> {
    if diagnostics.iter().all(|diagnostic| diagnostic.fix.is_none()) {
        return Vec::new();
    }
    let mending = Mending::new(layer, index, dialect, readers);
    let placed = mending.placed(diagnostics, Safety::Safe);
    let done = admitted(&placed, &|placed| mending.holds(placed, Safety::Safe));
    let is_in = |all: &[Placed<'_>], fix: &Fix| all.iter().any(|placed| std::ptr::eq(placed.fix, fix));
    let is_withheld = |fix: &Fix| is_in(&placed, fix) && !is_in(&done, fix);
    let numbered = diagnostics.iter().enumerate();
    let withheld = numbered.filter(|(_, diagnostic)| diagnostic.fix.as_ref().is_some_and(is_withheld));
    withheld.map(|(index, _)| index).collect()
}

/// What fixes make of the texts of `mended` in one go.
fn one_round(
    table: &Table<'_>,
    layers: &[Layer<'_>],
    mended: &[Mended],
    circumstances: &Circumstances,
    environ: &Environ,
    most: Safety,
) -> Vec<Mended> {
    let current = layers.iter().zip(mended).map(|(layer, mended)| match layer.kind {
        LayerKind::Dotenv(dialect) if !mended.titles.is_empty() => {
            let reading = (dialect.read)(&mended.text, environ);
            Layer::dotenv(layer.name.as_ref().into(), &mended.text, dialect, reading)
        }
        _ => layer.clone(),
    });
    let current: Vec<_> = current.collect();
    let environment = Environment::resolve(table, &current);
    let judgement = Judgement::new(&environment, circumstances);
    let diagnostics = registry::check_environment(&judgement, usize::MAX).into_parts().0;
    let carry_out = |safety| {
        let layers = (0..).zip(&current).zip(mended);
        let round = layers.map(|((index, layer), mended)| match layer.kind {
            LayerKind::Dotenv(dialect) => {
                Mending::new(layer, index, dialect, &judgement.readers).carry_out(&diagnostics, safety)
            }
            _ => Mended { text: mended.text.clone(), titles: Vec::new() },
        });
        round.collect::<Vec<_>>()
    };
    // Safe fixes come first: nothing is held against them that an unsafe one changes.
    let safe = carry_out(Safety::Safe);
    let is_settled = safe.iter().all(|layer| layer.titles.is_empty());
    if is_settled && most == Safety::Unsafe { carry_out(Safety::Unsafe) } else { safe }
}

/// A fix with its places in the text of a layer.
#[derive(Clone)]
struct Placed<'d> {
    fix: &'d Fix,
    edits: Vec<Edit>,
}

/// A `.env` file to be mended, with what is read in it now.
struct Mending<'m> {
    layer: &'m Layer<'m>,
    index: u32,
    dialect: &'static Dialect,
    readers: &'m [&'static Dialect],
    reading: Reading<'m>,
    comparison: Comparison,
}

impl<'m> Mending<'m> {
    fn new(
        layer: &'m Layer<'m>,
        index: u32,
        dialect: &'static Dialect,
        readers: &'m [&'static Dialect],
    ) -> Self {
        let reading = (dialect.read)(layer.text, &Environ::empty());
        let comparison = portability::compare(layer.text, dialect, &reading, readers);
        Self { layer, index, dialect, readers, reading, comparison }
    }

    /// Carries out the fixes of one sort.
    fn carry_out(&self, diagnostics: &[Diagnostic], safety: Safety) -> Mended {
        let placed = self.placed(diagnostics, safety);
        let done = admitted(&placed, &|placed| self.holds(placed, safety));
        Mended {
            text: apply(self.layer.text, &edits(&done)),
            titles: done.iter().map(|placed| placed.fix.title.clone()).collect(),
        }
    }

    /// The fixes of one sort that do not overlap, in the order of the file.
    fn placed<'d>(&self, diagnostics: &'d [Diagnostic], safety: Safety) -> Vec<Placed<'d>> {
        let mut taken: Vec<Span> = Vec::new();
        let mut placed = Vec::new();
        let fixes = diagnostics.iter().filter_map(|diagnostic| diagnostic.fix.as_ref());
        for fix in fixes.filter(|fix| fix.safety == safety) {
            let Some(edits) = self.edits_of(fix) else { continue };
            let overlaps = |edit: &Edit| {
                taken.iter().any(|other| edit.span.start < other.end && other.start < edit.span.end)
            };
            if edits.iter().any(overlaps) {
                continue;
            }
            taken.extend(edits.iter().map(|edit| edit.span));
            placed.push(Placed { fix, edits });
        }
        placed.sort_by_key(|placed| placed.edits.iter().map(|edit| edit.span.start).min());
        placed
    }

    /// The edits of a fix in the text of the layer; `None` if one of them is somewhere else.
    fn edits_of(&self, fix: &Fix) -> Option<Vec<Edit>> {
        let edit = |edit: &crate::diagnostic::Edit| {
            let span = self.span_of(&edit.subject)?;
            Some(Edit { span, text: edit.text.clone().into_bytes() })
        };
        fix.edits.iter().map(edit).collect()
    }

    fn span_of(&self, subject: &Subject) -> Option<Span> {
        let Subject::Entry { id: EntryId { layer, entry }, part } = subject else { return None };
        let entry = self.layer.entries.get(*entry as usize).filter(|_| *layer == self.index)?;
        match part {
            Part::Key => Some(entry.key_span),
            Part::Value => Some(entry.value_span),
            Part::Lines => Some(lines_of(self.layer.text, entry.span)),
            Part::Within(_) | Part::Item(_) | Part::Reference(_) => None,
        }
    }

    /// Whether, once fixes are carried out, the layer's reader reads what it read before but for the names they change, and
    /// no other reader differs where it did not, or on lines that they write anew. An unsafe fix may change values.
    fn holds(&self, placed: &[Placed<'_>], safety: Safety) -> bool {
        let text = apply(self.layer.text, &edits(placed));
        let after = (self.dialect.read)(&text, &Environ::empty());
        let expected = self.expected(placed);
        let found = after.assignments.iter().map(|found| (found.key.as_ref(), &found.value));
        let is_unsafe = safety == Safety::Unsafe;
        let same_keys = expected.iter().map(|(key, _)| *key).eq(found.clone().map(|(key, _)| key));
        if !same_keys || (!is_unsafe && !expected.iter().copied().eq(found)) {
            return false;
        }
        let problems = |reading: &Reading<'_>| {
            reading.problems.iter().map(|problem| (problem.code, problem.effect)).collect::<Vec<_>>()
        };
        let same_problems = is_unsafe || problems(&self.reading) == problems(&after);
        same_problems && self.differs_less(&text, &after, placed)
    }

    /// The keys and values the layer's reader should read.
    fn expected<'e>(&'e self, placed: &'e [Placed<'_>]) -> Vec<(&'e [u8], &'e Value<'e>)> {
        let before = self.reading.assignments.iter().map(|own| (own.key.as_ref(), &own.value));
        let mut expected: Vec<_> = before.collect();
        for edit in placed.iter().flat_map(|placed| &placed.fix.edits) {
            if let Subject::Entry { id, part: Part::Key } = &edit.subject
                && let Some((key, _)) = expected.get_mut(id.entry as usize)
            {
                *key = edit.text.as_bytes();
            }
        }
        expected
    }

    fn differs_less(&self, text: &[u8], after: &Reading<'_>, placed: &[Placed<'_>]) -> bool {
        let comparison = portability::compare(text, self.dialect, after, self.readers);
        let edits = placed.iter().flat_map(|placed| &placed.fix.edits);
        let rewritten = edits.filter_map(|edit| match &edit.subject {
            Subject::Entry { id, part: Part::Lines } => Some(id.entry),
            _ => None,
        });
        let rewritten: Vec<u32> = rewritten.collect();
        if !self.ends_alike(text, &rewritten) {
            return false;
        }
        let strays =
            |comparison: &Comparison| comparison.strays.iter().map(|stray| stray.seen.len()).sum::<usize>();
        strays(&comparison) <= strays(&self.comparison)
            && comparison.differences.iter().all(|difference| {
                !rewritten.contains(&difference.assignment) && self.differed_before(difference)
            })
    }

    /// Whether for every reader the keys of `rewritten` end with the values they had for the layer's own reader. A key may stand
    /// there several times, and readers differ in which counts, and in which they leave out.
    fn ends_alike(&self, text: &[u8], rewritten: &[u32]) -> bool {
        let own = finals(&self.reading, self.dialect.duplicates);
        let value = |index: usize| self.reading.assignments.get(index).map(|found| &found.value);
        let keys = rewritten.iter().filter_map(|index| self.reading.assignments.get(*index as usize));
        let keys: Vec<&[u8]> = keys.map(|found| &*found.key).collect();
        keys.is_empty()
            || self.readers.iter().all(|reader| {
                let reading = (reader.read)(text, &Environ::empty());
                let theirs = finals(&reading, reader.duplicates);
                let found = |key| theirs.get(key).map(|index| &reading.assignments[*index].value);
                keys.iter().all(|key| found(*key) == own.get(key).and_then(|index| value(*index)))
            })
    }

    /// Whether every reader that differs in a statement saw the same in it before.
    fn differed_before(&self, difference: &portability::Difference) -> bool {
        let all = &self.comparison.differences;
        let before = all.binary_search_by_key(&difference.assignment, |before| before.assignment);
        let Some(before) = before.ok().and_then(|index| all.get(index)) else { return false };
        difference.seen.iter().all(|seen| before.seen.iter().any(|other| is_alike(seen, other)))
    }
}

/// Whether two readings are of the same reader, and it sees the same, or sees it again after it lost it.
fn is_alike(
    (reader, after): &(&'static Dialect, portability::Seen),
    (other, before): &(&'static Dialect, portability::Seen),
) -> bool {
    reader == other && (after == before || *before == portability::Seen::Refusal)
}

fn edits(placed: &[Placed<'_>]) -> Vec<Edit> {
    placed.iter().flat_map(|placed| placed.edits.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::mend;
    use crate::diagnostic::Safety;
    use crate::dotenv::{Environ, find};
    use crate::judge::Circumstances;
    use crate::kind::Kind;
    use crate::layer::Layer;
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
        let readers = readers.iter().map(|name| find(name).unwrap()).collect();
        let circumstances = Circumstances { readers: Some(readers), ..Circumstances::default() };
        let mended = mend(&table, &layers, &circumstances, &Environ::empty(), most);
        String::from_utf8(mended[0].text.clone()).unwrap()
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

    /// One fix may make room for another: here both are on one line.
    #[cfg(feature = "dialects")]
    #[test]
    fn a_second_run_has_nothing_to_do() {
        let once = mended("OLD_PORT = 80 # the port\n", &["docker-run"], Safety::Safe);
        assert_eq!(once, "# the port\nPORT=80\n");
        assert_eq!(mended(&once, &["docker-run"], Safety::Safe), once);
    }

    #[test]
    fn a_name_that_is_referred_to_is_kept() {
        let text = "OLD_PORT=80\nHOSTNAME_=x${OLD_PORT}\n";
        assert_eq!(mended(text, &[], Safety::Safe), text);
    }
}
