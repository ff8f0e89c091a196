//! Derives with the adapters for `schemars` and `validator` where nothing is in scope.
#![no_implicit_prelude]
#![deny(warnings, unused_qualifications)]

// What the derive of `validator` itself wants to be in scope; nothing else is.
use ::std::convert::From;
use ::std::iter::Iterator;
use ::std::option::Option::{None, Some};

#[derive(::settings::EnvSchema)]
#[env(crate = ::settings, schemars, prefix = "APP_")]
struct Config {
    #[env(default = 8080)]
    port: u16,
    #[env(nested)]
    nested: ::std::option::Option<Nested>,
}

#[derive(::settings::EnvSchema)]
#[env(crate = ::settings, schemars)]
struct Nested {
    list: ::std::vec::Vec<::std::string::String>,
}

#[derive(::settings::EnvSchema, ::validator::Validate)]
#[env(crate = ::settings, validator)]
#[validate(schema(function = "in_order"))]
struct Checked {
    #[validate(range(min = 1), custom(function = "is_even"))]
    low: u8,
    #[validate(must_match(other = "low"))]
    high: u8,
}

fn is_even(number: u8) -> ::std::result::Result<(), ::validator::ValidationError> {
    match number % 2 {
        0 => ::std::result::Result::Ok(()),
        _ => ::std::result::Result::Err(::validator::ValidationError::new("even")),
    }
}

fn in_order(checked: &Checked) -> ::std::result::Result<(), ::validator::ValidationError> {
    match checked.low <= checked.high {
        true => ::std::result::Result::Ok(()),
        false => ::std::result::Result::Err(::validator::ValidationError::new("order")),
    }
}

fn main() {
    use ::settings::EnvSchema as _;
    let ::std::result::Result::Ok(config) = Config::load_from_pairs([("APP_NESTED_LIST", "a,b")]) else {
        ::std::process::exit(1)
    };
    ::std::assert_eq!(config.port, 8080);
    ::std::assert!(config.nested.is_some_and(|nested| nested.list.len() == 2));
    ::std::assert!(Checked::load_from_pairs([("LOW", "2"), ("HIGH", "2")]).is_ok());
    let ::std::result::Result::Err(error) = Checked::load_from_pairs([("LOW", "3"), ("HIGH", "2")]) else {
        ::std::process::exit(1)
    };
    ::std::assert_eq!(error.diagnostics().count(), 2);
}
