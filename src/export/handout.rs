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

use std::sync::Arc;

use super::{
    picture::Pictures,
    worksheet::{Gap, Worksheet},
};
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
        scene::{Anchor, Rect, Shape},
        theme::Rgba,
        typeset::TextStyle,
        wording,
    },
    model::{EventId, Media, Timeline},
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
/// The largest height of a picture, in px: 70 mm.
const PICTURE_PX: f32 = 265.0;
/// The type scales at which the timeline on top is tried; at the last, its smallest text has 6 pt.
const TIMELINE_SCALES: [f32; 3] = [0.9, 0.8, 0.728];
/// The largest share of the page that the timeline takes.
const TIMELINE_SHARE: f32 = 0.55;
/// The same where not all events are seen on that.
const MOST_SHARE: f32 = 0.85;
/// An event that takes at most this share of a page is not divided.
const LARGEST_WHOLE: f32 = 0.6;
const LEFT_TO_RIGHT_MARK: char = '\u{200e}';
/// The distance of lines to write on, in px: 8 mm.
const WRITING_PX: f32 = 30.0;

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
        let counts = wording::counts_of(self.input.lane_index);
        for text in [self.timeline.subtitle(), &counts] {
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

    /// An event, whole on one page unless it is long.
    fn event(&mut self, event: EventId, gap: Option<Gap>) {
        let first = self.blocks.len();
        self.event_blocks(event, gap);
        let own = self.blocks.get_mut(first..).unwrap_or_default();
        let height: f32 = own.iter().map(Block::height_px).sum();
        if height < self.inner.1 * LARGEST_WHOLE
            && let Some((_, kept)) = own.split_last_mut()
        {
            for block in kept {
                block.keeps_next = true;
            }
        }
    }

    /// An event; what a gap of a worksheet asks for is a line to write on.
    fn event_blocks(&mut self, event: EventId, gap: Option<Gap>) {
        let record = self.timeline.event(event);
        let x = DATES_PX.0 + DATES_PX.1;
        let width = self.inner.0 - x;
        let title = if gap == Some(Gap::Title) {
            vec![writing_line(width, self.input.theme)]
        } else {
            self.rows(record.title, self.styles.heading, width)
        };
        let role = if gap == Some(Gap::Title) {
            Role::Paragraph
        } else {
            Role::Heading(2)
        };
        let heading = Block::new(role, 20.0, title).at(x).below_all();
        self.blocks.push(heading.with_next());
        let date = self.date_rows(event, gap);
        let aside = Block::new(Role::Paragraph, 0.0, date).aside();
        let worksheet = self.input.worksheet.is_some();
        let (summary, details) = (record.summary.trim(), record.details.trim());
        let texts = match gap {
            // They tell the title.
            Some(Gap::Title) => Vec::new(),
            _ if worksheet && !summary.is_empty() => vec![summary],
            _ => vec![summary, details],
        };
        let texts: Vec<&str> = texts.into_iter().filter(|it| !it.is_empty()).collect();
        let has_text = !texts.is_empty();
        self.blocks
            .push(if has_text { aside.with_next() } else { aside });
        for (number, text) in texts.into_iter().enumerate() {
            let rows = rich::rows(text, &self.styles.body, width, self.input.measure);
            let before = if number == 0 { 3.0 } else { 6.0 };
            if !rows.is_empty() {
                self.blocks
                    .push(Block::new(Role::Paragraph, before, rows).at(x));
            }
        }
        self.facts(event, x, width, worksheet);
        if !worksheet {
            for media in record.media {
                self.picture(media, record.title, (x, width));
            }
        }
    }

    /// The date in words with what is not known of it, the certainty and the lane.
    fn date_rows(&self, event: EventId, gap: Option<Gap>) -> Vec<Row> {
        let (width, _) = DATES_PX;
        let words = self.timeline.date_words(event);
        let mut rows = if gap == Some(Gap::Date) {
            vec![writing_line(width - 8.0, self.input.theme)]
        } else {
            let mut rows = self.rows(&words.date, self.styles.date, width);
            if let Some(note) = &words.note {
                rows.extend(self.rows(note, self.styles.quiet, width));
            }
            rows
        };
        let lane = self.timeline.lane(event);
        let color = self.lane_colors.of(lane);
        if let Some(word) = self.timeline.certainty(event).qualifier() {
            let style = TextStyle {
                face: Face::SansMedium,
                color,
                ..self.styles.quiet
            };
            rows.extend(self.rows(word, style, width));
        }
        let label = self.timeline.lane_record(lane).label.trim();
        if !label.is_empty() {
            let mut of_lane = self.rows(label, self.styles.quiet, width - 12.0);
            // Beside its dot, whatever its direction.
            for piece in of_lane.iter_mut().flat_map(|row| &mut row.pieces) {
                (piece.x, piece.anchor) = (12.0, Anchor::Start);
            }
            if let Some(first) = of_lane.first_mut() {
                first.scene = Some(dot(color, first.height_px));
                first.scene_scale = 1.0;
            }
            rows.extend(of_lane);
        }
        // The first baseline is that of the title beside it.
        let drop = self.styles.heading.first_baseline_px() - self.styles.date.first_baseline_px();
        if let Some(first) = rows.first_mut() {
            first.height_px += drop;
            first.baseline_px += drop;
        }
        rows
    }

    /// People, place and sources, each on lines of its own.
    fn facts(&mut self, event: EventId, x: f32, width: f32, is_worksheet: bool) {
        let record = self.timeline.event(event);
        let names = record.people.iter().map(|&id| {
            let person = self.timeline.person(id);
            named(&person.name, &person.native_name)
        });
        let people: Vec<String> = names.collect();
        let place = record.place.map(|id| {
            let place = self.timeline.place(id);
            named(&place.name, &place.native_name)
        });
        let mut facts = Vec::new();
        if !people.is_empty() {
            facts.push(format!("People: {}", people.join(", ")));
        }
        facts.extend(place.map(|place| format!("Place: {place}")));
        if !is_worksheet {
            facts.extend(cited(self.timeline, event));
        }
        let style = TextStyle {
            color: self.input.theme.muted,
            ..self.styles.small
        };
        for (number, fact) in facts.iter().enumerate() {
            let rows = self.rows(fact, style, width);
            let before = if number == 0 { 4.0 } else { 0.0 };
            self.blocks
                .push(Block::new(Role::Paragraph, before, rows).at(x));
        }
    }

    /// A picture with its caption and credit.
    fn picture(&mut self, media: &Media, title: &str, (x, width): (f32, f32)) {
        let Some((number, file)) = self.input.pictures.of(media) else {
            return;
        };
        let (pixel_width, pixel_height) = (file.size.0.max(1) as f32, file.size.1.max(1) as f32);
        // No larger than 96 pixels an inch allow: less would be coarse in print.
        let scale = (width / pixel_width)
            .min(PICTURE_PX / pixel_height)
            .min(1.0);
        let rect = Rect::new(0.0, 0.0, pixel_width * scale, pixel_height * scale);
        let alt = media.alt_words(title).to_owned();
        let row = Row {
            height_px: rect.height(),
            picture: Some((rect, number)),
            ..Row::default()
        };
        let caption = self.rows(&media.caption_and_credit(), self.styles.quiet, width);
        let block = Block::new(Role::Figure { alt }, 8.0, vec![row]).at(x);
        self.blocks.push(if caption.is_empty() {
            block
        } else {
            block.with_next()
        });
        if !caption.is_empty() {
            self.blocks
                .push(Block::new(Role::Caption, 3.0, caption).at(x));
        }
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

    /// What a worksheet asks.
    fn exercise(&mut self, worksheet: &Worksheet) {
        let width = self.inner.0;
        let task = self.rows(worksheet.task(), self.styles.body.text, width);
        self.blocks
            .push(Block::new(Role::Paragraph, 16.0, task).below_all());
        if worksheet.kind == Gap::Order {
            for &event in &worksheet.shuffled {
                self.order_item(event);
            }
            return;
        }
        if worksheet.kind == Gap::Title {
            let titles: Vec<&str> = worksheet
                .shuffled
                .iter()
                .map(|&event| self.timeline.event(event).title)
                .collect();
            let rows = self.rows(&titles.join("  ·  "), self.styles.small, width);
            self.blocks.push(Block::new(Role::Paragraph, 8.0, rows));
        }
        for event in self.events() {
            let gap = worksheet.is_gap(event).then_some(worksheet.kind);
            self.event(event, gap);
        }
    }

    /// An event without its date, and a box for its number.
    fn order_item(&mut self, event: EventId) {
        const BOX_PX: f32 = 26.0;
        let x = BOX_PX + 16.0;
        let width = self.inner.0 - x;
        let mut rows = self.rows(self.timeline.event(event).title, self.styles.heading, width);
        for row in &mut rows {
            row.pieces.iter_mut().for_each(|piece| {
                if piece.anchor == Anchor::Start {
                    piece.x += x;
                }
            });
        }
        if let Some(first) = rows.first_mut() {
            let mut scene = Scene::default();
            scene.shapes.push(Shape::Frame {
                rect: Rect::new(0.0, 0.0, BOX_PX, BOX_PX),
                radius: 3.0,
                fill: self.input.theme.panel,
                border: self.input.theme.muted,
                border_px: 1.0,
            });
            first.scene = Some(scene);
            first.scene_scale = 1.0;
            first.height_px = first.height_px.max(BOX_PX + 2.0);
            first.baseline_px += 3.0;
        }
        self.blocks.push(Block::new(Role::Item, 10.0, rows));
    }

    /// The answers.
    fn key(&mut self, worksheet: &Worksheet) {
        let heading = self.rows("Key", self.styles.section, self.inner.0);
        self.blocks
            .push(Block::new(Role::Heading(2), 0.0, heading).with_next());
        let asked: Vec<EventId> = match worksheet.kind {
            Gap::Order => {
                let mut events = worksheet.shuffled.clone();
                events.sort_unstable();
                events
            }
            _ => self
                .events()
                .into_iter()
                .filter(|&event| worksheet.is_gap(event))
                .collect(),
        };
        for (number, event) in asked.into_iter().enumerate() {
            let title = self.timeline.event(event).title;
            let date = self.timeline.date_words(event).date;
            // A list from left to right, whatever a title begins with.
            let line = match worksheet.kind {
                Gap::Order => format!("{LEFT_TO_RIGHT_MARK}{}. {title} ({date})", number + 1),
                _ => format!("{LEFT_TO_RIGHT_MARK}{date}: {title}"),
            };
            let rows = self.rows(&line, self.styles.small, self.inner.0);
            self.blocks.push(Block::new(Role::Item, 4.0, rows));
        }
    }
}

/// A name with the name in its own script.
fn named(name: &str, native_name: &str) -> String {
    if native_name.trim().is_empty() {
        name.to_owned()
    } else {
        format!("{name} ({native_name})")
    }
}

/// The sources of an event by their numbers, with the place in each.
fn cited(timeline: &Timeline, event: EventId) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for citation in timeline.event(event).sources {
        let number = citation.source.index() + 1;
        parts.push(match citation.place_in_source.trim() {
            "" => format!("{number}"),
            place => format!("{number} ({place})"),
        });
    }
    let word = if parts.len() == 1 {
        "Source"
    } else {
        "Sources"
    };
    (!parts.is_empty()).then(|| format!("{word}: {}", parts.join(", ")))
}

/// A line to write on.
fn writing_line(width: f32, theme: &Theme) -> Row {
    let mut scene = Scene::default();
    let y = WRITING_PX - 6.0;
    scene.rect(Rect::new(0.0, y, width, y + 0.75), theme.muted);
    Row {
        height_px: WRITING_PX,
        baseline_px: y - 3.0,
        // Not a scene alone: texts can stand on it.
        pieces: vec![Piece {
            x: 0.0,
            anchor: Anchor::Start,
            face: Face::Sans,
            size_px: 11.0,
            color: theme.muted,
            text: " ".to_owned(),
        }],
        scene: Some(scene),
        scene_scale: 1.0,
        ..Row::default()
    }
}

/// The dot of a lane.
fn dot(color: Rgba, line_px: f32) -> Scene {
    let mut scene = Scene::default();
    let top = line_px / 2.0 - 3.0;
    scene.shapes.push(Shape::Frame {
        rect: Rect::new(0.0, top, 7.0, top + 7.0),
        radius: 3.5,
        fill: color,
        border: color,
        border_px: 0.0,
    });
    scene
}
