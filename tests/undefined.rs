//! `undefined-reference` in every dialect: a reference to nothing is an error wherever a reader would resolve it.

use envschema_core::check::check;
use envschema_core::dotenv::{DIALECTS, Dialect, Environ, Outcome, Syntax};
use envschema_core::judge::Circumstances;
use envschema_core::kind::Kind;
use envschema_core::layer::Layer;
use envschema_core::schema::{Entry, Schema, Variable};
use envschema_core::table::Table;

/// Values that refer to `NAME`, which is set nowhere; `SET` is set above, and `UNSET` nowhere.
const FORMS: &[&str] = &[
    "$NAME",
    "${NAME}",
    "\"$NAME\"",
    "\"${NAME}\"",
    "'${NAME}'",
    "$(NAME)",
    "x${NAME}y",
    "${SET}${NAME}",
    "${UNSET:-$NAME}",
    "${UNSET:-${NAME}}",
    "${UNSET-$NAME}",
    "${SET:+$NAME}",
    // What a default would refer to, if it applied.
    "${SET:-$NAME}",
    "${SET:-${NAME}}",
    "${SET:-x$NAME}",
    "${SET-$NAME}",
];

fn value(dialect: &Dialect, text: &str) -> Option<String> {
    let environ = Environ::empty();
    let outcome = Outcome::new(dialect, &(dialect.read)(text.as_bytes(), &environ), &environ);
    let value = outcome.vars.get(&b"A"[..]).filter(|_| outcome.error.is_none());
    value.map(|value| String::from_utf8_lossy(value).into_owned())
}

/// What is said of references in `text`.
fn reported(dialect: &'static Dialect, text: &str) -> Vec<String> {
    let variables = ["A", "SET", "NAME"].map(|key| Entry::Variable(Variable::new(key.into(), Kind::String)));
    let schema = Schema { entries: variables.to_vec().into(), ..Schema::default() };
    let reading = (dialect.read)(text.as_bytes(), &Environ::empty());
    let layers = [Layer::dotenv(".env".into(), text.as_bytes(), dialect, reading)];
    let report = check(&Table::new(&schema), &layers, &Circumstances::default(), None);
    let found = report.diagnostics.iter().map(|found| &found.diagnostic);
    found.filter(|found| found.code == "undefined-reference").map(|found| found.headline.clone()).collect()
}

/// Whether a reader resolves the reference in `form`, or would if the default that it is in applied.
fn resolves(dialect: &Dialect, form: &str) -> bool {
    let applied = form.replace("${SET:-", "${UNSET:-").replace("${SET-", "${UNSET-");
    let [one, other] =
        ["one", "two"].map(|word| value(dialect, &format!("SET=set\nNAME={word}\nA={applied}\n")));
    one.is_some() && one != other
}

#[test]
fn a_reference_to_nothing_is_reported_in_every_dialect() {
    let mut resolved = 0;
    let mut failures = String::new();
    for dialect in DIALECTS {
        for form in FORMS.iter().filter(|form| resolves(dialect, form)) {
            resolved += 1;
            let text = format!("SET=set\nA={form}\n");
            let found = reported(dialect, &text);
            if !found.iter().any(|found| found == "`A` refers to `NAME`, which is not set") {
                failures.push_str(&format!("{} {form}: {found:?}\n", dialect.name));
            }
            let sound = reported(dialect, &format!("SET=set\nNAME=x\nA={form}\n"));
            if sound.iter().any(|found| found.contains("`NAME`")) {
                failures.push_str(&format!("{} {form} is sound: {sound:?}\n", dialect.name));
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(resolved > 200, "{resolved}");
}

#[test]
fn a_value_that_refers_to_itself_is_reported_in_every_dialect() {
    for dialect in DIALECTS {
        for form in ["$A", "${A}", "$(A)"].iter().filter(|form| resolves(dialect, &form.replace('A', "NAME")))
        {
            let text = format!("A={form}\n");
            let reading = (dialect.read)(text.as_bytes(), &Environ::empty());
            let never_ends = reading.problems.iter().any(|problem| problem.code == Syntax::ExpansionLimit);
            let found = reported(dialect, &text);
            let is_found = found == ["`A` refers to `A`, which is not set"];
            assert!(is_found != never_ends, "{} {form}: {found:?}", dialect.name);
        }
    }
}
