//! `meanwhile export`: finished output, without a display.

use std::{fs, path::PathBuf};

use clap::{Args, ValueEnum, ValueHint, builder::PossibleValue};

use super::{
    output::{Failure, print_bytes, say, say_first_faults},
    selection,
};
use crate::{
    export::{
        ExportError,
        choice::{GapName, LookName},
        job::{Document, Format, Job, Selection},
        picture::Pictures,
        svg::Texts,
        worksheet::Gap,
    },
    layout::{
        BundledFonts, LaneIndex, paper::Paper, picture::View, poster::Overflow, sheet::Shows,
    },
    model::{Lesson, Timeline},
    open::{
        self, Origin,
        pictures::{Beside, for_document},
        saving::{Existing, SaveError, save},
        system_fonts::SystemFonts,
    },
};

/// The help's examples.
pub const EXPORT_EXAMPLES: &str = "\
Examples:
  meanwhile export timeline.json -o timeline.png --size 1920x1080
  meanwhile export timeline.json -o timeline.svg --theme dark --range 2003/2017
  meanwhile export timeline.json -o poster.pdf --paper a2
  meanwhile export timeline.json -o timeline.html
  meanwhile export timeline.json -o handout.pdf --handout
  meanwhile export timeline.json -o lesson.pptx
  meanwhile export timeline.json -o lesson.pdf --lesson --notes
  meanwhile export timeline.json -o worksheet.pdf --worksheet titles --gaps 5

A PDF is a poster of the whole chronology, a PNG or SVG a picture of the timeline, an HTML file a
page that needs nothing else. No display is needed. A file with faults exports what can be shown, and says so on standard error.";

// Each is a switch of its own on the command line.
#[allow(clippy::struct_excessive_bools)]
#[derive(Args, Debug)]
pub struct ExportArgs {
    /// The chronology; `-` is standard input [default: the one that ships]
    #[arg(value_hint = ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// The file to write, by its ending: svg, png, pdf, html, pptx; `-` is standard output
    #[arg(short, long = "out", value_name = "OUT", value_hint = ValueHint::FilePath)]
    out: PathBuf,
    /// The format to write, where the ending does not tell it
    #[arg(long = "to", value_name = "FORMAT")]
    format: Option<Format>,
    /// Width and height: of a picture in pixels, 1920x1080; of a paper, 500x700mm
    #[arg(long, value_name = "SIZE", value_parser = Size::parse)]
    size: Option<Size>,
    /// Pixels of a PNG per pixel of the size, 1 to 4
    #[arg(long, value_name = "N", value_parser = scale)]
    scale: Option<f32>,
    /// A poster on this paper: a5 to a0, letter, legal, tabloid
    #[arg(long, value_name = "PAPER", value_parser = paper, conflicts_with = "size")]
    paper: Option<Paper>,
    /// With the paper's longer side upright; a handout is anyway
    #[arg(long)]
    portrait: bool,
    /// A handout: the timeline, then every event in words, with its sources
    #[arg(long, conflicts_with = "worksheet")]
    handout: bool,
    /// A worksheet: a handout with gaps, and the key on the last page
    #[arg(long, value_name = "GAPS", num_args = 0..=1, default_missing_value = "dates")]
    worksheet: Option<GapName>,
    /// A lesson, a page a step: the one of this id, title or number, else the first
    #[arg(long, value_name = "LESSON", num_args = 0..=1, default_missing_value = "")]
    lesson: Option<String>,
    /// With the notes below the pages of a lesson
    #[arg(long, requires = "lesson")]
    notes: bool,
    /// How many gaps a worksheet has [default: half of the events]
    #[arg(long, value_name = "N", requires = "worksheet", value_parser = gaps)]
    gaps: Option<usize>,
    /// Which gaps: the same for the same number
    #[arg(long, value_name = "N", default_value = "1", requires = "worksheet")]
    seed: u64,
    /// A poster that does not fit becomes one taller page, not several to put together
    #[arg(long)]
    tall: bool,
    /// The smallest text of a poster, in points [default: 6]
    #[arg(long, value_name = "PT", value_parser = points)]
    least_text: Option<f32>,
    /// How it looks [default: light]
    #[arg(long, value_name = "THEME")]
    theme: Option<LookName>,
    /// Only this time: 2014, 2003/2010, 2014-06/2015
    #[arg(long, value_name = "FROM/TO", value_parser = selection::Range::parse, allow_hyphen_values = true)]
    range: Option<selection::Range>,
    /// Only these lanes, by their ids or labels
    #[arg(long, value_name = "LANES", value_delimiter = ',')]
    lanes: Vec<String>,
    /// What stands around the timeline [default: title; of a poster all three]
    #[arg(
        long,
        value_name = "WHAT",
        value_delimiter = ',',
        conflicts_with = "bare"
    )]
    with: Vec<Around>,
    /// Nothing around the timeline
    #[arg(long)]
    bare: bool,
    /// Texts of an SVG as outlines, for programs that ignore its fonts
    #[arg(long)]
    outlines: bool,
    /// Replace a file that is there already
    #[arg(long)]
    force: bool,
}

/// What can stand around a timeline.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
enum Around {
    /// Title and subtitle
    Title,
    /// How dates are drawn
    Legend,
    /// The sources, numbered
    Sources,
}

impl ValueEnum for GapName {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = match self {
            Self::Dates => ("dates", "When it was"),
            Self::Titles => ("titles", "What it was"),
            Self::Order => ("order", "What came before what"),
        };
        Some(PossibleValue::new(name).help(help))
    }
}

impl ValueEnum for LookName {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = match self {
            Self::Light => ("light", "Dark ink on a light ground"),
            Self::Dark => ("dark", "Light ink on a dark ground"),
            Self::Projector => ("projector", "Ink on white, with stronger colours"),
        };
        Some(PossibleValue::new(name).help(help))
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.ending()))
    }
}

/// A width and height.
#[derive(Copy, Clone, Debug, PartialEq)]
enum Size {
    Pixels(f32, f32),
    Paper(Paper),
}

impl Size {
    fn parse(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("'{text}' is no size; write 1920x1080 for pixels, or 500x700mm for a paper");
        let (numbers, is_paper) = match text.strip_suffix("mm") {
            Some(numbers) => (numbers, true),
            None => (text.strip_suffix("px").unwrap_or(text), false),
        };
        let (width, height) = numbers.split_once(['x', '×']).ok_or_else(wrong)?;
        let length = |text: &str| {
            let length: f32 = text.trim().parse().map_err(|_| wrong())?;
            let (least, most) = if is_paper {
                (50.0, 5000.0)
            } else {
                (200.0, 20_000.0)
            };
            if (least..=most).contains(&length) {
                Ok(length)
            } else {
                let unit = if is_paper { "mm" } else { "pixels" };
                Err(format!(
                    "{text} is out of range; width and height are {least} to {most} {unit}"
                ))
            }
        };
        let (width, height) = (length(width)?, length(height)?);
        Ok(if is_paper {
            Self::Paper(Paper::new(width, height))
        } else {
            Self::Pixels(width, height)
        })
    }
}

fn paper(text: &str) -> Result<Paper, String> {
    Paper::named(text).ok_or_else(|| {
        format!("'{text}' is no paper; choose a5, a4, a3, a2, a1, a0, letter, legal or tabloid, or give --size 500x700mm")
    })
}

fn scale(text: &str) -> Result<f32, String> {
    let scale: Option<f32> = text.parse().ok().filter(|it| (1.0..=4.0).contains(it));
    scale.ok_or_else(|| format!("'{text}' is no scale; choose 1 to 4"))
}

fn gaps(text: &str) -> Result<usize, String> {
    let gaps: Option<usize> = text.parse().ok().filter(|&it| it > 0);
    gaps.ok_or_else(|| format!("'{text}' is no number of gaps; choose 1 or more"))
}

fn points(text: &str) -> Result<f32, String> {
    let points: Option<f32> = text.parse().ok().filter(|it| (4.0..=36.0).contains(it));
    points.ok_or_else(|| format!("'{text}' is no size of text; choose 4 to 36 points"))
}

impl ExportArgs {
    fn format(&self) -> Result<Format, Failure> {
        let ending = self.out.extension().and_then(|ending| ending.to_str());
        let named = ending.and_then(Format::of_ending);
        self.format.or(named).ok_or_else(|| {
            Failure::Usage(format!(
                "what {} is to be cannot be told by its name; end it in .svg, .png, .pdf, .html or .pptx, or name the format with --to",
                self.out.display()
            ))
        })
    }

    fn document(&self, format: Format, lesson: usize) -> Document {
        if format == Format::Html {
            return Document::WebPage;
        }
        if format == Format::Pptx || self.lesson.is_some() {
            return Document::Lesson {
                number: lesson,
                has_notes: self.notes,
            };
        }
        let paper = match (self.paper, self.size) {
            (Some(paper), _) if self.portrait => Some(paper.portrait()),
            (Some(paper), _) => Some(paper.landscape()),
            (None, Some(Size::Paper(paper))) => Some(paper),
            (None, None) if format == Format::Pdf && self.portrait => A4.map(Paper::portrait),
            (None, None) if format == Format::Pdf => A4.map(Paper::landscape),
            _ => None,
        };
        let upright = match (self.paper, self.size) {
            (None, Some(Size::Paper(paper))) => Some(paper),
            (paper, _) => paper.or(A4).map(Paper::portrait),
        };
        match (upright, self.worksheet) {
            (Some(paper), Some(gap)) => {
                return Document::Worksheet {
                    paper,
                    gap: gap.gap(),
                    count: self.gaps,
                    seed: self.seed,
                };
            }
            (Some(paper), None) if self.handout => return Document::Handout { paper },
            _ => {}
        }
        match (paper, self.size) {
            (Some(paper), _) => Document::Poster {
                paper,
                least_pt: self.least_text.unwrap_or(LEAST_PT),
                overflow: if self.tall {
                    Overflow::Taller
                } else {
                    Overflow::Tiles
                },
            },
            (None, size) => Document::Picture {
                size_px: match size {
                    Some(Size::Pixels(width, height)) => (width, height),
                    _ => USUAL_PX,
                },
                scale: self.scale.unwrap_or(1.0),
            },
        }
    }

    /// Refuses options that would do nothing.
    fn check(&self, document: Document, format: Format) -> Result<(), Failure> {
        use Document::{Handout, Lesson, Picture, Poster, WebPage, Worksheet};
        let is_picture = matches!(document, Picture { .. });
        let is_poster = matches!(document, Poster { .. });
        let is_handout = matches!(document, Handout { .. });
        let is_worksheet = matches!(document, Worksheet { .. });
        let is_lesson = matches!(document, Lesson { .. });
        let is_paper = is_poster || is_handout || is_worksheet;
        let has_size = match self.size {
            Some(Size::Pixels(..)) => is_picture,
            Some(Size::Paper(_)) => is_paper,
            None => true,
        };
        let is_printed = is_handout || is_worksheet || document == WebPage;
        let around = !self.with.is_empty() || self.bare;
        let options = [
            ("--handout", self.handout, is_handout),
            ("--worksheet", self.worksheet.is_some(), is_worksheet),
            ("--lesson", self.lesson.is_some(), is_lesson),
            ("--paper", self.paper.is_some(), is_paper),
            ("--size", self.size.is_some(), has_size),
            (
                "--portrait",
                self.portrait,
                is_poster && !matches!(self.size, Some(Size::Paper(_))),
            ),
            ("--notes", self.notes, format == Format::Pdf),
            ("--tall", self.tall, is_poster),
            ("--least-text", self.least_text.is_some(), is_poster),
            (
                "--scale",
                self.scale.is_some(),
                format == Format::Png && is_picture,
            ),
            ("--outlines", self.outlines, format == Format::Svg),
            ("--theme", self.theme.is_some(), !is_printed),
            ("--range", self.range.is_some(), !is_lesson),
            ("--lanes", !self.lanes.is_empty(), !is_lesson),
            ("--with or --bare", around, is_picture || is_poster),
        ];
        let unsuited = options
            .iter()
            .find(|(_, is_given, is_suited)| *is_given && !is_suited);
        let Some((option, ..)) = unsuited else {
            return Ok(());
        };
        Err(Failure::Usage(format!(
            "{option} means nothing for a {} as {}; leave it out, or export something else",
            document.name(),
            format.ending().to_uppercase()
        )))
    }

    /// Refuses to write over the chronology itself.
    fn check_out(&self) -> Result<(), Failure> {
        let out = fs::canonicalize(&self.out);
        let file = self.file.as_ref().map(fs::canonicalize);
        match (out, file) {
            (Ok(out), Some(Ok(file))) if out == file => Err(Failure::Usage(format!(
                "{} is the chronology itself; write to another file",
                self.out.display()
            ))),
            _ => Ok(()),
        }
    }

    fn shows(&self, document: Document) -> Shows {
        let has = |around| self.with.contains(&around);
        match document {
            _ if self.bare => Shows::NOTHING,
            _ if !self.with.is_empty() => Shows {
                title: has(Around::Title),
                legend: has(Around::Legend),
                sources: has(Around::Sources),
            },
            Document::Picture { .. } => Shows {
                title: true,
                ..Shows::NOTHING
            },
            _ => Shows::ALL,
        }
    }
}

/// The number of the lesson of an id, title or number from 1; without a name, the first.
fn lesson_number(timeline: &Timeline, name: &str) -> Result<usize, Failure> {
    if name.is_empty() {
        return Ok(0);
    }
    let lessons = timeline.lessons();
    let is_named = |lesson: &Lesson| lesson.id == name || lesson.title == name;
    let by_number = name.parse::<usize>().ok().and_then(|it| it.checked_sub(1));
    let found = lessons.iter().position(is_named).or(by_number);
    let names = || {
        let names: Vec<&str> = lessons.iter().map(|lesson| lesson.id.as_str()).collect();
        names.join(", ")
    };
    found
        .filter(|&number| number < lessons.len().max(1))
        .ok_or_else(|| {
            Failure::Usage(match lessons.len() {
                0 => "this chronology has no lessons; leave the name out, and one is made of it"
                    .to_owned(),
                _ => format!("there is no lesson \"{name}\"; the lessons are {}", names()),
            })
        })
}

/// The pictures of a chronology; says which are left out.
fn pictures_of(origin: &Origin, lane_index: &LaneIndex) -> Pictures {
    /// 300 dots per inch at the width of a handout's text.
    const MOST_PX: u32 = 1600;
    let beside = Beside::of(origin);
    let events = lane_index.in_time_order();
    let (pictures, errors) = for_document(&beside, lane_index.timeline(), events, MOST_PX);
    for error in &errors {
        say(error);
    }
    pictures
}

/// Says where a document is not what one may expect of the file.
fn say_what_differs(document: Document, lane_index: &LaneIndex) {
    let timeline = lane_index.timeline();
    let events = lane_index.len();
    match document {
        Document::Lesson { .. } if timeline.lessons().is_empty() => {
            let steps = Lesson::made_of(timeline).steps.len();
            if steps < events {
                say(&format!(
                    "this file has no lesson, so one is made of its {steps} most important events of {events}; write one into \"lessons\" to choose them"
                ));
            }
        }
        Document::Worksheet {
            count: Some(count), ..
        } if count > events => {
            say(&format!(
                "there are no {count} gaps in {events} events; each has one"
            ));
        }
        Document::Worksheet {
            gap: Gap::Order, ..
        } if events < 2 => {
            say(&"there is one event, which needs no order; choose other gaps");
        }
        _ => {}
    }
}

/// A picture as large as a usual screen, in px.
const USUAL_PX: (f32, f32) = (1440.0, 810.0);
/// The smallest text of a poster, in points.
const LEAST_PT: f32 = 6.0;
const A4: Option<Paper> = Some(Paper::new(210.0, 297.0));

/// Exports a file.
pub fn export(args: &ExportArgs) -> Result<(), Failure> {
    let format = args.format()?;
    args.check_out()?;
    let origin = args
        .file
        .as_deref()
        .map_or(Origin::Shipped, Origin::of_argument);
    let source = open::read(&origin)?;
    say_first_faults(&origin, &source);
    let timeline = &source.timeline;
    let lanes = selection::lanes_named(timeline, &args.lanes).map_err(Failure::Usage)?;
    let selection = Selection {
        lanes,
        range: args.range.map(|range| range.within(timeline)),
        events: None,
    };
    let failed = |error: ExportError| Failure::Export {
        name: origin.name(),
        source: error,
    };
    let lane_index = selection.lane_index(timeline).map_err(failed)?;
    let lesson = args.lesson.as_deref().unwrap_or_default();
    let document = args.document(format, lesson_number(timeline, lesson)?);
    args.check(document, format)?;
    say_what_differs(document, &lane_index);
    let fonts = SystemFonts::default();
    let pictures = if document.has_pictures() {
        pictures_of(&origin, &lane_index)
    } else {
        Pictures::default()
    };
    let bytes = Job {
        lane_index: &lane_index,
        document,
        view: View::Whole,
        filtered: None,
        theme: args.theme.unwrap_or(LookName::Light).theme(),
        shows: args.shows(document),
        texts: if args.outlines {
            Texts::Outlines
        } else {
            Texts::Text
        },
        measure: &BundledFonts::default(),
        pictures: &pictures,
        fonts: &fonts,
    }
    .file(format)
    .map_err(failed)?;
    // A browser has fonts of its own.
    if format != Format::Html
        && let Some(missing) = fonts.take_missing()
    {
        say(&missing);
    }
    if args.out.as_os_str() == "-" {
        return Ok(print_bytes(&bytes)?);
    }
    let existing = if args.force {
        Existing::Overwrite
    } else {
        Existing::Keep
    };
    save(&args.out, &bytes, existing).map_err(|error| match error {
        SaveError::Exists { name } => Failure::Exists { name },
        other => Failure::Save(other),
    })
}
