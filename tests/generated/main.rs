//! The generated references in `docs/`: each is compared with what the code says, and rewritten when asked to.
//!
//! `ENVSCHEMA_UPDATE=1 cargo test -p envschema-tests --test generated` rewrites them.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use envschema_core::kind::Kind;
use envschema_core::registry;

mod dialects;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the repository").to_owned()
}

#[track_caller]
fn assert_current(file: &str, text: &str) {
    let path = root().join(file);
    if std::env::var_os("ENVSCHEMA_UPDATE").is_some() {
        fs::write(&path, text).expect("the reference can be written");
    }
    let current = fs::read_to_string(&path).unwrap_or_default();
    assert!(current == text, "{file} is out of date: run this test with ENVSCHEMA_UPDATE=1");
}

#[test]
fn codes() {
    let mut text = String::from(
        "# Codes\n\nEvery diagnostic has one of these codes. A code is never used again for anything else. The page of a code is also what\n\
         `envschema explain CODE` prints. This list is generated from the registry of checks.\n\n| code | what it reports |\n|---|---|\n",
    );
    for check in registry::checks() {
        let file = check.code.replace('-', "_");
        writeln!(text, "| [`{}`](../envschema-core/src/checks/{file}.md) | {} |", check.code, check.summary)
            .unwrap();
    }
    text.push_str(
        "\nA line's `# envschema: allow=CODE` (behind the assignment or on the line above), and `allow` in the schema, silence a code there;\n\
         `--format json` still lists what was silenced.\n",
    );
    assert_current("docs/codes.md", &text);
}

/// The documentation of each kind is the first comment of its file.
#[test]
fn kinds() {
    let mut text = String::from(
        "# Kinds\n\nWhat a value may be. Text becomes a value in one place, so the checker, the loader and the editor never disagree. This page is\n\
         generated from the files in `envschema-core/src/kind/`; the tables of accepted and rejected texts are in `tests/kinds/`.\n",
    );
    let mut seen = Vec::new();
    let list = ["list", "map"].map(str::to_owned);
    for name in Kind::SCALARS.iter().map(|kind| kind.name().replace('-', "_")).chain(list) {
        let file = if name.starts_with("ipv") { "ip".to_owned() } else { name.clone() };
        if seen.contains(&file) {
            continue;
        }
        let source = fs::read_to_string(root().join(format!("envschema-core/src/kind/{file}.rs")))
            .expect("each kind has a file");
        let comment = source.lines().map_while(|line| line.strip_prefix("//!"));
        let lines: Vec<&str> = comment.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        write!(text, "\n## {}\n\n{}\n", file.replace('_', "-"), lines.join("\n")).unwrap();
        seen.push(file);
    }
    assert_current("docs/kinds.md", &text);
}
