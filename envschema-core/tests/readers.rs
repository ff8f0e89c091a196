//! What a kind accepts, independent readers of the same thing read too.

use envschema_core::kind::Kind;
use envschema_core::kind::url::split;
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::strategy::Strategy;

/// Urls, most of them slightly wrong.
fn urls() -> impl Strategy<Value = String> {
    let scheme = "(http|https|ws|ftp|file|FILE|postgres|redis|sqlite|s3|a\\+b\\.c-d)";
    let userinfo = "([a-z%0-9:!$&'()*+,;=._~-]{0,4}@)?";
    let host = prop_oneof![
        "[a-zA-Z0-9._,x-]{0,8}",
        "(0x?)?[0-9a-f]{0,3}(\\.(0[xX]?)?[0-9a-f]{0,3}){0,3}\\.?",
        "\\[[0-9a-f:.]{0,6}\\]",
        "xn--[a-z0-9-]{0,6}(\\.[a-z]{2})?",
        "%2[fF][a-z%0-9]{0,3}",
    ];
    let port = "(:[0-9]{0,5})?";
    let path = "(/[a-zA-Z0-9:@/.%~|-]{0,6})?";
    let rest = "(\\?[a-z=&/?%'\"]{0,4})?(#[a-z#%]{0,3})?";
    (scheme, userinfo, host, port, path, rest).prop_map(|(scheme, userinfo, host, port, path, rest)| {
        format!("{scheme}://{userinfo}{host}{port}{path}{rest}")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(20_000) })]

    #[test]
    fn urls_with_one_host_are_read_by_the_url_crate(text in prop_oneof![urls(), "[a-z]{1,2}://\\PC{0,8}"]) {
        let Ok(parts) = split(&text) else { return Ok(()) };
        if parts.hosts().count() > 1 {
            return Ok(());
        }
        let url = match url::Url::parse(&text) {
            Ok(url) => url,
            Err(error) => return Err(proptest::test_runner::TestCaseError::fail(format!("{text}: {error}"))),
        };
        prop_assert!(url.scheme().eq_ignore_ascii_case(parts.scheme.text));
        let host = parts.hosts().next();
        if let (Some(host), Some(read)) = (host, url.host_str()) {
            prop_assert!(host.name.text.starts_with('[') || read.eq_ignore_ascii_case(host.name.text));
            let port = host.port.map(|port| port.text.parse::<u16>().unwrap());
            prop_assert!(port.is_none() || port == url.port_or_known_default());
        }
        // WHATWG also encodes quotes, so the texts may differ.
        prop_assert_eq!(url.query().is_some(), parts.query.is_some());
        prop_assert_eq!(url.fragment(), parts.fragment.map(|fragment| fragment.text));
        for part in [Some(parts.scheme), parts.userinfo, Some(parts.authority), Some(parts.path), parts.query] {
            prop_assert!(part.is_none_or(|part| &text[part.at()] == part.text));
        }
    }

    #[test]
    fn json_is_what_serde_json_reads(text in "[\\[\\]{}:, \"0-9a-fu\\\\+.eE\n-]{0,16}") {
        let ours = Kind::Json.parse(&text).is_ok();
        prop_assert_eq!(ours, serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{}", text);
    }

    #[test]
    fn versions_are_what_semver_reads(text in "[0-9]{1,2}(\\.[0-9]{1,2}){1,3}(-[0-9a.-]{0,5})?(\\+[0-9a.+-]{0,5})?") {
        let ours = Kind::Semver.parse(&text).is_ok();
        prop_assert_eq!(ours, semver::Version::parse(&text).is_ok(), "{}", text);
    }

    #[test]
    fn version_precedence_is_that_of_semver(a in "1\\.0\\.0(-[0-9a]{1,3}(\\.[0-9a-]{1,3}){0,2})?",
                                            b in "1\\.0\\.0(-[0-9a]{1,3}(\\.[0-9a-]{1,3}){0,2})?") {
        let (Ok(ours), Ok(other)) = (Kind::Semver.parse(&a), Kind::Semver.parse(&b)) else { return Ok(()) };
        let [a, b] = [&a, &b].map(|text| semver::Version::parse(text).unwrap());
        prop_assert_eq!(ours.compare(&other), Some(a.cmp_precedence(&b)));
    }
}

#[test]
fn json_is_nested_as_deep_as_serde_json_reads() {
    for depth in [1, 126, 127, 128, 129, 1_000_000] {
        let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let theirs = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        assert_eq!(Kind::Json.parse(&text).is_ok(), theirs, "{depth}");
        let objects = format!("{}0{}", r#"{"a":"#.repeat(depth), "}".repeat(depth));
        assert_eq!(Kind::Json.parse(&objects).is_ok(), theirs, "{depth}");
    }
}
