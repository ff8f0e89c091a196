//! Random schemas: every kind, constraint, presence, condition, group, rule and alias, mostly such that their checks are content.

use envschema::core::dotenv::reader::DIALECTS;
use envschema::core::kind::{Kind, List, Map};
use envschema::core::rules;
use envschema::core::schema::{
    Allowance, Condition, Constraint, Deprecation, Entry, Group, Policy, Presence, Profile, Rule, Schema,
    Text, Unknown, Variable, When,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::{Index, select, subsequence};
use proptest::strategy::BoxedStrategy;

use crate::values;

/// The profiles, services and phases that schemas speak of.
pub const PROFILES: [&str; 3] = ["local", "staging", "production"];
pub const SERVICES: [&str; 2] = ["backend", "worker"];
pub const PHASES: [&str; 2] = ["build", "runtime"];

/// Codes that a schema may switch off.
const ALLOWABLE: [&str; 8] = [
    "missing-variable",
    "empty-value",
    "invalid-value",
    "out-of-range",
    "value-not-allowed",
    "conflicting-variables",
    "forbidden-variable",
    "unknown-variable",
];

/// A kind, with or without items.
pub fn kinds() -> impl Strategy<Value = Kind> {
    let scalar = || select(Kind::SCALARS.to_vec());
    let separator = || select(vec![',', ' ', ';', ':', '|', '/', '\n']);
    prop_oneof![
        8 => scalar(),
        2 => (scalar(), separator()).prop_map(|(items, separator)| Kind::List(List { separator, items: items.into() })),
        1 => (scalar(), separator(), select(vec!['=', ':']))
            .prop_map(|(values, separator, assign)| Kind::Map(Map { separator, assign, values: values.into() })),
    ]
}

/// A schema of up to seven variables.
pub fn schemas() -> impl Strategy<Value = Schema> {
    let drafts = vec(kinds().prop_flat_map(drafts), 1..8);
    (drafts, relations(), roots()).prop_map(|(drafts, rules, root)| assemble(drafts, rules, root))
}

/// A variable before it knows the others.
#[derive(Clone, Debug)]
struct Draft {
    variable: Variable,
    /// Whether its key looks like a secret's.
    looks_secret: bool,
    /// The groups around it.
    depth: u8,
    /// Overrides, each with what it depends on.
    overrides: Vec<(When, Option<(Index, bool)>)>,
}

fn drafts(kind: Kind) -> impl Strategy<Value = Draft> {
    let basics = (
        presences(&kind),
        constraints(&kind),
        option::weighted(0.2, values::accepted(&values::item_kind(&kind)).prop_map(Text::from)),
        option::weighted(0.15, any::<bool>()),
        proptest::bool::weighted(0.2),
        vec(values::accepted(&kind).prop_map(Text::from), 0..2),
    );
    let more = (
        option::weighted(0.1, deprecations()),
        option::weighted(0.15, subsequence(SERVICES.to_vec(), 1..=2)),
        option::weighted(0.1, subsequence(PHASES.to_vec(), 1..=2)),
        proptest::bool::weighted(0.15),
        0_u8..3,
        vec((overrides(&kind), option::weighted(0.7, any::<(Index, bool)>())), 0..3),
        proptest::bool::weighted(0.8),
        proptest::bool::weighted(0.4),
        select(vec!["", "What it is for.", "Two lines.\n\nAnd `code`."]),
    );
    (basics, more).prop_map(move |(basics, more)| {
        let (presence, constraints, also, sensitive, allow_empty, examples) = basics;
        let (deprecated, services, phases, looks_secret, depth, overrides, prefixed, has_path, doc) = more;
        let variable = Variable {
            prefixed,
            path: if has_path { "x".into() } else { "".into() },
            doc: doc.into(),
            presence,
            constraints: constraints.into(),
            also: also.into_iter().collect(),
            sensitive,
            allow_empty,
            examples: examples.into(),
            deprecated,
            services: texts(services.unwrap_or_default()).into(),
            phases: texts(phases.unwrap_or_default()).into(),
            ..Variable::new("".into(), kind.clone())
        };
        Draft { variable, looks_secret, depth, overrides }
    })
}

fn texts(words: Vec<&'static str>) -> Vec<Text> {
    words.into_iter().map(Text::from).collect()
}

fn presences(kind: &Kind) -> impl Strategy<Value = Presence> + use<> {
    prop_oneof![
        Just(Presence::Required),
        Just(Presence::Optional),
        values::accepted(kind).prop_map(|text| Presence::Default(text.into())),
    ]
}

fn deprecations() -> impl Strategy<Value = Deprecation> {
    let note = select(vec!["", "since 2.0"]).prop_map(Text::from);
    (note, any::<bool>()).prop_map(|(note, removed)| Deprecation { note, removed, replaced_by: None })
}

/// Constraints that mean something for the kind, of each sort one at most.
fn constraints(kind: &Kind) -> impl Strategy<Value = Vec<Constraint>> + use<> {
    vec(constraint(kind), 0..3).prop_map(|constraints| {
        constraints.into_iter().fold(Vec::new(), |mut all: Vec<Constraint>, constraint| {
            if !all.iter().any(|other| other.is_same_sort(&constraint)) {
                all.push(constraint);
            }
            all
        })
    })
}

fn constraint(kind: &Kind) -> BoxedStrategy<Constraint> {
    let item = values::item_kind(kind);
    let literal = || values::accepted(&item).prop_map(Text::from);
    let literals = || vec(literal(), 1..4);
    let mut all = vec![
        literals().prop_map(|texts| Constraint::OneOf(texts.into())).boxed(),
        literals().prop_map(|texts| Constraint::NotOneOf(texts.into())).boxed(),
        select(values::PATTERNS.to_vec()).prop_map(|pattern| Constraint::Pattern(pattern.into())).boxed(),
    ];
    if !matches!(kind, Kind::Integer | Kind::Number | Kind::Boolean | Kind::Port) {
        all.push((0_u64..4).prop_map(Constraint::MinLength).boxed());
        all.push((2_u64..40).prop_map(Constraint::MaxLength).boxed());
    }
    if values::is_ordered(&item) {
        all.push(literal().prop_map(Constraint::Min).boxed());
        all.push(literal().prop_map(Constraint::Max).boxed());
        all.push(literal().prop_map(Constraint::Above).boxed());
        all.push(literal().prop_map(Constraint::Below).boxed());
    }
    if item == Kind::Url {
        let schemes = subsequence(vec!["http", "https", "postgres", "mongodb"], 1..=3);
        all.push(schemes.prop_map(|schemes| Constraint::Schemes(texts(schemes).into())).boxed());
    }
    select(all).prop_flat_map(|one| one).boxed()
}

/// What an override changes, and the profile, service or phase it depends on; other variables come later.
fn overrides(kind: &Kind) -> impl Strategy<Value = When> + use<> {
    let circumstances = (
        option::weighted(0.3, subsequence(PROFILES.to_vec(), 1..=2)),
        option::weighted(0.1, subsequence(SERVICES.to_vec(), 1..=1)),
        option::weighted(0.1, subsequence(PHASES.to_vec(), 1..=1)),
    );
    let changes = (
        option::weighted(0.5, presences(kind)),
        proptest::bool::weighted(0.2),
        constraints(kind),
        option::weighted(0.1, values::accepted(&values::item_kind(kind)).prop_map(Text::from)),
    );
    (circumstances, changes).prop_map(
        |((profiles, services, phases), (presence, forbidden, constraints, also))| When {
            condition: Condition {
                profiles: texts(profiles.unwrap_or_default()).into(),
                services: texts(services.unwrap_or_default()).into(),
                phases: texts(phases.unwrap_or_default()).into(),
                ..Condition::default()
            },
            presence: presence.filter(|_| !forbidden),
            forbidden,
            constraints: constraints.into(),
            also: also.map(|literal| vec![literal].into()),
        },
    )
}

/// Rules before they know the variables.
fn relations() -> impl Strategy<Value = Vec<(u8, Vec<Index>)>> {
    vec((0_u8..7, vec(any::<Index>(), 2..4)), 0..3)
}

/// The schema without entries and rules.
fn roots() -> impl Strategy<Value = Schema> {
    let names = (any::<bool>(), option::of(select(PROFILES.to_vec())), any::<bool>(), any::<bool>());
    let unknown = (
        option::of(select(vec![Policy::Error, Policy::Warn, Policy::Allow])),
        option::weighted(0.2, Just("V")),
        option::weighted(0.2, select(vec!["OTHER", "X_*"])),
    );
    let dialects: Vec<&str> = DIALECTS.iter().map(|dialect| dialect.name).collect();
    let others = (
        option::weighted(0.1, select(dialects.clone())),
        subsequence(dialects, 0..2),
        subsequence(ALLOWABLE.to_vec(), 0..2),
        proptest::bool::weighted(0.3),
    );
    (names, unknown, others).prop_map(|(names, unknown, others)| {
        let (has_name, default_profile, has_profiles, is_deployed) = names;
        let (policy, prefixes, allow) = unknown;
        let (dialect, readers, codes, allows) = others;
        let profiles = PROFILES
            .map(|name| Profile { name: name.into(), deployed: is_deployed.then_some(name == "local") });
        let allowance = |code: &str| Allowance { code: code.to_owned().into(), reason: "it is fine".into() };
        Schema {
            name: if has_name { "app".into() } else { "".into() },
            default_profile: default_profile.map(Text::from),
            profiles: if has_profiles { profiles.to_vec().into() } else { vec![].into() },
            services: texts(SERVICES.to_vec()).into(),
            dialect: dialect.map(Text::from),
            readers: texts(readers).into(),
            unknown: Unknown {
                policy,
                prefixes: texts(prefixes.into_iter().collect()).into(),
                allow: texts(allow.into_iter().collect()).into(),
            },
            allow: codes.into_iter().filter(|_| allows).map(allowance).collect(),
            ..Schema::default()
        }
    })
}

/// Gives the variables keys, groups and each other.
fn assemble(drafts: Vec<Draft>, rules: Vec<(u8, Vec<Index>)>, root: Schema) -> Schema {
    let own: Vec<String> = (0..drafts.len()).map(|index| key(index, &drafts[index])).collect();
    let whole: Vec<String> = drafts.iter().zip(&own).map(|(draft, own)| whole_key(draft, own)).collect();
    let kinds: Vec<Kind> = drafts.iter().map(|draft| draft.variable.kind.clone()).collect();
    let mut entries: [Vec<Entry>; 3] = Default::default();
    for (index, draft) in drafts.iter().enumerate() {
        let mut variable = draft.variable.clone();
        variable.key = own[index].clone().into();
        if !variable.path.is_empty() {
            variable.path = format!("p{index}").into();
        }
        if index % 3 == 1 {
            variable.aliases = vec![format!("OLD_{index}").into()].into();
        }
        if let Some(deprecated) = variable.deprecated.as_mut().filter(|_| index > 0) {
            deprecated.replaced_by = Some(whole[0].clone().into());
        }
        variable.when =
            draft.overrides.iter().filter_map(|(when, on)| depend(when, on, index, &whole, &kinds)).collect();
        entries[usize::from(draft.depth)].push(Entry::Variable(mend(variable)));
    }
    let rules = rules.iter().filter_map(|(sort, keys)| rule(*sort, keys, &whole, &kinds)).collect();
    let [mut top, mut outer, inner] = entries;
    if !inner.is_empty() {
        let optional = inner.len().is_multiple_of(2);
        outer.push(Entry::Group(Group {
            name: "Inner".into(),
            prefix: "IN_".into(),
            optional,
            entries: inner.into(),
            ..Group::default()
        }));
    }
    if !outer.is_empty() {
        let optional = !outer.len().is_multiple_of(2);
        let doc = "What it is for.".into();
        top.push(Entry::Group(Group {
            name: "Outer".into(),
            doc,
            prefix: "OUT_".into(),
            path: "out".into(),
            optional,
            entries: outer.into(),
            ..Group::default()
        }));
    }
    let profile = drafts.len().is_multiple_of(2).then(|| "APP_ENV".into());
    Schema { entries: top.into(), rules, profile, ..root }
}

/// Takes out most of what the checks of a schema would object to.
fn mend(mut variable: Variable) -> Variable {
    let fits = |variable: &Variable, text: &str| {
        let defaulted = Variable { presence: Presence::Default(text.to_owned().into()), ..variable.clone() };
        rules::variants(&defaulted).all(|variant| match variant.presence {
            Presence::Default(default) => variant.why_not(&defaulted, default).is_none(),
            Presence::Required | Presence::Optional => true,
        })
    };
    let default = match &variable.presence {
        Presence::Default(text) => Some(text.clone()),
        Presence::Required | Presence::Optional => None,
    };
    if default.is_some_and(|text| variable.sensitive == Some(true) || !fits(&variable, &text)) {
        variable.presence = Presence::Optional;
    }
    let plain: Vec<Text> = {
        let plain = rules::variants(&variable).next().unwrap();
        variable.examples.iter().filter(|text| plain.why_not(&variable, text).is_none()).cloned().collect()
    };
    variable.examples = plain.into();
    let overrides = variable.when.iter().filter(|when| match &when.presence {
        Some(Presence::Default(text)) => variable.sensitive != Some(true) && fits(&variable, text),
        _ => true,
    });
    variable.when = overrides.cloned().collect();
    if variable.presence == Presence::Required {
        variable.deprecated =
            variable.deprecated.map(|deprecated| Deprecation { removed: false, ..deprecated });
    }
    variable
}

fn key(index: usize, draft: &Draft) -> String {
    if draft.looks_secret { format!("V{index}_TOKEN") } else { format!("V{index}") }
}

fn whole_key(draft: &Draft, own: &str) -> String {
    let prefix = ["", "OUT_", "OUT_IN_"][usize::from(draft.depth)];
    if draft.variable.prefixed { format!("{prefix}{own}") } else { own.to_owned() }
}

/// An override with the other variable it depends on; `None` if it would depend on nothing.
fn depend(
    when: &When,
    on: &Option<(Index, bool)>,
    index: usize,
    whole: &[String],
    kinds: &[Kind],
) -> Option<When> {
    let mut when = when.clone();
    if let Some((other, by_value)) = on {
        let other = other.index(whole.len());
        let key = Text::from(whole[other].clone());
        match other {
            _ if other == index => {}
            _ if *by_value => {
                when.condition.values = vec![(key, values::samples(&kinds[other]).into())].into()
            }
            _ => when.condition.set = vec![key].into(),
        }
    }
    (when.condition != Condition::default()).then_some(when)
}

fn rule(sort: u8, keys: &[Index], whole: &[String], kinds: &[Kind]) -> Option<Rule> {
    let mut named: Vec<usize> = keys.iter().map(|key| key.index(whole.len())).collect();
    named.sort_unstable();
    named.dedup();
    let key = |index: &usize| Text::from(whole[*index].clone());
    let keys: Vec<Text> = named.iter().map(key).collect();
    let [first, second, ..] = named.as_slice() else { return None };
    let (a, b) = (key(first), key(second));
    let is_list = matches!(kinds[*first], Kind::List(_));
    Some(match sort {
        0 => Rule::AllOrNone(keys.into()),
        1 => Rule::ExactlyOne(keys.into()),
        2 => Rule::AtLeastOne(keys.into()),
        3 => Rule::AtMostOne(keys.into()),
        4 if is_list => Rule::Contains { list: a, value: b },
        5 => Rule::Equal(a, b),
        _ => Rule::Different(a, b),
    })
}
