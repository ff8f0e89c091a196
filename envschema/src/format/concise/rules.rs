//! The rules between variables: `{all_or_none: [A, B]}`, `{contains: {list: A, value: B}}`.

use envschema_core::schema::{Many, Rule, Text};

use crate::format::lower::Notes;
use crate::format::lower::mistake::{Written, invalid, unknown};
use crate::format::lower::names::Named;
use crate::format::lower::outline::PlacedRule;
use crate::format::lower::values::{Literal, Said, texts};
use crate::format::tree::{Data, Member, Node};

/// The words that begin a rule.
pub(crate) const WORDS: [&str; 7] =
    ["all_or_none", "exactly_one", "at_least_one", "at_most_one", "contains", "equal", "different"];

/// The words of `contains`.
pub(crate) const CONTAINS: [&str; 2] = ["list", "value"];

/// Reads a list of rules.
pub(crate) fn read(said: &Said<'_, '_>, notes: &mut Notes) -> Vec<PlacedRule> {
    let nodes: &[Node<'_>] = match &said.node.value {
        Data::Array(items) => items,
        _ => std::slice::from_ref(said.node),
    };
    let mut rules = Vec::new();
    for node in nodes {
        let Data::Table(members) = &node.value else {
            said.of(node).wrong("a list of rules, such as `[{all_or_none: [A, B]}]`", notes);
            continue;
        };
        rules.extend(members.iter().filter_map(|member| rule(member, notes)));
    }
    rules
}

fn rule(member: &Member<'_>, notes: &mut Notes) -> Option<PlacedRule> {
    let key = Written::key(member);
    let said = Said { word: key.text, whose: "a rule", at: key.span, node: &member.value };
    let rule = match key.text {
        "all_or_none" => Rule::AllOrNone(several(&said, notes)?),
        "exactly_one" => Rule::ExactlyOne(several(&said, notes)?),
        "at_least_one" => Rule::AtLeastOne(several(&said, notes)?),
        "at_most_one" => Rule::AtMostOne(several(&said, notes)?),
        "contains" => contains(&said, notes)?,
        "equal" => pair(&said, notes).map(|(a, b)| Rule::Equal(a, b))?,
        "different" => pair(&said, notes).map(|(a, b)| Rule::Different(a, b))?,
        _ => {
            notes.push(unknown(key, "a rule", WORDS));
            return None;
        }
    };
    Some((rule, said.span()))
}

/// The keys of two or more variables.
fn several(said: &Said<'_, '_>, notes: &mut Notes) -> Option<Many<Text>> {
    Some(texts(&keys(said, notes)?))
}

fn keys(said: &Said<'_, '_>, notes: &mut Notes) -> Option<Vec<Literal>> {
    let keys = said.some_literals(notes)?;
    for (index, key) in keys.iter().enumerate() {
        notes.mention(Named::Variable, key, format!("`{}` of {}", said.word, said.whose));
        if keys.iter().take(index).any(|other| other.text == key.text) {
            let headline = format!("`{}` of {} names a variable twice", said.word, said.whose);
            notes.push(invalid(key.span, headline).help("remove one of the two"));
        }
    }
    if keys.len() < 2 {
        let headline = format!("`{}` of {} names one variable only", said.word, said.whose);
        notes.push(invalid(said.span(), headline).help("name at least two"));
        return None;
    }
    Some(keys)
}

fn pair(said: &Said<'_, '_>, notes: &mut Notes) -> Option<(Text, Text)> {
    let keys = keys(said, notes)?;
    let [a, b] = keys.as_slice() else {
        let headline = format!("`{}` of {} names more than two variables", said.word, said.whose);
        notes.push(invalid(said.span(), headline).help("write a rule for each pair"));
        return None;
    };
    Some((a.text.clone(), b.text.clone()))
}

fn contains(said: &Said<'_, '_>, notes: &mut Notes) -> Option<Rule> {
    let Data::Table(members) = &said.node.value else {
        said.wrong("two keys such as `{list: ORIGINS, value: URL}`", notes);
        return None;
    };
    for member in members.iter().filter(|member| !CONTAINS.contains(&member.key.as_ref())) {
        notes.push(unknown(Written::key(member), "`contains`", CONTAINS));
    }
    let mut key = |word: &'static str| {
        let Some(member) = members.iter().find(|member| member.key == word) else {
            let headline = format!("`contains` of {} lacks `{word}`", said.whose);
            notes.push(invalid(said.span(), headline).help("write `{list: KEY, value: KEY}`"));
            return None;
        };
        let inner = Said { word, whose: "`contains`", at: Written::key(member).span, node: &member.value };
        let key = inner.text(notes)?;
        let named = if word == "list" { Named::List } else { Named::Variable };
        notes.mention(named, &key, format!("`contains` of {}", said.whose));
        Some(key.text)
    };
    let (list, value) = (key("list"), key("value"));
    Some(Rule::Contains { list: list?, value: value? })
}
