//! Texts in a column: laid out first, so that their height is known, then shown as they were laid.

use std::{ops::Range, sync::Arc};

use egui::{Align, Context, Event, Galley, Id, Label, Response, Sense, Ui, text::LayoutJob, vec2};

use super::{
    accessible,
    text::{self, Style},
};
use crate::layout::{LineBreaker, TextMeasure, line_breaks};

/// The column in which texts are laid out.
#[derive(Copy, Clone)]
pub struct Column<'a> {
    /// Lays out the letters.
    pub ctx: &'a Context,
    /// Measures the words of right-to-left texts, which are broken before they are ordered.
    pub measure: &'a dyn TextMeasure,
    /// Its width, in px.
    pub width_px: f32,
    /// The side at which left-to-right texts are aligned; right-to-left ones are always at the
    /// right.
    pub align: Align,
}

impl<'a> Column<'a> {
    /// The column that is left in a `Ui`, given its context.
    pub fn of(ui: &Ui, ctx: &'a Context, measure: &'a dyn TextMeasure) -> Self {
        Self {
            ctx,
            measure,
            width_px: ui.available_width(),
            align: ui.layout().horizontal_placement(),
        }
    }

    /// The same, narrower by this much, in px; at least 1 px wide.
    #[must_use]
    pub fn indented(self, by_px: f32) -> Self {
        Self {
            width_px: (self.width_px - by_px).max(1.0),
            ..self
        }
    }

    /// A text over as many lines as it needs. A right-to-left text is broken before it is ordered,
    /// each line in the direction of the whole, and read aloud in its logical order.
    pub fn paragraph(&self, words: &str, style: &Style) -> Paragraph {
        if !text::has_right_to_left(words) && !line_breaks::needs_dictionary(words) {
            let mut job = LayoutJob::default();
            job.append(words, 0.0, style.format(style.face));
            return self.paragraph_of(job);
        }
        self.broken(words, &[(0..words.len(), *style)])
    }

    /// A text in several styles, which are given by their bytes, over as many lines as it needs.
    pub fn styled(&self, words: &str, parts: &[(Range<usize>, Style)]) -> Paragraph {
        if text::has_right_to_left(words) || line_breaks::needs_dictionary(words) {
            return self.broken(words, parts);
        }
        let mut job = LayoutJob::default();
        for (range, style) in parts {
            let part = words.get(range.clone()).unwrap_or_default();
            job.append(part, 0.0, style.format(style.face));
        }
        self.paragraph_of(job)
    }

    /// A text that is broken here, since its lines are ordered after that, or since egui would break
    /// it anywhere.
    fn broken(&self, words: &str, parts: &[(Range<usize>, Style)]) -> Paragraph {
        let direction = text::direction(words);
        let Some((_, first)) = parts.first() else {
            return self.paragraph_of(LayoutJob::default());
        };
        // By the style in which the words are widest, so that no line is too long.
        let width = |style: &Style| self.measure.width(words, style.face, style.size_px);
        let styles = parts.iter().map(|(_, style)| style);
        let widest = styles.max_by(|a, b| width(a).total_cmp(&width(b)));
        let breaker = self.breaker(widest.unwrap_or(first));
        let mut job = LayoutJob::default();
        for (number, range) in breaker.line_ranges(words).into_iter().enumerate() {
            if number > 0 {
                job.append("\n", 0.0, first.format(first.face));
            }
            let line = words.get(range.clone()).unwrap_or_default();
            let within = parts.iter().filter_map(|(part, style)| {
                let (start, end) = (part.start.max(range.start), part.end.min(range.end));
                (start < end).then(|| (start - range.start..end - range.start, *style))
            });
            let within: Vec<(Range<usize>, Style)> = within.collect();
            text::append_styled(&mut job, line, &within, direction);
        }
        job.wrap.max_width = f32::INFINITY;
        let is_right_to_left = direction.is_some_and(|level| level.is_rtl());
        if is_right_to_left {
            job.halign = Align::RIGHT;
        }
        let galley = self.laid(job);
        let width_px = if is_right_to_left {
            self.width_px
        } else {
            galley.size().x
        };
        Paragraph {
            galley,
            ordered: Some(Ordered {
                width_px,
                is_right_to_left,
            }),
            read_aloud: Some(words.to_owned()),
            is_title: false,
        }
    }

    /// A title over as few lines as it needs, of similar length.
    pub fn balanced(&self, words: &str, style: &Style) -> Paragraph {
        let lines = self.breaker(style).balanced_lines(words);
        Paragraph {
            is_title: true,
            ..self.paragraph(&lines.join("\n"), style).read_as(words)
        }
    }

    /// Left-to-right text in several styles, wrapped at the column's width.
    pub fn paragraph_of(&self, mut job: LayoutJob) -> Paragraph {
        job.wrap.max_width = self.width_px;
        job.halign = self.align;
        Paragraph {
            galley: self.laid(job),
            ordered: None,
            read_aloud: None,
            is_title: false,
        }
    }

    fn breaker(&self, style: &Style) -> LineBreaker<'_> {
        LineBreaker {
            face: style.face,
            size_px: style.size_px,
            width_px: self.width_px,
            measure: self.measure,
        }
    }

    /// Lays out a job as it is.
    pub fn laid(&self, job: LayoutJob) -> Arc<Galley> {
        self.ctx.fonts_mut(|fonts| fonts.layout_job(job))
    }
}

/// Lines of text, laid out.
#[must_use]
pub struct Paragraph {
    galley: Arc<Galley>,
    /// For a text with right-to-left runs, whose galley is in visual order.
    ordered: Option<Ordered>,
    /// What is read aloud where it is not the galley's text.
    read_aloud: Option<String>,
    /// Whether it is the title of what follows.
    is_title: bool,
}

fn chosen_id() -> Id {
    Id::unique("the text that is selected as a whole")
}

/// Whether a text is selected as a whole and was shown in the last frame: it is copied on request.
pub fn has_whole_selection(ctx: &Context) -> bool {
    let id = chosen_id();
    let chosen: Option<Id> = ctx.data(|data| data.get_temp(id));
    let shown: Option<u64> = ctx.data(|data| data.get_temp(id.with("shown")));
    let now = ctx.cumulative_frame_nr();
    chosen.is_some() && shown.is_some_and(|shown| shown + 1 >= now)
}

/// Selects a text as a whole on a click, until something else is clicked, and copies it on request:
/// by keys, or by the menu of the secondary button.
fn select_whole(ui: &Ui, response: &Response, words: &str) {
    let chosen_id = chosen_id();
    let chosen: Option<Id> = ui.data(|data| data.get_temp(chosen_id));
    let is_chosen = chosen == Some(response.id);
    if response.clicked() || response.secondary_clicked() {
        ui.data_mut(|data| data.insert_temp(chosen_id, response.id));
    } else if is_chosen
        && ui.input(|input| input.pointer.any_pressed())
        && !response.contains_pointer()
    {
        ui.data_mut(|data| data.remove::<Id>(chosen_id));
    }
    if is_chosen {
        let now = ui.ctx().cumulative_frame_nr();
        ui.data_mut(|data| data.insert_temp(chosen_id.with("shown"), now));
        let wash = ui.visuals().selection.bg_fill;
        ui.painter().rect_filled(response.rect, 2.0, wash);
        let is_copied = |event: &Event| matches!(event, Event::Copy);
        if ui.input(|input| input.events.iter().any(is_copied)) {
            ui.copy_text(words.to_owned());
        }
    }
    response.context_menu(|ui| {
        if ui.button("Copy the paragraph").clicked() {
            ui.copy_text(words.to_owned());
            ui.close();
        }
    });
}

/// See [`Paragraph::ordered`].
struct Ordered {
    width_px: f32,
    is_right_to_left: bool,
}

impl Paragraph {
    /// The same, but read aloud as `words`.
    pub fn read_as(self, words: &str) -> Self {
        Self {
            read_aloud: Some(words.to_owned()),
            ..self
        }
    }

    /// Its height, in px.
    pub fn height(&self) -> f32 {
        self.galley.size().y
    }

    /// Shows it. Left-to-right text can be selected; a text in visual order is selected as a whole by
    /// a click, and then copied in its logical order.
    pub fn show(self, ui: &mut Ui) -> Response {
        let response = match self.ordered {
            None => ui.add(Label::new(self.galley)),
            Some(ordered) => {
                let size = vec2(ordered.width_px, self.galley.size().y);
                // On the stage of a lesson a click goes on to the next step.
                let is_selectable = ui.style().interaction.selectable_labels;
                let sense = if is_selectable {
                    Sense::CLICK
                } else {
                    Sense::hover()
                };
                let (rect, response) = ui.allocate_exact_size(size, sense);
                if let Some(words) = self.read_aloud.as_ref().filter(|_| is_selectable) {
                    select_whole(ui, &response, words);
                }
                let at = if ordered.is_right_to_left {
                    rect.right_top()
                } else {
                    rect.left_top()
                };
                // Every letter has a colour of its own.
                ui.painter()
                    .galley(at, self.galley, egui::Color32::PLACEHOLDER);
                response
            }
        };
        if let Some(words) = self.read_aloud {
            if self.is_title {
                accessible::name_heading(&response, &words, 1);
            } else {
                accessible::name_text(&response, &words);
            }
        }
        response
    }
}
