//! WHERE: from a timeline and a camera to a plain display list. No toolkit, no file, no clock.
//!
//! [`Layout`] holds what is computed once per file, canvas size and set of shown events,
//! [`draw::scene`] turns it and a [`SceneInput`] into a [`Scene`]. While drawing, only [`camera`]
//! converts between time and x.
//!
//! ```text
//! Timeline ─ lane_index ─ build, lanes, labels ─→ Layout ─ draw, mark, density, ticks ─→ Scene ─ hit
//! ```

pub mod bidi;
pub mod build;
pub mod camera;
pub mod density;
pub mod draw;
pub mod era_rows;
pub mod filter_result;
pub mod fitted;
pub mod flight;
pub mod flow;
pub mod hit;
pub mod input;
pub mod labels;
pub mod lane_index;
pub mod lanes;
pub mod lesson_timeline;
pub mod line_breaks;
pub mod mark;
pub mod measure;
pub mod metrics;
pub mod outline;
pub mod overview;
pub mod page;
pub mod paper;
pub mod picture;
pub mod poster;
pub mod rich;
mod rows;
pub mod scene;
pub mod search_highlight;
pub mod sheet;
pub mod stage_lanes;
pub mod stage_rows;
pub mod summaries;
pub mod theme;
pub mod ticks;
pub mod typeset;
pub mod wording;

pub use build::{CanvasSize, Layout, LayoutBuilder};
pub use camera::Camera;
pub use draw::scene;
pub use filter_result::FilterResult;
pub use flight::Flight;
pub use input::{SceneInput, ViewParams};
pub use lane_index::LaneIndex;
pub use lesson_timeline::LessonTimeline;
pub use line_breaks::LineBreaker;
pub use measure::{BundledFonts, Face, TextMeasure};
pub use overview::{Strip, StripInput};
pub use scene::{Hit, InView, Scene, Target};
pub use search_highlight::SearchHighlight;
pub use stage_lanes::StageLanes;
pub use stage_rows::{StageRows, StageSizes};
pub use theme::{LaneColors, Theme};
