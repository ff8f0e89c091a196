//! What a schema holds by reference if it is part of the program, and owns if it was read from a file.

/// A value that is either part of the program or owned, so that a schema can be a `const` and also be read from a file.
#[derive(Clone, Debug)]
pub enum Shared<T: 'static> {
    /// Part of the program.
    Static(&'static T),
    /// Made at run time.
    Owned(Box<T>),
}

impl<T> std::ops::Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Static(value) => value,
            Self::Owned(value) => value,
        }
    }
}

impl<T> From<T> for Shared<T> {
    fn from(value: T) -> Self {
        Self::Owned(Box::new(value))
    }
}

impl<T: PartialEq> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Shared<T> {}

impl<T: std::hash::Hash> std::hash::Hash for Shared<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}
