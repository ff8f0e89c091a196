//! The loader of a service and the built command, with the exported schema and the same layers, files and all: what one accepts,
//! the other accepts, and both report the same.

#![expect(clippy::disallowed_methods, reason = "the files of the examples are read")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use envschema::core::judge::Circumstances;
use envschema::core::report::{Located, Report};
use envschema::export::{Form, json_schema};
use envschema::source::{ConfigFile, DotenvFile, Process, SecretsFolder, Source};
use envschema::{EnvSchema, Loader};
use proptest::prelude::ProptestConfig;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::layers::{Place, Recipe, circumstances, contents};
use crate::structs::{Visit, each, is_drawn, root};
use crate::world::{Folder, Run};

/// Layers in a folder, lowest precedence first: files, then secrets, then the process environment.
struct Layers {
    folder: Folder,
    files: Vec<String>,
    has_secrets: bool,
    /// In the order in which a command is given them.
    process: Option<BTreeMap<String, String>>,
}

impl Layers {
    fn new() -> Self {
        Self { folder: Folder::new(), files: Vec::new(), has_secrets: false, process: None }
    }

    /// Layers as random ones say; what stands in no text is the process environment.
    fn of(recipes: &[Recipe]) -> Self {
        let mut layers = Self::new();
        for (number, recipe) in recipes.iter().enumerate() {
            match recipe.place() {
                Place::File(extension) => layers.file(&format!("{number}.{extension}"), recipe.text()),
                Place::Secrets => {
                    for (key, value) in recipe.pairs() {
                        layers.folder.file(format!("secrets/{key}"), value);
                    }
                    layers.folder.folder("secrets");
                    layers.has_secrets = true;
                }
                Place::Process => {
                    let pairs = recipe.pairs().iter().filter(|(_, value)| !value.contains('\0'));
                    layers.process = Some(pairs.cloned().collect());
                }
            }
        }
        layers
    }

    fn file(&mut self, name: &str, text: &[u8]) {
        self.folder.file(name, text);
        self.files.push(self.path(name));
    }

    fn shown(&self) -> String {
        let files = self.files.iter().map(|file| format!("{file}: {}", fs::read_to_string(file).unwrap()));
        format!("{}\n{:?}", files.collect::<Vec<_>>().join("\n"), self.process)
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn sources(&self) -> Vec<Box<dyn Source>> {
        let file = |path: &String| -> Box<dyn Source> {
            match path.rsplit('.').next() {
                Some("toml" | "yaml" | "json") => Box::new(ConfigFile::required(path)),
                _ => Box::new(DotenvFile::required(path)),
            }
        };
        let mut sources: Vec<Box<dyn Source>> = self.files.iter().map(file).collect();
        if self.has_secrets {
            sources.push(Box::new(SecretsFolder::new(self.path("secrets"))));
        }
        if let Some(pairs) = &self.process {
            sources.push(Box::new(Process::new(pairs.clone())));
        }
        sources
    }

    /// What the command says of them.
    fn check(&self, schema: &str, circumstances: &Circumstances) -> Run {
        let Circumstances { profile, service, phase, .. } = circumstances;
        let mut words: Vec<&str> = vec!["check", "--format", "json", "--schema", schema];
        for (flag, value) in [("--profile", profile), ("--service", service), ("--phase", phase)] {
            words.extend(value.iter().flat_map(|value| [flag, value.as_str()]));
        }
        words.extend(self.files.iter().flat_map(|file| ["--env-file", file.as_str()]));
        let secrets = self.path("secrets");
        if self.has_secrets {
            words.extend(["--secrets-dir", &secrets]);
        }
        words.extend(self.process.iter().map(|_| "--process-env"));
        let mut command = self.folder.command(words);
        command.envs(self.process.iter().flatten());
        command.output().expect("the binary runs").into()
    }
}

fn loader<C: EnvSchema>(layers: &Layers, circumstances: &Circumstances) -> Loader<C> {
    let Circumstances { profile, service, phase, .. } = circumstances;
    let loader = layers.sources().into_iter().fold(C::loader(), Loader::boxed_source);
    let loader = profile.iter().fold(loader, Loader::profile);
    let loader = service.iter().fold(loader, Loader::service);
    phase.iter().fold(loader, Loader::phase)
}

/// Whether only a loader can know it: what is in a file that `KEY_FILE` names, which a check never opens, and that a `url::Url`
/// holds one host.
fn is_the_loaders(located: &Located) -> bool {
    let diagnostic = &located.diagnostic;
    let is_about_a_file = diagnostic.key.as_ref().is_some_and(|key| key.ends_with("_FILE"));
    (diagnostic.code == "unreadable-source" && is_about_a_file)
        || diagnostic.headline.ends_with("has several hosts, and its field holds a URL with one")
}

/// Code, severity, key, place and words of everything that is reported and that a check can know.
fn told(report: &Report) -> Vec<String> {
    let place = |located: &Located| {
        let place = &located.place;
        format!("{} {:?} {:?}", place.file, place.line, place.columns)
    };
    let one = |located: &Located| {
        let diagnostic = &located.diagnostic;
        let (code, severity) = (diagnostic.code, diagnostic.severity.name());
        format!("{code} {severity} {:?} {} {}", diagnostic.key, place(located), diagnostic.headline)
    };
    report.diagnostics.iter().filter(|located| !is_the_loaders(located)).map(one).collect()
}

/// The same of a JSON report.
fn printed(report: &Value) -> Vec<String> {
    let number = |value: &Value| value.as_u64();
    let one = |diagnostic: &Value| {
        let text = |name: &str| diagnostic[name].as_str().unwrap_or_default();
        let columns = number(&diagnostic["column"]).zip(number(&diagnostic["end_column"]));
        let place = format!("{} {:?} {columns:?}", text("file"), number(&diagnostic["line"]));
        let key = diagnostic["key"].as_str();
        format!("{} {} {key:?} {place} {}", text("code"), text("severity"), text("message"))
    };
    report["environments"][0]["diagnostics"].as_array().into_iter().flatten().map(one).collect()
}

/// What only one of them says; the order, if both say the same.
fn differing(loader: &[String], command: &[String]) -> String {
    let only = |here: &[String], there: &[String]| {
        here.iter().filter(|line| !there.contains(line)).cloned().collect::<Vec<_>>()
    };
    match (only(loader, command), only(command, loader)) {
        (here, there) if here.is_empty() && there.is_empty() => format!("{loader:#?}\nin another order"),
        (here, there) => format!("the loader alone says {here:#?}, the command alone {there:#?}"),
    }
}

/// How many environments were accepted and how many refused.
#[derive(Default)]
struct Count {
    accepted: usize,
    refused: usize,
}

impl Count {
    /// Loads and checks, and says where the two disagree.
    fn agree<C: EnvSchema>(
        &mut self,
        layers: &Layers,
        schema: &str,
        circumstances: &Circumstances,
    ) -> Result<(), String> {
        let run = layers.check(schema, circumstances);
        let report = run.json();
        let loaded = loader::<C>(layers, circumstances).load();
        // Where it will be used is no place in a file, so the command calls it a mistake of its user.
        if let Some(failure) = report["failures"][0]["message"].as_str() {
            return loaded.err().map(drop).ok_or_else(|| format!("it loads, but {failure}"));
        }
        match loaded.err().map(|error| told(error.report())) {
            None if run.status == 0 => self.accepted += 1,
            None => return Err(format!("it loads, but {:#?}", printed(&report))),
            Some(told) if told != printed(&report) => return Err(differing(&told, &printed(&report))),
            Some(_) => self.refused += usize::from(run.status == 1),
        }
        Ok(())
    }
}

/// Random layers for every struct.
struct Random {
    count: Count,
    cases: u32,
}

impl Visit for Random {
    fn visit<C: EnvSchema>(&mut self, module: &str, _: &str) {
        let exports = [Form::Env, Form::Config].map(|form| json_schema(C::SCHEMA, form));
        let config = ProptestConfig::default();
        let mut runner = TestRunner::new(config);
        let cases = (contents(C::SCHEMA, true), circumstances());
        for number in 0..self.cases {
            let (recipes, circumstances) = cases.new_tree(&mut runner).unwrap().current();
            let layers = Layers::of(&recipes);
            layers.folder.file("schema.json", &exports[number as usize % 2]);
            let agreed = self.count.agree::<C>(&layers, "schema.json", &circumstances);
            agreed.unwrap_or_else(|why| panic!("{module}: {why}\n{}\n{circumstances:?}", layers.shown()));
        }
    }
}

#[test]
fn a_service_loads_where_the_command_is_content() {
    let mut random = Random { count: Count::default(), cases: 16 };
    each(&mut random);
    let Count { accepted, refused } = random.count;
    assert!(accepted > 50 && refused > 50, "{accepted} accepted, {refused} refused");
}

/// The files of the stacks, each checked by its own schema and by what the struct exports.
#[derive(Default)]
struct Stacks {
    count: Count,
}

impl Visit for Stacks {
    fn visit<C: EnvSchema>(&mut self, module: &str, file: &str) {
        if is_drawn(file) {
            return;
        }
        let folder = root().join(file).parent().unwrap().to_owned();
        for name in environments(&folder) {
            let mut layers = Layers::new();
            layers.file(&name, &fs::read(folder.join(&name)).unwrap());
            layers.folder.file("schema.json", json_schema(C::SCHEMA, Form::Env));
            let own = root().join(file).display().to_string();
            for profile in [None, Some("local"), Some("development"), Some("production")] {
                if profile
                    .is_some_and(|profile| !C::SCHEMA.profiles.iter().any(|known| known.name == profile))
                {
                    continue;
                }
                let circumstances =
                    Circumstances { profile: profile.map(str::to_owned), ..Circumstances::default() };
                for schema in ["schema.json", &own] {
                    let agreed = self.count.agree::<C>(&layers, schema, &circumstances);
                    agreed.unwrap_or_else(|why| panic!("{module} {name} {profile:?} {schema}: {why}"));
                }
            }
        }
    }
}

fn environments(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| name.ends_with(".env")).collect();
    names.sort();
    names
}

#[test]
fn the_stacks_load_where_the_command_is_content() {
    let mut stacks = Stacks::default();
    each(&mut stacks);
    let Count { accepted, refused } = stacks.count;
    assert!(accepted > 0 && refused > 10, "{accepted} accepted, {refused} refused");
}
