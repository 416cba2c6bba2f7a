//! The story of a step in large letters: lane, title, date in words and what is not known about it,
//! text.
//!
//! ```text
//!  MOSUL AND THE IS GROUP
//!  Mosul falls              Iraq’s second-largest city
//!  to the IS group          is lost …
//!  2014 · month not stated
//! ```
//!
//! Long texts shrink in steps, down to what is still read from the last row; longer ones scroll.

use egui::{Align, Context, Layout, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::{Show, StagePart, Unit, question::LaidQuestion, sizes::Sizes};
use crate::{
    command::Command,
    layout::{Face, line_breaks},
    model::{
        Certainty,
        markdown::{Block, blocks},
    },
    view::{
        column::{Column, Paragraph},
        laid_text::{LaidText, Part},
        markdown,
        text::{self, Style, color},
        widgets,
    },
};

/// The gap between title and date, as a multiple of the date's letters.
const DATE_DROP: f32 = 0.6;
/// The steps in which a title shrinks until its story fits; the text shrinks by their square root.
const SHRINKING: [f32; 9] = [1.0, 0.9, 0.8, 0.7, 0.62, 0.55, 0.48, 0.41, 0.34];
/// So far letters shrink rather than that names stand closer together on the timeline.
const LITTLE: f32 = 0.8;
/// The next step's card: sizes of its title, of which the largest that fits is taken; the least of
/// them; and the padding, in px.
const CARD_TITLES_PX: [f32; 4] = [26.0, 22.0, 18.0, CARD_LEAST_PX];
/// See [`CARD_TITLES_PX`].
const CARD_LEAST_PX: f32 = 15.0;
/// See [`CARD_TITLES_PX`].
const CARD_AIR_PX: f32 = 20.0;
/// The share of the width that a title takes beside a text.
const TITLE_SHARE: f32 = 0.53;
/// The share of the width between them.
const GAP_SHARE: f32 = 0.06;

/// The texts of a story.
struct Words<'a> {
    lane: Option<(&'a str, crate::layout::theme::Rgba)>,
    title: &'a str,
    date: String,
    note: String,
    body: &'a str,
}

/// What a story may take of the timeline below its part, in px.
#[derive(Copy, Clone)]
pub(super) struct More {
    /// Rather than have its letters shrink.
    pub at_once_px: f32,
    /// Beside that, where not even the smallest letters fit.
    pub at_last_px: f32,
}

/// Shows the story of the current step. Its question can be answered. Returns the y of its bottom,
/// which may be below the part.
pub(super) fn show(
    ui: &mut Ui,
    part: StagePart,
    more: More,
    show: &Show,
    commands: &mut Vec<Command>,
) -> f32 {
    let StagePart { rect, unit } = part;
    let session = &show.session;
    let Some(step) = session.current_step() else {
        return rect.top();
    };
    let is_open = session.open_question().is_some();
    // The question is the title until it is answered; the event's own title is part of the answer.
    let shown_event = step.event.filter(|_| !is_open);
    let title = if is_open || step.title.is_empty() || step.question.is_none() {
        show.title(step)
    } else {
        step.event.map_or(step.title.as_str(), |event| {
            show.timeline.event(event).title
        })
    };
    let words = shown_event.map(|event| show.timeline.date_words_with_weekday(event));
    let words = Words {
        lane: shown_event.map(|event| show.lane(event)),
        title,
        date: match &words {
            Some(words) => words.date.clone(),
            None if step.missing.is_empty() => String::new(),
            None => {
                let id = step.missing.replace(char::is_control, " ");
                format!("The file has no event “{id}”")
            }
        },
        note: words.map_or_else(String::new, |words| {
            let certainty = shown_event.map(|event| show.timeline.certainty(event));
            let certainty = certainty.filter(|it| *it != Certainty::Confirmed);
            let notes = words.note.into_iter();
            let notes = notes.chain(certainty.map(|it| it.word().to_owned()));
            notes.collect::<Vec<_>>().join(" · ")
        }),
        body: if is_open { "" } else { step.say.as_str() },
    };
    let has_side = step.question.is_some() || !words.body.is_empty();
    let ctx = ui.ctx().clone();
    let story = Story {
        ctx: &ctx,
        rect,
        words: &words,
        body: &blocks(words.body),
        show,
    };
    let Some(plan) = story.plan(unit, has_side, more.at_once_px) else {
        return rect.top();
    };
    let Plan {
        sizes, arrangement, ..
    } = plan;
    let by_px = newly_scrolled(ui, show) * 2.0 * sizes.body;
    let step_number = session.step;
    let top = rect.top();
    let lowest = rect.bottom() + more.at_once_px + more.at_last_px;
    let bottom = (top + plan.whole().ceil()).min(lowest);
    let rect = rect.with_max_y(bottom);
    let (title_px, body_px) = arrangement.widths(rect.width());
    let of_title = Rect::from_min_max(
        pos2(rect.left(), top),
        pos2(rect.left() + title_px, rect.bottom()),
    );
    let heights = (plan.head.height(), plan.side_height());
    let (head, question, body) = (plan.head, plan.question, plan.body);
    let show_head = |ui: &mut Ui, head: LaidText| {
        ui.with_layout(Layout::top_down(plan.align), |ui| head.show(ui));
    };
    let side = |ui: &mut Ui| {
        question.show(ui, show, commands);
        body.show(ui);
    };
    if arrangement == Arrangement::SideBySide {
        scrolled(ui, of_title, ("title", step_number), by_px, |ui| {
            show_head(ui, head);
        });
        // The text begins beside the first line of the title.
        let drop = if heights.0 > heights.1 + 1.6 * sizes.lane {
            1.9 * sizes.lane
        } else {
            0.0
        };
        let left = rect.right() - body_px;
        let of_body = Rect::from_min_max(pos2(left, top + drop), rect.max);
        scrolled(ui, of_body, ("text", step_number), by_px, side);
    } else {
        scrolled(ui, of_title, ("title", step_number), by_px, |ui| {
            show_head(ui, head);
            if has_side {
                ui.add_space(if heights.0 > 0.0 { sizes.body } else { 0.0 });
                side(ui);
            }
        });
    }
    rect.bottom()
}

/// How title and text are arranged.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Arrangement {
    /// The text is right of the title.
    SideBySide,
    /// The text is below the title.
    Stacked,
}

impl Arrangement {
    /// The widths of title and text on a stage of this width, in px.
    fn widths(self, width_px: f32) -> (f32, f32) {
        match self {
            Self::SideBySide => (
                width_px * TITLE_SHARE,
                width_px * (1.0 - TITLE_SHARE - GAP_SHARE),
            ),
            Self::Stacked => (width_px, width_px),
        }
    }
}

/// A story that is laid out in letters of one size.
struct Plan {
    sizes: Sizes,
    arrangement: Arrangement,
    /// Lane, title and date.
    head: LaidText,
    /// The side at which the title begins.
    align: Align,
    question: LaidQuestion,
    body: LaidText,
}

impl Plan {
    /// The height of question and text, in px.
    fn side_height(&self) -> f32 {
        self.question.height() + self.body.height()
    }

    /// The height of the whole story, in px.
    fn whole(&self) -> f32 {
        let (head, side) = (self.head.height(), self.side_height());
        match self.arrangement {
            Arrangement::SideBySide => head.max(side),
            Arrangement::Stacked => head + side + self.sizes.body,
        }
    }
}

/// A story that is to be laid out on a stage.
struct Story<'a> {
    ctx: &'a Context,
    rect: Rect,
    words: &'a Words<'a>,
    /// The blocks of the text.
    body: &'a [Block],
    show: &'a Show,
}

impl Story<'_> {
    /// The largest letters with which all of it fits, side by side if that fits, else over the
    /// whole width; if nothing fits, the smallest over the whole width. It fits in its part if its
    /// letters shrink but a little, else in `more_px` more.
    fn plan(&self, unit: Unit, has_side: bool, more_px: f32) -> Option<Plan> {
        let may_stand_beside = has_side && !unit.is_stacked && !self.words.title.is_empty();
        let arrangements: &[Arrangement] = if may_stand_beside {
            &[Arrangement::SideBySide, Arrangement::Stacked]
        } else {
            &[Arrangement::Stacked]
        };
        let mut last = None;
        let height = self.rect.height();
        let little = SHRINKING.into_iter().filter(|shrunk| *shrunk >= LITTLE);
        let little = little.map(|shrunk| (shrunk, height));
        let all = SHRINKING.map(|shrunk| (shrunk, height + more_px));
        for (shrunk, height_px) in little.chain(all) {
            let sizes = Sizes::at(unit.px, self.show.theme.scale, shrunk);
            let longest = longest_word(self.words.title, sizes.title, self.show);
            for &arrangement in arrangements {
                let plan = self.plan_at(sizes, arrangement);
                let (title_px, _) = arrangement.widths(self.rect.width());
                if plan.whole() <= height_px && longest <= title_px {
                    return Some(plan);
                }
                last = Some(plan);
            }
        }
        last
    }

    fn plan_at(&self, sizes: Sizes, arrangement: Arrangement) -> Plan {
        let (title_px, body_px) = arrangement.widths(self.rect.width());
        let theme = self.show.theme;
        let body = Style {
            line_height: 1.47,
            ..Style::new(Face::Serif, sizes.body, color(theme.ink))
        };
        let column = self.column(body_px, Align::Min);
        let (head, align) = self.head(&sizes, title_px);
        Plan {
            sizes,
            arrangement,
            head,
            align,
            question: LaidQuestion::new(self.show, &sizes, body_px),
            body: markdown::lay(&column, self.body, &body, theme),
        }
    }

    fn column(&self, width_px: f32, align: Align) -> Column<'_> {
        Column {
            ctx: self.ctx,
            measure: &*self.show.measure,
            width_px,
            align,
        }
    }

    /// Lane, title and date, and the side at which the title begins.
    fn head(&self, sizes: &Sizes, width_px: f32) -> (LaidText, Align) {
        let (words, theme) = (self.words, self.show.theme);
        let is_right_to_left = text::direction(words.title).is_some_and(|level| level.is_rtl());
        let align = if is_right_to_left {
            Align::Max
        } else {
            Align::Min
        };
        let column = self.column(width_px, align);
        let mut lines = LaidText::default();
        let mut add = |gap_px: f32, line: Paragraph| lines.push(gap_px, Part::Paragraph(line));
        let mut gap_px = 0.0;
        if let Some((lane, ink)) = words.lane.filter(|(lane, _)| !lane.is_empty()) {
            let is_joined = text::has_right_to_left(lane);
            let style = Style {
                tracking_px: if is_joined { 0.0 } else { 0.08 * sizes.lane },
                ..Style::new(Face::SansBold, sizes.lane, color(ink))
            };
            let shown = column.paragraph(&lane.to_uppercase(), &style);
            add(gap_px, shown.read_as(lane));
            gap_px = 0.7 * sizes.lane;
        }
        let title = Style {
            line_height: 1.12,
            ..Style::new(Face::SerifSemiBold, sizes.title, color(theme.ink))
        };
        if !words.title.is_empty() {
            add(gap_px, column.balanced(words.title, &title));
            gap_px = 0.0;
        }
        if words.date.is_empty() {
            return (lines, align);
        }
        gap_px += DATE_DROP * sizes.date;
        let date = Style::new(Face::SansSemiBold, sizes.date, color(theme.ink));
        let note = Style::new(Face::Sans, sizes.note, color(theme.muted));
        if has_one_line(words, sizes, width_px, self.show) {
            let mut job = text::job(&words.date, &date);
            let note = Style {
                // On one baseline.
                line_height: date.line_height * sizes.date / sizes.note,
                ..note
            };
            text::append(&mut job, &format!("  · {}", words.note), &note);
            let line = column.paragraph_of(job);
            let both = format!("{} · {}", words.date, words.note);
            add(gap_px, line.read_as(&both));
            return (lines, align);
        }
        add(gap_px, column.paragraph(&words.date, &date));
        if !words.note.is_empty() {
            let gap_px = 0.15 * sizes.note;
            add(gap_px, column.paragraph(&words.note, &note));
        }
        (lines, align)
    }
}

/// Contents that scroll if they are too long, by the wheel and by `by_px` in this frame. Each new
/// salt begins at the top.
fn scrolled(ui: &mut Ui, rect: Rect, salt: (&str, usize), by_px: f32, add: impl FnOnce(&mut Ui)) {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(salt));
    // Letters reach below their tight lines.
    let clip = rect.expand2(vec2(6.0, 10.0)).intersect(ui.clip_rect());
    child.set_clip_rect(clip);
    let area = ScrollArea::vertical().auto_shrink(false).id_salt(salt);
    area.show(&mut child, |ui| {
        ui.set_clip_rect(clip);
        ui.spacing_mut().item_spacing.y = 0.0;
        if by_px != 0.0 {
            ui.scroll_with_delta(vec2(0.0, -by_px));
        }
        add(ui);
    });
}

/// How many lines the keys have scrolled since the last frame.
fn newly_scrolled(ui: &Ui, show: &Show) -> f32 {
    let id = ui.scope_id().with(("scrolled", show.session.step));
    let now = show.session.scrolled;
    let before = ui.data(|data| data.get_temp::<i32>(id)).unwrap_or(0);
    if now != before {
        ui.data_mut(|data| data.insert_temp(id, now));
    }
    (now - before) as f32
}

/// Whether the note on what is not known of the date fits beside the date.
fn has_one_line(words: &Words<'_>, sizes: &Sizes, width_px: f32, show: &Show) -> bool {
    let is_mixed = [words.date.as_str(), &words.note]
        .into_iter()
        .any(text::has_right_to_left);
    let date = show
        .measure
        .width(&words.date, Face::SansSemiBold, sizes.date);
    let note = show.measure.width(&words.note, Face::Sans, sizes.note);
    !words.note.is_empty() && !is_mixed && date + note + 2.0 * sizes.note <= width_px
}

fn longest_word(words: &str, size_px: f32, show: &Show) -> f32 {
    let parts = line_breaks::words(words).into_iter();
    let parts = parts.filter_map(|part| words.get(part));
    let widths = parts.map(|part| show.measure.width(part, Face::SerifSemiBold, size_px));
    widths.fold(0.0, f32::max)
}

/// The card of the next step: its lane, title and date.
pub(super) fn card(ui: &mut Ui, rect: Rect, step: &crate::model::Step, show: &Show) {
    let inner = rect.shrink(CARD_AIR_PX);
    let room = inner.height() - 50.0;
    let ctx = ui.ctx().clone();
    let column = Column {
        ctx: &ctx,
        measure: &*show.measure,
        width_px: inner.width(),
        align: Align::Min,
    };
    let title_of = |size: f32| {
        let style = Style {
            line_height: 1.2,
            ..Style::new(Face::SerifSemiBold, size, color(show.theme.ink))
        };
        column.paragraph(show.title(step), &style)
    };
    let mut titles = CARD_TITLES_PX.into_iter().map(title_of);
    let title = titles.find(|title| title.height() <= room);
    let title = title.unwrap_or_else(|| title_of(CARD_LEAST_PX));
    let words = step
        .event
        .map(|event| show.timeline.date_words(event).to_string());
    let is_asked = step.question.is_some();
    scrolled(ui, inner, ("next", 0), 0.0, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let lane = step.event.map(|event| show.lane(event));
        if let Some((lane, ink)) = lane.filter(|(lane, _)| !lane.is_empty()) {
            widgets::heading(ui, lane, ink);
        }
        title.show(ui);
        let muted = Style::new(Face::Sans, 15.0, color(show.theme.muted));
        let what = if is_asked {
            Some("A question".to_owned())
        } else {
            words
        };
        if let Some(what) = what {
            widgets::paragraph(ui, &what, &muted, &*show.measure);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::lesson::sizes::LEAST_PX;

    #[test]
    fn on_a_projector_all_letters_are_read_from_the_last_row() {
        let unit = Unit::of(vec2(1920.0, 1080.0));
        assert_eq!((unit.px, unit.is_stacked), (1.0, false));
        let sizes = Sizes::at(unit.px, 1.0, 1.0);
        assert_eq!((sizes.title, sizes.body, sizes.date), (96.0, 34.0, 34.0));
        for shrunk in SHRINKING {
            let sizes = Sizes::at(unit.px, 1.0, shrunk);
            let all = [sizes.lane, sizes.title, sizes.date, sizes.note, sizes.body];
            assert!(all.iter().all(|&size| size >= LEAST_PX), "{sizes:?}");
        }
        // A squarer stage has its story in one column, and letters that are larger for its width.
        let square = Unit::of(vec2(1024.0, 768.0));
        assert!(square.is_stacked && square.px > 1024.0 / 1920.0);
    }
}
