//! `envschema explain`: the page of a check, or the list of all.

use envschema::core::redact;
use envschema::core::registry::{self, Check};
use envschema::core::suggest;

use crate::args::ExplainArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;

/// Runs the command.
pub(crate) fn run(args: &ExplainArgs) -> Exit {
    let Some(code) = args.code.as_deref().filter(|_| !args.list) else { return output::page(&list()) };
    match registry::find(code) {
        Some(check) => output::page(check.page),
        None => {
            output::complain(&unknown(code));
            Exit::Undone
        }
    }
}

/// Every code with what it reports, in the order of the reference.
fn list() -> String {
    let width = registry::checks().map(|check| check.code.len()).max().unwrap_or(0);
    let line = |check: &Check| format!("{:width$}  {}\n", check.code, check.summary);
    registry::checks().map(line).collect()
}

fn unknown(code: &str) -> Failure {
    let codes: Vec<_> = registry::checks().map(|check| check.code).collect();
    let failure = Failure::new(format!("unknown code `{}`", redact::escape(code)));
    failure.help(match suggest::value(code, &codes) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`envschema explain --list` lists all codes".to_owned(),
    })
}
