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

pub use pages::pages;

use super::{picture::Pictures, pieces::pieces};
use crate::{
    layout::{
        Camera, Face, LaneColors, LessonTimeline, LineBreaker, Scene, StageLanes, StageRows,
        StageSizes, TextMeasure, Theme,
        draw::stage_pen::{StageMark, StageTimeline, around_px},
        flow::Row,
        lesson_timeline::{asked_about, is_named},
        picture,
        rich::{self, RichStyle},
        scene::{Anchor, Rect},
        theme::Rgba,
        typeset::TextStyle,
    },
    model::{
        Answer, EventId, Lesson, Question, Step, Timeline,
        markdown::{self, Block, Span},
    },
};

/// The size of a slide.
pub const SLIDE_PX: (f32, f32) = (1920.0, 1080.0);
/// The margins beside the story, above it, and the height of the footer.
const MARGIN_PX: f32 = 120.0;
const TOP_PX: f32 = 64.0;
const FOOTER_PX: f32 = 100.0;
/// The gap between story and timeline.
const GAP_PX: f32 = 24.0;
/// The share of the width that a title takes beside a text or a picture, and of the gap.
const TITLE_SHARE: f32 = 0.53;
const GAP_SHARE: f32 = 0.05;
/// The steps in which letters shrink until a story fits; the text shrinks by their square roots.
const SHRINKING: [f32; 9] = [1.0, 0.9, 0.8, 0.7, 0.62, 0.55, 0.48, 0.41, 0.34];
/// Of these, the one in which a long text goes on.
const CONTINUED: f32 = 0.48;
/// The longest title above the rest of a text, and the shortest to which one is cut, in letters.
const LONGEST_CONTINUED: usize = 80;
const SHORTEST_TITLE: usize = 24;
/// The smallest text.
const LEAST_PX: f32 = 20.0;
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

/// What a text on a slide is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// The lane, above the title.
    Lane,
    /// The title.
    Title,
    /// The date in words.
    Date,
    /// What is not known of it.
    Note,
    /// The text.
    Body,
    /// Answers, or events to be put in order.
    Answers,
}

/// A text on a slide.
pub struct SlideText {
    /// What it is.
    pub kind: TextKind,
    /// Where.
    pub rect: Rect,
    /// Its words.
    pub blocks: Vec<Block>,
    /// The size of its letters.
    pub size_px: f32,
    /// Its colour.
    pub color: Rgba,
}

impl TextKind {
    /// The distance of baselines as a multiple of the letters' size.
    const fn line_height(self) -> f32 {
        match self {
            Self::Title => 1.12,
            Self::Body | Self::Answers => 1.42,
            _ => 1.25,
        }
    }

    const fn face(self) -> Face {
        match self {
            Self::Lane => Face::SansBold,
            Self::Title => Face::SerifSemiBold,
            Self::Date => Face::SansSemiBold,
            Self::Note => Face::Sans,
            Self::Body | Self::Answers => Face::Serif,
        }
    }
}

/// A text in one style; nothing of an empty one.
fn words_of(text: &str) -> Vec<Block> {
    let text = text.trim();
    if text.is_empty() {
        return Vec::new();
    }
    let span = Span {
        text: text.to_owned(),
        ..Span::default()
    };
    vec![Block::Paragraph(vec![span])]
}

impl SlideText {
    /// The words of a text in one style.
    fn words(&self) -> String {
        let texts = self.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(spans) => Some(markdown::plain(spans)),
            _ => None,
        });
        texts.collect()
    }

    fn style(&self) -> TextStyle {
        let line_px = self.size_px * self.kind.line_height();
        TextStyle::new(self.kind.face(), self.size_px, line_px, self.color)
    }
}

/// The slides of a lesson.
pub fn slides(input: &LessonInput<'_>) -> Vec<Slide> {
    Writer::new(input).slides()
}

struct Writer<'a> {
    input: &'a LessonInput<'a>,
    lesson_timeline: LessonTimeline,
    rows: StageRows,
    lane_colors: LaneColors,
}

/// The words of a story.
#[derive(Clone)]
struct Story<'a> {
    lane: Option<(&'a str, Rgba)>,
    title: &'a str,
    date: String,
    note: String,
    body: Vec<Block>,
    answers: Vec<Block>,
    /// Whether it is the rest of a text, which takes the whole width.
    is_continued: bool,
}

/// Lines of answers as paragraphs, so that each slide has some.
fn divided(answers: &[Block]) -> Vec<Block> {
    let spans = answers.iter().flat_map(|block| match block {
        Block::Paragraph(spans) => spans.as_slice(),
        _ => &[],
    });
    let lines = spans.map(|span| {
        Block::Paragraph(vec![Span {
            text: span.text.trim_start_matches('\n').to_owned(),
            ..span.clone()
        }])
    });
    lines.collect()
}

/// A text of at most so many letters.
fn shortened(text: &str, letters: usize) -> String {
    match text.char_indices().nth(letters) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
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
        let mut story = self.story(step, is_asked);
        let picture = if is_asked {
            None
        } else {
            self.picture(step, room)
        };
        let (mut texts, fits) = self.texts(&story, room, picture.is_some());
        let mut rest = Vec::new();
        if !fits {
            rest = pieces(&std::mem::take(&mut story.body));
            if !self.texts(&story, room, picture.is_some()).1 {
                // Answers that have no room go on, too.
                let answers = divided(&std::mem::take(&mut story.answers));
                rest.splice(..0, answers);
            }
            let mut fits;
            (texts, fits) = self.texts(&story, room, picture.is_some());
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
                (texts, fits) = self.texts(&shorter, room, picture.is_some());
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
            self.texts_at(&story, room, false, CONTINUED)
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

    /// The words of a step: while its question is asked, that is the title, and the event is not told.
    fn story<'s>(&'s self, step: &'s Step, is_asked: bool) -> Story<'s> {
        let timeline = self.input.timeline;
        let event = step.event.filter(|_| !is_asked);
        let title = match step.event {
            Some(event) if step.title.is_empty() || (!is_asked && step.question.is_some()) => {
                timeline.event(event).title
            }
            _ => &step.title,
        };
        let words = event.map(|event| timeline.date_words_with_weekday(event));
        let certainty = event.and_then(|event| {
            let certainty = timeline.certainty(event);
            certainty.qualifier().map(|_| certainty.word().to_owned())
        });
        let note = words.as_ref().and_then(|words| words.note.clone());
        let notes: Vec<String> = note.into_iter().chain(certainty).collect();
        Story {
            lane: event.map(|event| {
                let lane = timeline.lane(event);
                let label = timeline.lane_record(lane).label.as_str();
                (label, self.lane_colors.of(lane))
            }),
            title,
            date: match words {
                Some(words) => words.date,
                None if step.missing.is_empty() => String::new(),
                None => format!("The file has no event “{}”", step.missing),
            },
            note: notes.join(" · "),
            body: if is_asked {
                Vec::new()
            } else {
                markdown::blocks(&step.say)
            },
            answers: self.answers(step, is_asked),
            is_continued: false,
        }
    }

    /// The answers of a question, or what is to be put in order; answered, the right ones.
    fn answers(&self, step: &Step, is_asked: bool) -> Vec<Block> {
        let timeline = self.input.timeline;
        let lines: Vec<(String, bool)> = match &step.question {
            Some(Question::Choose(answers)) => {
                let lines = answers.iter().enumerate().map(|(number, answer)| {
                    let letter = Answer::letter(number);
                    let is_right = !is_asked && answer.is_right;
                    let tick = if is_right { " ✓" } else { "" };
                    (format!("{letter}. {}{tick}", answer.text), is_right)
                });
                lines.collect()
            }
            Some(Question::Order(events)) => {
                let mut events = events.clone();
                if !is_asked {
                    events.sort_unstable();
                }
                let lines = events.iter().enumerate().map(|(number, &event)| {
                    let title = timeline.short(event);
                    let line = if is_asked {
                        format!("• {title}")
                    } else {
                        let date = timeline.date_label(event);
                        format!("{}. {title} ({date})", number + 1)
                    };
                    (line, false)
                });
                lines.collect()
            }
            Some(Question::When) | None => Vec::new(),
        };
        let spans = lines
            .into_iter()
            .enumerate()
            .map(|(number, (text, is_strong))| Span {
                text: if number == 0 {
                    text
                } else {
                    format!("\n{text}")
                },
                is_strong,
                ..Span::default()
            });
        let spans: Vec<Span> = spans.collect();
        if spans.is_empty() {
            return Vec::new();
        }
        vec![Block::Paragraph(spans)]
    }

    /// The texts in the largest letters with which all of them fit, or the smallest; and whether they
    /// fit.
    fn texts(&self, story: &Story<'_>, room: Rect, has_picture: bool) -> (Vec<SlideText>, bool) {
        let mut last = Vec::new();
        for shrunk in SHRINKING {
            let (texts, fits) = self.texts_at(story, room, has_picture, shrunk);
            if fits {
                return (texts, true);
            }
            last = texts;
        }
        (last, false)
    }

    fn texts_at(
        &self,
        story: &Story<'_>,
        room: Rect,
        has_picture: bool,
        shrunk: f32,
    ) -> (Vec<SlideText>, bool) {
        let theme = self.input.theme;
        let less = shrunk.sqrt();
        let size = |px: f32, by: f32| (px * by * theme.scale).max(LEAST_PX).round();
        let has_side = !story.body.is_empty() || !story.answers.is_empty();
        let is_divided = has_picture || has_side && !story.title.is_empty() && !story.is_continued;
        let width = if is_divided {
            room.width() * TITLE_SHARE
        } else {
            room.width()
        };
        let mut texts = Vec::new();
        let mut fits = true;
        let mut y = room.y0;
        let mut add = |kind: TextKind,
                       blocks: Vec<Block>,
                       gap: f32,
                       at: (f32, f32, f32),
                       look: (f32, Rgba)| {
            let (x, top, width) = at;
            if blocks.is_empty() {
                return top;
            }
            let mut text = SlideText {
                kind,
                rect: Rect::new(x, top + gap, x + width, top + gap),
                blocks,
                size_px: look.0,
                color: look.1,
            };
            let (height, widest) = self.measured(&text);
            text.rect.y1 = text.rect.y0 + height;
            fits &= widest <= width + 1.0 && text.rect.y1 <= room.y1;
            let below = text.rect.y1;
            texts.push(text);
            below
        };
        let left = |y: f32| (room.x0, y, width);
        if let Some((lane, color)) = story.lane {
            y = add(
                TextKind::Lane,
                words_of(&lane.to_uppercase()),
                0.0,
                left(y),
                (LEAST_PX, color),
            );
        }
        let title = (size(96.0, shrunk), theme.ink);
        y = add(TextKind::Title, words_of(story.title), 10.0, left(y), title);
        let date = (size(34.0, less), theme.ink);
        y = add(
            TextKind::Date,
            words_of(&story.date),
            0.5 * date.0,
            left(y),
            date,
        );
        let note = (size(28.0, less), theme.muted);
        y = add(TextKind::Note, words_of(&story.note), 4.0, left(y), note);
        let body = (size(34.0, less), theme.ink);
        // Beside a picture, the text stands below the title.
        let (x, mut top, side) = if is_divided && !has_picture {
            let gap = room.width() * GAP_SHARE;
            (room.x0 + width + gap, room.y0, room.width() - width - gap)
        } else {
            (room.x0, y, width)
        };
        let drop = if is_divided && !has_picture {
            36.0
        } else {
            0.8 * body.0
        };
        top = add(
            TextKind::Answers,
            story.answers.clone(),
            drop,
            (x, top, side),
            body,
        );
        let gap = if story.answers.is_empty() {
            drop
        } else {
            0.6 * body.0
        };
        add(
            TextKind::Body,
            story.body.clone(),
            gap,
            (x, top, side),
            body,
        );
        (texts, fits)
    }

    /// The rows of a text.
    fn rows(&self, text: &SlideText) -> Vec<Row> {
        let style = text.style();
        let (width, exact) = (text.rect.width(), self.input.measure);
        match text.kind {
            TextKind::Body | TextKind::Answers => {
                let style = RichStyle {
                    text: style,
                    emphasis: Face::SerifItalic,
                    strong: Face::SerifSemiBold,
                    link: self.input.theme.accent,
                };
                rich::rows_of(&text.blocks, &style, width, exact)
            }
            TextKind::Title => {
                let breaker = LineBreaker {
                    face: style.face,
                    size_px: style.size_px,
                    width_px: width,
                    measure: exact,
                };
                let lines = breaker.balanced_lines(&text.words());
                lines
                    .iter()
                    .flat_map(|line| rich::plain(line, style, width, exact))
                    .collect()
            }
            _ => rich::plain(&text.words(), style, width, exact),
        }
    }

    /// The height of a text and the width of its widest line.
    fn measured(&self, text: &SlideText) -> (f32, f32) {
        let rows = self.rows(text);
        let widest = rows.iter().flat_map(|row| &row.pieces).map(|piece| {
            let width = self
                .input
                .measure
                .width(&piece.text, piece.face, piece.size_px);
            match piece.anchor {
                Anchor::Start => piece.x + width,
                _ => width,
            }
        });
        (
            rows.iter().map(|row| row.height_px).sum(),
            widest.fold(0.0, f32::max),
        )
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
