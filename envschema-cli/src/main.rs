//! The `envschema` binary.
use clap::Parser;
mod args;
fn main() {
    let a = args::Args::parse();
    std::hint::black_box(&a);
}
