//! confique, with dotenvy.

use confique::Config;

use envschema_load::{Load, Scene, TOML, dotenv};

macro_rules! config {
    ($name:ident { $($field:ident $key:literal [$($ty:tt)*])* }) => {
        #[derive(Config)]
        #[allow(dead_code)]
        struct $name {
            $(#[config(env = $key)] $field: $($ty)*),*
        }

        impl Load for $name {
            fn load(scene: Scene) -> Option<Self> {
                dotenv(scene);
                let mut builder = Self::builder().env();
                if scene == Scene::Toml {
                    builder = builder.file(TOML);
                }
                Some(builder.load().expect("everything is there"))
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
