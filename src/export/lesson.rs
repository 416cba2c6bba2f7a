//! A lesson as slides: a step each, as on the stage; a step with a question twice, asked and answered.
//!
//! ```text
//!  ┌────────────────────────────────────────┐
//!  │  LANE                                  │
//!  │  Title             text, or a picture  │
//!  │  date · what is not known              │
//!  │  ● lane   ▒▓▒ name   ▒▓▓▒ name         │
//!  │        ──┬──────┬─────┬──────┬───      │
//!  │  5 / 9                         lesson  │
//!  └────────────────────────────────────────┘
//! ```
//!
//! Lengths are px of a stage of 1920 × 1080. The timeline is the stage's own, with its rows and
//! sides. [`pptx`](super::pptx) writes slides as a presentation, [`pages`] as pages.

mod pages;
mod story;
mod texts;

pub use pages::pages;
pub use texts::{SlideText, TextKind};

use super::{picture::Pictures, pieces::pieces};
use crate::{
    layout::{
        Camera, LaneColors, LessonTimeline, Scene, StageLanes, StageRows, StageSizes, TextMeasure,
        Theme,
        draw::stage_pen::{StageMark, StageTimeline, around_px},
        lesson_timeline::{asked_about, is_named},
        picture,
        scene::Rect,
        theme::Rgba,
    },
    model::{EventId, Lesson, Question, Step, Timeline, markdown::Block},
};
use story::{Story, divided, shortened};
use texts::{GAP_SHARE, TITLE_SHARE, Typesetter};

/// The size of a slide.
pub const SLIDE_PX: (f32, f32) = (1920.0, 1080.0);
/// The margins beside the story, above it, and the height of the footer.
const MARGIN_PX: f32 = 120.0;
const TOP_PX: f32 = 64.0;
const FOOTER_PX: f32 = 100.0;
/// The gap between story and timeline.
const GAP_PX: f32 = 24.0;
/// The size of letters on slides on which a long text goes on, as a multiple of the usual.
const CONTINUED: f32 = 0.48;
/// The longest title above the rest of a text, and the shortest to which one is cut, in letters.
const LONGEST_CONTINUED: usize = 80;
const SHORTEST_TITLE: usize = 24;
/// What rows take of the height at most, and where names are to stand under their marks.
const MOST_SHARE: f32 = 0.5;
const UNDER_SHARE: f32 = 0.42;
/// The height that rows with names beside their marks take, as a multiple of the least.
const BESIDE_AIR: f32 = 1.25;

/// What slides are made of.
pub struct LessonInput<'a> {
    /// The chronology.
    pub timeline: &'a Timeline,
    /// The lesson.
    pub lesson: &'a Lesson,
    /// The theme.
    pub theme: &'static Theme,
    /// Measures the names on the timeline.
    pub measure: &'a dyn TextMeasure,
    /// The pictures.
    pub pictures: &'a Pictures,
}

/// A slide.
pub struct Slide {
    /// The title, for the outline of the document.
    pub title: String,
    /// The texts, from the top left.
    pub texts: Vec<SlideText>,
    /// The timeline: where, what is drawn, and in words.
    pub timeline: Option<(Rect, Scene, String)>,
    /// A picture: where, its number among the [`Pictures`], and in words.
    pub picture: Option<(Rect, usize, String)>,
    /// The number of the step and the lesson's title, at the foot.
    pub foot: [String; 2],
    /// What only the presenter sees, in Markdown.
    pub notes: String,
}

/// The slides of a lesson.
pub fn slides(input: &LessonInput<'_>) -> Vec<Slide> {
    Writer::new(input).slides()
}

struct Writer<'a> {
    input: &'a LessonInput<'a>,
    typesetter: Typesetter<'a>,
    lesson_timeline: LessonTimeline,
    rows: StageRows,
    lane_colors: LaneColors,
}

impl<'a> Writer<'a> {
    fn new(input: &'a LessonInput<'a>) -> Self {
        let lesson_timeline = LessonTimeline::of(input.timeline, input.lesson);
        let sizes = StageSizes::at(1.0, input.theme.scale.sqrt());
        let width = SLIDE_PX.0 - 2.0 * MARGIN_PX;
        let most = (width, MOST_SHARE * SLIDE_PX.1);
        let of = (input.timeline, input.lesson);
        Self {
            rows: StageRows::new(of, &lesson_timeline, most, sizes, input.measure),
            lane_colors: input.theme.lane_colors(input.timeline.lanes()),
            lesson_timeline,
            typesetter: Typesetter {
                theme: input.theme,
                measure: input.measure,
            },
            input,
        }
    }

    fn slides(&self) -> Vec<Slide> {
        let mut slides = Vec::new();
        for (number, step) in self.input.lesson.steps.iter().enumerate() {
            if step.question.is_some() {
                slides.extend(self.slides_of(number, step, true));
            }
            slides.extend(self.slides_of(number, step, false));
        }
        slides
    }

    /// The slide of a step, and of a text that has no room on it the next ones.
    fn slides_of(&self, number: usize, step: &Step, is_asked: bool) -> Vec<Slide> {
        let timeline = self.timeline_of(number, step, is_asked);
        let width = SLIDE_PX.0 - 2.0 * MARGIN_PX;
        let bottom = SLIDE_PX.1 - FOOTER_PX;
        let timeline_px = timeline
            .as_ref()
            .map_or(0.0, |(rect, ..)| rect.height() + GAP_PX);
        let room = Rect::new(MARGIN_PX, TOP_PX, MARGIN_PX + width, bottom - timeline_px);
        let mut story = Story::of(self.input.timeline, &self.lane_colors, step, is_asked);
        let picture = if is_asked {
            None
        } else {
            self.picture(step, room)
        };
        let (mut texts, fits) = self.typesetter.texts(&story, room, picture.is_some());
        let mut rest = Vec::new();
        if !fits {
            rest = pieces(&std::mem::take(&mut story.body));
            if !self.typesetter.texts(&story, room, picture.is_some()).1 {
                // Answers that have no room go on, too.
                let answers = divided(&std::mem::take(&mut story.answers));
                rest.splice(..0, answers);
            }
            let mut fits;
            (texts, fits) = self.typesetter.texts(&story, room, picture.is_some());
            // A title that is longer than a slide is cut.
            let whole = story.title;
            let mut cut;
            let mut letters = whole.chars().count();
            while !fits && letters > SHORTEST_TITLE {
                letters = letters * 4 / 5;
                cut = shortened(whole, letters);
                let shorter = Story {
                    title: &cut,
                    ..story.clone()
                };
                (texts, fits) = self.typesetter.texts(&shorter, room, picture.is_some());
            }
        }
        let count = self.input.lesson.steps.len();
        let foot = [
            format!("{} / {count}", number + 1),
            self.input.lesson.title.clone(),
        ];
        let mut slides = vec![Slide {
            title: story.title.to_owned(),
            texts,
            timeline,
            picture,
            foot: foot.clone(),
            notes: step.notes.clone(),
        }];
        let room = Rect::new(room.x0, room.y0, room.x1, bottom);
        let title = shortened(story.title, LONGEST_CONTINUED);
        let title = format!("{title} (continued)");
        for texts in self.continued(&title, story.lane, rest, room) {
            slides.push(Slide {
                title: title.clone(),
                texts,
                timeline: None,
                picture: None,
                foot: foot.clone(),
                notes: String::new(),
            });
        }
        slides
    }

    /// The texts of the slides on which a long text goes on: as much on each as fits in well read
    /// letters.
    fn continued(
        &self,
        title: &str,
        lane: Option<(&str, Rgba)>,
        pieces: Vec<Block>,
        room: Rect,
    ) -> Vec<Vec<SlideText>> {
        let texts_of = |body: &[Block]| {
            let story = Story {
                lane,
                title,
                date: String::new(),
                note: String::new(),
                body: body.to_vec(),
                answers: Vec::new(),
                is_continued: true,
            };
            self.typesetter.texts_at(&story, room, false, CONTINUED)
        };
        let mut slides = Vec::new();
        let mut body: Vec<Block> = Vec::new();
        for piece in pieces {
            body.push(piece);
            if body.len() > 1
                && !texts_of(&body).1
                && let Some(last) = body.pop()
            {
                slides.push(texts_of(&body).0);
                body = vec![last];
            }
        }
        if !body.is_empty() {
            slides.push(texts_of(&body).0);
        }
        slides
    }

    /// The first picture of the step's event, right of the story.
    fn picture(&self, step: &Step, room: Rect) -> Option<(Rect, usize, String)> {
        let event = step.event?;
        let media = self.input.timeline.event(event).media;
        let found = media
            .iter()
            .find_map(|media| Some((media, self.input.pictures.of(media)?)));
        let (media, (number, file)) = found?;
        let left = room.x0 + room.width() * (TITLE_SHARE + GAP_SHARE);
        let (width, height) = (room.x1 - left, room.height());
        let (own_width, own_height) = (file.size.0.max(1) as f32, file.size.1.max(1) as f32);
        let scale = (width / own_width).min(height / own_height);
        let (width, height) = (own_width * scale, own_height * scale);
        let rect = Rect::new(room.x1 - width, room.y0, room.x1, room.y0 + height);
        let title = self.input.timeline.event(event).title;
        Some((rect, number, media.alt_words(title).to_owned()))
    }

    /// The stage's timeline at a step, above the footer.
    fn timeline_of(
        &self,
        number: usize,
        step: &Step,
        is_asked: bool,
    ) -> Option<(Rect, Scene, String)> {
        let timeline = self.input.timeline;
        let rows = &self.rows;
        let camera = self.lesson_timeline.camera(step.view.as_ref());
        let camera = LessonTimeline::seen_over(camera, f64::from(rows.plot_px));
        let hidden = if is_asked {
            asked_about(step)
        } else {
            Vec::new()
        };
        let shown: Vec<EventId> = self
            .lesson_timeline
            .shown(timeline, number, hidden, false)
            .map(|it| it.event)
            .collect();
        let marks = self.marks(&shown, camera);
        let has_none = match &step.question {
            Some(Question::Order(_)) => true,
            Some(Question::When) => false,
            _ => marks.iter().all(Option::is_none),
        };
        if has_none {
            return None;
        }
        let (least, under) = StageLanes::heights_px(rows, &marks);
        let wanted = if under <= UNDER_SHARE * SLIDE_PX.1 {
            under
        } else {
            (BESIDE_AIR * least).min(MOST_SHARE * SLIDE_PX.1)
        };
        let is_all = shown.len() == self.lesson_timeline.events.len();
        let later = if is_all { "" } else { "not yet told" };
        let (around, floor) = around_px(1.0, !later.is_empty());
        let height = (wanted + around).round();
        let lanes = StageLanes::new(rows, &marks, height - around + floor, floor);
        let seen = self.seen(step, &marks);
        let as_of = timeline.as_of().zip(timeline.as_of_label());
        let as_of = as_of
            .as_ref()
            .filter(|(moment, _)| seen.iter().any(|it| timeline.end(it.event) >= *moment));
        let width = SLIDE_PX.0 - 2.0 * MARGIN_PX;
        let mut scene = Scene::default();
        StageTimeline {
            timeline,
            camera,
            size_px: (width, height),
            rows,
            lanes: &lanes,
            seen: &seen,
            later,
            guess: None,
            as_of: as_of.map(|(_, words)| words.as_str()),
            theme: self.input.theme,
            lane_colors: &self.lane_colors,
            measure: self.input.measure,
        }
        .draw(&mut scene);
        let bottom = SLIDE_PX.1 - FOOTER_PX;
        let rect = Rect::new(MARGIN_PX, bottom - height, MARGIN_PX + width, bottom);
        let counts = match shown.len() {
            1 => "1 event".to_owned(),
            count => format!("{count} events"),
        };
        let alt = picture::alt_of(timeline, &counts, shown.iter().copied());
        Some((rect, scene, alt))
    }

    /// By the number of its place: from where to where a mark reaches.
    fn marks(&self, shown: &[EventId], camera: Camera) -> Vec<Option<(f32, f32)>> {
        let places = self.rows.places.iter().map(|place| {
            shown.binary_search(&place.event).ok()?;
            let mark = LessonTimeline::mark(self.input.timeline, place.event);
            self.rows.mark_x(&mark.drawn(&camera), 1.0)
        });
        places.collect()
    }

    fn seen(&self, step: &Step, marks: &[Option<(f32, f32)>]) -> Vec<StageMark> {
        let timeline = self.input.timeline;
        let asked = asked_about(step);
        let places = self.rows.places.iter().enumerate().zip(marks);
        places
            .filter(|(_, mark)| mark.is_some())
            .map(|((place, it), _)| StageMark {
                place,
                event: it.event,
                is_highlighted: is_named(step, timeline, it.event) || asked.contains(&it.event),
                is_current: step.event == Some(it.event),
                appeared: 1.0,
            })
            .collect()
    }
}
