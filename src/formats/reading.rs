//! How far a reading has come, seen from another thread, and the wish that it end.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// What bringing in the bytes is of the whole; the rest is understanding them. On a disk that is at
/// hand it takes less, over a network more.
const FETCHING: f32 = 0.2;

/// A reading that goes on, shared by the one who reads and the one who waits.
///
/// Both shares go from 0 to 1 and never back, whichever thread writes them.
#[derive(Debug, Default)]
pub struct Reading {
    fetched: Share,
    understood: Share,
    is_cancelled: AtomicBool,
}

impl Reading {
    /// How much is done, from 0 to 1.
    pub fn share(&self) -> f32 {
        FETCHING * self.fetched.get() + (1.0 - FETCHING) * self.understood.get()
    }

    /// Nobody waits for it any more: it ends soon, with
    /// [`ReadError::Cancelled`](super::ReadError::Cancelled).
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether nobody waits for it any more.
    pub fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed)
    }

    /// So many of the bytes are in memory.
    pub fn fetched(&self, bytes: u64, of: u64) {
        self.fetched.reach(bytes, of);
    }

    /// So many of the bytes have been understood.
    pub fn understood(&self, bytes: u64, of: u64) {
        self.understood.reach(bytes, of);
    }
}

/// A share of a whole, in thousandths.
#[derive(Debug, Default)]
struct Share(AtomicU32);

impl Share {
    fn get(&self) -> f32 {
        self.0.load(Ordering::Relaxed) as f32 / 1000.0
    }

    fn reach(&self, part: u64, of: u64) {
        let thousandths = part.min(of).saturating_mul(1000) / of.max(1);
        let thousandths = u32::try_from(thousandths).unwrap_or(1000);
        // The same thousandth is reached by many events: only a new one is written.
        if thousandths > self.0.load(Ordering::Relaxed) {
            self.0.fetch_max(thousandths, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_goes_from_nothing_to_all_and_never_back() {
        let reading = Reading::default();
        let mut shares = vec![reading.share()];
        for bytes in [0, 500, 250, 1000, 2000] {
            reading.fetched(bytes, 1000);
            shares.push(reading.share());
        }
        for bytes in [0, 400, 100, 1000] {
            reading.understood(bytes, 1000);
            shares.push(reading.share());
        }
        assert!(shares.is_sorted(), "{shares:?}");
        assert_eq!(shares.first(), Some(&0.0));
        assert_eq!(shares.last(), Some(&1.0));
        assert!((reading.share() - 1.0).abs() < f32::EPSILON);
    }

    #[test]
    fn nothing_of_nothing_is_no_share() {
        let reading = Reading::default();
        reading.fetched(0, 0);
        assert_eq!(reading.share(), 0.0);
    }
}
