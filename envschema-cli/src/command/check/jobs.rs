//! What a command line asks to check: one environment after the other.

use std::path::{Path, PathBuf};
use std::slice;

use crate::args::CheckArgs;
use crate::discover::{Found, Walk};
use crate::failure::Failure;
use crate::host::{Host, Origin, Sort, shown};

/// One environment to check.
#[derive(Debug)]
pub(super) enum Job {
    /// These sources are its layers, lowest precedence first. Secrets and the process environment may come on top.
    Layers(Vec<Given>),
    /// The files of the current folder, by convention.
    Conventional,
}

/// A source that was given or found.
#[derive(Debug)]
pub(super) enum Given {
    /// Standard input.
    StandardInput,
    /// A file.
    File(PathBuf, Origin),
}

/// The environments that a command line asks to check.
pub(super) struct Jobs<'j> {
    host: &'j dyn Host,
    files: slice::Iter<'j, PathBuf>,
    /// The folder that is being walked through.
    walk: Option<Walking<'j>>,
    /// The environment of a command line that names no files.
    single: Option<Job>,
}

struct Walking<'j> {
    folder: &'j Path,
    walk: Walk<'j>,
    found_any: bool,
}

impl<'j> Jobs<'j> {
    /// What `args` asks for.
    pub(super) fn new(args: &'j CheckArgs, host: &'j dyn Host) -> Self {
        let single = match () {
            () if !args.files.is_empty() => None,
            () if !args.env_files.is_empty() || !args.secrets_dirs.is_empty() || args.process_env => {
                Some(Job::Layers(args.env_files.iter().map(|file| given(file)).collect()))
            }
            () => Some(Job::Conventional),
        };
        Self { host, files: args.files.iter(), walk: None, single }
    }

    /// What comes next in the folder that is being walked through.
    fn walk_on(&mut self) -> Option<Result<Job, Failure>> {
        let walking = self.walk.as_mut()?;
        let found = walking.walk.next();
        let found_any = std::mem::replace(&mut walking.found_any, true);
        let folder = walking.folder;
        match found {
            Some(Found::Environment(path)) => Some(Ok(Job::Layers(vec![Given::File(path, Origin::Found)]))),
            Some(Found::Unlisted(path, why)) => Some(Err(unlisted(&path, &why.reason()))),
            None => {
                self.walk = None;
                (!found_any).then(|| Err(nothing_in(folder)))
            }
        }
    }
}

impl Iterator for Jobs<'_> {
    type Item = Result<Job, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(job) = self.walk_on() {
                return Some(job);
            }
            let Some(file) = self.files.next() else { return self.single.take().map(Ok) };
            if !matches!(self.host.sort_of(file), Ok(Sort::Folder)) {
                return Some(Ok(Job::Layers(vec![given(file)])));
            }
            let walk = Walk::new(self.host, file);
            self.walk = Some(Walking { folder: file, walk, found_any: false });
        }
    }
}

fn given(file: &Path) -> Given {
    if file == Path::new("-") { Given::StandardInput } else { Given::File(file.to_owned(), Origin::Named) }
}

fn unlisted(folder: &Path, why: &str) -> Failure {
    Failure::new(format!("cannot list the folder: {why}")).file(shown(folder))
}

fn nothing_in(folder: &Path) -> Failure {
    Failure::new("there is no `.env` file in this folder")
        .file(shown(folder))
        .help("a folder stands for its files called `.env`, `.env.*` and `*.env`; name others one by one")
}
