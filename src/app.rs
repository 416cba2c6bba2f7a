//! RUN: the window. A shell of few parts, which reads as: take input, apply commands, advance, draw.
//!
//! | part | what it holds |
//! |---|---|
//! | `document` | the open chronology, and the one being loaded |
//! | `canvas` | its layout, filter result and colours, and what drawing reuses |
//! | `panels` | messages, search, pictures, the open dialog |
//! | `lesson` | the windows of a lesson |
//! | `preferences` | the settings, and how they are applied |
//!
//! What is shown is decided elsewhere: the state by [`State`](crate::state::State), the picture by
//! `layout`, the rest of the window by `view`. Parts know nothing of each other; `shell` holds them
//! together, and `input`, `commands`, `drawing` are its three steps.

mod canvas;
mod clock;
mod commands;
mod dialog;
mod document;
mod drawing;
mod first_frame;
mod input;
mod lesson;
mod loading;
mod no_window;
mod panels;
mod pictures;
mod preferences;
mod presenting;
mod run;
mod search;
mod shell;
mod system_motion;

pub use first_frame::Ending;
pub use lesson::WhichLesson;
pub use no_window::NoWindow;
pub use run::run;
pub use shell::App;
