//! The pure core of envschema: it reads nothing, runs nothing and cannot fail.

#[cfg(feature = "dotenv")]
pub mod check;
pub mod checks;
pub mod constraint;
pub mod diagnostic;
#[cfg(feature = "dotenv")]
pub mod directive;
#[cfg(feature = "dotenv")]
pub mod dotenv;
pub mod element;
#[cfg(feature = "dotenv")]
pub mod environment;
#[cfg(feature = "dialects")]
pub mod fix;
#[cfg(feature = "dotenv")]
pub mod invisible;
#[cfg(feature = "dotenv")]
pub mod judge;
mod key_index;
pub mod kind;
#[cfg(feature = "dotenv")]
pub mod layer;
pub mod mention;
pub mod names;
pub mod outline;
mod pattern;
pub mod phrase;
pub mod placeholder;
#[cfg(feature = "dialects")]
pub mod portability;
pub mod raw;
#[cfg(feature = "dialects")]
pub mod readings;
pub mod redact;
pub mod registry;
#[cfg(feature = "dotenv")]
pub mod render;
#[cfg(feature = "dotenv")]
pub mod report;
pub mod rules;
pub mod scalar;
pub mod schema;
#[cfg(feature = "dotenv")]
mod secrecy;
pub mod span;
pub mod subject;
pub mod suggest;
pub mod table;
#[cfg(all(test, feature = "dotenv"))]
mod testing;
pub mod value;
