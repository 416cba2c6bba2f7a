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

use egui::{Align, Label, Layout, Rect, Role, ScrollArea, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{
    Show, Unit, question,
    sizes::{Sizes, lines_height},
};
use crate::{
    command::Command,
    layout::Face,
    view::{
        markdown,
        text::{self, Style, color},
        widgets,
    },
};

/// A short story begins at most this share of the height down, so that titles keep their place
/// from step to step.
const TOP_SHARE: f32 = 0.2;
/// The gap between title and date, as a multiple of the date's letters.
const DATE_DROP: f32 = 0.6;
/// The steps in which a title shrinks until its story fits; the text shrinks by their square root.
const SHRINKING: [f32; 9] = [1.0, 0.9, 0.8, 0.7, 0.62, 0.55, 0.48, 0.41, 0.34];
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

/// Shows the story of the current step. Its question can be answered.
pub(super) fn show(ui: &mut Ui, rect: Rect, unit: Unit, show: &Show, commands: &mut Vec<Command>) {
    let session = &show.session;
    let Some(step) = session.now() else { return };
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
    let words = shown_event.map(|event| show.timeline.date_words(event));
    let words = Words {
        lane: shown_event.map(|event| show.lane(event)),
        title,
        date: words
            .as_ref()
            .map(|words| words.date.clone())
            .unwrap_or_default(),
        note: words.and_then(|words| words.note).unwrap_or_default(),
        body: if is_open { "" } else { step.say.as_str() },
    };
    let has_side = step.question.is_some() || !words.body.is_empty();
    let Some(plan) = Plan::of(rect, unit, &words, has_side, show) else {
        return;
    };
    let sizes = &plan.sizes;
    let by_px = newly_scrolled(ui, show) * 2.0 * sizes.body;
    let step_number = session.step;
    let air = (rect.height() - plan.whole()) * 0.5;
    let top = rect.top() + air.clamp(0.0, TOP_SHARE * rect.height());
    let of_title = Rect::from_min_max(
        pos2(rect.left(), top),
        pos2(rect.left() + plan.title_px, rect.bottom()),
    );
    if plan.is_side_by_side {
        scrolled(ui, of_title, ("title", step_number), by_px, |ui| {
            head_words(ui, &words, sizes, show);
        });
        // The text begins beside the first line of the title.
        let drop = if plan.head > plan.body + 1.6 * sizes.lane {
            1.9 * sizes.lane
        } else {
            0.0
        };
        let left = rect.right() - plan.body_px;
        let of_body = Rect::from_min_max(pos2(left, top + drop), rect.max);
        scrolled(ui, of_body, ("text", step_number), by_px, |ui| {
            side(ui, &words, sizes, show, commands);
        });
    } else {
        scrolled(ui, of_title, ("title", step_number), by_px, |ui| {
            head_words(ui, &words, sizes, show);
            if has_side {
                ui.add_space(if plan.head > 0.0 { sizes.body } else { 0.0 });
                side(ui, &words, sizes, show, commands);
            }
        });
    }
}

/// The layout of a story, in px.
struct Plan {
    sizes: Sizes,
    /// Title and text stand beside each other, not under each other.
    is_side_by_side: bool,
    title_px: f32,
    body_px: f32,
    /// The heights of title and text (`head`, `body`).
    head: f32,
    body: f32,
}

impl Plan {
    /// The largest letters with which all of it fits, side by side if that fits, else over the
    /// whole width; if nothing fits, the smallest over the whole width.
    fn of(rect: Rect, unit: Unit, words: &Words<'_>, has_side: bool, show: &Show) -> Option<Self> {
        let may_stand_beside = has_side && !unit.is_stacked && !words.title.is_empty();
        let forms: &[bool] = if may_stand_beside {
            &[true, false]
        } else {
            &[false]
        };
        let all = SHRINKING.iter().flat_map(|&shrunk| {
            let sizes = Sizes::at(unit.px, show.theme.scale, shrunk);
            forms.iter().map(move |&beside| (sizes, beside))
        });
        let mut all = all.map(|(sizes, beside)| Self::at(rect, sizes, beside, words, show));
        let mut last = None;
        all.find_map(|plan| {
            let longest = longest_word(words.title, plan.sizes.title, show);
            if plan.whole() <= rect.height() && longest <= plan.title_px {
                return Some(plan);
            }
            last = Some(plan);
            None
        })
        .or(last)
    }

    fn at(rect: Rect, sizes: Sizes, is_side_by_side: bool, words: &Words<'_>, show: &Show) -> Self {
        let (title_px, body_px) = if is_side_by_side {
            let body_share = 1.0 - TITLE_SHARE - GAP_SHARE;
            (rect.width() * TITLE_SHARE, rect.width() * body_share)
        } else {
            (rect.width(), rect.width())
        };
        let body = lines_height(words.body, (Face::Serif, sizes.body, 1.47), body_px, show);
        Self {
            sizes,
            is_side_by_side,
            title_px,
            body_px,
            head: head_height(words, &sizes, title_px, show),
            body: body + question::height(show, &sizes, body_px),
        }
    }

    /// The height of the whole story.
    fn whole(&self) -> f32 {
        if self.is_side_by_side {
            self.head.max(self.body)
        } else {
            self.head + self.body + self.sizes.body
        }
    }
}

/// Contents that scroll if they are too long, by the wheel and by `by_px` in this frame. Each new
/// salt begins at the top.
fn scrolled(ui: &mut Ui, rect: Rect, salt: (&str, usize), by_px: f32, add: impl FnOnce(&mut Ui)) {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(salt));
    child.set_clip_rect(rect.expand(6.0).intersect(ui.clip_rect()));
    let area = ScrollArea::vertical().auto_shrink(false).id_salt(salt);
    area.show(&mut child, |ui| {
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

/// Lane, title and date, all at the side on which the title begins.
fn head_words(ui: &mut Ui, words: &Words<'_>, sizes: &Sizes, show: &Show) {
    let is_right_to_left = text::direction(words.title).is_some_and(|level| level.is_rtl());
    let align = if is_right_to_left {
        Align::Max
    } else {
        Align::Min
    };
    ui.with_layout(Layout::top_down(align), |ui| {
        head_lines(ui, words, sizes, show);
    });
}

fn head_lines(ui: &mut Ui, words: &Words<'_>, sizes: &Sizes, show: &Show) {
    let theme = show.theme;
    let line = |ui: &mut Ui, shown: &str, said: &str, style: &Style| {
        let label = ui.add(Label::new(text::job(shown, style)).selectable(false));
        label.widget_info(|| WidgetInfo::labeled(Role::Label, true, said));
    };
    if let Some((lane, ink)) = words.lane.filter(|(lane, _)| !lane.is_empty()) {
        let is_joined = text::has_right_to_left(lane);
        let style = Style {
            tracking_px: if is_joined { 0.0 } else { 0.08 * sizes.lane },
            ..Style::new(Face::SansBold, sizes.lane, color(ink))
        };
        line(ui, &lane.to_uppercase(), lane, &style);
        ui.add_space(0.7 * sizes.lane);
    }
    let title = Style {
        line_height: 1.12,
        ..Style::new(Face::SerifSemiBold, sizes.title, color(theme.ink))
    };
    if !words.title.is_empty() {
        widgets::balanced(ui, words.title, &title, &*show.measure);
    }
    if words.date.is_empty() {
        return;
    }
    ui.add_space(DATE_DROP * sizes.date);
    let date = Style::new(Face::SansSemiBold, sizes.date, color(theme.ink));
    let note = Style::new(Face::Sans, sizes.note, color(theme.muted));
    if has_one_line(words, sizes, ui.available_width(), show) {
        let mut job = text::job(&words.date, &date);
        let note = Style {
            // On one baseline.
            line_height: date.line_height * sizes.date / sizes.note,
            ..note
        };
        text::append(&mut job, &format!("  · {}", words.note), &note);
        let label = ui.add(Label::new(job).selectable(false));
        let said = format!("{} · {}", words.date, words.note);
        label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
        return;
    }
    widgets::paragraph(ui, &words.date, &date, &*show.measure);
    if !words.note.is_empty() {
        ui.add_space(0.15 * sizes.note);
        widgets::paragraph(ui, &words.note, &note, &*show.measure);
    }
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

/// The question, its answer, and the text.
fn side(ui: &mut Ui, words: &Words<'_>, sizes: &Sizes, show: &Show, commands: &mut Vec<Command>) {
    question::show(ui, show, sizes, commands);
    let body = Style {
        line_height: 1.47,
        ..Style::new(Face::Serif, sizes.body, color(show.theme.ink))
    };
    if !words.body.is_empty() {
        markdown::show_in(ui, words.body, &body, show.theme, &*show.measure);
    }
}

fn head_height(words: &Words<'_>, sizes: &Sizes, width_px: f32, show: &Show) -> f32 {
    let lane = words.lane.filter(|(lane, _)| !lane.is_empty());
    let lane = lane.map_or(0.0, |_| (1.25 + 0.7) * sizes.lane);
    let title = lines_height(
        words.title,
        (Face::SerifSemiBold, sizes.title, 1.12),
        width_px,
        show,
    );
    if has_one_line(words, sizes, width_px, show) {
        return lane + title + (DATE_DROP + 1.25) * sizes.date;
    }
    let date = lines_height(
        &words.date,
        (Face::SansSemiBold, sizes.date, 1.25),
        width_px,
        show,
    );
    let note = lines_height(&words.note, (Face::Sans, sizes.note, 1.25), width_px, show);
    lane + title + date + note + DATE_DROP * sizes.date + 0.15 * sizes.note
}

fn longest_word(words: &str, size_px: f32, show: &Show) -> f32 {
    let words = words.split_whitespace();
    let widths = words.map(|word| show.measure.width(word, Face::SerifSemiBold, size_px));
    widths.fold(0.0, f32::max)
}

/// The card of the next step: its lane, title and date.
pub(super) fn card(ui: &mut Ui, rect: Rect, step: &crate::model::Step, show: &Show) {
    let inner = rect.shrink(CARD_AIR_PX);
    let room = inner.height() - 50.0;
    let fits = |size: &f32| {
        let font = (Face::SerifSemiBold, *size, 1.2);
        lines_height(show.title(step), font, inner.width() - 8.0, show) <= room
    };
    let size = CARD_TITLES_PX
        .into_iter()
        .find(fits)
        .unwrap_or(CARD_LEAST_PX);
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
        let title = Style {
            line_height: 1.2,
            ..Style::new(Face::SerifSemiBold, size, color(show.theme.ink))
        };
        widgets::paragraph(ui, show.title(step), &title, &*show.measure);
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
