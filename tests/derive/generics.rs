//! Generic structs: their parameters may be leaves, structs, or types that read text.

use std::collections::BTreeMap;
use std::net::IpAddr;

use envschema::EnvSchema;
use envschema::leaf::Leaf;

/// Bounds are found: `L: Leaf`, `Vec<L>: Leaf`, `N: EnvSchema`, `Option<N>`.
#[derive(EnvSchema, Debug, PartialEq)]
struct Both<L, N> {
    leaf: L,
    #[env(separator = ';')]
    list: Option<Vec<L>>,
    map: Option<BTreeMap<String, L>>,
    #[env(nested)]
    nested: N,
    #[env(nested)]
    optional: Option<N>,
}

#[derive(EnvSchema, Debug, PartialEq)]
struct Leaves<L: Leaf, const PORT: u16>
where
    L: Clone,
{
    leaf: L,
}

#[derive(EnvSchema, Debug, PartialEq)]
struct Read<T> {
    #[env(from_str)]
    one: T,
    #[env(from_str)]
    optional: Option<T>,
}

#[test]
fn parameters_may_be_leaves_and_structs() {
    let pairs = [("LEAF", "1"), ("LIST", "2;3"), ("MAP", "a=4"), ("NESTED_LEAF", "x")];
    let config = Both::<u8, Leaves<String, 80>>::load_from_pairs(pairs).unwrap();
    let expected = Both {
        leaf: 1,
        list: Some(vec![2, 3]),
        map: Some(BTreeMap::from([("a".to_owned(), 4)])),
        nested: Leaves { leaf: "x".to_owned() },
        optional: None,
    };
    assert_eq!(config, expected);
    assert_eq!(Both::<u8, Leaves<String, 80>>::ROWS, 5);
    assert!(Both::<u8, Leaves<u8, 80>>::load_from_pairs(pairs).is_err());
}

#[test]
fn parameters_may_read_text() {
    let config = Read::<IpAddr>::load_from_pairs([("ONE", "::1")]).unwrap();
    assert_eq!(config, Read { one: IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]), optional: None });
}

type Port = u16;
type Maybe<T> = Option<T>;

#[derive(EnvSchema)]
struct Aliased {
    #[env(min = 1)]
    port: Port,
    other: Maybe<Port>,
    #[env(required_when(port = 7))]
    third: Maybe<Port>,
}

#[test]
fn an_alias_is_what_it_stands_for() {
    let config = Aliased::load_from_pairs([("PORT", "80")]).unwrap();
    assert_eq!((config.port, config.other, config.third), (80, None, None));
    assert!(Aliased::load_from_pairs([("PORT", "0")]).is_err());
    assert!(Aliased::load_from_pairs([("PORT", "65536")]).is_err());
    assert!(Aliased::load_from_pairs([("PORT", "7")]).is_err());
}

mod own {
    //! Types whose names shadow those of the standard library.
    #![expect(non_camel_case_types, reason = "the names of primitive types")]

    use envschema::EnvSchema;

    struct str;
    struct u32;
    struct Option;
    struct String;

    #[derive(EnvSchema)]
    pub(super) struct Shadowed {
        #[env(default = "x", min_length = 1, one_of("x", "y"))]
        pub(super) value: std::string::String,
        pub(super) r#type: std::option::Option<core::primitive::u32>,
    }

    #[test]
    fn shadows_are_no_trouble() {
        let _ = (str, u32, Option, String);
    }
}

#[test]
fn names_in_scope_are_no_trouble() {
    let config = own::Shadowed::load_from_pairs([("TYPE", "5")]).unwrap();
    assert_eq!((config.value.as_str(), config.r#type), ("x", Some(5)));
}
