//! The data model: events, lanes, people, places, sources, eras and lessons, checked and indexed.
//!
//! A [`Timeline`] is built once by a [`TimelineBuilder`] and never changes, so that any number of
//! threads can read it. What every frame reads (start, end, lane, importance, certainty) is stored
//! in columns; what is read on a click, in separate packed records. Reading files and reporting
//! their faults belongs to `formats`; where things are drawn, to `layout`.
//!
//! Sized for a million events: an event costs its texts and some 37 bytes.

pub mod attached;
pub mod builder;
pub mod event;
pub mod event_set;
mod event_text;
pub mod events_builder;
pub mod filter;
pub mod header;
pub mod ids;
pub mod lane;
pub mod lesson;
pub mod links;
pub mod lists;
pub mod markdown;
pub mod nearest;
pub mod person;
pub mod place;
pub mod records;
pub mod search;
pub mod source;
pub mod timeline;

mod date_code;
mod drawn_extents;
mod id_index;
mod open_ends;
mod order;
mod remark;

pub use attached::Attached;
pub use builder::TimelineBuilder;
pub use event::{Certainty, Event, Media};
pub use event_set::EventSet;
pub use events_builder::{Appended, EventsBuilder, FileEvent, MOST_EVENTS};
pub use filter::{Facet, FacetCounts, Filter};
pub use header::Header;
pub use ids::{EventId, FileEventId, LaneId, PersonId, PlaceId, SourceId, TagId};
pub use lane::{Era, Lane, Rgb};
pub use lesson::{Answer, Ask, Lesson, Question, Step};
pub use links::{Citation, Citations, Link, Links, PackedCitation, PackedLink};
pub use lists::{ItemPosition, Lists};
pub use nearest::nearest;
pub use person::{Person, PersonKind};
pub use place::Place;
pub use records::{KnownTexts, Records, TextId, Texts};
pub use source::{Source, web_address};
pub use timeline::Timeline;
