//! envy, with dotenvy; it knows no files of its own.

use serde::Deserialize;

use envschema_load::{Load, Scene, dotenv};

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
                (scene != Scene::Toml).then(|| envy::prefixed("APP_").from_env().expect("everything is there"))
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
