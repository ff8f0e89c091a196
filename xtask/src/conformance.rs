//! The live comparison: files go to real readers and to their dialects, and both must see the same.

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;

use self::compare::{Residue, Tally};
use self::file::File;
use self::reader::Reader;

mod compare;
mod corpus;
mod debian;
mod file;
mod install;
mod pieces;
mod program;
mod random;
mod reader;
mod report;
mod script;
mod version;

pub(crate) use program::load_with_dotenvy;

/// Run the real readers that are here, and hold what they read against what their dialects read.
///
/// A file on which a reader would run a command, as its dialect tells, is never given to it. Ends with 1 if a reader
/// whose version is the recorded one (of bash, Node and systemd: one with the same major number) reads something else.
#[derive(Args)]
pub(crate) struct Options {
    /// Only these readers, by the names of their dialects
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    readers: Vec<String>,
    /// How many random files [default: 500, with --quick 60]
    #[arg(long, value_name = "N")]
    random: Option<usize>,
    /// What the random files grow from [default: the time, with --quick 1]
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
    /// How many differences to show of each reader
    #[arg(long, value_name = "N", default_value_t = 20)]
    show: usize,
    /// Leave out the recorded files
    #[arg(long)]
    no_corpus: bool,
    /// First install into `target/conformance` what npm, pip and Debian offer
    #[arg(long, conflicts_with = "quick")]
    install: bool,
    /// Only the readers that need no installation and are here in the recorded version: dotenvy, and from `PATH` Node,
    /// python-dotenv and bash
    #[arg(long)]
    quick: bool,
}

/// The readers that `--quick` runs.
const QUICK: &[&str] = &["dotenvy", "node20", "node22", "node24", "node26", "python-dotenv", "bash"];

/// Whether every reader agrees with its dialect.
pub(crate) fn run(options: &Options) -> Result<bool, String> {
    let tools = root().join("target/conformance");
    if options.install {
        install::install(&tools)?;
    }
    let tools = (!options.quick).then_some(tools);
    let wanted = wanted(options)?;
    let readers = reader::present(tools.as_deref(), &wanted);
    let (readers, left_out): (Vec<_>, Vec<_>) =
        readers.into_iter().partition(|reader| !options.quick || reader.is_recorded());
    let seed = options.seed.unwrap_or_else(|| if options.quick { 1 } else { now() });
    let count = options.random.unwrap_or(if options.quick { 60 } else { 500 });
    let mut files = corpus::files(&root())?;
    let random = random::files(seed, count, &files);
    files.truncate(if options.no_corpus { 0 } else { usize::MAX });
    let recorded = files.len();
    files.extend(random);
    println!("{recorded} recorded files, {count} random files with seed {seed}");
    let tallies = compare_all(&readers, &files, &corpus::residue(&root())?)?;
    let text = report::report(&readers, &tallies, &left_out, &wanted, options.show);
    // Whoever closes the pipe has seen enough.
    let _ = io::stdout().write_all(text.as_bytes());
    Ok(readers
        .iter()
        .zip(&tallies)
        .all(|(reader, tally)| tally.differences.is_empty() || !reader.is_recorded()))
}

/// The names of the readers to run.
fn wanted(options: &Options) -> Result<BTreeSet<String>, String> {
    let known = || reader::KNOWN.iter().copied();
    if let Some(unknown) = options.readers.iter().find(|name| !known().any(|known| known == *name)) {
        let known: Vec<_> = known().collect();
        return Err(format!("`{unknown}` is none of the readers: {}", known.join(", ")));
    }
    let is_wanted = |name: &&str| {
        (options.readers.is_empty() || options.readers.iter().any(|wanted| wanted == name))
            && (!options.quick || QUICK.contains(name))
    };
    Ok(known().filter(is_wanted).map(str::to_owned).collect())
}

/// One tally per reader. Readers run side by side, each file by file.
fn compare_all(readers: &[Reader], files: &[File], residue: &Residue) -> Result<Vec<Tally>, String> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let work = || -> Result<(), String> {
        while let Some(reader) = readers.get(next.fetch_add(1, Ordering::Relaxed)) {
            let tally = compare::compare(reader, files, residue)?;
            done.lock().map_err(|_| "a worker failed")?.push((reader.dialect.name, tally));
        }
        Ok(())
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| "a worker failed")?)
    })?;
    let mut done = done.into_inner().map_err(|_| "a worker failed")?;
    let place = |name: &str| readers.iter().position(|reader| reader.dialect.name == name);
    done.sort_by_key(|(name, _)| place(name));
    Ok(done.into_iter().map(|(_, tally)| tally).collect())
}

/// The root of the repository.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |time| time.as_secs())
}
