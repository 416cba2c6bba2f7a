//! Waiting for what another thread brings about: for its request to repaint, not for time to pass.

use std::{
    sync::{Arc, Condvar, Mutex},
    thread::{self, ThreadId},
    time::{Duration, Instant},
};

use egui::{Context, Id, ViewportId};
use egui_kittest::Harness;
use meanwhile::app::App;

/// After so long without a request from any thread a test gives up.
const PATIENCE: Duration = Duration::from_secs(30);
/// A frame that the window itself asks for within this time is drawn at once.
const SOON: Duration = Duration::from_millis(500);

/// Notices the requests of other threads to repaint.
#[derive(Clone)]
struct Requests {
    /// Whether there was one since the last wait.
    is_due: Arc<(Mutex<bool>, Condvar)>,
    own_thread: ThreadId,
}

impl Requests {
    fn id() -> Id {
        Id::unique("requests to repaint")
    }

    fn note(&self) {
        if thread::current().id() != self.own_thread {
            *self.is_due.0.lock().expect("not poisoned") = true;
            self.is_due.1.notify_all();
        }
    }

    /// Waits for a request; `false` where none came in time.
    fn wait(&self) -> bool {
        let (is_due, noticed) = &*self.is_due;
        let is_due = is_due.lock().expect("not poisoned");
        let waited = noticed.wait_timeout_while(is_due, PATIENCE, |is_due| !*is_due);
        std::mem::take(&mut *waited.expect("not poisoned").0)
    }
}

/// Begins to notice requests to repaint that come from other threads than this one.
pub fn notice(ctx: &Context) {
    let requests = Requests {
        is_due: Arc::default(),
        own_thread: thread::current().id(),
    };
    ctx.data_mut(|data| data.insert_temp(Requests::id(), requests.clone()));
    ctx.set_repaint_observer(move |_| requests.note());
}

/// Runs frames until `is_there`, which something on another thread brings about.
pub fn wait_until(
    window: &mut Harness<'_, App>,
    what: &str,
    is_there: impl Fn(&Harness<'_, App>) -> bool,
) {
    let requests: Option<Requests> = window.ctx.data(|data| data.get_temp(Requests::id()));
    let requests = requests.expect("requests are noticed");
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        window.run();
        if is_there(window) {
            return;
        }
        let outputs = &window.output().viewport_output;
        let delay = outputs.get(&ViewportId::ROOT).map(|it| it.repaint_delay);
        if let Some(delay) = delay.filter(|delay| *delay < SOON) {
            let steps = (delay.as_secs_f32() / super::STEP_SECS).ceil();
            window.run_steps(steps as usize + 1);
        } else if !requests.wait() {
            break;
        }
    }
    panic!("{what} never came");
}

/// The same for something that the app knows.
pub fn wait_for(window: &mut Harness<'_, App>, what: &str, is_there: impl Fn(&App) -> bool) {
    wait_until(window, what, |window| is_there(window.state()));
}
