//! Bridges to other crates, each behind its own feature.

#[cfg(feature = "figment")]
pub mod figment;
#[cfg(feature = "miette")]
pub mod miette;
#[cfg(feature = "schemars")]
pub mod schemars;
#[cfg(feature = "validator")]
pub mod validator;
