//! LOOK: what the window shows, and the commands that pointer and keyboard give.
//!
//! Views read the state and return [`Command`](crate::command::Command)s; they change nothing.
//! [`Areas`] divides the window into its parts, [`ViewContext`] holds all that a part may read. The
//! parts are the canvas, the overview, the story of the selected event (`details`), search, filter,
//! lists, the palette, and a lesson's windows ([`lesson`]). They share [`paint`], which turns a
//! scene into egui; [`keys`]; [`column`](mod@column) and [`markdown`] for texts of several lines;
//! [`accessible`] and [`widgets`] for what is pressed.

pub mod about;
pub mod accessible;
pub mod all_events;
mod areas;
pub mod canvas;
pub mod column;
pub mod columns;
mod context;
pub mod details;
pub mod export;
pub mod faults;
pub mod filter;
pub mod gallery;
pub mod galleys;
pub mod hover;
pub mod keys;
pub mod laid_text;
pub mod lesson;
pub mod licenses;
pub mod listing;
pub mod markdown;
pub mod messages;
pub mod overview;
pub mod paint;
pub mod palette;
pub mod person;
pub mod pictures;
pub mod save_as;
pub mod search;
pub mod side;
mod sources;
pub mod text;
pub mod toast;
pub mod top_bar;
pub mod visuals;
pub mod widgets;
pub mod writing;

pub use areas::{Areas, StoryForm};
pub use context::{Recent, ViewContext};
