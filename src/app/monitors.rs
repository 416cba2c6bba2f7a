//! The monitors, which come and go while the window is open.
//!
//! winit keeps the list of an X server's monitors that it read at the start, since the event that
//! says that the list has changed never reaches it (winit issue 3405). So the server is asked here,
//! over a connection of its own; and after each change a property of the window is touched that
//! could have changed the resolution, upon which winit reads its list anew. Nothing is written.

use std::sync::mpsc::{Receiver, TryRecvError};

use eframe::CreationContext;
use winit::monitor::MonitorHandle;

/// The monitors that are plugged in.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Monitors {
    /// How many there are; 0 where the platform does not say.
    pub count: usize,
    /// One that the window is not on, where there are several: its index in the list by which winit
    /// opens windows.
    pub other: Option<usize>,
    /// Counts how often another one became that.
    pub choice: u64,
    /// Whether the window is woken when they change.
    pub wakes_on_change: bool,
}

impl Monitors {
    /// The monitors as the window reports them.
    pub fn of(frame: &eframe::Frame, watch: &mut Watch) -> Self {
        let Some(window) = frame.winit_window() else {
            return Self::default();
        };
        let all = watch.counts.plugged_in(window.available_monitors());
        let other = watch.chosen.other(&all, window.current_monitor());
        Self {
            count: all.len(),
            other,
            choice: watch.chosen.times,
            wakes_on_change: watch.is_on(),
        }
    }
}

/// What is kept of the monitors from frame to frame.
#[derive(Default)]
pub(super) struct Watch {
    counts: MonitorCounts<MonitorHandle>,
    chosen: Chosen<MonitorHandle>,
    /// Closed when nothing watches any more.
    changes: Option<Receiver<()>>,
}

impl Watch {
    /// Has the window woken when a monitor is plugged in or out, where the platform tells when they change.
    pub fn start(context: &CreationContext<'_>) -> Self {
        Self {
            counts: MonitorCounts::default(),
            chosen: Chosen::default(),
            changes: platform::watch(context),
        }
    }

    /// Whether the window is still woken.
    fn is_on(&self) -> bool {
        let closed = Some(Err(TryRecvError::Disconnected));
        self.changes.is_some() && self.changes.as_ref().map(Receiver::try_recv) != closed
    }
}

/// How often each monitor has been in the platform's list at most.
///
/// On Wayland winit lists those twice that were there at the start, and takes one of the two away
/// when such a monitor is unplugged.
struct MonitorCounts<M>(Vec<(M, usize)>);

impl<M> Default for MonitorCounts<M> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<M: Clone + PartialEq> MonitorCounts<M> {
    /// The monitors of a list that are there, each once, in its order. That is the list by which
    /// winit opens windows, on Wayland too.
    fn plugged_in(&mut self, list: impl Iterator<Item = M>) -> Vec<M> {
        let mut counted: Vec<(M, usize)> = Vec::new();
        for monitor in list {
            match counted.iter_mut().find(|(it, _)| *it == monitor) {
                Some((_, times)) => *times += 1,
                None => counted.push((monitor, 1)),
            }
        }
        // Who is not listed any more is forgotten.
        self.0
            .retain(|(it, _)| counted.iter().any(|(monitor, _)| it == monitor));
        counted.retain(|(monitor, times)| {
            if let Some((_, most)) = self.0.iter_mut().find(|(it, _)| it == monitor) {
                *most = (*most).max(*times);
                times >= most
            } else {
                self.0.push((monitor.clone(), *times));
                true
            }
        });
        counted.into_iter().map(|(monitor, _)| monitor).collect()
    }
}

/// The monitor that the window is on, and the other one that was chosen.
struct Chosen<M> {
    here: Option<M>,
    other: Option<M>,
    times: u64,
}

impl<M> Default for Chosen<M> {
    fn default() -> Self {
        Self {
            here: None,
            other: None,
            times: 0,
        }
    }
}

impl<M: Clone + PartialEq> Chosen<M> {
    /// The index of another monitor of `all` than the window's. It stays the same as long as it is
    /// plugged in and the window is not on it. A window that is on none for a while (minimized, on
    /// another workspace) counts as where it was last.
    fn other(&mut self, all: &[M], here: Option<M>) -> Option<usize> {
        let is_there = |monitor: &M| all.contains(monitor);
        let here = here.filter(is_there);
        self.here = here.or_else(|| self.here.take().filter(is_there));
        let is_other = |monitor: &M| self.here.as_ref().is_some_and(|here| here != monitor);
        let kept = self.other.clone().filter(is_there).filter(is_other);
        let other = kept.or_else(|| all.iter().find(|it| is_other(it)).cloned());
        if self.other != other {
            self.times += 1;
            self.other = other;
        }
        all.iter().position(|it| self.other.as_ref() == Some(it))
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
mod platform {
    use std::{sync::mpsc::Receiver, time::Duration};

    use eframe::CreationContext;
    use raw_window_handle::{HasWindowHandle, RawWindowHandle};
    use x11rb::{
        connection::Connection,
        errors::{ConnectError, ConnectionError},
        protocol::{
            Event,
            randr::{ConnectionExt as _, NotifyMask},
            xproto::{AtomEnum, PropMode, Window},
        },
        wrapper::ConnectionExt as _,
    };

    use crate::open::worker;

    /// winit has read its list anew after this time, and a window manager has moved the windows.
    const SETTLED: Duration = Duration::from_millis(150);

    pub(super) fn watch(context: &CreationContext<'_>) -> Option<Receiver<()>> {
        let window = match context.window_handle().ok()?.as_raw() {
            RawWindowHandle::Xlib(xlib) => Window::try_from(xlib.window).ok()?,
            RawWindowHandle::Xcb(xcb) => xcb.window.get(),
            _ => return None,
        };
        let server = Server::connect().ok()?;
        let ctx = context.egui_ctx.clone();
        let wake = move || ctx.request_repaint_after(SETTLED);
        // It ends with the connection, and that with the program.
        Some(worker::start("monitors", wake, move |outbox| {
            while server.wait_for_change().is_ok()
                && server.touch(window).is_ok()
                && outbox.send(())
            {}
        }))
    }

    /// A connection to the X server.
    struct Server(x11rb::rust_connection::RustConnection);

    impl Server {
        fn connect() -> Result<Self, ConnectError> {
            let (connection, screen) = x11rb::connect(None)?;
            let root = connection.setup().roots.get(screen).map(|it| it.root);
            let root = root.ok_or(ConnectError::InvalidScreen)?;
            let changes =
                NotifyMask::SCREEN_CHANGE | NotifyMask::CRTC_CHANGE | NotifyMask::OUTPUT_CHANGE;
            let asked = connection
                .randr_query_version(1, 2)
                .and_then(|version| {
                    version
                        .reply()
                        .or(Err(ConnectionError::UnsupportedExtension))
                })
                .and_then(|_| connection.randr_select_input(root, changes))
                .and_then(|_| connection.flush());
            match asked {
                Ok(()) => Ok(Self(connection)),
                Err(_) => Err(ConnectError::InvalidScreen),
            }
        }

        /// Waits until the monitors have changed.
        fn wait_for_change(&self) -> Result<(), ConnectionError> {
            loop {
                let event = self.0.wait_for_event()?;
                if matches!(
                    event,
                    Event::RandrNotify(_) | Event::RandrScreenChangeNotify(_)
                ) {
                    return Ok(());
                }
            }
        }

        /// Appends nothing to the property of a window that, on the root window, holds the
        /// resolution.
        fn touch(&self, window: Window) -> Result<(), ConnectionError> {
            let (property, kind) = (AtomEnum::RESOURCE_MANAGER, AtomEnum::STRING);
            self.0
                .change_property8(PropMode::APPEND, window, property, kind, &[])?;
            self.0.flush()
        }
    }
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
mod platform {
    use std::sync::mpsc::Receiver;

    use eframe::CreationContext;

    pub(super) const fn watch(_: &CreationContext<'_>) -> Option<Receiver<()>> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_monitor_is_there_once_and_gone_when_it_is_listed_less_often() {
        let mut counts = MonitorCounts::default();
        for (list, expected) in [
            // An X server's list.
            ("a", "a"),
            ("ab", "ab"),
            ("a", "a"),
            ("ab", "ab"),
            // winit's on Wayland.
            ("abab", "ab"),
            ("bab", "b"),
            ("babc", "bc"),
            ("bab", "b"),
            ("babd", "bd"),
            ("", ""),
            ("a", "a"),
        ] {
            let there = counts.plugged_in(list.chars());
            assert_eq!(there, expected.chars().collect::<Vec<_>>(), "{list}");
        }
    }

    #[test]
    fn the_other_monitor_stays_the_same_as_long_as_it_can() {
        let mut chosen = Chosen::default();
        let mut now = |all: &str, here: Option<char>| {
            let all: Vec<char> = all.chars().collect();
            chosen.other(&all, here).map(|at| (all[at], chosen.times))
        };
        assert_eq!(now("a", Some('a')), None);
        assert_eq!(now("ab", Some('a')), Some(('b', 1)));
        assert_eq!(
            now("xab", Some('a')),
            Some(('b', 1)),
            "a third one, listed first"
        );
        assert_eq!(now("ab", None), Some(('b', 1)), "the window is minimized");
        assert_eq!(
            now("ab", Some('b')),
            Some(('a', 2)),
            "the notes were dragged to it"
        );
        assert_eq!(now("b", Some('b')), None, "unplugged");
        assert_eq!(now("bc", Some('b')), Some(('c', 4)));
        assert_eq!(
            now("b", Some('z')),
            None,
            "one that is gone is not where the window is"
        );
    }
}
