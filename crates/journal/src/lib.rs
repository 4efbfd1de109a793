//! The journal: acts as they are stored, the Merkle log over their exact bytes, its proofs, and the check of a whole book.
//!
//! A book's acts form one RFC 9162 tree: leaf `i` is the hash of the stored bytes of act `i`. Nothing here reads a file,
//! a database or a clock; callers bring bytes and get digests, proofs and differences.
//!
//! - [`digest`]: the two hash functions and their leaf and node prefixes.
//! - [`envelope`]: one act as one line of canonical JSON; what is hashed is exactly what is stored.
//! - [`forms`]: how each domain event is stored: kind, versioned form, body.
//! - [`merkle`]: the frontier (compact range) that appends in O(log n).
//! - [`proof`]: inclusion and consistency proofs, made and checked.
//! - [`checkpoint`]: a tree head as text that leaves the machine.
//! - [`verify`]: recompute a stored book and name the first difference.

mod base64;
pub mod checkpoint;
pub mod digest;
pub mod envelope;
pub mod forms;
pub mod merkle;
pub mod proof;
#[cfg(test)]
mod testing;
pub mod verify;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use digest::{Digest, HashKind};
pub use envelope::{ActEnvelope, EnvelopeError, PackRef};
pub use merkle::Frontier;
