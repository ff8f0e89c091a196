//! Folders of Debian packages: how they are made, and how a program runs in one.
//!
//! A folder holds what one suite has of some packages and of all they need. Nothing of the machine changes: the packages
//! are fetched with apt's own state kept beside the folder, and unpacked without running their scripts. A program runs in
//! the folder as its root, without a network and with processes of its own (`readers/enter.sh`), which needs the rights
//! of root or the user namespaces that Linux most often grants everybody.

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::install::run;
use super::reader::scripts;

/// A suite, which names the folder too, and the packages wanted from it.
const SUITES: &[(&str, &[&str])] = &[
    (
        "sid",
        &[
            "coreutils",
            "python3",
            "docker-compose",
            "docker-cli",
            "podman-remote",
            "kubectl",
            "direnv",
            "just",
            "libsystemd-shared",
            "make",
            "dash",
            "zsh",
            "busybox",
            "ruby-dotenv",
            "ruby-foreman",
            "php-cli",
            "php-mbstring",
            "php-vlucas-phpdotenv",
            "php-symfony-dotenv",
            "golang-go",
            "golang-github-joho-godotenv-dev",
        ],
    ),
    ("bookworm", &["coreutils", "python3", "libsystemd-shared", "make", "dash", "bash"]),
];

const MIRROR: &str = "http://deb.debian.org/debian";

/// The keys with which the suites are signed, from the package `debian-archive-keyring`.
const KEYS: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// What runs in the folders, by the path in there: a program, what it is told first, and the script that runs readers.
const RUNTIMES: &[&[&str]] = &[
    &["/usr/bin/python3", "-B", "/readers/debian.py"],
    &["/usr/bin/ruby", "/readers/ruby.rb"],
    &["/usr/bin/php8.4", "-d", "extension=ctype", "-d", "extension=mbstring", "/readers/php.php"],
    &[GODOTENV],
];

/// Built when its suite is installed.
const GODOTENV: &str = "/usr/bin/read-with-godotenv";

/// Makes the folders anew. What fails is said, and the readers of that suite are not here.
pub(super) fn install(tools: &Path) -> Result<(), String> {
    if !Path::new(KEYS).exists() {
        eprintln!("no readers from Debian: the package `debian-archive-keyring` is not installed");
        return Ok(());
    }
    for (suite, packages) in SUITES {
        let place = tools.join(suite);
        let described = |error: io::Error| format!("{}: {error}", place.display());
        remove(&place).map_err(described)?;
        let apt = Apt::new(tools, suite).map_err(described)?;
        if apt.run(&["update"]) && apt.fetch(packages).map_err(described)? {
            unpack(&apt.packages().map_err(described)?, &place).map_err(described)?;
            build(&place);
        }
    }
    Ok(())
}

/// The commands that run readers in the folders that are here.
pub(super) fn runtimes(tools: &Path) -> Vec<(PathBuf, Vec<PathBuf>)> {
    let places =
        SUITES.iter().map(|(suite, _)| tools.join(suite)).filter(|place| place.join("versions").exists());
    let there = |place: &Path, program: &str| place.join(program.trim_start_matches('/')).exists();
    places
        .flat_map(|place| {
            let runtimes = RUNTIMES
                .iter()
                .filter(|runtime| runtime.first().is_some_and(|program| there(&place, program)));
            runtimes.map(|runtime| enter(&place, runtime)).collect::<Vec<_>>()
        })
        .collect()
}

/// The command that runs `command` in the folder `place`.
fn enter(place: &Path, command: &[&str]) -> (PathBuf, Vec<PathBuf>) {
    let is_root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    // A shell may change its user, which only the real root can.
    let rights = if is_root { &[][..] } else { &["--map-root-user"] };
    let own = ["--mount", "--net", "--pid", "--fork", "--kill-child", "sh"];
    let mut arguments: Vec<PathBuf> = rights.iter().chain(&own).map(PathBuf::from).collect();
    arguments.extend([scripts().join("enter.sh"), place.to_owned()]);
    arguments.extend(command.iter().map(PathBuf::from));
    ("unshare".into(), arguments)
}

/// apt with a state of its own, in which nothing is installed.
struct Apt(PathBuf);

impl Apt {
    fn new(tools: &Path, suite: &str) -> io::Result<Self> {
        let folder = tools.join(format!("apt-{suite}"));
        for part in ["lists/partial", "archives/partial", "none"] {
            fs::create_dir_all(folder.join(part))?;
        }
        // Of what an older list named, nothing may be left.
        for package in Self(folder.clone()).packages()? {
            fs::remove_file(package)?;
        }
        fs::write(folder.join("status"), "")?;
        fs::write(folder.join("sources.list"), format!("deb [signed-by={KEYS}] {MIRROR} {suite} main\n"))?;
        let at = folder.display();
        // Versions are compared in any case, so a mirror that lags behind will do.
        let settings = format!(
            "Dir::State \"{at}\"; Dir::State::status \"{at}/status\"; Dir::State::lists \"{at}/lists\";\n\
             Dir::Cache \"{at}\"; Dir::Cache::archives \"{at}/archives\";\n\
             Dir::Etc::sourcelist \"{at}/sources.list\"; Dir::Etc::sourceparts \"{at}/none\";\n\
             Dir::Etc::preferences \"{at}/none\"; Dir::Etc::preferencesparts \"{at}/none\";\n\
             APT::Install-Recommends \"false\"; APT::Sandbox::User \"\"; Acquire::Check-Valid-Until \"false\";\n"
        );
        fs::write(folder.join("settings"), settings)?;
        Ok(Self(folder))
    }

    fn run(&self, arguments: &[&str]) -> bool {
        run(Command::new("apt-get").env("APT_CONFIG", self.0.join("settings")).arg("-qq").args(arguments))
    }

    /// Fetches packages and all they need.
    fn fetch(&self, packages: &[&str]) -> io::Result<bool> {
        let words = ["install", "--download-only", "--yes"];
        Ok(self.run(&[&words[..], packages].concat()) && !self.packages()?.is_empty())
    }

    fn packages(&self) -> io::Result<Vec<PathBuf>> {
        let entries = fs::read_dir(self.0.join("archives"))?.collect::<io::Result<Vec<_>>>()?;
        let files = entries.into_iter().map(|entry| entry.path());
        Ok(files.filter(|path| path.extension().is_some_and(|end| end == "deb")).collect())
    }
}

fn remove(place: &Path) -> io::Result<()> {
    if place.exists() { fs::remove_dir_all(place) } else { Ok(()) }
}

/// Unpacks packages, and lists their versions in `versions`, which tells that the folder is complete.
fn unpack(packages: &[PathBuf], place: &Path) -> io::Result<()> {
    for folder in ["usr/bin", "usr/sbin", "usr/lib", "usr/lib64", "dev", "etc", "proc", "readers", "tmp"] {
        fs::create_dir_all(place.join(folder))?;
    }
    for folder in ["bin", "sbin", "lib", "lib64"] {
        symlink(Path::new("usr").join(folder), place.join(folder))?;
    }
    fs::write(place.join("dev/null"), "")?;
    fs::write(place.join("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n")?;
    let mut versions = String::new();
    for package in packages {
        let text = "dpkg-deb --fsys-tarfile \"$0\" | tar --extract --keep-directory-symlink --no-same-owner --directory \"$1\"";
        if !run(Command::new("sh").args(["-c", text]).arg(package).arg(place)) {
            return Err(io::Error::other(format!("cannot unpack {}", package.display())));
        }
        let output = Command::new("dpkg-deb")
            .args(["--show", "--showformat=${Package} ${Version}\\n"])
            .arg(package)
            .output()?;
        versions += &without_epoch(&String::from_utf8_lossy(&output.stdout));
    }
    fs::write(place.join("versions"), versions)
}

/// `busybox 1:1.38.0-3` says `1.38.0` of BusyBox.
fn without_epoch(line: &str) -> String {
    match line.split_once(' ') {
        Some((package, version)) => {
            let version = version.split_once(':').map_or(version, |(_, version)| version);
            format!("{package} {version}")
        }
        None => line.to_owned(),
    }
}

/// Builds what runs godotenv, where the sources of godotenv are.
fn build(place: &Path) {
    if !place.join("usr/share/gocode/src/github.com/joho/godotenv").exists() {
        return;
    }
    let settings = ["GO111MODULE=off", "GOPATH=/usr/share/gocode", "GOCACHE=/tmp/cache", "HOME=/tmp"];
    let go = ["/usr/bin/go", "build", "-o", GODOTENV, "/readers/godotenv.go"];
    let (program, arguments) = enter(place, &[&["/usr/bin/env"], &settings[..], &go].concat());
    run(Command::new(program).args(arguments));
}

#[cfg(test)]
mod tests {
    use super::without_epoch;

    #[test]
    fn an_epoch_is_no_part_of_a_version() {
        assert_eq!(without_epoch("busybox 1:1.38.0-3+b1\n"), "busybox 1.38.0-3+b1\n");
        assert_eq!(without_epoch("make 4.4.1-3\n"), "make 4.4.1-3\n");
    }
}
