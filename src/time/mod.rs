//! WHEN: instants, EDTF dates, and dates in words.
//!
//! - [`between`]: the time between two dates, as precise as they are.
//! - [`moment`]: [`Moment`], a point on the time line in whole seconds, and
//!   its calendar form [`Civil`].
//! - [`when`]: [`When`], a date as a file gives it (EDTF); open and unknown ends
//!   stay so. `parse` reads it: `fast_path` the usual forms, `grammar` the rest; where
//!   neither can, `explain` says why and what to write.
//! - [`freeform`]: dates as people write them, in five languages, as EDTF.
//! - [`words`]: [`say`](words::say) and [`label`](words::label), the same date
//!   in English.
//! - [`view_range`]: the range of a view in words.
//! - [`fold`]: texts without differences of spelling, for comparing words.
//!
//! This module knows no file, event or screen: the camera turns moments into
//! pixels, and the model decides how far an open end is drawn. It has no clock,
//! so nothing here depends on today.

pub mod between;
pub mod fold;
pub mod freeform;
pub mod moment;
pub mod view_range;
pub mod when;
pub mod words;

pub mod edtf;
mod explain;
mod fast_path;
mod grammar;
mod parse;
mod phrase;
#[cfg(test)]
pub(crate) mod properties;
mod years;

pub use moment::{Civil, Moment};
pub use when::{Bound, DateRange, Offset, Precision, When, WhenError};
pub use words::{Outlook, Words};
