//! What the tests of several rooms share.

use proptest::{prelude::ProptestConfig, test_runner::RngSeed};

/// So many cases, the same on every run, and no file of failures left behind.
pub fn fixed(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(2016),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}
