//! What one load costs with each loader: time, allocations and instructions, in fresh processes whose environment is given.

use std::path::Path;
use std::process::Command;

use envschema_load::{DOTENV, SCENES, Scene, TOML, VALUES_20, VALUES_200, median};

/// The programs, the one the others are compared with first.
const LOADERS: [&str; 7] = ["by-hand", "envschema", "confique", "envy", "config", "conf", "figment"];

/// What other programs leave in an environment.
const USUAL: [(&str, &str); 8] = [
    ("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
    ("HOME", "/home/service"),
    ("USER", "service"),
    ("SHELL", "/bin/sh"),
    ("LANG", "C.UTF-8"),
    ("TERM", "xterm"),
    ("PWD", "/srv/service"),
    ("HOSTNAME", "service-7d9f8b6c5d-x2x4q"),
];

/// Field, key, value, and whether it is text.
type Values = [(&'static str, &'static str, &'static str, bool)];

/// One table: so many fields in one scene.
struct Table<'t> {
    folder: &'t Path,
    count: &'static str,
    scene: usize,
    values: &'t Values,
}

/// The medians of a loader: time of the first load, of any load, allocations, bytes; and the instructions of the first load.
struct Cost {
    numbers: [u128; 4],
    instructions: Option<u128>,
}

fn main() {
    let rounds = std::env::args().nth(1).map_or(21, |rounds| rounds.parse().expect("the number of rounds"));
    let folder = std::env::temp_dir().join(format!("envschema-load-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the files");
    for (count, values) in [("20", VALUES_20), ("200", VALUES_200)] {
        write_files(&folder, values);
        for scene in 0..SCENES.len() {
            Table { folder: &folder, count, scene, values }.print(rounds);
        }
    }
    let _ = std::fs::remove_dir_all(folder);
}

impl Table<'_> {
    /// Runs every loader in turn, as often as is said, and prints what it cost.
    fn print(&self, rounds: usize) {
        println!("\n{} fields, {}\n", self.count, SCENES[self.scene].1);
        println!("| | first load | median load | allocations | bytes | instructions | to by hand |");
        println!("|---|---|---|---|---|---|---|");
        let mut runs = LOADERS.map(|_| Vec::new());
        for _ in 0..rounds {
            for (loader, runs) in LOADERS.iter().zip(&mut runs) {
                runs.extend(self.time(loader));
            }
        }
        let mut by_hand = None;
        for (loader, runs) in LOADERS.iter().zip(runs).filter(|(_, runs)| !runs.is_empty()) {
            let numbers = [0, 1, 2, 3].map(|column| median(runs.iter().map(|run| run[column]).collect()));
            let cost = Cost { numbers, instructions: self.instructions(loader) };
            let by_hand = by_hand.get_or_insert(cost.instructions);
            println!("| {loader} | {} |", cost.cells(*by_hand));
        }
    }

    /// What the loader's program prints; nothing if it does not know the scene.
    fn time(&self, loader: &str) -> Option<[u128; 4]> {
        let (printed, _) = output(self.command(loader, 101, false));
        let numbers: Vec<u128> =
            printed.split_whitespace().map(|word| word.parse().expect("a number")).collect();
        numbers.try_into().ok()
    }

    /// The instructions of one load: of a process with it, less those of one without.
    fn instructions(&self, loader: &str) -> Option<u128> {
        let [with, without] = [1, 0].map(|loads| output(self.command(loader, loads, true)).1);
        Some(with? - without?)
    }

    /// A loader's program, with nothing in its environment but what a service would have there.
    fn command(&self, loader: &str, loads: usize, is_counted: bool) -> Command {
        let program = std::env::current_exe().expect("this program").with_file_name(loader);
        let mut command = if is_counted {
            let mut command = Command::new("valgrind");
            command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        let is_half = SCENES[self.scene].0 != Scene::Environment;
        let given = if is_half { &self.values[self.values.len() / 2..] } else { self.values };
        command.args([self.count, &self.scene.to_string(), &loads.to_string()]).current_dir(self.folder);
        command.env_clear().envs(USUAL).envs(given.iter().map(|(_, key, value, _)| (key, value)));
        command
    }
}

impl Cost {
    fn cells(&self, by_hand: Option<u128>) -> String {
        let [first, median, allocations, bytes] = self.numbers;
        let [first, median] = [first, median].map(|time| format!("{:.1} µs", time as f64 / 1e3));
        let counted =
            self.instructions.map_or("–".to_owned(), |count| format!("{:.1} k", count as f64 / 1e3));
        let ratio = self.instructions.zip(by_hand).map(|(own, by_hand)| own as f64 / by_hand as f64);
        let ratio = ratio.map_or("–".to_owned(), |ratio| format!("{ratio:.2}"));
        format!("{first} | {median} | {allocations} | {bytes} | {counted} | {ratio}")
    }
}

fn write_files(folder: &Path, values: &Values) {
    let half = &values[..values.len() / 2];
    let dotenv: String = half.iter().map(|(_, key, value, _)| format!("{key}={value}\n")).collect();
    let toml = half.iter().map(|(field, _, value, is_text)| match is_text {
        true => format!("{field} = {value:?}\n"),
        false => format!("{field} = {value}\n"),
    });
    std::fs::write(folder.join(DOTENV), dotenv).expect("a .env file");
    std::fs::write(folder.join(TOML), toml.collect::<String>()).expect("a TOML file");
}

/// What a program printed, and how many instructions it took if they were counted.
fn output(mut command: Command) -> (String, Option<u128>) {
    let Ok(output) = command.output() else { return (String::new(), None) };
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{log}");
    let counted = log.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok());
    (String::from_utf8_lossy(&output.stdout).into_owned(), counted)
}
