//! The words of the long form that make up the kind: `type`, `items`, `separator`, `assign`.

use envschema_core::kind::Kind;
use envschema_core::span::Span;

use super::Reader;
use crate::format::concise::kind::{self, Spelled};
use crate::format::concise::short;
use crate::format::lower::mistake::{self, Written, conflicting, invalid};
use crate::format::lower::values::Said;
use crate::format::tree::Member;

impl Reader<'_> {
    pub(super) fn kind_words(&mut self, members: &[Member<'_>]) {
        let whose = self.whose;
        let said = |word: &'static str| {
            let member = members.iter().find(|member| member.key == word)?;
            Some(Said { word, whose, at: Written::key(member).span, node: &member.value })
        };
        let spelled = said("type").map(|said| self.spelled(&said));
        let items = said("items").and_then(|said| Some((self.spelled(&said)?, said)));
        let mut spelled = match (spelled, &items) {
            (Some(None), _) => return,
            (Some(Some(spelled)), _) => spelled,
            (None, Some((items, _))) => {
                let kind = kind::several(',', Kind::String);
                Spelled { kind, one_of: Vec::new(), span: items.span }
            }
            (None, None) => {
                let kind = self.draft.variable.kind.clone();
                Spelled { kind, one_of: Vec::new(), span: Span::default() }
            }
        };
        let is_said = spelled.span != Span::default();
        if let Some((items, said)) = items {
            self.items(&mut spelled, items, &said);
        }
        for word in ["separator", "assign"] {
            if let Some(said) = said(word) {
                self.joint(&mut spelled.kind, &said);
            }
        }
        if is_said {
            self.kind(&spelled);
        } else {
            self.draft.variable.kind = spelled.kind;
        }
    }

    /// The kind that a text spells.
    fn spelled(&mut self, said: &Said<'_, '_>) -> Option<Spelled> {
        let Some(short) = short::parse_node(said.node) else {
            self.draft.literals.push(said.node.span);
            said.wrong("a kind such as `integer`", self.notes);
            return None;
        };
        for fault in &short.faults {
            self.notes.push(mistake::of_fault(fault));
        }
        for modifier in &short.modifiers {
            let span = modifier.value.map_or(modifier.name_span, |value| modifier.name_span.to(value.span));
            self.draft.literals.push(span);
            let headline = format!("a modifier inside `{}` of {}", said.word, said.whose);
            let help = format!("write it as a word of its own, beside `{}`", said.word);
            self.notes.push(invalid(span, headline).help(help));
        }
        let spelled = kind::spelled(&short, said.whose, self.notes);
        if spelled.is_none() {
            self.draft.literals.push(said.node.span);
        }
        spelled
    }

    fn items(&mut self, spelled: &mut Spelled, items: Spelled, said: &Said<'_, '_>) {
        if matches!(items.kind, Kind::List(_) | Kind::Map(_)) {
            let headline = format!("the items of {} have items themselves", said.whose);
            self.notes.push(invalid(said.node.span, headline).help("write a kind of single values"));
            return;
        }
        match &mut spelled.kind {
            Kind::List(list) => list.items = items.kind.into(),
            Kind::Map(map) => map.values = items.kind.into(),
            kind => {
                let diagnostic = means_nothing(said, kind, spelled.span);
                self.notes.push(diagnostic);
                return;
            }
        }
        spelled.one_of.extend(items.one_of);
    }

    /// Takes over what stands between items or pairs, or between a key and its value.
    fn joint(&mut self, kind: &mut Kind, said: &Said<'_, '_>) {
        let place = match kind {
            Kind::List(list) if said.word == "separator" => &mut list.separator,
            Kind::Map(map) if said.word == "separator" => &mut map.separator,
            Kind::Map(map) => &mut map.assign,
            _ => {
                let diagnostic = means_nothing(said, kind, said.at);
                self.notes.push(diagnostic);
                return;
            }
        };
        let Some(text) = said.text(self.notes) else { return };
        let mut characters = text.text.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => *place = character,
            _ => said.wrong("one character", self.notes),
        }
    }
}

fn means_nothing(said: &Said<'_, '_>, kind: &Kind, other: Span) -> envschema_core::diagnostic::Diagnostic {
    let headline = format!("`{}` means nothing for the kind `{}` of {}", said.word, kind.name(), said.whose);
    let diagnostic = conflicting(said.at, other, headline);
    let diagnostic = if other == said.at || other == Span::default() {
        envschema_core::diagnostic::Diagnostic { labels: Vec::new(), ..diagnostic }
    } else {
        diagnostic
    };
    diagnostic.help("remove it, or make the kind a `list` or a `map`")
}
