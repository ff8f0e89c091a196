//! What only the concise schema file has: short forms, and headings that name groups.

pub mod short;
