//! `#[validate(…)]` of the crate `validator`, as far as the model can say the same. The rest is left to that crate, whose own
//! derive reports what is wrong in it.

use envschema_core::schema::Constraint;
use proc_macro2::Span;
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Attribute, LitStr, Meta, MetaNameValue, Token};

use super::field::FieldWords;
use super::literal::Literal;

/// Adds what `attributes` say. What `#[env(…)]` says about the same thing counts instead.
pub(crate) fn read(attributes: &[Attribute], words: &mut FieldWords) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("validate")) {
        let Ok(metas) = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated) else {
            continue;
        };
        for meta in &metas {
            read_meta(meta, words);
        }
    }
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
