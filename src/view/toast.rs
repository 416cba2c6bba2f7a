//! What was just done, said for a few seconds at the lower edge of the canvas. It covers no control,
//! moves nothing, and needs no answer; what went wrong stands in the bar of [`messages`](super::messages).

use std::time::Duration;

use egui::{Area, CornerRadius, Frame, Margin, Order, Rect, Ui, pos2};

use super::text::{self, Style, color};
use crate::layout::{Face, Theme};

/// It is shown for this long, in seconds, and for so much longer a letter.
const SHOWN_SECS: f64 = 3.0;
const LETTER_SECS: f64 = 0.06;
/// Its distance from the lower edge, in px.
const FOOT_PX: f32 = 76.0;
/// Its distance from the upper edge where something else is at the lower one, in px.
const HEAD_PX: f32 = 20.0;

/// What was just done.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    /// What was done, in words.
    pub words: String,
    /// When it was first shown, in seconds of the window's clock; `None` before.
    since_secs: Option<f64>,
}

impl Toast {
    /// Something that was just done; its words begin with a capital or with a name.
    pub fn new(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            since_secs: None,
        }
    }

    /// How much longer it is shown; `None` where its time is over.
    pub fn left(&mut self, now_secs: f64) -> Option<Duration> {
        let since_secs = *self.since_secs.get_or_insert(now_secs);
        let letters = self.words.chars().count() as f64;
        let left_secs = since_secs + SHOWN_SECS + letters * LETTER_SECS - now_secs;
        (left_secs > 0.0).then(|| Duration::from_secs_f64(left_secs))
    }

    /// Shows it in an area of the window: at its foot, or at its top where that `is_foot_taken`. It is
    /// announced elsewhere.
    pub fn show(&self, ui: &Ui, area: Rect, is_foot_taken: bool, theme: &Theme) {
        let style = Style::new(Face::SansMedium, 13.5, color(theme.panel));
        let width = (area.width() - 96.0).clamp(160.0, 620.0);
        let mut job = text::job(&self.words, &style);
        job.wrap.max_width = width;
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let size = galley.size();
        let y = if is_foot_taken {
            area.top() + HEAD_PX
        } else {
            area.bottom() - FOOT_PX - size.y
        };
        let at = pos2(area.center().x - size.x / 2.0 - 18.0, y);
        Area::new(ui.scope_id().with("toast"))
            .order(Order::Tooltip)
            .fixed_pos(at)
            .interactable(false)
            .show(ui.ctx(), |ui| {
                Frame::new()
                    .fill(color(theme.ink))
                    .corner_radius(CornerRadius::same(8))
                    .inner_margin(Margin::symmetric(18, 9))
                    .show(ui, |ui| {
                        let (_, rect) = ui.allocate_space(size);
                        ui.painter().galley(rect.min, galley, color(theme.panel));
                    });
            });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_gone_after_a_while_and_long_words_stay_longer() {
        let mut short = Toast::new("Saved");
        let mut long = Toast::new("x".repeat(100));
        assert!(short.left(7.0).is_some() && long.left(7.0).is_some());
        assert!(short.left(11.0).is_none());
        assert!(long.left(11.0).is_some() && long.left(30.0).is_none());
    }
}
