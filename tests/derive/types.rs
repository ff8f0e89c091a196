//! Every type a field may have: what it takes, what it is then, what it refuses.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::ffi::OsString;
use std::fmt::Debug;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::num::{NonZeroI8, NonZeroI128, NonZeroU16, NonZeroU128};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use envschema::core::scalar;
use envschema::leaf::Leaf;
use envschema::source::ConfigText;
use envschema::{EnvSchema, EnvValue, LoadError, Secret};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use url::Url;

/// A configuration of one field.
#[derive(EnvSchema)]
struct One<T> {
    value: T,
}

fn load<T: Leaf>(text: &str) -> Result<T, LoadError> {
    One::<T>::load_from_pairs([("VALUE", text)]).map(|one| one.value)
}

/// The type takes the text, and it is `expected` then.
#[track_caller]
fn takes<T: Leaf + PartialEq + Debug>(text: &str, expected: T) {
    assert_eq!(load::<T>(text).unwrap(), expected, "{text:?}");
}

/// The type refuses the texts, each under a code.
#[track_caller]
fn refuses<T: Leaf>(code: &str, texts: &[&str]) {
    for text in texts {
        let error = load::<T>(text).err().unwrap_or_else(|| panic!("takes {text:?}"));
        let codes: Vec<_> = error.diagnostics().map(|found| found.diagnostic.code).collect();
        assert_eq!(codes, [code], "{text:?}");
    }
}

#[test]
fn integers_have_their_range() {
    macro_rules! ranges {
        ($($ty:ty)*) => {$(
            takes(&<$ty>::MIN.to_string(), <$ty>::MIN);
            takes(&<$ty>::MAX.to_string(), <$ty>::MAX);
            takes("+007", <$ty>::try_from(7).unwrap());
            refuses::<$ty>("invalid-value", &["7x", "0x7", "1e1", "7.0", " 7"]);
        )*};
    }
    ranges! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }
    refuses::<i8>("out-of-range", &["-129", "128"]);
    refuses::<u16>("out-of-range", &["-1", "65536"]);
    refuses::<u64>("out-of-range", &["18446744073709551616"]);
    refuses::<i128>("out-of-range", &["170141183460469231731687303715884105728"]);
    refuses::<u128>("out-of-range", &["-1"]);
    refuses::<u128>("invalid-value", &["340282366920938463463374607431768211456"]);
    takes("1", NonZeroU16::MIN);
    takes(&NonZeroU128::MAX.to_string(), NonZeroU128::MAX);
    takes(&NonZeroI128::MIN.to_string(), NonZeroI128::MIN);
    refuses::<NonZeroI8>("value-not-allowed", &["0", "-0"]);
    refuses::<NonZeroI8>("out-of-range", &["128"]);
}

#[test]
fn other_scalars_are_what_their_kind_reads() {
    takes("0.1", 0.1_f64);
    takes("0.1", 0.1_f32);
    takes("3.4028234663852886e38", f32::MAX);
    refuses::<f32>("out-of-range", &["3.5e38", "-3.5e38"]);
    refuses::<f64>("invalid-value", &["NaN", "inf", "1,5"]);
    takes("on", true);
    takes("NO", false);
    refuses::<bool>("invalid-value", &["2", "y"]);
    takes("ß", 'ß');
    refuses::<char>("invalid-length", &["ab"]);
    takes(" text ", " text ".to_owned());
    takes::<Box<str>>("text", "text".into());
    takes::<Arc<str>>("text", "text".into());
    takes::<Cow<'static, str>>("text", "text".into());
    takes("/var/lib/app", PathBuf::from("/var/lib/app"));
    takes("1h30m", Duration::from_secs(5400));
    refuses::<Duration>("invalid-value", &["5", "soon"]);
}

#[test]
fn addresses_have_their_version() {
    takes("10.0.0.1", IpAddr::from([10, 0, 0, 1]));
    takes("::1", IpAddr::V6(Ipv6Addr::LOCALHOST));
    takes("10.0.0.1", Ipv4Addr::new(10, 0, 0, 1));
    refuses::<Ipv4Addr>("invalid-value", &["::1", "10.0.0.256"]);
    takes("::1", Ipv6Addr::LOCALHOST);
    refuses::<Ipv6Addr>("invalid-value", &["10.0.0.1"]);
    takes("[::1]:80", SocketAddr::from((Ipv6Addr::LOCALHOST, 80)));
    takes("10.0.0.1:80", SocketAddrV4::new(Ipv4Addr::new(10, 0, 0, 1), 80));
    refuses::<SocketAddrV4>("invalid-value", &["[::1]:80"]);
    takes("[::1]:80", SocketAddrV6::new(Ipv6Addr::LOCALHOST, 80, 0, 0));
    refuses::<SocketAddrV6>("invalid-value", &["10.0.0.1:80"]);
}

#[test]
fn collections_hold_their_items() {
    takes("a, b,a", vec!["a".to_owned(), "b".to_owned(), "a".to_owned()]);
    takes::<Box<[u8]>>("1,2", [1, 2].into());
    takes("1,2", VecDeque::from([1_u8, 2]));
    takes("2,1,2", BTreeSet::from([1_u8, 2]));
    takes("2,1,2", HashSet::from([1_u8, 2]));
    takes("a=1,b=2", BTreeMap::from([("a".to_owned(), 1_u8), ("b".to_owned(), 2)]));
    takes("a=1", HashMap::from([("a".to_owned(), 1_u8)]));
    takes("x,ß", vec!['x', 'ß']);
    refuses::<Vec<u8>>("out-of-range", &["1,256", "-1"]);
    refuses::<Vec<u8>>("invalid-value", &["1,,2", "1,x"]);
    refuses::<Vec<char>>("pattern-mismatch", &["xy"]);
    refuses::<BTreeMap<String, u8>>("invalid-value", &["a", "a=1,a=2"]);
    refuses::<BTreeMap<String, u8>>("out-of-range", &["a=256"]);
}

#[test]
fn what_is_around_a_type_changes_nothing() {
    takes("7", Some(7_u8));
    takes("7", Box::new(7_u8));
    takes("7", Rc::new(7_u8));
    takes("7", Arc::new(7_u8));
    takes("7", Some(Box::new(7_u8)));
    takes("1,2", Some(vec![1_u8, 2]));
    refuses::<Option<Box<u8>>>("out-of-range", &["256"]);
}

#[test]
fn what_is_not_set_is_absent_or_missing() {
    fn unset<T: Leaf>() -> Result<T, LoadError> {
        One::<T>::load_from_pairs([("VALUE", "")]).map(|one| one.value)
    }
    assert_eq!(unset::<Option<u8>>().unwrap(), None);
    assert_eq!(unset::<Option<Vec<u8>>>().unwrap(), None);
    assert_eq!(unset::<Box<Option<u8>>>().unwrap(), Box::new(None));
    for error in [unset::<u8>().err(), unset::<String>().err(), unset::<Vec<u8>>().err()] {
        let error = error.unwrap();
        let codes: Vec<_> = error.diagnostics().map(|found| found.diagnostic.code).collect();
        assert!(codes.iter().all(|code| ["missing-variable", "empty-value"].contains(code)), "{codes:?}");
    }
}

#[test]
fn secrets_are_read_and_not_shown() {
    let secret: Secret<u16> = load("08080").unwrap();
    assert_eq!((*secret.expose(), secret.expose_text()), (8080, "08080"));
    let secret: Secret<Url> = load("https://user:hunter2@example.com").unwrap();
    assert_eq!(secret.expose().password(), Some("hunter2"));
    let secret: SecretString = load("hunter2").unwrap();
    assert_eq!(secret.expose_secret(), "hunter2");
    let secret: SecretBox<u64> = load("42").unwrap();
    assert_eq!(*secret.expose_secret(), 42);
    let secret: Option<Secret<Vec<String>>> = load("a,b").unwrap();
    assert_eq!(secret.unwrap().expose(), &["a", "b"]);
    let error = load::<Secret<u16>>("hunter2").err().unwrap();
    assert!(!format!("{error} {error:?}").contains("hunter2"));
    let error = load::<Vec<Secret<u16>>>("1,hunter2").err().unwrap();
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

#[test]
fn a_url_has_one_host() {
    takes("https://example.com/a", Url::parse("https://example.com/a").unwrap());
    takes("postgres:///db", Url::parse("postgres:///db").unwrap());
    refuses::<Url>("invalid-value", &["localhost:5432/db", "example.com", "mongodb://a:1,b:2/db"]);
    let error = load::<Url>("mongodb://a:1,b:2/db").err().unwrap();
    let headline = &error.diagnostics().next().unwrap().diagnostic.headline;
    assert_eq!(headline, "`VALUE` has several hosts, and its field holds a URL with one");
}

#[derive(EnvValue, PartialEq, Debug)]
enum Level {
    Info,
    #[env(aliases("warning", "WARN"))]
    Warn,
}

#[test]
fn an_enum_is_read_by_its_names() {
    takes("info", Level::Info);
    takes("warn", Level::Warn);
    takes("WARN", Level::Warn);
    takes("warn,info", vec![Level::Warn, Level::Info]);
    takes("a=info", BTreeMap::from([("a".to_owned(), Level::Info)]));
    refuses::<Level>("value-not-allowed", &["Info", "debug"]);
    refuses::<Vec<Level>>("value-not-allowed", &["info,debug"]);
}

/// A type that is read from text and knows no kind.
#[derive(PartialEq, Debug, PartialOrd, Eq, Ord)]
struct Hex(u32);

impl std::str::FromStr for Hex {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        u32::from_str_radix(text, 16).map(Self).map_err(|_| format!("no hexadecimal number: {text}"))
    }
}

fn from_hex(text: &str) -> Result<Hex, String> {
    text.parse()
}

fn only_kind_errors(text: &str) -> Result<SocketAddr, std::net::AddrParseError> {
    text.parse()
}

#[derive(EnvSchema, PartialEq, Debug)]
struct FromText {
    #[env(from_str, default = "ff")]
    one: Hex,
    #[env(from_str)]
    optional: Option<Hex>,
    #[env(from_str, separator = ' ', default = ["1", "a"])]
    list: Vec<Hex>,
    #[env(from_str)]
    set: Option<BTreeSet<Hex>>,
    #[env(from_str, default = "x=f")]
    map: HashMap<String, Hex>,
    #[env(decode_with = from_hex, default = "e")]
    with: Hex,
    #[env(decode_with = from_hex)]
    optional_with: Option<Hex>,
    #[env(decode_with = only_kind_errors, kind = "socket-address", default = "127.0.0.1:80")]
    address: SocketAddr,
}

#[test]
fn any_type_that_reads_text_can_be_a_field() {
    let none: [(&str, &str); 0] = [];
    let config = FromText::load_from_pairs(none).unwrap();
    let expected = FromText {
        one: Hex(0xff),
        optional: None,
        list: vec![Hex(1), Hex(10)],
        set: None,
        map: HashMap::from([("x".to_owned(), Hex(15))]),
        with: Hex(14),
        optional_with: None,
        address: SocketAddr::from(([127, 0, 0, 1], 80)),
    };
    assert_eq!(config, expected);
    let pairs = [("OPTIONAL", "1"), ("LIST", "2 3"), ("SET", "5,4"), ("OPTIONAL_WITH", "6")];
    let config = FromText::load_from_pairs(pairs).unwrap();
    assert_eq!(config.optional, Some(Hex(1)));
    assert_eq!(config.list, [Hex(2), Hex(3)]);
    assert_eq!(config.set, Some(BTreeSet::from([Hex(4), Hex(5)])));
    assert_eq!(config.optional_with, Some(Hex(6)));
}

#[test]
fn what_a_type_says_of_a_text_is_not_shown() {
    let pairs = [("ONE", "hunter2"), ("LIST", "1 hunter2"), ("WITH", "hunter2"), ("ADDRESS", "[::1]:1")];
    let error = FromText::load_from_pairs(pairs).err().unwrap();
    let headlines: Vec<_> = error.diagnostics().map(|found| found.diagnostic.headline.as_str()).collect();
    assert_eq!(
        headlines,
        ["`ONE` is not a `Hex`", "`LIST` is not a `Hex`", "`WITH` is not accepted by `from_hex`"]
    );
    assert!(!format!("{error}").contains("hunter2"));
}

#[derive(serde::Deserialize, PartialEq, Debug)]
#[serde(rename_all = "lowercase")]
enum Colour {
    Red,
    Green,
}

#[derive(serde::Deserialize, PartialEq, Debug)]
struct Port(u16);

#[derive(serde::Deserialize, PartialEq, Debug)]
struct Point {
    x: i32,
    y: Option<f64>,
}

#[derive(EnvSchema, PartialEq, Debug)]
struct Deserialized {
    #[env(deserialize)]
    colour: Colour,
    #[env(deserialize, default = 8080)]
    port: Port,
    #[env(deserialize)]
    colours: Option<Vec<Colour>>,
    #[env(deserialize, default = "x=-1,y=0.5")]
    point: Point,
    #[env(deserialize, default = "true")]
    flag: bool,
    #[env(deserialize, default = "1,2")]
    pair: (u8, u8),
    #[env(deserialize, kind = "integer", default = 7)]
    any: serde_json::Value,
}

#[test]
fn any_type_that_serde_knows_can_be_a_field() {
    let config = Deserialized::load_from_pairs([("COLOUR", "green"), ("COLOURS", "red, green")]).unwrap();
    let expected = Deserialized {
        colour: Colour::Green,
        port: Port(8080),
        colours: Some(vec![Colour::Red, Colour::Green]),
        point: Point { x: -1, y: Some(0.5) },
        flag: true,
        pair: (1, 2),
        any: serde_json::json!(7),
    };
    assert_eq!(config, expected);
    let pairs = [("COLOUR", "hunter2"), ("PORT", "65536"), ("POINT", "x=hunter2"), ("PAIR", "1")];
    let error = Deserialized::load_from_pairs(pairs).err().unwrap();
    let headlines: Vec<_> = error.diagnostics().map(|found| found.diagnostic.headline.as_str()).collect();
    assert_eq!(
        headlines,
        [
            "`COLOUR` is not a `Colour`",
            "`PORT` is not a `Port`",
            "`POINT` is not a `Point`",
            "`PAIR` is not a `(u8,u8)`"
        ]
    );
    assert!(!format!("{error}").contains("hunter2"));
}

#[derive(serde::Deserialize, PartialEq, Debug)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum Backend {
    Memory,
    Redis { url: String, weight: Option<f32> },
}

#[derive(serde::Deserialize, PartialEq, Debug)]
struct Cache {
    ttl: u8,
    tags: Vec<String>,
    backend: Backend,
    above: Option<u128>,
    below: i64,
}

#[derive(EnvSchema, PartialEq, Debug)]
struct Cached {
    #[env(deserialize, kind = "json")]
    cache: Option<Cache>,
    #[env(deserialize, kind = "json", default = "[1, -2.5, null, {}]")]
    any: serde_json::Value,
    #[env(deserialize)]
    point: Option<Point>,
}

#[test]
fn a_type_with_fields_is_read_from_json() {
    let json = r#"{"ttl": 3, "tags": ["a", "b"], "backend": {"redis": {"url": "r", "weight": 0.5}}, "above": 340282366920938463463374607431768211455, "below": -1}"#;
    let expected = Cache {
        ttl: 3,
        tags: vec!["a".to_owned(), "b".to_owned()],
        backend: Backend::Redis { url: "r".to_owned(), weight: Some(0.5) },
        above: Some(u128::MAX),
        below: -1,
    };
    let config = Cached::load_from_pairs([("CACHE", json)]).unwrap();
    assert_eq!(config.cache.as_ref(), Some(&expected));
    assert_eq!(config.any, serde_json::json!([1, -2.5, null, {}]));
    let file = |text: &str| Cached::loader().source(ConfigText::new("base.toml", text.to_owned())).load();
    let cache = "[cache]\nttl = 3\ntags = ['a']\nbackend = 'memory'\nbelow = -1\n";
    let expected = Cache { tags: vec!["a".to_owned()], backend: Backend::Memory, above: None, ..expected };
    assert_eq!(file(cache).unwrap().cache, Some(expected));
    // What serde says of it may quote it.
    for wrong in [json.replace('3', "300"), json.replace("redis", "hunter2"), "[]".to_owned()] {
        let error = Cached::load_from_pairs([("CACHE", wrong)]).err().unwrap().to_string();
        assert!(error.contains("`CACHE` is not a `Cache`") && !error.contains("hunter2"), "{error}");
    }
    // Without the kind, a table is not lost in silence.
    let error = file("point = {x = 1}\n").err().unwrap().to_string();
    assert!(error.contains("(`POINT`) is a table here"), "{error}");
}

#[derive(EnvSchema, PartialEq, Debug)]
struct Shared {
    name: Rc<str>,
    #[env(default = "/a")]
    boxed: Box<Path>,
    shared: Option<Arc<Path>>,
    numbers: Arc<[u8]>,
    #[env(min_length = 2)]
    words: Rc<[String]>,
    #[env(default = [1, 2])]
    linked: LinkedList<u16>,
    #[env(from_str)]
    parsed: LinkedList<u16>,
    #[env(default = "x")]
    os: OsString,
}

#[test]
fn values_may_be_shared_and_boxed() {
    let pairs = [("NAME", "n"), ("SHARED", "/b"), ("NUMBERS", "1,2"), ("WORDS", "a,b"), ("PARSED", "3")];
    let expected = Shared {
        name: "n".into(),
        boxed: Path::new("/a").into(),
        shared: Some(Path::new("/b").into()),
        numbers: [1, 2].into(),
        words: ["a".to_owned(), "b".to_owned()].into(),
        linked: LinkedList::from([1, 2]),
        parsed: LinkedList::from([3]),
        os: "x".into(),
    };
    assert_eq!(Shared::load_from_pairs(pairs).unwrap(), expected);
    let wrong = pairs.map(|(key, value)| (key, if key == "NUMBERS" { "256" } else { value }));
    assert!(Shared::load_from_pairs(wrong).is_err());
}

#[derive(EnvSchema)]
struct Sizes {
    #[env(kind = "size", default = "10MB", max = "1GB")]
    body: u64,
    #[env(kind = "port", default = 80)]
    port: u16,
    #[env(kind = "size")]
    small: Option<u8>,
}

#[test]
fn a_number_can_be_of_another_kind() {
    let none: [(&str, &str); 0] = [];
    let config = Sizes::load_from_pairs(none).unwrap();
    assert_eq!((config.body, config.port, config.small), (10_000_000, 80, None));
    let error = Sizes::load_from_pairs([("BODY", "2GB"), ("PORT", "0"), ("SMALL", "1kB")]).err().unwrap();
    let codes: Vec<_> = error.diagnostics().map(|found| found.diagnostic.code).collect();
    assert_eq!(codes, ["out-of-range", "invalid-value", "out-of-range"]);
}

#[test]
fn the_derive_and_the_types_agree_about_scalars() {
    macro_rules! agree {
        ($($name:literal $ty:ty;)*) => {$(
            let (kind, bounds) = scalar::named($name).unwrap();
            assert_eq!((kind, bounds), (<$ty as Leaf>::KIND, <$ty as Leaf>::BOUNDS), $name);
        )*};
    }
    agree! {
        "i8" i8; "i16" i16; "i32" i32; "i64" i64; "i128" i128; "isize" isize;
        "u8" u8; "u16" u16; "u32" u32; "u64" u64; "u128" u128; "usize" usize;
        "NonZeroI8" std::num::NonZeroI8; "NonZeroI16" std::num::NonZeroI16; "NonZeroI32" std::num::NonZeroI32;
        "NonZeroI64" std::num::NonZeroI64; "NonZeroI128" std::num::NonZeroI128;
        "NonZeroIsize" std::num::NonZeroIsize;
        "NonZeroU8" std::num::NonZeroU8; "NonZeroU16" std::num::NonZeroU16; "NonZeroU32" std::num::NonZeroU32;
        "NonZeroU64" std::num::NonZeroU64; "NonZeroU128" std::num::NonZeroU128;
        "NonZeroUsize" std::num::NonZeroUsize;
        "f64" f64; "f32" f32; "bool" bool; "char" char; "String" String; "PathBuf" PathBuf;
        "Duration" Duration; "IpAddr" IpAddr; "Ipv4Addr" Ipv4Addr; "Ipv6Addr" Ipv6Addr;
        "SocketAddr" SocketAddr; "SocketAddrV4" SocketAddrV4; "SocketAddrV6" SocketAddrV6; "Url" Url;
    }
}

/// A type that reads its own kind.
#[derive(PartialEq, Debug)]
struct Percent(u8);

impl Leaf for Percent {
    const KIND: envschema::core::kind::Kind = envschema::core::kind::Kind::Integer;

    fn decode(given: envschema::leaf::Given<'_>) -> Result<Self, envschema::core::kind::Mistake> {
        u8::decode(given).map(Self)
    }
}

#[test]
fn a_type_of_the_service_can_be_a_leaf() {
    takes("50", Percent(50));
    refuses::<Percent>("invalid-value", &["half", "256"]);
}
