//! What a diagnostic is about, in the words of the model: whoever owns the text turns it into a place.

use std::fmt;
use std::ops::Range;

use crate::span::Span;
use crate::table::RowId;

/// What a diagnostic is about.
#[derive(Clone, PartialEq, Eq)]
pub enum Subject {
    /// The environment as a whole: what is missing stands nowhere.
    Environment,
    /// Part of an entry of a layer.
    Entry {
        /// Which entry.
        id: EntryId,
        /// Which part of it.
        part: Part,
    },
    /// A problem that the reading of a layer found.
    Problem {
        /// The layer, by index.
        layer: u32,
        /// The problem, by index in the layer.
        problem: u32,
    },
    /// A line of a layer on which no entry stands.
    Line {
        /// The layer, by index.
        layer: u32,
        /// The line, from 1.
        line: u32,
    },
    /// Part of a variable of the schema.
    Variable {
        /// Which variable.
        row: RowId,
        /// Which part of it.
        part: VariablePart,
    },
    /// A rule of the schema, by index in the table.
    Rule(u32),
    /// A piece of the text of the schema that never became part of the model.
    SchemaText(Span),
}

impl Subject {
    /// Part `part` of entry `id`.
    #[must_use]
    pub const fn entry(id: EntryId, part: Part) -> Self {
        Self::Entry { id, part }
    }

    /// Part `part` of variable `row`.
    #[must_use]
    pub const fn variable(row: RowId, part: VariablePart) -> Self {
        Self::Variable { row, part }
    }
}

/// Shows no place in the text of a schema: it tells how long everything before it is.
impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment => f.write_str("Environment"),
            Self::Entry { id, part } => f.debug_struct("Entry").field("id", id).field("part", part).finish(),
            Self::Problem { layer, problem } => {
                f.debug_struct("Problem").field("layer", layer).field("problem", problem).finish()
            }
            Self::Line { layer, line } => {
                f.debug_struct("Line").field("layer", layer).field("line", line).finish()
            }
            Self::Variable { row, part } => {
                f.debug_struct("Variable").field("row", row).field("part", part).finish()
            }
            Self::Rule(index) => f.debug_tuple("Rule").field(index).finish(),
            Self::SchemaText(_) => f.write_str("SchemaText(..)"),
        }
    }
}

/// Which entry of which layer; ordered as the sources are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId {
    /// The layer, by index, lowest precedence first.
    pub layer: u32,
    /// The entry, by index in the layer.
    pub entry: u32,
}

/// Part of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The key.
    Key,
    /// The value.
    Value,
    /// These bytes of the value, as the value was read.
    Within(Range<u32>),
    /// An item of a list, by index.
    Item(u32),
    /// A reference inside the value, by index in the layer.
    Reference(u32),
    /// The whole lines it stands on, the comment behind it included.
    Lines,
}

impl Part {
    /// These bytes of the value; all of it if there are none.
    #[must_use]
    pub fn within(at: &Range<usize>) -> Self {
        let offset = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        if at.is_empty() { Self::Value } else { Self::Within(offset(at.start)..offset(at.end)) }
    }
}

/// Part of a variable in the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VariablePart {
    /// The key.
    Key,
    /// An alias, by index.
    Alias(u32),
    /// The kind.
    Kind,
    /// Where presence is said: `required`, `optional` or the default.
    Presence,
    /// The text of the default.
    Default,
    /// A constraint, by index.
    Constraint(u32),
    /// A literal inside a constraint, by the constraint's index and its own.
    Literal(u32, u32),
    /// An override, by index.
    When(u32),
    /// A constraint of an override, by the override's index and its own.
    WhenConstraint(u32, u32),
    /// A literal admitted beside the kind, by index.
    Also(u32),
    /// An example, by index.
    Example(u32),
    /// Where the variable is called sensitive or not.
    Sensitive,
    /// Where it is deprecated.
    Deprecated,
    /// Where its services are named.
    Services,
    /// Where its phases are named.
    Phases,
}
