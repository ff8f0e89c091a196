//! `envschema explain`.

use crate::world::Folder;

#[test]
fn every_listed_code_has_a_page() {
    let folder = Folder::new();
    let list = folder.run(["explain"]).ends_with(0);
    assert_eq!(list.stdout, folder.run(["explain", "--list"]).ends_with(0).stdout);
    let codes: Vec<&str> = list.stdout.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(codes.len() > 30, "{codes:?}");
    for code in codes {
        let page = folder.run(["explain", code]).ends_with(0);
        assert!(page.stdout.starts_with(&format!("# {code}\n")), "{code}");
    }
}

#[test]
fn a_misspelt_code_is_suggested() {
    let folder = Folder::new();
    let run = folder.run(["explain", "mising-variable"]).ends_with(2);
    assert_eq!(
        run.stderr,
        "error: unknown code `mising-variable`\n  help: did you mean `missing-variable`?\n"
    );
    folder.run(["explain", "x"]).ends_with(2).complains("`envschema explain --list` lists all codes");
}
