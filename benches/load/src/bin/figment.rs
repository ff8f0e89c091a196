//! figment, with dotenvy.

use figment::Figment;
use figment::providers::{Env, Format as _, Toml};
use serde::Deserialize;

use envschema_load::{Load, Scene, TOML, dotenv};

macro_rules! config {
    ($name:ident { $($field:ident $key:literal [$($ty:tt)*])* }) => {
        #[derive(Deserialize)]
        #[allow(dead_code)]
        struct $name {
            $($field: $($ty)*),*
        }

        impl Load for $name {
            fn load(scene: Scene) -> Option<Self> {
                dotenv(scene);
                let figment = Figment::new();
                let figment = if scene == Scene::Toml { figment.merge(Toml::file(TOML)) } else { figment };
                Some(figment.merge(Env::prefixed("APP_")).extract().expect("everything is there"))
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
