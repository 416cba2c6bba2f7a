//! Search by words: the field in the top bar, and the results under it.
//!
//! Typing searches, arrows select a result, Enter goes there, Esc goes back. The app runs the
//! search; here the results are shown, each with a mark on why it was found.

mod lines;

use std::ops::Range;

use egui::{
    Area, Color32, CornerRadius, CursorIcon, Frame, Id, Key, Margin, Modifiers, Order, Pos2, Rect,
    Response, ScrollArea, Sense, Stroke, StrokeKind, TextBuffer, TextEdit, Ui, pos2,
    text::LayoutJob, vec2,
};

use lines::lines_of;

use super::{
    ViewContext,
    accessible::{self, Pressable, SetPosition},
    paint::TextPainter,
    text::{self, Style, color},
    widgets::{self, icon},
};
use crate::{
    command::{Command, Layer, MenuCommand},
    layout::{
        SearchHighlight, bidi,
        draw::clusters::write_count,
        measure::{Face, elided},
        wording::Wording,
    },
    model::search::Found,
    state::Search,
};

/// The width of the field in the top bar, in px: in a wide window, and where only its icon fits.
const FIELD_PX: (f32, f32) = (250.0, 34.0);
/// In windows at least this wide, in px, there is room for the field.
const FIELD_FROM_PX: f32 = 900.0;
/// The field's height, in px.
const FIELD_HEIGHT_PX: f32 = 32.0;
/// The width of the results, in px.
const WIDTH_PX: f32 = 420.0;
/// The height of a result, in px.
const ROW_PX: f32 = 46.0;
/// The height of the text field of the open search, in px.
const TYPING_PX: f32 = 34.0;
/// The padding inside the panel, in px.
const AIR_PX: f32 = 8.0;
/// Where a result's words begin, in px from its left.
const INDENT_PX: f32 = 30.0;

/// The hint in the empty field.
const HINT: &str = "Search events, people, places";

/// Shows the field in the top bar that opens the search, left of `right`; returns its rectangle.
pub fn field(
    ui: &Ui,
    bar: Rect,
    right: f32,
    cx: &mut ViewContext<'_>,
    text_painter: &mut TextPainter,
) -> Rect {
    let theme = cx.theme;
    let is_wide = bar.width() >= FIELD_FROM_PX;
    let width = if is_wide { FIELD_PX.0 } else { FIELD_PX.1 };
    let size = vec2(width, FIELD_HEIGHT_PX);
    let rect = Rect::from_min_size(pos2(right - width, bar.center().y - size.y / 2.0), size);
    let response = ui.interact(rect, ui.scope_id().with("search field"), Sense::click());
    let pressable = Pressable::button("Search").cursor(CursorIcon::Text);
    let response = pressable.paint(ui, response, theme, |response| {
        let border = if response.hovered() {
            theme.muted
        } else {
            theme.hairline
        };
        ui.painter().rect(
            rect,
            CornerRadius::same(16),
            color(theme.panel),
            Stroke::new(1.0, color(border)),
            StrokeKind::Inside,
        );
        let painter = ui.painter();
        let glass = pos2(rect.left() + 17.0, rect.center().y);
        text_painter.centred(
            painter,
            glass,
            icon::MAGNIFYING_GLASS,
            (Face::Icons, 14.0),
            theme.muted,
        );
        if is_wide {
            let at = pos2(rect.left() + 31.0, rect.center().y);
            text_painter.line(painter, at, HINT, (Face::Sans, 13.0), theme.muted);
            let at = pos2(rect.right() - 17.0, rect.center().y);
            text_painter.centred(painter, at, "/", (Face::Sans, 13.0), theme.muted);
        }
    });
    if response.clicked() {
        cx.commands.push(MenuCommand::Search.into());
    }
    rect
}

/// Shows the open search over its field, or left of `most_right`, with the results so far.
/// `is_asking`: a search is running.
pub fn show(
    ui: &Ui,
    (field, most_right): (Rect, f32),
    search: &Search,
    (found, is_asking): (Option<&SearchHighlight>, bool),
    cx: &mut ViewContext<'_>,
) {
    let theme = cx.theme;
    let window = ui.ctx().content_rect();
    let width = WIDTH_PX.min(window.width() - 24.0);
    let right = (field.right() + AIR_PX).min(most_right - 12.0);
    let right = right.max(window.left() + 12.0 + width);
    let top = field.center().y - TYPING_PX / 2.0 - AIR_PX;
    let corner = Pos2::new(right - width, top);
    let most_px = (window.bottom() - corner.y - 120.0).max(3.0 * ROW_PX);
    let frame = widgets::sheet(theme, AIR_PX);
    Area::new(Id::unique("search"))
        .order(Order::Foreground)
        .fixed_pos(corner)
        .show(ui.ctx(), |ui| {
            frame.show(ui, |ui| {
                ui.set_width(width - 2.0 * AIR_PX);
                ui.spacing_mut().item_spacing.y = 0.0;
                typing(ui, search, found, cx);
                if search.words.trim().is_empty() {
                    return;
                }
                said(ui, search, (found, is_asking), cx);
                if let Some(found) = found {
                    results(ui, search, found, most_px, cx);
                }
            });
        });
}

/// The text field, with its keys.
fn typing(ui: &mut Ui, search: &Search, found: Option<&SearchHighlight>, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    let id = ui.scope_id().with("words");
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    let results = found.map_or(&[][..], |found| found.results.best.as_slice());
    if has_focus {
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let last = results.len().saturating_sub(1);
        if pressed(Key::ArrowDown) {
            cx.commands
                .push(Command::SelectResult((search.row + 1).min(last)));
        }
        if pressed(Key::ArrowUp) {
            cx.commands
                .push(Command::SelectResult(search.row.saturating_sub(1)));
        }
        if pressed(Key::Enter)
            && found.is_some_and(|found| found.words == search.words.trim())
            && let Some(found) = results.get(search.row)
        {
            cx.commands.push(Command::GoToResult(*found));
        }
    }
    ui.horizontal(|ui| {
        ui.set_height(TYPING_PX);
        ui.add_space(6.0);
        let (_, glass) = ui.allocate_space(vec2(15.0, TYPING_PX));
        let sign = (Face::Icons, 15.0);
        let at = pos2(glass.left(), glass.center().y);
        widgets::write(ui, at, icon::MAGNIFYING_GLASS, sign, theme.muted);
        let mut words = search.words.clone();
        // In visual order. The caret is placed by it, too, and stands at the right end while one
        // types, whatever the direction.
        let style = Style::new(bidi::kind(&words).face(Face::Sans), 14.0, color(theme.ink));
        let mut layouter = |ui: &Ui, text: &dyn TextBuffer, _: f32| {
            let mut job = text::job(text.as_str(), &style);
            if job.text.chars().count() != text.as_str().chars().count() {
                // Marks of direction have no place in visual order; the caret needs one for each.
                job = LayoutJob::simple_singleline(
                    text.as_str().to_owned(),
                    text::font(style.face, 14.0),
                    style.color,
                );
            }
            ui.fonts_mut(|fonts| fonts.layout_job(job))
        };
        let edit = TextEdit::singleline(&mut words)
            .layouter(&mut layouter)
            .id(id)
            .hint_text(HINT)
            .font(text::font(style.face, 14.0))
            .text_color(color(theme.ink))
            .frame(Frame::NONE)
            .desired_width(ui.available_width() - 40.0);
        let response = ui.add(edit);
        accessible::name_field(&response, &words, &search.words, HINT);
        // Whenever the search command is given, the field gets the keyboard focus.
        let asked_id = id.with("asked");
        if ui.data(|data| data.get_temp(asked_id)) != Some(search.asked) {
            ui.data_mut(|data| data.insert_temp(asked_id, search.asked));
            response.request_focus();
        }
        // On Esc egui takes the focus from the field before any view runs.
        if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
            cx.commands.push(MenuCommand::StepBack.into());
        }
        if words != search.words {
            cx.commands.push(Command::SetQuery(words));
        }
        let size = vec2(28.0, 28.0);
        let close =
            widgets::quiet_button(ui, (icon::X, Face::Icons), "Close the search", size, theme);
        if close.clicked() {
            cx.commands.push(Command::Close(Layer::Search));
        }
    });
}

/// The number of results; if there are none, what to try.
fn said(
    ui: &mut Ui,
    search: &Search,
    (found, is_asking): (Option<&SearchHighlight>, bool),
    cx: &ViewContext<'_>,
) {
    let theme = cx.theme;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    widgets::hairline(ui, rect, rect.center().y, theme);
    let words = match found {
        Some(found) if found.results.count == 0 && found.query.is_date() => format!(
            "No event has the date “{}”, and nothing has it in its title, name or text.",
            found.words.trim()
        ),
        Some(found) if found.results.count == 0 => format!(
            "Nothing has “{}” in its title, name or text. Fewer or longer words may help: typos are \
             forgiven from four letters on.",
            found.words.trim()
        ),
        Some(found) => {
            let mut words = String::new();
            write_count(
                u32::try_from(found.results.count).unwrap_or(u32::MAX),
                &mut words,
            );
            let shown = found.results.best.len();
            if found.results.is_near {
                let near = if found.query.is_date() {
                    "may be of that time"
                } else {
                    "are near it"
                };
                words = format!(
                    "Nothing matches “{}” exactly; {words} {near}",
                    found.words.trim()
                );
            } else {
                words.push_str(" found");
            }
            if shown < found.results.count {
                format!("{words}, the best {shown} shown")
            } else {
                words
            }
        }
        None if is_asking => "Searching…".to_owned(),
        None => String::new(),
    };
    let margin = Margin {
        left: 8,
        right: 8,
        top: 8,
        bottom: 6,
    };
    Frame::new().inner_margin(margin).show(ui, |ui| {
        let style = Style {
            line_height: 1.4,
            ..Style::new(Face::Sans, 12.0, color(theme.muted))
        };
        widgets::paragraph(ui, &words, &style, cx.measure);
    });
    say_choice(ui, search, found, &words, cx);
}

/// Has a screen reader say the number of results and the chosen one: the keyboard stays in the
/// field.
fn say_choice(
    ui: &Ui,
    search: &Search,
    found: Option<&SearchHighlight>,
    count: &str,
    cx: &ViewContext<'_>,
) {
    let Some(found) = found.filter(|found| found.words == search.words.trim()) else {
        return;
    };
    accessible::announce(ui.ctx(), "search", || {
        let best = &found.results.best;
        let Some(result) = best.get(search.row) else {
            return count.to_owned();
        };
        let [title, note] = lines_of(*result, found, &mut Wording::default(), cx);
        let place = SetPosition {
            index: search.row,
            count: best.len(),
        };
        let words = format!("{}, {}, {}", title.words, note.words, place.words());
        if search.row == 0 {
            format!("{count}. {words}")
        } else {
            words
        }
    });
}

fn results(
    ui: &mut Ui,
    search: &Search,
    found: &SearchHighlight,
    most_px: f32,
    cx: &mut ViewContext<'_>,
) {
    let best = &found.results.best;
    if best.is_empty() {
        return;
    }
    let height = (best.len() as f32 * ROW_PX).min(most_px);
    // A selected result that is not visible is scrolled into view.
    let row_id = ui.scope_id().with("row");
    let before = ui.data(|data| data.get_temp::<usize>(row_id));
    let mut area = ScrollArea::vertical()
        .id_salt(&found.words)
        .max_height(height)
        .min_scrolled_height(height)
        .auto_shrink([false, true]);
    if before != Some(search.row) {
        ui.data_mut(|data| data.insert_temp(row_id, search.row));
        let top = search.row as f32 * ROW_PX;
        let id = ui.scope_id().with("offset");
        let offset: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(0.0);
        if top < offset || top + ROW_PX > offset + height {
            let offset = if top < offset {
                top
            } else {
                top + ROW_PX - height
            };
            area = area.vertical_scroll_offset(offset);
        }
    }
    let output = area.show_rows(ui, ROW_PX, best.len(), |ui, rows| {
        accessible::name_list(ui, "Results", best.len());
        let mut wording = Wording::default();
        for (number, result) in best.iter().enumerate().take(rows.end).skip(rows.start) {
            let is_chosen = number == search.row;
            let place = SetPosition {
                index: number,
                count: best.len(),
            };
            let response = row(ui, (*result, place, is_chosen), found, &mut wording, cx);
            if response.clicked() {
                cx.commands.push(Command::SelectResult(number));
                cx.commands.push(Command::GoToResult(*result));
            }
        }
    });
    let id = ui.scope_id().with("offset");
    ui.data_mut(|data| data.insert_temp(id, output.state.clamped_offset().y));
}

/// One result with its place, and whether it is the chosen one: its title, and a note under it.
fn row(
    ui: &mut Ui,
    (result, place, is_chosen): (Found, SetPosition, bool),
    found: &SearchHighlight,
    wording: &mut Wording,
    cx: &ViewContext<'_>,
) -> Response {
    let theme = cx.theme;
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW_PX), Sense::click());
    let [title, note] = lines_of(result, found, wording, cx);
    let name = [title.words.as_str(), &note.words].join(", ");
    let pressable = Pressable::option(&name, is_chosen, place);
    pressable.paint(ui, response, theme, |response| {
        if is_chosen || response.hovered() {
            let wash = color(theme.ink.faded(if is_chosen { 0.08 } else { 0.04 }));
            ui.painter().rect_filled(rect, CornerRadius::same(8), wash);
        }
        let middle = pos2(rect.left() + INDENT_PX / 2.0, rect.top() + 16.0);
        sign(ui, middle, result, cx);
        let room = width - INDENT_PX - 8.0;
        for (line, face, size, ink, y) in [
            (&title, Face::SansMedium, 13.5, theme.ink, 16.0),
            (&note, Face::Sans, 12.0, theme.muted, 33.0),
        ] {
            let mut cut = String::new();
            let shown = elided(
                &line.words,
                (Face::SansSemiBold, size),
                room,
                cx.measure,
                &mut cut,
            );
            let style = Style::new(face, size, color(ink));
            let job = marked(shown, &line.marks_in(shown), &style, cx);
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
            let at = pos2(
                rect.left() + INDENT_PX,
                rect.top() + y - galley.size().y / 2.0,
            );
            ui.painter().galley(at, galley, Color32::PLACEHOLDER);
        }
    })
}

/// A line with its matches marked.
fn marked(line: &str, marks: &[Range<usize>], style: &Style, cx: &ViewContext<'_>) -> LayoutJob {
    let mark = Style {
        face: Face::SansSemiBold,
        color: color(cx.theme.accent),
        ..*style
    };
    let mut parts: Vec<(Range<usize>, Style)> = Vec::new();
    let mut done = 0;
    for range in marks {
        parts.push((done..range.start, *style));
        parts.push((range.clone(), mark));
        done = range.end;
    }
    parts.push((done..line.len(), *style));
    let mut job = LayoutJob::default();
    text::append_styled(&mut job, line, &parts, None);
    job.wrap.max_width = f32::INFINITY;
    job
}

/// The sign of a result's kind: a dot in its lane's colour for an event, else an icon.
fn sign(ui: &Ui, middle: Pos2, result: Found, cx: &ViewContext<'_>) {
    let theme = cx.theme;
    let shown = match result {
        Found::Date(event) | Found::Event(event) | Found::With(event, _) | Found::Text(event) => {
            let ink = cx.lane_color(event);
            ui.painter().circle_filled(middle, 5.0, color(ink));
            return;
        }
        Found::Person(_) | Found::PersonText(_) => icon::USER,
        Found::Place(_) => icon::MAP_PIN,
        Found::Tag(_) => icon::TAG,
    };
    let job = text::job(shown, &Style::new(Face::Icons, 15.0, color(theme.muted)));
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    ui.painter()
        .galley(middle - galley.size() / 2.0, galley, Color32::PLACEHOLDER);
}
