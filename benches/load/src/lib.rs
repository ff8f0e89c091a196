//! What all loaders share: the fields, the files, and how one load is measured.

use std::alloc::System;
use std::hint::black_box;
use std::time::Instant;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

include!(concat!(env!("OUT_DIR"), "/fields.rs"));

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Where values are read; with a file, the first half of them stands in it and the rest in the environment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    Environment,
    Dotenv,
    Toml,
}

/// Every scene and its title.
pub const SCENES: [(Scene, &str); 3] = [
    (Scene::Environment, "environment"),
    (Scene::Dotenv, ".env + environment"),
    (Scene::Toml, "TOML + environment"),
];

/// The file of a scene.
pub const DOTENV: &str = "values.env";
pub const TOML: &str = "values.toml";

/// A configuration that is loaded by one of the loaders.
pub trait Load: Sized {
    /// What was loaded; `None` if the loader does not know such files.
    fn load(scene: Scene) -> Option<Self>;

    /// The first field, to see that something was loaded.
    fn first(&self) -> &str;
}

/// Reads the `.env` file into the process environment, for loaders that know nothing else.
pub fn dotenv(scene: Scene) {
    if scene == Scene::Dotenv {
        dotenvy::from_path(DOTENV).expect("the file is there");
    }
}

/// What a loader's program does: loads `20` or `200` fields, in the scene of this number, so many times. Prints the first
/// time, the median of all, and what the first allocated; nothing if the loader does not know the scene.
pub fn run<Small: Load, Large: Load>() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [count, scene, loads] = &arguments[..] else { panic!("arguments: 20 or 200, the scene, how often") };
    let (scene, _) = SCENES[scene.parse::<usize>().expect("the number of the scene")];
    let loads = loads.parse().expect("how often");
    if count == "200" { measure::<Large>(scene, loads) } else { measure::<Small>(scene, loads) }
}

fn measure<C: Load>(scene: Scene, loads: usize) {
    let mut times = Vec::with_capacity(loads);
    let mut allocated = None;
    for _ in 0..loads {
        let region = Region::new(ALLOCATOR);
        let start = Instant::now();
        let Some(config) = black_box(C::load(scene)) else { return };
        times.push(start.elapsed().as_nanos());
        let change = region.change();
        allocated.get_or_insert((change.allocations + change.reallocations, change.bytes_allocated));
        assert_eq!(config.first(), "service-7.internal.example.com");
    }
    let Some((count, bytes)) = allocated else { return };
    let first = times[0];
    println!("{first} {} {count} {bytes}", median(times));
}

/// The middle of some numbers.
pub fn median(mut numbers: Vec<u128>) -> u128 {
    numbers.sort_unstable();
    numbers[numbers.len() / 2]
}
