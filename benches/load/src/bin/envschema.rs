//! envschema: the derive, from named sources.

use envschema::EnvSchema;
use envschema::source::{ConfigFile, DotenvFile, Process};

use envschema_load::{DOTENV, Load, Scene, TOML};

macro_rules! config {
    ($name:ident { $($field:ident $key:literal [$($ty:tt)*])* }) => {
        #[derive(EnvSchema)]
        #[env(prefix = "APP_")]
        #[allow(dead_code)]
        struct $name {
            $($field: $($ty)*),*
        }

        impl Load for $name {
            fn load(scene: Scene) -> Option<Self> {
                let loader = match scene {
                    Scene::Environment => Self::loader(),
                    Scene::Dotenv => Self::loader().source(DotenvFile::required(DOTENV)),
                    Scene::Toml => Self::loader().source(ConfigFile::required(TOML)),
                };
                Some(loader.source(Process::current()).load().expect("everything is there"))
            }

            fn first(&self) -> &str {
                &self.host_0
            }
        }
    };
}

envschema_load::fields_20!(config);
envschema_load::fields_200!(config);

fn main() {
    envschema_load::run::<Config20, Config200>();
}
