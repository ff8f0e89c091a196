//! The schema, its export, the loader and an independent validator agree: what one accepts, the others accept.

mod export;
mod kinds;
mod schemas;
mod tables;
mod validator;
mod values;
