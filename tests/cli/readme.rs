//! The README: what it shows is what the commands print.

use std::fs;
use std::path::Path;

use crate::world::{Folder, run_in};

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The fenced blocks of a page in a language.
fn blocks<'t>(page: &'t str, language: &str) -> Vec<&'t str> {
    let fence = format!("```{language}\n");
    page.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn the_first_command_prints_the_report_it_shows() {
    let readme = readme();
    let command = blocks(&readme, "console")[0].trim().strip_prefix("$ cargo run -- ").unwrap().to_owned();
    let run = run_in(root(), command.split_whitespace());
    assert_eq!(run.stdout, blocks(&readme, "text")[0]);
}

#[test]
fn the_schema_it_shows_is_one() {
    let readme = readme();
    let folder = Folder::with_schema(blocks(&readme, "yaml")[0]);
    let env = "SECRET_KEY=0123456789012345678901234567890123\nDATABASE_URL=postgres://u:p@db/app\nALLOWED_HOSTS=a.example, b.example\n";
    folder.file(".env", env);
    let run = folder.check(".env");
    assert_eq!((run.status, run.stdout.as_str()), (0, "ok: .env, 7 variables\n"));
}

#[test]
fn it_stays_short() {
    assert!(readme().lines().count() <= 150);
}
