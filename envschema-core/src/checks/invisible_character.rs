//! `invisible-character`: a character that cannot be seen, or that makes a file look like another.

use crate::diagnostic::{Diagnostic, Findings};
use crate::invisible::{self, Unseen};
use crate::judge::Judgement;
use crate::registry::{Check, Run};
use crate::subject::{EntryId, Subject};

/// The check.
pub static CHECK: Check = Check {
    code: "invisible-character",
    summary: "a character that cannot be seen, or that makes a file look like another",
    page: include_str!("invisible_character.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Findings) {
    for (index, layer) in (0..).zip(judgement.environment.layers) {
        for sight in invisible::sights(layer) {
            // What a secret is made of is not told.
            let id = sight.entry.map(|entry| EntryId { layer: index, entry });
            if id.is_some_and(|id| judgement.is_secret(id)) {
                continue;
            }
            let subject = Subject::Line { layer: index, line: sight.line };
            let (headline, help) = match (sight.what, id) {
                (Unseen::Character, Some(_)) => {
                    ("this value holds a character that cannot be seen", "remove it")
                }
                (Unseen::Character, None) => (
                    "this line holds a character that cannot be seen, and may look like another",
                    "remove it",
                ),
                (Unseen::CarriageReturn, Some(_)) => (
                    "this value holds a carriage return, and what looks like the next line is part of it",
                    "save the file with line feeds at the ends of its lines",
                ),
                (Unseen::CarriageReturn, None) => (
                    "this comment ends in a carriage return, and what looks like the next line is part of it",
                    "save the file with line feeds at the ends of its lines",
                ),
            };
            report.push(Diagnostic::warning(CHECK.code, subject, headline).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::kind::Kind;
    use crate::testing::{Scene, secret, variable};

    #[test]
    fn what_cannot_be_seen_is_reported_once_a_line() {
        let found = |text: &str| {
            let scene = Scene::new([variable("A", Kind::String), secret(variable("KEY", Kind::String))]);
            scene.file(text).under(CHECK.code)
        };
        let value = "warning: this value holds a character that cannot be seen";
        let line = "warning: this line holds a character that cannot be seen, and may look like another";
        let comment = "warning: this comment ends in a carriage return, and what looks like the next line is part of it";
        assert_eq!(found("# \u{202e}txt\nA=1\n"), [format!(".env:1:1: {line}")]);
        assert_eq!(found("# \u{1b}[2J\u{8}\n\nA=1\n"), [format!(".env:1:1: {line}")]);
        assert_eq!(found("A=1 # \u{2066}\n"), [format!(".env:1:1: {line}")]);
        assert_eq!(found("A='x\u{1b}[2J'\n"), [format!(".env:1:1: {value}")]);
        assert_eq!(found("# comment\rA=1\n"), [format!(".env:1:1: {comment}")]);
        assert_eq!(found("A=1 # comment\rKEY=1\n"), [format!(".env:1:1: {comment}")]);
        for text in [
            "# plain\r\nA=1\r\n",
            "# caf\u{e9} \u{2026} \u{1f468}\u{200d}\u{1f469}\n",
            "# tab\t\nA=1\t\n",
            "KEY='x\u{1b}[2J'\n",
            "# the end\r",
        ] {
            assert_eq!(found(text), [] as [&str; 0], "{text:?}");
        }
    }
}
