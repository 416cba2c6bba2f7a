//! The export dialog: what is made, a preview of the very output, and how.
//!
//! ```text
//! ┌ Export ─────────────────────────────────── × ┐
//! │ Picture     │  ┌───────────────┐  Paper       │
//! │ Poster      │  │               │  [A2      ]  │
//! │ Handout     │  │   preview     │  What        │
//! │ …           │  └───────────────┘  [The whole] │
//! │             │   A2 landscape · 1 page  …       │
//! ├──────────────────────────────────────────────┤
//! │ name.pdf              Copy picture  Save as … │
//! └──────────────────────────────────────────────┘
//! ```

use egui::{
    Align, Color32, ColorImage, ComboBox, Image, Layout as UiLayout, Modal, ProgressBar, Rect,
    Response, Role, Sense, Stroke, TextureHandle, TextureOptions, Ui, UiBuilder, pos2, vec2,
};

use super::{
    ViewContext, accessible,
    text::{Style, color},
    widgets,
};
use crate::{
    command::{Command, Layer, MenuCommand, Panel},
    export::choice::{
        Direction, ExportChoice, ExportKind, GapName, LookName, PaperChoice, PictureChoice,
        PictureKind, PictureSize, SlidesChoice, SlidesKind, What, WorksheetChoice,
    },
    layout::{Face, measure::elided, paper::PaperName, poster::Overflow},
};

/// The dialog's size in a large window, in px.
const SIZE_PX: (f32, f32) = (1080.0, 680.0);
/// The widths of the columns left and right of the preview, in px.
const SIDES_PX: (f32, f32) = (226.0, 228.0);
/// The heights of the head and the foot, in px.
const ENDS_PX: (f32, f32) = (62.0, 68.0);
/// The height of a kind of output in the list, in px.
const KIND_PX: f32 = 54.0;

/// What the dialog shows besides the view context.
#[derive(Default)]
pub struct ExportView<'a> {
    /// A page of the output; why there is none; `None` while it is being made.
    pub preview: Option<Result<&'a PreviewImage, &'a str>>,
    /// How much of the file is made, from 0 to 1, while one is.
    pub progress: Option<f32>,
    /// The name under which it will be saved.
    pub name: &'a str,
    /// The titles of the lessons.
    pub lessons: Vec<&'a str>,
}

/// A page of the output as pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewImage {
    /// Counts the previews: another one is another number.
    pub number: u64,
    /// Width and height, in pixels.
    pub size: (usize, usize),
    /// Red, green, blue and opacity of each pixel.
    pub rgba: Vec<u8>,
    /// Which page it is, from 0, and how many there are.
    pub page: (usize, usize),
    /// What the output is, in words.
    pub words: String,
}

/// What the dialog keeps from frame to frame.
#[derive(Default)]
pub struct ExportMemory {
    texture: Option<(u64, TextureHandle)>,
}

/// Shows the dialog.
pub fn show(ui: &Ui, shown: &ExportView<'_>, cx: &mut ViewContext<'_>, memory: &mut ExportMemory) {
    let theme = cx.theme;
    let window = ui.ctx().content_rect().size();
    let size = vec2(SIZE_PX.0, SIZE_PX.1).min(window - vec2(32.0, 32.0));
    let modal = Modal::new(ui.scope_id().with("export"))
        .frame(widgets::sheet(theme, 0.0))
        .backdrop_color(Color32::from_black_alpha(90))
        .show(ui.ctx(), |ui| {
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            let mut choice = cx.state.export;
            head(ui, rect, cx);
            let body = Rect::from_min_max(
                pos2(rect.left(), rect.top() + ENDS_PX.0),
                pos2(rect.right(), rect.bottom() - ENDS_PX.1),
            );
            kinds(ui, body, &mut choice, cx);
            preview(ui, body, shown, cx, memory);
            options(ui, body, &mut choice, shown, cx);
            foot(ui, rect, shown, cx);
            if choice != cx.state.export {
                cx.commands.push(Command::SetExport(choice));
            }
        });
    if modal.should_close() {
        cx.commands
            .push(Command::Close(Layer::Panel(Panel::Export)));
    }
}

/// A part of the dialog with a layout of its own.
fn part<R>(ui: &mut Ui, rect: Rect, salt: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let builder = UiBuilder::new().max_rect(rect).id_salt(salt);
    ui.scope_builder(builder, add).inner
}

fn head(ui: &mut Ui, rect: Rect, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    let at = Rect::from_min_max(
        rect.min + vec2(28.0, 20.0),
        pos2(rect.right() - 24.0, rect.top() + ENDS_PX.0),
    );
    part(ui, at, "head", |ui| {
        ui.horizontal(|ui| {
            let title = Style::new(Face::SerifSemiBold, 24.0, color(theme.ink));
            let title = egui::Label::new(super::text::job("Export", &title)).selectable(false);
            accessible::name_heading(&ui.add(title), "Export", 1);
            ui.with_layout(UiLayout::right_to_left(Align::Center), |ui| {
                let face = ("×", Face::Sans);
                let size = vec2(34.0, 34.0);
                if widgets::quiet_button(ui, face, "Close the export", size, theme).clicked() {
                    cx.commands
                        .push(Command::Close(Layer::Panel(Panel::Export)));
                }
            });
        });
    });
}

/// What can be made.
fn kinds(ui: &mut Ui, body: Rect, choice: &mut ExportChoice, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    let at = body.with_max_x(body.left() + SIDES_PX.0);
    let line = Rect::from_min_max(
        pos2(at.right(), at.top()),
        pos2(at.right() + 1.0, at.bottom() - 8.0),
    );
    ui.painter().rect_filled(line, 0.0, color(theme.hairline));
    let inner = at.shrink2(vec2(16.0, 0.0));
    part(ui, inner, "kinds", |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let is_new = ui.memory(|memory| memory.focused().is_none());
        for &kind in ExportKind::ALL {
            let is_chosen = choice.kind == kind;
            let response = entry(ui, (kind.words(), kind.about()), is_chosen, cx);
            if is_new && is_chosen {
                response.request_focus();
            }
            if response.clicked() {
                choice.kind = kind;
            }
        }
        let data = entry(ui, ("Data", "JSON, CSV, iCalendar …"), false, cx);
        if data.clicked() {
            cx.commands.push(MenuCommand::SaveAs.into());
        }
    });
}

/// A line of the list of what can be made.
fn entry(
    ui: &mut Ui,
    (title, about): (&str, &str),
    is_chosen: bool,
    cx: &ViewContext<'_>,
) -> Response {
    let theme = cx.theme;
    let size = vec2(ui.available_width(), KIND_PX);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let pressable = accessible::Pressable::choice(Role::Button, title, is_chosen);
    pressable.paint(ui, response, theme, |response| {
        if is_chosen {
            let fill = color(theme.accent.faded(0.1));
            ui.painter().rect_filled(rect, 8.0, fill);
        } else if response.hovered() || response.has_focus() {
            ui.painter()
                .rect_filled(rect, 8.0, color(theme.ink.faded(0.04)));
        }
        let at = |y| pos2(rect.left() + 12.0, rect.top() + y);
        widgets::write(ui, at(18.0), title, (Face::SansSemiBold, 14.0), theme.ink);
        let mut cut = String::new();
        let font = (Face::Sans, 12.0);
        let words = elided(about, font, rect.width() - 20.0, cx.measure, &mut cut);
        widgets::write(ui, at(37.0), words, font, theme.muted);
    })
}

/// A page of the output, and what it is.
fn preview(
    ui: &mut Ui,
    body: Rect,
    shown: &ExportView<'_>,
    cx: &mut ViewContext<'_>,
    memory: &mut ExportMemory,
) {
    let theme = cx.theme;
    let at = Rect::from_min_max(
        pos2(body.left() + SIDES_PX.0 + 24.0, body.top()),
        pos2(body.right() - SIDES_PX.1 - 24.0, body.bottom() - 12.0),
    );
    let desk = theme.ground.toward(theme.ink, 0.08);
    ui.painter().rect_filled(at, 8.0, color(desk));
    let room = Rect::from_min_max(
        at.min + vec2(20.0, 20.0),
        pos2(at.right() - 20.0, at.bottom() - 54.0),
    );
    let middle_of_words = pos2(at.center().x, at.bottom() - 26.0);
    let font = (Face::Sans, 12.5);
    let say = |ui: &mut Ui, words: &str, width: f32| {
        let mut cut = String::new();
        let words_shown = elided(words, font, width, cx.measure, &mut cut);
        let px = cx.measure.width(words_shown, font.0, font.1);
        let left = middle_of_words - vec2(px / 2.0, 0.0);
        widgets::write(ui, left, words_shown, font, theme.muted);
        let area = Rect::from_center_size(middle_of_words, vec2(px, 20.0));
        let label = ui.interact(area, ui.scope_id().with("words"), Sense::hover());
        accessible::name_text(&label, words);
    };
    let image = match &shown.preview {
        None => return say(ui, "The preview is being made …", at.width() - 40.0),
        Some(Err(why)) => {
            part(ui, room, "why", |ui| {
                let style = Style {
                    line_height: 1.4,
                    ..Style::new(Face::Sans, 14.0, color(theme.ink))
                };
                widgets::paragraph(ui, why, &style, cx.measure);
            });
            return;
        }
        Some(Ok(image)) => *image,
    };
    let texture = match &memory.texture {
        Some((number, texture)) if *number == image.number => texture.clone(),
        _ => {
            let pixels =
                ColorImage::from_rgba_unmultiplied([image.size.0, image.size.1], &image.rgba);
            let texture = ui
                .ctx()
                .load_texture("export", pixels, TextureOptions::LINEAR);
            memory.texture = Some((image.number, texture.clone()));
            texture
        }
    };
    let (width, height) = (image.size.0.max(1) as f32, image.size.1.max(1) as f32);
    let scale = (room.width() / width).min(room.height() / height);
    let page = Rect::from_center_size(room.center(), vec2(width, height) * scale);
    ui.painter().rect_filled(
        page.translate(vec2(0.0, 2.0)).expand(1.0),
        1.0,
        Color32::from_black_alpha(30),
    );
    Image::from_texture(&texture).paint_at(ui, page);
    let (number, count) = image.page;
    let label = ui.interact(page, ui.scope_id().with("page"), Sense::hover());
    accessible::name(
        &label,
        Role::Image,
        &format!("Preview, page {} of {count}", number + 1),
    );
    if count < 2 {
        return say(ui, &image.words, at.width() - 40.0);
    }
    say(ui, &image.words, at.width() - 140.0);
    for (words, name, x, to) in [
        (
            "‹",
            "Previous page",
            at.left() + 14.0,
            number.checked_sub(1),
        ),
        (
            "›",
            "Next page",
            at.right() - 46.0,
            (number + 1 < count).then_some(number + 1),
        ),
    ] {
        let rect = Rect::from_min_size(pos2(x, middle_of_words.y - 16.0), vec2(32.0, 32.0));
        part(ui, rect, name, |ui| {
            ui.add_enabled_ui(to.is_some(), |ui| {
                let size = vec2(32.0, 32.0);
                let button = widgets::quiet_button(ui, (words, Face::Sans), name, size, theme);
                if let Some(to) = to.filter(|_| button.clicked()) {
                    cx.commands.push(Command::ShowExportPage(to));
                }
            });
        });
    }
}

/// How it is made.
fn options(
    ui: &mut Ui,
    body: Rect,
    choice: &mut ExportChoice,
    shown: &ExportView<'_>,
    cx: &ViewContext<'_>,
) {
    let at = Rect::from_min_max(
        pos2(body.right() - SIDES_PX.1, body.top()),
        pos2(body.right() - 24.0, body.bottom()),
    );
    part(ui, at, "options", |ui| {
        egui::ScrollArea::vertical().show(ui, |ui| {
            ui.set_width(at.width() - 4.0);
            ui.spacing_mut().item_spacing.y = 4.0;
            of_kind(ui, choice, shown, cx);
        });
    });
}

fn of_kind(ui: &mut Ui, choice: &mut ExportChoice, shown: &ExportView<'_>, cx: &ViewContext<'_>) {
    let mut list = List { ui, cx };
    let kind = choice.kind;
    match kind {
        ExportKind::Picture => list.picture(&mut choice.picture),
        ExportKind::Poster => list.poster(&mut choice.paper),
        ExportKind::Handout => list.paper(&mut choice.paper),
        ExportKind::Worksheet => {
            list.paper(&mut choice.paper);
            list.worksheet(&mut choice.worksheet);
        }
        ExportKind::WebPage => {}
        ExportKind::Slides => list.slides(&mut choice.slides, &shown.lessons),
    }
    if kind != ExportKind::Slides {
        list.what(kind, &mut choice.what);
    }
    let has_look = [ExportKind::Picture, ExportKind::Poster, ExportKind::Slides];
    if has_look.contains(&kind) {
        list.choose("Look", &mut choice.look, LookName::ALL, LookName::words);
    }
    if matches!(kind, ExportKind::Picture | ExportKind::Poster) {
        list.heading("With");
        list.check("Title", &mut choice.shows.title);
        list.check("How dates are drawn", &mut choice.shows.legend);
        list.check("Sources", &mut choice.shows.sources);
    }
}

/// The options, one below the other.
struct List<'a, 'u> {
    ui: &'a mut Ui,
    cx: &'u ViewContext<'u>,
}

impl List<'_, '_> {
    fn picture(&mut self, picture: &mut PictureChoice) {
        let sizes = PictureSize::ALL;
        self.choose(
            "File",
            &mut picture.kind,
            PictureKind::ALL,
            PictureKind::words,
        );
        self.choose("Size", &mut picture.size, sizes, PictureSize::words);
        if picture.size == PictureSize::Window && picture.kind == PictureKind::Png {
            self.choose(
                "Pixels",
                &mut picture.scale,
                &[1, 2, 3, 4],
                |scale| match scale {
                    1 => "as on the screen",
                    2 => "twice as many",
                    3 => "three times as many",
                    _ => "four times as many",
                },
            );
        }
    }

    fn paper(&mut self, paper: &mut PaperChoice) {
        self.choose("Paper", &mut paper.name, &PaperName::ALL, PaperName::words);
    }

    fn poster(&mut self, paper: &mut PaperChoice) {
        self.paper(paper);
        let directions = Direction::ALL;
        self.choose(
            "Direction",
            &mut paper.direction,
            directions,
            Direction::words,
        );
        let overflows = [Overflow::Tiles, Overflow::Taller];
        self.choose(
            "What does not fit",
            &mut paper.overflow,
            &overflows,
            |it| match it {
                Overflow::Tiles => "Several pages",
                Overflow::Taller => "One taller page",
            },
        );
        let sizes = [5, 6, 7, 8, 10, 12, 16];
        self.choose(
            "Text at least",
            &mut paper.least_pt,
            &sizes,
            |it| match it {
                5 => "5 pt",
                6 => "6 pt",
                7 => "7 pt",
                8 => "8 pt",
                10 => "10 pt",
                12 => "12 pt",
                _ => "16 pt",
            },
        );
    }

    fn worksheet(&mut self, worksheet: &mut WorksheetChoice) {
        self.choose("Gaps", &mut worksheet.gap, GapName::ALL, GapName::words);
        if self.button("Other gaps") {
            worksheet.seed = worksheet.seed % 999 + 1;
        }
    }

    fn slides(&mut self, slides: &mut SlidesChoice, lessons: &[&str]) {
        self.choose("File", &mut slides.kind, SlidesKind::ALL, SlidesKind::words);
        if lessons.len() > 1 {
            let numbers: Vec<usize> = (0..lessons.len()).collect();
            self.choose("Lesson", &mut slides.lesson, &numbers, |number| {
                lessons.get(number).copied().unwrap_or_default()
            });
        }
    }

    /// What of the chronology, where there is a choice.
    fn what(&mut self, kind: ExportKind, what: &mut What) {
        let is_filtered = !self.cx.state.filter.is_empty();
        let is_there = |what: &&What| match what {
            What::Whole => true,
            What::Filtered => is_filtered,
            What::View => kind == ExportKind::Picture,
        };
        let all: Vec<What> = What::ALL.iter().filter(is_there).copied().collect();
        if all.len() > 1 {
            if !all.contains(what) {
                *what = What::Whole;
            }
            self.choose("What", what, &all, What::words);
        }
    }

    fn heading(&mut self, words: &str) {
        let style = Style::new(Face::Sans, 12.5, color(self.cx.theme.muted));
        self.ui.add_space(6.0);
        let label = egui::Label::new(super::text::job(words, &style)).selectable(false);
        self.ui.add(label);
    }

    fn choose<'w, T: Copy + PartialEq>(
        &mut self,
        name: &str,
        value: &mut T,
        all: &[T],
        words: impl Fn(T) -> &'w str,
    ) {
        self.heading(name);
        let now = words(*value);
        let before = *value;
        let theme = self.cx.theme;
        let shown = self.ui.scope(|ui| {
            let widgets = &mut ui.visuals_mut().widgets;
            for look in [
                &mut widgets.inactive,
                &mut widgets.hovered,
                &mut widgets.open,
            ] {
                look.weak_bg_fill = color(theme.ground);
                look.bg_stroke = Stroke::new(1.0, color(theme.hairline));
            }
            ui.spacing_mut().interact_size.y = 32.0;
            ComboBox::from_id_salt(("export", name))
                .width(ui.available_width())
                .selected_text(now)
                .height(320.0)
                .show_ui(ui, |ui| {
                    for &one in all {
                        ui.selectable_value(value, one, words(one));
                    }
                    if *value != before {
                        // By the keyboard, too.
                        ui.close();
                    }
                })
        });
        let shown = shown.inner;
        accessible::name(&shown.response, Role::ComboBox, &format!("{name}: {now}"));
        accessible::focus_ring(self.ui, &shown.response, self.cx.theme);
    }

    fn check(&mut self, words: &str, value: &mut bool) {
        let style = Style::new(Face::Sans, 13.0, color(self.cx.theme.ink));
        let job = super::text::job(words, &style);
        let response = self.ui.checkbox(value, job);
        accessible::focus_ring(self.ui, &response, self.cx.theme);
    }

    fn button(&mut self, words: &str) -> bool {
        self.ui.add_space(6.0);
        let size = vec2(self.ui.available_width(), 32.0);
        let face = (words, Face::SansMedium);
        widgets::quiet_button(self.ui, face, words, size, self.cx.theme).clicked()
    }
}

/// The name of the file, and what is done with it.
fn foot(ui: &mut Ui, rect: Rect, shown: &ExportView<'_>, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    let top = rect.bottom() - ENDS_PX.1;
    let line = Rect::from_min_max(pos2(rect.left(), top), pos2(rect.right(), top + 1.0));
    ui.painter().rect_filled(line, 0.0, color(theme.hairline));
    let at = Rect::from_min_max(
        pos2(rect.left() + 28.0, top + 12.0),
        pos2(rect.right() - 24.0, rect.bottom() - 12.0),
    );
    part(ui, at, "foot", |ui| {
        ui.with_layout(UiLayout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            if let Some(done) = shown.progress {
                let size = vec2(90.0, 36.0);
                let words = ("Cancel", Face::SansSemiBold);
                if widgets::quiet_button(ui, words, "Cancel the export", size, theme).clicked() {
                    cx.commands.push(Command::CancelExport);
                }
                let bar = ProgressBar::new(done)
                    .desired_width(220.0)
                    .fill(color(theme.accent));
                let bar = ui.add(bar);
                accessible::name_progress(&bar, done, "The file is being made");
                return;
            }
            let is_ready = !matches!(shown.preview, Some(Err(_)));
            ui.add_enabled_ui(is_ready, |ui| {
                if accent_button(ui, "Save as …", cx).clicked() {
                    cx.commands.push(Command::SaveExport);
                }
            });
            let is_paper = cx.state.export.format() == crate::export::job::Format::Pdf;
            ui.add_enabled_ui(is_ready && is_paper, |ui| {
                let words = ("Print", Face::SansSemiBold);
                let size = vec2(70.0, 36.0);
                if widgets::quiet_button(ui, words, "Print", size, theme).clicked() {
                    cx.commands.push(Command::PrintExport);
                }
            });
            ui.add_enabled_ui(is_ready, |ui| {
                let words = ("Copy picture", Face::SansSemiBold);
                let size = vec2(116.0, 36.0);
                if widgets::quiet_button(ui, words, "Copy picture", size, theme).clicked() {
                    cx.commands.push(Command::CopyExport);
                }
            });
            ui.with_layout(UiLayout::left_to_right(Align::Center), |ui| {
                let mut cut = String::new();
                let font = (Face::Sans, 13.0);
                let room = ui.available_width() - 8.0;
                let words = elided(shown.name, font, room, cx.measure, &mut cut);
                let style = Style::new(font.0, font.1, color(theme.muted));
                ui.add(egui::Label::new(super::text::job(words, &style)).selectable(false));
            });
        });
    });
}

/// The one button in the accent's colour.
fn accent_button(ui: &mut Ui, words: &str, cx: &ViewContext<'_>) -> Response {
    let theme = cx.theme;
    let (rect, response) = ui.allocate_exact_size(vec2(138.0, 38.0), Sense::click());
    let is_enabled = ui.is_enabled();
    accessible::Pressable::button(words).paint(ui, response, theme, |response| {
        let fill = if !is_enabled {
            theme.accent.faded(0.45)
        } else if response.hovered() {
            theme.accent.toward(theme.ink, 0.15)
        } else {
            theme.accent
        };
        ui.painter().rect(
            rect,
            19.0,
            color(fill),
            Stroke::NONE,
            egui::StrokeKind::Inside,
        );
        let font = (Face::SansSemiBold, 13.5);
        let px = cx.measure.width(words, font.0, font.1);
        let at = rect.center() - vec2(px / 2.0, 0.0);
        widgets::write(ui, at, words, font, theme.on_accent);
    })
}
