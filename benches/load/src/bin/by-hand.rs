//! As by hand: the standard library, a variable for each field.

use std::collections::HashMap;

use envschema_load::{DOTENV, Load, Scene, TOML};

/// A type that a text is made into.
trait Field: Sized {
    fn of(text: Option<String>, key: &str) -> Result<Self, String>;
}

impl Field for String {
    fn of(text: Option<String>, key: &str) -> Result<Self, String> {
        text.ok_or_else(|| format!("{key} is not set"))
    }
}

macro_rules! parsed {
    ($($ty:ident)*) => {$(
        impl Field for $ty {
            fn of(text: Option<String>, key: &str) -> Result<Self, String> {
                String::of(text, key)?.parse().map_err(|error| format!("{key}: {error}"))
            }
        }
    )*};
}

parsed! { u16 u32 u64 i64 f64 bool }

impl<T: Field> Field for Option<T> {
    fn of(text: Option<String>, key: &str) -> Result<Self, String> {
        text.map(|text| T::of(Some(text), key)).transpose()
    }
}

macro_rules! config {
    ($name:ident { $($field:ident $key:literal [$($ty:tt)*])* }) => {
        #[allow(dead_code)]
        struct $name {
            $($field: $($ty)*),*
        }

        impl $name {
            fn read(text: &dyn Fn(&str, &str) -> Option<String>) -> Result<Self, String> {
                Ok(Self {
                    $($field: Field::of(text($key, stringify!($field)), $key)?),*
                })
            }
        }

        impl Load for $name {
            fn load(scene: Scene) -> Option<Self> {
                let loaded = match scene {
                    Scene::Environment => Self::read(&|key, _| std::env::var(key).ok()),
                    Scene::Dotenv => {
                        let text = std::fs::read_to_string(DOTENV).expect("the file is there");
                        let values: HashMap<&str, &str> = text.lines().filter_map(|line| line.split_once('=')).collect();
                        let text = |key: &str| Some((*values.get(key)?).to_owned());
                        Self::read(&|key, _| std::env::var(key).ok().or_else(|| text(key)))
                    }
                    Scene::Toml => {
                        let text = std::fs::read_to_string(TOML).expect("the file is there");
                        let values: toml::Table = text.parse().expect("it is TOML");
                        let text = |field: &str| values.get(field).map(shown);
                        Self::read(&|key, field| std::env::var(key).ok().or_else(|| text(field)))
                    }
                };
                Some(loaded.expect("everything is there"))
            }

            fn first(&self) -> &str {
                &self.host_0
            }
        }
    };
}

fn shown(value: &toml::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

envschema_load::fields_20!(config);
envschema_load::fields_200!(config);

fn main() {
    envschema_load::run::<Config20, Config200>();
}
