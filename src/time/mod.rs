//! WHEN: instants, dates as people give them, and dates said in words.
//!
//! - [`between`]: how long it is from one date to another, as sure as they are.
//! - [`moment`]: [`Moment`], a point on the time line in whole seconds, and
//!   its calendar form [`Civil`].
//! - [`when`]: [`When`], a date as a file gives it (EDTF), with what it leaves
//!   open kept open.
//! - [`words`]: [`say`](words::say) and [`label`](words::label), the same date
//!   in English.
//!
//! This room knows no file, no event and no screen: where a moment lies in
//! pixels belongs to the camera, and what an open end is drawn up to belongs to
//! the model. It has no clock either, so nothing here depends on today.

pub mod between;
pub mod moment;
pub mod when;
pub mod words;

mod guess;
mod mistake;
mod parse;
mod phrase;
mod plain;
#[cfg(test)]
pub(crate) mod properties;
mod years;

pub use moment::{Civil, Moment};
pub use when::{Bound, DateRange, Precision, When, WhenError};
pub use words::{Mood, Words};
