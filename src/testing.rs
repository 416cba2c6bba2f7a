//! Helpers shared by the tests of several modules.

use proptest::{prelude::ProptestConfig, test_runner::RngSeed};

/// A configuration with this many cases, the same on every run, and no file of failures.
pub fn fixed(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(2016),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}
