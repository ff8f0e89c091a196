//! The yardstick: a process that does nothing but say so.

fn main() {
    println!("hello");
}
