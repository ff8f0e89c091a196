//! Conditions: `{profile: production}`, `{service: [backend, worker], STORAGE: s3}`; all that is said must hold.

use envschema_core::redact;
use envschema_core::schema::Condition;

use crate::format::lower::Notes;
use crate::format::lower::mistake::{Written, invalid, nearest, unknown};
use crate::format::lower::names::Named;
use crate::format::lower::values::{Literal, Said, owned, texts};
use crate::format::tree::{Data, Member};

/// The words of a condition; every other key of it is that of a variable.
pub(crate) const WORDS: [&str; 4] = ["profile", "service", "phase", "set"];

/// Reads the value of a word as a condition.
pub(crate) fn read(said: &Said<'_, '_>, notes: &mut Notes) -> Option<Condition> {
    let Data::Table(members) = &said.node.value else {
        said.wrong("a condition such as `{profile: production}`", notes);
        return None;
    };
    if members.is_empty() {
        let headline = format!("`{}` of {} has no condition", said.word, said.whose);
        notes.push(
            invalid(said.node.span, headline).help("write a condition such as `{profile: production}`"),
        );
        return None;
    }
    let mut condition = Condition::default();
    for member in members {
        clause(&mut condition, member, said, notes);
    }
    Some(condition)
}

/// Reads one condition, or several in a list.
pub(crate) fn read_several<'a, 't>(said: &Said<'a, 't>, notes: &mut Notes) -> Vec<(Condition, Said<'a, 't>)> {
    let nodes = match &said.node.value {
        Data::Array(items) => items.as_slice(),
        _ => std::slice::from_ref(said.node),
    };
    let conditions = nodes.iter().map(|node| said.of(node));
    conditions.filter_map(|said| Some((read(&said, notes)?, said))).collect()
}

fn clause(condition: &mut Condition, member: &Member<'_>, outer: &Said<'_, '_>, notes: &mut Notes) {
    let key = Written::key(member);
    let word = redact::key(member.key.as_bytes()).unwrap_or("the condition");
    let said = Said { word, whose: outer.whose, at: key.span, node: &member.value };
    let by = format!("a condition of {}", outer.whose);
    let is_word = WORDS.contains(&member.key.as_ref());
    if !is_word && !is_variable(&member.key) {
        let words = WORDS.into_iter().chain(["KEY"]);
        notes.push(unknown(key, "a condition", words));
        return;
    }
    let Some(literals) = said.some_literals(notes) else { return };
    let named = match key.text {
        "profile" => Named::Profile,
        "service" => Named::Service,
        "phase" => Named::Phase,
        "set" => Named::Variable,
        _ => {
            condition.values.to_mut().push((owned(key.text), texts(&literals)));
            let name = Literal { text: owned(key.text), span: key.span };
            notes.mention(Named::Value(literals), &name, by);
            return;
        }
    };
    notes.mention_all(&named, &literals, &by);
    let names = match named {
        Named::Profile => &mut condition.profiles,
        Named::Service => &mut condition.services,
        Named::Phase => &mut condition.phases,
        _ => &mut condition.set,
    };
    *names = texts(&literals);
}

/// Whether a key of a condition is that of a variable and no misspelt word.
fn is_variable(key: &str) -> bool {
    let is_lower = key.bytes().all(|byte| byte.is_ascii_lowercase());
    redact::key(key.as_bytes()).is_some() && (!is_lower || nearest(key, &WORDS).is_none())
}
