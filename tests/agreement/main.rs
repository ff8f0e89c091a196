//! The schema, its export, the loader and an independent validator agree: what one accepts, the others accept.

mod kinds;
mod tables;
mod validator;
