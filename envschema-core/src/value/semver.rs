//! Versions and which comes before which (Semantic Versioning 2.0.0, section 11).

use std::cmp::Ordering;

/// A version; two are equal if they are written alike.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Semver<'t> {
    /// Major, minor and patch.
    pub numbers: [u64; 3],
    /// The pre-release, such as `rc.1`; empty without one.
    pub pre: &'t str,
    /// The build metadata; empty without it.
    pub build: &'t str,
}

impl Semver<'_> {
    /// Which version precedes; equal where they differ in build metadata only.
    #[must_use]
    pub fn precedence(&self, other: &Semver<'_>) -> Ordering {
        let pre = match (self.pre, other.pre) {
            ("", "") => Ordering::Equal,
            ("", _) => Ordering::Greater,
            (_, "") => Ordering::Less,
            (a, b) => a.split('.').map(Identifier::new).cmp(b.split('.').map(Identifier::new)),
        };
        self.numbers.cmp(&other.numbers).then(pre)
    }
}

/// One identifier of a pre-release; numbers precede words.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Identifier<'t> {
    /// Digits without zeros in front: the longer, the larger.
    Number(usize, &'t str),
    Word(&'t str),
}

impl<'t> Identifier<'t> {
    fn new(text: &'t str) -> Self {
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            Self::Number(text.len(), text)
        } else {
            Self::Word(text)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use crate::kind::Kind;

    #[test]
    fn versions_are_ordered_as_the_specification_says() {
        #[rustfmt::skip]
        let versions = [
            "0.9.9", "1.0.0-1", "1.0.0-9", "1.0.0-10", "1.0.0-99999999999999999999999", "1.0.0--",
            "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
            "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.10.0", "2.0.0", "10.0.0",
        ];
        let values = versions.map(|text| Kind::Semver.parse(text).unwrap());
        for (a, one) in values.iter().enumerate() {
            for (b, other) in values.iter().enumerate() {
                assert_eq!(one.compare(other), Some(a.cmp(&b)), "{} {}", versions[a], versions[b]);
                assert_eq!(one.same(other), a == b);
            }
        }
        let [one, other] = ["1.0.0+a", "1.0.0+b"].map(|text| Kind::Semver.parse(text).unwrap());
        assert_eq!(one.compare(&other), Some(Ordering::Equal));
        assert!(!one.same(&other));
    }
}
