//! What kinds make of texts: the places of mistakes, and which values are the same or follow each other.

#![expect(clippy::expect_used, reason = "a text that a row gets wrong fails the test")]

use std::cmp::Ordering;

use envschema_core::kind::url::split;
use envschema_core::kind::{Kind, List, Map};
use envschema_core::value::Value;

fn kind(name: &str) -> Kind {
    match name {
        "list" => Kind::List(List { separator: ',', items: Kind::Integer.into() }),
        "words" => Kind::List(List { separator: ' ', items: Kind::Host.into() }),
        "map" => Kind::Map(Map { separator: ',', assign: '=', values: Kind::Integer.into() }),
        _ => Kind::named(name).expect(name),
    }
}

#[test]
fn places_are_as_narrow_as_can_be() {
    // The brackets stand around the place of each mistake.
    let rows = [
        ("integer", "80⟦a⟧80"),
        ("integer", "-⟦⟧"),
        ("integer", "1⟦é⟧"),
        ("integer", "⟦340282366920938463463374607431768211456⟧"),
        ("integer", "42⟦\u{a0}⟧"),
        ("number", "1⟦,⟧5"),
        ("number", "1.⟦⟧"),
        ("boolean", "⟦maybe⟧"),
        ("url", "⟦⟧localhost:5432/db"),
        ("url", "http://⟦⟧"),
        ("url", "http://host:⟦80a80⟧/x"),
        ("url", "http://a.⟦⟧.b/"),
        ("url", "postgres://u:p⟦@⟧ss@db/x"),
        ("url", "postgres://u:p%4⟦ ⟧@db/x"),
        ("url", "http://x/a?b=1⟦%⟧"),
        ("url", "http://x/⟦é⟧"),
        ("url", "mongodb://a:1,b:⟦0⟧/db"),
        ("email", "admin@⟦⟧"),
        ("email", "admin⟦⟧"),
        ("email", "a@b⟦@⟧c"),
        ("email", "a.⟦.⟧b@example.com"),
        ("email", "a@ex⟦_⟧ample.com"),
        ("host", "⟦https://⟧x.example/"),
        ("host", "example.com⟦:80⟧"),
        ("host", "b⟦ü⟧cher.example"),
        ("port", "⟦65536⟧"),
        ("ip", "10.0.⟦256⟧.1"),
        ("ipv6", "fe80::1⟦%eth0⟧"),
        ("cidr", "10.0.0.0⟦⟧"),
        ("cidr", "10.0.0.0/⟦33⟧"),
        ("cidr", "10.0.⟦x⟧.0/8"),
        ("socket-address", "127.0.0.1:⟦65536⟧"),
        ("socket-address", "⟦localhost⟧:80"),
        ("socket-address", "[::1]⟦⟧"),
        ("path", "/tmp/⟦\n⟧x"),
        ("duration", "30⟦⟧"),
        ("duration", "30 ⟦sekonds⟧"),
        ("duration", "30m1⟦h⟧"),
        ("duration", "⟦1.5⟧h30m"),
        ("size", "10⟦Mb⟧"),
        ("size", "⟦1.5⟧B"),
        ("size", "10MB⟦5kB⟧"),
        ("uuid", "67e55044⟦_⟧10b1-426f-9247-bb680e5fe0c8"),
        ("uuid", "67e55044-10b1-426f-9247-bb680e5fe0c8⟦8⟧"),
        ("date", "2024-02-⟦31⟧"),
        ("date", "2024-⟦13⟧-01"),
        ("date", "2024-02⟦⟧"),
        ("datetime", "2024-02-29⟦ ⟧12:00:00Z"),
        ("datetime", "2024-02-29T12:00:00⟦⟧"),
        ("datetime", "2024-02-29T12:⟦60⟧:00Z"),
        ("datetime", "2024-02-29T12:00:00+01⟦⟧"),
        ("timezone", "⟦Europa⟧/Wien"),
        ("timezone", "Europe/⟦vienna⟧"),
        ("semver", "⟦v⟧1.2.3"),
        ("semver", "1.2⟦⟧"),
        ("semver", "1.2.3⟦.4⟧"),
        ("semver", "1.2.3-a.⟦01⟧"),
        ("semver", "1.2.3-a+b⟦_⟧"),
        ("base64", "aG⟦*⟧s"),
        ("base64", "Zm9v⟦=⟧"),
        ("base64", "Z⟦h⟧=="),
        ("hex", "00⟦x⟧0"),
        ("hex", "00⟦0⟧"),
        ("json", "[1,⟦]⟧"),
        ("json", "{\"a\":1⟦⟧"),
        ("json", "{} ⟦{}⟧"),
        ("json", "[\"⟦\\ud800⟧\"]"),
        ("list", "1, 2⟦x⟧, 3⟦y⟧"),
        ("list", "⟦⟧,1,  ⟦⟧,2,⟦⟧"),
        ("words", "a  b⟦:80⟧\tc⟦/⟧"),
        ("map", "a = ⟦x⟧ , ⟦b⟧, ⟦⟧=1, ⟦a⟧=2,⟦⟧"),
        ("map", "a=1, ⟦a⟧ =2"),
        ("map", "a=⟦⟧"),
    ];
    for (name, row) in rows {
        let text: String = row.chars().filter(|found| !matches!(found, '⟦' | '⟧')).collect();
        let mistakes = kind(name).parse_all(&text).err().unwrap_or_default();
        let mut marked = text.clone();
        for mistake in mistakes.iter().rev() {
            marked.insert(mistake.at.end, '⟧');
            marked.insert(mistake.at.start, '⟦');
        }
        assert_eq!(marked, row, "{name}");
    }
}

#[test]
fn one_value_has_many_spellings() {
    let rows: [(&str, &[&str]); 15] = [
        ("integer", &["7", "+7", "007"]),
        ("integer", &["0", "-0", "+00"]),
        ("number", &["1", "1.0", "1e0", "10e-1", "+1"]),
        ("number", &["0", "-0", "-0.0", "0e9"]),
        ("boolean", &["true", "YES", "on", "1"]),
        ("duration", &["60s", "1m", "1 minute", "60000ms", "59s1000ms"]),
        ("duration", &["0", "0s", "0 weeks"]),
        ("size", &["1536", "1.5KiB", "1536 bytes", "1.536kB"]),
        ("ipv6", &["::1", "0:0:0:0:0:0:0:1", "::0001"]),
        ("cidr", &["::/8", "0::0/8"]),
        ("uuid", &["67e55044-10b1-426f-9247-bb680e5fe0c8", "67E55044-10B1-426F-9247-BB680E5FE0C8"]),
        ("base64", &["+/8=", "+/8", "-_8", "-_8="]),
        ("hex", &["00ff", "00FF"]),
        ("datetime", &["2024-01-01T00:00:00Z", "2024-01-01t01:00:00.000+01:00", "2023-12-31T23:30:00-00:30"]),
        ("map", &["a=1,b=2", "b=02, a=+1"]),
    ];
    for (name, texts) in rows {
        let kind = kind(name);
        let values: Vec<_> = texts.iter().map(|text| kind.parse(text).expect(text)).collect();
        for pair in values.windows(2) {
            assert!(pair[0].same(&pair[1]), "{texts:?}");
        }
    }
}

#[test]
fn other_values_are_not_the_same() {
    let rows = [
        ("string", "a", "A"),
        ("integer", "1", "-1"),
        ("boolean", "true", "false"),
        ("ip", "::ffff:1.2.3.4", "1.2.3.4"),
        ("cidr", "10.0.0.0/8", "10.0.0.0/9"),
        ("socket-address", "127.0.0.1:80", "127.0.0.1:81"),
        ("hex", "00", "0000"),
        ("semver", "1.0.0+a", "1.0.0+b"),
        ("list", "1,2", "2,1"),
        ("list", "1", "1,1"),
        ("map", "a=1", "a=2"),
        ("map", "a=1", "b=1"),
        ("map", "a=1", "a=1,b=1"),
    ];
    for (name, one, other) in rows {
        let kind = kind(name);
        let [one, other] = [one, other].map(|text| kind.parse(text).expect(text));
        assert!(!one.same(&other) && !other.same(&one), "{name}");
    }
    let number = Kind::Number.parse("1").expect("1");
    assert!(!number.same(&Kind::Integer.parse("1").expect("1")));
}

#[test]
fn values_are_in_order() {
    let rows: [(&str, &[&str]); 7] = [
        (
            "integer",
            &[
                "-170141183460469231731687303715884105728",
                "-1",
                "0",
                "9",
                "10",
                "340282366920938463463374607431768211455",
            ],
        ),
        ("number", &["-1e308", "-1", "-0.5", "0", "5e-324", ".5", "10"]),
        ("duration", &["0", "1ns", "999us", "1ms", "1.5s", "90s", "2m", "1d", "1w", "18446744073709551615s"]),
        ("size", &["0", "1kB", "1KiB", "1MB", "1MiB", "1GB", "340282366920938463463374607431768211455"]),
        ("date", &["0001-01-01", "1999-12-31", "2000-01-01", "2024-02-29", "2024-03-01", "9999-12-31"]),
        (
            "datetime",
            &[
                "0001-01-01T00:00:00+23:59",
                "0001-01-01T00:00:00Z",
                "2016-12-31T23:59:59.999999999Z",
                "2016-12-31T23:59:60Z",
                "2017-01-01T00:59:60.5+01:00",
                "2017-01-01T00:00:00Z",
                "2017-01-01T00:00:00.000000001Z",
                "2017-01-01T00:00:00-00:01",
                "9999-12-31T23:59:59-23:59",
            ],
        ),
        (
            "semver",
            &["0.9.0", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-rc.2", "1.0.0-rc.10", "1.0.0", "1.0.10"],
        ),
    ];
    for (name, texts) in rows {
        let kind = kind(name);
        let values: Vec<_> = texts.iter().map(|text| kind.parse(text).expect(text)).collect();
        for (at, value) in values.iter().enumerate() {
            for (other_at, other) in values.iter().enumerate() {
                let order = value.compare(other);
                assert_eq!(order, Some(at.cmp(&other_at)), "{} {}", texts[at], texts[other_at]);
                assert_eq!(value.same(other), order == Some(Ordering::Equal));
            }
        }
    }
}

#[test]
fn items_know_their_place() {
    let Ok(Value::List(items)) = kind("words").parse("  a.example\tb\n") else { panic!("not a list") };
    let items: Vec<_> = items.iter().map(|item| (item.text, item.at.clone())).collect();
    assert_eq!(items, [("a.example", 2..11), ("b", 12..13)]);

    let Ok(Value::Map(pairs)) = kind("map").parse("a = 1,\n bé=22 ") else { panic!("not a map") };
    let pairs: Vec<_> =
        pairs.iter().map(|(key, value)| (key.text, key.at.clone(), value.text, value.at.clone())).collect();
    assert_eq!(pairs, [("a", 0..1, "1", 4..5), ("bé", 8..11, "22", 12..14)]);
}

#[test]
fn urls_come_apart() {
    let text = "mongodb+srv://us%20er:p%40ss@a.example:1,[::1]:65535,my_service/db/x?a=b?c#d?e";
    let Ok(url) = split(text) else { panic!("{text}") };
    assert_eq!(url.scheme.text, "mongodb+srv");
    assert_eq!(url.userinfo.map(|part| part.text), Some("us%20er:p%40ss"));
    assert_eq!(url.path.text, "/db/x");
    assert_eq!(url.query.map(|part| part.text), Some("a=b?c"));
    assert_eq!(url.fragment.map(|part| part.text), Some("d?e"));
    let hosts: Vec<_> = url.hosts().map(|host| (host.name.text, host.port.map(|port| port.text))).collect();
    assert_eq!(hosts, [("a.example", Some("1")), ("[::1]", Some("65535")), ("my_service", None)]);
    let parts = [Some(url.scheme), url.userinfo, Some(url.path), url.query, url.fragment];
    for part in parts.into_iter().flatten().chain(url.hosts().map(|host| host.name)) {
        assert_eq!(text.get(part.at()), Some(part.text));
    }
    assert_eq!(split("file:///x").map(|url| url.hosts().count()), Ok(0));
}

#[test]
fn debug_shows_no_value() {
    for (kind, text) in
        [("string", "hunter2"), ("integer", "4711"), ("list", "4711,4711"), ("map", "hunter2=4711")]
    {
        let value = crate::kind(kind);
        let shown = format!("{:?}", value.parse(text));
        assert!(!shown.contains("hunter2") && !shown.contains("4711"), "{shown}");
    }
}
