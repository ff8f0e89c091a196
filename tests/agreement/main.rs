//! The schema, its export, the loader and an independent validator agree: what one accepts, the others accept.

mod example;
mod export;
mod instances;
mod kinds;
mod layered;
mod layers;
mod loading;
mod rust;
mod schemas;
mod stacks;
mod structs;
mod tables;
mod validator;
mod values;
