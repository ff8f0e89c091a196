//! Readers that run anew for each file: shells, make, Bun, Deno, and the crate dotenvy in a process of its own.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use envschema_core::dotenv::Environ;

use super::file::Answer;
use super::reader::{How, Reader, on_path, scripts};

/// How long a file may take.
const LIMIT: Duration = Duration::from_secs(10);

/// Reads the file, then writes the environment: to what was opened before, for the file may take rights away.
const SOURCE: &str = "exec 9>../dump; set -a; . ./.env; /usr/bin/env -0 >&9";
const XARGS: &str = "exec 9>../dump; export $(grep -v '^#' .env | xargs); /usr/bin/env -0 >&9";

/// A command that reads `.env` in its folder and writes the environment it ends with.
pub(crate) struct Program {
    file: PathBuf,
    /// What it is told to be called: a shell shows that in values.
    called: OsString,
    arguments: Vec<OsString>,
    /// A shell writes the environment to a file, since what it reads may print, and goes on after an error, which it tells
    /// on standard error. Others write to standard output and tell by their exit status.
    is_shell: bool,
    /// What it needs in its environment besides.
    additional: Vec<(&'static str, OsString)>,
}

/// Every program that is here; those of `tools` first.
pub(crate) fn present(tools: Option<&Path>) -> Vec<Reader> {
    let shells = [
        ("bash", "bash", &["-c", SOURCE][..]),
        ("dash", "dash", &["-c", SOURCE]),
        ("zsh", "zsh", &["-f", "-c", SOURCE]),
        ("busybox-ash", "busybox", &["ash", "-c", SOURCE]),
        ("xargs-export", "bash", &["-c", XARGS]),
    ];
    let shells = shells.into_iter().filter_map(|(name, program, arguments)| shell(name, program, arguments));
    let others = [dotenvy(), make(), tools.and_then(bun), tools.and_then(deno), tools.and_then(uv)];
    shells.chain(others.into_iter().flatten()).collect()
}

fn shell(name: &str, program: &str, arguments: &[&str]) -> Option<Reader> {
    let file = on_path(program)?;
    let version = if program == "dash" { String::new() } else { version(&file, &["--version"]) };
    let program = Program {
        called: program.into(),
        file,
        arguments: arguments.iter().map(OsString::from).collect(),
        is_shell: true,
        additional: Vec::new(),
    };
    Reader::new(name, &version, How::Program(program))
}

/// This very program, as a process whose environment can be changed.
fn dotenvy() -> Option<Reader> {
    let file = std::env::current_exe().ok()?;
    let program = Program::new(file, ["load-with-dotenvy"].map(OsString::from));
    // No version is built into the crate; the lock file has it.
    let lock = include_str!("../../../Cargo.lock");
    let version = lock.split("name = \"dotenvy\"\nversion = \"").nth(1)?.split('"').next()?;
    Reader::new("dotenvy", version, How::Program(program))
}

fn make() -> Option<Reader> {
    let file = on_path("make")?;
    let version = version(&file, &["--version"]);
    let name = if version.contains("Make 4.4") { "make4.4" } else { "make" };
    let script = scripts().join("make.mk").into_os_string();
    let arguments = ["-s".into(), "-f".into(), script, "__dump".into()];
    Reader::new(name, &version, How::Program(Program::new(file, arguments)))
}

fn bun(tools: &Path) -> Option<Reader> {
    let file = packaged(&tools.join("npm/node_modules/@oven"), "bin/bun").or_else(|| on_path("bun"))?;
    let version = version(&file, &["--version"]);
    let arguments = ["--env-file=.env".into(), scripts().join("dump.mjs").into_os_string()];
    Reader::new("bun", &version, How::Program(Program::new(file, arguments)))
}

fn deno(tools: &Path) -> Option<Reader> {
    let file = packaged(&tools.join("npm/node_modules/@deno"), "deno").or_else(|| on_path("deno"))?;
    let version = version(&file, &["--version"]);
    let script = scripts().join("dump.mjs").into_os_string();
    let arguments = ["run", "-A", "--no-config", "--env-file=.env"].map(OsString::from).into_iter();
    let additional =
        vec![("DENO_DIR", tools.join("deno").into_os_string()), ("DENO_NO_UPDATE_CHECK", "1".into())];
    let program = Program { additional, ..Program::new(file, arguments.chain([script])) };
    Reader::new("deno", &version, How::Program(program))
}

/// It runs a program that prints its own environment.
fn uv(tools: &Path) -> Option<Reader> {
    let file = Some(tools.join("venv/bin/uv")).filter(|file| file.exists())?;
    let version = version(&file, &["--version"]);
    let arguments =
        ["run", "--no-project", "--offline", "--quiet", "--env-file=.env", "--", "/usr/bin/env", "-0"];
    let additional = vec![("UV_CACHE_DIR", tools.join("uv").into_os_string())];
    let program = Program { additional, ..Program::new(file, arguments.map(OsString::from)) };
    Reader::new("uv", &version, How::Program(program))
}

/// The program in the first package of a scope that has one which runs here.
fn packaged(scope: &Path, program: &str) -> Option<PathBuf> {
    let mut packages: Vec<_> = fs::read_dir(scope).ok()?.flatten().map(|entry| entry.path()).collect();
    packages.sort();
    packages
        .into_iter()
        .map(|package| package.join(program))
        .find(|file| !version(file, &["--version"]).is_empty())
}

/// What a program says of itself, in its first line.
fn version(file: &Path, arguments: &[&str]) -> String {
    let output = Command::new(file).args(arguments).stdin(Stdio::null()).output();
    let output =
        output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    // BusyBox has no such option, and tells all the same.
    let output = if output.is_empty() && arguments == ["--version"] { version(file, &[]) } else { output };
    output.lines().next().unwrap_or_default().to_owned()
}

impl Program {
    fn new(file: PathBuf, arguments: impl IntoIterator<Item = OsString>) -> Self {
        let arguments = arguments.into_iter().collect();
        Self { called: file.clone().into(), file, arguments, is_shell: false, additional: Vec::new() }
    }

    /// The program ready to read in `folder`, which only it uses.
    pub(crate) fn session<'p>(&'p self, folder: &'p Path) -> Session<'p> {
        Session { program: self, folder, idle: Vec::new() }
    }

    fn read(&self, text: &[u8], environ: &Environ, folder: &Path) -> io::Result<Answer> {
        let (home, dump) = (folder.join("home"), folder.join("dump"));
        let (stdout, stderr) = (folder.join("stdout"), folder.join("stderr"));
        // A file may have made files.
        fs::remove_dir_all(&home).or_else(ignore_missing)?;
        fs::remove_file(&dump).or_else(ignore_missing)?;
        fs::create_dir(&home)?;
        fs::write(home.join(".env"), text)?;
        let variable = |(name, value)| (OsStr::from_bytes(name), OsStr::from_bytes(value));
        let mut child = Command::new(&self.file)
            .arg0(&self.called)
            .args(&self.arguments)
            .current_dir(&home)
            .env_clear()
            .envs(environ.iter().map(variable))
            .envs(self.additional.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(File::create(&stdout)?)
            .stderr(File::create(&stderr)?)
            .spawn()?;
        let Some(status) = wait(&mut child)? else {
            return Ok(Answer::failure("the reader does not come to an end"));
        };
        let environment = fs::read(if self.is_shell { &dump } else { &stdout }).or_else(ignore_missing)?;
        let told = fs::read(&stderr)?;
        if environment.is_empty() {
            return Ok(Answer::failure(first_line(&told, "the reader ended")));
        }
        let mut answer = Answer::from_dump(&environment, environ);
        let failed = if self.is_shell { !told.is_empty() } else { !status.success() };
        answer.error = failed.then(|| first_line(&told, "the reader failed"));
        Ok(answer)
    }
}

/// A program, and what it does to an environment when there is nothing to read.
pub(crate) struct Session<'p> {
    program: &'p Program,
    folder: &'p Path,
    idle: Vec<(Environ, Answer)>,
}

impl Session<'_> {
    /// What `text` makes it do besides what it always does.
    pub(crate) fn read(&mut self, text: &[u8], environ: &Environ) -> io::Result<Answer> {
        if !self.idle.iter().any(|(known, _)| known == environ) {
            self.idle.push((environ.clone(), self.program.read(b"", environ, self.folder)?));
        }
        let mut answer = self.program.read(text, environ, self.folder)?;
        for (_, idle) in self.idle.iter().filter(|(known, _)| known == environ) {
            answer.vars.retain(|name, value| idle.vars.get(name) != Some(value));
        }
        Ok(answer)
    }
}

fn ignore_missing<T: Default>(error: io::Error) -> io::Result<T> {
    if error.kind() == io::ErrorKind::NotFound { Ok(T::default()) } else { Err(error) }
}

fn first_line(text: &[u8], otherwise: &str) -> String {
    let text = String::from_utf8_lossy(text);
    text.lines().find(|line| !line.is_empty()).unwrap_or(otherwise).chars().take(200).collect()
}

/// How it ended; nothing if it had to be ended.
fn wait(child: &mut Child) -> io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    while start.elapsed() < LIMIT {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        std::thread::sleep(Duration::from_micros(500));
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

/// Loads `.env` with dotenvy and prints the environment. Whether all of it was loaded.
pub(crate) fn load_with_dotenvy() -> bool {
    // What cannot be set makes the standard library panic, after the lines above were set.
    std::panic::set_hook(Box::new(|_| {}));
    let loaded = std::panic::catch_unwind(|| dotenvy::from_path(".env").is_ok()).unwrap_or(false);
    let mut dump = Vec::new();
    for (name, value) in std::env::vars_os() {
        dump.extend([name.as_bytes(), b"=", value.as_bytes(), b"\0"].concat());
    }
    io::stdout().write_all(&dump).is_ok() && loaded
}
