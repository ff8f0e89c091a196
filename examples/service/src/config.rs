//! What the service needs to know, declared once.

#![expect(dead_code, reason = "what a billing service does with its settings is no part of the example")]

use std::net::IpAddr;
use std::time::Duration;

use envschema::{EnvSchema, EnvValue, Secret};

/// Settings of the billing service.
#[derive(EnvSchema)]
#[env(
    name = "billing",
    prefix = "BILLING_",
    profile = "BILLING_ENV",
    default_profile = "local",
    profiles("local", "staging", "production")
)]
pub(crate) struct Config {
    /// Address the HTTP server listens on.
    #[env(default = "127.0.0.1")]
    pub(crate) host: IpAddr,
    /// Port the HTTP server listens on; 0 takes any free one.
    #[env(default = 8080)]
    pub(crate) port: u16,
    /// How much is logged.
    #[env(default = "info")]
    pub(crate) log_level: LogLevel,
    /// Origins that may call the service from a browser.
    #[env(kind = "url", allow_empty, default = [])]
    pub(crate) cors_origins: Vec<String>,
    /// How long a request may take.
    #[env(default = "30s", min = "100ms", max = "5m")]
    pub(crate) request_timeout: Duration,
    /// Key that tokens are signed with.
    #[env(min_length = 32)]
    pub(crate) signing_key: Secret<String>,
    /// PostgreSQL.
    #[env(nested)]
    pub(crate) database: Database,
    /// Mail server for invoices; all of it, or nothing.
    #[env(nested)]
    pub(crate) smtp: Option<Smtp>,
}

/// PostgreSQL.
#[derive(EnvSchema)]
pub(crate) struct Database {
    /// Connection string.
    #[env(key = "DATABASE_URL", kind = "url", schemes("postgres", "postgresql"))]
    pub(crate) url: Secret<String>,
    /// Connections that are kept open.
    #[env(default = 10, min = 1, max = 100)]
    pub(crate) pool_size: u32,
}

/// Mail server for invoices; all of it, or nothing.
#[derive(EnvSchema)]
pub(crate) struct Smtp {
    /// Host of the mail server.
    #[env(kind = "host")]
    pub(crate) host: String,
    /// Port of the mail server.
    #[env(default = 587)]
    pub(crate) port: u16,
    /// Password of the mail account.
    pub(crate) password: Secret<String>,
}

/// How much is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnvValue)]
#[env(rename_all = "lowercase")]
pub(crate) enum LogLevel {
    /// Everything.
    Debug,
    /// What happens.
    Info,
    /// What should not happen.
    Warn,
    /// What must not happen.
    Error,
}

#[cfg(test)]
mod tests {
    use envschema::EnvSchema as _;
    use envschema::export::Form;
    use envschema::testing::assert_current;

    use super::Config;

    /// Written again by `ENVSCHEMA_UPDATE=1 cargo test -p envschema-example-service`.
    #[test]
    fn what_is_exported_is_current() {
        assert_current("schemas/billing.env.schema.json", &Config::json_schema(Form::Env));
        assert_current("schemas/billing.config.schema.json", &Config::json_schema(Form::Config));
        assert_current(".env.example", &Config::env_example());
    }
}
