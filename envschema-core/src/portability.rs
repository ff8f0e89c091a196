//! What readers read differently, in words, and a spelling on which all of them agree.

mod spelling;
mod wording;

pub use crate::dotenv::compare::{
    Comparison, Difference, Seen, Stray, compare, lines_of, lines_of_assignments,
};
pub use spelling::common_spelling;
pub use wording::{describe, in_general, passed_over};

/// The readers that are compared where none are named: those people meet most.
pub const USUAL_READERS: [&str; 6] = ["compose", "docker-run", "dotenv", "node", "python-dotenv", "bash"];

#[cfg(test)]
mod tests;
