//! Random bytes: the machine's, and a seeded sequence for demonstrations and tests.

use app::ports::Randomness;
use journal::HashKind;
use std::sync::atomic::{AtomicU64, Ordering};

/// The machine's randomness.
#[derive(Debug, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    fn bytes(&self) -> [u8; 32] {
        let mut bytes = [0_u8; 32];
        // Without randomness no session, key or receipt can be made: nothing sensible can go on.
        getrandom::fill(&mut bytes).unwrap_or_else(|error| {
            tracing::error!(%error, "the machine gives no randomness");
            std::process::exit(70)
        });
        bytes
    }
}

/// A repeatable sequence: the digest of seed and counter. Never for real secrets.
#[derive(Debug)]
pub struct Seeded {
    seed: u64,
    counter: AtomicU64,
}

impl Seeded {
    /// A sequence of its own for each seed.
    pub fn new(seed: u64) -> Seeded {
        Seeded { seed, counter: AtomicU64::new(0) }
    }
}

impl Randomness for Seeded {
    fn bytes(&self) -> [u8; 32] {
        let n = self.counter.fetch_add(1, Ordering::SeqCst);
        *HashKind::Sha256.plain(format!("{}:{n}", self.seed).as_bytes()).as_bytes()
    }
}
