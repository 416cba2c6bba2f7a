//! # Meanwhile
//!
//! A native desktop viewer for chronologies: it opens one file, shows its events on a zoomable
//! timeline, and shows the whole story of an event on a click. Dates are kept as they were given
//! (EDTF), drawn as wide as they are uncertain, and put into words.
//!
//! ```
//! use meanwhile::formats;
//!
//! let file = br#"{ "title": "Iraq", "events": [{ "title": "Qais al-Khazali is released", "date": "2010" }] }"#;
//! let source = formats::read(file)?;
//! assert!(source.diagnostics.is_empty());
//! let timeline = &source.timeline;
//! let event = timeline.events().next().expect("one event");
//! assert_eq!(timeline.date_words(event).to_string(), "2010 · month and day not stated");
//! # Ok::<(), formats::ReadError>(())
//! ```
//!
//! ## The rooms
//!
//! | room | question | what is in it |
//! |---|---|---|
//! | [`time`] | WHEN | instants, EDTF dates, dates in words |
//! | [`model`] | WHAT | the immutable [`Timeline`](model::Timeline): columns for every frame, records for a click; search, filter, Markdown blocks |
//! | [`formats`] | FILES | which format a file has, bytes → [`Source`](formats::Source) (text, timeline, diagnostics), the rows of timeline.json, rows → text, the JSON Schema |
//! | [`layout`] | WHERE | camera, ticks, lanes, rows and labels, clusters, hit test, the display lists ([`Scene`](layout::Scene)) of canvas, overview and lesson |
//! | [`command`] | DO | everything that can be done, with its text and keys |
//! | [`state`] | NOW | what the window shows, how far a lesson has come ([`LessonSession`](state::LessonSession)), and what a command changes |
//! | [`view`] | LOOK | scene → egui, and the rest of the window |
//! | [`app`], [`open`], [`settings`], [`cli`] | RUN | the window, files and threads, what is restored at the next start, the command line |
//!
//! Imports point one way: time ← model ← formats; time, model ← layout; those ← command ← state ←
//! view ← app ← cli. `open` and `settings` stand beside `view`: they know files and threads, and no
//! toolkit. `tests/it/layers.rs` parses `src/` and fails on an arrow that points the other way.
//!
//! ## Where to look
//!
//! | question | place |
//! |---|---|
//! | Which format is this file? | `formats::detect` |
//! | Where would another format go? | to open it: a file in `formats` beside [`formats::json`] that makes [`formats::rows`] of its bytes, and its name in `formats::detect`; to save it: a file in [`formats::write`] |
//! | Where is timeline.json read? | [`formats::json`]: `strict`, else `lenient`, then `check` |
//! | Where is a date parsed? Put into words? | `time::parse`; [`time::words`] |
//! | Where is Markdown read? | [`model::markdown`] |
//! | Where are the row and the side of a label chosen? | `layout::labels::placer`, once per window size, for every scale at once |
//! | Where is a frame drawn? | [`layout::draw`] fills a [`Scene`](layout::Scene), [`view::paint`] hands it to egui |
//! | What is under the pointer? | [`layout::hit`] |
//! | Where is the text of a command? Its keys? | `command::table` |
//! | What does Esc do? | it closes the topmost layer of [`command::Layer`]`::STACK`, in `state::layers` (in a lesson: `state::lesson`) |
//! | What does a command change? | [`State::apply`](state::State::apply); what time changes: [`State::advance`](state::State::advance) |
//! | What is a frame made of? | [`App::show`](app::App::show): take input → apply commands → advance → draw |
//! | What does a frame cost? | with a million events in the file 0.04 to 0.07 ms to lay out and 0.43 ms in all, as with a thousand; measured by `benches/scene.rs` and `benches/window.rs`, the figures are in the README |
//!
//! ## From file to pixels
//!
//! ```text
//! bytes ─ formats::read ─→ Source ─ LaneIndex ─→ LayoutBuilder ─→ Layout ─ draw::scene ─→ Scene ─ view::paint ─→ egui
//!         on a thread               once a file   once a window size,       where the input
//!                                                 level by level            has changed
//! pointer, keys ─ view, app::input ─→ Commands ─ State::apply ─→ State
//! ```
//!
//! Every chronology *is* a text in the form of timeline.json, and the timeline is made of it by one
//! reader. So what the reader does not know (other fields, the order of keys, numbers as they were
//! written) survives because the text does. [`formats::json::ranges`] finds the rows in it.
//!
//! A large file is laid out on a thread ([`open::layout_thread`]); the coarsest level is shown while
//! the finer ones are made. What is read, searched or laid out beside the window runs in an
//! [`open::worker`], which asks for a frame when it has something.
//!
//! ## A lesson in two windows
//!
//! `app::presenting` makes a [`view::lesson::Show`] of the state, which is all that a window of a
//! lesson may know. The stage's own window gets it behind a lock and draws itself only when it has
//! changed; what is pressed there comes back as commands like everything else. The lesson changes
//! nothing in the main window's view; a window that was made larger for it gets its view back when it
//! is as large as before.
//!
//! ## Invariants
//!
//! 1. `time`, `model`, `formats`, `layout`, `command` know no toolkit, window, file, thread or clock;
//!    `state`, `open` and `settings` know no toolkit.
//! 2. Only [`layout::camera`] turns time into x or back.
//! 3. Views change no state: they return commands. State changes in `State::apply` and
//!    `State::advance` alone.
//! 4. A frame's cost does not grow with the number of events: what it shows of a row is found by
//!    binary search, and what it counts by tables ([`layout::lane_index`]).
//! 5. Bad data never panics and is never dropped in silence: it becomes a diagnostic with its place,
//!    and the rest is shown.
//! 6. The same input gives the same scene, byte for byte; a scene is in paint order.
//! 7. Nothing opens a network connection, and there is no `unsafe` code.
//! 8. No files import each other in a circle, between rooms or inside one.
//! 9. A timeline is made by the reader alone, and the text of a file is made by `formats` alone.
//! 10. No label ever flickers or jumps: rows, sides and forms are chosen before anyone zooms
//!     ([`layout::labels`]), and an event is either labelled or clustered at every scale, never both,
//!     never neither.
//!
//! `tests/it/layers.rs` holds 1, 2, 3, 7, 8 and 9, and that each thing is done in one place.

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
