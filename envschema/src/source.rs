//! Where values are read: what each source yields becomes a layer.

pub mod document;
