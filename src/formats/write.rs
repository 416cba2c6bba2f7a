//! Rows → the text of a format. So far there is one: timeline.json.

pub mod json;
