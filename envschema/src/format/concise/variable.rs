//! One variable, in the short form or the long form; both say the same things through the same words.

use envschema_core::redact;
use envschema_core::schema::Constraint;
use envschema_core::span::Span;
use envschema_core::subject::VariablePart;

use super::attribute::{Attribute, Row};
use super::kind::Spelled;
use super::{short, term};
use crate::format::lower::Notes;
use crate::format::lower::draft::Draft;
use crate::format::lower::mistake::{KEY_HELP, Written, conflicting, invalid};
use crate::format::lower::terms::Terms;
use crate::format::lower::values::{Said, texts};
use crate::format::tree::{Data, Member, Node};

mod kind_words;
mod long_form;
mod other_words;
mod short_form;

/// Reads the variable that `member` declares.
pub(super) fn read(member: &Member<'_>, notes: &mut Notes) -> Draft {
    let key = Written::key(member);
    let mut draft = Draft::new(key.text, key.span);
    let whose = name(key, notes);
    let mut reader = Reader::new(&mut draft, &whose, notes);
    match &member.value.value {
        Data::Text(text) => reader.short_form(&short::parse(text, short::Place::of(&member.value))),
        Data::Table(members) => reader.long_form(members),
        _ => reader.no_form(&member.value, key.span),
    }
    let terms = reader.terms;
    terms.settle(&whose, notes);
    draft.take(terms);
    draft.literals.append(&mut notes.doubtful);
    draft.hide_unless_key(key.text, [key.span, member.value.span]);
    draft
}

/// Reads the words of a long form about a variable whose key, and perhaps kind, is known already. The terms are not yet part of
/// the draft.
pub(crate) fn words(draft: &mut Draft, whose: &str, members: &[Member<'_>], notes: &mut Notes) -> Terms {
    let mut reader = Reader::new(draft, whose, notes);
    reader.long_form(members);
    reader.terms
}

/// What messages call the variable; a key that is not shaped like one is a mistake.
pub(crate) fn name(key: Written<'_>, notes: &mut Notes) -> String {
    if let Some(key) = redact::key(key.text.as_bytes()) {
        // Every variable comes by here; `format!` costs more than all else that is done for most of them.
        return ["`", key, "`"].concat();
    }
    notes.push(invalid(key.span, "the key of a variable is not shaped like one").help(KEY_HELP));
    "a variable".to_owned()
}

/// A variable while its words are read.
struct Reader<'r> {
    draft: &'r mut Draft,
    terms: Terms,
    /// The words that were read, and where they stand.
    seen: Vec<(Attribute, Span)>,
    whose: &'r str,
    notes: &'r mut Notes,
}

impl<'r> Reader<'r> {
    fn new(draft: &'r mut Draft, whose: &'r str, notes: &'r mut Notes) -> Self {
        Self { draft, terms: Terms::default(), seen: Vec::new(), whose, notes }
    }

    /// Reports a value that is no form of a variable.
    fn no_form(&mut self, node: &Node<'_>, at: Span) {
        let (span, headline) = match node.value {
            Data::Invalid => return,
            Data::Null => (at, format!("{} has no kind", self.whose)),
            _ => (node.span, format!("{} is declared by neither a text nor a mapping", self.whose)),
        };
        self.draft.literals.push(node.span);
        self.notes.push(invalid(span, headline).help("write a kind, such as `string (required)`"));
    }

    /// Takes over the kind, with the words it allows.
    fn kind(&mut self, spelled: &Spelled) {
        self.draft.variable.kind = spelled.kind.clone();
        self.draft.place(VariablePart::Kind, spelled.span);
        if !spelled.one_of.is_empty() {
            let node = Node { value: Data::Null, span: spelled.span };
            let said = Said { word: "one_of", whose: self.whose, at: spelled.span, node: &node };
            let one_of = Constraint::OneOf(texts(&spelled.one_of));
            self.terms.add(one_of, &spelled.one_of, &said, self.notes);
        }
    }

    /// Takes over one word that does not make up the kind.
    fn word(&mut self, row: &Row, said: &Said<'_, '_>) {
        self.seen.push((row.attribute, said.at));
        let kind = self.draft.variable.kind.clone();
        if !term::apply(&mut self.terms, row.attribute, &kind, said, self.notes) {
            other_words::apply(self.draft, row.attribute, said, self.notes);
        }
    }

    /// Whether a word was read before; reports it.
    fn stands_twice(&mut self, row: &Row, said: &Said<'_, '_>) -> bool {
        let before = self.seen.iter().find(|(attribute, _)| *attribute == row.attribute);
        let Some((_, other)) = before else { return false };
        let headline = format!("`{}` of {} stands twice", said.word, said.whose);
        self.notes.push(conflicting(said.at, *other, headline).help("remove one of the two"));
        self.draft.literals.push(said.node.span);
        true
    }
}
