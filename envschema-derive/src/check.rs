//! What is wrong with what is written: what only the derive can see, and everything that the core's checks find.

mod attributes;
mod model;
mod names;

use crate::lower::Lowered;
use crate::problems::Problems;

/// Reports every mistake.
pub(crate) fn check(lowered: &Lowered<'_>, problems: &mut Problems) {
    attributes::check(lowered, problems);
    model::check(lowered, problems);
}
