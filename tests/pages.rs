//! Every page of a check is its own test: what it shows as wrong is reported exactly as it says, and what it shows as right is
//! clean.

use std::borrow::Cow;

use envschema::core::check;
use envschema::core::dotenv::{Environ, find};
use envschema::core::judge::Circumstances;
use envschema::core::layer::Layer;
use envschema::core::registry::{self, Check};
use envschema::core::render::{self, Colour};
use envschema::core::report::locate::{SchemaSource, report_schema};
use envschema::core::report::{Report, Source};
use envschema::core::table::Table;
use envschema::schema_file::{Format, SchemaFile, read};

/// Checks that are about a file that is missing or of no known format: there is nothing to run.
const WITHOUT_EXAMPLE: [&str; 2] = ["unreadable-source", "unsupported-format"];

/// The sections every page has, in this order.
const SECTIONS: [&str; 4] = ["## What it does", "## Why it matters", "## Example", "## What to do"];

/// A fenced block of a page.
struct Block<'p> {
    /// The words behind the fence: `env bad --profile production`.
    words: Vec<&'p str>,
    text: String,
}

impl Block<'_> {
    fn is(&self, words: [&str; 2]) -> bool {
        self.words.starts_with(&words)
    }

    /// What stands behind `flag` on the fence, as on a command line.
    fn flag(&self, flag: &str) -> Option<String> {
        let at = self.words.iter().position(|word| *word == flag)?;
        Some(self.words.get(at + 1).expect("a flag has a value").to_string())
    }
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(words) = line.strip_prefix("```") {
            let text = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n"));
            blocks.push(Block { words: words.split(' ').collect(), text: text.collect() });
        }
    }
    blocks
}

/// The page of a check, with the means to run it.
struct Page<'p> {
    check: &'p Check,
    blocks: Vec<Block<'p>>,
}

impl Page<'_> {
    fn block(&self, words: [&str; 2]) -> &Block<'_> {
        let mut found = self.blocks.iter().filter(|block| block.is(words));
        let block = found.next().unwrap_or_else(|| panic!("{} has no block {words:?}", self.check.code));
        assert!(found.next().is_none(), "{} has two blocks {words:?}", self.check.code);
        block
    }

    fn reports(&self) -> Reports {
        if self.blocks.iter().any(|block| block.is(["yaml", "schema"])) {
            let schema = &self.block(["yaml", "schema"]).text;
            Reports {
                bad: environment_report(schema, self.block(["env", "bad"])),
                good: environment_report(schema, self.block(["env", "good"])),
            }
        } else {
            Reports {
                bad: schema_report(&self.block(["yaml", "bad"]).text),
                good: schema_report(&self.block(["yaml", "good"]).text),
            }
        }
    }
}

struct Reports {
    bad: Report,
    good: Report,
}

fn source<'s>(schema: &'s str, file: &'s SchemaFile) -> SchemaSource<'s> {
    SchemaSource {
        source: Source::new("envschema.yaml", schema.as_bytes()),
        outline: &file.outline,
        base: None,
    }
}

fn schema_report(schema: &str) -> Report {
    let file = read(schema, Format::Yaml);
    report_schema(file.diagnostics.clone(), &source(schema, &file))
}

fn environment_report(schema: &str, env: &Block<'_>) -> Report {
    let file = read(schema, Format::Yaml);
    assert_eq!(full(&schema_report(schema)), "", "the schema is sound");
    let table = Table::new(&file.schema);
    let text = env.text.as_bytes();
    let dialect = find(&env.flag("--dialect").unwrap_or("compose".to_owned())).expect("the dialect is known");
    let readers = env.flag("--readers");
    let readers = readers.map(|names| names.split(',').map(|name| find(name).expect("a reader")).collect());
    let circumstances = Circumstances {
        profile: env.flag("--profile"),
        service: env.flag("--service"),
        phase: env.flag("--phase"),
        readers,
    };
    let reading = (dialect.read)(text, &Environ::empty());
    let layers = [Layer::dotenv(Cow::Borrowed(".env"), text, dialect, reading)];
    check::check(&table, &layers, &circumstances, Some(&source(schema, &file)))
}

fn full(report: &Report) -> String {
    render::full(report, Colour::Never)
}

fn pages() -> impl Iterator<Item = Page<'static>> {
    registry::checks().map(|check| Page { check, blocks: blocks(check.page) })
}

#[test]
fn what_a_page_shows_as_wrong_is_reported_as_it_says() {
    let mut wrong = String::new();
    for page in pages().filter(|page| !WITHOUT_EXAMPLE.contains(&page.check.code)) {
        let code = page.check.code;
        let report = page.reports().bad;
        assert!(
            report.diagnostics.iter().any(|found| found.diagnostic.code == code),
            "{code} is not reported"
        );
        let (actual, told) = (full(&report), &page.block(["text", "report"]).text);
        if actual.trim_end() != told.trim_end() {
            wrong.push_str(&format!("\n=== {code}\n{actual}"));
        }
    }
    assert!(wrong.is_empty(), "these are the reports:{wrong}");
}

#[test]
fn what_a_page_shows_as_right_is_clean() {
    for page in pages().filter(|page| !WITHOUT_EXAMPLE.contains(&page.check.code)) {
        assert_eq!(full(&page.reports().good), "", "{}", page.check.code);
    }
}

#[test]
fn pages_are_short_and_built_alike() {
    for check in registry::checks() {
        let lines = check.page.lines().count();
        assert!((20..=60).contains(&lines), "{} has {lines} lines", check.code);
        let headings: Vec<&str> = check.page.lines().filter(|line| line.starts_with("## ")).collect();
        assert_eq!(headings[..4], SECTIONS, "{}", check.code);
        assert!(headings.len() == 4 || headings[4..] == ["## See also"], "{}", check.code);
        let prose = check.page.split("```").step_by(2).flat_map(str::lines);
        let long: Vec<&str> = prose.filter(|line| line.chars().count() > 125).collect();
        assert!(long.is_empty(), "{} has long lines: {long:?}", check.code);
    }
}

#[test]
fn what_pages_refer_to_exists() {
    for check in registry::checks() {
        let Some((_, also)) = check.page.split_once("## See also\n") else { continue };
        let named: Vec<&str> = also.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "{} names nothing", check.code);
        for code in named {
            assert!(
                registry::find(code).is_some_and(|other| other.code != check.code),
                "{}: {code}",
                check.code
            );
        }
    }
}
