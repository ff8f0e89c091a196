//! config, with dotenvy.

use config::{Config, Environment, File, FileFormat};
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
                let mut builder = Config::builder();
                if scene == Scene::Toml {
                    builder = builder.add_source(File::new(TOML, FileFormat::Toml));
                }
                let built = builder.add_source(Environment::with_prefix("APP")).build().expect("it is TOML");
                Some(built.try_deserialize().expect("everything is there"))
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
