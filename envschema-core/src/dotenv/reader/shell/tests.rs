use std::fmt::Write as _;

use super::{BASH, BUSYBOX_ASH, DASH, ZSH};
use crate::dotenv::{Dialect, Environ, Outcome, Quote, Reading, Syntax, Target};

fn environ() -> Environ {
    [("HOME", "/home/me"), ("HOST", "box"), ("TWO", "a b"), ("EMPTY", ""), ("FILE", "/a/b.tar.gz")]
        .into_iter()
        .collect()
}

fn read<'t>(dialect: &Dialect, text: &'t str) -> Reading<'t> {
    (dialect.read)(text.as_bytes(), &environ())
}

/// What the shell exports, as `NAME=value|`, what it unsets, and `!` for an error; only `!` if nothing is left.
fn outcome(dialect: &Dialect, text: &str) -> String {
    let environ = environ();
    let outcome = Outcome::new(dialect, &(dialect.read)(text.as_bytes(), &environ), &environ);
    let mut out = String::new();
    for (name, value) in &outcome.vars {
        write!(out, "{}={}|", name.escape_ascii(), value.escape_ascii()).unwrap();
    }
    for name in &outcome.unset {
        write!(out, "-{}|", name.escape_ascii()).unwrap();
    }
    if outcome.error.is_some() {
        out.push('!');
    }
    out
}

/// Every problem as its place and its effect.
fn problems(dialect: &Dialect, text: &str) -> Vec<String> {
    let show = |problem: &crate::dotenv::Problem| {
        format!("{}: {:?}", problem.span.of(text.as_bytes()).escape_ascii(), problem.effect)
    };
    read(dialect, text).problems.iter().map(show).collect()
}

#[test]
fn what_all_shells_read_alike() {
    for (text, expected) in [
        ("A=1\n  export B='x y'\tC=\"$A\"\n", "A=1|B=x y|C=1|"),
        ("A=a'b'\"c\"\\ d\\\ne\n", "A=abc de|"),
        ("A=\"a\\\"\\$\\\\\\x\n\"\n", "A=a\\\"$\\\\\\\\x\\n|"),
        ("A=x # note\nB=x#y\n# C=1\nD= # none\n", "A=x|B=x#y|D=|"),
        ("A=1; B=2 && C=3 || D=4\nfalse && E=5\n", "A=1|B=2|C=3|"),
        ("A=1\r\nB=2\n", "A=1\\r|B=2|"),
        ("A=$HOST-${HOST}-${NOPE}-'$HOST'\n", "A=box-box--$HOST|"),
        ("A=${NOPE:-a b}${EMPTY-c}${EMPTY:-d}${HOST:+e}${NOPE+f}\n", "A=a bde|"),
        ("A=${NOPE:=x}$NOPE\n: ${B:=y}\n", "A=xx|B=y|NOPE=x|"),
        ("A=${#HOST}${HOST#b}${HOST%x}${FILE##*/}${FILE%%.*}\n", "A=3oxbob.tar.gz/a/b|"),
        ("A=~/x:~:~y B=a~ C='~'\n", "A=/home/me/x:/home/me:~y|B=a~|C=~|"),
        ("A=$((1+2))$((N=4))\n", "A=34|N=4|"),
        ("A=1\nunset A HOST\n", "-HOST|"),
        ("set +a\nA=1\nexport B=2\nset -a; C=$A\nexport A\n", "A=1|B=2|C=1|"),
        ("A=$? B=$# C=$@\n", "A=0|B=0|C=|"),
        ("{ A=1; }; (B=2); if true; then C=3; else D=4; fi\n", "A=1|C=3|"),
        ("A=$(echo hi) B=`echo there`\n", "A=hi|B=there|"),
        ("[ -n \"$HOST\" ] && A=1\n[ x = y ] && B=1\n", "A=1|"),
        ("A=x $NOPE\n", "A=x|"),
    ] {
        for dialect in [&BASH, &DASH, &BUSYBOX_ASH, &ZSH] {
            if dialect.name == "zsh" && text.contains("~y") {
                continue;
            }
            assert_eq!(outcome(dialect, text), expected, "{} {text}", dialect.name);
        }
    }
}

#[test]
fn in_what_the_shells_differ() {
    let dialects = [&BASH, &DASH, &BUSYBOX_ASH, &ZSH];
    for (text, expected) in [
        ("A=1\nB='x\n", ["A=1|!", "!", "!", "A=1|!"]),
        ("A=1\nB=${HOST }; C=1\nD=1\n", ["A=1|D=1|!", "!", "!", "A=1|!"]),
        ("A=1\nB=${NOPE:?no}\n", ["!", "!", "!", "!"]),
        ("UID=5; A=1\nB=1\n", ["B=1|!", "A=1|B=1|UID=5|", "A=1|B=1|UID=5|", "A=1|B=1|UID=5|"]),
        ("A=1\nA+=2\n", ["A=12|", "A=1|!", "A=1|!", "A=12|"]),
        ("HOST=(a b)\nA=1\n", ["A=1|-HOST|", "!", "!", "A=1|-HOST|"]),
        ("A=$'a\\nb'\n", ["A=a\\nb|", "A=$a\\\\nb|", "A=a\\nb|", "A=a\\nb|"]),
        ("A=$\"x\"\n", ["A=x|", "A=$x|", "A=$x|", "A=$x|"]),
        ("A=${HOST:1}${HOST/b/x}\n", ["A=oxxox|", "!", "A=oxxox|", "A=oxxox|"]),
        ("A=${NOPE:.}\n", ["A=|", "!", "A=|", "!"]),
        ("A=${EMPTY:.}\n", ["!", "!", "!", "!"]),
        ("A=${HOST^^}\nB=1\n", ["A=BOX|B=1|", "!", "!", "!"]),
        ("A=x=1&B=2\n", ["B=2|", "B=2|", "B=2|", "!"]),
        ("A=1 export B=2\n", ["B=2|", "A=1|B=2|", "A=1|B=2|", "B=2|"]),
        ("A=x <nope\nB=1\n", ["A=x|B=1|!", "B=1|!", "B=1|!", "B=1|!"]),
        ("A==x\nB=1\n", ["A==x|B=1|", "A==x|B=1|", "A==x|B=1|", "!"]),
        ("A=1\n[x]\nB=1\n", ["A=1|B=1|!", "A=1|B=1|!", "A=1|B=1|!", "A=1|!"]),
        ("export A=$TWO\nB=${HOST:u}\n", ["A=a b|B=box|", "!", "A=a b|B=box|", "A=a b|B=BOX|"]),
        (
            "A=${FILE:h}$FILE:t\n",
            ["A=/a/b.tar.gz/a/b.tar.gz:t|", "!", "A=/a/b.tar.gz/a/b.tar.gz:t|", "A=/ab.tar.gz|"],
        ),
        ("declare A=1\n", ["A=1|", "!", "!", "A=1|"]),
        ("A=1 |\nB=2\n", ["", "", "", "B=2|"]),
        ("set -e\nA=1\nnope\n", ["!", "!", "!", "!"]),
        ("A=\"${NOPE:-it's}\"\n", ["!", "A=it\\'s|", "A=it\\'s|", "A=it\\'s|"]),
    ] {
        let found = dialects.map(|dialect| outcome(dialect, text));
        assert_eq!(found, expected, "{text}");
    }
}

/// As bash 5.2.15 was seen to read.
#[test]
fn what_only_bash_has() {
    for (text, expected) in [
        ("A=1\nB[=2\nC=3\n", "A=1|!"),
        ("A=1 B[x\nC=3\n", "!"),
        ("A=1 x B[x\nC=3\n", "C=3|!"),
        ("HOST[1\n]=2\nC=3\n", "C=3|-HOST|"),
        ("B[=1 # ]\nC=3\n", "C=3|!"),
        ("B[[]=1\nC=3\n", "!"),
        ("B[\"]\"=1\nC=3\n", "!"),
        ("B[=2\nC=]\nD=4\n", "D=4|!"),
        ("A=(1 2)\nA=3\nB=$A\nunset A\nA=4\n", "A=4|B=3|"),
        ("A=HOST\nB=x${!A}y\n", "A=HOST|B=xboxy|"),
        ("A=?\nB=${!A}\nA=1\nC=${!A}\n", "A=1|B=0|C=|"),
        ("A='a b'\nB=${!A}; C=1\nD=1\n", "A=a b|D=1|!"),
        ("B=${!NOPE}\nD=1\n", "D=1|!"),
        ("A=1\nB=2\0\0\nC=3\n", "A=1|B=2|"),
        ("A=${HOST@U}${HOST@u}${HOST@Q}${NOPE@Q}\n", "A=BOXBox\\'box\\'|"),
    ] {
        assert_eq!(outcome(&BASH, text), expected, "{text}");
    }
}

/// As bash 5.2.15, dash 0.5.12, BusyBox 1.38.0 and zsh 5.9.2 were seen to read.
#[test]
fn what_each_shell_makes_of_a_mistake() {
    let dialects = [&BASH, &DASH, &BUSYBOX_ASH, &ZSH];
    for (text, expected) in [
        ("export A=1 B=$A\n", ["A=1|B=|", "A=1|B=|", "A=1|B=|", "A=1|B=|"]),
        ("export HOST=1 B=$HOST A\n", ["B=box|HOST=1|", "B=box|HOST=1|", "B=box|HOST=1|", "B=box|HOST=1|"]),
        ("export A=1 A\nB=$A\n", ["A=1|B=1|", "A=1|B=1|", "A=1|B=1|", "A=1|B=1|"]),
        ("export A\nB=1\nexport A\n", ["B=1|", "B=1|", "B=1|", "A=|B=1|"]),
        ("P=1\nA['a']=1\nB=1\n", ["!", "B=1|P=1|!", "B=1|P=1|!", "P=1|!"]),
        ("P=1\nA[-1]=1; C=1\nB=1\n", ["B=1|P=1|!", "B=1|C=1|P=1|!", "B=1|C=1|P=1|!", "B=1|C=1|P=1|"]),
        ("P=1\nexport A[1]=x\nB=1\n", ["B=1|P=1|!", "!", "!", "B=1|P=1|"]),
        ("P=1\nA=$(;)\nB=1\n", ["!", "!", "!", "A=|B=1|P=1|"]),
        ("P=1\nA=$(x\nB=1\n", ["P=1|!", "!", "!", "P=1|!"]),
        ("P=1\nA=(a|b); C=1\nB=1\n", ["B=1|P=1|!", "!", "!", "P=1|!"]),
        ("P=1\nunset a.b\nB=1\n", ["B=1|P=1|", "!", "!", "P=1|!"]),
        ("unset HOST=\n", ["", "-HOST|", "-HOST|", "!"]),
        ("OPTIND=07\n", ["OPTIND=7|", "OPTIND=07|", "OPTIND=07|", "OPTIND=7|"]),
        ("OPTIND=\nB=1\n", ["B=1|OPTIND=0|", "!", "B=1|OPTIND=|", "B=1|OPTIND=0|"]),
        ("OPTIND=3\r\nB=1\n", ["!", "B=1|OPTIND=3\\r|", "B=1|OPTIND=3\\r|", "OPTIND=3|!"]),
        ("<A>1</A>\nB=1\n", ["!", "!", "!", "!"]),
    ] {
        let found = dialects.map(|dialect| outcome(dialect, text));
        assert_eq!(found, expected, "{text}");
    }
}

/// As zsh 5.9.2 was seen to read.
#[test]
fn what_only_zsh_has() {
    for (text, expected) in [
        ("P=1\nA=(a b)x\nB=1\n", "B=1|P=1|!"),
        ("A=a(b c)d\nB=1\n", "A=a(b c)d|B=1|"),
        ("A=a(b|c)d\nB=1\n", "A=a(b|c)d|B=1|"),
        ("A=a(b\" )\"c)d\n", "A=a(b )c)d|"),
        ("A='[b'\nx$A $A\nexport $A=1 B=1\nC=1\n", "A=[b|B=1|!"),
        ("export D=1 a.b=1 B=1\nC=1\n", "B=1|D=1|!"),
        ("export A+=1 B=1\nC=1\n", "B=1|!"),
        ("export -Q B=1\nC=1\n", "C=1|!"),
        ("A='[b'\nx$A $A\nC=$A\n", "A=[b|C=[b|!"),
        ("A=x [b\n", "A=x|!"),
        ("A='x' [b\n", "!"),
        ("A=1 {a}\nB=1\n", "!"),
        ("A=a(b\nB=1\n", "A=a(b\\nB=1\\n|"),
        ("A=a(b;c)d\nB=1\n", "!"),
        ("A=1\n\\", "A=1|!"),
        ("A=~$HOST\nB=1\n", "!"),
        ("A=~$NOPE\nB=x:~$NOPE/y\n", "A=/home/me|B=x:/home/me/y|"),
        ("A=${FILE:t:r}${HOST:u}\n", "A=b.tarBOX|"),
        ("A=${HOST:ux}\nB=1\n", "!"),
        ("A=${N=d} nope\nB=1\n", "B=1|!"),
        ("COLUMNS=\nLINES=x\nHISTSIZE=0\nB=1\n", "B=1|COLUMNS=0|HISTSIZE=1|LINES=0|"),
        ("GID=1000\r\nB=1\n", "GID=1000|!"),
        ("SAVEHIST=5x\nB=1\n", "SAVEHIST=0|!"),
    ] {
        assert_eq!(outcome(&ZSH, text), expected, "{text}");
    }
}

#[test]
fn commands_are_reported_and_never_run() {
    for (text, expected) in [
        ("A=x y\nB=1\n", vec!["y: Fail"]),
        ("A=1 B=2 y\n", vec!["B: Skip", "y: Fail"]),
        ("A = 1\n", vec!["A = 1: Fail"]),
        ("A.B=1\n", vec!["A.B=1: Fail"]),
        ("A=$(date) B=`nope`\n", vec!["$(date): Act", "`nope`: Fail"]),
        ("date\n", vec!["date: Skip"]),
        ("A=1; date | cat & echo x\n", vec!["date: Skip", "cat: Skip", "echo x: Misread"]),
        ("date && A=1\n", vec!["date: Skip", "A: Unknown"]),
        ("A=x > out\n", vec!["> out: Misread"]),
        (". ./other.env\n", vec![". ./other.env: Fail"]),
        ("for x in 1 2; do A=$x; done\n", vec!["for x in 1 2; do A=$x; done: Misread", "A: Unknown"]),
        ("A<<E\nx\nE\nB=1\n", vec!["A<<E: Fail"]),
        ("\r\nA=1\n", vec!["\\r: Fail"]),
    ] {
        assert_eq!(problems(&BASH, text), expected, "{text}");
    }
}

#[test]
fn everything_behind_a_mistake_is_read_too() {
    for (text, keys, expected) in [
        ("A=1\nB='x\nC=3\n", "A B C ", vec!["\\': Stop"]),
        ("A=1)\nB=2\nC=(\nD=4\n", "A B C D ", vec!["): Stop", "(: Stop"]),
        ("A=${x\nB=2\n", "A B ", vec!["${: Stop"]),
        ("A=$((1+))\nB=2; C=${NOPE:?x}\nD=4\n", "A B C D ", vec!["$((1+)): Fail", "${NOPE:?x}: Refuse"]),
        ("A=1; B=${x }; C=3\n", "A B C ", vec!["${x }: Fail", "C: Skip"]),
        ("A=1 fi\n fi\nB=2\n", "A B ", vec!["fi: Fail", "fi: Stop"]),
        ("\u{feff}A=1\nB=2\n", "B ", vec!["\\xef\\xbb\\xbf: Fail"]),
    ] {
        let reading = read(&BASH, text);
        let found: String = reading
            .assignments
            .iter()
            .map(|assignment| format!("{} ", assignment.key.escape_ascii()))
            .collect();
        assert_eq!(found, keys, "{text}");
        assert_eq!(problems(&BASH, text), expected, "{text}");
    }
}

#[test]
fn what_a_mistake_costs() {
    let dialects = [&BASH, &DASH, &BUSYBOX_ASH, &ZSH];
    for (text, expected) in [
        ("[ x\nA=1\n", ["A=1|!"; 4]),
        ("A=x\"\ny\"B=)\nC=z\"\n", ["!"; 4]),
        ("set -u\nA=x\nB=$1\n", ["!", "!", "!", "A=x|!"]),
        ("A==nope\nB=1\n", ["A==nope|B=1|", "A==nope|B=1|", "A==nope|B=1|", "!"]),
        ("A==nope x\nB=1\n", ["B=1|!"; 4]),
    ] {
        let found = dialects.map(|dialect| outcome(dialect, text));
        assert_eq!(found, expected, "{text}");
    }
    for (text, expected) in [
        ("K=1 *\nB=2\n", "K=1|!"),
        ("K=1 L=$K q[\nB=2\n", "K=1|!"),
        ("K=1 true *\nB=2\n", "!"),
        ("K=1 x q[\nB=2\n", "B=2|!"),
        ("K=1 ~nouser\nB=2\n", "!"),
        ("K=1 : [ q] \"q[\"\nB=2\n", "B=2|"),
        ("export M=q[\nB=2\n", "B=2|M=q[|"),
        ("export D=1 C+=3\nB=2\n", "D=1|!"),
        ("A==:x\nB=2\n", "!"),
        ("A=x:=\nB=2\n", "A=x:=|B=2|"),
    ] {
        assert_eq!(outcome(&ZSH, text), expected, "{text}");
    }
    for dialect in [&BASH, &DASH, &BUSYBOX_ASH] {
        assert_eq!(outcome(dialect, ": A=(1)\nB=2\n"), "!");
    }
}

#[test]
fn places_are_as_narrow_as_the_text() {
    let text = "export A='x y' B=z\"$HOST\"\n";
    let reading = read(&BASH, text);
    let shown: Vec<_> = reading
        .assignments
        .iter()
        .map(|assignment| {
            let of = |span: crate::span::Span| str::from_utf8(span.of(text.as_bytes())).unwrap();
            (of(assignment.span), of(assignment.key_span), of(assignment.value_span), assignment.quote)
        })
        .collect();
    assert_eq!(
        shown,
        [("export A='x y'", "A", "x y", Quote::Single), ("B=z\"$HOST\"", "B", "z\"$HOST\"", Quote::None),]
    );
    let reference = &reading.references[0];
    assert_eq!(
        (reference.span.range(), reference.assignment, reference.target),
        (19..24, 1, Target::Environ)
    );
}

#[test]
fn whatever_a_value_comes_from_is_referred_to() {
    for dialect in [&BASH, &DASH, &ZSH, &BUSYBOX_ASH] {
        for text in [
            "S=12\nA=`echo $S`\n",
            "S=12\nA=$(echo $S)\n",
            "S=12\nA=\"$(echo \"$S\")\"\n",
            "S=12\nA=$(echo $(echo $S))\n",
            "S=12\nA=${NOPE:-`echo $S`}\n",
            "S=12\nB=${A:=$S}\n",
            "S=12\nB=\"${B:-${A:=$S}}\"\n",
            "S=12\n: ${A:=$S}\n",
            "S=12\n: ${B:=$S} ${A:=$B}\n",
            "S=12\nexport \"A=$S\"\n",
            "S=12\nB=A=$S\nexport $B\n",
            "S=12\nA=$((S))\n",
            "S=12\nB=$((A=S))\n",
            "A=$HOST\nA=${A}x\n",
        ] {
            assert!(comes_from(dialect, text, "A"), "{} {text:?}", dialect.name);
        }
    }
    for text in
        ["S=12\nA=$S\nA+=3\n", "S=12\nlet A=S\n", "S=12\n: $S\nA=$_\n", "S=12\nset +a\nA=$S\nexport A\n"]
    {
        assert!(comes_from(&BASH, text, "A"), "{text:?}");
    }
    assert_eq!(outcome(&BASH, "S=12\n: $S$S$S$S$S\nA=$_\n"), "S=12|");
    for text in ["S=12\nB=$S A=1\n", "S=12\n: $S\nA=1\n", "S=12\n: $S; export \"A=1\"\n"] {
        assert!(!comes_from(&BASH, text, "A"), "{text:?}");
    }
}

/// The message may tell nothing of what a name is put together of, nor how long that is.
#[test]
fn what_a_command_is_put_together_of_changes_no_message() {
    let message = |value: &str| {
        let text = format!("S={value}\nA-B$S\\=1=2==3====4\n");
        (DASH.read)(text.as_bytes(), &Environ::empty()).problems.last().map(|problem| problem.message)
    };
    for value in ["1", "12", "123", "1234", "12345678"] {
        assert_eq!(message(value), message("x"), "{value}");
    }
}

/// Whether the last value of `key` comes from the first assignment of the file, or from the process environment.
fn comes_from(dialect: &Dialect, text: &str, key: &str) -> bool {
    let reading = read(dialect, text);
    let last = reading.assignments.iter().rposition(|found| *found.key == *key.as_bytes()).unwrap();
    let mut open = vec![u32::try_from(last).unwrap()];
    let mut seen = Vec::new();
    while let Some(index) = open.pop() {
        seen.push(index);
        for reference in reading.references.iter().filter(|reference| reference.assignment == index) {
            match reference.target {
                Target::Environ | Target::Assignment(0) => return true,
                Target::Assignment(origin) if !seen.contains(&origin) => open.push(origin),
                _ => {}
            }
        }
    }
    false
}

#[test]
fn nul_bytes_disappear_and_places_stay() {
    let reading = read(&BASH, "A\0B=x\0y\nC=1\n");
    assert_eq!(*reading.assignments[0].key, *b"AB");
    assert_eq!(reading.assignments[0].value_span.range(), 4..7);
    assert_eq!(reading.assignments[1].span.range(), 8..11);
    assert!(reading.problems.iter().all(|problem| problem.code == Syntax::InvalidEncoding));
}

#[test]
fn a_chain_of_references_ends_at_the_limit() {
    let mut text = String::from("A0=0123456789\n");
    for index in 1..40 {
        writeln!(text, "A{index}=${{A{0}}}${{A{0}}}", index - 1).unwrap();
    }
    let reading = read(&BASH, &text);
    assert!(reading.problems.iter().all(|problem| problem.code == Syntax::ExpansionLimit));
    assert!((10..30).contains(&reading.problems.len()), "{}", reading.problems.len());
}
