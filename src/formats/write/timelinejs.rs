//! Rows → `TimelineJS`, as JSON and as its sheet.
//!
//! A date that is vaguer than numbers can say is shown in words (`display_date`). Texts become
//! HTML, which is what `TimelineJS` shows.

use serde_json::{Map, Value, json};

use super::{
    csv,
    dates::{Part, Side, numbers},
    losses::{Kind, Losses},
    names::Names,
};
use crate::{
    formats::{
        Counting,
        rows::{DateText, EventRow, FileRow, Text},
    },
    model::{Certainty, markdown},
    time::{Civil, Outlook, When, words::say},
};

/// The headers of the sheet, in the order of the one that `TimelineJS` offers.
const HEADERS: [&str; 18] = [
    "Year",
    "Month",
    "Day",
    "Time",
    "End Year",
    "End Month",
    "End Day",
    "End Time",
    "Display Date",
    "Headline",
    "Text",
    "Media",
    "Media Credit",
    "Media Caption",
    "Alt Text",
    "Type",
    "Group",
    "Unique ID",
];

/// What `TimelineJS` has no place for.
const LEFT_OUT: [Kind; 18] = [
    Kind::Subtitle,
    Kind::Language,
    Kind::AsOf,
    Kind::LaneColors,
    Kind::LaneOrder,
    Kind::EraColors,
    Kind::Lessons,
    Kind::People,
    Kind::Places,
    Kind::EventPeople,
    Kind::EventPlaces,
    Kind::Tags,
    Kind::Sources,
    Kind::Links,
    Kind::Certainty,
    Kind::Importance,
    Kind::ShortTitles,
    Kind::FurtherPictures,
];

/// A slide, or an era.
#[derive(Debug, Default)]
struct Slide {
    start: Option<Side>,
    end: Option<Side>,
    display_date: String,
    headline: String,
    text: String,
    media: String,
    credit: String,
    caption: String,
    alt: String,
    group: String,
    id: String,
}

/// The text of a JSON file of `TimelineJS`.
pub fn json(rows: &FileRow<'_>, losses: &mut Losses) -> String {
    let slides = slides(rows, losses);
    let eras = eras(rows, losses);
    let mut file = Map::new();
    let title = Slide {
        headline: escaped(rows.title.as_deref().unwrap_or_default()),
        text: html_of(rows.about.as_ref()),
        ..Slide::default()
    };
    file.insert("title".to_owned(), title.json());
    let list = |slides: &[Slide]| Value::Array(slides.iter().map(Slide::json).collect());
    file.insert("events".to_owned(), list(&slides));
    if !eras.is_empty() {
        file.insert("eras".to_owned(), list(&eras));
    }
    // Values hold nothing that JSON has no form for.
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}

/// The text of the sheet of `TimelineJS`, as CSV.
pub fn sheet(rows: &FileRow<'_>, losses: &mut Losses) -> String {
    let mut records = vec![HEADERS.map(str::to_owned).to_vec()];
    let title = Slide {
        headline: escaped(rows.title.as_deref().unwrap_or_default()),
        text: html_of(rows.about.as_ref()),
        ..Slide::default()
    };
    records.push(title.record("title"));
    records.extend(slides(rows, losses).iter().map(|slide| slide.record("")));
    records.extend(eras(rows, losses).iter().map(|era| era.record("era")));
    csv::text(&records)
}

fn slides(rows: &FileRow<'_>, losses: &mut Losses) -> Vec<Slide> {
    losses.add_kinds(rows, &LEFT_OUT);
    let names = Names::of(rows);
    let events = rows.events.iter();
    events
        .filter_map(|(_, row)| slide(row, &names, losses))
        .collect()
}

fn slide(row: &EventRow<'_>, names: &Names<'_>, losses: &mut Losses) -> Option<Slide> {
    let outlook = if row.certainty == Some(Certainty::Expected) {
        Outlook::Expected
    } else {
        Outlook::Happened
    };
    let label = row.date_label.as_ref();
    let mut slide = dated(row.date.as_ref(), (label, outlook), losses)?;
    let parts = [&row.summary, &row.details].map(Option::as_ref);
    let parts = parts.map(html_of);
    slide.text = parts.into_iter().filter(|part| !part.is_empty()).collect();
    slide.headline = escaped(row.title.as_deref().unwrap_or_default());
    slide.group = row
        .lane
        .as_deref()
        .map_or_else(String::new, |lane| names.lane(lane).to_owned());
    row.id
        .as_deref()
        .unwrap_or_default()
        .clone_into(&mut slide.id);
    if let Some((_, media)) = row.media.iter().next() {
        let of = |text: &Option<Text<'_>>| text.as_deref().unwrap_or_default().to_owned();
        slide.media = of(&media.file);
        slide.alt = of(&media.alt);
        slide.caption = inline(media.caption.as_ref());
        slide.credit = inline(media.credit.as_ref());
    }
    Some(slide)
}

fn eras(rows: &FileRow<'_>, losses: &mut Losses) -> Vec<Slide> {
    let eras = rows.eras.iter().filter_map(|(_, row)| {
        let era = dated(row.date.as_ref(), (None, Outlook::Happened), losses)?;
        if era.end.is_none() {
            losses.add("eras without an end");
            return None;
        }
        let headline = escaped(row.label.as_deref().unwrap_or_default());
        Some(Slide { headline, ..era })
    });
    eras.collect()
}

/// A slide with this date; none without one.
fn dated(
    date: Option<&DateText<'_>>,
    (label, outlook): (Option<&Text<'_>>, Outlook),
    losses: &mut Losses,
) -> Option<Slide> {
    let edtf = date.map(|date| &*date.0);
    let mut vague = Losses::default();
    let Some(numbers) = edtf.and_then(|edtf| numbers(edtf, &mut vague)) else {
        losses.add("events without a date that can be read");
        return None;
    };
    let has_zone = [Some(numbers.start), numbers.end].into_iter().flatten();
    let has_zone = has_zone.filter(|side| side.offset.is_some()).count();
    losses.add_some("the zones of times", has_zone);
    losses.add_some("that events go on", usize::from(numbers.is_ongoing));
    // What the numbers do not say is said in words.
    let is_vague = !vague.is_empty() || numbers.is_ongoing;
    let words = edtf
        .and_then(|edtf| When::parse(edtf).ok())
        .filter(|_| is_vague);
    let words = words.map(|when| say(&when, outlook).to_string());
    let label = label.map(|label| label.to_string());
    if label.is_some() {
        // Words of its own stand where these would.
        losses.append(vague);
    }
    Some(Slide {
        start: Some(numbers.start),
        end: numbers.end,
        display_date: label.or(words).unwrap_or_default(),
        ..Slide::default()
    })
}

impl Slide {
    fn json(&self) -> Value {
        let mut slide = Map::new();
        for (name, side) in [("start_date", self.start), ("end_date", self.end)] {
            if let Some(side) = side {
                slide.insert(name.to_owned(), date(&side));
            }
        }
        let mut put = |name: &str, text: &str| {
            if !text.is_empty() {
                slide.insert(name.to_owned(), Value::from(text));
            }
        };
        put("display_date", &self.display_date);
        put("group", &self.group);
        put("unique_id", &self.id);
        slide.insert(
            "text".to_owned(),
            json!({ "headline": self.headline, "text": self.text }),
        );
        if !self.media.is_empty() {
            let media = json!({
                "url": self.media, "caption": self.caption, "credit": self.credit, "alt": self.alt,
            });
            slide.insert("media".to_owned(), media);
        }
        Value::Object(slide)
    }

    fn record(&self, kind: &str) -> Vec<String> {
        let mut record = Vec::new();
        for side in [self.start, self.end] {
            record.extend(side.map_or_else(Default::default, |side| cells(&side)));
        }
        let rest = [
            &self.display_date,
            &self.headline,
            &self.text,
            &self.media,
            &self.credit,
            &self.caption,
            &self.alt,
        ];
        record.extend(rest.map(Clone::clone));
        record.extend([kind.to_owned(), self.group.clone(), self.id.clone()]);
        record
    }
}

/// `{ "year": -44, "month": 3, "day": 15 }`
fn date(side: &Side) -> Value {
    let Civil {
        month,
        day,
        hour,
        minute,
        second,
        ..
    } = side.civil;
    let mut date = Map::new();
    let mut put = |name: &str, number: i64, part: Part| {
        if side.part >= part {
            date.insert(name.to_owned(), Value::from(number));
        }
    };
    put("year", year(side), Part::Year);
    put("month", month.into(), Part::Month);
    put("day", day.into(), Part::Day);
    put("hour", hour.into(), Part::Second);
    put("minute", minute.into(), Part::Second);
    put("second", second.into(), Part::Second);
    Value::Object(date)
}

/// There is no year 0: -1 is 1 BC.
fn year(side: &Side) -> i64 {
    Counting::WithoutZero.of_edtf(side.civil.year)
}

/// Year, month, day and time.
fn cells(side: &Side) -> [String; 4] {
    let Civil {
        month,
        day,
        hour,
        minute,
        second,
        ..
    } = side.civil;
    let at = |part: Part, words: String| {
        if side.part >= part {
            words
        } else {
            String::new()
        }
    };
    [
        year(side).to_string(),
        at(Part::Month, month.to_string()),
        at(Part::Day, day.to_string()),
        at(Part::Second, format!("{hour:02}:{minute:02}:{second:02}")),
    ]
}

/// Markdown as HTML.
fn html_of(text: Option<&Text<'_>>) -> String {
    let html = text.map_or_else(String::new, |text| markdown::html(text));
    html.trim_end().to_owned()
}

/// Markdown of one paragraph as HTML, without the paragraph.
fn inline(text: Option<&Text<'_>>) -> String {
    let html = html_of(text);
    let inner = html
        .strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"));
    let inner = inner.filter(|inner| !inner.contains("<p>"));
    inner.map_or(html.clone(), str::to_owned)
}

/// Plain text as HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
