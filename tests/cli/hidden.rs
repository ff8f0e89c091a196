//! Ways a secret gets into a report that are none of its own: other files, other variables, the schema itself.

use crate::world::Folder;

const FORMATS: [&str; 4] = ["full", "concise", "json", "github"];

/// A schema, the name and text of a source, and what the report must say although it hides `hunter2`.
const CASES: [(&str, &str, &str, &str); 10] = [
    // What stands behind a fault of syntax may be the rest of a text.
    (
        "DB_PASSWORD: {type: string, path: db.password}",
        "x.json",
        "{\"db\":{\"password\":\"pa\nhunter2\"}}",
        "invalid-syntax",
    ),
    (
        "DB_PASSWORD: {type: string, path: db.password}",
        "x.json",
        "{\"db\":{\"password\":\"pa\"hunter2\"}}",
        "invalid-syntax",
    ),
    (
        "DB_PASSWORD: {type: string, path: db.password}",
        "x.toml",
        "db = {password = \"pa,\nhunter2\n}",
        "invalid-syntax",
    ),
    // An alias stands for the value of its anchor.
    (
        "DB_PASSWORD: {type: string, path: db.password}\nN: integer",
        "x.yaml",
        "db:\n  password: &t hunter2\nN: *t\n",
        "invalid-value",
    ),
    ("N: comma-separated integer", "x.yaml", "UNKNOWN: &t hunter2\nN: [1, *t]\n", "invalid-value"),
    // What the schema compares a secret with is the secret where the comparison holds.
    (
        "API_TOKEN: string\nX: {type: string, required_when: {API_TOKEN: hunter2}}",
        "x.env",
        "API_TOKEN=hunter2\n",
        "missing-variable",
    ),
    (
        "DB_PASSWORD: {type: string, not_one_of: [hunter2]}",
        "x.env",
        "DB_PASSWORD=hunter2\n",
        "value-not-allowed",
    ),
    (
        "PIN_SECRET: {type: string, one_of: [hunter2, hunter22]}",
        "x.env",
        "PIN_SECRET=x\n",
        "value-not-allowed",
    ),
    // Addresses that are not well-formed.
    (
        "DATABASE_URL: url (schemes: postgres)",
        "x.env",
        "DATABASE_URL=postgres:/app:hunter2@db/x\n",
        "invalid-value",
    ),
    ("CACHE: url", "x.env", "CACHE=app:hunter2@db:6379\n", "invalid-value"),
];

#[test]
fn no_detour_shows_a_secret() {
    for (schema, name, text, code) in CASES {
        let folder = Folder::with_schema(schema);
        folder.file(name, text);
        for format in FORMATS {
            let run = folder.check(&format!("--env-file {name} --format {format}"));
            let shown = format!("{}{}", run.stdout, run.stderr);
            assert!(shown.contains(code), "{text}: {shown}");
            assert!(!shown.contains("hunter2"), "{text}: {shown}");
        }
    }
}

#[test]
fn a_byte_order_mark_moves_no_place() {
    let folder = Folder::with_schema("P: port\n");
    folder.file("x.env", "\u{feff}P=x\n");
    let run = folder.check("x.env --format full").ends_with(1);
    assert!(run.stdout.contains("--> x.env:1:3\n") && run.stdout.contains("\n 1 | P=x\n"), "{}", run.stdout);
}
