use super::super::testing::{problems, values};
use super::{CORE, PORTABLE};
use crate::dotenv::{Environ, find};

#[test]
fn what_all_read_alike_is_read() {
    for (text, expected) in [
        ("", ""),
        ("A=1\nB=2", "A=1 B=2"),
        ("# note\n\n  # note\nA=\n_B=x-y.z/:,@%+=^!?*[]{}\n", "A= _B=x-y.z/:,@%+=^!?*[]{}"),
        ("NAME=caf\u{e9}\n", "NAME=caf\\xc3\\xa9"),
        ("  A=a~b\n", "A=a~b"),
    ] {
        assert_eq!(values(&PORTABLE, text), expected, "{text:?}");
    }
}

#[test]
fn what_is_read_differently_is_a_problem_at_its_place() {
    for (text, expected) in [
        ("A=1\nB=\"x\"\nC=2\n", "2:3 \\\"x\\\": UnportableValue Refuse #1"),
        ("A='x'\n", "1:3 \\'x\\': UnportableValue Refuse #0"),
        ("A=x y\n", "1:4  : UnportableValue Refuse #0"),
        ("A=x # note\n", "1:5 # note: UnportableValue Refuse #0"),
        ("A=x#y\n", "1:4 #: UnportableValue Refuse #0"),
        ("A= # note\n", "1:2 = : UnportableValue Refuse #0"),
        ("A = x\n", "1:2  = : UnportableValue Refuse #0"),
        ("A: x\n", "1:2 : : UnportableValue Refuse #0"),
        ("A=x \n", "1:4  : UnportableValue Refuse #0"),
        ("A=x\r\n", "1:4 \\r: UnportableValue Refuse #0"),
        ("export A=x\n", "1:1 export: UnportableValue Refuse #0"),
        ("A.b=x\n", "1:1 A.b: InvalidKey Refuse #0"),
        ("1A=x\n", "1:1 1A: InvalidKey Refuse #0"),
        ("A\n", "1:1 A: UnportableValue Refuse #0"),
        ("A=$B\n", "1:3 $: UnportableValue Refuse #0"),
        ("A=\\x\n", "1:3 \\\\: UnportableValue Refuse #0"),
        ("A=x;y\n", "1:4 ;: UnportableValue Refuse #0"),
        ("A=~/x\n", "1:3 ~: UnportableValue Refuse #0"),
        ("A=\"x\ny\"\n", "1:4 x\\ny: UnportableValue Refuse #0"),
        ("A=1\nB=2\nA=3\n", "3:1 A: DuplicateAssignment Refuse #2"),
        ("\u{feff}A=1\n", "1:1 \\xef\\xbb\\xbf: InvalidEncoding Refuse #0"),
        ("\u{feff}# note\nA=1\n", "1:1 \\xef\\xbb\\xbf: InvalidEncoding Refuse"),
        ("A=1\n\r\n", "2:1 \\r: UnportableValue Refuse"),
        ("UID=1000\n", "1:1 UID: UnportableValue Refuse #0"),
        ("NODE_ENV=test\n", "1:1 NODE_ENV: UnportableValue Refuse #0"),
        ("MAKEFLAGS=x\n", "1:1 MAKEFLAGS: UnportableValue Refuse #0"),
        ("A=1\n/x\nB=2\n", "2:1 /x: InvalidSyntax Refuse"),
        ("A=1\n# \0\n", "2:1 # \\x00: UnportableValue Refuse"),
    ] {
        assert_eq!(problems(&PORTABLE, text), [expected], "{text:?}");
    }
}

#[test]
fn every_line_has_one_problem() {
    let text = "export A=\"x\" # note\nB='y'\nC=1\nD=$A\n";
    assert_eq!(
        problems(&PORTABLE, text),
        [
            "1:1 export: UnportableValue Refuse #0",
            "2:3 \\'y\\': UnportableValue Refuse #1",
            "4:3 $: UnportableValue Refuse #3",
        ]
    );
    assert!((PORTABLE.read)(text.as_bytes(), &Environ::empty()).references.is_empty());
}

#[test]
fn the_core_readers_are_found_by_name() {
    for reader in CORE {
        assert_eq!(find(reader.name), Some(reader));
    }
    assert_eq!(find("portable"), Some(&PORTABLE));
}
