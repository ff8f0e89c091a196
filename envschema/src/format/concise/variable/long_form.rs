//! The long form: a mapping of words.

use super::Reader;
use crate::format::concise::attribute::{Attribute, Row, long_names};
use crate::format::lower::mistake::{Written, unknown};
use crate::format::lower::values::Said;
use crate::format::tree::{Data, Member};

impl Reader<'_> {
    pub(super) fn long_form(&mut self, members: &[Member<'_>]) {
        self.look_ahead_in(members);
        self.kind_words(members);
        for member in members {
            self.member(member);
        }
    }

    /// Finds out whether the variable is called secret, so that nothing is shown before that is read.
    fn look_ahead_in(&mut self, members: &[Member<'_>]) {
        let said = members.iter().find(|member| member.key == "sensitive");
        if let Some(said) = said {
            self.draft.variable.sensitive = Some(said.value.value != Data::Bool(false));
        }
    }

    fn member(&mut self, member: &Member<'_>) {
        let key = Written::key(member);
        let row = Row::named(key.text).filter(|row| row.attribute != Attribute::Forbidden);
        let Some(row) = row else {
            let shown = !self.draft.may_be_secret();
            let diagnostic = unknown(Written { shown, ..key }, self.whose, long_names());
            // What is no misspelt word may be anything.
            let word = diagnostic.fix.is_none().then_some(key.span);
            self.draft.literals.extend(word.into_iter().chain([member.value.span]));
            self.notes.hide(member);
            self.notes.push(diagnostic);
            return;
        };
        if self.seen.iter().any(|(seen, _)| *seen == row.attribute) {
            // A word that stands twice is a fault of the document already.
            self.draft.literals.push(member.value.span);
            return;
        }
        self.word(row, &Said { word: row.name, whose: self.whose, at: key.span, node: &member.value });
    }
}
