//! Mistakes in schemas that no compiler can see: they are reported when a configuration is loaded.

use std::time::Duration;

use envschema::{EnvSchema, EnvValue, Secret};

/// The codes of what keeps a configuration from being loaded from nothing.
fn codes<C: EnvSchema>() -> Vec<&'static str> {
    let Err(error) = C::load_from([]) else { return Vec::new() };
    error.diagnostics().map(|found| found.diagnostic.code).collect()
}

macro_rules! schemas {
    ($($(#[$attribute:meta])* $name:ident { $($field:tt)* })*) => {$(
        #[allow(dead_code)]
        #[derive(EnvSchema)]
        $(#[$attribute])*
        struct $name { $($field)* }
    )*};
}

type Wait = Duration;

#[allow(dead_code)]
#[derive(EnvValue)]
enum Level {
    Debug,
    Info,
}

schemas! {
    UndeclaredOperand { #[env(required_when("NOPE" = 3))] a: Option<u16> }
    UndeclaredSet { #[env(forbidden_when(set("NOPE")))] a: Option<u16> }
    Misshapen { #[env(forbidden_when("A B" = 3))] a: Option<u16> }
    Replaced { #[env(deprecated, replaced_by = "NOPE")] a: Option<u16> }
    #[env(all_or_none(a, "NOPE"))]
    Related { a: Option<u16> }
    OfAnAlias { #[env(default = "5 parsecs")] a: Wait }
    Constrained { #[env(min = "5m", default = "1s")] a: Wait }
    Inner { #[env(required_when(profile = "prod"))] a: Option<u16> }
    #[env(profiles("production"), profile = "APP_ENV")]
    Outer { #[env(nested)] inner: Inner }
    Token { session_secret: Option<Secret<String>> }
    Exposed { #[env(nested, prefix = "VITE_")] a: Token }
    Parsed { #[env(from_str, default = "x")] a: u16 }
    ParsedAndMissing { #[env(from_str, default = "x")] a: u16, b: u16 }
    UndeclaredAndMissing { #[env(required_when("NOPE" = 3))] a: Option<u16>, b: u16 }

    Declared { #[env(required_when("B" = 3))] a: Option<u16>, b: Option<u16> }
    Leveled { #[env(default = "info")] a: Level, #[env(one_of("debug"))] b: Option<Level>, #[env(default = ["info"])] c: Vec<Level>, #[env(required_when(a = "debug"))] d: Option<u8> }
    #[env(profiles("prod", "local"))]
    Deployed { #[env(nested)] inner: Inner, #[env(nested)] leveled: Leveled }
    Beside { #[env(required_when("SERVER_PORT" = 3))] a: Option<u16> }
    Port { port: Option<u16> }
    Whole { #[env(nested, prefix = "")] beside: Beside, #[env(nested)] server: Port }
}

#[test]
fn what_no_compiler_sees_is_reported_when_it_is_loaded() {
    let rows: [(&str, Vec<&str>, &[&str]); 13] = [
        ("a condition on nothing", codes::<UndeclaredOperand>(), &["invalid-schema"]),
        ("a condition on nothing set", codes::<UndeclaredSet>(), &["invalid-schema"]),
        ("a condition on no key", codes::<Misshapen>(), &["invalid-schema"]),
        ("a replacement that is not there", codes::<Replaced>(), &["invalid-schema"]),
        ("a rule about nothing", codes::<Related>(), &["invalid-schema"]),
        ("a default of an alias", codes::<OfAnAlias>(), &["invalid-default"]),
        ("a default below its bound", codes::<Constrained>(), &["invalid-default"]),
        ("a profile that is not listed", codes::<Outer>(), &["invalid-schema"]),
        ("a secret that browsers get", codes::<Exposed>(), &["exposed-secret"]),
        ("a default that a function refuses", codes::<Parsed>(), &["invalid-default"]),
        ("beside something else", codes::<UndeclaredAndMissing>(), &["missing-variable", "invalid-schema"]),
        ("a key of another struct", codes::<Whole>(), &[]),
        ("nothing wrong", codes::<Deployed>(), &[]),
    ];
    for (what, found, expected) in rows {
        assert_eq!(found, expected, "{what}");
    }
    assert!(codes::<ParsedAndMissing>().contains(&"invalid-default"));
}

/// Looking a schema through takes time; mostly the compiler has seen everything.
#[test]
fn what_the_compiler_has_seen_is_not_looked_through_again() {
    assert_eq!([Declared::IS_UNSURE, Leveled::IS_UNSURE, Deployed::IS_UNSURE, Inner::IS_UNSURE], [false; 4]);
    assert_eq!(
        [UndeclaredOperand::IS_UNSURE, OfAnAlias::IS_UNSURE, Outer::IS_UNSURE, Exposed::IS_UNSURE],
        [true; 4]
    );
}
