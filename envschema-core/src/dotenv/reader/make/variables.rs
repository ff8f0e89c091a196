//! The variables make knows while it reads: its own, the environment's, the file's.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::dotenv::Environ;
use crate::dotenv::scan::is_word;

/// One variable.
#[derive(Clone, Debug)]
pub(super) struct Variable<'t> {
    /// Its value; not expanded yet if it is recursive.
    pub(super) value: Cow<'t, [u8]>,
    pub(super) recursive: bool,
    pub(super) origin: Origin,
    /// What `export NAME` or `unexport NAME` said last.
    pub(super) export: Option<bool>,
    pub(super) state: State,
}

/// Where a variable comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// make itself.
    Default,
    /// The process environment.
    Environ,
    /// The assignment of the file with this number.
    Assignment(u32),
}

/// How far the expansion of a recursive variable is, once the whole file is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    Fresh,
    Expanding,
    Expanded(Vec<u8>),
}

/// Variables make itself defines with the same value everywhere. It does not pass them on.
const DEFAULTS: &[(&str, &str)] = &[
    ("AR", "ar"),
    ("ARFLAGS", "rv"),
    ("AS", "as"),
    ("CC", "cc"),
    ("CO", "co"),
    ("COFLAGS", ""),
    ("CPP", "$(CC) -E"),
    ("CTANGLE", "ctangle"),
    ("CWEAVE", "cweave"),
    ("CXX", "g++"),
    ("F77", "$(FC)"),
    ("F77FLAGS", "$(FFLAGS)"),
    ("FC", "f77"),
    ("GET", "get"),
    ("LD", "ld"),
    ("LEX", "lex"),
    ("LINT", "lint"),
    ("M2C", "m2c"),
    ("MAKEFILES", ""),
    ("MAKEINFO", "makeinfo"),
    ("OBJC", "cc"),
    ("PC", "pc"),
    ("RM", "rm -f"),
    ("SHELL", "/bin/sh"),
    ("TANGLE", "tangle"),
    ("TEX", "tex"),
    ("TEXI2DVI", "texi2dvi"),
    ("WEAVE", "weave"),
    ("YACC", "yacc"),
];

/// Variables that depend on the machine, on make's own command line, or on the target being made.
const UNKNOWABLE: &[&str] = &[
    "@",
    "@D",
    "@F",
    "CURDIR",
    "MAKE",
    "MAKEFILE_LIST",
    "MAKEFLAGS",
    "MAKELEVEL",
    "MAKE_COMMAND",
    "MAKE_HOST",
];

/// Whether only make itself can know the value of `name`.
pub(super) fn is_unknowable(name: &[u8]) -> bool {
    UNKNOWABLE.iter().any(|candidate| candidate.as_bytes() == name) || matches!(name, [b'.', _, ..])
}

/// Whether a plain `export` passes on a variable of this name.
pub(super) fn is_exportable(name: &[u8]) -> bool {
    name.first().is_some_and(|first| !first.is_ascii_digit()) && name.iter().copied().all(is_word)
}

/// All variables by name.
pub(super) struct Variables<'t, 'e> {
    environ: &'e Environ,
    known: HashMap<Cow<'t, [u8]>, Variable<'t>>,
    /// What `undefine` took away from outside.
    gone: HashSet<Vec<u8>>,
}

impl<'t, 'e> Variables<'t, 'e> {
    pub(super) fn new(environ: &'e Environ) -> Self {
        Self { environ, known: HashMap::new(), gone: HashSet::new() }
    }

    /// The variable called `name`, if it is defined.
    pub(super) fn get(&mut self, name: &[u8]) -> Option<&mut Variable<'t>> {
        if !self.known.contains_key(name) {
            let outside = self.outside(name)?;
            self.known.insert(Cow::Owned(name.to_vec()), outside);
        }
        self.known.get_mut(name)
    }

    /// A variable the file does not define. make never takes `SHELL` from the environment.
    fn outside(&self, name: &[u8]) -> Option<Variable<'t>> {
        if self.gone.contains(name) {
            return None;
        }
        let environ = self.environ.get(name).filter(|_| name != b"SHELL");
        let default = || DEFAULTS.iter().find(|(default, _)| default.as_bytes() == name);
        let (value, origin) = match environ {
            Some(value) => (Cow::Owned(value.to_vec()), Origin::Environ),
            None => (Cow::Borrowed(default()?.1.as_bytes()), Origin::Default),
        };
        Some(Variable { value, recursive: true, origin, export: None, state: State::Fresh })
    }

    /// Gives `name` a new value; whether it is exported stays as it was.
    pub(super) fn define(&mut self, name: Cow<'t, [u8]>, value: Cow<'t, [u8]>, recursive: bool, index: u32) {
        let export = self.get(&name).and_then(|variable| variable.export);
        let origin = Origin::Assignment(index);
        self.known.insert(name, Variable { value, recursive, origin, export, state: State::Fresh });
    }

    /// Makes `name` undefined.
    pub(super) fn undefine(&mut self, name: &[u8]) {
        self.known.remove(name);
        self.gone.insert(name.to_vec());
    }
}
