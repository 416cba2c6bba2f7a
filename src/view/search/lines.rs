//! The two lines of a search result, and what in them tells why it was found.

use std::ops::Range;

use crate::{
    layout::{SearchHighlight, wording::Wording},
    model::{
        EventId,
        search::{Found, Query, Subject},
    },
    view::ViewContext,
};

/// A line of a result, with the parts that tell why it was found, in bytes.
pub(super) struct Line {
    pub words: String,
    pub marks: Vec<Range<usize>>,
}

impl Line {
    fn plain(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            marks: Vec::new(),
        }
    }

    /// The marks of a line as it is shown: whole, or cut to a beginning with an ellipsis.
    pub fn marks_in(&self, shown: &str) -> Vec<Range<usize>> {
        let kept = if shown == self.words {
            shown.len()
        } else {
            shown.trim_end_matches('…').len()
        };
        let clipped = self.marks.iter().map(|mark| mark.start..mark.end.min(kept));
        clipped.filter(|mark| mark.start < mark.end).collect()
    }

    fn marked(words: String, mark: Range<usize>) -> Self {
        Self {
            words,
            marks: Vec::from_iter([mark]),
        }
    }

    fn of(words: impl Into<String>, query: &Query) -> Self {
        let words = words.into();
        let marks = query.marks(&words);
        Self { words, marks }
    }
}

/// The title of a result, and the note under it. One of them has a mark: it tells why it was found.
pub(super) fn lines_of(
    result: Found,
    found: &SearchHighlight,
    wording: &mut Wording,
    cx: &ViewContext<'_>,
) -> [Line; 2] {
    let (timeline, query) = (&cx.layout.timeline, &found.query);
    let with_native = |kind: &str, native: &str| match native {
        "" => kind.to_owned(),
        native => format!("{kind} · {native}"),
    };
    let title = |event: EventId| Line::of(timeline.event(event).title, query);
    match result {
        Found::Date(event) => {
            let note = event_note(event, wording, cx);
            let date = wording.date(timeline, event).len();
            let title = Line::plain(timeline.event(event).title);
            [title, Line::marked(note, 0..date)]
        }
        Found::Event(event) => {
            let title = title(event);
            let note = event_note(event, wording, cx);
            if !title.marks.is_empty() {
                return [title, Line::plain(note)];
            }
            // By the label of its date, or by the short title, which is not shown elsewhere.
            let note = Line::of(note, query);
            let short = timeline.event(event).short;
            let note = if note.marks.is_empty() && !short.is_empty() {
                Line::of(format!("{short} · {}", note.words), query)
            } else {
                note
            };
            [title, note]
        }
        Found::With(event, subject) => {
            let (before, name) = match subject {
                Subject::Person(person) => ("with ", timeline.person(person).name.as_str()),
                Subject::Place(place) => ("place: ", timeline.place(place).name.as_str()),
                Subject::Tag(tag) => ("tag: ", timeline.tag(tag)),
            };
            let date = wording.date(timeline, event);
            let begin = date.len() + " · ".len() + before.len();
            let note = format!("{date} · {before}{name}");
            let end = note.len();
            [title(event), Line::marked(note, begin..end)]
        }
        Found::Text(event) => {
            let it = timeline.event(event);
            [title(event), excerpt(&[it.summary, it.details], query)]
        }
        Found::Person(person) => {
            let person = timeline.person(person);
            let note = with_native(person.kind.title(), &person.native_name);
            [Line::of(&*person.name, query), Line::of(note, query)]
        }
        Found::PersonText(person) => {
            let person = timeline.person(person);
            [
                Line::plain(&*person.name),
                excerpt(&[&person.summary], query),
            ]
        }
        Found::Place(place) => {
            let place = timeline.place(place);
            let note = with_native("Place", &place.native_name);
            [Line::of(&*place.name, query), Line::of(note, query)]
        }
        Found::Tag(tag) => [Line::of(timeline.tag(tag), query), Line::plain("Tag")],
    }
}

/// The date of an event, and its lane.
fn event_note(event: EventId, wording: &mut Wording, cx: &ViewContext<'_>) -> String {
    let timeline = &cx.layout.timeline;
    let lane = &timeline.lane_record(timeline.lane(event)).label;
    let date = wording.date(timeline, event);
    if lane.is_empty() {
        date.to_owned()
    } else {
        format!("{date} · {lane}")
    }
}

/// An excerpt of texts: the first match, with a few words before it.
fn excerpt(texts: &[&str], query: &Query) -> Line {
    const BEFORE: usize = 4;
    let in_text = texts.iter().find_map(|text| {
        let first = query.marks_in_text(text).first()?.start;
        Some((text, first))
    });
    let Some((text, first)) = in_text else {
        return Line::plain(texts.first().copied().unwrap_or_default());
    };
    let before = text.get(..first).unwrap_or_default();
    let spaces = before
        .char_indices()
        .rev()
        .filter(|(_, c)| c.is_whitespace());
    let start = spaces
        .map(|(at, c)| at + c.len_utf8())
        .nth(BEFORE)
        .unwrap_or(0);
    let shown = text.get(start..).unwrap_or_default();
    let line: Vec<&str> = shown.split_whitespace().take(20).collect();
    let dots = if start > 0 { "… " } else { "" };
    let words = format!("{dots}{}", line.join(" "));
    let marks = query.marks_in_text(&words);
    Line { words, marks }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_off_is_not_marked() {
        let line = Line::marked("Battle for Mosul".to_owned(), 11..16);
        for (shown, expected) in [
            ("Battle for Mosul", Some(11..16)),
            ("Battle for Mo…", Some(11..13)),
            // The space before the match is cut too, so that the match begins inside the ellipsis.
            ("Battle for…", None),
            ("Batt…", None),
        ] {
            let marks = line.marks_in(shown);
            assert_eq!(marks.first().cloned(), expected, "{shown}");
            assert!(marks.iter().all(|mark| shown.get(mark.clone()).is_some()));
        }
    }
}
