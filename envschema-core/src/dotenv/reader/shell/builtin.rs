//! Commands the shell itself knows, as far as they change variables.

use std::borrow::Cow;

use super::assign::{Declaration, Written};
use super::command::Argument;
use super::run::Status;
use super::variables::{Form, Held, Variable};
use super::{Abort, After, Shell};
use crate::dotenv::scan::{find, is_word};
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

    /// `export`, `readonly`, `declare` and `typeset`
    fn declare(
        &mut self,
        arguments: &[Argument<'_>],
        mut declaration: Declaration,
        span: Span,
    ) -> Result<(), Abort> {
        declaration.by_command = true;
        let is_export = declaration.export.is_some();
        let mut behind = 0;
        let mut takes_options = true;
        for argument in arguments {
            let place = place_behind(argument.word.span, behind);
            let start = if behind == 0 { span.start } else { place.start } as usize;
            let Some(text) = &argument.text else {
                takes_options = false;
                let result = self.assign(argument.word, start, declaration);
                self.goes_on(result)?;
                behind = argument.word.span.end as usize;
                continue;
            };
            let is_option = takes_options && text.len() > 1 && matches!(text[0], b'-' | b'+');
            if takes_options && text == b"--" {
                takes_options = false;
            } else if is_option {
                match self.flags(text, is_export, &mut declaration) {
                    Flags::Read => {}
                    Flags::Prints => return Ok(()),
                    Flags::Invalid => {
                        let help = "write `export NAME=value`";
                        return Err(self.misused(place, "the shell does not know this option", help));
                    }
                }
            } else {
                takes_options = false;
                let result = self.declare_text(text, place, start, declaration);
                self.goes_on(result)?;
                behind = place.end as usize;
            }
        }
        Ok(())
    }

    /// Lets the command go on with its next argument, if it does.
    fn goes_on(&mut self, result: Result<(), Abort>) -> Result<(), Abort> {
        match result {
            Err(Abort(After::Next)) => {
                self.status = Status::Failed(1);
                Ok(())
            }
            result => result,
        }
    }

    fn flags(&self, text: &[u8], is_export: bool, declaration: &mut Declaration) -> Flags {
        let adds = text[0] == b'-';
        for flag in &text[1..] {
            match flag {
                b'p' | b'f' | b'F' => return Flags::Prints,
                b'n' if is_export && self.switches.unexports => declaration.export = Some(false),
                _ if is_export => return Flags::Invalid,
                b'x' => declaration.export = Some(adds),
                b'r' => declaration.read_only = adds,
                b'i' => declaration.form = Some(if adds { Form::Integer } else { Form::Text }),
                b'u' => declaration.form = Some(if adds { Form::Upper } else { Form::Text }),
                b'l' => declaration.form = Some(if adds { Form::Lower } else { Form::Text }),
                b'a' | b'A' => declaration.is_array = adds,
                b'g' | b't' | b'n' | b'I' => {}
                _ => return Flags::Invalid,
            }
        }
        Flags::Read
    }

    /// A name, or an assignment that came out of quotes or a reference.
    fn declare_text(
        &mut self,
        text: &[u8],
        place: Span,
        start: usize,
        declaration: Declaration,
    ) -> Result<(), Abort> {
        let length = text.iter().take_while(|byte| is_word(**byte)).count();
        let is_name = length > 0 && !text[0].is_ascii_digit();
        match &text[length..] {
            [] if is_name => self.declare_name(text, place, start, declaration),
            [b'=', value @ ..] if is_name => {
                let written = self.written_text(&text[..length], place, start);
                self.set(&written, value.to_vec(), false, declaration)
            }
            [b'+', b'=', value @ ..] if is_name && self.switches.arrays && !self.switches.zsh => {
                let written = self.written_text(&text[..length], place, start);
                self.set(&written, value.to_vec(), true, declaration)
            }
            _ => {
                let help = "use letters, digits and `_`, and start with no digit";
                Err(self.misused(place, "the shell does not accept this name", help))
            }
        }
    }

    /// Where an assignment stands whose `=` came out of quotes or a reference.
    fn written_text(&self, key: &[u8], word: Span, start: usize) -> Written {
        let text = word.of(self.text);
        let quote = usize::from(matches!(text.first(), Some(b'"' | b'\'')));
        let inside = quote == 1 && text.len() > 1 && text.last() == text.first();
        let equals = find(text, b'=').filter(|equals| *equals >= quote);
        let base = word.start as usize;
        let (key_span, value_span) = match equals {
            Some(equals) => (
                Span::new(base + quote, base + equals),
                Span::new(
                    base + equals + 1,
                    (base + text.len() - usize::from(inside)).max(base + equals + 1),
                ),
            ),
            None => (word, Span { start: word.end, ..word }),
        };
        let end = word.end as usize;
        Written { key: key.to_vec(), key_span, value_span, start, end, quote: Quote::None }
    }

    /// `export NAME`: says something about a variable that has its value already, or has none.
    fn declare_name(
        &mut self,
        name: &[u8],
        word: Span,
        start: usize,
        declaration: Declaration,
    ) -> Result<(), Abort> {
        let before = self.variables.get(&self.reading.assignments, name);
        let exported = declaration
            .export
            .unwrap_or(before.exported || (self.options.all_export && declaration.export.is_none()));
        let variable = Variable {
            exported,
            read_only: before.read_only || declaration.read_only,
            form: declaration.form.unwrap_or(before.form),
            held: if declaration.is_array { Held::Array } else { before.held.clone() },
        };
        let value = match before.held {
            Held::Assignment(index) if exported != before.exported => {
                self.reading.assignments.get(index as usize).map(|assignment| assignment.value.clone())
            }
            _ if declaration.export == Some(false) => None,
            Held::Nothing => Some(Value::Absent),
            _ => None,
        };
        let removes = declaration.export == Some(false) && before.exported;
        let value = if removes { Some(Value::Unset) } else { value };
        if let Some(value) = value {
            let written = Written {
                key: name.to_vec(),
                key_span: word,
                value_span: Span { start: word.end, ..word },
                start,
                end: word.end as usize,
                quote: Quote::None,
            };
            let value = match value {
                Value::Set(text) => Value::Set(Cow::Owned(text.into_owned())),
                other => other,
            };
            let index = self.push(&written, value);
            self.lost(&written, index);
        }
        self.variables.put(&self.reading.assignments, Cow::Owned(name.to_vec()), variable);
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
            let is_name = !name.is_empty() && !name[0].is_ascii_digit() && name.iter().copied().all(is_word);
            let before = self.variables.get(&self.reading.assignments, name);
            let is_read_only = before.read_only || super::special::contains(self.switches.read_only, name);
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
                key: name.clone(),
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
            self.variables.put(&self.reading.assignments, Cow::Owned(name.clone()), variable);
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
    fn misused(&mut self, span: Span, message: &'static str, help: &'static str) -> Abort {
        self.status = Status::Failed(1);
        self.abort(Syntax::InvalidKey, span, message, help, self.switches.builtin_error)
    }

    fn leave(&mut self, span: Span, message: &'static str, effect: Effect) -> Abort {
        self.report(Problem::new(Syntax::UnsupportedSyntax, span, message, effect));
        Abort(After::Stop)
    }
}

/// The place of an argument: no place at all if the word has one behind which the place must lie.
fn place_behind(word: Span, end: usize) -> Span {
    if (word.start as usize) < end { Span::at(end) } else { word }
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

enum Flags {
    Read,
    Prints,
    Invalid,
}

/// `test` and `[`, as far as they compare texts.
fn test(name: &[u8], arguments: &[Argument<'_>]) -> Status {
    let texts: Vec<&[u8]> =
        arguments.iter().map(|argument| argument.text.as_deref().unwrap_or_default()).collect();
    let texts = match (name, texts.split_last()) {
        (b"[", Some((&b"]", texts))) => texts,
        (b"[", _) => return Status::Failed(2),
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
