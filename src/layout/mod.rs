//! WHERE: from a timeline and a camera to a plain display list. No toolkit, no file, no clock.
//!
//! [`Index`] holds what is computed once per file and size, [`draw::scene`] turns it and a
//! [`SceneInput`] into a [`Scene`]. Only [`camera`] knows how time becomes x.

pub mod camera;
pub mod cast;
pub mod density;
pub mod draw;
pub mod findings;
pub mod flight;
pub mod hit;
pub mod index;
pub mod input;
pub mod labels;
pub mod lanes;
pub mod lit;
pub mod mark;
pub mod measure;
pub mod outline;
pub mod overview;
pub mod scene;
pub mod tally;
pub mod theme;
pub mod ticks;
pub mod wording;

pub use camera::Camera;
pub use cast::Cast;
pub use draw::scene;
pub use findings::Findings;
pub use flight::Flight;
pub use index::{Index, Indexing, Key};
pub use input::{SceneInput, Sight};
pub use lit::Lit;
pub use measure::{BundledFonts, Face, TextMeasure};
pub use overview::Strip;
pub use scene::{Hit, Scene, Target};
pub use tally::Tally;
pub use theme::Theme;
