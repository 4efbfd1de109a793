//! The log's two hash functions and the RFC 9162 domain separation of leaves and nodes.
//!
//! A book chooses its function when it is created and never changes it. Nothing here decides which data is hashed.

use std::fmt;
use std::str::FromStr;

use sha2::Digest as _;

/// 32 bytes of SM3 or SHA-256; displayed as lowercase hex.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; Digest::LEN]);

impl Digest {
    /// Bytes in a digest, for either function.
    pub const LEN: usize = 32;

    /// Wraps 32 bytes.
    pub const fn new(bytes: [u8; Self::LEN]) -> Self {
        Self(bytes)
    }

    /// The digest in stored bytes, or `None` when there are not exactly 32.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The raw bytes.
    pub const fn as_bytes(&self) -> &[u8; Self::LEN] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        kernel::hex::write(&self.0, f)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is not 64 lowercase hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a digest is written as 64 lowercase hex digits")]
pub struct DigestError;

impl FromStr for Digest {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Self, DigestError> {
        let digits = text.as_bytes();
        if digits.len() != 2 * Self::LEN {
            return Err(DigestError);
        }
        let mut bytes = [0; Self::LEN];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = hex_digit(pair[0])? << 4 | hex_digit(pair[1])?;
        }
        Ok(Self(bytes))
    }
}

fn hex_digit(digit: u8) -> Result<u8, DigestError> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(DigestError),
    }
}

/// The hash function of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum HashKind {
    /// SM3 (GB/T 32905), the default.
    #[default]
    Sm3,
    /// SHA-256 (FIPS 180-4), for neighbours who need it.
    Sha256,
}

impl HashKind {
    /// The stored name: `sm3` or `sha256`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sm3 => "sm3",
            Self::Sha256 => "sha256",
        }
    }

    /// The function of a stored name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Sm3, Self::Sha256].into_iter().find(|kind| kind.name() == name)
    }

    /// Plain hash of `bytes`, without any prefix.
    pub fn plain(self, bytes: &[u8]) -> Digest {
        self.hash(&[bytes])
    }

    /// The root of a tree without leaves: the hash of nothing.
    pub fn empty_root(self) -> Digest {
        self.hash(&[])
    }

    /// The hash of a leaf: prefix 0x00, then the stored bytes.
    pub fn leaf(self, bytes: &[u8]) -> Digest {
        self.hash(&[&[0x00], bytes])
    }

    /// The hash of an inner node: prefix 0x01, then both children.
    pub fn node(self, left: Digest, right: Digest) -> Digest {
        self.hash(&[&[0x01], &left.0, &right.0])
    }

    fn hash(self, parts: &[&[u8]]) -> Digest {
        match self {
            Self::Sm3 => digest_of(sm3::Sm3::new(), parts),
            Self::Sha256 => digest_of(sha2::Sha256::new(), parts),
        }
    }
}

fn digest_of<D>(mut hasher: D, parts: &[&[u8]]) -> Digest
where
    D: sha2::Digest,
    [u8; Digest::LEN]: From<sha2::digest::Output<D>>,
{
    for part in parts {
        hasher.update(part);
    }
    Digest(hasher.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_vectors() {
        assert_eq!(
            HashKind::Sm3.plain(b"abc").to_string(),
            "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
        );
        assert_eq!(
            HashKind::Sha256.plain(b"abc").to_string(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(
            HashKind::Sha256.empty_root().to_string(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    #[test]
    fn hex_reads_back_and_refuses_the_rest() {
        let digest = HashKind::Sm3.leaf(b"act");
        assert_eq!(digest.to_string().parse(), Ok(digest));
        for text in ["", "00", &digest.to_string().to_uppercase(), &"g0".repeat(32), &"0".repeat(65)] {
            assert_eq!(text.parse::<Digest>(), Err(DigestError), "{text}");
        }
    }

    #[test]
    fn names_are_stable() {
        for kind in [HashKind::Sm3, HashKind::Sha256] {
            assert_eq!(HashKind::from_name(kind.name()), Some(kind));
        }
        assert_eq!(HashKind::from_name("md5"), None);
    }
}
