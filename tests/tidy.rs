//! The house rules that a compiler does not enforce: who imports whom, what every file opens with, what the docs name.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the repository").to_owned()
}

/// Every file git knows or would know, relative to the root.
fn files() -> Vec<String> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git lists the files");
    let listed = String::from_utf8(listed.stdout).expect("paths are UTF-8");
    let files: Vec<_> =
        listed.lines().map(str::to_owned).filter(|file| root().join(file).is_file()).collect();
    assert!(files.len() > 50, "git lists the files of the repository");
    files
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The Rust sources of the crates, without tests.
fn sources() -> Vec<String> {
    let is_source =
        |file: &String| file.ends_with(".rs") && file.contains("/src/") && !file.contains("/tests");
    files().into_iter().filter(is_source).collect()
}

/// A source without its unit tests.
fn code(file: &str) -> String {
    let text = read(file);
    text.split("#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned()
}

/// The modules of core that a file of core imports, by their first name.
fn imports(file: &str) -> Vec<String> {
    let code = code(file);
    let uses = code.lines().filter_map(|line| line.trim().strip_prefix("use crate::"));
    uses.map(|path| {
        path.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().to_owned()
    })
    .collect()
}

fn core_files(below: &str) -> Vec<String> {
    let start = format!("envschema-core/src/{below}");
    sources().into_iter().filter(|file| file.starts_with(&start)).collect()
}

#[track_caller]
fn assert_none(what: &str, found: Vec<String>) {
    assert!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
}

/// Files of core below `below` that import one of `forbidden`.
fn breaches(below: &str, forbidden: &[&str]) -> Vec<String> {
    let broken =
        |file: &String| imports(file).into_iter().find(|module| forbidden.contains(&module.as_str()));
    core_files(below).iter().filter_map(|file| Some(format!("{file} imports {}", broken(file)?))).collect()
}

#[test]
fn the_grammar_knows_no_schema() {
    let above = [
        "schema",
        "table",
        "layer",
        "environment",
        "judge",
        "checks",
        "registry",
        "report",
        "render",
        "diagnostic",
    ];
    assert_none("`dotenv` names no schema", breaches("dotenv", &above));
}

#[test]
fn kinds_know_nothing_above_them() {
    let above = [
        "schema",
        "table",
        "dotenv",
        "layer",
        "environment",
        "judge",
        "checks",
        "registry",
        "report",
        "render",
    ];
    assert_none(
        "a kind knows texts and values",
        [breaches("kind", &above), breaches("value", &above)].concat(),
    );
}

#[test]
fn the_model_knows_nothing_that_reads_it() {
    let above = ["dotenv", "layer", "environment", "judge", "checks", "registry", "report", "render"];
    assert_none(
        "the model is at the bottom",
        [breaches("schema", &above), breaches("table", &above)].concat(),
    );
}

#[test]
fn rendering_knows_no_check() {
    assert_none(
        "rendering knows reports only",
        breaches("render", &["checks", "registry", "judge", "environment"]),
    );
}

#[test]
fn checks_do_not_know_each_other_nor_places() {
    let forbidden = ["checks", "registry::find", "report", "render", "span", "outline"];
    assert_none("a check knows the model and the judge", breaches("checks/", &forbidden));
    let shared = ["violation", "syntax", "testing"];
    let mut found = Vec::new();
    for file in core_files("checks/") {
        let others = code(&file);
        let others = others.lines().filter_map(|line| line.strip_prefix("use super::"));
        let others = others.filter(|other| !shared.iter().any(|name| other.starts_with(name)));
        let is_top = file.matches('/').count() == 3;
        found.extend(others.filter(|_| is_top).map(|other| format!("{file} imports {other}")));
    }
    assert_none("no check imports another", found);
}

#[test]
fn core_touches_nothing() {
    let forbidden = [
        "std::fs",
        "std::env",
        "std::process",
        "std::io",
        "std::thread",
        "std::time::Instant",
        "println!",
        "eprintln!",
    ];
    let mut found = Vec::new();
    for file in core_files("") {
        let code = code(&file);
        found.extend(
            forbidden.iter().filter(|word| code.contains(**word)).map(|word| format!("{file} has {word}")),
        );
    }
    assert_none("core reads and writes nothing", found);
}

#[test]
fn only_the_edges_of_the_command_touch_the_world() {
    let mut found = Vec::new();
    for file in sources().into_iter().filter(|file| file.starts_with("envschema-cli/src/")) {
        let code = code(&file);
        let is_host = file.starts_with("envschema-cli/src/host");
        let is_output = file.starts_with("envschema-cli/src/output");
        let world = ["std::fs::", "std::env::"].iter().filter(|word| !is_host && code.contains(**word));
        let output = ["stdout()", "println!", "print!("]
            .iter()
            .filter(|word| !is_output && !is_host && code.contains(**word));
        found.extend(world.chain(output).map(|word| format!("{file} has {word}")));
    }
    assert_none("only `host` reads and only `output` writes", found);
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent = sources().into_iter().filter(|file| !read(file).starts_with("//! "));
    assert_none("a module opens with a sentence", silent.collect());
}

#[test]
fn files_stay_small() {
    let long = files()
        .into_iter()
        .filter(|file| file.ends_with(".rs"))
        .filter(|file| read(file).lines().count() > 600);
    assert_none("a file has at most 600 lines", long.collect());
}

#[test]
fn nothing_is_left_undone() {
    let marks = ["todo!(", "unimplemented!(", "dbg!(", "FIXME", "XXX:", "#[ignore"];
    let mut found = Vec::new();
    for file in sources() {
        let code = code(&file);
        found.extend(
            marks.iter().filter(|mark| code.contains(**mark)).map(|mark| format!("{file} has {mark}")),
        );
    }
    assert_none("nothing is left undone", found);
}

/// Every path that a page names in backticks exists: what has a slash, and what is a file of the root.
#[test]
fn documents_name_only_what_exists() {
    let mut missing = Vec::new();
    for page in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"]
        .into_iter()
        .filter(|page| root().join(page).exists())
    {
        for path in code_spans(&read(page)).into_iter().filter(|span| is_path(span)) {
            let path = path.trim_end_matches('/');
            let places = [path.to_owned(), format!("envschema-core/src/{path}")];
            if !places.iter().any(|place| root().join(place).exists()) {
                missing.push(format!("{page} names `{path}`"));
            }
        }
    }
    assert_none("a page names only what exists", missing);
}

/// Every link of a page to another file leads somewhere.
#[test]
fn links_lead_somewhere() {
    let mut broken = Vec::new();
    for page in files().into_iter().filter(|file| file.ends_with(".md") && !file.contains("/src/")) {
        let text = read(&page);
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
        for target in targets.filter(|target| !target.is_empty() && !target.contains("://")) {
            if !root().join(&page).parent().expect("a file has a folder").join(target).exists() {
                broken.push(format!("{page} links to {target}"));
            }
        }
    }
    assert_none("links lead somewhere", broken);
}

fn code_spans(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn is_path(span: &str) -> bool {
    let is_plain = span.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-'));
    let starts =
        ["envschema", "tests/", "examples/", "schemas/", "docs/", "benches/", "xtask/", "fuzz/", ".ci/"];
    let is_source = span.ends_with(".rs") && !span.contains('/');
    is_plain && (is_source || (span.contains('/') && starts.iter().any(|start| span.starts_with(start))))
}

/// The manifests of the crates, those of examples and tests included, but not of the workspace.
fn manifests() -> Vec<String> {
    let manifests: Vec<_> = files().into_iter().filter(|file| file.ends_with("/Cargo.toml")).collect();
    assert!(manifests.len() > 5, "the crates have manifests");
    manifests
}

/// A dependency says why it is there: a comment right above it, or above the run it stands in. What is tested or measured
/// against needs none.
#[test]
fn every_dependency_has_a_reason() {
    let is_published = |manifest: &String| !manifest.starts_with("tests/") && !manifest.contains("benches");
    let mut bare = Vec::new();
    for manifest in manifests().into_iter().filter(is_published) {
        let mut inside = false;
        let mut explained = false;
        for line in read(&manifest).lines() {
            match line {
                _ if line.starts_with('[') => inside = line.ends_with("dependencies]"),
                _ if line.starts_with('#') => explained = true,
                "" => explained = false,
                _ if inside
                    && !explained
                    && !line.starts_with("envschema")
                    && line.contains('=')
                    && !line.starts_with(' ') =>
                {
                    bare.push(format!("{manifest}: {line}"));
                }
                _ => {}
            }
        }
    }
    assert_none("a dependency has a reason", bare);
}

/// The words of a table that reads attributes, from the lines that declare them.
fn words_of(file: &str) -> Vec<String> {
    let code = code(file);
    let declared = code.lines().filter_map(|line| {
        let line = line.trim_start();
        line.strip_prefix("once(\"").or_else(|| line.strip_prefix("many(\""))?.split('"').next()
    });
    declared.map(str::to_owned).collect()
}

/// Every attribute has a heading, its syntax and an example that runs.
#[test]
fn every_attribute_is_documented() {
    let page =
        ["env_schema", "env_value"].map(|page| read(&format!("envschema/src/derive/{page}.md"))).concat();
    let sections: Vec<_> = page.split("\n## ").skip(1).collect();
    let words: Vec<_> = ["container", "field", "limits"]
        .iter()
        .flat_map(|file| words_of(&format!("envschema-derive/src/parse/{file}.rs")))
        .collect();
    assert!(words.len() > 60, "the words are declared line by line");
    let has_all = |word: &str| {
        let name = format!("`{word}`");
        let mut sections = sections
            .iter()
            .filter(|section| section.lines().next().is_some_and(|heading| heading.contains(&name)));
        sections.any(|section| section.contains("```text\n") && section.matches("\n```").count() >= 4)
    };
    assert_none("an attribute has its section", words.into_iter().filter(|word| !has_all(word)).collect());
}

/// The names in a table of a manifest.
fn names_in(manifest: &str, table: &str) -> Vec<String> {
    let manifest: toml::Table = read(manifest).parse().expect("a manifest is TOML");
    let names = manifest.get(table).and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::keys);
    names.cloned().collect()
}

/// What the derive stands on: the crate that services use re-exports it, and must not be below it.
#[test]
fn the_derive_depends_on_core_alone_among_our_crates() {
    let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
    let ours = |manifest: &str| -> Vec<String> {
        let names = tables.iter().flat_map(|table| names_in(manifest, table));
        names.filter(|name| name.starts_with("envschema")).collect()
    };
    assert_eq!(ours("envschema-derive/Cargo.toml"), ["envschema-core"]);
    assert_eq!(ours("envschema-core/Cargo.toml"), [""; 0]);
    let named = sources().into_iter().filter(|file| {
        file.starts_with("envschema-derive/")
            && code(file)
                .lines()
                .any(|line| line.contains("envschema::") && !line.contains("::envschema::__private"))
    });
    assert_none("the derive names nothing of `envschema`", named.collect());
}

/// The gate builds every feature alone: the script reads the manifests, and this reads the script.
#[test]
fn the_gate_knows_every_feature() {
    let output = Command::new(root().join(".ci/features")).arg("list").output().expect("the script runs");
    let listed = String::from_utf8(output.stdout).expect("features are UTF-8");
    let crates = manifests().into_iter().filter(|manifest| manifest.starts_with("envschema"));
    let mut expected: Vec<_> = crates
        .flat_map(|manifest| {
            let name = manifest.trim_end_matches("/Cargo.toml").to_owned();
            names_in(&manifest, "features").into_iter().map(move |feature| format!("{name}/{feature}"))
        })
        .collect();
    let mut listed: Vec<_> = listed.lines().map(str::to_owned).collect();
    expected.sort();
    listed.sort();
    assert_eq!(listed, expected);
    assert!(expected.len() > 10 && read(".ci/run").contains(".ci/features"));
}

/// The project speaks only of itself.
#[test]
fn nothing_names_a_machine() {
    let needles = [concat!("/ro", "ot/"), concat!("/ho", "me/runner"), concat!("/wo", "rk/")];
    let texts = files()
        .into_iter()
        .filter(|file| !file.ends_with(".gz") && !file.ends_with(".lock") && !file.contains("/corpora/"));
    let mut found = Vec::new();
    for file in texts {
        let Ok(text) = fs::read_to_string(root().join(&file)) else { continue };
        found.extend(
            needles
                .iter()
                .filter(|needle| text.contains(**needle))
                .map(|needle| format!("{file} has {needle}")),
        );
    }
    assert_none("no path of a machine", found);
}
