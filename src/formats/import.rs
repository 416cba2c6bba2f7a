//! Foreign formats: what a file of another program says, as rows of timeline.json.
//!
//! ```text
//! text ── an importer ──▶ Draft: rows of events, where each came from, what was left out
//! Draft ── write ──▶ text ── json::read ──▶ Source      its faults are led back by the origins
//! ```
//!
//! There is a file for each format, and one trait before them: [`Importer`]. An importer makes no
//! timeline: the one reader does, of the text that its rows give. What it leaves out or changes is
//! a [`Diagnostic`] with its place in the foreign file.

mod caught;
mod columns;
mod dates;
mod draft;
mod html;
mod icalendar;
mod importer;
mod json;
mod markwhen;
mod records;
mod sheet;
mod simile;
mod sparql;
mod spreadsheet;
mod table;
mod timeline_project;
mod timelinejs;
mod vis;
mod xml;

pub use caught::{caught, is_caught};
pub(super) use spreadsheet::{is_spreadsheet, read as read_spreadsheet};
pub(super) use table::Table;

use std::borrow::Cow;

use draft::Draft;
use importer::Importer;

use super::{
    Diagnostic, Format, ReadError, ReadOptions, ReadProgress, Source, columns::TableColumns,
};

/// The importers of texts, in the order in which they are asked.
const IMPORTERS: [&dyn Importer; 9] = [
    &timelinejs::TimelineJs,
    &vis::Vis,
    &simile::SimileJson,
    &sparql::Sparql,
    &timeline_project::TimelineProject,
    &simile::SimileXml,
    &icalendar::Calendar,
    &markwhen::Markwhen,
    &table::Tables,
];

/// Reads a text of another format, with a doubt about its encoding; `None` where it is of none that is known.
///
/// # Errors
///
/// [`ReadError::Cancelled`] where cancellation was requested.
pub(super) fn read(
    text: &str,
    doubt: Option<Diagnostic>,
    options: &ReadOptions,
    progress: &ReadProgress,
) -> Option<Result<Source, ReadError>> {
    // Lines of old Macintoshes end in CR alone.
    let text = if text.contains('\r') && !text.contains('\n') {
        Cow::Owned(text.replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    };
    let text = &*text;
    let importer = IMPORTERS.into_iter().find(|it| it.is_of(text))?;
    let mut draft = Draft::new(importer.format(), options);
    if let Some(doubt) = doubt {
        draft.add(doubt);
    }
    importer
        .read(text, progress, &mut draft)
        .then(|| draft.finish(progress))
}

/// What the first rows of a table become if its columns hold this.
///
/// # Errors
///
/// None but that of a reader that was cancelled, which nobody does here.
pub(super) fn preview(columns: &TableColumns) -> Result<Source, ReadError> {
    let mut draft = Draft::new(Format::Table, &ReadOptions::default());
    sheet::preview(columns, &mut draft);
    draft.finish(&ReadProgress::default())
}
