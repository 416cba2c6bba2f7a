//! EDIT: changes of a chronology, as changes of its text.
//!
//! An [`OpenText`] is the text of an open chronology with what was done to it. A [`Draft`] collects the
//! [`Splice`]s of one step of undo: each replaces as few bytes as it can, so that all else in the file
//! (order of fields, numbers as they were written, line ends, unknown fields) stays byte for byte. The
//! changed text is then read by the one reader, like a file that another program has saved.
//!
//! ```text
//! a change ─ Draft ─→ Edit: splices, moved rows ─ OpenText ─→ text ─ formats::read_text ─→ Source
//!                     its inverse: undo
//! ```
//!
//! It knows no window, file or clock.

mod change;
mod container;
mod dates;
mod draft;
mod item;
mod making;
mod merge;
mod merge_order;
mod open_text;
mod paste;
mod references;
mod shift;
mod splice;
mod step;
mod style;

pub use change::{Change, Named, Subject, name_field, one_of};
pub use container::FieldError;
pub use dates::{TypedDate, TypedEvent, typed_date, typed_event};
pub use draft::{Draft, JsonPointer, Part};
pub use item::Item;
pub use merge::{Conflict, ThreeTexts, Winner, merge};
pub use open_text::OpenText;
pub use shift::{Moved, shifted};
pub use splice::Splice;
pub use step::{Edit, RowMove};

#[cfg(test)]
mod tests;
