//! What is exported, and how: the same for the command line and the window.

use std::sync::Arc;

use super::{
    ExportError,
    fonts::FallbackFonts,
    handout::{self, HandoutInput},
    lesson::{self, LessonInput},
    pdf,
    picture::Pictures,
    png,
    pptx::{self, Presentation},
    shape::{ExactMeasure, Shaper},
    svg::{self, Pixels, Texts},
    web_page::{self, WebPageInput},
    worksheet::{Gap, Worksheet},
};
use crate::{
    layout::{
        FilterResult, LaneIndex, TextMeasure, Theme,
        page::Page,
        paper::Paper,
        picture::{self, PictureInput, View},
        poster::{self, Overflow, PosterError, PosterInput},
        sheet::Shows,
    },
    model::{EventSet, LaneId, Lesson, Timeline},
    time::Moment,
};

/// The least width and height of a handout's paper, in mm.
const LEAST_MM: f32 = 100.0;
/// The most events that are described in words: some 2,000 pages.
const MOST_TOLD: usize = 10_000;

/// The kind of a file.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Scalable Vector Graphics.
    Svg,
    /// Portable Network Graphics.
    Png,
    /// Portable Document Format.
    Pdf,
    /// A web page.
    Html,
    /// A presentation.
    Pptx,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 5] = [Self::Svg, Self::Png, Self::Pdf, Self::Html, Self::Pptx];

    /// The ending of its files, without the dot.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Pptx => "pptx",
        }
    }

    /// The format of a file name's ending.
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|format| format.ending().eq_ignore_ascii_case(ending))
    }
}

/// What is made.
#[derive(Copy, Clone, Debug, PartialEq)]
pub enum Document {
    /// The canvas as a picture of a width and height in px, enlarged by a scale.
    Picture {
        /// Width and height, in px.
        size_px: (f32, f32),
        /// Pixels per px.
        scale: f32,
    },
    /// The whole chronology on paper.
    Poster {
        /// The paper.
        paper: Paper,
        /// The smallest text, in pt.
        least_pt: f32,
        /// What is done where it does not fit.
        overflow: Overflow,
    },
    /// A lesson, a slide or a page a step.
    Lesson {
        /// Which of the file's, from 0. A file without lessons has one that is made of it.
        number: usize,
        /// Whether its notes stand below, where it is a PDF.
        has_notes: bool,
    },
    /// A page with the timeline, to be panned and zoomed, and every event in words.
    WebPage,
    /// The timeline and every event in words, on this paper.
    Handout {
        /// The paper.
        paper: Paper,
    },
    /// A handout with gaps, and the key.
    Worksheet {
        /// The paper.
        paper: Paper,
        /// What the gaps ask for.
        gap: Gap,
        /// How many gaps; half of the events where none are given.
        count: Option<usize>,
        /// Which: the same for the same seed.
        seed: u64,
    },
}

impl Document {
    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Picture { .. } => "picture",
            Self::Poster { .. } => "poster",
            Self::Lesson { .. } => "lesson",
            Self::WebPage => "web page",
            Self::Handout { .. } => "handout",
            Self::Worksheet { .. } => "worksheet",
        }
    }

    /// The formats in which it can be written: of several pages SVG and PNG hold none.
    pub const fn formats(self) -> &'static [Format] {
        match self {
            Self::WebPage => &[Format::Html],
            Self::Lesson { .. } => &[Format::Pdf, Format::Pptx, Format::Png, Format::Svg],
            Self::Picture { .. }
            | Self::Poster { .. }
            | Self::Handout { .. }
            | Self::Worksheet { .. } => &[Format::Pdf, Format::Png, Format::Svg],
        }
    }

    /// Whether pictures are part of it.
    pub const fn has_pictures(self) -> bool {
        matches!(
            self,
            Self::Handout { .. } | Self::WebPage | Self::Lesson { .. }
        )
    }

    /// For which pixels it is drawn, in a theme, so many per px.
    pub fn pixels(self, theme: &'static Theme, per_px: f32) -> Pixels {
        Pixels {
            per_px,
            is_dark: self.theme(theme).is_dark,
        }
    }

    /// The theme in which it is made: what is printed has no ground.
    pub fn theme(self, theme: &'static Theme) -> &'static Theme {
        match self {
            Self::Poster { .. } if *theme == Theme::LIGHT => &Theme::PRINT,
            Self::Picture { .. } | Self::Poster { .. } | Self::Lesson { .. } => theme,
            Self::Handout { .. } | Self::Worksheet { .. } | Self::WebPage => &Theme::PRINT,
        }
    }
}

/// Which events are shown, and how much time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Only these lanes; all where this is empty.
    pub lanes: Vec<LaneId>,
    /// Only events that touch this time, its end excluded.
    pub range: Option<(Moment, Moment)>,
    /// Only these events.
    pub events: Option<Arc<EventSet>>,
}

impl Selection {
    /// The index of the selected events.
    ///
    /// # Errors
    ///
    /// Where none is selected.
    pub fn lane_index(&self, timeline: &Arc<Timeline>) -> Result<Arc<LaneIndex>, ExportError> {
        let whole = Arc::new(LaneIndex::of(Arc::clone(timeline)));
        if *self == Self::default() {
            return Ok(whole);
        }
        let events = EventSet::of(timeline.len(), |event| {
            let is_in_lane = self.lanes.is_empty() || self.lanes.contains(&timeline.lane(event));
            let touches = self.range.is_none_or(|(from, to)| {
                let end = timeline.end(event).max(timeline.start(event).plus_secs(1));
                timeline.start(event) < to && end > from
            });
            let is_wanted = self.events.as_ref().is_none_or(|it| it.contains(event));
            is_in_lane && touches && is_wanted
        });
        if events.is_empty() {
            return Err(ExportError::Nothing);
        }
        Ok(Arc::new(LaneIndex::of_selection(
            &whole,
            Arc::new(events),
            self.range,
        )))
    }
}

/// An export.
pub struct Job<'a> {
    /// The events that are shown.
    pub lane_index: &'a Arc<LaneIndex>,
    /// What is made.
    pub document: Document,
    /// What a picture shows.
    pub view: View,
    /// The events that pass a filter, for a picture: others are dimmed.
    pub filtered: Option<&'a FilterResult>,
    /// The theme.
    pub theme: &'static Theme,
    /// What stands around the timeline.
    pub shows: Shows,
    /// How an SVG's texts are written.
    pub texts: Texts,
    /// Measures the texts of a picture and of a web page as the window does; on paper they are
    /// measured exactly.
    pub measure: &'a dyn TextMeasure,
    /// The pictures of its events.
    pub pictures: &'a Pictures,
    /// Fonts for characters that no bundled face has.
    pub fonts: &'a dyn FallbackFonts,
}

impl Job<'_> {
    /// The pages.
    ///
    /// # Errors
    ///
    /// Where the events do not fit the paper.
    pub fn pages(&self) -> Result<Vec<Page>, ExportError> {
        if self.lane_index.is_empty() && !matches!(self.document, Document::Picture { .. }) {
            return Err(ExportError::Empty);
        }
        let theme = self.document.theme(self.theme);
        match self.document {
            Document::Picture { size_px, .. } => Ok(vec![picture::page(&PictureInput {
                lane_index: self.lane_index,
                view: self.view,
                filtered: self.filtered,
                theme,
                measure: self.measure,
                shows: self.shows,
                size_px,
            })]),
            Document::Poster {
                paper,
                least_pt,
                overflow,
            } => Ok(poster::pages(&PosterInput {
                lane_index: self.lane_index,
                theme,
                measure: &ExactMeasure::new(self.fonts),
                shows: self.shows,
                paper,
                least_pt,
                overflow,
            })?),
            Document::Lesson { number, has_notes } => {
                self.with_lesson(number, |input| lesson::pages(input, has_notes))
            }
            // It has no pages.
            Document::WebPage => Ok(Vec::new()),
            Document::Handout { paper } => self.handout(paper, None),
            Document::Worksheet {
                paper,
                gap,
                count,
                seed,
            } => {
                self.check_count()?;
                let worksheet = Worksheet::new(gap, self.lane_index, count, seed);
                self.handout(paper, Some(&worksheet))
            }
        }
    }

    /// A lesson with all that its slides are made of.
    fn with_lesson<T>(
        &self,
        number: usize,
        make: impl FnOnce(&LessonInput<'_>) -> T,
    ) -> Result<T, ExportError> {
        let timeline = self.lane_index.timeline();
        let made = timeline
            .lessons()
            .is_empty()
            .then(|| Lesson::made_of(timeline));
        let lesson = made.as_ref().filter(|_| number == 0);
        let lesson = lesson.or_else(|| timeline.lessons().get(number));
        let lesson = lesson.ok_or(ExportError::NoLesson {
            count: timeline.lessons().len().max(1),
        })?;
        Ok(make(&LessonInput {
            timeline,
            lesson,
            theme: self.theme,
            measure: &ExactMeasure::new(self.fonts),
            pictures: self.pictures,
        }))
    }

    fn presentation(&self, number: usize) -> Result<Vec<u8>, ExportError> {
        let timeline = self.lane_index.timeline();
        let slides = self.with_lesson(number, lesson::slides)?;
        let about = Presentation {
            title: timeline.title(),
            language: timeline.language(),
            theme: self.theme,
            pictures: self.pictures,
        };
        pptx::file(&slides, &about, &mut Shaper::new(self.fonts))
    }

    fn check_count(&self) -> Result<(), ExportError> {
        let events = self.lane_index.len();
        if events > MOST_TOLD {
            return Err(ExportError::TooMany {
                events,
                most: MOST_TOLD,
            });
        }
        Ok(())
    }

    fn handout(
        &self,
        paper: Paper,
        worksheet: Option<&Worksheet>,
    ) -> Result<Vec<Page>, ExportError> {
        self.check_count()?;
        if paper.width_mm.min(paper.height_mm) < LEAST_MM {
            return Err(PosterError::TooSmall.into());
        }
        Ok(handout::pages(&HandoutInput {
            lane_index: self.lane_index,
            theme: self.document.theme(self.theme),
            measure: &ExactMeasure::new(self.fonts),
            paper,
            pictures: self.pictures,
            worksheet,
        }))
    }

    /// The bytes of the file.
    ///
    /// # Errors
    ///
    /// See [`ExportError`].
    pub fn file(&self, format: Format) -> Result<Vec<u8>, ExportError> {
        if self.document.formats().iter().all(|it| *it != format) {
            return Err(ExportError::Unsuited {
                document: self.document.name(),
                format: format.ending(),
            });
        }
        if self.document == Document::WebPage {
            self.check_count()?;
            let input = WebPageInput {
                lane_index: self.lane_index,
                measure: self.measure,
                pictures: self.pictures,
            };
            let page = web_page::page(&input, &mut Shaper::new(self.fonts));
            return Ok(page.into_bytes());
        }
        if self.lane_index.is_empty() && matches!(self.document, Document::Lesson { .. }) {
            return Err(ExportError::Empty);
        }
        if let (Document::Lesson { number, .. }, Format::Pptx) = (self.document, format) {
            return self.presentation(number);
        }
        let pages = self.pages()?;
        let timeline = self.lane_index.timeline();
        let mut shaper = Shaper::new(self.fonts);
        if format == Format::Pdf {
            let about = pdf::About {
                title: timeline.title().to_owned(),
                description: timeline.subtitle().to_owned(),
                language: timeline.language().to_owned(),
            };
            return pdf::document(&pages, &about, &self.pictures.files, &mut shaper);
        }
        let [page] = pages.as_slice() else {
            return Err(ExportError::Pages { count: pages.len() });
        };
        if format == Format::Png {
            let scale = match self.document {
                Document::Picture { scale, .. } => scale,
                // 144 dots per inch.
                _ => 1.5,
            };
            let pixels = self.document.pixels(self.theme, scale);
            return png::image(page, pixels, &self.pictures.files, &mut shaper)?.png();
        }
        let alt = picture::alt(self.lane_index);
        let about = svg::About {
            title: timeline.title(),
            description: &alt,
            language: timeline.language(),
        };
        Ok(svg::page(page, about, self.texts, &self.pictures.files, &mut shaper).into_bytes())
    }
}
