//! Keywords of a JSON Schema that the model has no words for.

#[cfg(feature = "json-schema-keywords")]
mod engine;
#[cfg(feature = "json-schema-keywords")]
mod instance;
#[cfg(not(feature = "json-schema-keywords"))]
mod refused;

#[cfg(feature = "json-schema-keywords")]
pub(crate) use engine::Engine;
#[cfg(not(feature = "json-schema-keywords"))]
pub(crate) use refused::Engine;
