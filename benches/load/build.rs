//! Writes the fields that every loader declares: a macro for each number of them, and the values they are loaded from.

use std::fmt::Write as _;
use std::path::Path;

/// Name, type and value; every twentieth field is of the same sort, and the last four may be left out.
const SORTS: [(&str, &str, &str); 20] = [
    ("host", "String", "service-7.internal.example.com"),
    ("name", "String", "billing"),
    ("region", "String", "eu-central-1"),
    ("bucket", "String", "invoices-of-the-service"),
    ("topic", "String", "payments.v1.created"),
    ("database", "String", "postgres://app@db.example.com:5432/app"),
    ("cache", "String", "redis://cache.example.com:6379/0"),
    ("folder", "String", "/var/lib/service/data"),
    ("port", "u16", "8080"),
    ("workers", "u32", "16"),
    ("limit", "u64", "1048576"),
    ("offset", "i64", "-30"),
    ("debug", "bool", "false"),
    ("metrics", "bool", "true"),
    ("strict", "bool", "true"),
    ("ratio", "f64", "0.25"),
    ("label", "Option<String>", "blue"),
    ("retries", "Option<u32>", ""),
    ("verbose", "Option<bool>", "true"),
    ("note", "Option<String>", ""),
];

fn main() {
    let mut code = String::new();
    for count in [20, 200] {
        let fields = (0..count).map(|index| (index / SORTS.len(), SORTS[index % SORTS.len()]));
        let (mut declared, mut values) = (String::new(), String::new());
        for (number, (name, ty, value)) in fields {
            let field = format!("{name}_{number}");
            let key = format!("APP_{}", field.to_uppercase());
            let _ = write!(declared, "{field} {key:?} [{ty}] ");
            if !value.is_empty() {
                let is_text = ty.contains("String");
                let _ = write!(values, "({field:?}, {key:?}, {value:?}, {is_text}), ");
            }
        }
        let _ = writeln!(
            code,
            "#[macro_export] macro_rules! fields_{count} {{ ($config:ident) => {{ $config! {{ Config{count} {{ {declared}}} }} }} }}"
        );
        let _ = writeln!(code, "pub const VALUES_{count}: &[(&str, &str, &str, bool)] = &[{values}];");
    }
    let folder = std::env::var("OUT_DIR").expect("cargo says where to write");
    std::fs::write(Path::new(&folder).join("fields.rs"), code).expect("the folder is there");
    println!("cargo::rerun-if-changed=build.rs");
}
