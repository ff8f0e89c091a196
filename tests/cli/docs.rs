//! The guide and the schema reference: every schema they show can be read.

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
