//! What a person has chosen in the export dialog: plain values that are kept for a file.

use serde::{Deserialize, Serialize};

use super::{
    job::{Document, Format},
    worksheet::Gap,
};
use crate::layout::{Theme, paper::PaperName, poster::Overflow, sheet::Shows};

/// Defines a choice: its variants with their words.
macro_rules! choices {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident $words:literal,)* }) => {
        $(#[$meta])*
        #[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$doc])* $variant,)*
        }

        impl $name {
            /// All of them, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// How it is called.
            pub const fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)* }
            }
        }
    };
}

choices! {
    /// What is made.
    ExportKind {
        /// The canvas as a picture.
        Picture "Picture",
        /// The whole chronology on paper.
        #[default]
        Poster "Poster",
        /// Every event in words.
        Handout "Handout",
        /// A handout with gaps.
        Worksheet "Worksheet",
        /// A page for a browser.
        WebPage "Web page",
        /// A lesson.
        Slides "Slides",
    }
}

impl ExportKind {
    /// What kind of file it is.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Picture => "PNG, SVG or PDF",
            Self::Poster => "PDF, A4 to A0",
            Self::Handout => "PDF, with sources",
            Self::Worksheet => "PDF with gaps, and a key",
            Self::WebPage => "one HTML file",
            Self::Slides => "PPTX with notes, or PDF",
        }
    }
}

choices! {
    /// The kind of a picture's file.
    PictureKind {
        /// Pixels.
        #[default]
        Png "PNG",
        /// Shapes and text.
        Svg "SVG",
        /// A page.
        Pdf "PDF",
    }
}

choices! {
    /// How large a picture is.
    PictureSize {
        /// As the canvas of the window.
        #[default]
        Window "As the window",
        /// 1280 × 720.
        Hd "1280 × 720",
        /// 1920 × 1080.
        FullHd "1920 × 1080",
        /// 3840 × 2160.
        Uhd "3840 × 2160",
    }
}

choices! {
    /// What of the chronology is shown.
    What {
        /// All of it.
        #[default]
        Whole "The whole chronology",
        /// What passes the filter.
        Filtered "What passes the filter",
        /// What the window shows now.
        View "The present view",
    }
}

choices! {
    /// How it looks.
    LookName {
        /// Dark ink on a light ground.
        #[default]
        Light "Light",
        /// Light ink on a dark ground.
        Dark "Dark",
        /// Strong colours on white.
        Projector "Projector",
    }
}

impl LookName {
    /// Its theme.
    pub const fn theme(self) -> &'static Theme {
        match self {
            Self::Light => &Theme::LIGHT,
            Self::Dark => &Theme::DARK,
            Self::Projector => &Theme::PROJECTOR,
        }
    }
}

choices! {
    /// How a lesson is written.
    SlidesKind {
        /// A presentation.
        #[default]
        Presentation "PPTX",
        /// Pages.
        Pages "PDF",
        /// Pages with notes.
        PagesWithNotes "PDF with notes",
    }
}

choices! {
    /// What gaps ask for.
    GapName {
        /// When it was.
        #[default]
        Dates "Dates",
        /// What it was.
        Titles "Titles",
        /// What came first.
        Order "The order",
    }
}

impl GapName {
    /// The gap.
    pub const fn gap(self) -> Gap {
        match self {
            Self::Dates => Gap::Date,
            Self::Titles => Gap::Title,
            Self::Order => Gap::Order,
        }
    }
}

choices! {
    /// Which side of a poster's paper is up.
    Direction {
        /// The longer side is across.
        #[default]
        Landscape "Landscape",
        /// The longer side is upright.
        Portrait "Portrait",
    }
}

/// All choices of the dialog; each kind of output has those that concern it.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportChoice {
    /// What is made.
    pub kind: ExportKind,
    /// What of the chronology.
    pub what: What,
    /// How it looks.
    pub look: LookName,
    /// What stands around the timeline.
    pub shows: Shows,
    /// For a picture.
    pub picture: PictureChoice,
    /// For what is printed.
    pub paper: PaperChoice,
    /// For a worksheet.
    pub worksheet: WorksheetChoice,
    /// For a lesson.
    pub slides: SlidesChoice,
}

/// What concerns a picture.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PictureChoice {
    /// Its file.
    pub kind: PictureKind,
    /// Its size.
    pub size: PictureSize,
    /// Pixels of a PNG per px of the window, 1 to 4.
    pub scale: u8,
}

impl Default for PictureChoice {
    fn default() -> Self {
        Self {
            kind: PictureKind::default(),
            size: PictureSize::default(),
            scale: 2,
        }
    }
}

/// What concerns paper.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PaperChoice {
    /// The paper.
    pub name: PaperName,
    /// How a poster's stands; a handout's is upright anyway.
    pub direction: Direction,
    /// What is done with a poster that does not fit.
    pub overflow: Overflow,
    /// The smallest text of a poster, in pt.
    pub least_pt: u8,
}

impl Default for PaperChoice {
    fn default() -> Self {
        Self {
            name: PaperName::default(),
            direction: Direction::default(),
            overflow: Overflow::default(),
            least_pt: 6,
        }
    }
}

/// What concerns a worksheet.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorksheetChoice {
    /// What its gaps ask for.
    pub gap: GapName,
    /// Which gaps.
    pub seed: u64,
}

impl Default for WorksheetChoice {
    fn default() -> Self {
        Self {
            gap: GapName::default(),
            seed: 1,
        }
    }
}

/// What concerns a lesson.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SlidesChoice {
    /// How it is written.
    pub kind: SlidesKind,
    /// Which lesson, from 0.
    pub lesson: usize,
}

impl ExportChoice {
    /// The kind of the file.
    pub const fn format(&self) -> Format {
        match (self.kind, self.picture.kind, self.slides.kind) {
            (ExportKind::Picture, PictureKind::Png, _) => Format::Png,
            (ExportKind::Picture, PictureKind::Svg, _) => Format::Svg,
            (ExportKind::WebPage, ..) => Format::Html,
            (ExportKind::Slides, _, SlidesKind::Presentation) => Format::Pptx,
            _ => Format::Pdf,
        }
    }

    /// What is made, for a canvas of this width and height in px.
    pub fn document(&self, canvas_px: (f32, f32)) -> Document {
        let paper = self.paper;
        let upright = paper.name.paper().portrait();
        match self.kind {
            ExportKind::Picture => Document::Picture {
                size_px: match self.picture.size {
                    PictureSize::Window => canvas_px,
                    PictureSize::Hd => (1280.0, 720.0),
                    PictureSize::FullHd => (1920.0, 1080.0),
                    PictureSize::Uhd => (3840.0, 2160.0),
                },
                // A size in pixels is that of the picture.
                scale: if self.picture.size == PictureSize::Window {
                    f32::from(self.picture.scale.clamp(1, 4))
                } else {
                    1.0
                },
            },
            ExportKind::Poster => Document::Poster {
                paper: match paper.direction {
                    Direction::Landscape => upright.landscape(),
                    Direction::Portrait => upright,
                },
                least_pt: f32::from(paper.least_pt.clamp(4, 36)),
                overflow: paper.overflow,
            },
            ExportKind::Handout => Document::Handout { paper: upright },
            ExportKind::Worksheet => Document::Worksheet {
                paper: upright,
                gap: self.worksheet.gap.gap(),
                count: None,
                seed: self.worksheet.seed,
            },
            ExportKind::WebPage => Document::WebPage,
            ExportKind::Slides => Document::Lesson {
                number: self.slides.lesson,
                has_notes: self.slides.kind == SlidesKind::PagesWithNotes,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_written_in_its_format() {
        for (kind, expected) in [
            (ExportKind::Picture, Format::Png),
            (ExportKind::Poster, Format::Pdf),
            (ExportKind::Handout, Format::Pdf),
            (ExportKind::Worksheet, Format::Pdf),
            (ExportKind::WebPage, Format::Html),
            (ExportKind::Slides, Format::Pptx),
        ] {
            let choice = ExportChoice {
                kind,
                ..ExportChoice::default()
            };
            assert_eq!(choice.format(), expected, "{kind:?}");
        }
    }

    #[test]
    fn what_was_chosen_is_read_again_and_what_is_missing_is_usual() {
        let choice = ExportChoice {
            kind: ExportKind::Worksheet,
            worksheet: WorksheetChoice {
                seed: 7,
                ..WorksheetChoice::default()
            },
            ..ExportChoice::default()
        };
        let text = serde_json::to_string(&choice).unwrap();
        assert_eq!(serde_json::from_str::<ExportChoice>(&text).unwrap(), choice);
        let few: ExportChoice = serde_json::from_str(r#"{ "kind": "handout" }"#).unwrap();
        assert_eq!(few.kind, ExportKind::Handout);
        assert_eq!(few.picture.scale, 2);
    }
}
