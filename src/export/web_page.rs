//! A web page: one file with everything in it, that opens anywhere and asks for nothing.
//!
//! ```text
//! header     title, search
//! timeline   drawn by a script of some 29 KB that only multiplies: which rows, sides and scales
//!            labels have is written into the page by the layout, as in the window
//! whole      the same as a picture, where there are no scripts, and on paper
//! events     every event in words: read without scripts, by a screen reader, on paper
//! sources
//! ```
//!
//! Its Content-Security-Policy allows that script and that style sheet, by their hashes, and the
//! fonts and pictures in the page; no connection at all.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    sync::Arc,
};

use data_encoding::BASE64;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{
    fonts::FontId,
    html::of_markdown,
    picture::Pictures,
    shape::Shaper,
    svg::{self, escaped, hex},
};
use crate::{
    layout::{
        Face, LaneIndex, Layout, TextMeasure, Theme,
        build::CanvasSize,
        camera::FINEST_SECS_PER_PX,
        labels::Side,
        lane_index,
        mark::{BAND_STRENGTH, Body, End},
        metrics::{Form, HAIRLINE_X_PX},
        picture::{self, PictureInput, View},
        sheet::Shows,
        wording::{self, Wording},
    },
    model::{EventId, LaneId, Media, Timeline, web_address},
    time::When,
};

/// The script.
const SCRIPT: &str = include_str!("../../assets/page/page.js");
/// The style sheet, without the fonts.
const STYLE: &str = include_str!("../../assets/page/page.css");
/// The width for which rows are chosen: that of a usual window or more shows every label that has
/// room in it. In a narrower one the timeline is panned.
const WIDTH_PX: f32 = 960.0;
/// The height of the timeline of a large file; a small one takes what its rows need.
const HEIGHT_PX: f32 = 760.0;

/// What a page is made of.
pub struct WebPageInput<'a> {
    /// The events of the page.
    pub lane_index: &'a Arc<LaneIndex>,
    /// Measures texts.
    pub measure: &'a dyn TextMeasure,
    /// The pictures.
    pub pictures: &'a Pictures,
}

/// The page.
pub fn page(input: &WebPageInput<'_>, shaper: &mut Shaper<'_>) -> String {
    let timeline: &Timeline = input.lane_index.timeline();
    let events: Vec<EventId> = input.lane_index.in_time_order().collect();
    let mut writer = Writer {
        input,
        timeline,
        shaper,
        used: BTreeMap::new(),
    };
    let size = CanvasSize {
        width_px: WIDTH_PX,
        whole_px: WIDTH_PX,
        height_px: HEIGHT_PX,
    };
    let layout = Layout::of(input.lane_index, size, input.measure);
    let data = writer.data(&layout, &events);
    let whole = writer.whole(&layout);
    let list = writer.list(&events);
    let sources = writer.sources();
    let head = writer.head();
    let fonts = writer.fonts();
    let style = format!("{fonts}{STYLE}");
    let title = escaped(timeline.title());
    let language = match timeline.language().trim() {
        "" => "en".to_owned(),
        language => escaped(language),
    };
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'",
        hash(&style),
        hash(SCRIPT)
    );
    // Within a script element nothing may look like its end.
    let data = data.to_string().replace('<', "\\u003c");
    format!(
        "<!DOCTYPE html>
<html lang=\"{language}\">
<head>
<meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"generator\" content=\"Meanwhile\">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{head}
<main>
<section id=\"timeline\" tabindex=\"-1\" aria-label=\"Timeline\" hidden>
<canvas aria-hidden=\"true\"></canvas>
<ul></ul>
</section>
{whole}
{list}
{sources}
</main>
<aside id=\"story\" aria-label=\"Event\" tabindex=\"-1\" hidden>
<nav aria-label=\"Events\"><button id=\"before\" type=\"button\">Previous</button><button id=\"after\" type=\"button\">Next</button><button id=\"close\" type=\"button\">Close</button></nav>
<article></article>
</aside>
<script type=\"application/json\" id=\"data\">{data}</script>
<script>{SCRIPT}</script>
</body>
</html>
"
    )
}

/// The hash by which a policy allows a text.
fn hash(text: &str) -> String {
    BASE64.encode(&Sha256::digest(text.as_bytes()))
}

struct Writer<'a, 'p> {
    input: &'a WebPageInput<'a>,
    timeline: &'a Timeline,
    shaper: &'a mut Shaper<'p>,
    /// The characters that are shown in each font.
    used: BTreeMap<FontId, BTreeSet<char>>,
}

impl Writer<'_, '_> {
    /// Notes that a text is shown in some faces.
    fn uses(&mut self, text: &str, faces: &[Face]) {
        for &face in faces {
            for character in text.chars() {
                if let Some(font) = self.shaper.fonts.of_character(character, face) {
                    self.used.entry(font).or_default().insert(character);
                }
            }
        }
    }

    fn fonts(&mut self) -> String {
        let usual: String = (' '..='~').collect();
        // Numbers of the axis, buttons, counts.
        self.uses(&usual, &[Face::Sans, Face::SansMedium, Face::SansSemiBold]);
        self.uses("–…·’“”", &[Face::Sans, Face::SansSemiBold, Face::Serif]);
        let mut out = String::new();
        for (id, characters) in &self.used {
            if let Some(font) = self.shaper.fonts.get(*id) {
                out.push_str(&svg::font_face(font, characters));
            }
        }
        out
    }

    fn head(&mut self) -> String {
        const INTERFACE: [Face; 1] = [Face::Sans];
        let timeline = self.timeline;
        self.uses(timeline.title(), &[Face::SerifSemiBold]);
        let counts = wording::counts_of(self.input.lane_index);
        let subtitle = timeline.subtitle().trim();
        self.uses(&counts, &INTERFACE);
        self.uses(subtitle, &INTERFACE);
        let mut quiet = String::new();
        for text in [subtitle, &counts] {
            if !text.is_empty() {
                let _ = write!(
                    quiet,
                    "<p class=\"quiet\" dir=\"auto\">{}</p>",
                    escaped(text)
                );
            }
        }
        let about = self.markdown(timeline.about());
        let about = if about.is_empty() {
            String::new()
        } else {
            format!("\n<div id=\"about\">{about}</div>")
        };
        format!(
            "<header>
<div><h1 dir=\"auto\">{}</h1>{quiet}{about}</div>
<div class=\"tools\" id=\"tools\" role=\"search\" hidden><label for=\"search\">Search</label><input type=\"search\" id=\"search\" autocomplete=\"off\"><output id=\"found\" aria-live=\"polite\"></output><button id=\"farther\" type=\"button\" aria-label=\"Zoom out\">−</button><button id=\"closer\" type=\"button\" aria-label=\"Zoom in\">+</button><button id=\"all\" type=\"button\">Whole</button></div>
</header>",
            escaped(timeline.title())
        )
    }

    /// A Markdown text, whose characters are noted.
    fn markdown(&mut self, text: &str) -> String {
        if text.trim().is_empty() {
            return String::new();
        }
        self.uses(text, &[Face::Serif, Face::SerifItalic, Face::SerifSemiBold]);
        of_markdown(text)
    }

    /// The timeline as a picture.
    fn whole(&mut self, layout: &Layout) -> String {
        let height = layout.used_px().max(200.0);
        let page = picture::page(&PictureInput {
            lane_index: self.input.lane_index,
            view: View::Whole,
            filtered: None,
            theme: &Theme::PRINT,
            measure: self.input.measure,
            shows: Shows::NOTHING,
            size_px: (WIDTH_PX, height),
        });
        let alt = picture::alt(self.input.lane_index);
        let (drawn, used) = svg::fragment(&page, &alt, self.shaper);
        for (font, characters) in used {
            self.used.entry(font).or_default().extend(characters);
        }
        format!("<figure id=\"whole\">{drawn}</figure>")
    }

    /// Every event in words.
    fn list(&mut self, events: &[EventId]) -> String {
        let mut out = String::from("<h2 id=\"all-events\">All events</h2>\n<ol id=\"events\">\n");
        for (number, &event) in events.iter().enumerate() {
            self.event(number, event, &mut out);
        }
        out.push_str("</ol>");
        out
    }

    fn event(&mut self, number: usize, event: EventId, out: &mut String) {
        let timeline = self.timeline;
        let record = timeline.event(event);
        let words = timeline.date_words(event);
        let certainty = timeline.certainty(event).qualifier();
        let lane = timeline.lane_record(timeline.lane(event)).label.trim();
        self.uses(record.title, &[Face::SerifSemiBold]);
        self.uses(&words.date, &[Face::SansSemiBold]);
        let _ = write!(
            out,
            "<li id=\"e{number}\"><div class=\"date\">{}",
            escaped(&words.date)
        );
        for quiet in [words.note.as_deref(), certainty, Some(lane)] {
            if let Some(quiet) = quiet.filter(|quiet| !quiet.is_empty()) {
                self.uses(quiet, &[Face::Sans]);
                let _ = write!(out, "<span dir=\"auto\">{}</span>", escaped(quiet));
            }
        }
        let _ = write!(
            out,
            "</div><div><h3 dir=\"auto\">{}</h3>",
            escaped(record.title)
        );
        for text in [record.summary, record.details] {
            let html = self.markdown(text);
            out.push_str(&html);
        }
        for media in record.media {
            self.picture(media, record.title, out);
        }
        self.facts(event, out);
        out.push_str("</div></li>\n");
    }

    /// A picture, or a link to one on the web.
    fn picture(&mut self, media: &Media, title: &str, out: &mut String) {
        let words = media.caption_and_credit();
        self.uses(&words, &[Face::Sans]);
        if let Some((_, file)) = self.input.pictures.of(media) {
            let (width, height) = file.size;
            let _ = write!(
                out,
                "<figure><img src=\"data:{};base64,{}\" width=\"{width}\" height=\"{height}\" alt=\"{}\">",
                file.format.media_type(),
                BASE64.encode(&file.bytes),
                escaped(media.alt_words(title))
            );
            if !words.is_empty() {
                let _ = write!(
                    out,
                    "<figcaption dir=\"auto\">{}</figcaption>",
                    escaped(&words)
                );
            }
            out.push_str("</figure>");
        } else if let Some(address) = media.web_address() {
            let name = if words.is_empty() { "Picture" } else { &words };
            let _ = write!(
                out,
                "<p class=\"quiet\"><a href=\"{}\" rel=\"noopener noreferrer\">{}</a></p>",
                escaped(address),
                escaped(name)
            );
        }
    }

    /// People, place, causes and sources.
    fn facts(&mut self, event: EventId, out: &mut String) {
        let timeline = self.timeline;
        let record = timeline.event(event);
        let mut facts: Vec<String> = Vec::new();
        for (name, words) in [
            ("People", timeline.people_words(event).join(", ")),
            ("Place", timeline.place_words(event).unwrap_or_default()),
            (
                "Because of",
                timeline.short_link_words(record.because).join("; "),
            ),
        ] {
            if !words.is_empty() {
                facts.push(escaped(&format!("{name}: {words}")));
            }
        }
        let sources: Vec<String> = record
            .sources
            .into_iter()
            .map(|citation| {
                let number = citation.source.index() + 1;
                let link = format!("<a href=\"#s{number}\">{number}</a>");
                match citation.place_in_source.trim() {
                    "" => link,
                    place => format!("{link} ({})", escaped(place)),
                }
            })
            .collect();
        if !sources.is_empty() {
            facts.push(format!("Sources: {}", sources.join(", ")));
        }
        if facts.is_empty() {
            return;
        }
        out.push_str("<ul class=\"facts\">");
        for fact in &facts {
            self.uses(fact, &[Face::Sans]);
            let _ = write!(out, "<li>{fact}</li>");
        }
        out.push_str("</ul>");
    }

    fn sources(&mut self) -> String {
        if self.timeline.sources().is_empty() {
            return String::new();
        }
        let mut out = String::from("<section id=\"sources\"><h2>Sources</h2><ol>");
        for (number, source) in self.timeline.sources().iter().enumerate() {
            let reference = source.reference();
            self.uses(reference.title, &[Face::SerifItalic]);
            self.uses(&reference.origin, &[Face::Serif]);
            self.uses(reference.url, &[Face::Serif]);
            let _ = write!(
                out,
                "<li id=\"s{}\" dir=\"auto\"><em>{}</em> {}",
                number + 1,
                escaped(reference.title),
                escaped(&reference.origin)
            );
            if let Some(address) = web_address(reference.url) {
                let address = escaped(address);
                let _ = write!(
                    out,
                    "<br><a href=\"{address}\" rel=\"noopener noreferrer\">{address}</a>"
                );
            }
            out.push_str("</li>");
        }
        out.push_str("</ol></section>");
        self.uses("Sources All events", &[Face::SerifSemiBold]);
        out
    }

    /// What the script draws: rows, sides and the scales of labels as the layout has chosen them.
    fn data(&mut self, layout: &Layout, events: &[EventId]) -> Value {
        let (light, dark) = (&Theme::LIGHT, &Theme::DARK);
        let lanes = self.timeline.lanes();
        let colors = [light, dark].map(|theme| theme.lane_colors(lanes));
        let of_lanes: Vec<Value> = layout
            .stack
            .lanes
            .iter()
            .enumerate()
            .map(|(number, lane)| {
                let id = LaneId::from_index(number).unwrap_or(LaneId::new(0));
                let names = layout.lane_names.get(number).cloned().unwrap_or_default();
                self.uses(&names.concat(), &[Face::SansSemiBold]);
                json!({
                    "n": names,
                    "c": colors.each_ref().map(|it| hex(it.of(id))),
                    "s": colors.each_ref().map(|it| it.strength(id).max(BAND_STRENGTH)),
                    "top": lane.top,
                    "row": (!lane.is_hidden()).then_some(lane.first_row),
                    "band": lane.density,
                })
            })
            .collect();
        let of_eras: Vec<Value> = layout
            .eras
            .iter()
            .filter_map(|(number, row)| {
                let era = self.timeline.eras().get(number)?;
                self.uses(&era.label, &[Face::SansSemiBold]);
                let colors = [light, dark].map(|theme| hex(theme.era_color(era)));
                Some(json!([
                    era.start.secs(),
                    era.end.secs(),
                    row,
                    era.label,
                    colors
                ]))
            })
            .collect();
        let as_of = self.timeline.as_of().zip(layout.as_of_label.as_deref());
        let as_of = as_of.map(|(to, label)| {
            self.uses(label, &[Face::SansMedium]);
            let from = self.timeline.as_of_when().and_then(When::earliest);
            json!([from.unwrap_or(to).secs(), to.secs(), label])
        });
        let mut wording = Wording::default();
        let of_events: Vec<Value> = events
            .iter()
            .map(|&event| self.event_data(layout, event, &mut wording))
            .collect();
        let plot_px = WIDTH_PX - layout.gutter_px;
        let camera = layout.fit(plot_px);
        let (from, to) = layout.extent().unwrap_or_default();
        let is_under = layout.form == Form::Under;
        json!({
            "coarsest": camera.px_per_sec(),
            "whole": layout.whole_scale(),
            "finest": 1.0 / FINEST_SECS_PER_PX,
            "fit": camera.time_from_x(0.0).secs(),
            "plot": plot_px,
            "extent": [from.secs(), to.secs()],
            "gutter": layout.gutter_px - HAIRLINE_X_PX,
            "height": layout.used_px().max(200.0),
            "top": layout.top_px(),
            "erasTop": layout.eras_px(),
            "pitch": layout.stack.pitch,
            "form": u8::from(!is_under),
            "markTop": if is_under { 1.0 } else { ((layout.stack.pitch - 13.0) / 2.0).floor() },
            "lanes": of_lanes,
            "eras": of_eras,
            "asOf": as_of,
            "events": of_events,
        })
    }

    fn event_data(&mut self, layout: &Layout, event: EventId, wording: &mut Wording) -> Value {
        let timeline = self.timeline;
        let mark = lane_index::mark(timeline, event);
        let kind = |end: End| match end {
            End::Square => 0,
            End::Soft => 1,
            End::Feather { .. } => 2,
            End::Fade => 3,
            End::Arrow => 4,
        };
        let inner = |end: End| match end {
            End::Feather { inner } => inner.secs(),
            _ => 0,
        };
        let flags = u8::from(mark.body == Body::OneDate)
            + 2 * u8::from(mark.is_dashed)
            + 4 * u8::from(mark.is_hatched);
        let title = timeline.short(event);
        let date = wording.date(timeline, event).to_owned();
        self.uses(title, &[Face::Sans, Face::SansMedium, Face::SansSemiBold]);
        self.uses(&date, &[Face::Sans]);
        let slot = layout.slot(event);
        json!({
            "s": title,
            "d": date,
            "l": timeline.lane(event).index(),
            "i": timeline.importance(event),
            "m": [
                mark.from.secs(), mark.to.secs(), kind(mark.start), kind(mark.end),
                inner(mark.start), inner(mark.end), flags
            ],
            "row": slot.map_or(0, |slot| slot.row),
            "right": slot.is_none_or(|slot| slot.side == Side::Right),
            "w": slot.map_or(0.0, |slot| slot.label_px),
            // None: counted at every scale.
            "min": slot.map(|slot| slot.min_scale),
        })
    }
}
