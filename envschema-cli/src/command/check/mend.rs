//! `envschema check --fix`: the fixes of what was found, written to the files or shown as a diff.

use envschema::core::diagnostic::Safety;
use envschema::core::dotenv::reader::Dialect;
use envschema::core::judge::Circumstances;
use envschema::source::Content;

use super::Check;
use super::prepare::Unready;
use crate::failure::Failure;
use crate::output::Change;
use crate::output::diff::{self, Lines};
use crate::session::{Session, Text};

impl Check<'_> {
    /// Mends the files of an environment, if that was asked for. What was written is what is checked afterwards.
    pub(super) fn mend(
        &self,
        texts: &mut [Text],
        secrets: &[Content<'_>],
        session: &Session<'_>,
        dialect: &'static Dialect,
        circumstances: &Circumstances,
    ) -> Result<Vec<Change>, Unready> {
        if !self.args.fix {
            return Ok(Vec::new());
        }
        let most = if self.args.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
        let mended =
            session.mend(&self.layers(texts, secrets, session, dialect), circumstances, &self.environ, most);
        let mut changes = Vec::new();
        for (text, mended) in texts.iter_mut().zip(mended).filter(|(_, mended)| !mended.titles.is_empty()) {
            let mut change = Change { file: text.name.clone(), titles: mended.titles, diff: None };
            if self.args.diff {
                let shown = |text: &Text| session.shown_lines(text, dialect, circumstances);
                let after = Text {
                    name: text.name.clone(),
                    bytes: mended.text,
                    format: None,
                    path: None,
                    profiled: text.profiled,
                    withheld: text.withheld,
                };
                let (old, new) =
                    (Lines::new(&text.bytes, shown(text)), Lines::new(&after.bytes, shown(&after)));
                change.diff = Some(diff::unified(&change.file, &old, &new));
            } else {
                let Some(path) = &text.path else {
                    return Err(not_written(text, "standard input has no file"));
                };
                self.host.replace(path, &mended.text).map_err(|why| not_written(text, &why))?;
                text.bytes = mended.text;
            }
            changes.push(change);
        }
        Ok(changes)
    }
}

fn not_written(text: &Text, why: &str) -> Unready {
    let failure = Failure::new(format!("cannot be written: {why}")).file(&text.name);
    Unready { sources: vec![text.name.clone()], failure: Some(failure), ..Unready::default() }
}
