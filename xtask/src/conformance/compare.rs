//! A reader against its dialect, on every file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use envschema_core::dotenv::{Effect, Environ, Outcome, Reading};

use super::file::{Answer, File};
use super::reader::{How, Reader};
use super::{program, script};

/// Cases in which a dialect knowingly differs: reader and file.
pub(crate) type Residue = BTreeSet<(String, String)>;

/// Readers that have set what stands above when they meet an error.
const LINE_BY_LINE: &[&str] = &["dotenvy", "bash", "dash", "zsh", "busybox-ash"];

/// Readers that would run what a file names, and so get a `PATH` with nothing on it. (`grep` and `xargs` must be found by
/// `xargs-export`, for which the file's text is never a command.)
const CONFINED: &[&str] = &["bash", "dash", "zsh", "busybox-ash", "make", "make4.4"];

/// What shells and make keep for themselves, whatever a file gives it.
const OWN: &[&str] =
    &["_", "SHLVL", "PWD", "OLDPWD", "MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKE_TERMOUT", "MAKE_TERMERR"];

/// What came out of one reader.
#[derive(Default)]
pub(crate) struct Tally {
    /// Files read by both.
    pub(crate) read: usize,
    /// Files not given to the reader, because it would run a command or the values are those of the moment.
    pub(crate) withheld: usize,
    /// Files left out as known to differ.
    pub(crate) known: usize,
    pub(crate) differences: Vec<Difference>,
}

/// A file that is read in two ways.
pub(crate) struct Difference {
    pub(crate) id: String,
    pub(crate) text: String,
    /// What differs.
    pub(crate) what: String,
}

/// Gives every file to `reader` and to its dialect.
pub(crate) fn compare(reader: &Reader, files: &[File], residue: &Residue) -> Result<Tally, String> {
    let name = reader.dialect.name;
    let scratch = Scratch::new(name).map_err(|error| format!("a folder for {name}: {error}"))?;
    let mut session = Session::new(reader, &scratch.0);
    let mut tally = Tally::default();
    for file in files {
        if residue.contains(&(name.to_owned(), file.id.clone())) {
            tally.known += 1;
            continue;
        }
        let environ = environ(reader, file, &scratch.0);
        let reading = (reader.dialect.read)(&file.text, &environ);
        if runs_a_command(name, &file.text, &reading)
            || is_of_the_moment(reader, file, &reading)
            || could_write(reader, file)
        {
            tally.withheld += 1;
            continue;
        }
        let answer = session.read(file, &environ).map_err(|error| format!("{name}: {error}"))?;
        tally.read += 1;
        let outcome = Outcome::new(reader.dialect, &reading, &environ);
        if let Some(what) = difference(&outcome, &answer, name, file) {
            let text = file.text[..file.text.len().min(300)].escape_ascii().to_string();
            tally.differences.push(Difference { id: file.id.clone(), text, what });
        }
    }
    Ok(tally)
}

/// A reader at work.
enum Session<'r> {
    Script(script::Session<'r>),
    Program(program::Session<'r>),
}

impl<'r> Session<'r> {
    fn new(reader: &'r Reader, folder: &'r Path) -> Self {
        match &reader.how {
            How::Script(script) => Self::Script(script.session(folder)),
            How::Program(program) => Self::Program(program.session(folder)),
        }
    }

    fn read(&mut self, file: &File, environ: &Environ) -> Result<Answer, String> {
        match self {
            Self::Script(session) => session.read(&file.id, &file.text, environ),
            Self::Program(session) => session.read(&file.text, environ).map_err(|error| error.to_string()),
        }
    }
}

/// The environment of a file, with a `PATH` on which nothing is for readers that run what a file names.
fn environ(reader: &Reader, file: &File, scratch: &Path) -> Environ {
    if !is_confined(reader) {
        return file.environ.clone();
    }
    let nothing = scratch.join("nothing").into_os_string().into_encoded_bytes();
    let path = [(&b"PATH"[..], &nothing[..])];
    file.environ.iter().chain(path).collect()
}

/// Whether what a file names could be run.
fn is_confined(reader: &Reader) -> bool {
    CONFINED.contains(&reader.dialect.name)
}

/// Every dialect says so in these words. A shell also passes over a line whose command it is likely to find; and make may
/// run commands for values that do not count in the end, or to bring a file up to date.
fn runs_a_command(reader: &str, text: &[u8], reading: &Reading<'_>) -> bool {
    if reader.starts_with("make") {
        let text = text.to_ascii_lowercase();
        let has = |word: &&str| text.windows(word.len()).any(|part| part == word.as_bytes());
        if ["shell", "guile", "eval", "$(file", "${file", "!=", "include"].iter().any(has) {
            return true;
        }
    }
    reading.problems.iter().any(|problem| {
        let is_found = problem.effect == Effect::Skip && problem.message.contains("command");
        let acts = problem.effect == Effect::Act;
        acts || is_found || problem.message.contains("which is never done")
    })
}

/// Whether a shell puts a random number, the number of a process or its folder into a value, or make the name of the target being
/// made, or whether what a file says makes the program print something else than its environment: zsh runs `cat` for
/// text alone, and make runs what `SHELL` names. Of recorded files that is known.
fn is_of_the_moment(reader: &Reader, file: &File, reading: &Reading<'_>) -> bool {
    let name = reader.dialect.name;
    let sets = |key: &[u8]| reading.assignments.iter().any(|assignment| &*assignment.key == key);
    let moving = match name {
        "make" | "make4.4" if sets(b"SHELL") || sets(b"MAKEFLAGS") => return !file.is_recorded,
        "make" | "make4.4" => &["$@"][..],
        "zsh" => &["$$", "$!", "$=$", "RANDOM", "pwd", "<<"],
        _ if is_confined(reader) || name == "xargs-export" => &["$$", "$!", "RANDOM", "pwd"],
        _ => &[],
    };
    let has = |needle: &&str| file.text.windows(needle.len()).any(|part| part == needle.as_bytes());
    !file.is_recorded && moving.iter().any(has)
}

/// Whether a shell of this machine could write over a file.
fn could_write(reader: &Reader, file: &File) -> bool {
    let is_of_the_machine = matches!(reader.how, How::Program(_));
    is_of_the_machine && is_confined(reader) && !file.is_recorded && file.text.contains(&b'>')
}

/// How the reader's answer differs from what the dialect expects.
fn difference(outcome: &Outcome, answer: &Answer, reader: &str, file: &File) -> Option<String> {
    match (&outcome.error, &answer.error) {
        (Some(problem), None) => return Some(format!("expected an error ({}), found none", problem.message)),
        (None, Some(error)) => return Some(format!("expected no error, found: {error}")),
        (Some(_), Some(_)) if !LINE_BY_LINE.contains(&reader) => return None,
        _ => {}
    }
    let volatile = file.volatile.get(reader);
    let counts = |name: &[u8]| {
        let name = String::from_utf8_lossy(name);
        let is_volatile = || volatile.is_some_and(|volatile| volatile.contains(&*name));
        !OWN.contains(&&*name) && !is_volatile() && !outcome.unknown.contains(name.as_bytes())
    };
    let (expected, found) = (outcome_of(&outcome.vars, counts), outcome_of(&answer.vars, counts));
    let names: BTreeSet<_> = expected.keys().chain(found.keys()).collect();
    if let Some(name) = names.into_iter().find(|name| expected.get(**name) != found.get(**name)) {
        let shown = |value: Option<&&[u8]>| match value {
            Some(value) => format!("\"{}\"", value[..value.len().min(200)].escape_ascii()),
            None => "nothing".to_owned(),
        };
        let (expected, found) = (shown(expected.get(*name)), shown(found.get(*name)));
        return Some(format!("\"{}\": expected {expected}, found {found}", name.escape_ascii()));
    }
    let names = |set: &BTreeSet<Vec<u8>>| -> BTreeSet<String> {
        set.iter().filter(|name| counts(name)).map(|name| name.escape_ascii().to_string()).collect()
    };
    let (expected, found) = (names(&outcome.unset), names(&answer.unset));
    (expected != found).then(|| format!("unset: expected {expected:?}, found {found:?}"))
}

fn outcome_of(vars: &BTreeMap<Vec<u8>, Vec<u8>>, counts: impl Fn(&[u8]) -> bool) -> BTreeMap<&[u8], &[u8]> {
    vars.iter().filter(|(name, _)| counts(name)).map(|(name, value)| (&**name, &**value)).collect()
}

/// A folder for one reader, gone afterwards.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> std::io::Result<Self> {
        let folder = format!("envschema-conformance-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left in a temporary folder harms nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use envschema_core::dotenv::{Dialect, Environ, Outcome, find};

    use super::{Answer, File, difference, runs_a_command};

    fn dialect(name: &str) -> &'static Dialect {
        find(name).expect("the dialect exists")
    }

    /// How what `name` makes of `text` differs from a dumped environment.
    fn differs(name: &str, text: &str, dump: &[u8], error: Option<&str>, volatile: &str) -> Option<String> {
        let environ: Environ = [("HOME", "h")].into_iter().collect();
        let volatile = BTreeSet::from([volatile.to_owned()]);
        let file = File {
            id: String::new(),
            text: text.into(),
            environ: environ.clone(),
            volatile: BTreeMap::from([(name.to_owned(), volatile)]),
            is_recorded: true,
        };
        let answer = Answer { error: error.map(str::to_owned), ..Answer::from_dump(dump, &environ) };
        let reading = (dialect(name).read)(&file.text, &environ);
        difference(&Outcome::new(dialect(name), &reading, &environ), &answer, name, &file)
    }

    #[test]
    fn every_difference_is_seen() {
        let bash = |text, dump: &[u8], error| differs("bash", text, dump, error, "V");
        assert_eq!(bash("A=1", b"HOME=h\0A=1\0", None), None);
        assert_eq!(bash("A=1\nV=2", b"HOME=h\0A=1\0V=3\0SHLVL=1\0", None), None);
        for (text, dump, error) in [
            ("A=1", &b"HOME=h\0A=2\0"[..], None),
            ("A=1", b"HOME=h\0", None),
            ("A=1", b"HOME=h\0A=1\0B=1\0", None),
            ("A=1", b"A=1\0", None),
            ("A=1", b"HOME=h\0A=1\0", Some("oh")),
            ("A=1\n(", b"HOME=h\0A=1\0", None),
            // It goes on after an error, so what is set beside one counts.
            ("A=1\nx-y=2", b"HOME=h\0A=2\0", Some("not found")),
        ] {
            assert!(bash(text, dump, error).is_some(), "{text}");
        }
        // This one sets nothing then.
        assert_eq!(differs("compose", "A=1\nx y=2", b"HOME=h\0A=2\0", Some("refused"), ""), None);
    }

    #[test]
    fn commands_are_withheld() {
        for (name, text, runs) in [
            ("bash", "A=$(date)", true),
            ("bash", "A=`date`", true),
            ("bash", "rm -rf x", true),
            ("bash", "A=x rm -rf x", true),
            ("bash", "A='$(date)'", false),
            ("make", "A=$(shell date)", true),
            ("make", "A:=${shell date}\nA=1", true),
            ("make", "A!=date", true),
            ("make", "A=date", false),
            ("dotenvx", "A=$(date)", true),
            ("dotenv18+expand1000", "A=\"$(date)\"", true),
            ("dotenv18", "A=$(date)", false),
        ] {
            let reading = (dialect(name).read)(text.as_bytes(), &Environ::empty());
            assert_eq!(runs_a_command(name, text.as_bytes(), &reading), runs, "{name} {text}");
        }
    }
}
