//! A handout: the timeline, then every event with its date in words, what is known of it, and its
//! sources; or a worksheet, the same with gaps.
//!
//! ```text
//! Title
//! ┌ timeline ────────────────┐
//! └──────────────────────────┘
//! from 2003     Sadr’s Mahdi Army
//! end not       Summary …
//! stated        People: …   Sources: 1 (paragraph 3)
//! ```

mod event;
mod exercise;

use std::sync::Arc;

use super::{picture::Pictures, worksheet::Worksheet};
use crate::{
    layout::{
        Face, LaneColors, LaneIndex, LayoutBuilder, Scene, SceneInput, TextMeasure, Theme,
        ViewParams,
        build::{CanvasSize, PaperStyle},
        draw,
        fitted::Fitted,
        flow::{self, Block, Piece, Row},
        metrics::HAIRLINE_X_PX,
        page::{PX_PER_MM, Page, Part, Role},
        paper::Paper,
        picture,
        rich::{self, RichStyle},
        scene::{Anchor, Rect},
        typeset::TextStyle,
        wording,
    },
    model::{EventId, Timeline},
};

/// What a handout is made of.
pub struct HandoutInput<'a> {
    /// The events of the handout.
    pub lane_index: &'a Arc<LaneIndex>,
    /// The theme.
    pub theme: &'static Theme,
    /// Measures texts, exactly: words of several styles follow each other.
    pub measure: &'a dyn TextMeasure,
    /// The paper.
    pub paper: Paper,
    /// The pictures.
    pub pictures: &'a Pictures,
    /// The gaps of a worksheet; `None` for a handout.
    pub worksheet: Option<&'a Worksheet>,
}

/// The air at the left and right edges, and at the top and bottom, in px: 18 and 20 mm.
const MARGIN_PX: (f32, f32) = (68.0, 76.0);
/// The width of the column of dates, and the gap right of it, in px.
const DATES_PX: (f32, f32) = (128.0, 18.0);
/// The type scales at which the timeline on top is tried; at the last, its smallest text has 6 pt.
const TIMELINE_SCALES: [f32; 3] = [0.9, 0.8, 0.728];
/// The largest share of the page that the timeline takes.
const TIMELINE_SHARE: f32 = 0.55;
/// The same where not all events are seen on that.
const MOST_SHARE: f32 = 0.85;
/// The pages.
pub fn pages(input: &HandoutInput<'_>) -> Vec<Page> {
    Writer::new(input).pages()
}

/// The styles of a handout.
struct Styles {
    title: TextStyle,
    heading: TextStyle,
    section: TextStyle,
    date: TextStyle,
    quiet: TextStyle,
    small: TextStyle,
    body: RichStyle,
}

impl Styles {
    fn of(theme: &Theme) -> Self {
        let style = TextStyle::new;
        Self {
            title: style(Face::SerifSemiBold, 26.0, 32.0, theme.ink),
            heading: style(Face::SerifSemiBold, 16.5, 21.0, theme.ink),
            section: style(Face::SerifSemiBold, 20.0, 26.0, theme.ink),
            date: style(Face::SansSemiBold, 12.5, 16.0, theme.ink),
            quiet: style(Face::Sans, 11.0, 15.0, theme.muted),
            small: style(Face::Sans, 11.5, 15.5, theme.ink),
            body: RichStyle {
                text: style(Face::Serif, 13.5, 18.5, theme.ink),
                emphasis: Face::SerifItalic,
                strong: Face::SerifSemiBold,
                link: theme.accent,
            },
        }
    }
}

struct Writer<'a> {
    input: &'a HandoutInput<'a>,
    timeline: &'a Timeline,
    styles: Styles,
    lane_colors: LaneColors,
    /// The width and height of a page's text, in px.
    inner: (f32, f32),
    paper_px: (f32, f32),
    blocks: Vec<Block>,
}

impl<'a> Writer<'a> {
    fn new(input: &'a HandoutInput<'a>) -> Self {
        let timeline: &Timeline = input.lane_index.timeline();
        let paper_px = (
            input.paper.width_mm * PX_PER_MM,
            input.paper.height_mm * PX_PER_MM,
        );
        Self {
            input,
            timeline,
            styles: Styles::of(input.theme),
            lane_colors: input.theme.lane_colors(timeline.lanes()),
            inner: (
                (paper_px.0 - 2.0 * MARGIN_PX.0).max(200.0),
                (paper_px.1 - 2.0 * MARGIN_PX.1).max(200.0),
            ),
            paper_px,
            blocks: Vec::new(),
        }
    }

    fn pages(mut self) -> Vec<Page> {
        self.head();
        self.timeline_on_top();
        match self.input.worksheet {
            None => {
                for event in self.events() {
                    self.event(event, None);
                }
                self.sources();
                self.paged()
            }
            Some(worksheet) => {
                self.exercise(worksheet);
                let mut pages = self.flowed();
                self.blocks.clear();
                self.key(worksheet);
                // The key has a page of its own, which is not handed out.
                pages.extend(self.flowed());
                self.numbered(pages)
            }
        }
    }

    fn paged(self) -> Vec<Page> {
        let pages = self.flowed();
        self.numbered(pages)
    }

    fn flowed(&self) -> Vec<Vec<Part>> {
        flow::pages(&self.blocks, self.inner.1)
    }

    /// The pages with ground, running heads and page numbers.
    fn numbered(&self, pages: Vec<Vec<Part>>) -> Vec<Page> {
        let count = pages.len();
        let pages = pages.into_iter().enumerate().map(|(number, parts)| {
            let mut on_page = vec![picture::ground(self.input.theme, self.paper_px)];
            on_page.push(self.furniture(number, count));
            on_page.extend(parts.into_iter().map(|mut part| {
                part.x += MARGIN_PX.0;
                part.y += MARGIN_PX.1;
                part
            }));
            Page {
                width_px: self.paper_px.0,
                height_px: self.paper_px.1,
                parts: on_page,
            }
        });
        pages.collect()
    }

    /// The running head, from the second page on, and the page number.
    fn furniture(&self, number: usize, count: usize) -> Part {
        let theme = self.input.theme;
        let mut scene = Scene::default();
        let style = (Face::Sans, 10.5, theme.muted);
        let (left, right) = (MARGIN_PX.0, self.paper_px.0 - MARGIN_PX.0);
        if number > 0 {
            let baseline = MARGIN_PX.1 - 30.0;
            let title = self.timeline.title();
            let mut cut = String::new();
            let room = right - left;
            let words = crate::layout::measure::elided(
                title,
                (style.0, style.1),
                room,
                self.input.measure,
                &mut cut,
            );
            scene.text((left, baseline), Anchor::Start, style, words);
            let y = baseline + 8.0;
            scene.rect(Rect::new(left, y, right, y + 0.75), theme.hairline);
        }
        let baseline = self.paper_px.1 - MARGIN_PX.1 + 36.0;
        let words = format!("{} / {count}", number + 1);
        scene.text((right, baseline), Anchor::End, style, &words);
        scene.finish();
        Part::new(Role::Artifact, (0.0, 0.0), scene)
    }

    fn events(&self) -> Vec<EventId> {
        self.input.lane_index.in_time_order().collect()
    }

    fn rows(&self, text: &str, style: TextStyle, width_px: f32) -> Vec<Row> {
        rich::plain(text, style, width_px, self.input.measure)
    }

    fn head(&mut self) {
        let width = self.inner.0;
        let title = self.rows(self.timeline.title(), self.styles.title, width);
        self.blocks.push(Block::new(Role::Title, 0.0, title));
        // Of a worksheet that asks for dates, nothing above them may tell one.
        let asks_when = self.input.worksheet.is_some_and(Worksheet::asks_when);
        let counts = if asks_when {
            wording::counts_without_dates(self.input.lane_index)
        } else {
            wording::counts_of(self.input.lane_index)
        };
        let subtitle = self.timeline.subtitle();
        let has_date = subtitle.contains(|it: char| it.is_numeric());
        let subtitle = if asks_when && has_date { "" } else { subtitle };
        for text in [subtitle, &counts] {
            let rows = self.rows(text, self.styles.quiet, width);
            if !rows.is_empty() {
                self.blocks.push(Block::new(Role::Paragraph, 2.0, rows));
            }
        }
        if self.input.worksheet.is_none() && !self.timeline.about().trim().is_empty() {
            let style = self.styles.body;
            let rows = rich::rows(self.timeline.about(), &style, width, self.input.measure);
            self.blocks.push(Block::new(Role::Paragraph, 10.0, rows));
        }
    }

    /// The timeline, of the events whose dates are not asked for.
    fn timeline_on_top(&mut self) {
        let index = match self.input.worksheet {
            None => Arc::clone(self.input.lane_index),
            Some(worksheet) => match worksheet.without_gaps(self.input.lane_index) {
                Some(rest) => rest,
                None => return,
            },
        };
        let Some(fitted) = self.timeline_layout(&index) else {
            return;
        };
        let (layout, scale) = (&fitted.layout, fitted.scale);
        let width = layout.size.width_px;
        let height = layout.used_px().min(layout.size.height_px);
        let camera = layout.fit(width - layout.gutter_px);
        let input = SceneInput {
            params: ViewParams::on_paper(camera, (width, height)),
            filtered: None,
            found: None,
            theme: self.input.theme,
            lane_colors: &self.lane_colors,
            measure: self.input.measure,
        };
        let mut scene = Scene::default();
        draw::scene(layout, &input, &mut draw::Scratch::default(), &mut scene);
        let alt = picture::alt(&index);
        let row = Row {
            height_px: height * scale,
            scene: Some(scene),
            scene_scale: scale,
            ..Row::default()
        };
        self.blocks
            .push(Block::new(Role::Figure { alt }, 16.0, vec![row]).at(-HAIRLINE_X_PX * scale));
        if let Some(words) = fitted.note_words() {
            let rows = self.rows(&words, self.styles.quiet, self.inner.0);
            self.blocks.push(Block::new(Role::Paragraph, 4.0, rows));
        }
    }

    /// The timeline with every event labelled where that fits, else as the window shows it.
    fn timeline_layout(&self, index: &Arc<LaneIndex>) -> Option<Fitted> {
        /// More events are not worth the search for room.
        const MOST: usize = 2_000;
        if index.is_empty() {
            return None;
        }
        let size = |scale: f32| CanvasSize {
            width_px: self.inner.0 / scale + HAIRLINE_X_PX,
            whole_px: self.inner.0 / scale + HAIRLINE_X_PX,
            height_px: self.inner.1 * TIMELINE_SHARE / scale,
        };
        let styles = [PaperStyle::Under, PaperStyle::Beside];
        let all = |scale: f32, style, may_elide| {
            let size = size(scale);
            let style = (style, may_elide);
            let layout = LayoutBuilder::with_all_labels(index, size, style, self.input.measure)?;
            Some(Fitted {
                layout,
                scale,
                hidden: 0,
            })
        };
        // A title longer than the page is wide is elided rather than every text made smaller.
        let tries = [false, true].into_iter().flat_map(|may_elide| {
            let scales = TIMELINE_SCALES.into_iter();
            scales.flat_map(move |scale| styles.map(|style| (scale, style, may_elide)))
        });
        let found = tries
            .take_while(|_| index.len() <= MOST)
            .find_map(|(scale, style, may_elide)| all(scale, style, may_elide));
        // Else as the window shows it, on as much of the page as it needs.
        found.or_else(|| {
            let (width, height) = (self.inner.0, self.inner.1);
            let [_, _, least] = TIMELINE_SCALES;
            let on = |share: f32, scales: &[f32]| {
                let size = (width + HAIRLINE_X_PX, height * share);
                Fitted::of(index, size, scales, self.input.measure)
            };
            let usual = on(TIMELINE_SHARE, &[0.8, least]).filter(|it| it.hidden == 0);
            usual.or_else(|| on(MOST_SHARE, &[least]))
        })
    }

    /// The sources, numbered as in the file.
    fn sources(&mut self) {
        if self.timeline.sources().is_empty() {
            return;
        }
        let heading = self.rows("Sources", self.styles.section, self.inner.0);
        let heading = Block::new(Role::Heading(2), 30.0, heading).below_all();
        self.blocks.push(heading.with_next());
        for (number, source) in self.timeline.sources().iter().enumerate() {
            let reference = source.reference();
            let width = self.inner.0 - 26.0;
            let mut rows = Vec::new();
            let italic = TextStyle {
                face: Face::SerifItalic,
                size_px: 12.5,
                line_px: 16.5,
                ..self.styles.small
            };
            rows.extend(self.rows(reference.title, italic, width));
            rows.extend(self.rows(&reference.origin, self.styles.quiet, width));
            let link = TextStyle {
                color: self.input.theme.accent,
                ..self.styles.quiet
            };
            let mut address = self.rows(reference.url, link, width);
            if let Some(url) = source.web_address() {
                for row in &mut address {
                    row.links.push((0.0, width, url.to_owned()));
                }
            }
            rows.extend(address);
            for row in &mut rows {
                for piece in &mut row.pieces {
                    (piece.x, piece.anchor) = (26.0, Anchor::Start);
                }
                for (from, to, _) in &mut row.links {
                    *from += 26.0;
                    *to += 26.0;
                }
            }
            let marker = Piece {
                x: 0.0,
                anchor: Anchor::Start,
                face: Face::SansSemiBold,
                size_px: 11.0,
                color: self.input.theme.accent,
                text: format!("{}.", number + 1),
            };
            match rows.first_mut() {
                Some(first) => first.pieces.insert(0, marker),
                None => continue,
            }
            self.blocks.push(Block::new(Role::Item, 6.0, rows));
        }
    }
}
