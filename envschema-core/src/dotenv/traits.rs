//! What a dialect understands, told by what it makes of small texts: a table of dialects made from this cannot drift.

use super::{Dialect, Environ, Outcome, Precedence, Syntax};

/// What a dialect understands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traits {
    /// The quotes it removes around a value, of `"`, `'` and `` ` ``.
    pub quotes: Vec<char>,
    /// The quotes between which a value may span lines.
    pub multi_line: Vec<char>,
    /// The characters `x` for which `\x` in double quotes is something else than these two characters.
    pub escapes: Vec<char>,
    /// What it makes of a comment behind a value.
    pub comments: Comments,
    /// The references it resolves outside quotes, as they are written.
    pub references: Vec<&'static str>,
    /// The quotes between which it resolves references.
    pub expands_in: Vec<char>,
    /// Whether references find variables of the process environment.
    pub sees_environ: bool,
    /// Whether references find assignments further down.
    pub sees_below: bool,
    /// What it makes of `export NAME=value`.
    pub export: Handling,
    /// What it makes of blanks around the `=`.
    pub blanks: Handling,
    /// What it makes of `NAME: value`.
    pub colon: Handling,
    /// What it makes of a value with blanks and without quotes.
    pub spaces: Handling,
    /// What it makes of a name without `=`.
    pub bare_name: Handling,
    /// What it makes of a byte order mark.
    pub byte_order_mark: Handling,
    /// What it makes of lines that end in CR LF.
    pub crlf: Handling,
    /// What it makes of a second assignment to a name.
    pub duplicates: Repeated,
    /// Who wins when the process environment has the name.
    pub precedence: Precedence,
    /// Whether it runs `$(command)`.
    pub runs_commands: bool,
}

/// What a dialect makes of a comment behind a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comments {
    /// It belongs to the value.
    Kept,
    /// It is dropped behind a blank.
    BehindBlank,
    /// It is dropped even without a blank before the `#`.
    Anywhere,
    /// The file is refused.
    Refused,
}

/// What a dialect makes of a spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handling {
    /// Reads what was meant.
    Understood,
    /// Reads something else: the spelling becomes part of the name or the value.
    Misread,
    /// Leaves the assignment out.
    Dropped,
    /// Refuses the file, or what follows.
    Refused,
}

/// What a dialect makes of a second assignment to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeated {
    /// The first one counts.
    First,
    /// The last one counts.
    Last,
    /// The file is refused.
    Refused,
}

/// References as they are written, and what they stand for: `NAME` is `value`, `NONE` is not set.
const REFERENCES: &[(&str, &str)] = &[
    ("$NAME", "value"),
    ("${NAME}", "value"),
    ("$(NAME)", "value"),
    ("${NONE:-word}", "word"),
    ("${NONE-word}", "word"),
    ("${NONE:=word}", "word"),
    ("${NAME:+word}", "word"),
    ("${NAME+word}", "word"),
    ("${NAME:?word}", "value"),
    ("${NAME?word}", "value"),
];

const QUOTES: [char; 3] = ['"', '\'', '`'];

impl Traits {
    /// What `dialect` understands.
    #[must_use]
    pub fn of(dialect: &Dialect) -> Self {
        let probe = Probe { dialect };
        let quotes = probe.quotes(|quote| (format!("A={quote}x{quote}\n"), "x".into()));
        let multi_line = probe.quotes(|quote| (format!("A={quote}x\ny{quote}\n"), "x\ny".into()));
        let expands_in = probe.quotes(|quote| (format!("NAME=x\nA={quote}${{NAME}}y{quote}\n"), "xy".into()));
        Self {
            comments: probe.comments(),
            references: probe.references(),
            escapes: if quotes.contains(&'"') { probe.escapes() } else { Vec::new() },
            sees_environ: probe.finds("A=${SET}\n") || probe.finds("A=$(SET)\n"),
            sees_below: probe.finds("A=${NAME}\nNAME=set\n") || probe.finds("A=$(NAME)\nNAME=set\n"),
            export: probe.handling("export A=x\n", "x"),
            blanks: probe.handling("A = x\n", "x"),
            colon: probe.handling("A: x\n", "x"),
            spaces: probe.handling("A=x y\n", "x y"),
            bare_name: probe.bare_name(),
            byte_order_mark: probe.handling("\u{feff}A=x\n", "x"),
            crlf: probe.handling("A=x\r\nB=y\r\n", "x"),
            duplicates: probe.duplicates(),
            precedence: dialect.precedence,
            runs_commands: probe.runs_commands(),
            quotes,
            multi_line,
            expands_in,
        }
    }
}

struct Probe<'d> {
    dialect: &'d Dialect,
}

impl Probe<'_> {
    fn outcome(&self, text: &str) -> Outcome {
        let environ: Environ = [("SET", "set")].into_iter().collect();
        Outcome::new(self.dialect, &(self.dialect.read)(text.as_bytes(), &environ), &environ)
    }

    /// The value that `text` gives `A`.
    fn value(&self, text: &str) -> Option<Vec<u8>> {
        let mut outcome = self.outcome(text);
        outcome.vars.remove(&b"A"[..]).filter(|_| outcome.error.is_none())
    }

    fn is(&self, text: &str, value: &str) -> bool {
        self.value(text).is_some_and(|found| found == value.as_bytes())
    }

    fn finds(&self, text: &str) -> bool {
        self.is(text, "set")
    }

    /// The quotes for which a text gives `A` a value.
    fn quotes(&self, probe: impl Fn(char) -> (String, String)) -> Vec<char> {
        let understands = |quote: &char| {
            let (text, value) = probe(*quote);
            self.is(&text, &value)
        };
        QUOTES.into_iter().filter(understands).collect()
    }

    fn escapes(&self) -> Vec<char> {
        let changes = |char: &char| {
            let value = self.value(&format!("A=\"x\\{char}z\"\n"));
            value.is_some_and(|value| value != format!("x\\{char}z").as_bytes())
        };
        ('!'..='~').filter(changes).collect()
    }

    fn comments(&self) -> Comments {
        if self.is("A=x#y\n", "x") {
            Comments::Anywhere
        } else if self.is("A=x # y\n", "x") {
            Comments::BehindBlank
        } else if self.outcome("A=x # y\n").error.is_some() {
            Comments::Refused
        } else {
            Comments::Kept
        }
    }

    fn references(&self) -> Vec<&'static str> {
        let resolves =
            |(written, value): &&(&str, &str)| self.is(&format!("NAME=value\nA={written}\n"), value);
        REFERENCES.iter().filter(resolves).map(|(written, _)| *written).collect()
    }

    fn handling(&self, text: &str, value: &str) -> Handling {
        let outcome = self.outcome(text);
        let is_truncated = !self.outcome(&format!("{text}Z=z\n")).vars.contains_key(&b"Z"[..]);
        match outcome.vars.get(&b"A"[..]) {
            Some(found) if found == value.as_bytes() => Handling::Understood,
            _ if outcome.error.is_some() || is_truncated => Handling::Refused,
            _ if outcome.vars.is_empty() => Handling::Dropped,
            _ => Handling::Misread,
        }
    }

    /// Understood means that a name alone takes the environment's value.
    fn bare_name(&self) -> Handling {
        let outcome = self.outcome("SET\nA=x\n");
        match outcome.vars.get(&b"SET"[..]) {
            Some(value) if value == b"set" => Handling::Understood,
            Some(_) => Handling::Misread,
            None if outcome.error.is_some() || !outcome.vars.contains_key(&b"A"[..]) => Handling::Refused,
            None => Handling::Dropped,
        }
    }

    fn duplicates(&self) -> Repeated {
        match self.value("A=1\nA=2\n").as_deref() {
            Some(b"1") => Repeated::First,
            Some(_) => Repeated::Last,
            None => Repeated::Refused,
        }
    }

    fn runs_commands(&self) -> bool {
        ["A=$(x)\n", "A=$(shell x)\n"].into_iter().any(|text| {
            let reading = (self.dialect.read)(text.as_bytes(), &Environ::empty());
            let has_command =
                reading.problems.iter().any(|problem| problem.code == Syntax::UnsupportedSyntax);
            has_command && self.value(text).is_none()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Comments, Handling, Repeated, Traits};
    use crate::dotenv::{DIALECTS, Duplicates, find};

    #[test]
    fn what_compose_understands() {
        let traits = Traits::of(find("compose").unwrap());
        assert_eq!(traits.quotes, ['"', '\'']);
        assert_eq!(traits.multi_line, ['"', '\'']);
        assert_eq!(traits.expands_in, ['"']);
        assert_eq!(traits.escapes.iter().collect::<String>(), "\"$0\\abfnrtv");
        assert_eq!(traits.comments, Comments::BehindBlank);
        assert_eq!(
            traits.references,
            [
                "$NAME",
                "${NAME}",
                "${NONE:-word}",
                "${NONE-word}",
                "${NAME:+word}",
                "${NAME+word}",
                "${NAME:?word}",
                "${NAME?word}",
            ]
        );
        assert!(traits.sees_environ && !traits.sees_below && !traits.runs_commands);
        assert_eq!(
            (traits.export, traits.blanks, traits.colon),
            (Handling::Understood, Handling::Understood, Handling::Understood)
        );
        assert_eq!((traits.byte_order_mark, traits.crlf), (Handling::Understood, Handling::Understood));
    }

    #[test]
    #[cfg(feature = "dialects")]
    fn what_sets_others_apart() {
        let of = |name: &str| Traits::of(find(name).unwrap());
        assert!(of("docker-run").quotes.is_empty());
        assert_eq!(of("docker-run").export, Handling::Refused);
        assert_eq!(of("podman-run").byte_order_mark, Handling::Misread);
        assert_eq!(of("kubectl").duplicates, Repeated::Refused);
        assert_eq!(of("python-dotenv").expands_in, ['"', '\'']);
        assert_eq!(of("systemd").comments, Comments::Kept);
        assert_eq!(of("dotenvy").spaces, Handling::Refused);
        assert_eq!(of("phpdotenv").comments, Comments::Anywhere);
        assert!(of("symfony-dotenv").sees_below);
        assert!(of("ruby-dotenv").runs_commands && !of("godotenv").runs_commands);
    }

    #[test]
    fn rows_say_what_their_readers_do() {
        for dialect in DIALECTS {
            let expected = match dialect.duplicates {
                Duplicates::First => Repeated::First,
                Duplicates::Last => Repeated::Last,
            };
            let duplicates = Traits::of(dialect).duplicates;
            assert!(duplicates == expected || duplicates == Repeated::Refused, "{}", dialect.name);
        }
    }
}
