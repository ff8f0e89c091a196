use proptest::prelude::{Strategy, any, prop, prop_assert, proptest};

use super::{Place, Short, parse};
use envschema_core::span::Span;

/// A short form on one line: `list; kind | kind; name = value; name`.
fn outline(short: &Short<'_>) -> String {
    let word =
        |word: &super::Word<'_>| if word.quoted { format!("<{}>", word.text) } else { word.text.to_string() };
    let list = short.list.iter().map(|list| format!("{}; ", list.text)).collect::<String>();
    let kinds = short.kinds.iter().map(word).collect::<Vec<_>>().join(" | ");
    let modifiers = short.modifiers.iter().map(|modifier| match modifier.value {
        Some(value) => format!("; {} = {}", modifier.name, word(&value.word())),
        None => format!("; {}", modifier.name),
    });
    format!("{list}{kinds}{}", modifiers.collect::<String>())
}

fn faults(text: &str) -> Vec<String> {
    let short = parse(text, Place::From(0));
    short
        .faults
        .iter()
        .map(|fault| format!("{} {:?} {}", fault.span.start, &text[fault.span.range()], fault.message))
        .collect()
}

#[test]
fn sound_forms() {
    let cases = [
        ("string", "string"),
        ("string (required)", "string; required"),
        ("boolean (default: false)", "boolean; default = false"),
        ("integer(min:1,max:10)", "integer; min = 1; max = 10"),
        ("comma-separated string", "comma-separated; string"),
        ("space-separated integer (min length: 1)", "space-separated; integer; min length = 1"),
        ("comma-separated a | b", "comma-separated; a | b"),
        ("debug | info | 'a string' (default: info)", "debug | info | <a string>; default = info"),
        (
            "url (schemes: http | https, example: http://x:80/y?a=b)",
            "url; schemes = http | https; example = http://x:80/y?a=b",
        ),
        ("string (default: 'a, b) # c', required)", "string; default = <a, b) # c>; required"),
        ("string (default: \"a, b\")", "string; default = <a, b>"),
        ("string (default: '')", "string; default = <>"),
        ("string (default: 'it''s')", "string; default = <it's>"),
        ("string (deprecated: don't use, it's old)", "string; deprecated = don't use; it's old"),
        ("string (deprecated: use 'A, B' instead)", "string; deprecated = use 'A, B' instead"),
        (
            "string (deprecated: use X (or Y, soon), required)",
            "string; deprecated = use X (or Y, soon); required",
        ),
        ("string (default: /var/lib, required)", "string; default = /var/lib; required"),
        (
            "string (pattern: /^[a-z/]{1,3}\\/(x|y)$/, required)",
            "string; pattern = /^[a-z/]{1,3}\\/(x|y)$/; required",
        ),
        ("string (pattern: /^https?://(a|b)/$/)", "string; pattern = /^https?://(a|b)/$/"),
        ("  string  ( required ,  default :  x y  )  ", "string; required; default = x y"),
        ("string (default: é, example: 'ü')", "string; default = é; example = <ü>"),
    ];
    for (text, expected) in cases {
        assert_eq!(faults(text), [""; 0], "{text}");
        assert_eq!(outline(&parse(text, Place::From(0))), expected, "{text}");
    }
}

#[test]
fn every_fault_is_found_with_its_place() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("", "", &["0 \"\" missing kind"]),
        ("(required)", "; required", &["0 \"\" missing kind"]),
        ("comma-separated (required)", "comma-separated; ; required", &["15 \"\" missing kind"]),
        ("string (required", "string; required", &["7 \"(\" this `(` is never closed"]),
        ("string required)", "string required)", &["15 \")\" `)` without `(`"]),
        ("string (required) x y", "string; required", &["18 \"x y\" unexpected text behind `)`"]),
        ("string ()", "string", &["8 \"\" empty modifier"]),
        ("string (a,, b, )", "string; a; b", &["10 \"\" empty modifier", "14 \" \" empty modifier"]),
        ("string (default:)", "string", &["16 \"\" missing value"]),
        ("string (: x)", "string", &["8 \"\" missing name of a modifier"]),
        ("a | | b", "a | b", &["4 \"\" nothing stands between `|`"]),
        ("string (default: 'x, y)", "string; default = 'x; y", &["17 \"'\" this quote is never closed"]),
        ("a | 'b", "a | 'b", &["4 \"'\" this quote is never closed"]),
        (
            "string (pattern: /a)",
            "string; pattern = /a",
            &["17 \"/a\" the pattern does not end with its `/`"],
        ),
        (
            "string (pattern: /a/i)",
            "string; pattern = /a/i",
            &["17 \"/a/i\" the pattern does not end with its `/`"],
        ),
        (
            "é (ü:, ) x",
            "é",
            &["7 \"\" missing value", "8 \" \" empty modifier", "11 \"x\" unexpected text behind `)`"],
        ),
    ];
    for (text, expected, expected_faults) in cases {
        assert_eq!(faults(text), *expected_faults, "{text}");
        assert_eq!(outline(&parse(text, Place::From(0))), *expected, "{text}");
    }
}

#[test]
fn places_are_those_of_the_file() {
    let file = "KEY: url (schemes: 'a' | b, pattern: /x\\/y/)";
    let short = parse(&file[5..], Place::From(5));
    let slice = |span: Span| &file[span.range()];
    assert_eq!(slice(short.kinds[0].span), "url");
    assert_eq!(slice(short.modifiers[0].name_span), "schemes");
    let schemes = short.modifiers[0].value.unwrap();
    assert_eq!(slice(schemes.span), "'a' | b");
    let words: Vec<_> =
        schemes.words().iter().map(|word| (word.text.to_string(), slice(word.span))).collect();
    assert_eq!(words, [("a".to_owned(), "'a'"), ("b".to_owned(), "b")]);
    let pattern = short.modifiers[1].value.unwrap();
    assert_eq!(pattern.pattern().unwrap().text, "x/y");
    assert_eq!(slice(pattern.span), "/x\\/y/");
    let whole = Span::new(3, 4);
    let escaped = parse("string (a: b)", Place::Within(whole));
    assert_eq!(escaped.modifiers[0].value.unwrap().word().span, whole);
}

fn forms() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "é",
        "'",
        "\"",
        "''",
        "(",
        ")",
        ",",
        ":",
        "|",
        "/",
        "\\",
        "[",
        "]",
        " ",
        "#",
        "pattern: ",
        "x-separated ",
    ]);
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

fn assert_inside(text: &str) -> bool {
    let short = parse(text, Place::From(0));
    let values = || short.modifiers.iter().filter_map(|modifier| modifier.value);
    let words = values().flat_map(|value| {
        [value.words(), vec![value.word()], value.pattern().into_iter().collect()].concat()
    });
    let places = short.faults.iter().map(|fault| fault.span);
    let places = places
        .chain(short.modifiers.iter().map(|modifier| modifier.name_span))
        .chain(values().map(|value| value.span));
    let places = places
        .chain(words.map(|word| word.span))
        .chain(short.kinds.iter().chain(&short.list).map(|word| word.span));
    places.into_iter().all(|span| text.get(span.range()).is_some())
}

proptest! {
    #[test]
    fn any_text_is_taken_apart_with_places_inside_it(text in any::<String>(), form in forms()) {
        prop_assert!(assert_inside(&text));
        prop_assert!(assert_inside(&form), "{form:?}");
    }
}

#[test]
fn a_long_text_is_taken_apart_in_one_pass() {
    for piece in ["'a ", "(", "a,", "pattern: /[,", "pattern: /a ", "|", "''", "\" '"] {
        let text = format!("string ({}", piece.repeat(50_000));
        assert!(!parse(&text, Place::From(0)).faults.is_empty());
    }
}
