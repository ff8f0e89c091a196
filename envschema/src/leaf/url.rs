//! `Url` of the crate `url`.

use envschema_core::kind::{Kind, Mistake};
use url::Url;

use super::{Given, Leaf};

/// `url`. The kind also takes several hosts (`mongodb://a,b/db`), which this type cannot hold.
impl Leaf for Url {
    const KIND: Kind = Kind::Url;

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        Self::parse(given.text)
            .map_err(|_| Mistake::new("has several hosts, and its field holds a URL with one", 0..0))
    }
}
