//! Derives where nothing is in scope, neither the prelude nor a crate called `envschema`.
#![no_implicit_prelude]
#![deny(warnings, missing_docs, unused_qualifications)]

mod reexported {
    pub(crate) use ::settings as inner;
}

/// Everything that generates code, under another name and without a prelude.
#[derive(::settings::EnvSchema)]
#[env(
    crate = ::settings,
    prefix = "APP_",
    profile = "APP_ENV",
    default_profile = "local",
    profiles("local", "production"),
    services("web", "worker"),
    unknown = "warn",
    allow("placeholder-value" = "no secrets here"),
    at_most_one(first, second),
    contains(list = list, value = first),
    equal(first, second)
)]
struct Config {
    /// A number.
    #[env(default = 8080, range = 1..=9000, examples(1, 2))]
    port: u16,
    #[env(required_when(profile = "production", first = ["a", "b"], set(second)), deprecated, replaced_by = second)]
    first: ::std::option::Option<::std::string::String>,
    #[env(in_profile("production", one_of("x"), also("y")), services("web"), aliases("SECOND"))]
    second: ::std::option::Option<::std::string::String>,
    #[env(separator = ';', kind = "host", default = ["a", "b"])]
    list: ::std::vec::Vec<::std::string::String>,
    #[env(from_str, default = "::1")]
    address: ::std::net::IpAddr,
    #[env(decode_with = read, default = "x")]
    read: ::std::string::String,
    #[env(default = "on")]
    switch: Switch,
    #[env(nested)]
    nested: Nested<u8>,
    #[env(nested)]
    optional: ::std::option::Option<Nested<u8>>,
}

#[derive(::settings::EnvSchema)]
#[env(crate = reexported::inner)]
struct Nested<T> {
    value: ::std::option::Option<T>,
}

#[derive(::settings::EnvValue)]
#[env(crate = crate::reexported::inner, rename_all = "lowercase")]
enum Switch {
    On,
    #[env(rename = "0", aliases("no"))]
    Off,
}

fn read(text: &str) -> ::std::result::Result<::std::string::String, ()> {
    ::std::result::Result::Ok(<::std::string::String as ::std::convert::From<&str>>::from(text))
}

fn main() {
    use ::settings::EnvSchema as _;
    let pairs = [("APP_PORT", "80"), ("APP_NESTED_VALUE", "7"), ("APP_SWITCH", "no")];
    let ::std::result::Result::Ok(config) = Config::load_from_pairs(pairs) else { ::std::process::exit(1) };
    let Config { port, first, second, list, address, read, switch, nested, optional } = config;
    ::std::assert_eq!((port, first, second), (80, ::std::option::Option::None, ::std::option::Option::None));
    ::std::assert_eq!(list, ["a", "b"]);
    ::std::assert!(address.is_loopback() && read == "x");
    ::std::assert!(::std::matches!(switch, Switch::Off) && !::std::matches!(switch, Switch::On));
    ::std::assert_eq!(nested.value, ::std::option::Option::Some(7));
    ::std::assert!(optional.is_none());
}
