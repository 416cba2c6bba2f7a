//! Slides as pages: of a screen's shape, or upright on A4 with the notes below.

use super::{LessonInput, MARGIN_PX, SLIDE_PX, Slide, TextKind, Writer, texts::LEAST_PX};
use crate::layout::{
    Face, Scene, Theme, flow,
    measure::elided,
    page::{PX_PER_MM, Page, Part, Role},
    picture,
    rich::{self, RichStyle},
    scene::{Anchor, Rect},
    typeset::{TextStyle, is_right_to_left},
};

/// What the number of the step takes of the foot.
const NUMBER_PX: f32 = 200.0;

/// The lesson as pages, one a slide: of a screen's shape, or upright on A4 with the notes below.
pub fn pages(input: &LessonInput<'_>, has_notes: bool) -> Vec<Page> {
    let writer = Writer::new(input);
    let slides = writer.slides();
    let pages = slides.iter().flat_map(|slide| {
        if has_notes {
            noted(&writer, slide)
        } else {
            // 13⅓ by 7½ inches, as presentations have it.
            vec![scaled(writer.parts(slide), (0.0, 0.0), 1280.0 / SLIDE_PX.0)]
        }
    });
    pages.collect()
}

impl Writer<'_> {
    /// The parts of a slide on a page.
    fn parts(&self, slide: &Slide) -> Vec<Part> {
        let theme = self.input.theme;
        let mut parts = vec![picture::ground(theme, SLIDE_PX)];
        for text in &slide.texts {
            let mut rows = self.typesetter.rows(text);
            for piece in rows.iter_mut().flat_map(|row| &mut row.pieces) {
                if text.kind == TextKind::Title && is_right_to_left(&piece.text) {
                    (piece.x, piece.anchor) = (text.rect.width(), Anchor::End);
                }
            }
            let role = match text.kind {
                TextKind::Title => Role::Title,
                _ => Role::Paragraph,
            };
            parts.push(flow::part(&role, (text.rect.x0, text.rect.y0), &rows));
        }
        if let Some((rect, number, alt)) = &slide.picture {
            let role = Role::Figure { alt: alt.clone() };
            let mut part = Part::new(role, (rect.x0, rect.y0), Scene::default());
            let own = Rect::new(0.0, 0.0, rect.width(), rect.height());
            part.picture = Some((own, *number));
            parts.push(part);
        }
        if let Some((rect, scene, alt)) = &slide.timeline {
            let role = Role::Figure { alt: alt.clone() };
            let mut part = Part::new(role, (rect.x0, rect.y0), scene.clone());
            part.clip = Some(Rect::new(0.0, 0.0, rect.width(), rect.height()));
            parts.push(part);
        }
        let mut foot = Scene::default();
        let style = (Face::SansMedium, LEAST_PX, theme.muted);
        let y = SLIDE_PX.1 - 44.0;
        foot.text((MARGIN_PX, y), Anchor::Start, style, &slide.foot[0]);
        let right = SLIDE_PX.0 - MARGIN_PX;
        let mut cut = String::new();
        let room = right - MARGIN_PX - NUMBER_PX;
        let measure = self.input.measure;
        let lesson = elided(&slide.foot[1], (style.0, style.1), room, measure, &mut cut);
        foot.text((right, y), Anchor::End, style, lesson);
        foot.finish();
        parts.push(Part::new(Role::Artifact, (0.0, 0.0), foot));
        parts
    }
}

/// Parts as a page of their own, enlarged.
fn scaled(parts: Vec<Part>, at: (f32, f32), scale: f32) -> Page {
    Page {
        width_px: SLIDE_PX.0 * scale,
        height_px: SLIDE_PX.1 * scale,
        parts: moved(parts, at, scale),
    }
}

fn moved(mut parts: Vec<Part>, (x, y): (f32, f32), scale: f32) -> Vec<Part> {
    for part in &mut parts {
        part.x = x + part.x * scale;
        part.y = y + part.y * scale;
        part.scale *= scale;
    }
    parts
}

/// A slide on A4, its notes below; on further pages, if they are long.
fn noted(writer: &Writer<'_>, slide: &Slide) -> Vec<Page> {
    const MARGIN_MM: f32 = 18.0;
    let (width, height) = (210.0 * PX_PER_MM, 297.0 * PX_PER_MM);
    let margin = MARGIN_MM * PX_PER_MM;
    let inner = width - 2.0 * margin;
    let scale = inner / SLIDE_PX.0;
    let ink = Theme::PRINT.ink;
    let style = RichStyle {
        text: TextStyle::new(Face::Serif, 14.0, 20.0, ink),
        emphasis: Face::SerifItalic,
        strong: Face::SerifSemiBold,
        link: Theme::PRINT.accent,
    };
    let rows = rich::rows(&slide.notes, &style, inner, writer.input.measure);
    let slide_px = SLIDE_PX.1 * scale;
    let mut pages = Vec::new();
    let mut rest = rows.as_slice();
    loop {
        let is_first = pages.is_empty();
        let mut parts = vec![picture::ground(&Theme::PRINT, (width, height))];
        let mut top = margin;
        if is_first {
            parts.extend(moved(writer.parts(slide), (margin, margin), scale));
            parts.push(border(Rect::new(
                margin,
                margin,
                margin + inner,
                margin + slide_px,
            )));
            top += slide_px + 28.0;
        }
        let mut y = 0.0;
        let mut count = 0;
        for row in rest {
            if top + y + row.height_px > height - margin {
                break;
            }
            y += row.height_px;
            count += 1;
        }
        let here = rest.get(..count).unwrap_or_default();
        if !here.is_empty() {
            parts.push(flow::part(&Role::Paragraph, (margin, top), here));
        }
        pages.push(Page {
            width_px: width,
            height_px: height,
            parts,
        });
        rest = rest.get(count..).unwrap_or_default();
        if rest.is_empty() || count == 0 && !is_first {
            return pages;
        }
    }
}

/// A thin line around a slide: its ground may be as white as the paper.
fn border(rect: Rect) -> Part {
    let mut scene = Scene::default();
    let Rect { x0, y0, x1, y1 } = rect;
    let corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)];
    scene.line_through(corners, 0.75, Theme::PRINT.hairline);
    Part::new(Role::Artifact, (0.0, 0.0), scene)
}
