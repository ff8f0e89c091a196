//! `conflicting-variables`: variables that contradict each other.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Findings};
use crate::element::Element;
use crate::environment::{Occurrence, Spelling, Standing};
use crate::judge::Judgement;
use crate::layer::{Entry, Layer};
use crate::phrase;
use crate::registry::{Check, Run};
use crate::schema::Rule;
use crate::subject::{EntryId, Part, Subject, VariablePart};
use crate::table::{RowId, RuleRow};

/// The check.
pub static CHECK: Check = Check {
    code: "conflicting-variables",
    summary: "variables that contradict each other",
    page: include_str!("conflicting_variables.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Findings) {
    let occurrences = &judgement.environment.occurrences;
    report.extend(occurrences.iter().filter_map(|occurrence| spelled_twice(judgement, occurrence)));
    let profiled = (0..).zip(judgement.environment.layers).filter(|(_, layer)| layer.profiled);
    report.extend(profiled.flat_map(|(index, layer)| other_profiles(judgement, index, layer)));
    for (index, rule) in (0..).zip(&judgement.environment.table.rules) {
        let conflict = match rule.rule {
            Rule::ExactlyOne(_) | Rule::AtMostOne(_) => too_many(judgement, rule),
            Rule::Contains { list, value } => not_contained(judgement, rule, list, value),
            Rule::Equal(a, b) => compared(judgement, rule, [a, b], false),
            Rule::Different(a, b) => compared(judgement, rule, [a, b], true),
            Rule::AllOrNone(_) | Rule::AtLeastOne(_) => None,
        };
        report.extend(conflict.map(|diagnostic| diagnostic.rule(Subject::Rule(index))));
    }
}

/// One layer that gives a variable under two names: as itself and as a `_FILE`, or by an alias with another value.
fn spelled_twice(judgement: &Judgement<'_>, occurrence: &Occurrence) -> Option<Diagnostic> {
    let Standing::Repeated(by) = occurrence.standing else { return None };
    let environment = judgement.environment;
    let winner = environment.occurrences[by as usize];
    let [lost, counting] = [occurrence.id, winner.id].map(|id| environment.entry(id));
    let is_file = occurrence.spelling == Spelling::File || winner.spelling == Spelling::File;
    let is_harmless = lost.raw.is_empty_text() || (!is_file && lost.raw == counting.raw);
    if lost.key == counting.key || is_harmless {
        return None;
    }
    let (other, counts) = (judgement.shown_key(occurrence.id)?, judgement.shown_key(winner.id)?);
    let what = if is_file { "both give the value of" } else { "both stand for" };
    let key = &environment.table.row(occurrence.row).key;
    let headline = format!("`{other}` and `{counts}` are both set, and {what} `{key}`");
    Some(
        Diagnostic::error(CHECK.code, Subject::entry(occurrence.id, Part::Key), headline)
            .key(other)
            .label(Subject::entry(winner.id, Part::Key), format!("`{counts}` is set here"))
            .rule(Subject::variable(occurrence.row, VariablePart::Key))
            .help("keep one of them"),
    )
}

/// What a layer that is read because of the profile says to select another one.
fn other_profiles<'j>(
    judgement: &'j Judgement<'_>,
    index: u32,
    layer: &'j Layer<'_>,
) -> impl Iterator<Item = Diagnostic> {
    let table = judgement.environment.table;
    let key = table.schema.profile.as_deref();
    let row = key.and_then(|key| table.find(key));
    let is_selector = move |entry: &Entry<'_>| {
        let own = || table.find(&entry.key).or_else(|| table.find_path(&entry.key));
        Some(entry.key.as_ref()) == key || row.is_some_and(|row| own() == Some(row))
    };
    let profile = judgement.circumstances.profile.as_deref();
    let is_other = move |entry: &Entry<'_>| {
        entry.raw.as_text().is_some_and(|text| !text.is_empty() && Some(text) != profile)
    };
    let others = (0..).zip(&layer.entries).filter(move |(_, entry)| is_selector(entry) && is_other(entry));
    others.map(move |(entry, _)| {
        let key = key.unwrap_or_default();
        let headline = format!("`{key}` selects another profile than the one this file is read for");
        let subject = Subject::entry(EntryId { layer: index, entry }, Part::Value);
        Diagnostic::error(CHECK.code, subject, headline)
            .key(key)
            .help("remove it here: only a file that every profile reads can select the profile")
    })
}

fn too_many(judgement: &Judgement<'_>, rule: &RuleRow<'_>) -> Option<Diagnostic> {
    let table = judgement.environment.table;
    let set: Vec<_> = rule.rule.keys().into_iter().filter_map(|key| judgement.set_in(rule, key)).collect();
    let [others @ .., (last, last_at)] = set.as_slice() else { return None };
    if others.is_empty() {
        return None;
    }
    let keys: Vec<&str> = set.iter().map(|(row, _)| table.row(*row).key.as_ref()).collect();
    let headline = format!("{} are set, but only one of them may be", phrase::all(&keys));
    let diagnostic = at(judgement, *last, *last_at, Part::Key, headline).help("keep one of them");
    Some(others.iter().fold(diagnostic, |diagnostic, other| set_here(judgement, diagnostic, *other)))
}

fn not_contained(
    judgement: &Judgement<'_>,
    rule: &RuleRow<'_>,
    list: &str,
    value: &str,
) -> Option<Diagnostic> {
    let (list, value) = (Operand::find(judgement, rule, list)?, Operand::find(judgement, rule, value)?);
    let (items, wanted) = (&list.elements, &value.elements);
    let texts: HashSet<&str> = items.iter().map(|item| item.text).collect();
    let is_among =
        |wanted: &Element<'_>| texts.contains(wanted.text) || items.iter().any(|item| same(item, wanted));
    // A `*` that the schema admits stands for every other item.
    if wanted.iter().all(is_among) || items.iter().any(|item| item.admitted && item.text == "*") {
        return None;
    }
    let table = judgement.environment.table;
    let [list_key, value_key] = [list.row, value.row].map(|row| &table.row(row).key);
    let headline = format!("the value of `{value_key}` is not among the items of `{list_key}`");
    let help = format!("add the value of `{value_key}` to `{list_key}`, or change it");
    Some(contradiction(judgement, (&value, Part::Value), &list, headline).help(help))
}

fn compared(
    judgement: &Judgement<'_>,
    rule: &RuleRow<'_>,
    keys: [&str; 2],
    must_differ: bool,
) -> Option<Diagnostic> {
    let [a, b] = keys.map(|key| Operand::find(judgement, rule, key));
    let (a, b) = (a?, b?);
    let (items_a, items_b) = (&a.elements, &b.elements);
    let are_same = items_a.len() == items_b.len() && items_a.iter().zip(items_b).all(|(a, b)| same(a, b));
    if are_same != must_differ {
        return None;
    }
    let table = judgement.environment.table;
    let [key_a, key_b] = [a.row, b.row].map(|row| &table.row(row).key);
    let (verdict, help) = if must_differ {
        ("have the same value, but must differ", format!("give `{key_b}` a value of its own"))
    } else {
        ("have different values, but must be the same", format!("give `{key_b}` the value of `{key_a}`"))
    };
    let headline = format!("`{key_a}` and `{key_b}` {verdict}");
    Some(contradiction(judgement, (&b, Part::Key), &a, headline).help(help))
}

/// A variable that a rule compares: what it is set to, else its default.
struct Operand<'j> {
    row: RowId,
    /// The occurrence that sets it; `None` if it has its default.
    set: Option<u32>,
    elements: Vec<Element<'j>>,
}

impl<'j> Operand<'j> {
    /// The variable that `key` means in `rule`, unless it has no value or none that could be judged.
    fn find(judgement: &Judgement<'j>, rule: &RuleRow<'_>, key: &str) -> Option<Self> {
        if let Some((row, occurrence)) = judgement.set_in(rule, key) {
            return Some(Self { row, set: Some(occurrence), elements: judgement.elements(occurrence)? });
        }
        let (row, elements) = judgement.defaulted_in(rule, key)?;
        Some(Self { row, set: None, elements })
    }
}

/// Two values that contradict each other: at the first, or at the other one if the first is a default.
fn contradiction(
    judgement: &Judgement<'_>,
    (first, part): (&Operand<'_>, Part),
    other: &Operand<'_>,
    headline: String,
) -> Diagnostic {
    let key = |operand: &Operand<'_>| judgement.environment.table.row(operand.row).key.as_ref();
    let default = |diagnostic: Diagnostic, operand: &Operand<'_>| {
        let subject = Subject::variable(operand.row, VariablePart::Presence);
        diagnostic.label(subject, format!("`{}` has this default", key(operand)))
    };
    match (first.set, other.set) {
        (Some(first_at), Some(other_at)) => {
            let diagnostic = at(judgement, first.row, first_at, part, headline);
            set_here(judgement, diagnostic, (other.row, other_at))
        }
        (Some(first_at), None) => default(at(judgement, first.row, first_at, part, headline), other),
        (None, Some(other_at)) => default(at(judgement, other.row, other_at, Part::Key, headline), first),
        (None, None) => {
            let diagnostic = Diagnostic::error(CHECK.code, Subject::Environment, headline).key(key(first));
            default(default(diagnostic, first), other)
        }
    }
}

/// Whether two elements are one value, by kind where they have one.
fn same(a: &Element<'_>, b: &Element<'_>) -> bool {
    a.text == b.text || matches!((&a.value, &b.value), (Some(a), Some(b)) if a.same(b))
}

fn at(judgement: &Judgement<'_>, row: RowId, occurrence: u32, part: Part, headline: String) -> Diagnostic {
    let id = judgement.environment.occurrences[occurrence as usize].id;
    let key = judgement.environment.table.row(row).key.as_ref();
    Diagnostic::error(CHECK.code, Subject::entry(id, part), headline).key(key)
}

/// Points at the key of another variable of the rule.
fn set_here(
    judgement: &Judgement<'_>,
    diagnostic: Diagnostic,
    (row, occurrence): (RowId, u32),
) -> Diagnostic {
    let id = judgement.environment.occurrences[occurrence as usize].id;
    let key = &judgement.environment.table.row(row).key;
    diagnostic.label(Subject::entry(id, Part::Key), format!("`{key}` is set here"))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::kind::Kind;
    use crate::layer::LayerKind;
    use crate::raw::Raw;
    use crate::schema::{Rule, Variable};
    use crate::testing::{Scene, default, list, secret, texts, variable};

    #[test]
    fn a_value_and_a_file_for_it() {
        let scene = || Scene::new([secret(variable("KEY", Kind::String))]);
        let both = scene().file("KEY=1\nKEY_FILE=/run/secrets/key\n");
        assert_eq!(
            both.found(),
            [
                ".env:2:1: error[conflicting-variables]: `KEY_FILE` and `KEY` are both set, and both give the value of `KEY`"
            ]
        );
        assert_eq!(both.labels(), [".env:1:1: `KEY` is set here"]);
        let layers = scene().file("KEY=1\n").file_in("compose", ".env.local", "KEY_FILE=/run/secrets/key\n");
        assert_eq!(layers.found(), [] as [&str; 0]);
    }

    #[test]
    fn an_old_name_with_another_value() {
        let port = || Variable { aliases: texts(&["OLD_PORT"]), ..variable("PORT", Kind::Port) };
        let found = |text: &str| Scene::new([port()]).file(text).under(CHECK.code);
        assert_eq!(
            found("OLD_PORT=80\nPORT=81\n"),
            [".env:1:1: `OLD_PORT` and `PORT` are both set, and both stand for `PORT`"]
        );
        assert_eq!(found("OLD_PORT=80\nPORT=80\n"), [] as [&str; 0]);
        assert_eq!(found("OLD_PORT=80\nPORT=\n"), [] as [&str; 0]);
    }

    #[test]
    fn a_key_and_a_path_of_one_variable() {
        let port = Variable { path: "server.port".into(), ..variable("PORT", Kind::Port) };
        let values = [("PORT", Raw::Number("80".into())), ("server.port", Raw::Number("81".into()))];
        let found = Scene::new([port]).values(LayerKind::Document, values).under(CHECK.code);
        assert_eq!(found, ["values: `PORT` and `server.port` are both set, and both stand for `PORT`"]);
    }

    fn found(rule: Rule, text: &str) -> Vec<String> {
        let variables = [
            variable("ORIGIN", Kind::Url),
            Variable { also: texts(&["*"]), ..variable("ORIGINS", list(Kind::Url)) },
            variable("TTL", Kind::Duration),
            variable("OTHER_TTL", Kind::Duration),
        ];
        Scene::new(variables).rules([rule]).file(text).under(CHECK.code)
    }

    #[test]
    fn a_default_is_compared_like_a_value_that_is_written_out() {
        let found = |rule: Rule, text: &str| {
            let variables = [
                variable("ORIGIN", Kind::Url),
                default("ORIGINS", list(Kind::Url), "http://a,http://b"),
                default("TTL", Kind::Duration, "1m"),
                default("OTHER_TTL", Kind::Duration, "60s"),
            ];
            Scene::new(variables).rules([rule]).file(text).under(CHECK.code)
        };
        let contains = || Rule::Contains { list: "ORIGINS".into(), value: "ORIGIN".into() };
        assert_eq!(
            found(contains(), "ORIGIN=http://c\n"),
            [".env:1:8: the value of `ORIGIN` is not among the items of `ORIGINS`"]
        );
        assert_eq!(found(contains(), "ORIGIN=http://b\n"), [] as [&str; 0]);
        assert_eq!(found(contains(), "X=1\n"), [] as [&str; 0]);
        let different = || Rule::Different("TTL".into(), "OTHER_TTL".into());
        let verdict = "`TTL` and `OTHER_TTL` have the same value, but must differ";
        assert_eq!(found(different(), "TTL=60s\n"), [format!(".env:1:1: {verdict}")]);
        assert_eq!(found(different(), "OTHER_TTL=1m\n"), [format!(".env:1:1: {verdict}")]);
        assert_eq!(found(different(), "X=1\n"), [format!(".env: {verdict}")]);
        assert_eq!(found(different(), "TTL=61s\n"), [] as [&str; 0]);
    }

    #[test]
    fn too_many_at_once() {
        let keys = texts(&["ORIGIN", "TTL", "OTHER_TTL"]);
        let text = "ORIGIN=http://a\nTTL=5s\n";
        let headline = ".env:2:1: `ORIGIN` and `TTL` are set, but only one of them may be";
        assert_eq!(found(Rule::AtMostOne(keys.clone()), text), [headline]);
        assert_eq!(found(Rule::ExactlyOne(keys.clone()), text), [headline]);
        assert_eq!(found(Rule::AtMostOne(keys.clone()), "TTL=5s\n"), [] as [&str; 0]);
        assert_eq!(found(Rule::AtLeastOne(keys), text), [] as [&str; 0]);
    }

    #[test]
    fn a_value_that_is_not_in_the_list() {
        let rule = || Rule::Contains { list: "ORIGINS".into(), value: "ORIGIN".into() };
        let headline = ".env:1:8: the value of `ORIGIN` is not among the items of `ORIGINS`";
        assert_eq!(found(rule(), "ORIGIN=http://a\nORIGINS=http://b,http://c\n"), [headline]);
        assert_eq!(found(rule(), "ORIGIN=http://a\nORIGINS=http://b,!\n"), [headline]);
        for text in [
            "ORIGIN=http://a\nORIGINS=http://b,http://a\n",
            "ORIGIN=http://a\nORIGINS=*\n",
            "ORIGIN=http://a\n",
            "ORIGIN=http://a\nORIGINS=${NOPE}\n",
        ] {
            assert_eq!(found(rule(), text), [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn values_that_must_be_or_must_not_be_the_same() {
        let equal = || Rule::Equal("TTL".into(), "OTHER_TTL".into());
        let different = || Rule::Different("TTL".into(), "OTHER_TTL".into());
        assert_eq!(
            found(equal(), "TTL=1m\nOTHER_TTL=61s\n"),
            [".env:2:1: `TTL` and `OTHER_TTL` have different values, but must be the same"]
        );
        assert_eq!(
            found(different(), "TTL=1m\nOTHER_TTL=60s\n"),
            [".env:2:1: `TTL` and `OTHER_TTL` have the same value, but must differ"]
        );
        assert_eq!(found(equal(), "TTL=1m\nOTHER_TTL=60s\n"), [] as [&str; 0]);
        assert_eq!(found(different(), "TTL=1m\nOTHER_TTL=61s\n"), [] as [&str; 0]);
        assert_eq!(found(equal(), "TTL=1m\n"), [] as [&str; 0]);
        assert_eq!(found(equal(), "TTL=1m\nOTHER_TTL=x\n").len(), 1);
    }
}
