//! A load error is a `miette::Diagnostic`: each problem at its place, and nothing secret in any of its reports.

use envschema::source::{ConfigText, DotenvText};
use envschema::{EnvSchema, LoadError, Secret};
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, JSONReportHandler, NarratableReportHandler, Report,
    Severity,
};

#[derive(EnvSchema, Debug)]
#[expect(dead_code, reason = "it cannot be loaded")]
struct Config {
    password: Secret<String>,
    port: u16,
    host: String,
    #[env(one_of("debug", "info"))]
    level: Option<String>,
    #[env(nested)]
    database: Database,
    #[env(deprecated = "since 2.0")]
    old: Option<String>,
}

#[derive(EnvSchema, Debug)]
#[expect(dead_code, reason = "it cannot be loaded")]
struct Database {
    #[env(kind = "url")]
    url: Secret<String>,
}

const DOTENV: &str =
    "PASSWORD=hunter2 # hunter3\nPORT=80a80\nHOST=ä LEVEL\nexport LEVEL='inof' # hunter4\nOLD=x\nhunter5\n";
const JSON: &str = "{\n  \"password\": \"hunter6\",\n  \"database\": {\"url\": \"hunter7\"}\n}\n";

fn error(dotenv: &str, json: &str) -> LoadError {
    Config::loader()
        .source(ConfigText::new("config/base.json", json.to_owned()))
        .source(DotenvText::new(".env", dotenv.to_owned()))
        .load()
        .unwrap_err()
}

fn graphical(error: &dyn Diagnostic) -> String {
    let mut report = String::new();
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor());
    handler.with_context_lines(3).render_report(&mut report, error).unwrap();
    report
}

/// Every report of miette's, of what `?` makes and of what is drawn.
fn reports(dotenv: &str, json: &str) -> Vec<String> {
    let shown: Report = error(dotenv, json).into();
    let drawn = error(dotenv, json).into_miette();
    let mut reports = Vec::new();
    for report in [shown, drawn] {
        let (mut narrated, mut json) = (String::new(), String::new());
        let narrator = NarratableReportHandler::new().with_context_lines(3);
        narrator.render_report(&mut narrated, report.as_ref()).unwrap();
        JSONReportHandler::new().render_report(&mut json, report.as_ref()).unwrap();
        reports.extend([
            graphical(report.as_ref()),
            narrated,
            json,
            format!("{report:?}"),
            format!("{report}"),
        ]);
    }
    reports
}

#[test]
fn every_problem_has_a_code_a_severity_and_a_place() {
    let error = error(DOTENV, JSON);
    let ours: Vec<_> = error.diagnostics().cloned().collect();
    let drawn = error.into_miette();
    assert_eq!(drawn.to_string(), "the configuration is not usable: 3 errors and 2 warnings");
    let related: Vec<_> = drawn.related().unwrap().collect();
    assert_eq!(related.len(), ours.len());
    for (shown, located) in related.iter().zip(ours) {
        assert_eq!(shown.code().unwrap().to_string(), located.diagnostic.code);
        assert_eq!(shown.to_string(), located.diagnostic.headline);
        let help = shown.help().map(|help| help.to_string()).unwrap_or_default();
        assert!(help.ends_with(located.diagnostic.help.as_deref().unwrap_or_default()), "{help}");
        let is_error = located.diagnostic.severity == envschema::core::diagnostic::Severity::Error;
        assert_eq!(shown.severity() == Some(Severity::Error), is_error);
        let (line, excerpt) = (located.place.line.unwrap(), located.place.excerpt.unwrap());
        let span = *shown.labels().unwrap().next().unwrap().inner();
        let contents = shown.source_code().unwrap().read_span(&span, 3, 3).unwrap();
        assert_eq!(contents.name(), Some(located.place.file.as_str()));
        assert_eq!(contents.line() + 1, line as usize);
        let text = std::str::from_utf8(contents.data()).unwrap();
        assert_eq!(text, excerpt.text);
        let chars = |text: &str| text.chars().count();
        let (start, end) = (span.offset(), span.offset() + span.len());
        assert_eq!(chars(&text[..start])..chars(&text[..end]), excerpt.underline);
    }
}

#[test]
fn miette_draws_what_is_wrong() {
    let report = graphical(error(DOTENV, JSON).into_miette().as_ref());
    for expected in [
        "  × the configuration is not usable: 3 errors and 2 warnings\n",
        "Error: invalid-value\n",
        "   ╭─[.env:2:8]\n 2 │ PORT=80a80\n   ·        ─\n   ╰────\n  help: write a whole number\n",
        " 4 │ export LEVEL='inof'\n   ·               ────\n",
        "did you mean `info`?",
        "╭─[config/base.json:3:16]\n 3 │   \"database\": {\"url\": \"******\n   ·                ─────\n",
        "Warning: deprecated-variable\n",
    ] {
        assert!(report.contains(expected), "{expected} is not in:\n{report}");
    }
}

#[test]
fn what_stands_in_no_file_is_drawn_as_well() {
    let error = Config::load_from_pairs([("PORT", "many"), ("PASSWORD", "p"), ("DATABASE_URL", "a://b")]);
    let report = graphical(error.unwrap_err().into_miette().as_ref());
    assert!(report.contains("`HOST` is required") || report.contains("`HOST`"), "{report}");
    assert!(report.contains("help: in overrides"), "{report}");
}

/// The whole report, once.
#[test]
fn the_question_mark_shows_our_report() {
    let report: Report = error(DOTENV, JSON).into();
    let shown = graphical(report.as_ref());
    assert_eq!(shown.matches("PORT=80a80").count(), 1, "{shown}");
    for line in error(DOTENV, JSON).to_string().lines().filter(|line| line.len() < 70) {
        assert!(shown.contains(line), "{line} is not in:\n{shown}");
    }
}

#[test]
fn no_report_of_miettes_shows_a_secret() {
    for report in reports(DOTENV, JSON) {
        assert!(!report.contains("hunter"), "{report}");
    }
}

/// What differs in secrets alone looks the same, whatever miette prints.
#[test]
fn reports_do_not_depend_on_secrets() {
    let other = |text: &str| {
        (2..8).fold(text.to_owned(), |text, n| text.replace(&format!("hunter{n}"), &"zulu".repeat(n)))
    };
    assert_eq!(reports(DOTENV, JSON), reports(&other(DOTENV), &other(JSON)));
}
