//! Pseudo-random numbers that are the same in every run: `SplitMix64` (Steele, Lea, Flood 2014).
//!
//! A few lines here instead of a crate, so that no crate update ever changes what a seed generates:
//! figures are compared across years.

/// A generator; its whole state is one number.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The generator of a seed's sequence.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// The next number in 0 ≤ u < 1.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// The next number in 0 ≤ i < `below`.
    pub fn below(&mut self, below: usize) -> usize {
        // The bias of the product is under 2⁻³² for the ranges used here.
        ((u128::from(self.bits()) * below as u128) >> 64) as usize
    }

    /// The next number of an exponential distribution with mean 1, such as a waiting time.
    pub fn waiting(&mut self) -> f64 {
        -(1.0 - self.unit()).ln()
    }

    /// A random element of a list.
    pub fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}
