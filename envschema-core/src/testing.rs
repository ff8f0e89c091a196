//! What unit tests of the judge and the checks share: a scene is a schema in code, sources as texts, and circumstances.

#![expect(clippy::expect_used, reason = "a scene that cannot be built is a mistake in a test")]

use std::borrow::Cow;

use crate::check;
use crate::diagnostic::{Diagnostic, Severity};
use crate::dotenv::{Environ, find};
use crate::judge::Circumstances;
use crate::kind::{Kind, List};
use crate::layer::{Entry as LayerEntry, Layer, LayerKind};
use crate::raw::Raw;
use crate::registry;
use crate::render;
use crate::report::{Located, Report};
use crate::schema::{Condition, Constraint, Entry, Many, Presence, Rule, Schema, Text, Variable, When};
use crate::span::Span;
use crate::table::Table;

/// An optional variable.
pub(crate) fn variable(key: &'static str, kind: Kind) -> Variable {
    Variable::new(key.into(), kind)
}

/// A required variable.
pub(crate) fn required(key: &'static str, kind: Kind) -> Variable {
    Variable { presence: Presence::Required, ..variable(key, kind) }
}

/// A variable with a default.
pub(crate) fn default(key: &'static str, kind: Kind, text: &'static str) -> Variable {
    Variable { presence: Presence::Default(text.into()), ..variable(key, kind) }
}

/// A variable with constraints.
pub(crate) fn constrained(
    key: &'static str,
    kind: Kind,
    constraints: impl IntoIterator<Item = Constraint>,
) -> Variable {
    Variable { constraints: constraints.into_iter().collect::<Vec<_>>().into(), ..variable(key, kind) }
}

/// A sensitive variable.
pub(crate) fn secret(variable: Variable) -> Variable {
    Variable { sensitive: Some(true), ..variable }
}

/// A list with commas between its items.
pub(crate) fn list(items: Kind) -> Kind {
    Kind::List(List { separator: ',', items: items.into() })
}

/// Several texts of a schema.
pub(crate) fn texts(texts: &[&'static str]) -> Many<Text> {
    texts.iter().map(|text| Text::from(*text)).collect::<Vec<_>>().into()
}

/// The condition that the profile is one of `profiles`.
pub(crate) fn in_profile(profiles: &[&'static str]) -> Condition {
    Condition { profiles: texts(profiles), ..Condition::default() }
}

/// The condition that a variable has one of some values.
pub(crate) fn has_value(key: &'static str, values: &[&'static str]) -> Condition {
    Condition { values: vec![(key.into(), texts(values))].into(), ..Condition::default() }
}

/// A variable with one override.
pub(crate) fn when(variable: Variable, when: When) -> Variable {
    let mut overrides = variable.when.to_vec();
    overrides.push(when);
    Variable { when: overrides.into(), ..variable }
}

/// An override that says nothing yet.
pub(crate) fn if_(condition: Condition) -> When {
    When { condition, ..When::default() }
}

/// A schema, sources and circumstances.
#[derive(Default)]
pub(crate) struct Scene {
    pub(crate) schema: Schema,
    sources: Vec<Source>,
    circumstances: Circumstances,
}

/// A source: its name, and what it holds.
struct Source {
    name: &'static str,
    content: Content,
}

enum Content {
    Dotenv(&'static str, Vec<u8>),
    Pairs(LayerKind, Vec<(&'static str, Raw<'static>)>),
}

impl Scene {
    /// A scene with these variables and no source.
    pub(crate) fn new(variables: impl IntoIterator<Item = Variable>) -> Self {
        Self::of(variables.into_iter().map(Entry::Variable))
    }

    /// A scene with these entries and no source.
    pub(crate) fn of(entries: impl IntoIterator<Item = Entry>) -> Self {
        let schema = Schema { entries: entries.into_iter().collect::<Vec<_>>().into(), ..Schema::default() };
        Self { schema, ..Self::default() }
    }

    /// With these rules.
    pub(crate) fn rules(mut self, rules: impl IntoIterator<Item = Rule>) -> Self {
        self.schema.rules = rules.into_iter().collect::<Vec<_>>().into();
        self
    }

    /// With another schema, made of the one it has.
    pub(crate) fn schema(mut self, change: impl FnOnce(&mut Schema)) -> Self {
        change(&mut self.schema);
        self
    }

    /// With `.env`, read as Compose does, above the sources it has.
    pub(crate) fn file(self, text: &str) -> Self {
        self.file_in("compose", ".env", text)
    }

    /// With a file of this name, read in a dialect.
    pub(crate) fn file_in(self, dialect: &'static str, name: &'static str, text: impl AsRef<[u8]>) -> Self {
        self.source(name, Content::Dotenv(dialect, text.as_ref().to_vec()))
    }

    /// With the process environment.
    pub(crate) fn process(self, pairs: &[(&'static str, &'static str)]) -> Self {
        let pairs = pairs.iter().map(|(key, value)| (*key, Raw::Text(Cow::Borrowed(*value)))).collect();
        self.source("process environment", Content::Pairs(LayerKind::Process, pairs))
    }

    /// With values of this sort of source that stand in no text.
    pub(crate) fn values(
        self,
        kind: LayerKind,
        pairs: impl IntoIterator<Item = (&'static str, Raw<'static>)>,
    ) -> Self {
        self.source("values", Content::Pairs(kind, pairs.into_iter().collect()))
    }

    /// In a profile.
    pub(crate) fn profile(mut self, name: &str) -> Self {
        self.circumstances.profile = Some(name.to_owned());
        self
    }

    /// For a service.
    pub(crate) fn service(mut self, name: &str) -> Self {
        self.circumstances.service = Some(name.to_owned());
        self
    }

    /// In a phase.
    pub(crate) fn phase(mut self, name: &str) -> Self {
        self.circumstances.phase = Some(name.to_owned());
        self
    }

    fn source(mut self, name: &'static str, content: Content) -> Self {
        self.sources.push(Source { name, content });
        self
    }

    /// The report on the environment.
    pub(crate) fn report(&self) -> Report {
        let layers: Vec<_> = self.sources.iter().map(|source| source.layer(&self.environ())).collect();
        check::check(&Table::new(&self.schema), &layers, &self.circumstances, None)
    }

    /// Every diagnostic on one line: `.env:1:7: error[invalid-value]: …`.
    pub(crate) fn found(&self) -> Vec<String> {
        self.report().diagnostics.iter().map(render::concise).collect()
    }

    /// What is reported under one code, each on one line: `.env:1:7: …`, with `warning: ` where it is one.
    pub(crate) fn under(&self, code: &str) -> Vec<String> {
        let report = self.report();
        let found = report.diagnostics.iter().filter(|located| located.diagnostic.code == code);
        found
            .map(|located| {
                let Diagnostic { severity, headline, .. } = &located.diagnostic;
                let severity = if *severity == Severity::Warning { "warning: " } else { "" };
                format!("{}: {severity}{headline}", render::position(&located.place))
            })
            .collect()
    }

    /// The codes of every diagnostic.
    pub(crate) fn codes(&self) -> Vec<&'static str> {
        self.report().diagnostics.iter().map(|located| located.diagnostic.code).collect()
    }

    /// The further places of every diagnostic, and what is to be seen there.
    pub(crate) fn labels(&self) -> Vec<String> {
        let report = self.report();
        let labels = report.diagnostics.iter().flat_map(|located| &located.labels);
        labels.map(|(place, message)| format!("{}: {message}", render::position(place))).collect()
    }

    /// The help of every diagnostic.
    pub(crate) fn help(&self) -> Vec<String> {
        let help = |located: &Located| located.diagnostic.help.clone();
        self.report().diagnostics.iter().filter_map(help).collect()
    }

    /// What is wrong with the schema: code, part and headline.
    pub(crate) fn schema_found(&self) -> Vec<String> {
        let table = Table::new(&self.schema);
        let found = registry::check_schema(&table);
        found.iter().map(|found| format!("{}: {}", found.code, found.headline)).collect()
    }

    /// What references see outside their file.
    fn environ(&self) -> Environ {
        let process = self.sources.iter().filter_map(|source| match &source.content {
            Content::Pairs(LayerKind::Process, pairs) => Some(pairs),
            _ => None,
        });
        let pairs = process.flatten();
        pairs.filter_map(|(key, raw)| Some((*key, raw.as_text()?.to_owned()))).collect()
    }
}

impl Source {
    fn layer(&self, environ: &Environ) -> Layer<'_> {
        match &self.content {
            Content::Dotenv(dialect, text) => {
                let dialect = find(dialect).expect("the dialect is known");
                Layer::dotenv(self.name.into(), text, dialect, (dialect.read)(text, environ))
            }
            Content::Pairs(kind, pairs) => {
                let pairs = pairs.iter().map(|(key, raw)| (Cow::Borrowed(*key), raw.clone()));
                Layer::of_pairs(self.name.into(), *kind, pairs)
            }
        }
    }
}

/// A typed file: its text, and entries whose keys and values stand in it in this order.
pub(crate) fn document<'t>(text: &'t str, entries: Vec<(&'t str, Raw<'t>, &'t str)>) -> Layer<'t> {
    let mut at = 0;
    let mut find = |part: &str| {
        let start = at + text[at..].find(part).expect("it stands in the text");
        at = start + part.len();
        Span::new(start, at)
    };
    let entries = entries.into_iter().map(|(key, raw, written)| {
        let key_span = find(key.rsplit('.').next().unwrap_or_default());
        let value_span = find(written);
        LayerEntry { key: key.into(), raw, key_span, value_span, span: key_span.to(value_span) }
    });
    let empty = Layer::empty("app.toml".into(), LayerKind::Document, text.as_bytes());
    Layer { entries: entries.collect(), ..empty }
}
