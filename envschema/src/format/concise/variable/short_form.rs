//! The short form's modifiers as words with values.

use super::Reader;
use crate::format::concise::attribute::{Attribute, Row, Short as Has, short_names};
use crate::format::concise::kind;
use crate::format::concise::short::{Modifier, Short};
use crate::format::lower::mistake::{self, Written, unknown};
use crate::format::lower::values::Said;
use crate::format::tree::{Data, Node};

impl Reader<'_> {
    pub(super) fn short_form(&mut self, short: &Short<'_>) {
        for fault in &short.faults {
            self.notes.push(mistake::of_fault(fault));
        }
        self.look_ahead(short);
        match kind::spelled(short, self.whose, self.notes) {
            Some(spelled) => self.kind(&spelled),
            // What is no kind may be a value that slipped into its place.
            None => self.draft.literals.extend(short.kinds.iter().map(|word| word.span)),
        }
        for modifier in &short.modifiers {
            self.modifier(modifier);
        }
    }

    /// Finds out whether the variable is called secret, so that nothing is shown before that is read.
    fn look_ahead(&mut self, short: &Short<'_>) {
        let said = short.modifiers.iter().find(|modifier| modifier.name == "sensitive");
        self.draft.variable.sensitive = said.map(|said| said.value.is_none_or(|value| value.raw != "false"));
    }

    fn modifier(&mut self, modifier: &Modifier<'_>) {
        let at = modifier.name_span;
        let Some(row) = Row::in_short(modifier.name) else {
            self.unknown_modifier(modifier);
            return;
        };
        let node = value(row, modifier);
        let said = Said { word: row.short_name, whose: self.whose, at, node: &node };
        if row.attribute == Attribute::Examples || !self.stands_twice(row, &said) {
            self.word(row, &said);
        }
    }

    fn unknown_modifier(&mut self, modifier: &Modifier<'_>) {
        let span = modifier.name_span;
        self.draft.literals.push(modifier.value.map_or(span, |value| span.to(value.span)));
        let shown = !self.draft.may_be_secret();
        let word = Written { text: modifier.name, span, shown };
        self.notes.push(unknown(word, &format!("the short form of {}", self.whose), short_names()));
    }
}

/// The value of a modifier as the long form would have it.
fn value<'t>(row: &Row, modifier: &Modifier<'t>) -> Node<'t> {
    let Some(value) = modifier.value else {
        let value = if row.short == Has::Flag { Data::Bool(true) } else { Data::Null };
        return Node { value, span: modifier.name_span };
    };
    let pattern = value.pattern().filter(|_| row.attribute == Attribute::Pattern);
    let data = match (pattern, row.short) {
        (Some(pattern), _) => Data::Text(pattern.text),
        (None, Has::Many) => {
            let words = value.words().into_iter();
            Data::Array(words.map(|word| Node { value: Data::Text(word.text), span: word.span }).collect())
        }
        (None, _) => Data::Text(value.word().text),
    };
    Node { value: data, span: value.span }
}
