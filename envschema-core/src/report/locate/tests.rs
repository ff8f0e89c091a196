//! Where diagnostics stand, and what is shown there.

use crate::check;
use crate::judge::Circumstances;
use crate::kind::Kind;
use crate::layer::Layer;
use crate::raw::Raw;
use crate::render::{self, Colour};
use crate::schema::{Allowance, Constraint, Entry, Schema, Variable};
use crate::table::Table;
use crate::testing::{Scene, constrained, document, list, secret, variable};

fn variables() -> Vec<Variable> {
    vec![
        variable("PORT", Kind::Port),
        variable("HOSTS", list(Kind::Host)),
        secret(variable("PASSWORD", Kind::Uuid)),
    ]
}

fn full(scene: &Scene) -> String {
    render::full(&scene.report(), Colour::Never)
}

/// Position and excerpt of every diagnostic.
fn shown(scene: &Scene) -> Vec<String> {
    let report = scene.report();
    let shown = report.diagnostics.iter().map(|located| {
        let excerpt = located.place.excerpt.as_ref().map_or("", |excerpt| &excerpt.text);
        format!("{} {excerpt}", render::position(&located.place))
    });
    shown.collect()
}

#[test]
fn the_line_is_shown_up_to_the_first_secret() {
    let expected = "\
error[invalid-value]: item 2 of `HOSTS` has a character that no host name has: \"!\"
  --> .env:2:11
   |
 2 | HOSTS=\"a, !\"
   |           ^
  help: write a host name or an IP address such as `example.com`

error[invalid-value]: `PASSWORD` is not a valid `uuid` (its value stays hidden)
  --> .env:3:8
   |
 3 | export PASSWORD='******
   |        ^^^^^^^^
  help: write a uuid such as `67e55044-10b1-426f-9247-bb680e5fe0c8`

";
    let text = "# secret comment\nHOSTS=\"a, !\" # secret comment\nexport PASSWORD='hunter2' # x\n";
    assert_eq!(full(&Scene::new(variables()).file(text)), expected);
}

#[test]
fn places_in_values_of_several_lines_are_on_their_own_line() {
    let scene = Scene::new(variables()).file("HOSTS=\"a,\n  b c,\nd\"\n");
    assert_eq!(shown(&scene), [".env:2:4   b c,"]);
}

#[test]
fn no_column_behind_a_secret_is_told() {
    let shown = |text| shown(&Scene::new(variables()).file(text));
    assert_eq!(
        shown("PORT=\"x\" HOSTS=!\n")[..2],
        [".env:1:7 PORT=\"x\" HOSTS=!", ".env:1:16 PORT=\"x\" HOSTS=!"]
    );
    assert_eq!(
        shown("PASSWORD=\"hunter2\" PORT=x\n"),
        [".env:1:1 PASSWORD=\"******", ".env:1 PASSWORD=\"******"]
    );
    assert_eq!(shown("PASSWORD=\"a\nb\" PORT=x\n")[1], ".env:2 ******");
    assert_eq!(shown("UNDECLARED=\"hunter2\" PORT=x\n")[1], ".env:1 UNDECLARED=\"******");
}

#[test]
fn a_key_that_is_hidden_has_no_length() {
    let report = Scene::new(variables()).file("hunter2-hunter2=1\n").report();
    let places: Vec<_> = report.diagnostics.iter().map(|located| located.place.columns).collect();
    assert_eq!(places, [Some((1, 1))]);
}

#[test]
fn a_problem_on_no_statement_stands_for_its_line() {
    let scene = Scene::new(variables()).file("PORT=80\n  hunter2 hunter3\n");
    assert_eq!(shown(&scene), [".env:2:3 ******"]);
}

#[test]
fn a_far_place_is_shown_with_what_is_around_it() {
    let text = format!("HOSTS={},!,{}\n", "a,".repeat(60), "b,".repeat(60));
    let scene = Scene::new(variables()).file(&text.replace(",,", ","));
    let found = shown(&scene);
    assert!(found[0].starts_with(".env:1:127 …a,a,a,a"), "{}", found[0]);
    assert!(found[0].contains("a,!,b,b") && found[0].ends_with('…'), "{}", found[0]);
}

fn typed(text: &str, entries: Vec<(&str, Raw<'_>, &str)>) -> Vec<String> {
    let wrong = constrained("NAME", Kind::String, [Constraint::MaxLength(1)]);
    let entries_of_schema = [wrong, variable("PORT", Kind::Port), secret(variable("PASSWORD", Kind::Uuid))];
    let schema =
        Schema { entries: entries_of_schema.map(Entry::Variable).to_vec().into(), ..Schema::default() };
    let layers: [Layer<'_>; 1] = [document(text, entries)];
    let report = check::check(&Table::new(&schema), &layers, &Circumstances::default(), None);
    let shown = report.diagnostics.iter().map(|located| {
        let excerpt = located.place.excerpt.as_ref().map_or("", |excerpt| &excerpt.text);
        format!("{} {excerpt}", render::position(&located.place))
    });
    shown.collect()
}

#[test]
fn typed_files_show_their_marks_and_tables() {
    let name = |text| ("NAME", Raw::Text(text), "long");
    assert_eq!(
        typed("{ x = {NAME = \"long\"}}", vec![name("long".into())]),
        ["app.toml:1:16 { x = {NAME = \"long"]
    );
    assert_eq!(
        typed(
            "{\"PASSWORD\": \"hunter2\", \"NAME\": \"long\"}",
            vec![("PASSWORD", Raw::Text("hunter2".into()), "hunter2"), name("long".into()),]
        ),
        ["app.toml:1:3 {\"PASSWORD\": \"******", "app.toml:1 {\"PASSWORD\": \"******"]
    );
}

#[test]
fn a_comment_allows_a_code_on_its_line_or_the_next() {
    let codes = |text: &str| Scene::new(variables()).file(text).codes();
    let wrong = "invalid-value";
    assert_eq!(codes("PORT=x # envschema: allow=invalid-value\n"), [] as [&str; 0]);
    assert_eq!(codes("# envschema: allow=empty-value,invalid-value because of x\nPORT=x\n"), [] as [&str; 0]);
    assert_eq!(codes("PORT=x # envschema: allow=empty-value\n"), [wrong]);
    assert_eq!(codes("# envschema: allow=invalid-value\n\nPORT=x\n"), [wrong]);
    assert_eq!(codes("PORT=\"x # envschema: allow=invalid-value\"\n"), [wrong]);
    assert_eq!(codes("HOSTS=\"!,\n!\" # envschema: allow=invalid-value\n"), [] as [&str; 0]);
    assert_eq!(codes("X=\"\n# envschema: allow=invalid-value\"\nPORT=x\n"), ["unknown-variable", wrong]);
    let report = Scene::new(variables()).file("PORT=x # envschema: allow=invalid-value\n").report();
    assert_eq!(report.allowed.len(), 1);
}

#[test]
fn the_schema_allows_a_code_everywhere() {
    let allow = |schema: &mut Schema| {
        schema.allow = vec![Allowance { code: "invalid-value".into(), reason: "legacy".into() }].into();
    };
    assert_eq!(Scene::new(variables()).schema(allow).file("PORT=x\n").codes(), [] as [&str; 0]);
}

#[test]
fn diagnostics_come_in_the_order_of_the_sources() {
    let scene = Scene::new(variables()).file("HOSTS=!\nPORT=x\nZ=1\nHOSTS=a\n");
    let scene = scene.file_in("compose", ".env.local", "PORT=y\n");
    let places: Vec<_> =
        scene.found().iter().map(|line| line.split(": ").next().unwrap_or_default().to_owned()).collect();
    assert_eq!(places, [".env:1:7", ".env:2:6", ".env:3:1", ".env:4:1", ".env.local:1:6"]);
}
