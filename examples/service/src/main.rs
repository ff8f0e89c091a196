//! A billing service that refuses to start with a wrong configuration.

use std::io::Write as _;
use std::sync::Arc;

use axum::routing::get;
use axum::{Json, Router};
use envschema::EnvSchema;

mod config;

use config::Config;

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let (config, explanation) =
        Config::loader().usual_sources().load_explained().unwrap_or_else(|error| error.exit());
    let mut log = std::io::stderr();
    // A start-up log line for each value and where it came from; secrets are masked.
    write!(log, "{explanation}")?;
    let listener = tokio::net::TcpListener::bind((config.host, config.port)).await?;
    writeln!(log, "listening on {}", listener.local_addr()?)?;
    axum::serve(listener, router(Arc::new(config))).await
}

fn router(config: Arc<Config>) -> Router {
    let health = move || {
        let mail = config.smtp.is_some();
        async move { Json(serde_json::json!({ "status": "ok", "mail": mail })) }
    };
    Router::new().route("/health", get(health))
}
