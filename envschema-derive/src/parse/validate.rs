//! `#[validate(…)]` of the crate `validator`, as far as the model can say the same. The rest is left to that crate, which has to
//! be told to run: a derive does not see which others there are, and nobody else would read what is written here.

use envschema_core::schema::Constraint;
use envschema_core::suggest;
use proc_macro2::Span;
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitStr, Meta, MetaNameValue, Token};

use super::field::FieldWords;
use super::literal::Literal;
use crate::problems::Problems;

/// A rule of that crate.
struct Rule {
    name: &'static str,
    /// Its arguments, beside `message` and `code`.
    arguments: &'static [&'static str],
    /// Whether the model can say the same.
    is_constraint: bool,
}

const fn constraint(name: &'static str, arguments: &'static [&'static str]) -> Rule {
    Rule { name, arguments, is_constraint: true }
}

const fn function(name: &'static str, arguments: &'static [&'static str]) -> Rule {
    Rule { name, arguments, is_constraint: false }
}

/// The rules of a field.
const OF_FIELDS: &[Rule] = &[
    constraint("email", &[]),
    constraint("url", &[]),
    constraint("required", &[]),
    constraint("range", &["min", "max", "exclusive_min", "exclusive_max"]),
    constraint("length", &["min", "max", "equal"]),
    constraint("regex", &["path", "pattern"]),
    function("contains", &["pattern"]),
    function("credit_card", &[]),
    function("custom", &["function", "use_context"]),
    function("does_not_contain", &["pattern"]),
    function("ip", &["v4", "v6"]),
    function("must_match", &["other"]),
    function("nested", &[]),
    function("non_control_character", &[]),
    // It says that there is no rule.
    constraint("skip", &[]),
];

/// The rules of a struct, and what says how its rules run.
const OF_STRUCTS: &[Rule] = &[
    function("schema", &["function", "use_context", "skip_on_field_errors"]),
    function("context", &[]),
    function("mutable", &[]),
    function("nest_all_fields", &[]),
    function("crate", &[]),
];

/// What to do about a rule that nobody runs.
const HELP: &str = "add `#[env(validator)]` to the struct to run it, or `#[env(validator = false)]` if the program does so itself";

/// Adds what the attributes of a field say. What `#[env(…)]` says about the same thing counts instead. Mistakes are reported
/// unless the struct is `settled`: says who runs its rules, and so has a derive that reports them.
pub(crate) fn read(
    attributes: &[Attribute],
    words: &mut FieldWords,
    is_settled: bool,
    problems: &mut Problems,
) {
    for meta in rules(attributes, is_settled, problems) {
        if !is_settled {
            check(&meta, OF_FIELDS, problems);
        }
        read_meta(&meta, words);
    }
}

/// Reports what nobody would read in the attributes of a struct.
pub(crate) fn read_container(attributes: &[Attribute], is_settled: bool, problems: &mut Problems) {
    for meta in rules(attributes, is_settled, problems).iter().filter(|_| !is_settled) {
        check(meta, OF_STRUCTS, problems);
    }
}

fn rules(attributes: &[Attribute], is_settled: bool, problems: &mut Problems) -> Vec<Meta> {
    let mut rules = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("validate")) {
        match attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated) {
            Ok(metas) => rules.extend(metas),
            Err(error) if !is_settled => problems.push(error),
            Err(_) => {}
        }
    }
    rules
}

/// A rule is one that there is, with arguments that it has; and somebody runs it.
fn check(meta: &Meta, known: &[Rule], problems: &mut Problems) {
    let Some(name) = meta.path().get_ident() else {
        return problems.at(meta.path(), "this is no rule of `validator`");
    };
    let Some(rule) = known.iter().find(|rule| name == rule.name) else {
        let names = known.iter().map(|rule| rule.name);
        return problems.push(unknown("rule of `validator`", name, names));
    };
    let arguments = match meta {
        Meta::List(list) => list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated),
        _ => Ok(Punctuated::new()),
    };
    let arguments = match arguments {
        Ok(arguments) => arguments,
        Err(error) => return problems.push(error),
    };
    if !rule.is_constraint {
        problems.at(name, format_args!("`{name}` of `validator` is not run by anybody\nhelp: {HELP}"));
    }
    for argument in &arguments {
        check_argument(rule, argument, problems);
    }
}

fn check_argument(rule: &Rule, argument: &Meta, problems: &mut Problems) {
    let Some(name) = argument.path().get_ident() else { return };
    if !rule.arguments.iter().chain(&["message", "code"]).any(|known| name == known) {
        let what = format!("argument of `{}`", rule.name);
        return problems.push(unknown(&what, name, rule.arguments.iter().copied()));
    }
    let Meta::NameValue(given) = argument else { return };
    let is_bound = matches!(rule.name, "range" | "length") && name != "message" && name != "code";
    let is_number =
        || Literal::of_expression(&given.value).is_some_and(|literal| literal.word().parse::<f64>().is_ok());
    if name == "path" || (is_bound && !is_number()) {
        problems.at(
            &given.value,
            format_args!(
                "only `validator` knows what this stands for, and is not run by anybody\nhelp: {HELP}"
            ),
        );
    }
}

fn unknown<'n>(what: &str, name: &Ident, names: impl Iterator<Item = &'n str>) -> syn::Error {
    let written = name.to_string();
    let help = suggest::nearest(&written, names).map(|near| format!("\nhelp: did you mean `{near}`?"));
    syn::Error::new(name.span(), format!("there is no {what} called `{written}`{}", help.unwrap_or_default()))
}

fn read_meta(meta: &Meta, words: &mut FieldWords) {
    let Some(name) = meta.path().get_ident() else { return };
    match name.to_string().as_str() {
        "email" => name_kind("email", name.span(), words),
        "url" => name_kind("url", name.span(), words),
        "required" => words.required = true,
        "range" => each_argument(meta, |argument, literal| {
            let bound = match argument {
                "min" => Constraint::Min,
                "max" => Constraint::Max,
                "exclusive_min" => Constraint::Above,
                "exclusive_max" => Constraint::Below,
                _ => return,
            };
            // A text names a constant.
            if literal.word().parse::<f64>().is_err() {
                return;
            }
            add(bound(literal.word().into()), literal, words);
        }),
        "length" => each_argument(meta, |argument, literal| {
            let Ok(length) = literal.word().parse() else { return };
            if matches!(argument, "min" | "equal") {
                add(Constraint::MinLength(length), literal, words);
            }
            if matches!(argument, "max" | "equal") {
                add(Constraint::MaxLength(length), literal, words);
            }
        }),
        "regex" => each_argument(meta, |argument, literal| {
            if argument == "pattern" {
                add(Constraint::Pattern(literal.word().into()), literal, words);
            }
        }),
        _ => {}
    }
}

fn name_kind(kind: &str, span: Span, words: &mut FieldWords) {
    words.validated_kind = Some(LitStr::new(kind, span));
}

/// Every `name = literal` inside the parentheses; a path to a constant is left to `validator`.
fn each_argument(meta: &Meta, mut read: impl FnMut(&str, &Literal)) {
    let Meta::List(list) = meta else { return };
    let arguments = list.parse_args_with(Punctuated::<MetaNameValue, Token![,]>::parse_terminated);
    for argument in arguments.into_iter().flatten() {
        if let (Some(name), Some(literal)) =
            (argument.path.get_ident(), Literal::of_expression(&argument.value))
        {
            read(&name.to_string(), &literal);
        }
    }
}

fn add(constraint: Constraint, literal: &Literal, words: &mut FieldWords) {
    let is_said = words.limits.constraints.iter().any(|stated| stated.constraint.is_same_sort(&constraint));
    if !is_said {
        words.limits.add(constraint, literal.to_token_stream());
    }
}
