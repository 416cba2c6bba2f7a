//! The progress of reading a file, seen from another thread, and its cancellation.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// The share of the progress that fetching the bytes takes; the rest is parsing. On a local disk it
/// takes less of the time, over a network more.
const FETCHING: f32 = 0.2;

/// The progress of one file, shared by the thread that reads and the one that waits.
///
/// Both shares only grow, whichever thread writes them.
#[derive(Debug, Default)]
pub struct ReadProgress {
    fetched: Share,
    parsed: Share,
    is_cancelled: AtomicBool,
}

impl ReadProgress {
    /// How much is done, from 0 to 1.
    pub fn share(&self) -> f32 {
        FETCHING * self.fetched.get() + (1.0 - FETCHING) * self.parsed.get()
    }

    /// Requests cancellation: reading ends soon, with
    /// [`ReadError::Cancelled`](super::ReadError::Cancelled).
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether cancellation was requested.
    pub fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed)
    }

    /// Reports that `bytes` of the file's bytes are in memory.
    pub fn fetched(&self, bytes: u64, of: u64) {
        self.fetched.raise(bytes, of);
    }

    /// Reports that `bytes` of the file's bytes have been parsed.
    pub fn parsed(&self, bytes: u64, of: u64) {
        self.parsed.raise(bytes, of);
    }
}

/// A share of a whole, in thousandths.
#[derive(Debug, Default)]
struct Share(AtomicU32);

impl Share {
    fn get(&self) -> f32 {
        self.0.load(Ordering::Relaxed) as f32 / 1000.0
    }

    fn raise(&self, part: u64, of: u64) {
        let thousandths = part.min(of).saturating_mul(1000) / of.max(1);
        let thousandths = u32::try_from(thousandths).unwrap_or(1000);
        // Many events reach the same thousandth: only a new one is written.
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
        let progress = ReadProgress::default();
        let mut shares = vec![progress.share()];
        for bytes in [0, 500, 250, 1000, 2000] {
            progress.fetched(bytes, 1000);
            shares.push(progress.share());
        }
        for bytes in [0, 400, 100, 1000] {
            progress.parsed(bytes, 1000);
            shares.push(progress.share());
        }
        assert!(shares.is_sorted(), "{shares:?}");
        assert_eq!(shares.first(), Some(&0.0));
        assert_eq!(shares.last(), Some(&1.0));
        assert!((progress.share() - 1.0).abs() < f32::EPSILON);
    }

    #[test]
    fn nothing_of_nothing_is_no_share() {
        let progress = ReadProgress::default();
        progress.fetched(0, 0);
        assert_eq!(progress.share(), 0.0);
    }
}
