//! Which kind a Rust type is, and how a value of that kind becomes one: the types a field may have.
//!
//! Text is never read here: a leaf gets a [`Value`] that its kind has already made.

use envschema_core::kind::{Kind, Mistake};
use envschema_core::schema::Constraint;
use envschema_core::value::Value;

use crate::decode::Decoder;

mod collections;
mod foreign;
mod net;
mod numbers;
#[cfg(feature = "serde")]
mod serde;
mod text;
#[cfg(feature = "url")]
mod url;
mod wrappers;

pub use foreign::{Foreign, FromText};
#[cfg(feature = "serde")]
pub use serde::{Deserialized, DeserializedJson};

/// A type that a field of a configuration may have.
///
/// Implemented for integers, floats, `bool`, `char`, `String`, `OsString`, `PathBuf`, addresses, `Duration`, `NonZero…`, lists, sets,
/// maps, `Option`, `Box`, `Arc`, `Rc`, and by `#[derive(EnvValue)]` for enums of unit variants. For any other type, say
/// `#[env(from_str)]` or `#[env(deserialize)]` on the field.
///
/// A built-in kind cannot fail here: what the kind and the bounds accept, `decode` takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type that a field of a configuration can have",
    note = "for a struct, say `#[env(nested)]`; for an enum of unit variants, `#[derive(EnvValue)]` on it",
    note = "for a type that reads text, say `#[env(from_str)]` or `#[env(deserialize)]`"
)]
pub trait Leaf: Sized {
    /// What its values are in the environment.
    const KIND: Kind;

    /// What the type allows beyond its kind: the range of an integer type.
    const BOUNDS: &'static [Constraint] = &[];

    /// Whether its values are secret by type.
    const SENSITIVE: bool = false;

    /// Whether a variable of this type may be absent.
    const OPTIONAL: bool = false;

    /// The Rust value.
    ///
    /// # Errors
    ///
    /// What is wrong with the value, for types whose rules are a Rust function.
    fn decode(given: Given<'_>) -> Result<Self, Mistake>;

    /// What the type says of its variables, beside the kind.
    #[doc(hidden)]
    const TRAITS: Traits =
        Traits { bounds: Self::BOUNDS, sensitive: Self::SENSITIVE, optional: Self::OPTIONAL };

    /// The next field of a configuration.
    #[doc(hidden)]
    fn take(decoder: &mut Decoder<'_>) -> Option<Self> {
        decoder.field()
    }

    /// The Rust value when the variable is not set and has no default.
    fn absent() -> Option<Self> {
        None
    }
}

/// What a type says of its variables, beside the kind.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Traits {
    pub(crate) bounds: &'static [Constraint],
    pub(crate) sensitive: bool,
    pub(crate) optional: bool,
}

/// A value and the text it was made of.
#[derive(Clone, Copy)]
pub struct Given<'v> {
    /// The value. A literal that the schema admits beside the kind is a [`Value::Text`].
    pub value: &'v Value<'v>,
    /// The text as written; empty for lists and maps of typed files.
    pub text: &'v str,
}

/// The mistake of a value that is not what the type needs; kinds and bounds keep it from happening.
pub(crate) fn unsuitable<T>() -> Result<T, Mistake> {
    Err(Mistake { message: "cannot be held by the type of its field", at: 0..0 })
}
