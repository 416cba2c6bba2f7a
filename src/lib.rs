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
//! | room | | what is in it |
//! |---|---|---|
//! | [`time`] | WHEN | instants, EDTF dates, dates as people write them, dates in words |
//! | [`model`] | WHAT | the immutable [`Timeline`](model::Timeline): what every frame reads in columns, what only an opened event needs packed beside them; search, filter, Markdown blocks |
//! | [`formats`] | FILES | which format a file has, bytes → [`Source`](formats::Source) (text, timeline, diagnostics), the rows of timeline.json, files of other programs → rows → text, text → rows → files of other programs, the JSON Schema |
//! | [`edit`] | EDIT | the text of an open chronology, changes of it, undo and redo |
//! | [`layout`] | WHERE | camera, ticks, lanes, rows and labels, clusters, hit test, the display lists ([`Scene`](layout::Scene)) of canvas, overview and lesson |
//! | [`export`] | OUT | pages and scenes → SVG, PNG, PDF; a web page; a lesson as slides |
//! | [`command`] | DO | everything that can be done, with texts and keys |
//! | [`state`] | NOW | what the window shows, the lesson that is running ([`LessonSession`](state::LessonSession)), and what a command changes |
//! | [`view`] | LOOK | scene → egui, and the rest of the window |
//! | [`app`], [`open`], [`settings`], [`cli`] | RUN | the window, files and threads, what is restored at the next start, the command line |
//!
//! Imports point one way; `tests/it/layers.rs` parses `src/` and fails on any other:
//!
//! ```text
//! time ← model ← formats ← edit   formats, layout: time, model         open: time, model, formats, layout, export
//! time, model ← layout ← export   command: time, model, formats, edit, layout, export
//!                                                                      settings: time, formats, export, command, state
//! layout ← command ← state        view: all but open, settings, app    app: all but cli;  cli: no command, state, view
//! ```
//!
//! Words: an event is drawn as a *mark* in a *lane*; where there is room it is *labelled*, else
//! *clustered*: counted in a histogram. A label's *form* is under or beside its mark. A *level*
//! is the set of labels that first fit at one of a few neighbouring *scales* (px per second). The
//! *story* is the panel of the selected event, the *stage* what a class sees of a *lesson*.
//!
//! ## Where to look
//!
//! | question | place |
//! |---|---|
//! | Which format is this file? | spreadsheets by their first bytes; a text is decoded by `formats::encoding`, and read as timeline.json; where that fails the `Importer`s are asked, then `formats::detect` says what it is |
//! | Where is timeline.json read? | [`formats::json`]: `strict`, its events in `parts`; else `lenient`; then `check` |
//! | Where is a file of another format read? | `formats::import`, a file each: it writes [`formats::rows`] into a `Draft`; [`formats::write::json`] makes the text of them that is then read like any other, and faults are led back to the file by [`formats::origins`] |
//! | Where is one written? | [`formats::write`], a file each, with what it cannot hold ([`formats::write::losses`]); put on the disk by [`open::saving`] |
//! | Where is a chronology changed? | what is changed is an [`edit::Change`], carried by `Command::Edit`; `Draft::change` makes it in the text; `app::edit_commands` has the text read again and shown, `app::leaving` saves it; forms and the line of a new event are in [`view::writing`], drags in `view::canvas::moving` |
//! | Where would another format go? | a variant of [`formats::Format`], an `Importer` in `formats::import`; a variant of [`formats::write::Target`] and a file in `formats::write` |
//! | Where is a date parsed? As people write it? Put into words? | `When::parse` in `time::parse`; [`time::freeform`]; [`time::words`]; a label that the file gives instead: `Timeline::date_words`, on the canvas `Timeline::write_date_label` |
//! | Where is Markdown read? | [`model::markdown`]; it is laid out by [`view::markdown`] |
//! | Where are the row and the side of a label chosen? | `LabelPlacer` in `layout::labels::placer`, level by level from coarse to fine, once per canvas size and set of shown events; how many rows, the form, and whether summaries stand below: `layout::rows`; on the stage, once per lesson and size: [`layout::stage_rows`], and the heights of a step: [`layout::stage_lanes`] |
//! | Where is a frame drawn? | [`view::canvas`] has [`layout::draw::scene`] fill a [`Scene`](layout::Scene) where its input has changed, and [`view::paint`] paint it; [`layout::overview`], [`layout::draw::stage_timeline`] |
//! | Where do lines pass marks and labels? | ways of causes and threads: `layout::draw::routes`; grid, era and "as of" lines stop at labels there, too |
//! | Where is output made? | pages in [`layout::picture`] and [`layout::poster`], with [`layout::sheet`] around the timeline, and [`export::handout`], whose texts [`layout::flow`] breaks into pages; the web page in [`export::web_page`], with `assets/page`; slides in [`export::lesson`], as a presentation in [`export::pptx`]; written by [`export::svg`], [`export::png`], [`export::pdf`] from glyphs of [`export::shape`]; what is asked for is an [`export::job`]; the dialog is [`view::export`], its choices [`export::choice`], its thread [`open::exporting`], what its commands do `app::export_commands` |
//! | What is under the pointer? | [`layout::hit`] |
//! | Where does a filter change the picture? | which events pass: [`model::filter`], applied in `app::canvas`; dimmed: [`layout::FilterResult`], read in [`layout::draw`] and [`layout::overview`]; hidden: a layout of `LaneIndex::of_subset`, made by `app::loading`; the list: [`view::all_events`] |
//! | Where are a command's text and keys? | `command::menu`; in a lesson `command::lesson` |
//! | Where would a new command go? | a line in `command::menu`, and an arm in `State::apply_menu`: an empty one where it needs the window or a file and is done in `app::commands`; the palette follows, and the list of keys where it has any. In a lesson: a line in `command::lesson`, an arm in `LessonSession::apply`. If wanted: the View menu (`view::top_bar`), Back (`state::back_and_forward`), README |
//! | What does a command change? | [`State::apply`](state::State::apply), after `app::commands`; what time and the canvas's size change: [`State::advance`](state::State::advance) |
//! | What does Esc do? | it is `MenuCommand::StepBack`: `app::commands` cancels the opening of another file, or leaves full screen where no layer is there; else `state::layers` closes the topmost layer of [`command::Layer`]`::STACK`. In the fields of search and palette `view` sends it, since egui has taken the key. In a lesson it is `LessonMenuCommand::Leave`: `state::presenting` closes the question whether another file may end it, or the list of keys, else `state::lesson` forgets a typed number, closes what is open, or ends the lesson |
//! | What is a screen reader told? | names, roles and announcements: [`view::accessible`]; in a lesson [`view::lesson::spoken`]; which node has the keyboard: `App::apply` in `app::commands` |
//! | Who follows the monitors that are plugged in and out? | `app::monitors`, and `LessonWindows::follow` in `app::lesson` |
//! | What becomes of a fault of the program? | [`open::crash_reports`] writes a report, which the next start names in the message bar (`app::run`) |
//! | How do two windows share the settings? | each saves what was changed in it: [`settings::Store::save`], `settings::merge` |
//! | Where is a lesson's next step? | `LessonMenuCommand::Next` in `state::lesson` |
//! | What is a frame made of? | [`App::show`](app::App::show): take input → apply commands → advance → draw |
//! | What does a frame cost? | `draw::scene`, with a million events, 0.04 to 0.07 ms, with a thousand 0.04 to 0.06 (`benches/scene.rs`); a pan step of the whole file, from input to triangles, 0.43 ms and 0.41 ms (`benches/window.rs` with `-- --sizes 1k,1m`; without a window: `benches/frame.rs`). 95th percentiles of the workload `history`, see the README |
//!
//! ## From file to pixels
//!
//! ```text
//! bytes ─ formats::read ─→ Source ─ LaneIndex ─→ LayoutBuilder ─→ Layout ─ draw::scene ─→ Scene ─ view::paint ─→ egui
//! on threads: reading (open::Opening), and the layout of more than 2,000 events (open::layout_thread),
//! of which the coarsest level is shown first
//!
//! pointer ─ view ─→ Commands ─ the next frame ─┐
//! keys ─ view::keys ─→ Commands ─ this frame ──┴→ app::commands, State::apply ─→ State
//! ```
//!
//! Every chronology *is* a text in the form of timeline.json, and the timeline is made of it by one
//! reader. So what the reader does not know (other fields, the order of keys, numbers as they were
//! written) is not lost: it is in the text. [`formats::json::ranges`] finds the rows in it;
//! [`open::text`] gives it, reading a large file again.
//!
//! What is read, searched or laid out beside the window runs in an [`open::worker`], which asks for
//! a frame when it has something; so does the watch of the monitors. Of a large file the parts of its
//! text, and then its lanes, are worked on by all processors (rayon); what comes of it does not depend
//! on how many there are.
//!
//! An open text that was changed is held by [`edit::OpenText`] alone once it is read, and changed in
//! place; what was read of it ([`formats::read_text`]) is a step behind while a large one is read again.
//! The timeline that is read then shares with the one before the texts of the events that stayed as they
//! were ([`model::KnownTexts`]), so that a million of them are not held twice.
//!
//! ## A lesson in two windows
//!
//! `app::presenting` makes a [`view::lesson::Show`] of the state, which is all that a window of a
//! lesson may know. `app::lesson` shares it with the stage's own window through a mutex; the stage
//! is drawn again only when it has changed, and what is pressed there comes back as commands. The
//! main window keeps the keyboard. The stage's window is a new one for each monitor, and closed while
//! its monitor is unplugged. A file that is opened in the middle asks before it ends the lesson. The
//! main window's view stays as it was; where it was made larger for the lesson, camera and scroll
//! are restored once it has its old width again, within three seconds and unless a command comes first.
//!
//! ## Invariants
//!
//! 1. `time`, `model`, `formats`, `edit`, `layout`, `export`, `command` and `state` know no toolkit, window, file,
//!    thread or clock; `open` and `settings` know no toolkit. What `formats`, `model` and `layout` hand
//!    to rayon are computations without effects.
//! 2. While a frame is drawn, only [`layout::camera`] turns an instant into x or back;
//!    [`layout::density`] puts its equal bins beside one that the camera has placed. What plans for
//!    every scale (`build`, `outline`, `lane_index`, `flight`, `labels`) multiplies times by scales.
//! 3. Views change no state: they return commands. State changes in `State::apply` and
//!    `State::advance` alone.
//! 4. The cost of drawing the canvas does not grow with the number of events: what it shows of a row
//!    is found by binary search, and what it counts by tables ([`layout::lane_index`]). That of the
//!    frame in which a filter changes does.
//! 5. Bad data never panics and is never dropped in silence: it becomes a diagnostic with its place,
//!    and the rest is shown.
//! 6. The same input gives the same scene, byte for byte; a scene is in paint order.
//! 7. Nothing opens a network connection (but to the display, where that is one), and there is no `unsafe` code.
//! 8. No files import each other in a circle, between rooms or inside one.
//! 9. A timeline is made by the reader alone, and the text of a source by `formats::source` alone.
//! 10. No label flickers or jumps: its row, side and form do not depend on the camera, and finer
//!     levels leave coarser ones as they are ([`layout::labels`]). An event is either labelled or
//!     clustered at every scale, never both, never neither. Only where an edge of the plot cuts it,
//!     a label fades out; its mark stays.
//!
//! `tests/it/layers/rules.rs` holds the imports, 1, 2, 3, 7 (for `src`, not for the crates it uses), 8
//! and 9, that no import is by a star, that a function has at most five parameters and none is a tuple
//! in a tuple, and that some things are done in one file. 4 and 10 are tested in `tests/it/many` and
//! `tests/it/rows.rs`, 5 in `formats`, 6 in `tests/it/rows.rs`, `tests/it/many/stages.rs` and, as
//! pictures, `tests/it/golden.rs`.

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

/// The licences of all that is in the program; `assets/licenses.py` makes them.
pub const LICENSES: &str = include_str!("../assets/licenses.txt");

pub mod app;
pub mod cli;
pub mod command;
pub mod edit;
pub mod export;
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
