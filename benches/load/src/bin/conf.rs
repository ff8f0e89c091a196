//! conf, with dotenvy; no arguments.

use conf::Conf;

use envschema_load::{Load, Scene, TOML, dotenv};

macro_rules! config {
    ($name:ident { $($field:ident $key:literal [$($ty:tt)*])* }) => {
        #[derive(Conf)]
        #[conf(serde)]
        #[allow(dead_code)]
        pub struct $name {
            $(#[conf(parameter, env = $key)] $field: $($ty)*),*
        }

        impl Load for $name {
            fn load(scene: Scene) -> Option<Self> {
                dotenv(scene);
                let builder = Self::conf_builder().args(["service"]);
                let loaded = if scene == Scene::Toml {
                    let text = std::fs::read_to_string(TOML).expect("the file is there");
                    let values: toml::Table = text.parse().expect("it is TOML");
                    builder.doc(TOML, values).try_parse()
                } else {
                    builder.try_parse()
                };
                Some(loaded.unwrap_or_else(|error| panic!("{error}")))
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
