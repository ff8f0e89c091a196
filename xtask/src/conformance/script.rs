//! Readers that a script runs, file after file in one process: those of JavaScript and Python, and all of Debian's.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use envschema_core::dotenv::Environ;
use serde_json::{Map, Value, json};

use super::debian;
use super::file::Answer;
use super::reader::{How, Reader, on_path, scripts};

/// How long a file may take, and how long the first one may: the script loads its reader before.
const LIMIT: Duration = Duration::from_secs(10);
const FIRST_LIMIT: Duration = Duration::from_secs(60);

/// The command that starts a script with one reader.
#[derive(Clone)]
pub(crate) struct Script {
    program: PathBuf,
    arguments: Vec<PathBuf>,
}

/// Every reader that Node, Python or a folder of Debian packages has here; those of `tools` first.
pub(crate) fn present(tools: Option<&Path>) -> Vec<Reader> {
    let npm = tools.map_or_else(scripts, |tools| tools.join("npm"));
    let own = |path: &str| tools.map(|tools| tools.join(path)).filter(|file| file.exists());
    let installed = |name: &str| own(&format!("npm/node_modules/{name}/bin/node"));
    // The packages were recorded on Node 24.
    let nodes =
        [installed("node24"), on_path("node"), installed("node26"), installed("node22"), installed("node20")];
    let pythons = [own("venv/bin/python"), own("venv-old/bin/python"), on_path("python3")];
    let node_arguments = vec!["--max-old-space-size=300".into(), scripts().join("node.mjs"), npm];
    let python_arguments = vec![scripts().join("python.py")];
    let nodes =
        nodes.into_iter().flatten().map(|program| Script { program, arguments: node_arguments.clone() });
    let pythons =
        pythons.into_iter().flatten().map(|program| Script { program, arguments: python_arguments.clone() });
    let debian = tools.map(debian::runtimes).unwrap_or_default().into_iter();
    let debian = debian.map(|(program, arguments)| Script { program, arguments });
    nodes.chain(pythons).chain(debian).flat_map(|script| script.readers()).collect()
}

impl Script {
    /// The readers the script finds installed.
    fn readers(&self) -> Vec<Reader> {
        let listed = self.listed().unwrap_or_else(|problem| {
            eprintln!(
                "no readers from `{}`: {problem}",
                self.arguments.last().unwrap_or(&self.program).display()
            );
            Map::new()
        });
        let reader = |(name, version): (&String, &Value)| {
            let mut script = self.clone();
            script.arguments.push(name.into());
            Reader::new(name, version.as_str()?, How::Script(script))
        };
        listed.iter().filter_map(reader).collect()
    }

    fn listed(&self) -> Result<Map<String, Value>, String> {
        let output = Command::new(&self.program).args(&self.arguments).output();
        let output = output.map_err(|error| format!("`{}`: {error}", self.program.display()))?;
        let told = String::from_utf8_lossy(&output.stderr);
        let told = told.lines().next().unwrap_or("it lists none");
        serde_json::from_slice(&output.stdout).map_err(|_| told.to_owned())
    }

    /// The script ready to read in `folder`.
    pub(crate) fn session<'s>(&'s self, folder: &'s Path) -> Session<'s> {
        Session { script: self, folder, process: None }
    }
}

/// A script that runs, or ran until a file ended it.
pub(crate) struct Session<'s> {
    script: &'s Script,
    folder: &'s Path,
    process: Option<Process>,
}

struct Process {
    child: Child,
    requests: ChildStdin,
    answers: Receiver<String>,
    is_fresh: bool,
}

impl Session<'_> {
    /// What the reader makes of `text`. One that never answers, or ends, is started anew for the next file.
    pub(crate) fn read(&mut self, id: &str, text: &[u8], environ: &Environ) -> Result<Answer, String> {
        let mut process = match self.process.take() {
            Some(process) => process,
            None => self.start().map_err(|error| format!("{}: {error}", self.script.program.display()))?,
        };
        match process.ask(&request(id, text, environ)) {
            Ok(line) => {
                process.is_fresh = false;
                self.process = Some(process);
                answer(id, &line).ok_or_else(|| format!("the script of a reader answered: {line}"))
            }
            Err(reason) if process.is_fresh && reason == ENDED => Err(format!(
                "the script of a reader ends at its first file: {} {:?}",
                self.script.program.display(),
                self.script.arguments
            )),
            Err(reason) => Ok(Answer::failure(reason)),
        }
    }

    fn start(&self) -> std::io::Result<Process> {
        let mut child = Command::new(&self.script.program)
            .args(&self.script.arguments)
            .current_dir(self.folder)
            .env("PYTHONUTF8", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let pipe = || std::io::Error::other("no pipe");
        let requests = child.stdin.take().ok_or_else(pipe)?;
        let output = BufReader::new(child.stdout.take().ok_or_else(pipe)?);
        let (sender, answers) = channel();
        std::thread::spawn(move || {
            output.lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        Ok(Process { child, requests, answers, is_fresh: true })
    }
}

const ENDED: &str = "the reader ended";

impl Process {
    fn ask(&mut self, request: &Value) -> Result<String, &'static str> {
        writeln!(self.requests, "{request}").map_err(|_| ENDED)?;
        self.answers.recv_timeout(if self.is_fresh { FIRST_LIMIT } else { LIMIT }).map_err(
            |error| match error {
                RecvTimeoutError::Timeout => "the reader does not come to an end",
                RecvTimeoutError::Disconnected => ENDED,
            },
        )
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn request(id: &str, text: &[u8], environ: &Environ) -> Value {
    let name = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
    let env = environ.iter().map(|(key, value)| (name(key), STANDARD.encode(value).into()));
    json!({ "id": id, "content_b64": STANDARD.encode(text), "env": env.collect::<Map<_, _>>() })
}

fn answer(id: &str, line: &str) -> Option<Answer> {
    let line: Value = serde_json::from_str(line).ok()?;
    let bytes = |text: &Value| STANDARD.decode(text.as_str()?).ok();
    let pair = |pair: &Value| Some((bytes(pair.get(0)?)?, bytes(pair.get(1)?)?));
    (line["id"] == id).then_some(())?;
    Some(Answer {
        vars: line["vars"].as_array()?.iter().map(pair).collect::<Option<_>>()?,
        unset: line["unset"].as_array()?.iter().map(bytes).collect::<Option<_>>()?,
        error: line["error"].as_str().map(str::to_owned),
    })
}
