//! # Meanwhile
//!
//! A native desktop viewer for chronologies: it opens one file, shows its events on a zoomable
//! timeline, and tells the whole story of an event on a click. Dates are kept as they were given
//! (EDTF), drawn as wide as they are uncertain, and said in words.
//!
//! ```
//! use meanwhile::{formats, time::words};
//!
//! let file = br#"{ "title": "Iraq", "events": [{ "title": "Qais al-Khazali is released", "date": "2010" }] }"#;
//! let loaded = formats::read(file)?;
//! assert!(loaded.diagnostics.is_empty());
//! let event = loaded.timeline.events().next().expect("one event");
//! assert_eq!(loaded.timeline.date_words(event).to_string(), "2010 · month and day not stated");
//! # Ok::<(), formats::ReadError>(())
//! ```
//!
//! ## The rooms
//!
//! | room | question | what lies in it |
//! |---|---|---|
//! | [`time`] | WHEN | instants, EDTF dates, dates said in words |
//! | [`model`] | WHAT | the immutable [`Timeline`](model::Timeline): columns for every frame, records for a click; search |
//! | [`formats`] | FILES | bytes → timeline and diagnostics, the JSON Schema |
//! | [`layout`] | WHERE | camera, ticks, rows and labels, the display list ([`Scene`](layout::Scene)), hit test, the timeline of a lesson ([`LessonTimeline`](layout::LessonTimeline)) |
//! | [`command`] | DO | everything that can be done, with its keys |
//! | [`state`] | NOW | what the window shows, what a lesson has come to ([`LessonSession`](state::LessonSession)), and what a command makes of it |
//! | [`view`] | LOOK | scene → egui, and the rest of the window |
//! | [`app`], [`open`], [`settings`], [`cli`] | RUN | the window, reading on a thread, what is found again, the command line |
//!
//! Imports point one way: time ← model ← formats; time, model ← layout; those ← command, state ←
//! view ← app ← cli. `open` and `settings` stand beside `view`: they know files and threads, and no
//! toolkit. `tests/it/layers.rs` reads `src/` and fails on an arrow the other way.
//!
//! ## From file to pixels
//!
//! bytes → [`formats::read`] on a thread → `Timeline` + diagnostics → [`layout::LaneIndex`], once per file →
//! [`layout::LayoutBuilder`], once per window size, level by level; of a large file on a thread
//! ([`open::layout_thread`]) → [`layout::draw::scene`] with a [`layout::SceneInput`], whenever it would
//! be another one → `view::paint` → egui → OpenGL. Back: pointer and keys → view → [`command::Command`]s → [`state::State::apply`].
//!
//! ## A lesson in two windows
//!
//! `app::presenting` makes a [`view::lesson::Show`] of the state, which is all that a window of a
//! lesson may know. The stage's own window is given it behind a lock and draws itself only when it has
//! changed; what is pressed there comes back as commands like everything else. What the main window
//! shows beside a lesson is left alone; only a window that was made larger for it gets its view back
//! when it is as large as before.
//!
//! ## Invariants
//!
//! 1. `time`, `model`, `layout`, `formats` know no window, file, thread or clock.
//! 2. Only [`layout::camera`] turns time into x or back.
//! 3. Views change no state: they return commands.
//! 4. A frame's cost does not grow with the number of events: what it shows of a row is found by
//!    halving, and what it counts by tables ([`layout::lane_index`]).
//! 5. No label ever flickers or jumps: rows, sides and forms are chosen before anyone zooms
//!    ([`layout::labels`]), and an event is either labelled or clustered at every scale, never both, never
//!    neither.
//! 6. Bad data never panics and is never dropped in silence: it becomes a diagnostic with its place,
//!    and the rest is shown.
//! 7. The same input gives the same scene, byte for byte.
//! 8. Nothing opens a network connection, and there is no `unsafe` code.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::format_push_string
    )
)]

pub mod app;
pub mod cli;
pub mod command;
pub mod formats;
pub mod layout;
pub mod model;
pub mod open;
pub mod settings;
pub mod state;
#[cfg(test)]
mod testing;
pub mod time;
pub mod view;
