//! `#[derive(EnvSchema)]`: the schemas it writes, the values it loads, the mistakes it finds.

mod loading;
