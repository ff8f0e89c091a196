//! The checks: one file and one page each. They know the model and nothing of files, offsets or each other.

pub mod conflicting_attributes;
pub mod duplicate_variable;
pub mod empty_range;
pub mod exposed_secret;
pub mod invalid_default;
pub mod invalid_example;
pub mod invalid_pattern;
pub mod invalid_schema;
pub mod unknown_attribute;
pub mod unreadable_source;
pub mod unsupported_format;

// What an environment is checked for.
#[cfg(feature = "dotenv")]
pub mod conflicting_variables;
#[cfg(feature = "dotenv")]
pub mod deprecated_variable;
#[cfg(feature = "dotenv")]
pub mod duplicate_assignment;
#[cfg(feature = "dotenv")]
pub mod empty_value;
#[cfg(feature = "dotenv")]
pub mod expansion_limit;
#[cfg(feature = "dotenv")]
pub mod forbidden_variable;
#[cfg(feature = "dotenv")]
pub mod invalid_directive;
#[cfg(feature = "dotenv")]
pub mod invalid_encoding;
#[cfg(feature = "dotenv")]
pub mod invalid_escape;
#[cfg(feature = "dotenv")]
pub mod invalid_key;
#[cfg(feature = "dotenv")]
pub mod invalid_length;
#[cfg(feature = "dotenv")]
pub mod invalid_syntax;
#[cfg(feature = "dotenv")]
pub mod invalid_value;
#[cfg(feature = "dotenv")]
pub mod misplaced_secret;
#[cfg(feature = "dotenv")]
pub mod missing_variable;
#[cfg(feature = "dotenv")]
pub mod out_of_range;
#[cfg(feature = "dotenv")]
pub mod pattern_mismatch;
#[cfg(feature = "dotenv")]
pub mod placeholder_value;
#[cfg(feature = "dotenv")]
mod syntax;
#[cfg(feature = "dotenv")]
pub mod undefined_reference;
#[cfg(feature = "dotenv")]
pub mod unknown_variable;
#[cfg(feature = "dotenv")]
pub mod unportable_value;
#[cfg(feature = "dotenv")]
pub mod unsupported_syntax;
#[cfg(feature = "dotenv")]
pub mod unterminated_quote;
#[cfg(feature = "dotenv")]
pub mod value_not_allowed;
#[cfg(feature = "dotenv")]
mod violation;
