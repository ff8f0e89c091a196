//! Bytes as a text spells them, decoded only when somebody takes them.

/// Bytes written in base64 or hexadecimal; equal if the bytes are.
#[derive(Clone, Copy)]
pub struct Bytes<'t> {
    /// Checked: digits of the coding only, without padding.
    digits: &'t str,
    coding: Coding,
}

#[derive(Clone, Copy)]
enum Coding {
    Base64,
    Hex,
}

impl Coding {
    const fn bits_per_digit(self) -> usize {
        match self {
            Self::Base64 => 6,
            Self::Hex => 4,
        }
    }

    fn digit(self, digit: u8) -> u8 {
        let value = match self {
            Self::Base64 => Bytes::base64_digit(digit.into()),
            Self::Hex => char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok()),
        };
        value.unwrap_or_default()
    }
}

impl<'t> Bytes<'t> {
    /// The bytes of checked digits.
    pub(crate) const fn from_hex(digits: &'t str) -> Self {
        Self { digits, coding: Coding::Hex }
    }

    /// The bytes of checked digits without padding.
    pub(crate) const fn from_base64(digits: &'t str) -> Self {
        Self { digits, coding: Coding::Base64 }
    }

    /// What a digit of either alphabet of RFC 4648 stands for.
    pub(crate) fn base64_digit(digit: char) -> Option<u8> {
        let (first, value) = match digit {
            'A'..='Z' => ('A', 0),
            'a'..='z' => ('a', 26),
            '0'..='9' => ('0', 52),
            '+' | '-' => (digit, 62),
            '/' | '_' => (digit, 63),
            _ => return None,
        };
        u8::try_from(u32::from(digit) - u32::from(first)).ok().map(|distance| value + distance)
    }

    /// How many bytes there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        // In this order a text of any length does not overflow, and what is left over is less than a byte.
        let bits = self.coding.bits_per_digit();
        self.digits.len() / 8 * bits + self.digits.len() % 8 * bits / 8
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes, one after the other.
    pub fn iter(&self) -> impl Iterator<Item = u8> + use<'t> {
        let coding = self.coding;
        let bits_per_digit = coding.bits_per_digit();
        let (mut buffer, mut bits) = (0_u16, 0);
        self.digits.bytes().filter_map(move |digit| {
            buffer = buffer << bits_per_digit | u16::from(coding.digit(digit));
            bits += bits_per_digit;
            if bits < 8 {
                return None;
            }
            bits -= 8;
            let byte = buffer >> bits;
            buffer &= (1 << bits) - 1;
            u8::try_from(byte).ok()
        })
    }

    /// All bytes.
    #[must_use]
    pub fn to_vec(&self) -> Vec<u8> {
        self.iter().collect()
    }
}

impl PartialEq for Bytes<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl Eq for Bytes<'_> {}

#[cfg(test)]
mod tests {
    use super::Bytes;

    #[test]
    fn both_codings_give_the_same_bytes() {
        // RFC 4648, section 10.
        let rows = [
            ("Zg", "66", "f"),
            ("Zm8", "666f", "fo"),
            ("Zm9v", "666F6F", "foo"),
            ("Zm9vYg", "666f6f62", "foob"),
            ("Zm9vYmE", "666f6f6261", "fooba"),
            ("Zm9vYmFy", "666f6f626172", "foobar"),
            ("-_-_", "fbffbf", ""),
        ];
        for (base64, hex, text) in rows {
            let (base64, hex) = (Bytes::from_base64(base64), Bytes::from_hex(hex));
            assert!(base64 == hex);
            assert_eq!(base64.len(), base64.iter().count());
            assert_eq!(hex.len(), hex.iter().count());
            assert!(text.is_empty() || base64.to_vec() == text.as_bytes());
        }
        assert_eq!(Bytes::from_base64("+/-_").to_vec(), [0xfb, 0xff, 0xbf]);
        assert!(Bytes::from_hex("00") != Bytes::from_hex("01"));
    }
}
