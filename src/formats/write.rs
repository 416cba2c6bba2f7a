//! Rows to the text of each format that is written.

pub mod json;
