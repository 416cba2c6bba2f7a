//! An event of a handout: its date and title side by side, its texts, who and where, its pictures.

use super::{DATES_PX, Writer, exercise::writing_line};
use crate::{
    export::worksheet::Gap,
    layout::{
        Face, Scene,
        flow::{Block, Row},
        page::Role,
        rich,
        scene::{Anchor, Rect, Shape},
        theme::Rgba,
        typeset::TextStyle,
    },
    model::{EventId, Media},
};

/// The largest height of a picture, in px: 70 mm.
const PICTURE_PX: f32 = 265.0;
/// An event that takes at most this share of a page is not divided.
const LARGEST_WHOLE: f32 = 0.6;

impl Writer<'_> {
    /// An event, whole on one page unless it is long.
    pub(super) fn event(&mut self, event: EventId, gap: Option<Gap>) {
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
            // A number may be the date.
            Some(Gap::Date) if summary.contains(|it: char| it.is_numeric()) => Vec::new(),
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

    /// People, place, causes and sources, each on lines of its own.
    fn facts(&mut self, event: EventId, x: f32, width: f32, is_worksheet: bool) {
        let record = self.timeline.event(event);
        let people = self.timeline.people_words(event);
        let place = self.timeline.place_words(event);
        // What an event came of may be what another's gap asks for.
        let (causes, cited) = if is_worksheet {
            Default::default()
        } else {
            let causes = self.timeline.link_words(record.because);
            (causes, self.timeline.cited_words(event))
        };
        let source = if cited.len() == 1 {
            "Source"
        } else {
            "Sources"
        };
        let facts = [
            ("People", people.join(", ")),
            ("Place", place.unwrap_or_default()),
            ("Because of", causes.join("; ")),
            (source, cited.join(", ")),
        ];
        let facts = facts.iter().filter(|(_, words)| !words.is_empty());
        let style = TextStyle {
            color: self.input.theme.muted,
            ..self.styles.small
        };
        for (number, (name, words)) in facts.enumerate() {
            let rows = self.rows(&format!("{name}: {words}"), style, width);
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
