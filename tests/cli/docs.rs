//! The guide and the schema reference: every schema they show can be read, and the commands of the guide print what it shows.

use std::fs;
use std::path::Path;

use crate::world::Folder;

#[test]
fn every_schema_in_the_docs_can_be_read() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("docs");
    let mut count = 0;
    for page in ["guide.md", "schema.md"] {
        let text = fs::read_to_string(docs.join(page)).unwrap();
        for block in text.split("```yaml schema\n").skip(1).map(|rest| rest.split("```").next().unwrap()) {
            count += 1;
            let folder = Folder::with_schema(block);
            folder.file(".env", "");
            let run = folder.check("--format json .env");
            assert_eq!(run.json()["schemas"], serde_json::json!([]), "{page}: {block}");
        }
    }
    assert!(count >= 5, "the pages show schemas");
}

/// The fenced blocks of a page that belong to its one example, with the words before `case`.
fn example(page: &str) -> Vec<(&str, &str)> {
    let blocks = page.split("\n```").filter_map(|block| block.split_once(" case\n"));
    blocks.filter(|(language, _)| !language.contains('\n')).collect()
}

#[test]
fn the_commands_of_the_guide_print_what_it_shows() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("docs/guide.md");
    let guide = fs::read_to_string(guide).unwrap();
    let folder = Folder::new();
    let mut printed: Vec<String> = Vec::new();
    let mut shown: Vec<String> = Vec::new();
    for (language, text) in example(&guide) {
        let text = format!("{text}\n");
        match language {
            "env" => drop(folder.file(".env", &text)),
            "yaml" => drop(folder.file("envschema.yaml", &text)),
            "console" => {
                let words = text.trim().strip_prefix("$ envschema ").unwrap();
                printed.push(folder.run(words.split(' ')).stdout);
            }
            _ => shown.push(text),
        }
    }
    assert_eq!(printed, shown);
    assert_eq!(shown.len(), 5);
}
