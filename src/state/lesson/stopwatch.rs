//! The elapsed time of a lesson, with pauses.
//!
//! It reads the wall clock, which goes on while a computer sleeps: a class does not stop for a
//! closed lid. Where that clock is set back, at most the time since the last pause is lost.

/// A stopwatch. All times are seconds of one clock, passed in.
#[derive(Copy, Clone, Debug, Default, PartialEq)]
pub struct Stopwatch {
    /// When it last started; `None` while it is paused.
    since_secs: Option<f64>,
    /// The time counted before that.
    before_secs: f64,
}

impl Stopwatch {
    /// A running stopwatch with `before_secs` already counted.
    pub fn started(now_secs: f64, before_secs: f64) -> Self {
        Self {
            since_secs: Some(now_secs),
            before_secs: before_secs.max(0.0),
        }
    }

    /// The elapsed time, in seconds.
    pub fn secs(&self, now_secs: f64) -> f64 {
        let since = self
            .since_secs
            .map_or(0.0, |since| (now_secs - since).max(0.0));
        self.before_secs + since
    }

    /// Whether it runs.
    pub fn is_running(&self) -> bool {
        self.since_secs.is_some()
    }

    /// Pauses or resumes it.
    pub fn toggle(&mut self, now_secs: f64) {
        let before_secs = self.secs(now_secs);
        let is_running = self.is_running();
        *self = Self {
            since_secs: (!is_running).then_some(now_secs),
            before_secs,
        };
    }
}

/// Minutes and seconds, with hours where there are some: `12:46`, `1:02:09`.
pub fn clock_words(secs: f64) -> String {
    let secs = secs.max(0.0) as u64;
    let (hours, minutes, secs) = (secs / 3600, secs / 60 % 60, secs % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{secs:02}")
    } else {
        format!("{minutes}:{secs:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_counts_through_pauses_a_sleep_and_a_clock_that_is_set_back() {
        let mut watch = Stopwatch::started(1000.0, 60.0);
        assert_eq!(watch.secs(1010.0), 70.0);
        watch.toggle(1010.0);
        assert!(!watch.is_running());
        assert_eq!(watch.secs(5000.0), 70.0, "it stands still");
        watch.toggle(5000.0);
        // The computer sleeps for an hour: the wall clock has gone on.
        assert_eq!(watch.secs(8600.0), 3670.0);
        assert_eq!(
            watch.secs(4000.0),
            70.0,
            "set back: what was counted before the pause is kept"
        );
    }

    #[test]
    fn it_is_read_as_people_read_it() {
        for (secs, expected) in [
            (0.0, "0:00"),
            (766.9, "12:46"),
            (3729.0, "1:02:09"),
            (-5.0, "0:00"),
        ] {
            assert_eq!(clock_words(secs), expected);
        }
    }
}
