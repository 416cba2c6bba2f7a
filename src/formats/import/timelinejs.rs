//! `TimelineJS` as JSON: slides with dates in parts, and its first version, whose dates are lists
//! of numbers in a text. Its sheets are tables: see [`super::sheet`].

use super::{
    dates::{Date, Parts, iso, span},
    draft::Draft,
    html,
    importer::Importer,
    json::{Object, Walk},
};
use crate::{
    formats::{
        Counting, Format, Location, ReadProgress,
        json::raw::{Kind, each_item},
        rows::{DateText, EraRow, EventRow, List, MediaRow, Text},
    },
    time::freeform::DayMonthOrder,
};

/// What is read of a slide, and of what is in it.
const SLIDE: [&str; 9] = [
    "start_date",
    "end_date",
    "text",
    "media",
    "group",
    "display_date",
    "unique_id",
    "type",
    "autolink",
];
const TEXT: [&str; 2] = ["headline", "text"];
const MEDIA: [&str; 7] = [
    "url",
    "caption",
    "credit",
    "alt",
    "title",
    "link",
    "link_target",
];
const DATE: [&str; 10] = [
    "year",
    "month",
    "day",
    "hour",
    "minute",
    "second",
    "millisecond",
    "display_date",
    "format",
    "date",
];
/// What is read of a date of the first version.
const OLD: [&str; 9] = [
    "startDate",
    "endDate",
    "headline",
    "text",
    "tag",
    "asset",
    "type",
    "classname",
    "date",
];
/// What to do about a date that is not understood.
const DATE_HELP: &str = "give a year, and perhaps month and day, as numbers";

/// Reads the files of `TimelineJS`.
pub struct TimelineJs;

impl Importer for TimelineJs {
    fn format(&self) -> Format {
        Format::TimelineJs
    }

    fn is_of(&self, text: &str) -> bool {
        let Some((_, top)) = Walk::of(text) else {
            return false;
        };
        let Some(top) = Object::of(top, Location::default()) else {
            return false;
        };
        let is_slide =
            |title: &Object<'_>| title.names().any(|name| name == "text" || name == "media");
        let has_dates = some_item_has(&top, "events", &["start_date"]);
        let is_first = top
            .object("timeline")
            .is_some_and(|it| it.raw("date").is_some());
        has_dates || is_first || top.object("title").as_ref().is_some_and(is_slide)
    }

    fn read(&self, text: &str, _: &ReadProgress, draft: &mut Draft) -> bool {
        let Some((mut walk, top)) = Walk::of(text) else {
            return false;
        };
        let Some(top) = Object::of(top, Location::line(1)) else {
            return false;
        };
        if let Some(timeline) = top.object("timeline") {
            first_version(&mut walk, &timeline, draft);
        } else {
            slides(&mut walk, &top, draft);
        }
        true
    }
}

/// Whether one of the first items of a list in a field has all these fields.
pub fn some_item_has(object: &Object<'_>, list: &str, names: &[&str]) -> bool {
    /// So many are looked at.
    const MOST_ITEMS: u32 = 20;
    let Some(list) = object.raw(list) else {
        return false;
    };
    let mut is_found = false;
    each_item(list, |number, item| {
        if number < MOST_ITEMS && !is_found {
            let item = Object::of(item, Location::default());
            is_found = item.is_some_and(|item| names.iter().all(|name| item.raw(name).is_some()));
        }
    });
    is_found
}

fn slides<'t>(walk: &mut Walk<'t>, top: &Object<'t>, draft: &mut Draft) {
    top.leave_out_all_but(&["events", "title", "eras", "scale"], draft);
    if let Some(title) = top.object("title") {
        let text = title.object("text");
        let of = |name| {
            text.as_ref()
                .map_or_else(String::new, |text| text.text(name))
        };
        draft.file.title = Text::some(html::plain(&of("headline")));
        draft.file.about = draft.markdown(&title.at, &of("text"));
        if title
            .object("media")
            .is_some_and(|media| !media.text("url").is_empty())
        {
            draft.leave_out("title.media", &title.at);
        }
    }
    // Lists stand in the file in any order, and places are found from its beginning to its end.
    let mut lists = [("events", top.raw("events")), ("eras", top.raw("eras"))];
    lists.sort_by_key(|(_, list)| list.map(|list| list.get().as_ptr()));
    for (name, list) in lists {
        let Some(list) = list else { continue };
        walk.each_object(list, name, draft, |draft, object| {
            if name == "eras" {
                era(&object, draft);
            } else {
                slide(&object, draft);
            }
        });
    }
}

fn slide(slide: &Object<'_>, draft: &mut Draft) {
    slide.leave_out_all_but(&SLIDE, draft);
    let text = slide.object("text");
    if let Some(text) = &text {
        text.leave_out_all_but(&TEXT, draft);
    }
    let of = |name| {
        text.as_ref()
            .map_or_else(String::new, |text| text.text(name))
    };
    let title = html::plain(&of("headline"));
    let Some((date, label)) = date(slide, &title, draft) else {
        return;
    };
    let mut row = EventRow {
        id: Text::some(slide.text("unique_id")),
        date: Some(DateText(Text::owned(date))),
        date_label: label,
        lane: Text::some(html::plain(&slide.text("group"))),
        summary: draft.markdown(&slide.at.of("text.text"), &of("text")),
        ..EventRow::default()
    };
    let mut caption = String::new();
    if let Some(media) = slide.object("media") {
        media.leave_out_all_but(&MEDIA, draft);
        caption = html::plain(&media.text("caption"));
        put_media(&media, &mut row, draft);
    }
    row.title = Text::some(title).or_else(|| {
        // A slide of a picture alone is called by its caption.
        (!caption.is_empty()).then(|| Text::owned(caption))
    });
    draft.event(&slide.at, &row);
}

/// A picture; what is embedded (a quotation, a player) and links go to the details.
fn put_media(media: &Object<'_>, row: &mut EventRow<'_>, draft: &mut Draft) {
    let url = media.text("url");
    let link = media.text("link");
    let [caption, credit] =
        ["caption", "credit"].map(|name| draft.markdown(&media.at.of(name), &media.text(name)));
    let mut parts = Vec::new();
    if url.starts_with('<') {
        let embedded = draft.markdown(&media.at.of("url"), &url);
        parts.extend(embedded.map(Text::into_string));
        parts.extend(caption.map(Text::into_string));
        parts.extend(credit.map(Text::into_string));
    } else if !url.is_empty() {
        let alt = Some(media.text("alt")).filter(|alt| !alt.is_empty());
        row.media = List::from_iter([MediaRow {
            file: Text::some(url),
            alt: Text::some(alt.unwrap_or_else(|| media.text("title"))),
            caption,
            credit,
        }]);
    }
    if !link.is_empty() {
        parts.push(format!("<{link}>"));
    }
    row.details = Text::some(parts.join("\n\n"));
}

/// The date of a slide in EDTF, and what is said instead of it.
fn date(
    slide: &Object<'_>,
    title: &str,
    draft: &mut Draft,
) -> Option<(String, Option<Text<'static>>)> {
    let (start, end) = (slide.object("start_date"), slide.object("end_date"));
    let Some(start) = start.filter(|start| start.names().next().is_some()) else {
        let message = if title.is_empty() {
            "there is no start_date, so the slide is left out".to_owned()
        } else {
            format!("there is no start_date, so the slide “{title}” is left out")
        };
        draft.error(&slide.at, message, DATE_HELP);
        return None;
    };
    start.leave_out_all_but(&DATE, draft);
    let Some(from) = parts(&start, draft) else {
        let message = "this is no date, so the slide is left out";
        draft.error(&start.at, message, DATE_HELP);
        return None;
    };
    let to = end.filter(|end| !end.text("year").is_empty() || !end.text("date").is_empty());
    let to = to.and_then(|end| {
        let to = parts(&end, draft);
        if to.is_none() {
            draft.error(
                &end.at,
                "this is no date, so the end is left out",
                DATE_HELP,
            );
        }
        to
    });
    let labels = [slide.text("display_date"), start.text("display_date")];
    let label = labels.into_iter().find(|label| !label.is_empty());
    let label = label.map(|label| Text::owned(html::plain(&label)));
    Some((span(from, to), label))
}

/// A date in parts, in EDTF.
fn parts(date: &Object<'_>, draft: &mut Draft) -> Option<String> {
    let of = |name| date.text(name);
    let (year, month, day) = (of("year"), of("month"), of("day"));
    let (hour, minute, second) = (of("hour"), of("minute"), of("second"));
    let time = if hour.is_empty() {
        String::new()
    } else {
        let part = |text: &str| {
            if text.is_empty() {
                "0".to_owned()
            } else {
                text.to_owned()
            }
        };
        format!("{hour}:{}:{}", part(&minute), part(&second))
    };
    let whole = of("date");
    let written = if year.is_empty() { &whole } else { &year };
    let parts = Parts {
        date: written,
        month: &month,
        day: &day,
        time: &time,
    };
    // As JavaScript reads a whole date: the month comes first.
    let understood = parts.read(Some(DayMonthOrder::MonthFirst))?;
    if let Some(doubt) = understood.doubt {
        draft.warning(&date.at, doubt, "");
    }
    Some(understood.edtf)
}

fn era(era: &Object<'_>, draft: &mut Draft) {
    era.leave_out_all_but(&["start_date", "end_date", "text"], draft);
    let text = era.object("text");
    let label = text.map_or_else(String::new, |text| html::plain(&text.text("headline")));
    if let Some((date, _)) = date(era, &label, draft) {
        draft.file.eras.push(EraRow {
            label: Text::some(label),
            date: Some(DateText(Text::owned(date))),
            ..EraRow::default()
        });
    }
}

/// `timeline{headline,text,date[],era[]}`
fn first_version<'t>(walk: &mut Walk<'t>, timeline: &Object<'t>, draft: &mut Draft) {
    let known = [
        "headline",
        "text",
        "type",
        "startDate",
        "asset",
        "date",
        "era",
    ];
    timeline.leave_out_all_but(&known, draft);
    draft.file.title = Text::some(html::plain(&timeline.text("headline")));
    draft.file.about = draft.markdown(&timeline.at.of("text"), &timeline.text("text"));
    let mut lists = [("date", timeline.raw("date")), ("era", timeline.raw("era"))];
    lists.sort_by_key(|(_, list)| list.map(|list| list.get().as_ptr()));
    for (name, list) in lists {
        let Some(list) = list.filter(|list| Kind::of(list) == Kind::List) else {
            continue;
        };
        let path = format!("timeline.{name}");
        walk.each_object(list, &path, draft, |draft, object| {
            old(&object, name == "era", draft);
        });
    }
}

/// An event or an era of the first version.
fn old(object: &Object<'_>, is_era: bool, draft: &mut Draft) {
    object.leave_out_all_but(&OLD, draft);
    let title = html::plain(&object.text("headline"));
    let (start, end) = (object.text("startDate"), object.text("endDate"));
    let Some(from) = old_date(&start) else {
        let message = if start.is_empty() {
            "there is no startDate, so this is left out".to_owned()
        } else {
            format!("the date “{start}” is not understood, so this is left out")
        };
        draft.error(
            &object.at.of("startDate"),
            message,
            "write it like 2014,6,10",
        );
        return;
    };
    let to = old_date(&end);
    if to.is_none() && !end.is_empty() {
        let message = format!("the end “{end}” is not understood, and is left out");
        draft.error(&object.at.of("endDate"), message, "write it like 2014,6,10");
    }
    let date = Some(DateText(Text::owned(span(from, to))));
    if is_era {
        draft.file.eras.push(EraRow {
            label: Text::some(title),
            date,
            ..EraRow::default()
        });
        return;
    }
    let mut row = EventRow {
        title: Text::some(title),
        date,
        lane: Text::some(html::plain(&object.text("tag"))),
        summary: draft.markdown(&object.at.of("text"), &object.text("text")),
        ..EventRow::default()
    };
    if let Some(asset) = object.object("asset") {
        asset.leave_out_all_but(&["media", "credit", "caption", "thumbnail"], draft);
        let media = asset.text("media");
        let [caption, credit] =
            ["caption", "credit"].map(|name| draft.markdown(&asset.at.of(name), &asset.text(name)));
        if media.starts_with('<') {
            row.details = draft.markdown(&asset.at.of("media"), &media);
        } else if !media.is_empty() {
            row.media = List::from_iter([MediaRow {
                file: Text::some(media),
                caption,
                credit,
                ..MediaRow::default()
            }]);
        }
    }
    draft.event(&object.at, &row);
}

/// `1963,8,9` or `1963,8,9,14,30`, or a date as people write it.
fn old_date(text: &str) -> Option<String> {
    let numbers: Option<Vec<i64>> = text
        .split(',')
        .map(|part| part.trim().parse().ok())
        .collect();
    let Some(numbers) = numbers else {
        let iso = iso(text, Counting::WithoutZero).and_then(|date| date.edtf());
        let parts = Parts {
            date: text,
            ..Parts::default()
        };
        // As JavaScript reads it: the month comes first.
        let order = Some(DayMonthOrder::MonthFirst);
        return iso.or_else(|| parts.read(order).map(|it| it.edtf));
    };
    if numbers.iter().skip(1).any(|it| u8::try_from(*it).is_err()) {
        return None;
    }
    let part = |at: usize| numbers.get(at).and_then(|it| u8::try_from(*it).ok());
    let day = part(2).filter(|_| part(1).is_some());
    let time = part(3).filter(|_| day.is_some());
    let date = Date {
        year: Counting::WithoutZero.to_edtf(*numbers.first()?),
        month: part(1),
        day,
        time: time.map(|hour| {
            format!(
                "{hour:02}:{:02}:{:02}",
                part(4).unwrap_or(0),
                part(5).unwrap_or(0)
            )
        }),
    };
    date.edtf()
}

#[cfg(test)]
mod tests {
    use crate::{
        formats::read,
        testing::{events, said, survives_changes},
    };

    /// Every field and trap of the format.
    const FIXTURE: &str = r##"{
  "scale": "human",
  "title": { "text": { "headline": "<h1>Computing</h1>", "text": "<p>What <b>women</b> did.</p>" }, "media": { "url": "https://example.org/t.jpg" } },
  "events": [
    {
      "start_date": { "year": "1815", "month": "12", "day": "10", "hour": "", "format": "" },
      "end_date": { "year": "1852", "month": "11", "day": "27" },
      "text": { "headline": "Ada &amp; Babbage", "text": "<p>She <a href=\"https://example.org\">wrote</a>.</p><script>x()</script>" },
      "media": { "url": "pictures/ada.jpg", "caption": "<i>A portrait</i>", "credit": "Commons", "thumbnail": "t.jpg", "alt": "Ada", "title": "A", "link": "https://example.org/ada", "link_target": "_blank" },
      "group": "People", "unique_id": "ada", "autolink": true,
      "background": { "color": "#fff" }
    },
    { "start_date": { "year": -44, "month": 3, "day": 15, "display_date": "the Ides" }, "text": { "headline": "Caesar" }, "display_date": "" },
    { "start_date": { "year": "-1" }, "end_date": { "year": "-1" }, "text": { "headline": "1 BC" } },
    { "start_date": { "year": 2014, "month": 6, "day": 10, "hour": 14, "minute": 5 }, "media": { "url": "<iframe src=\"https://example.org/v\"></iframe>", "caption": "A film" }, "display_date": "a June day" },
    { "text": { "headline": "No date" } },
    { "start_date": { "year": 2014, "month": 13 }, "text": { "headline": "No month" } },
    7
  ],
  "eras": [
    { "start_date": { "year": 1900 }, "end_date": { "year": 1910 }, "text": { "headline": "An era" } },
    { "start_date": { "year": "" }, "text": { "headline": "None" } }
  ]
}"##;

    #[test]
    fn a_file_of_timelinejs_is_opened() {
        let source = read(FIXTURE.as_bytes()).expect("it is opened");
        let timeline = &source.timeline;
        assert_eq!(timeline.title(), "Computing");
        assert_eq!(timeline.about(), "What **women** did.");
        assert_eq!(
            events(&source),
            [
                "Caesar | the Ides | ",
                "1 BC | 1 BC | ",
                "Ada & Babbage | 10 December 1815 to 27 November 1852 | People",
                "A film | a June day | ",
            ]
        );
        let ada = timeline.event(timeline.find_event("ada").expect("its id is kept"));
        assert_eq!(ada.summary, "She [wrote](https://example.org).");
        assert_eq!(ada.details, "<https://example.org/ada>");
        let [media] = ada.media else {
            panic!("{:?}", ada.media)
        };
        assert_eq!(
            (
                media.file.as_str(),
                media.alt.as_str(),
                media.caption.as_str(),
                media.credit.as_str()
            ),
            ("pictures/ada.jpg", "Ada", "*A portrait*", "Commons")
        );
        let film = timeline
            .events()
            .next_back()
            .map(|event| timeline.event(event));
        assert_eq!(
            film.map(|it| it.details),
            Some("<https://example.org/v>\n\nA film")
        );
        assert_eq!(timeline.eras().len(), 1);
        assert_eq!(
            said(&source),
            [
                "1:1: warning: title: a timeline has no place for “title.media”: it is left out",
                "5:5: warning: events[0]: a timeline has no place for “background”: it is left out",
                "5:5: warning: events[0].media: a timeline has no place for “media.thumbnail”: it is left out",
                "5:5: error: events[0].text.text: <script> is left out: a text has no place for it",
                "15:5: error: events[3].media.url: <iframe> is left out, but for its address",
                "16:5: error: events[4]: there is no start_date, so the slide “No date” is left out; \
                 give a year, and perhaps month and day, as numbers",
                "17:5: error: events[5].start_date: this is no date, so the slide is left out; \
                 give a year, and perhaps month and day, as numbers",
                "18:5: error: events[6]: this is a number, and no object, so it is left out",
                "22:5: error: eras[1].start_date: this is no date, so the slide is left out; \
                 give a year, and perhaps month and day, as numbers",
            ]
        );
    }

    #[test]
    fn a_file_of_its_first_version_is_opened() {
        let source = read(
            br#"{"timeline": {"headline": "Old", "type": "default", "text": "<p>All</p>", "startDate": "1963", "date": [
  {"startDate": "1963,8,9", "endDate": "1963,8,11", "headline": "A", "text": "<b>b</b>", "tag": "War", "asset": {"media": "a.jpg", "credit": "C", "caption": "D"}},
  {"startDate": "-44,3,15", "headline": "Caesar"},
  {"startDate": "-1", "headline": "1 BC"},
  {"startDate": "2014,6,10,14,30", "headline": "Time"},
  {"startDate": "soon", "headline": "Never"}],
  "era": [{"startDate": "1900", "endDate": "1910", "headline": "E", "tag": ""}]}}"#,
        )
        .expect("it is opened");
        assert_eq!(source.timeline.title(), "Old");
        assert_eq!(
            events(&source),
            [
                "Caesar | 15 March 44 BC | ",
                "1 BC | 1 BC | ",
                "A | 9 to 11 August 1963 | War",
                "Time | 10 June 2014, 14:30 | ",
            ]
        );
        assert_eq!(source.timeline.eras().len(), 1);
        assert_eq!(
            said(&source),
            [
                "6:3: error: timeline.date[4].startDate: the date “soon” is not understood, so this is left out; \
              write it like 2014,6,10"
            ]
        );
    }

    #[test]
    fn a_changed_file_is_read_or_refused() {
        survives_changes(FIXTURE);
    }
}
