//! What every way of writing a schema shares on its way to the model: drafts of variables, mistakes, names to look up.

use std::collections::HashSet;

use envschema_core::diagnostic::Diagnostic;
use envschema_core::redact;
use envschema_core::span::Span;
use envschema_core::subject::Subject;

pub(crate) mod draft;
pub(crate) mod mistake;
pub(crate) mod names;
pub(crate) mod outline;
pub(crate) mod terms;
pub(crate) mod values;

use crate::format::tree::{Data, Member, Node};
use names::{Mention, Named};
use values::Literal;

/// What is noted while a document is lowered.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// Everything that is wrong.
    pub(crate) report: Vec<Diagnostic>,
    /// The variables, profiles, services and phases that are named somewhere, to be looked up when all are known.
    pub(crate) mentions: Vec<Mention>,
    /// Where something stands that was not understood: in a variable that is secret it may be the secret.
    pub(crate) doubtful: Vec<Span>,
    /// Where something stands that must not be shown, whatever it belongs to.
    pub(crate) secrets: Vec<Span>,
    /// What stands before keys that are named without their prefix.
    pub(crate) prefix: String,
}

impl Notes {
    /// Reports a mistake.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.report.push(diagnostic);
    }

    /// Hides what is not understood as far as its keys look secret.
    pub(crate) fn hide(&mut self, member: &Member<'_>) {
        if redact::looks_secret(&member.key) {
            self.secrets.push(member.value.span);
        } else {
            self.hide_in(&member.value);
        }
    }

    /// Hides what stands under keys that look secret.
    pub(crate) fn hide_in(&mut self, node: &Node<'_>) {
        match &node.value {
            Data::Table(members) => members.iter().for_each(|member| self.hide(member)),
            Data::Array(items) => items.iter().for_each(|item| self.hide_in(item)),
            _ => {}
        }
    }

    /// Drops what was reported before about the same place: what several references lead to is read several times.
    pub(crate) fn forget_repeated(&mut self) {
        let mut seen = HashSet::new();
        self.report.retain(|diagnostic| match diagnostic.primary {
            Subject::SchemaText(span) => seen.insert((span, diagnostic.headline.clone())),
            _ => true,
        });
    }

    /// Notes that `by` names something by `name`.
    pub(crate) fn mention(&mut self, what: Named, name: &Literal, by: impl Into<String>) {
        let Literal { text, span } = name.clone();
        let prefix = self.prefix.clone();
        self.mentions.push(Mention { what, name: text, prefix, span, by: by.into() });
    }

    /// Notes that `by` names several things.
    pub(crate) fn mention_all(&mut self, what: &Named, names: &[Literal], by: &str) {
        for name in names {
            self.mention(what.clone(), name, by);
        }
    }
}
