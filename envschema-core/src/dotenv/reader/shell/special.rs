//! Names that mean something to the shell itself.

use super::Switches;
use crate::dotenv::scan::is_word;

/// What a name stands for besides the file and the process environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Special {
    /// Nothing special.
    No,
    /// This text.
    Text(&'static [u8]),
    /// A parameter that is not set.
    Unset,
    /// Something only the running shell knows.
    Unknown(&'static str),
}

/// Whether `name` is no variable: `$1`, `$?`, `$$`.
pub(super) fn is_special(name: &[u8]) -> bool {
    matches!(name, [b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!' | b'0'..=b'9', ..])
}

/// What a special parameter stands for in a file that is read by `. ./.env`.
pub(super) fn parameter(name: &[u8], switches: &Switches) -> Special {
    match name {
        b"" => Special::Text(b""),
        b"0" => Special::Text(switches.argument_zero),
        b"#" => Special::Text(b"0"),
        b"-" => Special::Text(switches.flags),
        b"!" if switches.zsh => Special::Text(b"0"),
        b"$" => Special::Unknown("only the running shell knows its number"),
        [b'@' | b'*' | b'!' | b'0'..=b'9', ..] => Special::Unset,
        _ => Special::No,
    }
}

/// What a variable stands for that the shell sets on its own.
pub(super) fn own(name: &[u8], switches: &Switches) -> Special {
    const MESSAGE: &str = "only the running shell knows this value";
    match name {
        b"IFS" => Special::Text(b" \t\n"),
        b"OPTIND" => Special::Text(b"1"),
        b"PS4" if !switches.zsh => Special::Text(b"+ "),
        b"PPID" | b"PWD" | b"LINENO" => Special::Unknown(MESSAGE),
        _ if contains(switches.own, name) => Special::Unknown(MESSAGE),
        _ => Special::No,
    }
}

pub(super) fn contains(names: &[&str], name: &[u8]) -> bool {
    names.iter().any(|candidate| candidate.as_bytes() == name)
}

/// The variable that an array of zsh is another face of.
pub(super) fn tied(name: &[u8]) -> Option<&'static [u8]> {
    Some(match name {
        b"path" => b"PATH",
        b"cdpath" => b"CDPATH",
        b"fpath" => b"FPATH",
        b"manpath" => b"MANPATH",
        b"mailpath" => b"MAILPATH",
        b"module_path" => b"MODULE_PATH",
        b"fignore" => b"FIGNORE",
        b"psvar" => b"PSVAR",
        b"watch" => b"WATCH",
        _ => return None,
    })
}

/// What a modifier of zsh makes of a value: `reference` is `$NAME:h`. `None` if it is not computed here, an error if zsh
/// refuses it.
pub(super) fn modified(reference: &[u8], value: &[u8]) -> Option<Result<Vec<u8>, ()>> {
    let name = reference.iter().take_while(|byte| matches!(byte, b'$' | b'{') || is_word(**byte)).count();
    let colon = Some(name).filter(|name| reference.get(*name) == Some(&b':'))?;
    // In braces nothing but further modifiers may follow.
    if reference.starts_with(b"${") && !matches!(reference.get(colon + 2), Some(b':' | b'}')) {
        return Some(Err(()));
    }
    let slash = value.iter().rposition(|byte| *byte == b'/');
    let base = slash.map_or(0, |slash| slash + 1);
    let dot = value[base..].iter().rposition(|byte| *byte == b'.').map(|dot| base + dot);
    let changed = match reference.get(colon + 1)? {
        b'h' => match slash {
            Some(0) => b"/".to_vec(),
            Some(slash) => value[..slash].to_vec(),
            None => b".".to_vec(),
        },
        b't' => value[base..].to_vec(),
        b'r' => value[..dot.unwrap_or(value.len())].to_vec(),
        b'e' => dot.map_or(Vec::new(), |dot| value[dot + 1..].to_vec()),
        b'l' => value.to_ascii_lowercase(),
        b'u' => value.to_ascii_uppercase(),
        b'A' | b'a' | b'c' | b'P' | b'q' | b'Q' | b'g' | b'w' | b'W' | b'f' | b'F' | b'&' => return None,
        _ => return Some(Err(())),
    };
    match reference.get(colon + 2..) {
        Some(rest @ [b':', ..]) if reference.starts_with(b"${") => {
            modified(&[b"${", rest].concat(), &changed)
        }
        _ => Some(Ok(changed)),
    }
}

/// What `${NAME@Q}` and its kin make of a value in bash, where that is easily told.
pub(super) fn transformed(reference: &[u8], value: &[u8]) -> Option<Vec<u8>> {
    let [before @ .., b'@', flag, b'}'] = reference else { return None };
    let name = before.strip_prefix(b"${").filter(|name| name.iter().all(|byte| is_word(*byte)))?;
    let is_printable = value.iter().all(|byte| (b' '..=b'~').contains(byte));
    let quoted = || {
        [b"'", &value.split(|byte| *byte == b'\'').collect::<Vec<_>>().join(&b"'\\''"[..])[..], b"'"].concat()
    };
    match flag {
        b'U' => Some(value.to_ascii_uppercase()),
        b'L' => Some(value.to_ascii_lowercase()),
        b'u' => {
            let (first, rest) = value.split_at(value.len().min(1));
            Some([&first.to_ascii_uppercase()[..], rest].concat())
        }
        b'Q' | b'K' if is_printable => Some(quoted()),
        b'A' if is_printable => Some([b"declare -x ", name, b"=", &quoted()[..]].concat()),
        _ => None,
    }
}

/// Commands that are found nearly everywhere: what they print is not known, but that they are there is.
pub(super) const UTILITIES: &[&str] = &[
    "awk", "base64", "basename", "cat", "chmod", "chown", "cp", "cut", "date", "df", "dirname", "du", "env",
    "expr", "find", "grep", "head", "hostname", "id", "install", "ln", "ls", "mkdir", "mktemp", "mv",
    "nproc", "od", "paste", "perl", "ps", "readlink", "realpath", "rm", "rmdir", "sed", "seq", "sh", "sleep",
    "sort", "stat", "stty", "tail", "tee", "touch", "tr", "tty", "uname", "uniq", "w", "wc", "which",
    "whoami", "xargs", "yes",
];
