//! Slides as a presentation (PPTX, ECMA-376 part 1): texts as text, the timeline as a picture with its
//! words, notes in the notes.
//!
//! The package is an archive of XML parts that name each other. What is the same in all of them (the
//! theme, the master, its one layout) is in `parts`. Letters are of fonts that every office program
//! has, Georgia and Arial, and shrink to their boxes where those are wider than ours.

mod parts;

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    io::{Cursor, Write as _},
};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::{
    ExportError,
    lesson::{SLIDE_PX, Slide, SlideText, TextKind},
    picture::Pictures,
    png,
    shape::Shaper,
    svg::{Pixels, escaped, hex},
};
use crate::{
    layout::{
        Theme,
        page::{Page, Part, Role},
        picture::ground,
        scene::Rect,
        theme::Rgba,
        typeset::is_right_to_left,
    },
    model::{
        markdown::{self, Block, Span},
        web_address,
    },
};

/// English metric units per px of a slide: it is 13⅓ by 7½ inches, of 914,400 each.
const EMU_PER_PX: f32 = 6350.0;
/// Pixels of the timeline's picture per px.
const PICTURE_SCALE: f32 = 1.5;
/// The fonts of stories and of the interface.
const SERIF: &str = "Georgia";
const SANS: &str = "Arial";

/// What a presentation says of itself, and how it looks.
pub struct Presentation<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its language, as a tag.
    pub language: &'a str,
    /// The theme of its slides.
    pub theme: &'static Theme,
    /// The pictures that its slides name.
    pub pictures: &'a Pictures,
}

/// The file.
///
/// # Errors
///
/// Where a timeline's picture cannot be drawn, or the archive cannot be written.
pub fn file(
    slides: &[Slide],
    about: &Presentation<'_>,
    shaper: &mut Shaper<'_>,
) -> Result<Vec<u8>, ExportError> {
    let mut package = Package {
        archive: ZipWriter::new(Cursor::new(Vec::new())),
        types: String::new(),
    };
    for (name, kind, text) in parts::FIXED {
        package.part(name, kind, text)?;
    }
    let language = match about.language.trim() {
        "" => "en",
        language => language,
    };
    package.part(
        "docProps/core.xml",
        parts::CORE,
        &parts::core(about.title, language),
    )?;
    let shown = slides.iter().filter_map(|slide| slide.picture.as_ref());
    let shown: BTreeSet<usize> = shown.map(|(_, number, _)| *number).collect();
    for number in shown {
        let Some(picture) = about.pictures.files.get(number) else {
            continue;
        };
        let name = format!("ppt/media/picture{number}.{}", picture.format.ending());
        package.file(&name, &picture.bytes)?;
    }
    for (number, slide) in slides.iter().enumerate() {
        let number = number + 1;
        let mut writer = SlideWriter {
            about,
            language,
            number,
            shapes: String::new(),
            relations: Vec::new(),
            next_id: 2,
        };
        writer.relate(parts::LAYOUT, "../slideLayouts/slideLayout1.xml");
        if let Some((rect, scene, _)) = &slide.timeline {
            let name = format!("ppt/media/timeline{number}.png");
            let mut part = Part::new(Role::Artifact, (0.0, 0.0), scene.clone());
            part.clip = Some(Rect::new(0.0, 0.0, rect.width(), rect.height()));
            let page = Page {
                width_px: rect.width(),
                height_px: rect.height(),
                // Programs scale it: through a clear ground, edges would be seen.
                parts: vec![ground(about.theme, (rect.width(), rect.height())), part],
            };
            let pixels = Pixels {
                per_px: PICTURE_SCALE,
                is_dark: about.theme.is_dark,
            };
            let drawn = png::image(&page, pixels, &[], shaper)?.png()?;
            package.file(&name, &drawn)?;
        }
        writer.slide(slide);
        package.slide(number, &writer)?;
        package.notes(number, slide, language)?;
    }
    let count = slides.len();
    package.part(
        "ppt/presentation.xml",
        parts::PRESENTATION,
        &parts::presentation(count),
    )?;
    package.file(
        "ppt/_rels/presentation.xml.rels",
        parts::presentation_relations(count).as_bytes(),
    )?;
    package.finish()
}

/// The archive so far.
struct Package {
    archive: ZipWriter<Cursor<Vec<u8>>>,
    /// What kind each part is.
    types: String,
}

impl Package {
    /// Adds a file; all have the same date, so that the same slides are the same bytes.
    fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), ExportError> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        self.archive
            .start_file(name, options)
            .map_err(|error| failed(&error))?;
        self.archive
            .write_all(bytes)
            .map_err(|error| failed(&error))
    }

    /// Adds a part of a kind.
    fn part(&mut self, name: &str, kind: &str, text: &str) -> Result<(), ExportError> {
        if !kind.is_empty() {
            // Writing to a String cannot fail.
            let _ = write!(
                self.types,
                "<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>"
            );
        }
        self.file(name, text.as_bytes())
    }

    fn slide(&mut self, number: usize, writer: &SlideWriter<'_>) -> Result<(), ExportError> {
        let ground = color(writer.about.theme.ground);
        let text = format!(
            "{}<p:sld {}><p:cSld><p:bg><p:bgPr>{ground}<a:effectLst/></p:bgPr></p:bg><p:spTree>{}{}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>",
            parts::XML,
            parts::NAMESPACES,
            parts::GROUP,
            writer.shapes
        );
        self.part(
            &format!("ppt/slides/slide{number}.xml"),
            parts::SLIDE,
            &text,
        )?;
        let mut relations = writer.relations.clone();
        relations.push((
            parts::NOTES_RELATION.to_owned(),
            format!("../notesSlides/notesSlide{number}.xml"),
        ));
        let name = format!("ppt/slides/_rels/slide{number}.xml.rels");
        self.file(&name, parts::relations(&relations).as_bytes())
    }

    fn notes(&mut self, number: usize, slide: &Slide, language: &str) -> Result<(), ExportError> {
        let mut paragraphs = String::new();
        for block in &markdown::blocks(&slide.notes) {
            let look = Look {
                language,
                size: 1200,
                color: Theme::PRINT.ink,
                font: SANS,
                is_bold: false,
            };
            write_block(block, &look, None, &mut paragraphs);
        }
        if paragraphs.is_empty() {
            paragraphs.push_str("<a:p/>");
        }
        let text = parts::notes(&paragraphs);
        self.part(
            &format!("ppt/notesSlides/notesSlide{number}.xml"),
            parts::NOTES,
            &text,
        )?;
        let relations = [
            (
                parts::NOTES_MASTER_RELATION.to_owned(),
                "../notesMasters/notesMaster1.xml".to_owned(),
            ),
            (
                parts::SLIDE_RELATION.to_owned(),
                format!("../slides/slide{number}.xml"),
            ),
        ];
        let name = format!("ppt/notesSlides/_rels/notesSlide{number}.xml.rels");
        self.file(&name, parts::relations(&relations).as_bytes())
    }

    fn finish(mut self) -> Result<Vec<u8>, ExportError> {
        let types = parts::content_types(&self.types);
        self.file("[Content_Types].xml", types.as_bytes())?;
        let written = self.archive.finish().map_err(|error| failed(&error))?;
        Ok(written.into_inner())
    }
}

fn failed(error: &dyn std::fmt::Display) -> ExportError {
    ExportError::Format {
        format: "presentation",
        said: error.to_string(),
    }
}

/// The shapes of a slide so far.
struct SlideWriter<'a> {
    about: &'a Presentation<'a>,
    language: &'a str,
    number: usize,
    shapes: String,
    /// Kinds and targets of the parts that the slide names.
    relations: Vec<(String, String)>,
    next_id: usize,
}

impl SlideWriter<'_> {
    /// Names another part; its id.
    fn relate(&mut self, kind: &str, target: &str) -> String {
        self.relations.push((kind.to_owned(), target.to_owned()));
        format!("rId{}", self.relations.len())
    }

    fn id(&mut self) -> usize {
        self.next_id += 1;
        self.next_id - 1
    }

    fn slide(&mut self, slide: &Slide) {
        if !slide.texts.iter().any(|text| text.kind == TextKind::Title) {
            // Every slide has a title in the outline.
            self.hidden_title(&slide.title);
        }
        for text in &slide.texts {
            self.text(text);
        }
        if let Some((rect, number, alt)) = &slide.picture
            && let Some(file) = self.about.pictures.files.get(*number)
        {
            let target = format!("../media/picture{number}.{}", file.format.ending());
            self.picture(rect, "Picture", alt, &target);
        }
        if let Some((rect, _, alt)) = &slide.timeline {
            let target = format!("../media/timeline{}.png", self.number);
            self.picture(rect, "Timeline", alt, &target);
        }
        let [step, lesson] = &slide.foot;
        let y = SLIDE_PX.1 - 70.0;
        let muted = self.about.theme.muted;
        let left = Rect::new(120.0, y, 420.0, y + 40.0);
        let right = Rect::new(620.0, y, SLIDE_PX.0 - 120.0, y + 40.0);
        self.foot(step, &left, "l", muted);
        self.foot(lesson, &right, "r", muted);
    }

    fn foot(&mut self, words: &str, rect: &Rect, side: &str, ink: Rgba) {
        let id = self.id();
        let look = Look {
            language: self.language,
            size: 1000,
            color: ink,
            font: SANS,
            is_bold: false,
        };
        let run = look.run(words, &Span::default(), None);
        let paragraph = format!("<a:p><a:pPr algn=\"{side}\"/>{run}</a:p>");
        self.shape(id, "Foot", "", rect, &paragraph);
    }

    fn hidden_title(&mut self, title: &str) {
        if title.trim().is_empty() {
            return;
        }
        let id = self.id();
        let _ = write!(
            self.shapes,
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"Title\" hidden=\"1\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"title\"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp>",
            escaped(title)
        );
    }

    fn text(&mut self, text: &SlideText) {
        let id = self.id();
        let look = Look {
            language: self.language,
            // Hundredths of a point; a px of a slide is half a point.
            size: (text.size_px * 50.0).round() as u32,
            color: text.color,
            font: match text.kind {
                TextKind::Title | TextKind::Body | TextKind::Answers => SERIF,
                _ => SANS,
            },
            is_bold: matches!(text.kind, TextKind::Lane | TextKind::Title | TextKind::Date),
        };
        let mut paragraphs = String::new();
        for block in &text.blocks {
            write_block(block, &look, Some(self), &mut paragraphs);
        }
        if paragraphs.is_empty() {
            paragraphs.push_str("<a:p/>");
        }
        let (name, placeholder) = match text.kind {
            TextKind::Title => ("Title", "<p:ph type=\"title\"/>"),
            TextKind::Lane => ("Lane", ""),
            TextKind::Date => ("Date", ""),
            TextKind::Note => ("Note", ""),
            TextKind::Body => ("Text", ""),
            TextKind::Answers => ("Answers", ""),
        };
        // Air for letters that are wider or taller than ours.
        let rect = Rect {
            y1: text.rect.y1 + 0.15 * text.size_px,
            ..text.rect
        };
        self.shape(id, name, placeholder, &rect, &paragraphs);
    }

    fn shape(&mut self, id: usize, name: &str, placeholder: &str, rect: &Rect, paragraphs: &str) {
        let kind = if placeholder.is_empty() {
            "<p:cNvSpPr txBox=\"1\"/>"
        } else {
            "<p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr>"
        };
        let _ = write!(
            self.shapes,
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name} {id}\"/>{kind}<p:nvPr>{placeholder}</p:nvPr></p:nvSpPr><p:spPr>{}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr wrap=\"square\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"t\"><a:normAutofit/></a:bodyPr><a:lstStyle/>{paragraphs}</p:txBody></p:sp>",
            place(rect)
        );
    }

    fn picture(&mut self, rect: &Rect, name: &str, alt: &str, target: &str) {
        let id = self.id();
        let relation = self.relate(parts::IMAGE_RELATION, target);
        let _ = write!(
            self.shapes,
            "<p:pic><p:nvPicPr><p:cNvPr id=\"{id}\" name=\"{name} {id}\" descr=\"{}\"/><p:cNvPicPr><a:picLocks noChangeAspect=\"1\"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed=\"{relation}\"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:pic>",
            escaped(alt),
            place(rect)
        );
    }
}

fn place(rect: &Rect) -> String {
    let emu = |px: f32| (px * EMU_PER_PX).round() as i64;
    format!(
        "<a:xfrm><a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/></a:xfrm>",
        emu(rect.x0),
        emu(rect.y0),
        emu(rect.width().max(1.0)),
        emu(rect.height().max(1.0))
    )
}

fn color(color: Rgba) -> String {
    let hex = hex(color);
    let digits = hex.trim_start_matches('#').to_uppercase();
    format!("<a:solidFill><a:srgbClr val=\"{digits}\"/></a:solidFill>")
}

/// How letters look.
struct Look<'a> {
    language: &'a str,
    /// In hundredths of a point.
    size: u32,
    color: Rgba,
    font: &'a str,
    is_bold: bool,
}

impl Look<'_> {
    /// A run of text; `link` is the id of what it leads to.
    fn run(&self, words: &str, span: &Span, link: Option<&str>) -> String {
        let flag = |is: bool, name: &str| {
            if is {
                format!(" {name}=\"1\"")
            } else {
                String::new()
            }
        };
        let link = link.map_or_else(String::new, |id| format!("<a:hlinkClick r:id=\"{id}\"/>"));
        let font = if span.is_code {
            "Courier New"
        } else {
            self.font
        };
        format!(
            "<a:r><a:rPr lang=\"{}\" sz=\"{}\"{}{} dirty=\"0\">{}<a:latin typeface=\"{font}\"/><a:cs typeface=\"Arial\"/>{link}</a:rPr><a:t>{}</a:t></a:r>",
            escaped(self.language),
            self.size,
            flag(self.is_bold || span.is_strong, "b"),
            flag(span.is_emphasis, "i"),
            color(self.color),
            escaped(words)
        )
    }
}

/// Writes a block as paragraphs. Links are kept where the slide can name their targets.
fn write_block(
    block: &Block,
    look: &Look<'_>,
    mut slide: Option<&mut SlideWriter<'_>>,
    out: &mut String,
) {
    match block {
        Block::Paragraph(spans) => write_paragraph(spans, "", look, slide, out),
        Block::Heading { spans, .. } => {
            write_paragraph(&markdown::strong(spans), "", look, slide, out);
        }
        Block::List(items) => {
            for item in items {
                let mut is_first = true;
                for block in &item.blocks {
                    match block {
                        Block::Paragraph(spans) if is_first => {
                            let marker = format!("{} ", item.marker());
                            write_paragraph(spans, &marker, look, slide.as_deref_mut(), out);
                        }
                        other => write_block(other, look, slide.as_deref_mut(), out),
                    }
                    is_first = false;
                }
            }
        }
        Block::Quote(blocks) => {
            for block in blocks {
                write_block(block, look, slide.as_deref_mut(), out);
            }
        }
        Block::Code(code) => {
            for line in code.lines() {
                let span = Span {
                    text: line.to_owned(),
                    is_code: true,
                    ..Span::default()
                };
                write_paragraph(&[span], "", look, slide.as_deref_mut(), out);
            }
        }
        Block::Table(rows) => {
            for row in rows {
                let cells: Vec<String> = row.iter().map(|cell| markdown::plain(cell)).collect();
                let span = Span {
                    text: cells.join(" · "),
                    ..Span::default()
                };
                write_paragraph(&[span], "", look, slide.as_deref_mut(), out);
            }
        }
        Block::Rule => {}
    }
}

fn write_paragraph(
    spans: &[Span],
    marker: &str,
    look: &Look<'_>,
    mut slide: Option<&mut SlideWriter<'_>>,
    out: &mut String,
) {
    let is_reversed = is_right_to_left(&markdown::plain(spans));
    out.push_str(if is_reversed {
        "<a:p><a:pPr algn=\"r\" rtl=\"1\"/>"
    } else {
        "<a:p>"
    });
    if !marker.is_empty() {
        out.push_str(&look.run(marker, &Span::default(), None));
    }
    for span in spans {
        let address = span.link.as_deref().and_then(web_address);
        let link = address
            .zip(slide.as_deref_mut())
            .map(|(url, slide)| slide.relate(parts::LINK_RELATION, url));
        for (number, line) in span.text.split('\n').enumerate() {
            if number > 0 {
                out.push_str("<a:br/>");
            }
            if !line.is_empty() {
                out.push_str(&look.run(line, span, link.as_deref()));
            }
        }
    }
    out.push_str("</a:p>");
}
