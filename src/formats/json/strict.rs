//! The first reading, for clean files: rows are filled in place, and any surprise is an error.
//!
//! A file with a surprise (a wrong type, an unknown or doubled field) is read again by
//! [`lenient`](super::lenient).

use serde::de::Error as _;
use serde_json::Error;

use super::parts::{self, EventSink, Parts};
use super::ranges::EVENTS;
use super::row_seeds::{FieldName, FieldSeed, SeenFields};
use super::text_progress::TextProgress;
use super::walk::Walk;
use crate::formats::rows::{FileRow, Row as _};

/// Reads a whole file. Its events go one by one to an empty sink, which is returned;
/// `FileRow::events` stays empty.
///
/// # Errors
///
/// Where the text is not JSON, holds a surprise or has no events, and where reading is cancelled:
/// see [`TextProgress`].
pub fn file<'a, Sink: EventSink<'a>>(
    text: &'a str,
    parts: Parts,
    sink: Sink,
    progress: &TextProgress<'_>,
) -> Result<(FileRow<'a>, Sink), Error> {
    let mut file = FileRow::default();
    let (mut sink, mut events) = (Some(sink), None);
    let mut seen = SeenFields::default();
    let mut walk = Walk::new(text, 0);
    walk.pass(b'{')?;
    let mut is_first = true;
    while !walk.passes(b'}') {
        if !std::mem::take(&mut is_first) {
            walk.pass(b',')?;
        }
        let field = walk.value(FieldName::<FileRow<'a>>::new())?;
        seen.add::<Error>(field)?;
        walk.pass(b':')?;
        if Some(field) == FileRow::field(EVENTS) {
            let sink = sink.take();
            let sink = sink.ok_or_else(|| Error::duplicate_field(EVENTS))?;
            events = Some(parts::events(&mut walk, parts, sink, progress)?);
        } else {
            walk.value(FieldSeed(&mut file, field))?;
        }
    }
    if walk.next_token() < text.len() {
        return Err(Error::custom("more stands behind the file's object"));
    }
    let events = events.ok_or_else(|| Error::missing_field(EVENTS))?;
    Ok((file, events))
}
