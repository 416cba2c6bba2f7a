//! An event as text, to be pasted into a document: title, date, texts, people, place, causes,
//! sources.

use std::fmt::Write as _;

use super::{Certainty, EventId, Timeline};

impl Timeline {
    /// All that the file says of an event, in lines; its texts as they were written.
    pub fn event_text(&self, event: EventId) -> String {
        let record = self.event(event);
        let mut date = self.date_words(event).to_string();
        if let Some(weekday) = self.weekday(event) {
            date = format!("{weekday}, {date}");
        }
        let certainty = self.certainty(event);
        if certainty != Certainty::Confirmed {
            let _ = write!(date, " ({})", certainty.word().to_lowercase());
        }
        let mut text = format!("{}\n{date}\n", record.title);
        let lane = &self.lane_record(self.lane(event)).label;
        if !lane.is_empty() {
            let _ = writeln!(text, "{lane}");
        }
        for paragraph in [record.summary, record.details] {
            if !paragraph.is_empty() {
                let _ = write!(text, "\n{paragraph}\n");
            }
        }
        let named = |name: &str, native_name: &str| match native_name {
            "" => name.to_owned(),
            native_name => format!("{name} ({native_name})"),
        };
        let people = record.people.iter().map(|&person| self.person(person));
        let people: Vec<_> = people.map(|it| named(&it.name, &it.native_name)).collect();
        let place = record.place.map(|place| self.place(place));
        let place = place.map(|it| named(&it.name, &it.native_name));
        let causes = record.because.into_iter().map(|link| {
            let cause = self.event(link.event).title;
            match link.label {
                "" => cause.to_owned(),
                label => format!("{cause} ({label})"),
            }
        });
        let causes: Vec<_> = causes.collect();
        let mut fields = String::new();
        for (name, value) in [
            ("People and groups", people.join(", ")),
            ("Place", place.unwrap_or_default()),
            ("Because of", causes.join("; ")),
        ] {
            if !value.is_empty() {
                let _ = writeln!(fields, "{name}: {value}");
            }
        }
        if !fields.is_empty() {
            let _ = write!(text, "\n{fields}");
        }
        let sources: Vec<_> = record.sources.into_iter().collect();
        if !sources.is_empty() {
            text.push_str("\nSources\n");
        }
        for citation in sources {
            let source = self.source(citation.source).reference().to_string();
            let parts = [source.as_str(), citation.place_in_source];
            let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            let _ = writeln!(text, "– {}", parts.join(", "));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_event_is_copied_with_its_date_its_people_and_its_sources() {
        let file = crate::formats::read(include_bytes!("../../timeline.json")).expect("it ships");
        let timeline = file.timeline;
        let text = |id| timeline.event_text(timeline.find_event(id).expect(id));
        let released = text("khazali-released");
        for part in [
            "Qais al-Khazali is released\n2010 · month and day not stated (reported)\nMilitias",
            "\n\nQais al-Khazali is set free, reportedly in exchange",
            "People and groups: Qais al-Khazali (قيس الخزعلي), Peter Moore, Nuri al-Maliki",
            "Because of: US forces capture Qais al-Khazali (three years later); Asaib",
            "\nSources\n– FRANCE 24, Leela Jacinto, October 2016, The difficulty of drafting",
            "Who are these Shiite groups?, paragraph 9\n",
        ] {
            assert!(released.contains(part), "{part}\nis not in\n{released}");
        }
        assert!(text("paris").contains("\nThursday, 20 October 2016\n"));
    }
}
