//! A lesson in front of a class: the stage that all see, and the presenter's view beside it.
//!
//! Both are drawn from a [`Show`], which holds all they may read and can be handed to another
//! window. Input comes back as commands, as in every view.

pub mod chooser;
pub mod console;
mod opened;
mod picture;
mod question;
mod sizes;
pub mod spoken;
pub mod stage;
mod stage_timeline;
mod story;

use std::sync::Arc;

use crate::{
    layout::{LaneColors, TextMeasure, Theme, theme::Rgba},
    model::{EventId, Step, Timeline},
    state::LessonSession,
    view::gallery::Gallery,
};

/// What a lesson's windows show.
#[derive(Clone)]
pub struct Show {
    /// The lesson and its progress.
    pub session: LessonSession,
    /// The file.
    pub timeline: Arc<Timeline>,
    /// The theme.
    pub theme: &'static Theme,
    /// The lanes' colours in this theme.
    pub lane_colors: LaneColors,
    /// Measures the width of texts.
    pub measure: Arc<dyn TextMeasure + Send + Sync>,
    /// Whether animations are off.
    pub is_still: bool,
    /// The pictures of the step's event, of the next one's and of the opened one, as far as they are
    /// read.
    pub gallery: Gallery,
}

impl Show {
    /// Whether both look the same.
    pub fn is_like(&self, other: &Self) -> bool {
        self.session == other.session
            && Arc::ptr_eq(&self.timeline, &other.timeline)
            && self.theme.name == other.theme.name
            && self.is_still == other.is_still
            && self.gallery == other.gallery
    }

    /// The number of the step and of all steps, with the number that is being typed.
    fn place(&self) -> String {
        let (step, count) = (self.session.step + 1, self.session.lesson.steps.len());
        match self.session.typed {
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
        let label = &self.timeline.lane_record(lane).label;
        (label, self.lane_colors.of(lane))
    }

    /// The sources of an event, as one line.
    fn sources(&self, event: EventId) -> String {
        let citations = self.timeline.event(event).sources.into_iter();
        let said = citations.map(|citation| {
            let name = self.timeline.source(citation.source).short_name();
            if citation.place_in_source.is_empty() {
                name.to_owned()
            } else {
                format!("{name}, {}", citation.place_in_source)
            }
        });
        said.collect::<Vec<_>>().join(" · ")
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// A part of a stage, and the unit of the stage.
#[derive(Copy, Clone, Debug)]
struct StagePart {
    rect: egui::Rect,
    unit: Unit,
}

/// The scale of letters and gaps on a stage: 1 on one of 1920 × 1080 px. A squarer one has its
/// story in one column, and room for larger letters.
#[derive(Copy, Clone, Debug, PartialEq)]
struct Unit {
    /// How many px one unit is.
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
