//! Installing what npm, pip and Debian offer into a folder of the repository's target: of npm and pip the recorded versions.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::debian;

/// Packages of npm, each under the name by which `readers/node.mjs` finds it.
const NPM: &[&str] = &[
    "dotenv16@npm:dotenv@16.6.1",
    "dotenv17@npm:dotenv@17.4.2",
    "dotenv18@npm:dotenv@18.0.10",
    "expand11@npm:dotenv-expand@11.0.7",
    "expand12@npm:dotenv-expand@12.0.3",
    "expand1000@npm:dotenv-expand@1000.0.0",
    "@dotenvx/dotenvx@2.38.2",
    "@next/env@16.4.6",
    "vite@8.3.8",
    "env-cmd@11.0.0",
    "bun@1.4.4",
    "deno@2.9",
];

/// Versions of Node, newest last.
const NODES: &[(&str, &str)] =
    &[("node20", "20.20.2"), ("node22", "22.23.3"), ("node24", "24.9.0"), ("node26", "26.9.0")];

/// Packages of pip, by the virtual environment they go to: two versions of one package need two.
const PIP: &[(&str, &[&str])] = &[
    (
        "venv",
        &[
            "python-dotenv==1.2.4",
            "django-environ==0.14.0",
            "python-decouple==3.8",
            "starlette==1.10.0",
            "honcho==2.0.0",
            "docker==7.2.0",
            "uv==0.13.8",
        ],
    ),
    ("venv-old", &["python-dotenv==1.0.1"]),
];

/// Installs into `tools`; what cannot be installed is said, and the readers that need it are not here.
pub(crate) fn install(tools: &Path) -> Result<(), String> {
    let npm = tools.join("npm");
    fs::create_dir_all(&npm).map_err(|error| format!("{}: {error}", npm.display()))?;
    let mut command = Command::new("npm");
    command.args(["install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--prefix"]);
    command.arg(&npm).args(NPM);
    if let Some(platform) = platform() {
        command.args(NODES.iter().map(|(name, version)| format!("{name}@npm:node-{platform}@{version}")));
    }
    run(&mut command);
    for (folder, packages) in PIP {
        let folder = tools.join(folder);
        if run(Command::new("python3").args(["-m", "venv"]).arg(&folder)) {
            run(Command::new(folder.join("bin/pip")).args(["install", "--quiet"]).args(*packages));
        }
    }
    debian::install(tools)
}

/// The platform in the names of the packages that hold a Node.
fn platform() -> Option<String> {
    let system = match std::env::consts::OS {
        "linux" => "linux",
        "macos" => "darwin",
        _ => return None,
    };
    let machine = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        _ => return None,
    };
    Some(format!("{system}-{machine}"))
}

/// Whether `command` succeeds; if not, that is said.
pub(super) fn run(command: &mut Command) -> bool {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => true,
        Ok(status) => {
            eprintln!("`{program}` failed: {status}");
            false
        }
        Err(error) => {
            eprintln!("`{program}`: {error}");
            false
        }
    }
}
