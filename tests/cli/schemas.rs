//! What schemas may ask of the command: other schemas they extend, and keywords that only another engine understands.

use crate::world::Folder;

#[test]
fn a_schema_extends_another_one() {
    let folder = Folder::new();
    folder.file("base.yaml", "PORT: port (required)\n");
    folder.file("app/envschema.yaml", "extends: ../base.yaml\nvariables:\n  NAME: string (required)\n");
    folder.file("app/.env", "PORT=x\n");
    let run = folder.check("app/.env --format json").ends_with(1);
    assert_eq!(run.found(), ["invalid-value PORT app/.env:1", "missing-variable NAME app/.env"]);
}
