//! What a chronology is: events, lanes, people, places, sources, eras and lessons, checked and
//! ready to be asked.
//!
//! A [`Timeline`] is made once by a [`TimelineBuilder`] and never changes, so that any number of
//! threads can read it. What every frame asks for (start, end, lane, importance, certainty) lies in
//! columns; what is read on a click lies in packed records apart. Where the data comes from and what
//! was wrong with it is the business of `formats`; where things are drawn, of `layout`.
//!
//! The room is built for a million events: an event costs its texts and some 37 bytes.

pub mod attached;
pub mod builder;
pub mod drafts;
pub mod event;
pub mod event_set;
pub mod filter;
pub mod ids;
pub mod lane;
pub mod lesson;
pub mod links;
pub mod lists;
pub mod person;
pub mod place;
pub mod records;
pub mod search;
pub mod source;
pub mod timeline;

mod date_code;
mod id_index;
mod order;
mod reach;

pub use attached::Attached;
pub use builder::{Header, TimelineBuilder};
pub use drafts::{Draft, Drafts};
pub use event::{Certainty, Event, Extra, Media};
pub use event_set::EventSet;
pub use filter::{Facet, Filter};
pub use ids::{DraftId, EventId, LaneId, PersonId, PlaceId, SourceId, TagId};
pub use lane::{Era, Lane, Rgb};
pub use lesson::{Answer, Ask, Lesson, Question, Step};
pub use links::{Citation, Citations, Link, Links, PackedCitation, PackedLink};
pub use lists::{Lists, Spot};
pub use person::{Person, PersonKind};
pub use place::Place;
pub use records::{Records, TextId, Texts};
pub use source::{Source, web_address};
pub use timeline::Timeline;
