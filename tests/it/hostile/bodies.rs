//! What is tried on bytes of any kind, and what must hold. Run short and from fixed seeds by `cargo
//! test`, and for as long as one likes by cargo-fuzz (`fuzz/`).

// Of each fuzz target this file is a module with a path, so that one is needed here, too.
#[path = "bodies/doing.rs"]
mod doing;

pub use doing::{Window, commands, edits};

use std::sync::{Arc, LazyLock};

use meanwhile::{
    edit::{self, Change, OpenText},
    export::{
        fonts::BundledOnly,
        job::{Document, Job, Selection},
        picture::{PictureFile, Pictures},
        svg::Texts,
        worksheet::Gap,
    },
    formats::{
        self, KeepText, ReadOptions, ReadProgress, Source,
        source::SourceText,
        write::{Target, pasteable},
    },
    layout::{
        BundledFonts, Camera, CanvasSize, Layout, Scene, SceneInput, Target as HitTarget, Theme,
        ViewParams, draw, paper::Paper, picture::View, poster::Overflow, scene::Shape,
        sheet::Shows,
    },
    model::{EventId, KnownTexts, Media, Timeline},
    open::{
        drafts::DraftFile,
        pictures::{self, Beside, Picture},
    },
    settings::Store,
    time::{
        Moment, When, freeform,
        words::{Outlook, say},
    },
};
use serde_json::{Value, json};

/// The chronology that ships.
pub const SHIPPED: &str = include_str!("../../../timeline.json");

static FONTS: LazyLock<BundledFonts> = LazyLock::new(BundledFonts::default);

/// Choices, taken from bytes one after the other; zeros once they are used up.
pub struct Choices<'b>(pub &'b [u8]);

impl<'b> Choices<'b> {
    fn take(&mut self, most: usize) -> &'b [u8] {
        let (taken, rest) = self.0.split_at(most.min(self.0.len()));
        self.0 = rest;
        taken
    }

    fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or_default()
    }

    /// Whether there is something left to choose by.
    pub fn is_left(&self) -> bool {
        !self.0.is_empty()
    }

    /// A number below another one; 0 where that is 0.
    fn below(&mut self, end: usize) -> usize {
        usize::from(u16::from_le_bytes([self.byte(), self.byte()]))
            .checked_rem(end)
            .unwrap_or_default()
    }

    fn number(&mut self) -> i64 {
        let mut bytes = [0; 8];
        let taken = self.take(8);
        bytes[..taken.len()].copy_from_slice(taken);
        // Small numbers as often as large ones.
        i64::from_le_bytes(bytes) >> (self.byte() % 64)
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn text(&mut self) -> String {
        let length = usize::from(self.byte() % 48);
        String::from_utf8_lossy(self.take(length)).into_owned()
    }
}

/// What must hold of every timeline that was read.
fn is_sound(timeline: &Timeline) {
    let mut before = None;
    for event in timeline.events() {
        let (start, end) = (timeline.start(event), timeline.end(event));
        assert!(start <= end);
        assert!(before <= Some(start), "they are in the order of time");
        before = Some(start);
        assert!(timeline.lane(event).index() < timeline.lanes().len());
        assert!(!timeline.date_words(event).to_string().is_empty());
        let record = timeline.event(event);
        for link in record.because {
            assert!(link.event.index() < timeline.len());
        }
        for person in record.people {
            assert!(person.index() < timeline.people().len());
        }
        for cited in record.sources {
            assert!(cited.source.index() < timeline.sources().len());
        }
    }
    for lesson in timeline.lessons() {
        for event in lesson.steps.iter().filter_map(|step| step.event) {
            assert!(event.index() < timeline.len());
        }
    }
}

fn read(bytes: &[u8]) -> Option<Source> {
    let options = ReadOptions {
        keep: KeepText::Always,
        ..ReadOptions::default()
    };
    let source = formats::read_with(bytes, &options, &ReadProgress::default()).ok()?;
    is_sound(&source.timeline);
    for fault in &source.diagnostics {
        assert!(!fault.to_string().is_empty());
    }
    Some(source)
}

/// The text of a chronology as timeline.json, whatever it was read from.
fn text_of(source: &Source, bytes: &[u8]) -> Option<String> {
    match source.text() {
        SourceText::Kept(text) => Some(text.to_string()),
        SourceText::InFile(_) | SourceText::Open => String::from_utf8(bytes.to_vec()).ok(),
    }
}

/// A file of any format: it is read or refused, and what was made of a foreign one is read again as
/// the same.
pub fn file(bytes: &[u8]) {
    let Some(source) = read(bytes) else { return };
    let Some(text) = text_of(&source, bytes) else {
        return;
    };
    let again = read(text.as_bytes()).expect("what was read is read again");
    assert_eq!(again.timeline.len(), source.timeline.len());
}

/// Everything that is written of a chronology can be read again.
pub fn writers(bytes: &[u8]) {
    let Some(source) = read(bytes) else { return };
    let Some(text) = text_of(&source, bytes) else {
        return;
    };
    let events = source.timeline.len();
    for target in Target::ALL {
        let (written, losses) = target.write(&text).expect("a chronology can be written");
        let _said: Vec<String> = losses.lines().collect();
        if events == 0 {
            continue;
        }
        match formats::read(written.as_bytes()) {
            Ok(again) => {
                let again = again.timeline.len();
                assert!(again <= events + source.timeline.eras().len());
                assert!(again >= events || !losses.is_empty(), "none is lost unsaid");
            }
            // Where no event has a date that the format knows, nothing is left.
            Err(error) => assert!(!error.to_string().is_empty() && target != Target::Timeline),
        }
    }
    let _rows = pasteable(&text, &[0, 1]).expect("its rows can be copied");
}

/// Rows from the clipboard: they become events of the chronology that ships, or are refused, and undo
/// leads back.
pub fn clipboard(bytes: &[u8]) {
    let Some(pasted) = read(bytes) else { return };
    let Some(text) = text_of(&pasted, bytes) else {
        return;
    };
    let Ok(rows) = serde_json::from_str(&text) else {
        return;
    };
    let source = formats::read(SHIPPED.as_bytes()).expect("it ships");
    let mut open = OpenText::saved(Arc::new(SHIPPED.to_owned()));
    if let Ok(Some(_)) = open.change(&Change::Paste(rows), &source) {
        let read = formats::read_text(
            open.text(),
            source.timeline.known_texts(),
            &ReadProgress::default(),
        );
        let read = read.expect("what was pasted is read");
        is_sound(&read.timeline);
        assert!(read.timeline.len() >= source.timeline.len());
    }
    while open.undo().is_some() {}
    assert_eq!(open.text().as_str(), SHIPPED);
}

/// A picture that stands in a chronology: it is decoded within its limits, or refused.
pub fn picture(bytes: &[u8]) {
    let base64 = data_encoding::BASE64.encode(bytes);
    let media = Media {
        file: format!("data:image/png;base64,{base64}"),
        ..Media::default()
    };
    match pictures::read(&Beside::Nothing, &media) {
        Ok(Picture { size_px, rgba }) => {
            let [width, height] = size_px;
            assert_eq!(rgba.len(), width * height * 4);
            assert!(width.max(height) <= 2048);
            let file = PictureFile::of_rgba((width as u32, height as u32), rgba, 64);
            assert!(file.is_some() || width * height == 0);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Every document that is made of a chronology in every format: it is made, or refused with a sentence.
pub fn exports(bytes: &[u8]) {
    // The first byte chooses the document, so that the rest can be a file.
    let Some((choice, bytes)) = bytes.split_first() else {
        return;
    };
    let Some(source) = read(bytes) else { return };
    let paper = Paper::new(210.0, 297.0);
    let documents = [
        Document::Picture {
            size_px: (400.0, 300.0),
            scale: 1.0,
        },
        Document::Poster {
            paper,
            least_pt: 6.0,
            overflow: Overflow::Tiles,
        },
        Document::Lesson {
            number: 0,
            has_notes: true,
        },
        Document::WebPage,
        Document::Handout { paper },
        Document::Worksheet {
            paper,
            gap: Gap::Date,
            count: None,
            seed: 1,
        },
    ];
    let document = documents[usize::from(*choice) % documents.len()];
    let Ok(lane_index) = Selection::default().lane_index(&source.timeline) else {
        return;
    };
    let pictures = Pictures::default();
    let job = Job {
        lane_index: &lane_index,
        document,
        view: View::Whole,
        filtered: None,
        theme: &Theme::LIGHT,
        shows: Shows::ALL,
        texts: Texts::Text,
        measure: &*FONTS,
        pictures: &pictures,
        fonts: &BundledOnly,
    };
    for &format in document.formats() {
        match job.file(format) {
            Ok(file) => assert!(!file.is_empty()),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

/// Dates, in EDTF and as people write them.
pub fn date(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(when) = When::parse(&text) {
        for outlook in [Outlook::Happened, Outlook::Expected] {
            assert!(!say(&when, outlook).to_string().is_empty());
        }
        if let Some((first, last)) = when.earliest().zip(when.latest()) {
            assert!(first <= last, "{text}");
        }
    }
    if let Some(reading) = freeform::read(&text, None) {
        assert_eq!(
            When::parse(&reading.edtf).as_ref(),
            Ok(&reading.when),
            "{text}"
        );
    }
    if let Ok(typed) = edit::typed_event(&text) {
        assert!(When::parse(&typed.date.edtf).is_ok(), "{text}");
    }
    for moved in [edit::Moved::Whole, edit::Moved::Start, edit::Moved::End] {
        for by_secs in [0, 86_400, -40_000_000, i64::MAX, i64::MIN] {
            if let Some(moved) = edit::shifted(&text, moved, by_secs) {
                assert!(When::parse(&moved).is_ok(), "{text} to {moved}");
            }
        }
    }
}

fn made(choices: &mut Choices<'_>) -> Arc<Timeline> {
    let lanes = 1 + choices.below(5);
    let count = choices.below(60);
    let date = |choices: &mut Choices<'_>| match choices.byte() % 4 {
        0 => format!("Y{}", choices.number() >> 28),
        1 => format!("{:04}", choices.below(9999)),
        2 => format!("{:04}-{:02}", choices.below(9999), 1 + choices.below(12)),
        _ => format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}",
            1900 + choices.below(200),
            1 + choices.below(12),
            1 + choices.below(28),
            choices.below(24),
            choices.below(60)
        ),
    };
    let events = (0..count).map(|number| {
        let start = date(choices);
        let date = match choices.byte() % 3 {
            0 => format!("{start}/{}", date(choices)),
            1 => format!("{start}/.."),
            _ => start,
        };
        json!({
            "id": number.to_string(),
            "title": choices.text(),
            "date": date,
            "lane": choices.below(lanes).to_string(),
            "importance": 1 + choices.below(5),
            "because": [{ "event": choices.below(count).to_string() }],
        })
    });
    let events: Vec<Value> = events.collect();
    let lanes =
        (0..lanes).map(|number| json!({ "id": number.to_string(), "label": choices.text() }));
    let text = json!({
        "title": "", "lanes": lanes.collect::<Vec<_>>(), "events": events,
    });
    let source = read(text.to_string().as_bytes()).expect("what was made is read");
    source.timeline
}

fn size(choices: &mut Choices<'_>) -> CanvasSize {
    let width_px = 150.0 + choices.below(4000) as f32;
    CanvasSize {
        width_px,
        whole_px: width_px + choices.below(400) as f32,
        height_px: 60.0 + choices.below(2200) as f32,
    }
}

/// Any chronology in any window, seen by any camera: all is finite, and nothing is drawn over anything
/// else that can be pressed in the same row.
pub fn layout(bytes: &[u8]) {
    let choices = &mut Choices(bytes);
    let timeline = made(choices);
    let size = size(choices);
    let layout = Layout::build(timeline, size, &*FONTS);
    let colors = Theme::LIGHT.lane_colors(layout.timeline.lanes());
    let (mut scratch, mut scene) = (draw::Scratch::default(), Scene::default());
    let plot_px = size.whole_px - layout.gutter_px;
    for _ in 0..4 {
        let secs_per_px = 10_f64.powf(choices.below(240) as f64 / 10.0 - 6.0);
        let camera = Camera::new(Moment::from_secs(choices.number()), secs_per_px);
        let camera = layout.allowed(camera, plot_px);
        assert!(camera.secs_per_px().is_finite() && camera.secs_per_px() > 0.0);
        let input = SceneInput {
            params: ViewParams::new(camera, (size.whole_px, size.height_px)),
            filtered: None,
            found: None,
            theme: &Theme::LIGHT,
            lane_colors: &colors,
            measure: &*FONTS,
        };
        draw::scene(&layout, &input, &mut scratch, &mut scene);
        is_drawn_soundly(&scene);
    }
}

fn is_drawn_soundly(scene: &Scene) {
    let is_finite = |rect: &meanwhile::layout::scene::Rect| {
        [rect.x0, rect.y0, rect.x1, rect.y1]
            .into_iter()
            .all(f32::is_finite)
    };
    for shape in &scene.shapes {
        let is_sound = match shape {
            Shape::Clip(rect) | Shape::Ramp { rect, .. } | Shape::Frame { rect, .. } => {
                is_finite(rect)
            }
            Shape::Hills { line, .. } | Shape::Line { line, .. } => {
                let mut points = scene.line(line).iter();
                points.all(|point| point.0.is_finite() && point.1.is_finite())
            }
            Shape::Polygon { points, .. } => {
                points.iter().all(|(x, y)| x.is_finite() && y.is_finite())
            }
            Shape::Text(run) => run.x.is_finite() && run.baseline.is_finite(),
        };
        assert!(is_sound, "{shape:?}");
    }
    let events: Vec<_> = scene
        .hits
        .iter()
        .filter(|hit| matches!(hit.target, HitTarget::Event(_)))
        .collect();
    for (number, hit) in events.iter().enumerate() {
        assert!(is_finite(&hit.rect));
        for other in &events[number + 1..] {
            let shared = hit.rect.intersected(&other.rect);
            let (width, height) = (shared.x1 - shared.x0, shared.y1 - shared.y0);
            assert!(
                width <= 1.0 || height <= 1.0,
                "{:?} over {:?}",
                hit.rect,
                other.rect
            );
        }
    }
}

fn an_event(timeline: &Timeline, choices: &mut Choices<'_>) -> Option<EventId> {
    if timeline.is_empty() {
        return None;
    }
    EventId::from_index(choices.below(timeline.len()))
}

/// What the program finds of what it has kept: settings, and a draft whose steps are any.
pub fn kept(bytes: &[u8]) {
    let settings = std::env::temp_dir().join(format!("meanwhile-{}.json", std::process::id()));
    std::fs::write(&settings, bytes).expect("written");
    let (_, said) = Store::at(&settings).load();
    drop(said);
    let Ok(steps) = serde_json::from_slice::<Vec<edit::Edit>>(bytes) else {
        return;
    };
    let text = Arc::new(SHIPPED.to_owned());
    let base = formats::Fingerprint::of(text.as_bytes());
    let file = None;
    let draft = DraftFile { file, base, steps };
    let Some(mut open) = draft.applied(&text) else {
        return;
    };
    // It is shown, or refused.
    let _read = formats::read_text(open.text(), KnownTexts::default(), &ReadProgress::default());
    let _nothing = open.step("nothing", |_| Ok::<(), ()>(()));
    while open.undo().is_some() {}
    assert_eq!(open.text().as_str(), SHIPPED);
}
