//! Keys derived from the installation's secret, each for one purpose.

use hmac::{Hmac, KeyInit, Mac};
use sm3::Sm3;

/// HMAC-SM3 of some parts, each with its length before it, so that no two lists of parts are one text.
pub fn keyed(secret: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sm3> as KeyInit>::new(&block(secret));
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// A key as HMAC takes it when it is shorter than a block: filled up with zeros.
fn block(secret: &[u8; 32]) -> hmac::digest::Key<Hmac<Sm3>> {
    let mut key = hmac::digest::Key::<Hmac<Sm3>>::default();
    key[..32].copy_from_slice(secret);
    key
}

/// The key of one purpose.
pub fn derive(secret: &[u8; 32], purpose: &str) -> [u8; 32] {
    keyed(secret, &[b"qingqu key", purpose.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_differ_by_secret_purpose_and_parts() {
        let one = derive(&[7; 32], "a");
        assert_eq!(one, derive(&[7; 32], "a"));
        assert_ne!(one, derive(&[7; 32], "b"));
        assert_ne!(one, derive(&[8; 32], "a"));
        assert_ne!(keyed(&[7; 32], &[b"ab", b"c"]), keyed(&[7; 32], &[b"a", b"bc"]));
    }
}
