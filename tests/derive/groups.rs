//! Structs in structs: prefixes, optional groups, and the order in which fields are read.

use std::cell::RefCell;
use std::sync::Arc;

use envschema::{EnvSchema, LoadError};

fn codes(error: &LoadError) -> Vec<(&str, &str)> {
    let found = error.diagnostics().map(|found| &found.diagnostic);
    found.map(|found| (found.code, found.key.as_deref().unwrap_or_default())).collect()
}

#[derive(EnvSchema, Debug, PartialEq)]
#[env(prefix = "APP_")]
struct Config {
    #[env(default = 1)]
    first: u8,
    #[env(nested)]
    database: Database,
    #[env(nested, prefix = "S_")]
    smtp: Option<Smtp>,
    #[env(nested)]
    shared: Arc<Smtp>,
    #[env(default = 9)]
    last: u8,
}

#[derive(EnvSchema, Debug, PartialEq)]
struct Database {
    url: String,
    #[env(nested)]
    pool: Option<Pool>,
}

#[derive(EnvSchema, Debug, PartialEq)]
struct Pool {
    size: u8,
    #[env(default = 30)]
    timeout: u8,
}

#[derive(EnvSchema, Debug, PartialEq)]
struct Smtp {
    host: String,
    port: Option<u16>,
}

const REQUIRED: [(&str, &str); 2] = [("APP_DATABASE_URL", "u"), ("APP_SHARED_HOST", "s")];

#[test]
fn an_optional_group_is_all_or_nothing() {
    let config = Config::load_from_pairs(REQUIRED).unwrap();
    let shared = Arc::new(Smtp { host: "s".to_owned(), port: None });
    let expected = Config {
        first: 1,
        database: Database { url: "u".to_owned(), pool: None },
        smtp: None,
        shared: shared.clone(),
        last: 9,
    };
    assert_eq!(config, expected);
    let more =
        [("APP_DATABASE_POOL_SIZE", "5"), ("APP_S_HOST", "m"), ("APP_S_PORT", "25"), ("APP_LAST", "2")];
    let config = Config::load_from_pairs(REQUIRED.into_iter().chain(more)).unwrap();
    let expected = Config {
        first: 1,
        database: Database { url: "u".to_owned(), pool: Some(Pool { size: 5, timeout: 30 }) },
        smtp: Some(Smtp { host: "m".to_owned(), port: Some(25) }),
        shared,
        last: 2,
    };
    assert_eq!(config, expected);
}

#[test]
fn a_group_that_is_begun_must_be_finished() {
    let begun = [("APP_DATABASE_POOL_TIMEOUT", "5"), ("APP_S_PORT", "25")];
    let error = Config::load_from_pairs(REQUIRED.into_iter().chain(begun)).err().unwrap();
    assert_eq!(
        codes(&error),
        [("missing-variable", "APP_DATABASE_POOL_SIZE"), ("missing-variable", "APP_S_HOST")]
    );
}

thread_local! {
    static READ: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn note(text: &str) -> Result<String, ()> {
    READ.with_borrow_mut(|read| read.push(text.to_owned()));
    if text.starts_with("bad") { Err(()) } else { Ok(text.to_owned()) }
}

#[derive(EnvSchema)]
struct Ordered {
    #[env(decode_with = note)]
    b: String,
    #[env(nested)]
    inner: Inner,
    #[env(decode_with = note)]
    a: String,
}

#[derive(EnvSchema)]
struct Inner {
    #[env(decode_with = note)]
    z: String,
    #[env(decode_with = note)]
    optional: Option<String>,
}

#[test]
fn fields_are_read_in_their_order_and_all_of_them() {
    let pairs = [("A", "4"), ("INNER_OPTIONAL", "3"), ("INNER_Z", "2"), ("B", "1")];
    let config = Ordered::load_from_pairs(pairs).unwrap();
    assert_eq!(READ.take(), ["1", "2", "3", "4"]);
    let read = [config.b, config.inner.z, config.inner.optional.unwrap(), config.a];
    assert_eq!(read, ["1", "2", "3", "4"]);
    let pairs = [("A", "bad 4"), ("INNER_Z", "bad 2"), ("B", "1")];
    let error = Ordered::load_from_pairs(pairs).err().unwrap();
    assert_eq!(READ.take(), ["1", "bad 2", "bad 4"]);
    let keys: Vec<_> = codes(&error).into_iter().map(|(_, key)| key.to_owned()).collect();
    // Reports are in the order of the sources.
    assert_eq!(keys, ["A", "INNER_Z"]);
}

#[derive(EnvSchema)]
struct Empty {}

#[derive(EnvSchema)]
struct Single {
    #[env(nested)]
    empty: Empty,
}

#[test]
fn a_struct_may_be_empty() {
    let none: [(&str, &str); 0] = [];
    let Single { empty: Empty {} } = Single::load_from_pairs(none).unwrap();
    assert_eq!(Single::ROWS, 0);
}

#[derive(EnvSchema, Debug)]
#[expect(dead_code, reason = "it cannot be loaded")]
struct Clashing {
    #[env(default = "x")]
    database_url: String,
    #[env(nested)]
    database: Inline,
    #[env(nested, prefix = "", path = "")]
    flat: Inline,
    #[env(nested, prefix = "", path = "again")]
    again: Inline,
}

#[derive(EnvSchema, Debug)]
#[expect(dead_code, reason = "it cannot be loaded")]
struct Inline {
    url: Option<String>,
}

#[test]
fn keys_that_clash_across_structs_are_found_at_the_first_load() {
    let error = Clashing::load_from([]).unwrap_err();
    assert_eq!(codes(&error), [("duplicate-variable", "DATABASE_URL"), ("duplicate-variable", "URL")]);
}
