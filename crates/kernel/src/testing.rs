//! What all property tests of this crate share: a fixed seed, so that they say the same on every run, and no files
//! written beside the sources.

use proptest::test_runner::{Config, RngSeed};

/// The usual number of cases from a fixed seed.
pub fn seeded() -> Config {
    Config { rng_seed: RngSeed::Fixed(20_191_009), failure_persistence: None, ..Config::default() }
}
