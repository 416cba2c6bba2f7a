//! An event as text, to be pasted into a document: title, date, texts, people, place, causes,
//! sources.

use std::fmt::Write as _;

use super::{Certainty, EventId, Links, Timeline, remark::with_remark};

impl Timeline {
    /// The full names of those who take part in an event.
    pub fn people_words(&self, event: EventId) -> Vec<String> {
        let people = self.event(event).people.iter();
        people.map(|&id| self.person(id).full_name()).collect()
    }

    /// The full name of the place of an event.
    pub fn place_words(&self, event: EventId) -> Option<String> {
        let place = self.event(event).place?;
        Some(self.place(place).full_name())
    }

    /// The titles of linked events, each with the words of its link.
    pub fn link_words(&self, links: Links<'_>) -> Vec<String> {
        let words = links
            .into_iter()
            .map(|link| with_remark(self.event(link.event).title, link.label));
        words.collect()
    }

    /// The short titles of linked events, each with the words of its link.
    pub fn short_link_words(&self, links: Links<'_>) -> Vec<String> {
        let words = links
            .into_iter()
            .map(|link| with_remark(self.short(link.event), link.label));
        words.collect()
    }

    /// The sources that an event cites, by their numbers from 1, each with the place in it.
    pub fn cited_words(&self, event: EventId) -> Vec<String> {
        let cited = self.event(event).sources.into_iter().map(|citation| {
            let number = citation.source.index() + 1;
            with_remark(&number.to_string(), citation.place_in_source)
        });
        cited.collect()
    }

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
        let mut fields = String::new();
        for (name, value) in [
            ("People and groups", self.people_words(event).join(", ")),
            ("Place", self.place_words(event).unwrap_or_default()),
            ("Because of", self.link_words(record.because).join("; ")),
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
