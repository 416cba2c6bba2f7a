//! Small parts that several views use: headings, links, pills, round buttons.
//!
//! Each has a role and a name for screen readers, and shows the focus.

use egui::{
    Align2, Color32, CornerRadius, Frame, Id, Label, Margin, Pos2, Rect, Response, Sense, Shadow,
    Stroke, StrokeKind, Ui, Vec2, pos2, vec2,
};

use super::{
    accessible::{self, Pressable},
    column::Column,
    text::{self, Style, color},
};
use crate::{
    command::{Command, MenuCommand},
    layout::{
        LineBreaker, TextMeasure,
        measure::Face,
        theme::{Rgba, Theme},
    },
};

/// Phosphor's characters for the icons that are used.
pub mod icon {
    /// Close.
    pub const X: &str = "\u{e4f6}";
    /// Previous.
    pub const CARET_LEFT: &str = "\u{e138}";
    /// Next, further.
    pub const CARET_RIGHT: &str = "\u{e13a}";
    /// A menu opens.
    pub const CARET_DOWN: &str = "\u{e136}";
    /// More commands.
    pub const DOTS_THREE: &str = "\u{e1fe}";
    /// Start.
    pub const PLAY: &str = "\u{e3d0}";
    /// A filter.
    pub const FUNNEL: &str = "\u{e266}";
    /// A search.
    pub const MAGNIFYING_GLASS: &str = "\u{e30c}";
    /// A person.
    pub const USER: &str = "\u{e4c2}";
    /// A place.
    pub const MAP_PIN: &str = "\u{e316}";
    /// A tag.
    pub const TAG: &str = "\u{e478}";
    /// To change something.
    pub const PENCIL: &str = "\u{e3b4}";
    /// To take back.
    pub const UNDO: &str = "\u{e038}";
    /// To do again.
    pub const REDO: &str = "\u{e036}";
    /// Something new.
    pub const PLUS: &str = "\u{e3d4}";
    /// A warning.
    pub const WARNING: &str = "\u{e4e0}";
}

/// The corner radius of buttons, in px.
const RADIUS: u8 = 6;

/// A heading of a section: small capitals, tracked.
pub fn heading(ui: &mut Ui, words: &str, ink: Rgba) -> Response {
    // Tracking would tear the joined letters of Arabic apart.
    let tracking_px = if text::has_right_to_left(words) {
        0.0
    } else {
        1.0
    };
    let style = Style {
        tracking_px,
        ..Style::new(Face::SansSemiBold, 11.0, color(ink))
    };
    let response = ui.add(Label::new(text::job(&words.to_uppercase(), &style)).selectable(false));
    accessible::name_heading(&response, words, 2);
    response
}

/// A text over as many lines as it needs: see [`Column::paragraph`].
pub fn paragraph(ui: &mut Ui, words: &str, style: &Style, measure: &dyn TextMeasure) -> Response {
    let ctx = ui.ctx().clone();
    Column::of(ui, &ctx, measure)
        .paragraph(words, style)
        .show(ui)
}

/// A title over as few lines as it needs, of similar length.
pub fn balanced(ui: &mut Ui, words: &str, style: &Style, measure: &dyn TextMeasure) -> Response {
    let ctx = ui.ctx().clone();
    Column::of(ui, &ctx, measure)
        .balanced(words, style)
        .show(ui)
}

/// The frame of panels over the canvas; `air_px` is the padding.
pub fn sheet(theme: &Theme, air_px: f32) -> Frame {
    let shadow = Shadow {
        offset: [0, 6],
        blur: 24,
        spread: 0,
        color: Color32::from_black_alpha(if theme.is_dark { 110 } else { 36 }),
    };
    Frame::new()
        .fill(color(theme.panel))
        .stroke(Stroke::new(1.0, color(theme.hairline)))
        .corner_radius(CornerRadius::same(12))
        .inner_margin(Margin::same(air_px as i8))
        .shadow(shadow)
}

/// Writes one line; `at` is its left end, at half its height.
pub fn write(ui: &Ui, at: Pos2, words: &str, (face, size_px): (Face, f32), ink: Rgba) {
    let job = text::job(words, &Style::new(face, size_px, color(ink)));
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let at = pos2(at.x, at.y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, Color32::PLACEHOLDER);
}

/// A button of text or of one icon in a face, without a frame until it is pointed at.
pub fn quiet_button(
    ui: &mut Ui,
    (shown, face): (&str, Face),
    name: &str,
    size: Vec2,
    theme: &Theme,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let size_px = if face == Face::Icons { 15.0 } else { 13.0 };
    quiet(ui, response, name, theme, |ink| {
        ui.painter().text(
            rect.center(),
            Align2::CENTER_CENTER,
            shown,
            text::font(face, size_px),
            color(ink),
        );
    })
}

/// Makes a quiet button of a clickable area: `write` draws its text or icon in the given colour.
pub fn quiet(
    ui: &Ui,
    response: Response,
    name: &str,
    theme: &Theme,
    write: impl FnOnce(Rgba),
) -> Response {
    let is_enabled = ui.is_enabled();
    let pressable = Pressable::button(name).enabled(is_enabled);
    pressable.paint(ui, response, theme, |response| {
        let ink = if !is_enabled {
            theme.muted.faded(0.5)
        } else if response.hovered() {
            theme.ink
        } else {
            theme.ink.toward(theme.muted, 0.35)
        };
        if response.hovered() && is_enabled {
            let wash = color(theme.ink.faded(0.06));
            let radius = CornerRadius::same(RADIUS);
            ui.painter().rect_filled(response.rect, radius, wash);
        }
        write(ink);
    })
}

/// A row that links to an event: dot, title, label of the link, date on the right.
pub struct LinkRow<'a> {
    /// The event's short title.
    pub title: &'a str,
    /// The label of the link, or empty.
    pub label: &'a str,
    /// The event's date, short.
    pub date: &'a str,
    /// Its lane's colour.
    pub dot: Rgba,
}

impl LinkRow<'_> {
    /// Shows it over the full width.
    pub fn show(&self, ui: &mut Ui, theme: &Theme, measure: &dyn TextMeasure) -> Response {
        const INDENT_PX: f32 = 20.0;
        let width = ui.available_width();
        let date_px = measure.width(self.date, Face::Sans, 12.0);
        // A date that does not fit beside its title gets a line of its own.
        let title_px = measure.width(self.title, Face::SansMedium, 13.5);
        let is_date_below = INDENT_PX + title_px + 16.0 + date_px > width;
        let room = width - INDENT_PX - if is_date_below { 0.0 } else { date_px + 12.0 };
        let breaker = LineBreaker {
            face: Face::SansMedium,
            size_px: 13.5,
            width_px: room,
            measure,
        };
        let titles = breaker.lines(self.title);
        let notes: Vec<&str> = [self.label, if is_date_below { self.date } else { "" }]
            .into_iter()
            .filter(|t| !t.is_empty())
            .collect();
        let height = titles.len() as f32 * 18.0 + notes.len() as f32 * 16.0 + 8.0;
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
        let name = [self.title, self.date, self.label]
            .iter()
            .filter(|t| !t.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(", ");
        Pressable::link(&name).paint(ui, response, theme, |response| {
            if response.hovered() {
                let wash = rect.expand2(vec2(8.0, 0.0));
                ui.painter().rect_filled(
                    wash,
                    CornerRadius::same(RADIUS),
                    color(theme.ink.faded(0.05)),
                );
            }
            ui.painter().circle_filled(
                pos2(rect.left() + 5.0, rect.top() + 13.0),
                4.5,
                color(self.dot),
            );
            let write = |x: f32, y: f32, line: &str, face, size, ink: Rgba| {
                let galley = ui.fonts_mut(|fonts| {
                    fonts.layout_job(text::job(line, &Style::new(face, size, color(ink))))
                });
                ui.painter()
                    .galley(pos2(x, y), galley, Color32::PLACEHOLDER);
            };
            let mut y = rect.top() + 4.0;
            for line in &titles {
                write(
                    rect.left() + INDENT_PX,
                    y,
                    line,
                    Face::SansMedium,
                    13.5,
                    theme.ink,
                );
                y += 18.0;
            }
            for line in notes {
                write(
                    rect.left() + INDENT_PX,
                    y,
                    line,
                    Face::Sans,
                    12.0,
                    theme.muted,
                );
                y += 16.0;
            }
            if !is_date_below {
                write(
                    rect.right() - date_px,
                    rect.top() + 5.0,
                    self.date,
                    Face::Sans,
                    12.0,
                    theme.muted,
                );
            }
        })
    }
}

/// Whether `id` was not shown in the frame before. To be called once a frame.
pub fn is_new(ui: &Ui, id: Id) -> bool {
    let now = ui.ctx().cumulative_frame_nr();
    let id = id.with("last shown");
    let last = ui.data(|data| data.get_temp::<u64>(id));
    ui.data_mut(|data| data.insert_temp(id, now));
    last.is_none_or(|last| last + 1 < now)
}

/// An entry of a menu, with its keys, or a tick where it is on.
pub fn menu_entry(
    ui: &mut Ui,
    command: MenuCommand,
    is_on: Option<bool>,
    commands: &mut Vec<Command>,
) {
    let keys = command.keys().first().map(|keys| keys.text());
    let keys = if is_on == Some(true) {
        "✓".to_owned()
    } else {
        keys.unwrap_or_default()
    };
    let button = egui::Button::new(command.text())
        .shortcut_text(keys)
        .min_size(vec2(ui.available_width(), 26.0));
    let response = ui.add(button);
    Pressable::menu_item(command.text(), is_on).describe(&response);
    if response.clicked() {
        commands.push(command.into());
        ui.close();
    }
}

/// Contents that scroll if they are higher than the window.
pub fn in_window(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    /// The margin above and below them, in px, their frame included.
    const AROUND_PX: f32 = 40.0;
    let height = ui.ctx().content_rect().height() - AROUND_PX;
    egui::ScrollArea::vertical()
        .max_height(height)
        .min_scrolled_height(height)
        .auto_shrink([false, true])
        .show(ui, add);
}

/// A rounded label: how certain something is.
pub fn pill(ui: &mut Ui, words: &str, style: &Style, fill: Color32, border: Color32) -> Response {
    let response = rounded(ui, words, style, (fill, border), Sense::hover());
    accessible::name_text(&response, words);
    response
}

/// Words in a rounded box.
fn rounded(
    ui: &mut Ui,
    words: &str,
    style: &Style,
    (fill, border): (Color32, Color32),
    sense: Sense,
) -> Response {
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(text::job(words, style)));
    let size = galley.size() + vec2(24.0, 11.0);
    // One widget: one that is made clickable only after it was added loses its focus.
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let radius = CornerRadius::same((size.y / 2.0) as u8);
    ui.painter().rect(
        rect,
        radius,
        fill,
        Stroke::new(1.0, border),
        StrokeKind::Inside,
    );
    ui.painter()
        .galley(rect.center() - galley.size() / 2.0, galley, style.color);
    response
}

/// A pressable label, such as a person's name.
pub fn chip(ui: &mut Ui, words: &str, style: &Style, theme: &Theme) -> Response {
    let colors = (color(theme.ground), color(theme.hairline));
    let response = rounded(ui, words, style, colors, Sense::click());
    Pressable::button(words).paint(ui, response, theme, |response| {
        if response.hovered() {
            let radius = CornerRadius::same((response.rect.height() / 2.0) as u8);
            ui.painter()
                .rect_filled(response.rect, radius, color(theme.ink.faded(0.05)));
        }
    })
}

/// A hairline over the full width at y.
pub fn hairline(ui: &Ui, rect: Rect, y: f32, theme: &Theme) {
    ui.painter()
        .hline(rect.x_range(), y, Stroke::new(1.0, color(theme.hairline)));
}
