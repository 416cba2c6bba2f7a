//! Whether the system asks for less motion, which egui does not report.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use egui::Context;
use mundy::{Interest, Preferences, ReducedMotion, Subscription};

/// The system's motion setting, followed as long as this lives.
pub(super) struct SystemMotion {
    is_reduced: Arc<AtomicBool>,
    /// Ends when it is dropped.
    _subscription: Subscription,
}

impl SystemMotion {
    /// Starts to listen; the window is woken when the setting changes. Where the system reports
    /// none, there is motion.
    pub fn listen(ctx: &Context) -> Self {
        let is_reduced = Arc::new(AtomicBool::new(false));
        let (heard, ctx) = (Arc::clone(&is_reduced), ctx.clone());
        let subscription = Preferences::subscribe(Interest::ReducedMotion, move |preferences| {
            let is_reduced = preferences.reduced_motion == ReducedMotion::Reduce;
            if heard.swap(is_reduced, Ordering::Relaxed) != is_reduced {
                ctx.request_repaint();
            }
        });
        Self {
            is_reduced,
            _subscription: subscription,
        }
    }

    /// Whether less motion is asked for.
    pub fn is_reduced(&self) -> bool {
        self.is_reduced.load(Ordering::Relaxed)
    }
}
