//! Pages as PDF: texts that can be searched and copied in the order of reading, tags that say what
//! each part is, links, bookmarks, and fonts with only the glyphs that are used.
//!
//! It is written as PDF/UA-1 where the document allows it (every character has a glyph), else
//! without that claim. Runs of a line stand in the order of reading; within a run from right to left
//! the glyphs stand as they are drawn, from left to right, as PDF has it: whoever searches or copies
//! turns them (poppler, `MuPDF` and browsers do).

mod drawing;

use std::{
    collections::{BTreeSet, HashMap},
    num::NonZeroU16,
};

use krilla::{
    Data, Document, SerializeSettings,
    action::{Action, LinkAction},
    annotation::{Annotation, LinkAnnotation, Target},
    configure::{Accessibility, ConfigurationBuilder},
    destination::XyzDestination,
    error::KrillaError,
    geom::{Point, Rect as PdfRect, Size, Transform},
    image::Image,
    metadata::Metadata,
    outline::{Outline, OutlineNode},
    page::{Page as PdfPage, PageSettings},
    paint::FillRule,
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, Tag, TagGroup, TagTree,
    },
    text::{Font, Glyph as PdfGlyph, GlyphId},
};

use skrifa::{
    MetadataProvider as _,
    instance::{LocationRef, Size as FontSize},
};

use self::drawing::{draw_shape, draw_strip, fill, rect_path};
use super::{
    ExportError,
    fonts::FontId,
    picture::PictureFile,
    shape::{Glyph, GlyphLine, GlyphRun, Shaper},
    strips::strip,
};
use crate::layout::{
    bidi,
    page::{PT_PER_PX, Page, Part, Role},
    scene::{Anchor, Rect, Scene, Shape, TextRun},
};

/// What a PDF says of itself.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// Its title.
    pub title: String,
    /// What it is about, in a sentence; empty where nothing is said.
    pub description: String,
    /// Its language, as a tag; empty where unknown.
    pub language: String,
}

/// The pages as a PDF file.
///
/// # Errors
///
/// Where the library that writes PDF refuses; it never does for what layouts make.
pub fn document(
    pages: &[Page],
    about: &About,
    pictures: &[PictureFile],
    shaper: &mut Shaper<'_>,
) -> Result<Vec<u8>, ExportError> {
    let accessible = written(pages, about, pictures, shaper, true);
    let result = match accessible {
        // A character without a glyph, for example.
        Err(KrillaError::Validation(_)) => written(pages, about, pictures, shaper, false),
        other => other,
    };
    result.map_err(|error| ExportError::Format {
        format: "PDF",
        said: format!("{error:?}"),
    })
}

fn written(
    pages: &[Page],
    about: &About,
    pictures: &[PictureFile],
    shaper: &mut Shaper<'_>,
    is_accessible: bool,
) -> Result<Vec<u8>, KrillaError> {
    let configuration = is_accessible.then(|| {
        ConfigurationBuilder::new()
            .with_accessibility_validator(Accessibility::UA1)
            .finish()
    });
    let settings = SerializeSettings {
        configuration: configuration.and_then(Result::ok).unwrap_or_default(),
        enable_tagging: true,
        ..SerializeSettings::default()
    };
    let mut writer = Writer {
        shaper,
        fonts: HashMap::new(),
        pictures: pictures.iter().map(PictureFile::image).collect(),
        tree: TagTree::new(),
        outline: Vec::new(),
        list: None,
    };
    let mut document = Document::new_with(settings);
    for (number, page) in pages.iter().enumerate() {
        let [width, height] = [page.width_px, page.height_px].map(|px| (px * PT_PER_PX).max(3.0));
        let Some(settings) = PageSettings::from_wh(width, height) else {
            continue;
        };
        let mut pdf_page = document.start_page_with(settings);
        writer.page(page, number, &mut pdf_page);
        pdf_page.finish();
    }
    writer.end_list();
    // Words of the program are in English.
    let language = match about.language.trim() {
        "" => "en".to_owned(),
        language => language.to_owned(),
    };
    let mut metadata = Metadata::new()
        .title(about.title.clone())
        .language(language.clone())
        .creator("Meanwhile".to_owned());
    if !about.description.is_empty() {
        metadata = metadata.description(about.description.clone());
    }
    document.set_metadata(metadata);
    document.set_outline(outline(writer.outline));
    let mut tree = writer.tree;
    tree.lang = Some(language);
    document.set_tag_tree(tree);
    document.finish()
}

/// A heading, for the bookmarks.
struct Bookmark {
    level: u8,
    text: String,
    at: XyzDestination,
}

struct Writer<'a, 'p> {
    shaper: &'a mut Shaper<'p>,
    fonts: HashMap<FontId, Option<Font>>,
    pictures: Vec<Option<Image>>,
    tree: TagTree,
    outline: Vec<Bookmark>,
    /// The list whose items are being written.
    list: Option<TagGroup>,
}

impl Writer<'_, '_> {
    fn page(&mut self, page: &Page, number: usize, pdf_page: &mut PdfPage<'_>) {
        let mut groups: Vec<Option<TagGroup>> = Vec::with_capacity(page.parts.len());
        let mut surface = pdf_page.surface();
        surface.push_transform(&Transform::from_scale(PT_PER_PX, PT_PER_PX));
        for part in &page.parts {
            groups.push(self.part(part, number, &mut surface));
        }
        surface.pop();
        surface.finish();
        for (part, group) in page.parts.iter().zip(groups) {
            let Some(mut group) = group else { continue };
            for link in &part.links {
                let place = |x: f32, y: f32| {
                    (
                        (part.x + x * part.scale) * PT_PER_PX,
                        (part.y + y * part.scale) * PT_PER_PX,
                    )
                };
                let (left, top) = place(link.rect.x0, link.rect.y0);
                let (right, bottom) = place(link.rect.x1, link.rect.y1);
                let Some(rect) = PdfRect::from_ltrb(left, top, right, bottom) else {
                    continue;
                };
                let action = Action::from(LinkAction::new(link.url.clone()));
                let link_annotation = LinkAnnotation::new(rect, Target::Action(action));
                let annotation = Annotation::new_link(link_annotation, Some(link.url.clone()));
                let id = pdf_page.add_tagged_annotation(annotation);
                group.push(TagGroup::with_children(Tag::Link, vec![Node::from(id)]));
            }
            self.add(&part.role, group);
        }
    }

    /// Adds a part to the tree; items of a list that follow each other form one list.
    fn add(&mut self, role: &Role, group: TagGroup) {
        if *role == Role::Item {
            let item = TagGroup::with_children(
                Tag::LI,
                vec![Node::from(TagGroup::with_children(
                    Tag::LBody,
                    group.children,
                ))],
            );
            self.list
                .get_or_insert_with(|| TagGroup::new(Tag::L(ListNumbering::None)))
                .push(item);
            return;
        }
        self.end_list();
        self.tree.push(group);
    }

    fn end_list(&mut self) {
        if let Some(list) = self.list.take() {
            self.tree.push(list);
        }
    }

    /// Draws a part; what it is, unless it is not read.
    fn part(&mut self, part: &Part, page: usize, surface: &mut Surface<'_>) -> Option<TagGroup> {
        let level = |level: u8| NonZeroU16::new(u16::from(level)).unwrap_or(NonZeroU16::MIN);
        let words = part_words(part);
        let mut group = match &part.role {
            Role::Artifact => None,
            Role::Title => Some(TagGroup::new(Tag::Hn(level(1), Some(words.clone())))),
            Role::Heading(number) => {
                Some(TagGroup::new(Tag::Hn(level(*number), Some(words.clone()))))
            }
            Role::Paragraph | Role::Item => Some(TagGroup::new(Tag::P)),
            Role::Caption => Some(TagGroup::new(Tag::Caption)),
            Role::Figure { alt } => Some(TagGroup::new(Tag::Figure(Some(alt.clone())))),
        };
        let bookmark = match part.role {
            Role::Title => Some(1),
            Role::Heading(number) => Some(number),
            _ => None,
        };
        if let Some(level) = bookmark.filter(|_| !words.is_empty()) {
            self.outline.push(Bookmark {
                level,
                text: words,
                at: XyzDestination::new(
                    page,
                    Point::from_xy(part.x * PT_PER_PX, (part.y - 8.0).max(0.0) * PT_PER_PX),
                ),
            });
        }
        let place = Transform::from_row(part.scale, 0.0, 0.0, part.scale, part.x, part.y);
        surface.push_transform(&place);
        let clip = part.clip.and_then(|clip| rect_path(&clip));
        if let Some(clip) = &clip {
            surface.push_clip_path(clip, &FillRule::NonZero);
        }
        let mut ids = Vec::new();
        self.picture(part, group.is_some(), surface, &mut ids);
        self.scene(&part.scene, group.is_some(), surface, &mut ids);
        if clip.is_some() {
            surface.pop();
        }
        surface.pop();
        if let Some(group) = &mut group {
            for id in ids {
                group.push(id);
            }
        }
        group
    }

    fn picture(
        &mut self,
        part: &Part,
        is_read: bool,
        surface: &mut Surface<'_>,
        ids: &mut Vec<Identifier>,
    ) {
        let Some((rect, number)) = part.picture else {
            return;
        };
        let Some(Some(image)) = self.pictures.get(number) else {
            return;
        };
        let Some(size) = Size::from_wh(rect.width(), rect.height()) else {
            return;
        };
        ids.push(surface.start_tagged(content(is_read)));
        surface.push_transform(&Transform::from_translate(rect.x0, rect.y0));
        surface.draw_image(image.clone(), size);
        surface.pop();
        surface.end_tagged();
    }

    /// Draws a scene; each clip is tagged for itself, so that both nest.
    fn scene(
        &mut self,
        scene: &Scene,
        is_read: bool,
        surface: &mut Surface<'_>,
        ids: &mut Vec<Identifier>,
    ) {
        let clips = scene
            .shapes
            .split_inclusive(|shape| matches!(shape, Shape::Clip(_)));
        let mut clip: Option<Rect> = None;
        for group in clips {
            let (next, shapes) = match group.split_last() {
                Some((Shape::Clip(next), shapes)) => (Some(*next), shapes),
                _ => (clip, group),
            };
            if !shapes.is_empty() {
                let path = clip.and_then(|clip| rect_path(&clip));
                // Nothing is seen through an empty clip.
                if clip.is_none() || path.is_some() {
                    if let Some(path) = &path {
                        surface.push_clip_path(path, &FillRule::NonZero);
                    }
                    self.shapes(scene, shapes, is_read, surface, ids);
                    if path.is_some() {
                        surface.pop();
                    }
                }
            }
            clip = next;
        }
    }

    fn shapes(
        &mut self,
        scene: &Scene,
        shapes: &[Shape],
        is_read: bool,
        surface: &mut Surface<'_>,
        ids: &mut Vec<Identifier>,
    ) {
        ids.push(surface.start_tagged(content(is_read)));
        let mut rest = shapes;
        while let Some((shape, after)) = rest.split_first() {
            if let Some((strip, count)) = strip(rest) {
                draw_strip(&strip, surface);
                rest = rest.get(count..).unwrap_or_default();
                continue;
            }
            rest = after;
            let Shape::Text(run) = shape else {
                draw_shape(scene, shape, surface);
                continue;
            };
            let text = scene.str(run);
            let line = self.shaper.line(text, run.face);
            self.text(text, run, &line, surface);
        }
        surface.end_tagged();
    }

    fn text(&mut self, text: &str, run: &TextRun, line: &GlyphLine, surface: &mut Surface<'_>) {
        if run.color.alpha == 0 {
            return;
        }
        let width = line.width * run.size_px;
        let x = match run.anchor {
            Anchor::Start => run.x,
            Anchor::Middle => run.x - width / 2.0,
            Anchor::End => run.x - width,
        };
        surface.set_stroke(None);
        // In the order of reading.
        let mut runs: Vec<&GlyphRun> = line.runs.iter().collect();
        runs.sort_by_key(|run| run.range.start);
        for part in runs {
            let Some(font) = self.font(part.font) else {
                continue;
            };
            let start = Point::from_xy(x + part.x * run.size_px, run.baseline);
            surface.set_fill(Some(fill(run.color)));
            let Some(words) = self.letters(text, part) else {
                surface.draw_glyphs(start, &part.glyphs, font, text, run.size_px, false);
                continue;
            };
            surface.draw_glyphs(start, &part.glyphs, font.clone(), text, run.size_px, true);
            surface.set_fill(Some(fill(run.color.faded(0.0))));
            // In the order of reading, too.
            for word in words.into_iter().rev() {
                let x = x + (part.x + word.x) * run.size_px;
                let size_px = run.size_px * word.scale;
                let start = Point::from_xy(x, run.baseline);
                surface.draw_glyphs(start, &word.letters, font.clone(), text, size_px, false);
            }
        }
    }

    /// The letters of a run whose font composes them of several glyphs, a dot for many letters: one
    /// glyph a letter, as it stands alone, each word as wide as it is drawn. Unseen, they are what is
    /// found and copied; from the composed glyphs, readers get a letter for every dot.
    fn letters(&self, text: &str, run: &GlyphRun) -> Option<Vec<PlainWord>> {
        let is_composed = run
            .glyphs
            .windows(2)
            .any(|pair| matches!(pair, [a, b] if a.range == b.range));
        if !run.is_right_to_left || !is_composed {
            return None;
        }
        let font = self.shaper.fonts.get(run.font)?;
        let tables = font.tables()?;
        let charmap = tables.charmap();
        let metrics = tables.glyph_metrics(FontSize::unscaled(), LocationRef::default());
        let mut words: Vec<PlainWord> = Vec::new();
        let (mut x, mut was_space) = (0.0, true);
        for cluster in run.glyphs.chunk_by(|a, b| a.range == b.range) {
            let range = cluster.first()?.range.clone();
            let of_cluster = text.get(range.clone())?;
            let is_space = of_cluster.chars().all(char::is_whitespace);
            if is_space || was_space {
                words.push(PlainWord {
                    x,
                    width: 0.0,
                    scale: 1.0,
                    letters: Vec::new(),
                });
            }
            was_space = is_space;
            let word = words.last_mut()?;
            let width: f32 = cluster.iter().map(|glyph| glyph.advance).sum();
            word.width += width;
            x += width;
            // From left to right the last letter is the first.
            for (at, character) in of_cluster.char_indices().rev() {
                if bidi::is_control(character) {
                    continue;
                }
                let id = charmap.map(character)?;
                word.letters.push(Glyph {
                    id: id.to_u32(),
                    range: range.start + at..range.start + at + character.len_utf8(),
                    advance: metrics.advance_width(id)? / font.units_per_em,
                    dx: 0.0,
                    dy: 0.0,
                });
            }
        }
        for word in &mut words {
            let alone: f32 = word.letters.iter().map(|letter| letter.advance).sum();
            if alone > 0.0 && word.width > 0.0 {
                word.scale = word.width / alone;
            }
        }
        Some(words)
    }

    fn font(&mut self, id: FontId) -> Option<Font> {
        let shaper = &*self.shaper;
        self.fonts
            .entry(id)
            .or_insert_with(|| {
                let file = &shaper.fonts.get(id)?.file;
                Font::new(Data::from(file.bytes.clone()), file.index)
            })
            .clone()
    }
}

/// A word of letters that stand alone; lengths are in ems.
struct PlainWord {
    x: f32,
    width: f32,
    /// The size at which its letters take its width, as a share of the run's.
    scale: f32,
    letters: Vec<Glyph>,
}

impl PdfGlyph for Glyph {
    fn glyph_id(&self) -> GlyphId {
        GlyphId::new(self.id)
    }

    fn text_range(&self) -> std::ops::Range<usize> {
        self.range.clone()
    }

    fn x_advance(&self, size: f32) -> f32 {
        self.advance * size
    }

    fn x_offset(&self, size: f32) -> f32 {
        self.dx * size
    }

    fn y_offset(&self, size: f32) -> f32 {
        self.dy * size
    }

    fn y_advance(&self, _: f32) -> f32 {
        0.0
    }

    fn location(&self) -> Option<krilla::surface::Location> {
        None
    }
}

/// The texts of a part, as a heading is called.
fn part_words(part: &Part) -> String {
    let texts = part.scene.shapes.iter().filter_map(|shape| match shape {
        Shape::Text(run) => Some(part.scene.str(run).trim_start_matches('\u{200f}')),
        _ => None,
    });
    texts.collect::<Vec<_>>().join(" ")
}

fn content(is_read: bool) -> ContentTag<'static> {
    if is_read {
        ContentTag::Other
    } else {
        ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout))
    }
}

/// The bookmarks: headings below those of the level above.
fn outline(bookmarks: Vec<Bookmark>) -> Outline {
    let levels: BTreeSet<u8> = bookmarks.iter().map(|it| it.level).collect();
    let depth = |level: u8| levels.iter().position(|&known| known == level).unwrap_or(0);
    let mut open: Vec<(usize, OutlineNode)> = Vec::new();
    let mut outline = Outline::new();
    let mut close = |open: &mut Vec<(usize, OutlineNode)>, down_to: usize| {
        while open.last().is_some_and(|(depth, _)| *depth >= down_to) {
            let Some((_, node)) = open.pop() else { break };
            match open.last_mut() {
                Some((_, parent)) => parent.push_child(node),
                None => outline.push_child(node),
            }
        }
    };
    for bookmark in bookmarks {
        let depth = depth(bookmark.level);
        close(&mut open, depth);
        open.push((depth, OutlineNode::new(bookmark.text, bookmark.at)));
    }
    close(&mut open, 0);
    outline
}
