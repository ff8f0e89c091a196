//! A folder of its own for each test, and runs of the binary in it.

#![expect(clippy::disallowed_methods, reason = "these tests run another program: the one they test")]

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// The built binary. Cargo builds it for its own tests only, so it is asked to.
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--package", "envschema-cli", "--message-format", "json"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stderr(Stdio::inherit())
            .output()
            .expect("cargo runs");
        assert!(built.status.success(), "the binary builds");
        let messages = String::from_utf8(built.stdout).expect("messages of cargo are UTF-8");
        let message = |line: &str| serde_json::from_str::<serde_json::Value>(line).ok();
        let mut executables = messages
            .lines()
            .filter_map(message)
            .filter_map(|message| Some(PathBuf::from(message.get("executable")?.as_str()?)));
        executables.next_back().expect("cargo names the binary")
    })
}

/// A folder that is removed in the end. It is the root of a repository, so nothing above it matters.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// An empty repository.
    pub fn new() -> Self {
        let folder = Self::bare();
        folder.folder(".git");
        folder
    }

    /// A repository with a schema and nothing else.
    pub fn with_schema(schema: &str) -> Self {
        let folder = Self::new();
        folder.file("envschema.yaml", schema);
        folder
    }

    /// An empty folder.
    pub fn bare() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("envschema-cli-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).expect("the folder is new");
        Self { path: path.canonicalize().expect("the folder exists") }
    }

    /// Its path, absolute and without symbolic links.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Makes a folder in it.
    pub fn folder(&self, name: &str) -> &Self {
        fs::create_dir_all(self.path.join(name)).expect("the folder can be made");
        self
    }

    /// Writes a file in it, and the folders it stands in.
    pub fn file(&self, name: impl AsRef<Path>, text: impl AsRef<[u8]>) -> &Self {
        let path = self.path.join(name);
        fs::create_dir_all(path.parent().expect("the file stands in the folder"))
            .expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
        self
    }

    /// Makes a symbolic link in it.
    #[cfg(unix)]
    pub fn link(&self, name: &str, target: impl AsRef<Path>) -> &Self {
        std::os::unix::fs::symlink(target, self.path.join(name)).expect("the link can be made");
        self
    }

    /// Runs another program in it, which must succeed.
    pub fn prepare(&self, program: &str, arguments: &[&str]) -> &Self {
        let status = Command::new(program).args(arguments).current_dir(&self.path).status();
        assert!(status.expect("the program runs").success(), "{program} {arguments:?}");
        self
    }

    /// A run of the binary in it, with an empty environment.
    pub fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        command_in(&self.path, arguments)
    }

    /// Runs the binary.
    pub fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Run {
        self.command(arguments).output().expect("the binary runs").into()
    }

    /// Runs `envschema check` with the words of `arguments`.
    pub fn check(&self, arguments: &str) -> Run {
        self.run(["check"].into_iter().chain(arguments.split_whitespace()))
    }

    /// Runs `envschema check` with an environment.
    pub fn check_in(&self, environment: &[(&str, &str)], arguments: &str) -> Run {
        let words = ["check"].into_iter().chain(arguments.split_whitespace());
        self.command(words).envs(environment.iter().copied()).output().expect("the binary runs").into()
    }

    /// Runs `envschema check` with a text on standard input.
    pub fn check_input(&self, input: &[u8], arguments: &str) -> Run {
        self.run_input(input, ["check"].into_iter().chain(arguments.split_whitespace()))
    }

    /// Runs the binary with a text on standard input.
    pub fn run_input<A: AsRef<OsStr>>(&self, input: &[u8], words: impl IntoIterator<Item = A>) -> Run {
        let mut child = self
            .command(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut stdin = child.stdin.take().expect("standard input is a pipe");
        // It may end before it has read everything.
        let _ = stdin.write_all(input);
        drop(stdin);
        child.wait_with_output().expect("the binary ends").into()
    }

    /// What stands in a file in it.
    pub fn text(&self, name: impl AsRef<Path>) -> String {
        fs::read_to_string(self.path.join(name)).expect("the file can be read")
    }

    /// The names of everything in it, in order.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.path).expect("the folder can be listed");
        let name = |entry: std::io::Result<fs::DirEntry>| {
            entry.expect("an entry").file_name().to_string_lossy().into_owned()
        };
        let mut names: Vec<_> = entries.map(name).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// A run of the binary in any folder, with an empty environment.
fn command_in<A: AsRef<OsStr>>(folder: &Path, arguments: impl IntoIterator<Item = A>) -> Command {
    let mut command = Command::new(binary());
    command.args(arguments).current_dir(folder).env_clear().stdin(Stdio::null());
    command
}

/// Runs the binary in any folder.
pub fn run_in<A: AsRef<OsStr>>(folder: &Path, arguments: impl IntoIterator<Item = A>) -> Run {
    command_in(folder, arguments).output().expect("the binary runs").into()
}

/// What a run came to.
#[derive(Debug)]
pub struct Run {
    /// The exit status.
    pub status: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().expect("the binary ends by itself"),
            stdout: String::from_utf8(output.stdout).expect("the report is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("complaints are UTF-8"),
        }
    }
}

impl Run {
    /// Checks the exit status.
    #[track_caller]
    pub fn ends_with(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{}{}", self.stdout, self.stderr);
        self
    }

    /// Checks that standard output holds `text`.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "{text:?} is not in:\n{}{}", self.stdout, self.stderr);
        self
    }

    /// Checks that standard error holds `text`.
    #[track_caller]
    pub fn complains(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "{text:?} is not in:\n{}{}", self.stderr, self.stdout);
        self
    }

    /// Checks that `text` is nowhere in the output.
    #[track_caller]
    pub fn never_says(self, text: &str) -> Self {
        let all = format!("{}{}", self.stdout, self.stderr);
        assert!(!all.contains(text), "{text:?} is in:\n{all}");
        self
    }

    /// The JSON report.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}", self.stdout))
    }

    /// `code key file:line` of every diagnostic in the JSON report, those of schemas first.
    #[track_caller]
    pub fn found(&self) -> Vec<String> {
        let report = self.json();
        let lists = ["schemas", "environments"]
            .into_iter()
            .flat_map(|list| report[list].as_array().expect("the report has this list").clone());
        let diagnostics =
            lists.flat_map(|item| item["diagnostics"].as_array().expect("it has diagnostics").clone());
        diagnostics.map(|diagnostic| shown(&diagnostic)).collect()
    }
}

fn shown(diagnostic: &serde_json::Value) -> String {
    let text = |name: &str| diagnostic[name].as_str().unwrap_or("-").to_owned();
    let line = diagnostic["line"].as_u64().map_or(String::new(), |line| format!(":{line}"));
    format!("{} {} {}{line}", text("code"), text("key"), text("file"))
}
