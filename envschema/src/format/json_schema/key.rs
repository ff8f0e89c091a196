//! From the names of properties to keys of the environment.

/// The key that a property's name stands for: `poolSize`, `pool-size` and `pool_size` are `POOL_SIZE`.
pub(super) fn upper_snake(name: &str) -> String {
    let mut key = String::with_capacity(name.len() + 4);
    let characters: Vec<char> = name.chars().collect();
    for (at, character) in characters.iter().copied().enumerate() {
        let before = at.checked_sub(1).and_then(|at| characters.get(at)).copied();
        let next = characters.get(at + 1).copied();
        if character.is_ascii_uppercase() && begins_word(before, next) {
            key.push('_');
        }
        match character {
            '-' | '.' | ' ' => key.push('_'),
            _ => key.extend(character.to_uppercase()),
        }
    }
    key
}

/// Whether a capital between these begins a word: `poolSize`, `s3Bucket`, `HTTPServer`.
fn begins_word(before: Option<char>, next: Option<char>) -> bool {
    match before {
        Some(before) if before.is_lowercase() || before.is_ascii_digit() => true,
        Some(before) if before.is_uppercase() => next.is_some_and(char::is_lowercase),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::upper_snake;

    #[test]
    fn names_become_keys() {
        let rows = [
            ("port", "PORT"),
            ("poolSize", "POOL_SIZE"),
            ("pool-size", "POOL_SIZE"),
            ("pool_size", "POOL_SIZE"),
            ("dbURL", "DB_URL"),
            ("HTTPServer", "HTTP_SERVER"),
            ("s3Bucket", "S3_BUCKET"),
            ("DATABASE_URL", "DATABASE_URL"),
            ("a.b", "A_B"),
            ("", ""),
        ];
        for (name, expected) in rows {
            assert_eq!(upper_snake(name), expected);
        }
    }
}
