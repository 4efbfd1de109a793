//! Digests as people and stored texts spell them: lower-case hexadecimal digits.

use std::fmt;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Writes 32 bytes as 64 digits, all at once: a digest is printed with every act.
pub fn write(bytes: &[u8; 32], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut digits = [0; 64];
    for (pair, byte) in digits.chunks_exact_mut(2).zip(bytes) {
        pair.copy_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 0xf)]]);
    }
    f.write_str(std::str::from_utf8(&digits).map_err(|_| fmt::Error)?)
}
