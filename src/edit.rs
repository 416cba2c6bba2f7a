//! EDIT: changes of a chronology, as changes of its text.
//!
//! An [`OpenText`] is the text of an open chronology with what was done to it. A [`Draft`] collects the
//! [`Splice`]s of one step of undo: each replaces as few bytes as it can, so that all else in the file
//! (order of fields, numbers as they were written, line ends, unknown fields) stays byte for byte. The
//! changed text is then read by the one reader, like a file that another program has saved.
//!
//! ```text
//! a change ─ Draft ─→ Edit: splices, moved rows ─ OpenText ─→ text ─ formats::read ─→ Source
//!                     its inverse: undo
//! ```
//!
//! It knows no window, file or clock.

mod container;
mod draft;
mod open_text;
mod references;
mod splice;
mod step;
mod style;

pub use container::FieldError;
pub use draft::{Draft, Part, Place};
pub use open_text::OpenText;
pub use splice::Splice;
pub use step::{Edit, RowMove};

#[cfg(test)]
mod tests;
