//! Checks what the rows mean: dates, links, ranges, names. What is wrong is left out of the
//! timeline and reported; the rest stays.
//!
//! Both readings end here, so that the same code finds a fault of meaning however the rows were
//! read. A fault carries a path; its line is looked up afterwards.

mod events;
mod gather;
mod lessons;
mod lists;
mod mentions;
mod notes;

pub use gather::Gathered;

use super::faults::{Faults, Trail};
use super::names::Suggestions;
use super::positions::RowPositions;
use super::ranges::RowList;
use crate::formats::rows::{FileRow, Text};
use crate::formats::schema::later_form;
use crate::model::{Header, Timeline, TimelineBuilder};
use notes::{Notes, owned};

/// Makes the timeline of what is right in the rows, and reports what is not.
pub fn check<'a>(
    rows: FileRow<'a>,
    gathered: Gathered<'a>,
    faults: &mut Faults,
) -> (Timeline, RowPositions) {
    let mut notes = Notes {
        faults,
        suggestions: Suggestions::default(),
    };
    if let Some(later) = rows.schema.as_ref().and_then(|text| later_form(text)) {
        notes.faults.warning(&Trail::TOP.key("$schema"), || {
            (
                format!("it is written for a later Meanwhile, in form {later}"),
                "open it with that one to see all of it; what this one does not know is kept",
            )
        });
    }
    let mut header = Header {
        title: titled(rows.title, &mut notes),
        subtitle: notes.one_line(rows.subtitle, &Trail::TOP, "subtitle"),
        about: owned(rows.about),
        language: language(rows.language, &mut notes),
        ..Header::default()
    };
    header.as_of = notes.optional_date(rows.as_of, &Trail::TOP.key("as_of"));

    let mut builder = TimelineBuilder::new(header);
    let mut positions = RowPositions::default();
    positions.keep(RowList::Lanes, &rows.lanes);
    positions.keep(RowList::People, &rows.people);
    positions.keep(RowList::Places, &rows.places);
    positions.keep(RowList::Sources, &rows.sources);
    positions.keep(RowList::Lessons, &rows.lessons);
    let mut lists = lists::Lists {
        lanes: lists::lanes(rows.lanes, &mut builder, &mut notes),
        people: lists::people(rows.people, &mut builder, &mut notes),
        places: lists::places(rows.places, &mut builder, &mut notes),
        sources: lists::sources(rows.sources, &mut builder, &mut notes),
    };
    let eras = lists::eras(rows.eras, &mut builder, &mut notes);
    positions.set(RowList::Eras, eras);
    let (events, event_positions) = events::events(gathered, &mut lists, &mut builder, &mut notes);
    lessons::lessons(rows.lessons, &lists, &events, &mut builder, &mut notes);
    builder.events(events.events);
    positions.events = event_positions;
    (builder.build(), positions)
}

fn titled(title: Option<Text<'_>>, notes: &mut Notes<'_>) -> String {
    match &title {
        None => notes.faults.error(&Trail::TOP, || {
            (
                "the timeline has no title",
                "add \"title\" at the top of the file",
            )
        }),
        Some(title) if title.is_blank() => notes.faults.error(&Trail::TOP.key("title"), || {
            ("the title is empty", "say what the timeline is about")
        }),
        Some(_) => {}
    }
    notes.one_line(title, &Trail::TOP, "title")
}

fn language(language: Option<Text<'_>>, notes: &mut Notes<'_>) -> String {
    if language.as_ref().is_some_and(Text::is_blank) {
        notes.faults.warning(&Trail::TOP.key("language"), || {
            (
                "the language is empty",
                "write a tag such as \"en\" or \"ar\", or take the field out",
            )
        });
    }
    let language = notes.one_line(language, &Trail::TOP, "language");
    language.trim().to_owned()
}
