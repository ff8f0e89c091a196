//! `invalid-directive`: a comment for envschema that it does not understand.

use crate::diagnostic::{Diagnostic, Findings};
use crate::directive::{self, Comment, Directive};
use crate::judge::Judgement;
use crate::layer::{Layer, LayerKind};
use crate::registry::{self, Check, Run};
use crate::subject::Subject;
use crate::suggest;

/// The check.
pub static CHECK: Check = Check {
    code: "invalid-directive",
    summary: "a comment for envschema that it does not understand",
    page: include_str!("invalid_directive.md"),
    run: Run::Environment(run),
};

/// What is wrong with a comment, and what to do.
type Mistake = (&'static str, String);

fn run(judgement: &Judgement<'_>, report: &mut Findings) {
    for (index, layer) in (0..).zip(judgement.environment.layers) {
        let mut schema = None;
        for comment in directive::comments(layer) {
            let subject = Subject::Line { layer: index, line: comment.line };
            for (headline, help) in mistakes(layer, &comment, &mut schema) {
                report.push(Diagnostic::error(CHECK.code, subject.clone(), headline).help(help));
            }
        }
    }
}

/// What is wrong with a comment of a file that named `schema` before.
fn mistakes<'t>(layer: &Layer<'t>, comment: &Comment<'t>, schema: &mut Option<&'t str>) -> Vec<Mistake> {
    let mistake = |directive| match directive {
        Directive::Schema(_) if !comment.is_alone => {
            Some(("a comment behind a value cannot name a schema", "give it a line of its own".to_owned()))
        }
        Directive::Schema(file) => {
            let is_other = *schema.get_or_insert(file) != file;
            is_other.then(|| ("the file names a second schema", "keep one of them".to_owned()))
        }
        Directive::Allow(code) => allowance(layer, code),
        Directive::Unknown(near) => Some(("envschema does not understand this comment", help(near))),
        Directive::Incomplete(name) => {
            Some(("envschema does not understand this comment", format!("write {}", form(name))))
        }
    };
    comment.directives().into_iter().filter_map(mistake).collect()
}

fn allowance(layer: &Layer<'_>, code: &str) -> Option<Mistake> {
    if !matches!(layer.kind, LayerKind::Dotenv(_)) {
        let help = "allow the code in the schema, with a reason";
        return Some(("a code can be allowed on a line of a `.env` file only", help.to_owned()));
    }
    if registry::find(code).is_some() {
        return None;
    }
    let known = registry::checks().map(|check| check.code);
    let help = match suggest::nearest(code, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`envschema explain` lists the codes".to_owned(),
    };
    Some(("what this comment allows is no code", help))
}

fn help(near: Option<&'static str>) -> String {
    match near {
        Some(near) => format!("did you mean {}?", form(near)),
        None => "write `# envschema: schema=FILE` or `# envschema: allow=CODE`".to_owned(),
    }
}

/// How a directive is written.
fn form(name: &str) -> &'static str {
    if name == "schema" { "`schema=FILE`, without blanks" } else { "`allow=CODE`, without blanks" }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::kind::Kind;
    use crate::testing::{Scene, variable};

    #[test]
    fn nothing_that_is_meant_for_envschema_is_ignored() {
        let found = |text: &str| {
            let scene = Scene::new([variable("A", Kind::String)]).file(text);
            assert!(scene.codes().iter().all(|code| *code == CHECK.code), "{text}");
            scene.help()
        };
        let rows = [
            ("# envschema: shcema=x.yaml\n", "did you mean `schema=FILE`, without blanks?"),
            ("\u{feff}# envschema: schema = x.yaml\n", "write `schema=FILE`, without blanks"),
            ("# envschema: schema: x.yaml\n", "write `schema=FILE`, without blanks"),
            ("# envschema: schema=\n", "write `schema=FILE`, without blanks"),
            ("# envschema:\n", "write `# envschema: schema=FILE` or `# envschema: allow=CODE`"),
            ("# envschema: schema=x\n# envschema: schema=y\n", "keep one of them"),
            ("A=1 # envschema: schema=x\n", "give it a line of its own"),
            ("A=1 # envschema: allow=unknown-varible\n", "did you mean `unknown-variable`?"),
            ("A=1 # envschema: allow=everything\n", "`envschema explain` lists the codes"),
        ];
        for (text, help) in rows {
            assert_eq!(found(text), [help], "{text}");
        }
        for text in [
            "# envschema: schema=x\n# envschema: schema=x\n",
            "A=1 # envschema: allow=invalid-value, unknown-variable until the new release\n",
            "A='\n# envschema: shcema=x\n'\n",
            "# see envschema: shcema=x\n",
        ] {
            assert_eq!(found(text), [] as [&str; 0], "{text}");
        }
    }
}
