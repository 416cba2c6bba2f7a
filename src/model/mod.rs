//! What a chronology is: events, lanes, people, places, sources, eras and lessons, checked and
//! ready to be asked.
//!
//! A [`Timeline`] is made once by a [`TimelineBuilder`] and never changes, so that any number of
//! threads can read it. What every frame asks for (start, end, lane, importance, certainty) lies in
//! columns; what is read on a click lies in records apart. Where the data comes from and what was
//! wrong with it is the business of `formats`; where things are drawn, of `layout`.

pub mod builder;
pub mod event;
pub mod ids;
pub mod lane;
pub mod lesson;
pub mod person;
pub mod place;
pub mod source;
pub mod timeline;

pub use builder::{Draft, Header, TimelineBuilder};
pub use event::{Certainty, Citation, Event, Extra, Link, Media};
pub use ids::{DraftId, EventId, LaneId, PersonId, PlaceId, SourceId};
pub use lane::{Era, Lane, Rgb};
pub use lesson::{Lesson, Step};
pub use person::{Person, PersonKind};
pub use place::Place;
pub use source::{Source, web_address};
pub use timeline::Timeline;
