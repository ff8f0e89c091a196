//! Secrets: read from files and folders with care, wrapped, and shown nowhere.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use envschema::source::{ConfigText, DotenvText, Process, SecretsFolder};
use envschema::{EnvSchema, LoadError, Secret};
use secrecy::{ExposeSecret, SecretBox, SecretString};

#[derive(EnvSchema, Debug)]
struct Config {
    #[env(aliases("PGPASSWORD"))]
    password: Secret<String>,
    note: Option<String>,
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("secrets").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn by_file(key: &str, path: &Path) -> Result<Config, LoadError> {
    let process = Process::new([(key, path.to_str().unwrap())]);
    Config::loader().source(DotenvText::new(".env", "NOTE=n\n")).source(process).load()
}

#[test]
fn a_file_holds_the_value_without_its_last_line_ends() {
    let folder = folder("file");
    for (text, expected) in
        [("p", "p"), ("p\n", "p"), ("p\r\n", "p"), (" p q \n", " p q "), ("a\nb\n", "a\nb")]
    {
        fs::write(folder.join("password"), text).unwrap();
        let config = by_file("PASSWORD_FILE", &folder.join("password")).unwrap();
        assert_eq!(config.password.expose(), expected, "{text:?}");
    }
}

#[test]
fn what_is_no_file_is_not_opened() {
    let folder = folder("odd");
    assert!(Command::new("mkfifo").arg(folder.join("fifo")).status().unwrap().success());
    fs::write(folder.join("large"), vec![b'x'; (1 << 20) + 1]).unwrap();
    fs::write(folder.join("bytes"), [0xff, 0xfe]).unwrap();
    symlink("/dev/zero", folder.join("link")).unwrap();
    let cases = [
        ("", "is not a regular file"),
        ("fifo", "is not a regular file"),
        ("link", "is not a regular file"),
        ("large", "is larger than 1 MiB"),
        ("hunter2", "does not exist"),
    ];
    for (name, why) in cases {
        let report = by_file("PASSWORD_FILE", &folder.join(name)).unwrap_err().to_string();
        assert!(report.contains(&format!("the file that `PASSWORD_FILE` names {why}")), "{report}");
        // A secret that stands where its path should is still one.
        assert!(!report.contains("hunter2") && !report.contains("odd"), "{report}");
    }
    let error = by_file("PASSWORD_FILE", &folder.join("bytes")).unwrap_err();
    assert_eq!(error.diagnostics().next().unwrap().diagnostic.code, "invalid-encoding", "{error}");
    fs::write(folder.join("large"), vec![b'x'; 1 << 20]).unwrap();
    assert_eq!(by_file("PASSWORD_FILE", &folder.join("large")).unwrap().password.expose().len(), 1 << 20);
}

/// A path that nobody will follow is worth a warning; the value above it counts.
#[test]
fn a_higher_layer_replaces_a_file() {
    let dotenv = DotenvText::new(".env", "PASSWORD_FILE=/no/such/file\n");
    let config = Config::loader().source(dotenv).source(Process::new([("PASSWORD", "p")])).load().unwrap();
    assert_eq!((config.password.expose().as_str(), config.note), ("p", None));
}

#[test]
fn a_folder_has_a_file_for_each_secret() {
    let load = |folder: &Path| Config::loader().source(SecretsFolder::new(folder)).load();
    for name in ["PASSWORD", "password", "PGPASSWORD", "pgpassword"] {
        let folder = folder(&format!("of-{name}"));
        fs::write(folder.join(name), "p\n").unwrap();
        fs::write(folder.join("unrelated"), "u\n").unwrap();
        assert_eq!(load(&folder).unwrap().password.expose(), "p", "{name}");
    }
    let broken = folder("broken");
    fs::create_dir(broken.join("password")).unwrap();
    let report = load(&broken).unwrap_err().to_string();
    assert!(report.contains("broken/password` is not a regular file"), "{report}");
    let closed = folder("closed");
    fs::write(closed.join("password"), "p").unwrap();
    fs::set_permissions(closed.join("password"), fs::Permissions::from_mode(0o000)).unwrap();
    // Who may read everything reads it.
    match load(&closed) {
        Ok(config) => assert_eq!(config.password.expose(), "p"),
        Err(error) => assert!(error.to_string().contains("may not be read"), "{error}"),
    }
}

/// Kubernetes swaps `..data` for another generation; all values come from the one it names when reading begins.
#[test]
fn a_kubernetes_volume_is_read_through_its_generation() {
    let volume = folder("volume");
    for (generation, text) in [("..1", "old"), ("..2", "new")] {
        fs::create_dir(volume.join(generation)).unwrap();
        fs::write(volume.join(generation).join("PASSWORD"), text).unwrap();
    }
    symlink("..2", volume.join("..data")).unwrap();
    // A link that still leads to the generation before.
    symlink("..1/PASSWORD", volume.join("PASSWORD")).unwrap();
    let (config, explanation) =
        Config::loader().source(SecretsFolder::new(&volume)).load_explained().unwrap();
    assert_eq!(config.password.expose(), "new");
    let line = explanation.to_string();
    assert!(line.contains("PASSWORD  ******  ") && line.contains("secrets/volume/PASSWORD\n"), "{line}");
}

#[derive(EnvSchema, Debug)]
struct Wrapped {
    pin: Secret<u16>,
    text: SecretString,
    boxed: SecretBox<String>,
    #[env(sensitive)]
    plain: String,
}

#[derive(EnvSchema)]
struct Around {
    pin: Secret<Option<u16>>,
    boxed: SecretBox<Option<String>>,
    #[env(required_when(pin = 1))]
    later: Secret<Option<String>>,
    words: Option<Secret<Vec<String>>>,
    table: Option<Secret<BTreeMap<String, u8>>>,
}

#[test]
fn a_secret_around_an_option_may_be_absent() {
    let nothing = Around::load_from([]).unwrap();
    assert_eq!((nothing.pin.expose(), nothing.pin.expose_text()), (&None, ""));
    assert_eq!(nothing.boxed.expose_secret(), &None);
    let pairs = [("PIN", "07"), ("BOXED", "b"), ("LATER", "l")];
    let all = Around::load_from_pairs(pairs).unwrap();
    assert_eq!((all.pin.expose(), all.pin.expose_text()), (&Some(7), "07"));
    assert_eq!((all.boxed.expose_secret().as_deref(), all.later.expose_text()), (Some("b"), "l"));
    let error = Around::load_from_pairs([("PIN", "1")]).err().unwrap().to_string();
    assert!(error.contains("missing-variable") && error.contains("LATER"), "{error}");
}

#[test]
fn a_secret_list_of_a_typed_file_has_a_text() {
    let rows = [
        ("words = ['a', 'b,c']\n", Some("a,b,c"), None),
        ("words = []\n", Some(""), None),
        ("table = {x = 1, y = 22}\n", None, Some("x=1,y=22")),
    ];
    for (text, words, table) in rows {
        let config = Around::loader().source(ConfigText::new("base.toml", text)).load().unwrap();
        assert_eq!(config.words.as_ref().map(Secret::expose_text), words, "{text}");
        assert_eq!(config.table.as_ref().map(Secret::expose_text), table, "{text}");
    }
}

#[derive(serde::Serialize)]
struct Login {
    #[serde(serialize_with = "Secret::serialize_exposed_option")]
    password: Option<Secret<String>>,
}

#[test]
fn a_secret_that_may_be_absent_is_serialized_where_a_field_asks_for_it() {
    let json = |password| serde_json::to_string(&Login { password }).unwrap();
    let password = Secret::new("hunter2", "hunter2".to_owned());
    assert_eq!(json(Some(password)), r#"{"password":"hunter2"}"#);
    assert_eq!(json(None), r#"{"password":null}"#);
}

#[test]
fn wrappers_show_a_mask() {
    let pairs = [("PIN", "1234"), ("TEXT", "hunter2"), ("BOXED", "hunter3"), ("PLAIN", "hunter4")];
    let (config, explanation) = Wrapped::loader().source(Process::new(pairs)).load_explained().unwrap();
    let Wrapped { pin, text, boxed, plain } = &config;
    let shown = format!("{pin:?} {pin} {pin:#?} {:?} {text:?} {boxed:?} {explanation}", [pin]);
    assert!(!shown.contains("1234") && !shown.contains("hunter"), "{shown}");
    assert_eq!((pin.expose(), pin.expose_text(), plain.as_str()), (&1234, "1234", "hunter4"));
    let bad = pairs.map(|(key, value)| (key, if key == "PIN" { "hunter5" } else { value }));
    let error = Wrapped::load_from_pairs(bad).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter"), "{error}");
}

/// The text of a secret is wiped when it is dropped: it is kept in a type that does nothing else.
#[test]
fn the_text_is_kept_in_what_is_wiped() {
    const fn is_wiped<T: secrecy::zeroize::ZeroizeOnDrop>() {}
    is_wiped::<SecretString>();
    let source = include_str!("../../envschema/src/secret.rs");
    assert!(source.contains("text: SecretString,\n"));
}

/// The bytes of this process at an address, which may be free by now.
#[cfg(target_os = "linux")]
fn memory(address: usize, length: usize) -> Vec<u8> {
    use std::io::{Read as _, Seek as _, SeekFrom};
    let mut file = fs::File::open("/proc/self/mem").unwrap();
    file.seek(SeekFrom::Start(address as u64)).unwrap();
    let mut bytes = vec![0; length];
    file.read_exact(&mut bytes).unwrap();
    bytes
}

/// Whether most of a text is still in memory where it stood, once what held it is dropped.
#[cfg(target_os = "linux")]
fn remains<T>(held: T, text: fn(&T) -> &str) -> bool {
    let (address, length) = (text(&held).as_ptr() as usize, text(&held).len());
    drop(held);
    memory(address, length).iter().filter(|byte| **byte == b'#').count() > length / 2
}

#[cfg(target_os = "linux")]
#[test]
fn the_text_of_a_secret_is_wiped_when_it_is_dropped() {
    let text = "#".repeat(900);
    // That something would be found is shown by a text that nobody wipes.
    assert!(remains(text.clone(), String::as_str));
    assert!(!remains(Secret::new(text.clone(), ()), Secret::expose_text));
    let load = || Config::load_from_pairs([("PASSWORD", text.as_str())]).unwrap().password;
    assert!(!remains(load(), Secret::expose_text));
}
