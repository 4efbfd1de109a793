//! Builders, a fixed clock and the conformance suite of the stores.
