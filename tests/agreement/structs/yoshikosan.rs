//! `examples/yoshikosan/envschema.yaml` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[doc = "Next.js + FastAPI + PostgreSQL behind nginx"]
#[derive(EnvSchema)]
#[env(name = "yoshikosan")]
#[env(profile = "NODE_ENV")]
#[env(default_profile = "development")]
#[env(profiles("development", "test", "production"))]
#[env(services("frontend", "backend", "postgres", "nginx"))]
#[env(all_or_none("GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"))]
#[env(all_or_none("DISCORD_CLIENT_ID", "DISCORD_CLIENT_SECRET"))]
pub struct Root {
    #[env(nested, name = "Deployment", prefix = "", path = "")]
    pub g0: Group1,
    #[env(nested, name = "Database", prefix = "", path = "")]
    pub g1: Group2,
    #[env(nested, name = "Backend", prefix = "", path = "")]
    pub g2: Group3,
    #[env(nested, name = "OAuth (structure only, not implemented yet)", prefix = "", path = "")]
    pub g3: Group4,
    #[env(nested, name = "AI services", prefix = "", path = "")]
    pub g4: Group5,
}

#[derive(EnvSchema)]
#[env(name = "Group5")]
pub struct Group5 {
    #[env(rename = "SAMBANOVA_API_KEY", path = "SAMBANOVA_API_KEY")]
    #[env(kind = "string")]
    #[env(sensitive = true)]
    #[env(services("backend"))]
    #[env(when(if(profile = ["production"]), required))]
    pub f0: Option<String>,
    #[env(rename = "HUME_AI_API_KEY", path = "HUME_AI_API_KEY")]
    #[env(kind = "string")]
    #[env(sensitive = true)]
    #[env(services("backend"))]
    #[env(when(if(profile = ["production"]), required))]
    pub f1: Option<String>,
}

#[derive(EnvSchema)]
#[env(name = "Group4")]
pub struct Group4 {
    #[env(rename = "GOOGLE_CLIENT_ID", path = "GOOGLE_CLIENT_ID")]
    #[env(kind = "string")]
    #[env(services("backend"))]
    pub f0: Option<String>,
    #[env(rename = "GOOGLE_CLIENT_SECRET", path = "GOOGLE_CLIENT_SECRET")]
    #[env(kind = "string")]
    #[env(services("backend"))]
    pub f1: Option<envschema::Secret<String>>,
    #[env(rename = "DISCORD_CLIENT_ID", path = "DISCORD_CLIENT_ID")]
    #[env(kind = "string")]
    #[env(services("backend"))]
    pub f2: Option<String>,
    #[env(rename = "DISCORD_CLIENT_SECRET", path = "DISCORD_CLIENT_SECRET")]
    #[env(kind = "string")]
    #[env(sensitive = true)]
    #[env(services("backend"))]
    pub f3: Option<String>,
}

#[derive(EnvSchema)]
#[env(name = "Group3")]
pub struct Group3 {
    #[env(rename = "SECRET_KEY", path = "SECRET_KEY")]
    #[env(kind = "string")]
    #[env(required)]
    #[env(min_length = 32)]
    #[env(services("backend"))]
    pub f0: Option<envschema::Secret<String>>,
    #[env(rename = "ALLOWED_ORIGINS", path = "ALLOWED_ORIGINS")]
    #[env(kind = "url")]
    #[env(separator = ',')]
    #[env(required)]
    #[env(schemes("https"))]
    #[env(services("backend"))]
    pub f1: Option<Vec<url::Url>>,
}

#[derive(EnvSchema)]
#[env(name = "Group2")]
pub struct Group2 {
    #[env(rename = "POSTGRES_PASSWORD", path = "POSTGRES_PASSWORD")]
    #[env(kind = "string")]
    #[env(required)]
    #[env(sensitive = true)]
    #[env(services("backend", "postgres"))]
    pub f0: Option<String>,
    #[doc = "Holds the password as ${POSTGRES_PASSWORD}, so it stands in one place"]
    #[env(rename = "DATABASE_URL", path = "DATABASE_URL")]
    #[env(kind = "url")]
    #[env(required)]
    #[env(schemes("postgresql"))]
    #[env(services("backend"))]
    pub f1: Option<envschema::Secret<url::Url>>,
}

#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[env(rename = "DOMAIN", path = "DOMAIN")]
    #[env(kind = "host")]
    pub f0: String,
    #[env(rename = "EXTERNAL_PORT", path = "EXTERNAL_PORT")]
    #[env(kind = "port")]
    #[env(default = "6666")]
    pub f1: u16,
    #[env(rename = "NODE_ENV", path = "NODE_ENV")]
    #[env(kind = "string")]
    #[env(default = "development")]
    #[env(one_of("development", "test", "production"))]
    pub f2: String,
}
