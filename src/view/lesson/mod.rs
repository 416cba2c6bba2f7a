//! A lesson in front of a class: the stage that all see, and the presenter's view beside it.
//!
//! Both are drawn from a [`Show`], which holds all they may know and can be handed to another window.
//! What is pressed comes back as commands, as everywhere.

pub mod chooser;
pub mod console;
mod foot;
mod opened;
mod question;
pub mod stage;
mod story;

use std::sync::Arc;

use crate::{
    layout::{TextMeasure, Theme, theme::Rgba},
    model::{EventId, Step, Timeline},
    state::Telling,
};

/// What a lesson's windows show.
#[derive(Clone)]
pub struct Show {
    /// The lesson, and how far it has come.
    pub telling: Telling,
    /// The file.
    pub timeline: Arc<Timeline>,
    /// The look.
    pub theme: &'static Theme,
    /// The lanes' colours in this look.
    pub lane_colors: Arc<[Rgba]>,
    /// How wide texts are.
    pub measure: Arc<dyn TextMeasure + Send + Sync>,
    /// Whether nothing flies or fades.
    pub is_still: bool,
}

impl Show {
    /// Whether two would look the same.
    pub fn is_like(&self, other: &Self) -> bool {
        self.telling == other.telling
            && Arc::ptr_eq(&self.timeline, &other.timeline)
            && self.theme.name == other.theme.name
            && self.is_still == other.is_still
    }

    /// Which step of how many, with the number that is being typed.
    fn place(&self) -> String {
        let (step, count) = (self.telling.step + 1, self.telling.lesson.steps.len());
        match self.telling.typed {
            Some(typed) => format!("{step} / {count}  →  {typed}"),
            None => format!("{step} / {count}"),
        }
    }

    /// The title of a step: its own, else its event's.
    fn title<'a>(&'a self, step: &'a Step) -> &'a str {
        match step.event {
            Some(event) if step.title.is_empty() => self.timeline.event(event).title,
            _ => &step.title,
        }
    }

    /// The name of a step in a list.
    fn short<'a>(&'a self, step: &'a Step) -> &'a str {
        match step.event {
            Some(event) if step.title.is_empty() => self.timeline.short(event),
            _ if step.title.is_empty() => first_line(&step.say),
            _ => &step.title,
        }
    }

    /// The name of an event's lane, and its colour.
    fn lane(&self, event: EventId) -> (&str, Rgba) {
        let lane = self.timeline.lane(event);
        let ink = self.lane_colors.get(lane.index()).copied();
        let label = &self.timeline.lane_record(lane).label;
        (label, ink.unwrap_or(self.theme.ink))
    }

    /// Where an event is written, as one line.
    fn sources(&self, event: EventId) -> String {
        let citations = self.timeline.event(event).sources.into_iter();
        let said = citations.map(|citation| {
            let source = self.timeline.source(citation.source);
            let by = if source.publisher.is_empty() {
                &source.title
            } else {
                &source.publisher
            };
            if citation.place_in_source.is_empty() {
                by.clone()
            } else {
                format!("{by}, {}", citation.place_in_source)
            }
        });
        said.collect::<Vec<_>>().join(" · ")
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// The size of letters and gaps in a place: 1 on a stage of 1920 × 1080 px. A squarer one has its story
/// in one column, and room for larger letters.
#[derive(Copy, Clone, Debug, PartialEq)]
struct Unit {
    /// So many px are one.
    px: f32,
    /// Whether title and text stand under each other.
    is_stacked: bool,
}

impl Unit {
    fn of(size: egui::Vec2) -> Self {
        let is_stacked = size.x < 1.55 * size.y;
        let width = if is_stacked { 1400.0 } else { 1920.0 };
        Self {
            px: (size.x / width).min(size.y / 1080.0).max(0.05),
            is_stacked,
        }
    }
}
