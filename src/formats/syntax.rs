//! What the reader and the writer of a format both know of it.

pub mod icalendar;
pub mod markwhen;
