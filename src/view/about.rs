//! What the file is about: its text, its counts and span, the legend of its marks, its sources.
//!
//! It takes the place of a story.

use std::sync::{Arc, Weak};

use egui::{Rect, Sense, Ui, vec2};

use super::{
    ViewContext, accessible, markdown,
    paint::{Picture, Placement, TextPainter},
    side::Side,
    sources,
    text::{Style, color},
    widgets,
};
use crate::{
    command::{Layer, MenuCommand, Panel},
    layout::{
        Face,
        draw::legend::{ROWS, SAMPLE_PX},
        theme::Rgba,
        wording,
    },
    model::Timeline,
};

/// The gap between a sample of the legend and its words, in px.
const LEGEND_GAP_PX: f32 = 16.0;
/// What the panel keeps from frame to frame.
#[derive(Default)]
pub struct AboutMemory {
    samples: [Picture<(Rgba, &'static str)>; ROWS.len()],
    /// The file of what follows: how many events cite each source.
    of: Weak<Timeline>,
    cited: Vec<u32>,
    /// The counts and the span in words.
    counted: String,
}

impl AboutMemory {
    /// Counts the events of a file, once.
    fn count(&mut self, timeline: &Arc<Timeline>) {
        if Weak::ptr_eq(&self.of, &Arc::downgrade(timeline)) {
            return;
        }
        self.of = Arc::downgrade(timeline);
        self.counted = wording::counts(timeline);
        self.cited = vec![0; timeline.sources().len()];
        let mut cited = Vec::new();
        for event in timeline.events() {
            cited.clear();
            let sources = timeline.event(event).sources.into_iter();
            cited.extend(sources.map(|it| it.source));
            cited.sort_unstable();
            cited.dedup();
            for source in &cited {
                if let Some(count) = self.cited.get_mut(source.index()) {
                    *count += 1;
                }
            }
        }
    }
}

/// Shows the panel in `rect`.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    cx: &mut ViewContext<'_>,
    memory: &mut AboutMemory,
    text_painter: &mut TextPainter,
) {
    let side = Side {
        rect,
        name: "About this chronology",
        close: "Close",
        layer: Layer::Panel(Panel::About),
    };
    memory.count(&cx.layout.timeline);
    side.show(ui, cx, |ui, cx| {
        head(ui, cx, &memory.counted);
        write(ui, cx);
        legend(ui, cx, memory, text_painter);
        cited(ui, cx, memory);
        program(ui, cx);
    });
}

/// Title, counts and span, text.
fn head(ui: &mut Ui, cx: &ViewContext<'_>, counted: &str) {
    let (theme, timeline) = (cx.theme, &*cx.layout.timeline);
    widgets::heading(ui, "About this chronology", theme.muted);
    ui.add_space(10.0);
    let title = Style {
        line_height: 1.2,
        ..Style::new(Face::SerifSemiBold, 28.0, color(theme.ink))
    };
    widgets::balanced(ui, timeline.title(), &title, cx.measure);
    let quiet = Style {
        line_height: 1.4,
        ..Style::new(Face::Sans, 13.0, color(theme.muted))
    };
    if !timeline.subtitle().is_empty() {
        ui.add_space(6.0);
        widgets::paragraph(ui, timeline.subtitle(), &quiet, cx.measure);
    }
    ui.add_space(8.0);
    widgets::paragraph(ui, counted, &quiet, cx.measure);
    if !timeline.about().is_empty() {
        ui.add_space(12.0);
        markdown::show(ui, timeline.about(), theme, cx.measure);
    }
}

/// Leads to where all this is changed.
fn write(ui: &mut Ui, cx: &mut ViewContext<'_>) {
    ui.add_space(8.0);
    let face = ("Change it: title, lanes, people, lessons", Face::SansMedium);
    let width = cx.measure.width(face.0, face.1, 13.0) + 24.0;
    let button = widgets::quiet_button(ui, face, face.0, vec2(width, 30.0), cx.theme);
    if button.on_hover_text("Lists (L)").clicked() {
        cx.commands.push(MenuCommand::Lists.into());
    }
}

/// The program itself: its version, and what it is made of.
fn program(ui: &mut Ui, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    ui.add_space(18.0);
    widgets::heading(ui, "Meanwhile", theme.muted);
    ui.add_space(6.0);
    let quiet = Style::new(Face::Sans, 12.5, color(theme.muted));
    let words = concat!(
        "Version ",
        env!("CARGO_PKG_VERSION"),
        ", free software (MIT)"
    );
    widgets::paragraph(ui, words, &quiet, cx.measure);
    ui.add_space(4.0);
    let face = ("Licences of what is in it", Face::SansMedium);
    let width = cx.measure.width(face.0, face.1, 13.0) + 24.0;
    let button = widgets::quiet_button(ui, face, face.0, vec2(width, 30.0), theme);
    if button.clicked() {
        cx.commands.push(MenuCommand::Licenses.into());
    }
}

/// How each kind of date is drawn.
fn legend(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    memory: &mut AboutMemory,
    text_painter: &mut TextPainter,
) {
    let theme = cx.theme;
    let ink = theme.accent;
    ui.add_space(24.0);
    widgets::heading(ui, "How a date is drawn", theme.muted);
    ui.add_space(8.0);
    let style = Style {
        line_height: 1.3,
        ..Style::new(Face::Sans, 12.5, color(theme.ink))
    };
    for (row, picture) in ROWS.iter().zip(&mut memory.samples) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = LEGEND_GAP_PX;
            let (width, height) = SAMPLE_PX;
            let size = vec2(width, height + 4.0);
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            let placement = Placement {
                origin: rect.min.to_vec2() + vec2(0.0, 2.0),
                ground: theme.panel,
            };
            let shown = (ink, theme.name);
            let painter = ui.painter().with_clip_rect(ui.clip_rect());
            text_painter.paint(picture, shown, &painter, placement, |scene| {
                scene.clear();
                row.draw(ink, theme, scene);
            });
            ui.vertical(|ui| widgets::paragraph(ui, row.words, &style, cx.measure));
        });
        ui.add_space(8.0);
    }
}

/// Every source, with the number of events that cite it.
fn cited(ui: &mut Ui, cx: &ViewContext<'_>, memory: &mut AboutMemory) {
    let (theme, timeline) = (cx.theme, &cx.layout.timeline);
    if timeline.sources().is_empty() {
        return;
    }
    ui.add_space(18.0);
    widgets::heading(ui, "Sources", theme.muted);
    ui.add_space(8.0);
    let counts = memory.cited.as_slice();
    for (source, count) in timeline.sources().iter().zip(counts) {
        let body = Style {
            line_height: 1.35,
            ..Style::new(Face::Sans, 13.0, color(theme.ink))
        };
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            sources::reference(ui, source, &body, cx);
            let quiet = Style {
                size_px: 12.0,
                color: color(theme.muted),
                ..body
            };
            let words = match count {
                0 => "cited by no event".to_owned(),
                1 => "cited by one event".to_owned(),
                _ => format!("cited by {count} events"),
            };
            let line = widgets::paragraph(ui, &words, &quiet, cx.measure);
            accessible::name_text(&line, &words);
        });
        ui.add_space(10.0);
    }
}
