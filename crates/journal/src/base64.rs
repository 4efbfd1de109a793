//! Standard Base64 of one digest (RFC 4648, with padding), as checkpoints need it; no other length.

use crate::digest::Digest;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// 32 bytes are 43 letters and one `=`.
const LETTERS: usize = 43;

pub(crate) fn encode(digest: &Digest) -> String {
    let bytes = digest.as_bytes();
    let byte = |place: usize| u32::from(bytes.get(place).copied().unwrap_or(0));
    let letter = |place: usize| {
        let group = byte(place / 4 * 3) << 16 | byte(place / 4 * 3 + 1) << 8 | byte(place / 4 * 3 + 2);
        char::from(ALPHABET[(group >> (18 - 6 * (place % 4)) & 63) as usize])
    };
    (0..LETTERS).map(letter).chain(['=']).collect()
}

/// The digest, or `None` for anything that [`encode`] does not write.
pub(crate) fn decode(text: &str) -> Option<Digest> {
    let letters = text.strip_suffix('=')?.as_bytes();
    if letters.len() != LETTERS {
        return None;
    }
    let mut bytes = Vec::with_capacity(Digest::LEN + 1);
    for quad in letters.chunks(4) {
        let mut group = 0;
        for place in 0..4 {
            let value = match quad.get(place) {
                Some(letter) => ALPHABET.iter().position(|known| known == letter)? as u32,
                None => 0,
            };
            group = group << 6 | value;
        }
        bytes.extend([(group >> 16) as u8, (group >> 8) as u8, group as u8]);
    }
    let digest = Digest::from_slice(bytes.get(..Digest::LEN)?)?;
    // The last letter carries two bits too many: they must be zero, or one digest had several spellings.
    (encode(&digest) == text).then_some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_python_writes_it() {
        let counted = Digest::new(std::array::from_fn(|place| place as u8));
        assert_eq!(encode(&counted), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        assert_eq!(encode(&Digest::new([0xff; 32])), format!("{}8=", "/".repeat(42)));
        for digest in [counted, Digest::new([0xff; 32]), Digest::new([0; 32])] {
            assert_eq!(decode(&encode(&digest)), Some(digest));
        }
    }

    #[test]
    fn other_spellings_are_refused() {
        for text in [
            "",
            "=",
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=",
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        ] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
