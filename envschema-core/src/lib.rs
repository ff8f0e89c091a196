//! The pure core of envschema: it reads nothing, runs nothing and cannot fail.

#[cfg(feature = "dotenv")]
pub mod dotenv;
pub mod kind;
pub mod span;
pub mod value;
