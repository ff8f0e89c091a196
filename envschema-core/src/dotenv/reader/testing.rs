//! What the tests of the readers show of a reading, in a line.

use super::Dialect;
use crate::dotenv::{Effect, Environ, Outcome};
use crate::span::Lines;

/// The process environment of every test.
pub(super) fn environ() -> Environ {
    [("HOST", "box"), ("EMPTY", ""), ("RAW", "x$HOST")].into_iter().collect()
}

/// What `dialect` sets when it reads `text`, in the order of the file, as `A=1 B=2`; the message if it refuses.
pub(super) fn values(dialect: &Dialect, text: &str) -> String {
    let environ = environ();
    let reading = (dialect.read)(text.as_bytes(), &environ);
    let outcome = Outcome::new(dialect, &reading, &environ);
    if let Some(problem) = outcome.error.filter(|problem| problem.effect != Effect::Act) {
        return format!("refused: {}", problem.message);
    }
    let mut shown: Vec<String> = Vec::new();
    for assignment in &reading.assignments {
        if let Some(value) = outcome.vars.get(&*assignment.key) {
            let pair = format!("{}={}", assignment.key.escape_ascii(), value.escape_ascii());
            if !shown.contains(&pair) {
                shown.push(pair);
            }
        }
    }
    shown.join(" ")
}

/// Every problem `dialect` has with `text` as `line:column text: code effect assignment`.
pub(super) fn problems(dialect: &Dialect, text: &str) -> Vec<String> {
    let text = text.as_bytes();
    let lines = Lines::new(text);
    let reading = (dialect.read)(text, &environ());
    let shown = reading.problems.iter().map(|problem| {
        let at = lines.position(text, problem.span.start);
        let place = problem.span.of(text).escape_ascii();
        let assignment = problem.assignment.map(|index| format!(" #{index}")).unwrap_or_default();
        let (code, effect) = (format!("{:?}", problem.code), format!("{:?}", problem.effect));
        format!("{}:{} {place}: {code} {effect}{assignment}", at.line, at.column)
    });
    shown.collect()
}
