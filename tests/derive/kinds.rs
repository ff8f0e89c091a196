//! The loader takes exactly the texts that the tables of the kinds say it takes.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use envschema::EnvSchema;
use envschema::leaf::Leaf;
use url::Url;

#[derive(EnvSchema)]
struct One<T> {
    value: T,
}

/// Every text of a table and whether the kind takes it, but the empty one, which counts as not set.
fn rows(table: &str) -> Vec<(String, bool)> {
    let rows = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let rows = rows.map(|line| match line.split_at(2) {
        ("+ ", text) => (unescape(text), true),
        (_, row) => (unescape(row.rsplit_once(" | ").unwrap().0), false),
    });
    let rows: Vec<_> = rows.filter(|(text, _)| !text.is_empty()).collect();
    assert!(rows.len() > 10);
    rows
}

/// The escapes of `tests/kinds/README.md`.
fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            plain.push(character);
            continue;
        }
        match characters.next().unwrap() {
            'e' => {}
            'n' => plain.push('\n'),
            'r' => plain.push('\r'),
            's' => plain.push(' '),
            't' => plain.push('\t'),
            'u' => {
                let digits: String = characters.by_ref().skip(1).take_while(|digit| *digit != '}').collect();
                plain.push(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32).unwrap());
            }
            other => plain.push(other),
        }
    }
    plain
}

/// Loads every row as `T`: those of the table that `judge` takes, too, are taken, and are what it makes of them.
#[track_caller]
fn agrees<T: Leaf + PartialEq + Debug>(table: &str, judge: impl Fn(&str) -> Option<T>) {
    for (text, accepted) in rows(table) {
        let expected = judge(&text).filter(|_| accepted);
        let loaded = One::<T>::load_from_pairs([("VALUE", text.as_str())]).ok().map(|one| one.value);
        assert_eq!(loaded, expected, "{text:?}");
    }
}

fn parsed<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

/// As Rust reads it; and minus zero is zero.
fn unsigned<T: FromStr + Default>(text: &str) -> Option<T> {
    let is_minus_zero = |rest: &str| rest.bytes().all(|byte| byte == b'0');
    if text.strip_prefix('-').is_some_and(is_minus_zero) { Some(T::default()) } else { parsed(text) }
}

macro_rules! table {
    ($name:literal) => {
        include_str!(concat!("../kinds/", $name, ".txt"))
    };
}

#[test]
fn types_of_rust_take_what_their_kind_takes() {
    let integers = table!("integer");
    agrees::<u8>(integers, unsigned);
    agrees::<i16>(integers, parsed);
    agrees::<u64>(integers, unsigned);
    agrees::<i128>(integers, parsed);
    agrees::<u128>(integers, unsigned);
    agrees::<std::num::NonZeroI32>(integers, parsed);
    agrees::<f64>(table!("number"), parsed);
    agrees::<String>(table!("string"), parsed);
    agrees::<PathBuf>(table!("path"), parsed);
    agrees::<IpAddr>(table!("ip"), parsed);
    agrees::<Ipv4Addr>(table!("ipv4"), parsed);
    agrees::<Ipv6Addr>(table!("ipv6"), parsed);
    agrees::<SocketAddr>(table!("socket-address"), |text| text.replace(":080", ":80").parse().ok());
    agrees::<Url>(table!("url"), parsed);
}

#[test]
fn types_with_words_of_their_own_take_what_their_kind_takes() {
    let boolean = |text: &str| Some(["true", "yes", "on", "1"].contains(&text.to_lowercase().as_str()));
    agrees::<bool>(table!("boolean"), boolean);
    for (text, accepted) in rows(table!("duration")) {
        let loaded = One::<Duration>::load_from_pairs([("VALUE", text.as_str())]);
        assert_eq!(loaded.is_ok(), accepted, "{text:?}");
    }
}

#[test]
fn collections_take_what_lists_and_maps_take() {
    for (text, accepted) in rows(table!("list")) {
        assert_eq!(
            One::<Vec<i128>>::load_from_pairs([("VALUE", text.as_str())]).is_ok(),
            accepted,
            "{text:?}"
        );
    }
    for (text, accepted) in rows(table!("list-of-strings")) {
        assert_eq!(
            One::<Vec<String>>::load_from_pairs([("VALUE", text.as_str())]).is_ok(),
            accepted,
            "{text:?}"
        );
    }
    for (text, accepted) in rows(table!("map")) {
        let loaded = One::<BTreeMap<String, i128>>::load_from_pairs([("VALUE", text.as_str())]);
        assert_eq!(loaded.is_ok(), accepted, "{text:?}");
    }
}

#[test]
fn text_takes_what_its_kind_takes() {
    macro_rules! kinds {
        ($($kind:literal)*) => {$({
            #[derive(EnvSchema)]
            struct Text {
                #[env(kind = $kind)]
                value: String,
            }
            for (text, accepted) in rows(table!($kind)) {
                let loaded = Text::load_from_pairs([("VALUE", text.as_str())]);
                assert_eq!(loaded.ok().map(|loaded| loaded.value), accepted.then_some(text), $kind);
            }
        })*};
    }
    kinds! {
        "string" "integer" "number" "boolean" "url" "email" "host" "port" "ip" "ipv4" "ipv6" "cidr" "socket-address"
        "path" "duration" "size" "uuid" "date" "datetime" "timezone" "semver" "base64" "hex" "regex" "json"
    }
    #[derive(EnvSchema)]
    struct Words {
        #[env(kind = "host", separator = ' ')]
        value: Vec<String>,
    }
    for (text, accepted) in rows(table!("list-of-words")) {
        let loaded = Words::load_from_pairs([("VALUE", text.as_str())]);
        assert_eq!(loaded.is_ok(), accepted, "{text:?}");
        if let Ok(words) = loaded {
            assert_eq!(words.value, text.split_ascii_whitespace().collect::<Vec<_>>());
        }
    }
}
