use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(exactly_one(token, oauth))]
struct Config {
    token: Option<String>,
    #[env(nested)]
    oauth: Option<OAuth>,
}

#[derive(EnvSchema)]
struct OAuth {
    client: String,
}

fn main() {}
