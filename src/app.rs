//! RUN: the window. Takes input, applies commands, advances the state, draws.
//!
//! | part | what it holds |
//! |---|---|
//! | `document` | the open chronology, and the one being loaded (`loading`) |
//! | `canvas` | its layout, filter result and colours, and what drawing reuses |
//! | `panels` | messages, search, pictures, the open dialog (`saving`, `file_commands`: what is saved, columns, faults) |
//! | `lesson` | the windows of a lesson (`presenting`: what they show) |
//! | `preferences` | the settings, and how they are applied |
//!
//! What is shown is decided elsewhere: the state by [`State`](crate::state::State), the picture by
//! `layout`, the rest of the window by `view`. `shell` holds the parts together; of them only
//! `canvas` reads another, `document`. The steps of a frame are in `input`, `commands` (which
//! applies and advances) and `drawing`; `run` opens the window.

mod canvas;
mod changing;
mod clock;
mod commands;
mod dialog;
mod document;
mod drafting;
mod drawing;
mod edit_commands;
mod exchange;
mod export_commands;
mod exporting;
mod file_commands;
mod files;
mod first_frame;
mod input;
mod leaving;
mod lesson;
mod loading;
mod merging;
mod monitors;
mod no_window;
mod panels;
mod pictures;
mod preferences;
mod presenting;
mod run;
mod saving;
mod search;
mod shell;
mod system_motion;
mod writing;

pub use first_frame::Ending;
pub use lesson::WhichLesson;
pub use no_window::NoWindow;
pub use run::run;
pub use shell::App;
