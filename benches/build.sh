#!/usr/bin/env bash
# What a minimal service pays to be built with each loader: crates, processor time of a clean build, size of the program.
# usage: benches/build.sh [NAME…]    needs cargo; everything is built in a folder of its own below target/bench/build
#
# Processor time (user and system, one job at a time) is what is printed: wall time says more about the machine.
set -euo pipefail
cd "$(dirname "$0")/.."
work=target/bench/build
envschema="{ path = \"$PWD/envschema\", default-features = false, features = [FEATURES] }"
serde='serde = { version = "1", features = ["derive"] }'
dotenvy='dotenvy = "0.15"'
mkdir -p "$work"

# service NAME DEPENDENCIES CODE: a program that reads a port and a name, from the environment and what else NAME says.
service() {
    local name=$1 folder=$work/$1
    [ ${#only[@]} = 0 ] || [[ " ${only[*]} " == *" $name "* ]] || return 0
    mkdir -p "$folder/src"
    printf '[package]\nname = "service"\nversion = "0.0.0"\nedition = "2024"\n\n[workspace]\n\n[dependencies]\n%s\n\n[profile.release]\nstrip = true\n' "$2" > "$folder/Cargo.toml"
    printf '%s\n' "$3" > "$folder/src/main.rs"
    (
        cd "$folder"
        cargo fetch --quiet
        crates=$(cargo tree --prefix none -e normal,build --no-dedupe | sed 's/ (.*//' | sort -u | wc -l)
        rm -rf target
        dev=$(seconds cargo build --quiet --offline -j1)
        rm -rf target
        release=$(seconds cargo build --quiet --offline -j1 --release)
        printf '| %s | %s | %s | %s | %s KiB |\n' "$name" "$crates" "$dev" "$release" "$(($(stat -c %s target/release/service) / 1024))"
        rm -rf target
    )
}

# The processor time of a command.
seconds() {
    local TIMEFORMAT='%U %S'
    { time "$@" >&2; } 2>&1 | awk 'END {printf "%.1f s", $1 + $2}'
}

only=("$@")
config='struct Config { port: u16, name: String }'
show='println!("{} {}", config.port, config.name);'
printf '| | crates | dev | release | size |\n|---|---|---|---|---|\n'

service std '' "$config
fn main() {
    let var = |key| std::env::var(key).unwrap();
    let config = Config { port: var(\"PORT\").parse().unwrap(), name: var(\"NAME\") };
    $show
}"
service envy "$serde
$dotenvy
envy = \"0.4\"" "#[derive(serde::Deserialize)]
$config
fn main() {
    let _ = dotenvy::dotenv();
    let config: Config = envy::from_env().unwrap();
    $show
}"
service confique "$dotenvy
confique = { version = \"0.4\", default-features = false }" "use confique::Config as _;
#[derive(confique::Config)]
struct Config { #[config(env = \"PORT\")] port: u16, #[config(env = \"NAME\")] name: String }
fn main() {
    let _ = dotenvy::dotenv();
    let config = Config::builder().env().load().unwrap();
    $show
}"
service confique-toml "$dotenvy
confique = { version = \"0.4\", default-features = false, features = [\"toml\"] }" "use confique::Config as _;
#[derive(confique::Config)]
struct Config { #[config(env = \"PORT\")] port: u16, #[config(env = \"NAME\")] name: String }
fn main() {
    let _ = dotenvy::dotenv();
    let config = Config::builder().env().file(\"config.toml\").load().unwrap();
    $show
}"
service config-toml "$serde
$dotenvy
config = { version = \"0.15\", default-features = false, features = [\"toml\"] }" "#[derive(serde::Deserialize)]
$config
fn main() {
    let _ = dotenvy::dotenv();
    let config = config::Config::builder()
        .add_source(config::File::with_name(\"config.toml\").required(false))
        .add_source(config::Environment::default());
    let config: Config = config.build().unwrap().try_deserialize().unwrap();
    $show
}"
service conf "$dotenvy
conf = \"0.4\"" "use conf::Conf as _;
#[derive(conf::Conf)]
struct Config { #[conf(parameter, env)] port: u16, #[conf(parameter, env)] name: String }
fn main() {
    let _ = dotenvy::dotenv();
    let config = Config::parse();
    $show
}"
service figment-toml "$serde
$dotenvy
figment = { version = \"0.10\", features = [\"env\", \"toml\"] }" "use figment::providers::{Env, Format as _, Toml};
#[derive(serde::Deserialize)]
$config
fn main() {
    let _ = dotenvy::dotenv();
    let figment = figment::Figment::new().merge(Toml::file(\"config.toml\")).merge(Env::raw());
    let config: Config = figment.extract().unwrap();
    $show
}"
for features in '"derive"' '"derive", "toml"' '"default"'; do
    case $features in *default*) name=envschema-default ;; *toml*) name=envschema-toml ;; *) name=envschema ;; esac
    service $name "envschema = ${envschema/FEATURES/$features}" "use envschema::EnvSchema as _;
#[derive(envschema::EnvSchema)]
$config
fn main() {
    let config = Config::load_or_exit();
    $show
}"
done
