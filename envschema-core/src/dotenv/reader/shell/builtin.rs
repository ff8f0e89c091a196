//! Commands the shell itself knows, as far as they change variables.

use std::borrow::Cow;

use super::assign::{Declaration, Written};
use super::command::Argument;
use super::declare::place_behind;
use super::run::Status;
use super::variables::{Form, Held, Variable};
use super::{Abort, After, Shell};
use crate::dotenv::scan::is_word;
use crate::dotenv::{Effect, Problem, Quote, Syntax, Value};
use crate::span::Span;

impl Shell<'_, '_> {
    /// Does what the builtin `name` does to variables.
    pub(super) fn builtin(
        &mut self,
        name: &[u8],
        arguments: &[Argument<'_>],
        span: Span,
    ) -> Result<(), Abort> {
        match name {
            b":" | b"true" => {}
            b"false" => self.status = Status::Failed(1),
            b"set" => return self.set_options(arguments, span),
            b"export" => {
                return self.declare(
                    arguments,
                    Declaration { export: Some(true), ..Declaration::default() },
                    span,
                );
            }
            b"readonly" => {
                return self.declare(
                    arguments,
                    Declaration { read_only: true, ..Declaration::default() },
                    span,
                );
            }
            b"declare" | b"typeset" | b"float" | b"integer" | b"private" => {
                return self.declare(arguments, Declaration::default(), span);
            }
            b"local" if self.switches.zsh => return self.declare(arguments, Declaration::default(), span),
            b"local" => {
                return Err(self.misused(span, "`local` only works in a function", "remove the `local`"));
            }
            b"unset" => return self.unset_names(arguments),
            b"let" => return self.evaluate_all(arguments),
            b"[" if arguments.last().is_none_or(|last| last.text.as_deref() != Some(b"]")) => {
                self.status = Status::Failed(2);
                self.report(Problem {
                    help: Some("write plain `NAME=value` lines"),
                    ..Problem::new(
                        Syntax::InvalidSyntax,
                        span,
                        "the shell takes this for a test, which no `]` ends",
                        Effect::Fail,
                    )
                });
            }
            b"test" | b"[" => {
                self.status = test(name, arguments);
                self.unknown(span, "the shell would test this; what depends on it is not followed");
            }
            b"return" => return Err(self.leave(span, "the shell stops reading here", Effect::Truncate)),
            b"exit" => return Err(self.leave(span, "the shell ends here", Effect::Refuse)),
            b"." | b"source" if arguments.is_empty() && self.switches.posix_builtins => {}
            b"." | b"source" => return self.source(name, span),
            _ => {
                self.status = if matches!(
                    name,
                    b"echo" | b"printf" | b"shopt" | b"setopt" | b"umask" | b"alias" | b"trap"
                ) {
                    Status::Zero
                } else {
                    Status::Unknown
                };
                self.report(Problem {
                    help: Some("write plain `NAME=value` lines"),
                    ..Problem::new(
                        Syntax::UnsupportedSyntax,
                        span,
                        "the shell would run a command here, which is never done while checking",
                        Effect::Misread,
                    )
                });
            }
        }
        Ok(())
    }

    fn unset_names(&mut self, arguments: &[Argument<'_>]) -> Result<(), Abort> {
        let mut takes_options = true;
        let mut end = 0;
        for argument in arguments {
            let Some(name) = &argument.text else { continue };
            if takes_options && name.starts_with(b"-") {
                if name.contains(&b'f') {
                    return Ok(());
                }
                takes_options = name != b"--";
                continue;
            }
            takes_options = false;
            // dash and its kin read a name up to `=`.
            let is_cut = self.switches.posix_builtins;
            let name = name.split(|byte| is_cut && *byte == b'=').next().unwrap_or_default();
            let is_name = !name.is_empty() && !name[0].is_ascii_digit() && name.iter().copied().all(is_word);
            let before = self.variables.get(&self.reading.assignments, name);
            let is_read_only = before.read_only || super::special::contains(self.switches.read_only, name);
            if !is_name && self.switches.builtin_error == After::Next {
                // bash says nothing.
                continue;
            }
            if !is_name || is_read_only {
                match self.misused(argument.word.span, "the shell cannot unset this", "remove it") {
                    Abort(After::Next) => {
                        self.status = Status::Failed(1);
                        continue;
                    }
                    abort => return Err(abort),
                }
            }
            let word = place_behind(argument.word.span, end);
            end = word.end as usize;
            let written = Written {
                key: name.to_vec(),
                key_span: word,
                value_span: Span { start: word.end, ..word },
                start: word.start as usize,
                end: word.end as usize,
                quote: Quote::None,
            };
            let index = self.push(&written, Value::Unset);
            self.lost(&written, index);
            let variable =
                Variable { held: Held::Nothing, exported: false, read_only: false, form: Form::Text };
            self.variables.put(&self.reading.assignments, Cow::Owned(name.to_vec()), variable);
        }
        Ok(())
    }

    /// `set -a`, `set +o allexport` and so on.
    fn set_options(&mut self, arguments: &[Argument<'_>], span: Span) -> Result<(), Abort> {
        let texts: Vec<_> = arguments.iter().filter_map(|argument| argument.text.as_deref()).collect();
        let is_invalid = options(&texts).any(|option| match option {
            SetOption::Letter(letter, _) => !self.switches.options.contains(&letter),
            SetOption::Name(name, _) => !OPTION_NAMES.iter().any(|known| known.as_bytes() == name),
        });
        if is_invalid {
            return Err(self.misused(span, "the shell does not know this option", "remove it"));
        }
        for option in options(&texts) {
            match option {
                SetOption::Letter(b'a', adds) | SetOption::Name(b"allexport", adds) => {
                    self.options.all_export = adds;
                }
                SetOption::Letter(b'e', adds) | SetOption::Name(b"errexit", adds) => {
                    self.options.exit_on_error = adds;
                }
                SetOption::Letter(b'u', adds) | SetOption::Name(b"nounset", adds) => {
                    self.options.refuse_unset = adds;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// `let`
    fn evaluate_all(&mut self, arguments: &[Argument<'_>]) -> Result<(), Abort> {
        for argument in arguments {
            let text = argument.text.clone().unwrap_or_default();
            let before = self.deferred.len();
            match self.evaluate(&text, argument.word.span, After::Next) {
                Ok(0) => self.status = Status::Failed(1),
                Ok(_) => self.status = Status::Zero,
                Err(_) => {
                    self.status = Status::Failed(1);
                    return Ok(());
                }
            }
            for (_, _, place) in self.deferred.iter_mut().skip(before).take(1) {
                *place = Some(argument.word.span);
            }
        }
        Ok(())
    }

    /// Another file would be read, which most likely is not there.
    fn source(&mut self, name: &[u8], span: Span) -> Result<(), Abort> {
        self.status = Status::Failed(1);
        let is_final =
            self.switches.posix_builtins || (name == b"." && self.switches.builtin_error == After::Exit);
        let problem = Problem {
            help: Some("check the other file on its own"),
            ..Problem::new(
                Syntax::UnsupportedSyntax,
                span,
                "the shell would read another file here, which is not followed",
                Effect::Fail,
            )
        };
        match self.end(problem, if is_final { After::Exit } else { After::Next }) {
            Abort(After::Next) => Ok(()),
            abort => Err(abort),
        }
    }

    /// A builtin that is used wrongly.
    pub(super) fn misused(&mut self, span: Span, message: &'static str, help: &'static str) -> Abort {
        self.status = Status::Failed(1);
        self.abort(Syntax::InvalidKey, span, message, help, self.switches.builtin_error)
    }

    fn leave(&mut self, span: Span, message: &'static str, effect: Effect) -> Abort {
        self.report(Problem::new(Syntax::UnsupportedSyntax, span, message, effect));
        Abort(After::Stop)
    }
}

/// An option of `set`, and whether it is switched on.
enum SetOption<'a> {
    Letter(u8, bool),
    Name(&'a [u8], bool),
}

/// What `set -o` knows in one shell or another.
const OPTION_NAMES: &[&str] = &[
    "allexport",
    "braceexpand",
    "emacs",
    "errexit",
    "errtrace",
    "functrace",
    "hashall",
    "histexpand",
    "history",
    "ignoreeof",
    "interactive",
    "interactive-comments",
    "keyword",
    "monitor",
    "noclobber",
    "noexec",
    "noglob",
    "nolog",
    "notify",
    "nounset",
    "onecmd",
    "physical",
    "pipefail",
    "posix",
    "privileged",
    "verbose",
    "vi",
    "xtrace",
];

/// The options among the arguments of `set`.
fn options<'a>(arguments: &'a [&'a [u8]]) -> impl Iterator<Item = SetOption<'a>> {
    let mut found = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let (adds, letters) = match argument {
            [b'-', b'-'] | [b'-' | b'+'] => break,
            [b'-', letters @ ..] => (true, letters),
            [b'+', letters @ ..] => (false, letters),
            _ => break,
        };
        for letter in letters {
            if *letter != b'o' {
                found.push(SetOption::Letter(*letter, adds));
            } else if let Some(name) = rest.next() {
                found.push(SetOption::Name(name, adds));
            }
        }
    }
    found.into_iter()
}

/// `test` and `[`, as far as they compare texts.
fn test(name: &[u8], arguments: &[Argument<'_>]) -> Status {
    let texts: Vec<&[u8]> =
        arguments.iter().map(|argument| argument.text.as_deref().unwrap_or_default()).collect();
    let texts = match (name, texts.split_last()) {
        (b"[", Some((_, texts))) => texts,
        _ => &texts[..],
    };
    let holds = match texts {
        [] => false,
        [text] | [b"-n", text] => !text.is_empty(),
        [b"-z" | b"!", text] => text.is_empty(),
        [left, b"=" | b"==", right] => left == right,
        [left, b"!=", right] => left != right,
        _ => return Status::Unknown,
    };
    if holds { Status::Zero } else { Status::Failed(1) }
}
