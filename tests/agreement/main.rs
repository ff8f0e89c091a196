//! The schema, its export, the loader and an independent validator agree: what one accepts, the others accept.

mod command;
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
#[path = "../cli/world.rs"]
#[allow(dead_code)]
mod world;
