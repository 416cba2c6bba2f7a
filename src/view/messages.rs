//! Messages: the bar about the open file, notes in the middle of the canvas, the
//! progress of opening, and the list of keys.

use std::time::Duration;

use egui::{
    Align, Color32, CornerRadius, Frame, Layout, Margin, Modal, Painter, Rect, Response, Stroke,
    Ui, UiBuilder, pos2, vec2,
};

use super::{
    ViewContext, accessible,
    faults::Faults,
    text::{self, Style, color},
    widgets::{self, icon},
};
use crate::{
    command::{Command, MenuCommand, Mode, Panel},
    formats::Severity,
    layout::{
        TextMeasure, Theme,
        measure::{Face, elided},
    },
};

/// The height of the message bar, in px.
pub const BAR_PX: f32 = 38.0;

/// How often the progress of opening is updated.
const PROGRESS: Duration = Duration::from_millis(100);

/// The messages of the bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Messages {
    /// One sentence: a file that could not be opened, settings that were set aside.
    pub sentence: Option<String>,
    /// The faults of the open file.
    pub faults: Faults,
    /// An action that can be taken now.
    pub offer: Option<Offer>,
}

/// An action with a button in the bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The reason, as the bar says it.
    pub words: String,
    /// What the button says.
    pub name: &'static str,
    /// What it does.
    pub command: Command,
}

impl Messages {
    /// Whether there is no message.
    pub fn is_empty(&self) -> bool {
        self.sentence.is_none() && self.faults.is_empty() && self.offer.is_none()
    }

    /// What the bar says.
    fn summary(&self) -> String {
        let some = |n: usize, one: &str| match n {
            0 => None,
            1 => Some(format!("1 {one}")),
            n => Some(format!("{n} {one}s")),
        };
        let counts: Vec<String> = [
            some(self.faults.count(Severity::Error), "error"),
            some(self.faults.count(Severity::Warning), "warning"),
        ]
        .into_iter()
        .flatten()
        .collect();
        let found = (!counts.is_empty()).then(|| {
            format!(
                "{} in this file; what could be read is shown",
                counts.join(" and ")
            )
        });
        let offer = self.offer.as_ref().map(|offer| offer.words.clone());
        // First what the button is about.
        [offer, self.sentence.clone(), found]
            .into_iter()
            .flatten()
            .map(capitalized)
            .collect::<Vec<_>>()
            .join(" · ")
    }
}

/// A sentence with a capital, unless it begins with the name of a file.
fn capitalized(sentence: String) -> String {
    let first_word = sentence.split(' ').next().unwrap_or_default();
    let is_word = first_word.chars().all(char::is_alphabetic);
    match sentence.chars().next().filter(|_| is_word) {
        Some(first) => {
            let rest = sentence.get(first.len_utf8()..).unwrap_or_default();
            first.to_uppercase().chain(rest.chars()).collect()
        }
        None => sentence,
    }
}

/// Shows the bar in `rect`.
pub fn bar(ui: &mut Ui, rect: Rect, messages: &Messages, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    ui.painter()
        .rect_filled(rect, 0.0, color(theme.accent.faded(0.12)));
    widgets::hairline(ui, rect, rect.bottom() - 0.5, theme);
    let inner = rect.shrink2(vec2(24.0, 4.0));
    ui.scope_builder(
        UiBuilder::new()
            .max_rect(inner)
            .layout(Layout::right_to_left(Align::Center)),
        |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            if widgets::quiet_button(
                ui,
                (icon::X, Face::Icons),
                "Dismiss",
                vec2(26.0, 26.0),
                theme,
            )
            .clicked()
            {
                cx.commands.push(Command::DismissMessages);
            }
            if !messages.faults.is_empty() {
                let name = if cx.state.shows(Panel::Messages) {
                    "Hide"
                } else {
                    "Show"
                };
                if widgets::quiet_button(
                    ui,
                    (name, Face::SansSemiBold),
                    &format!("{name} the messages"),
                    vec2(52.0, 26.0),
                    theme,
                )
                .clicked()
                {
                    cx.commands.push(Command::Messages);
                }
            }
            if let Some(offer) = &messages.offer {
                let width = cx.measure.width(offer.name, Face::SansSemiBold, 13.0) + 24.0;
                let size = vec2(width, 26.0);
                let face = Face::SansSemiBold;
                if widgets::quiet_button(ui, (offer.name, face), offer.name, size, theme).clicked()
                {
                    cx.commands.push(offer.command.clone());
                }
            }
            let room = ui.available_width() - 28.0;
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let (_, sign) = ui.allocate_space(vec2(16.0, 26.0));
                let at = pos2(sign.left(), sign.center().y);
                widgets::write(ui, at, icon::WARNING, (Face::Icons, 16.0), theme.accent);
                let words = messages.summary();
                let style = Style::new(Face::SansMedium, 13.0, color(theme.ink));
                let mut cut = String::new();
                let font = (style.face, style.size_px);
                let shown = elided(&words, font, room, cx.measure, &mut cut);
                let is_cut = shown != words;
                let label = ui.add(egui::Label::new(text::job(shown, &style)));
                accessible::name_text(&label, &words);
                accessible::alert(ui.ctx(), "messages", &words);
                if is_cut {
                    label.on_hover_text(&words);
                }
            });
        },
    );
}

/// A sentence in the middle of the canvas.
pub fn note(ui: &Ui, area: Rect, words: &str, theme: &Theme) {
    note_on(ui.painter(), ui, area, words, theme);
}

/// A file that is being opened.
#[derive(Clone, Debug, PartialEq)]
pub struct OpeningProgress {
    /// What is being opened, in words.
    pub words: String,
    /// How much of it is done, from 0 to 1.
    pub share: f32,
}

/// Shows what is being opened and its progress, with a button to cancel; returns whether that was
/// pressed.
pub fn opening(ui: &mut Ui, area: Rect, coming: &OpeningProgress, theme: &Theme) -> bool {
    note(ui, area, &coming.words, theme);
    let line = Rect::from_center_size(area.center() + vec2(0.0, 28.0), vec2(160.0, 4.0));
    progress_bar(ui, line, coming.share, theme);
    ui.request_repaint_after(PROGRESS);
    let size = vec2(90.0, 30.0);
    let below = Rect::from_center_size(area.center() + vec2(0.0, 56.0), size);
    ui.painter().rect_filled(below, 8.0, color(theme.panel));
    let mut inside = ui.new_child(UiBuilder::new().max_rect(below));
    let name = "Cancel opening";
    let face = Face::SansSemiBold;
    let button = widgets::quiet_button(&mut inside, ("Cancel", face), name, size, theme);
    button.on_hover_text("Cancel (Esc)").clicked()
}

/// A progress bar; `share` is the part that is done, from 0 to 1.
fn progress_bar(ui: &Ui, rect: Rect, share: f32, theme: &Theme) {
    let painter = ui.painter();
    painter.rect_filled(rect, 2.0, color(theme.ink.faded(0.18)));
    let done = rect.with_max_x(rect.left() + rect.width() * share.clamp(0.0, 1.0));
    painter.rect_filled(done, 2.0, color(theme.accent));
    let response = ui.interact(rect, ui.scope_id().with("progress"), egui::Sense::hover());
    accessible::name_progress(&response, share, "Opening, in per cent");
}

/// The same as [`note`] with a given painter.
pub fn note_on(painter: &Painter, ui: &Ui, area: Rect, words: &str, theme: &Theme) {
    let job = text::job(words, &Style::new(Face::SansMedium, 13.0, color(theme.ink)));
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let rect = Rect::from_center_size(area.center(), galley.size() + vec2(40.0, 24.0));
    painter.rect_filled(rect, 8.0, color(theme.panel));
    painter.galley(
        rect.center() - galley.size() / 2.0,
        galley,
        color(theme.ink),
    );
    let response = ui.interact(rect, ui.scope_id().with("note"), egui::Sense::hover());
    accessible::name_text(&response, words);
}

/// Something that is asked in front of everything.
pub struct Confirmation<'a> {
    /// What is asked.
    pub title: String,
    /// What a yes means.
    pub text: String,
    /// The button of a yes; none where something is only said.
    pub yes: Option<&'a str>,
    /// The button of a no, which has the keyboard focus.
    pub no: &'a str,
}

impl Confirmation<'_> {
    /// Asks it, and returns the answer once there is one.
    pub fn ask(&self, ui: &Ui, theme: &Theme, measure: &dyn TextMeasure) -> Option<bool> {
        let mut answer = None;
        let shown = Modal::new(ui.scope_id().with("question"))
            .frame(widgets::sheet(theme, 28.0))
            .backdrop_color(Color32::from_black_alpha(90))
            .show(ui.ctx(), |ui| {
                ui.set_width(420.0_f32.min(ui.ctx().content_rect().width() - 100.0));
                ui.spacing_mut().item_spacing.y = 8.0;
                let title = Style::new(Face::SerifSemiBold, 22.0, color(theme.ink));
                widgets::paragraph(ui, &self.title, &title, measure);
                let text = Style::new(Face::Sans, 14.0, color(theme.ink));
                widgets::paragraph(ui, &self.text, &text, measure);
                ui.add_space(8.0);
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 10.0;
                    let mut button = |words| {
                        let face = Face::SansSemiBold;
                        let size = vec2(measure.width(words, face, 13.0) + 28.0, 32.0);
                        widgets::quiet_button(ui, (words, face), words, size, theme)
                    };
                    let (no, yes) = (button(self.no), self.yes.map(button));
                    if !no.has_focus() && !yes.as_ref().is_some_and(Response::has_focus) {
                        no.request_focus();
                    }
                    let is_yes = yes.is_some_and(|yes| yes.clicked());
                    if no.clicked() || is_yes {
                        answer = Some(is_yes);
                    }
                });
            });
        answer.or_else(|| shown.should_close().then_some(false))
    }
}

/// The list of keys, in front of everything.
pub fn keys(ui: &Ui, theme: &Theme, mode: Mode, commands: &mut Vec<Command>) {
    let frame = Frame::new()
        .fill(color(theme.panel))
        .stroke(Stroke::new(1.0, color(theme.hairline)))
        .corner_radius(CornerRadius::same(10))
        .inner_margin(Margin::same(28));
    let shown = Modal::new(ui.scope_id().with("keys"))
        .frame(frame)
        .backdrop_color(Color32::from_black_alpha(90))
        .show(ui.ctx(), |ui| {
            ui.set_width(440.0_f32.min(ui.ctx().content_rect().width() - 80.0));
            widgets::in_window(ui, |ui| {
                // Leaves room for the scroll bar.
                ui.set_max_width(ui.available_width() - 14.0);
                ui.spacing_mut().item_spacing.y = 6.0;
                ui.horizontal(|ui| {
                    let title = Style::new(Face::SerifSemiBold, 22.0, color(theme.ink));
                    let title = egui::Label::new(text::job("Keys", &title)).selectable(false);
                    accessible::name_heading(&ui.add(title), "Keys", 1);
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        let (face, size) = ((icon::X, Face::Icons), vec2(30.0, 30.0));
                        let button = widgets::quiet_button(ui, face, "Close the keys", size, theme);
                        if !button.has_focus() {
                            button.request_focus();
                        }
                        if button.on_hover_text("Close (Esc)").clicked() {
                            commands.push(MenuCommand::Keys.into());
                        }
                    });
                });
                ui.add_space(6.0);
                for (heading, shortcuts) in mode.shortcuts() {
                    ui.add_space(8.0);
                    widgets::heading(ui, heading, theme.muted);
                    for (what, keys) in shortcuts {
                        let keys: Vec<String> = keys.iter().map(|keys| keys.text()).collect();
                        let how = (keys.join("  or  "), Face::SansSemiBold);
                        key_row(ui, what, (&how.0, how.1), theme);
                    }
                }
                ui.add_space(8.0);
                widgets::heading(ui, "By hand", theme.muted);
                let by_hand: &[(&str, &str)] = match mode {
                    Mode::Exploring => &[
                        ("Zoom about the pointer", "wheel, pinch"),
                        ("Move in time", "drag, Shift + wheel"),
                        ("Fly to an event", "double click"),
                        ("Fly to a range", "drag on the axis"),
                    ],
                    Mode::Lesson => &[
                        ("Next step", "click, swipe to the left"),
                        ("Step before", "right click, swipe to the right"),
                        ("Go to a step", "its number, then Enter"),
                        ("Open an event", "click its mark"),
                    ],
                };
                for (what, how) in by_hand.iter().copied() {
                    key_row(ui, what, (how, Face::Sans), theme);
                }
            });
        });
    if shown.should_close() {
        commands.push(MenuCommand::Keys.into());
    }
}

/// What is done, and how, at both ends of a line.
fn key_row(ui: &mut Ui, what: &str, (how, face): (&str, Face), theme: &Theme) {
    ui.horizontal(|ui| {
        let style = Style::new(Face::Sans, 13.5, color(theme.ink));
        ui.add(egui::Label::new(text::job(what, &style)).selectable(false));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let style = Style::new(face, 13.0, color(theme.muted));
            ui.add(egui::Label::new(text::job(how, &style)).selectable(false));
        });
    });
}
