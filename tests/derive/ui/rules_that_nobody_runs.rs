use envschema::EnvSchema;

#[derive(EnvSchema)]
#[validate(schema(function = "whole"))]
struct Config {
    #[validate(custom(function = "nope"))]
    x: u8,
    #[validate(must_match(other = "zz", message = "x"))]
    y: Option<u8>,
    #[validate(regex(path = *NOPE))]
    w: Option<String>,
    #[validate(range(min = LOW))]
    v: Option<u8>,
    #[validate(length(min = 1, message = "too short"), email(code = "x"))]
    good: Option<String>,
}

fn main() {}
