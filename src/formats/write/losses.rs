//! What a format cannot hold of a chronology: each kind named once, with how often.

use std::collections::BTreeMap;

use crate::{
    formats::rows::{EventRow, FileRow},
    model::Certainty,
};

/// What a format cannot hold of a chronology.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Losses(BTreeMap<&'static str, usize>);

impl Losses {
    /// Something is left out, named in the plural: `lessons`, `dates that are uncertain`.
    pub fn add(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }

    /// As [`add`](Self::add), for so many at once; nothing for 0.
    pub fn add_some(&mut self, what: &'static str, count: usize) {
        if count > 0 {
            *self.0.entry(what).or_default() += count;
        }
    }

    /// Adds what was found elsewhere.
    pub fn append(&mut self, other: Self) {
        for (what, count) in other.0 {
            self.add_some(what, count);
        }
    }

    /// A line each: `lessons (2)`.
    pub fn lines(&self) -> impl Iterator<Item = String> + '_ {
        let all = self.0.iter();
        all.map(|(what, count)| format!("{what} ({count})"))
    }

    /// Whether everything is held.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A kind of thing that some formats have no place for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The line under the title.
    Subtitle,
    /// The language of the texts.
    Language,
    /// When the chronology was written.
    AsOf,
    /// The colours of lanes.
    LaneColors,
    /// The order of lanes.
    LaneOrder,
    /// Eras.
    Eras,
    /// The colours of eras.
    EraColors,
    /// Lessons.
    Lessons,
    /// What is said of people: summaries, kinds, memberships.
    People,
    /// Coordinates and native names of places.
    Places,
    /// Native names of places alone, where their coordinates are held.
    NativePlaceNames,
    /// Authors, publishers and dates of sources.
    SourceDetails,
    /// Titles of sources that have an address.
    SourceTitles,
    /// People and tags whose names hold a semicolon, which parts them in a cell.
    Semicolons,
    /// Who took part in events.
    EventPeople,
    /// Where events were.
    EventPlaces,
    /// Tags.
    Tags,
    /// Sources.
    Sources,
    /// The page or paragraph of a source.
    PlacesInSources,
    /// Causes and other links.
    Links,
    /// Certainty, but for what is confirmed.
    Certainty,
    /// Importance.
    Importance,
    /// Short titles.
    ShortTitles,
    /// Pictures.
    Pictures,
    /// Pictures after an event's first.
    FurtherPictures,
    /// Captions and credits of pictures.
    Captions,
    /// What is said instead of dates.
    DateLabels,
}

impl Kind {
    const fn words(self) -> &'static str {
        match self {
            Self::Subtitle => "the subtitle",
            Self::Language => "the language",
            Self::AsOf => "when the chronology was written",
            Self::LaneColors => "colours of lanes",
            Self::LaneOrder => "the order of lanes",
            Self::Eras => "eras",
            Self::EraColors => "colours of eras",
            Self::Lessons => "lessons",
            Self::People => "what is said of people",
            Self::Places => "where places lie, and their own names",
            Self::NativePlaceNames => "own names of places",
            Self::SourceDetails => "who wrote sources, and when",
            Self::SourceTitles => "titles of sources that have an address",
            Self::Semicolons => "names with a semicolon as one",
            Self::EventPeople => "who took part in events",
            Self::EventPlaces => "where events were",
            Self::Tags => "tags",
            Self::Sources => "sources",
            Self::PlacesInSources => "places in sources",
            Self::Links => "causes and other links",
            Self::Certainty => "how certain events are",
            Self::Importance => "how important events are",
            Self::ShortTitles => "short titles",
            Self::Pictures => "pictures",
            Self::FurtherPictures => "pictures after an event's first",
            Self::Captions => "captions and credits of pictures",
            Self::DateLabels => "what is said instead of dates",
        }
    }

    /// How often a file has it.
    fn count(self, rows: &FileRow<'_>) -> usize {
        let colored = rows.lanes.iter().filter(|(_, lane)| lane.color.is_some());
        match self {
            Self::Subtitle => usize::from(rows.subtitle.is_some()),
            Self::Language => usize::from(rows.language.is_some()),
            Self::AsOf => usize::from(rows.as_of.is_some()),
            Self::LaneColors => colored.count(),
            Self::LaneOrder => usize::from(rows.lanes.len() > 1),
            Self::Eras => rows.eras.len(),
            Self::EraColors => {
                let colored = rows.eras.iter().filter(|(_, era)| era.color.is_some());
                colored.count()
            }
            Self::Lessons => rows.lessons.len(),
            Self::People => {
                let people = rows.people.iter().filter(|(_, it)| {
                    it.summary.is_some()
                        || it.kind.is_some()
                        || it.native_name.is_some()
                        || !it.member_of.is_empty()
                });
                people.count()
            }
            Self::Places => {
                let places = rows.places.iter().filter(|(_, it)| {
                    it.lat.is_some() || it.lon.is_some() || it.native_name.is_some()
                });
                places.count()
            }
            Self::NativePlaceNames => {
                let places = rows.places.iter();
                places.filter(|(_, it)| it.native_name.is_some()).count()
            }
            Self::SourceDetails => {
                let sources = rows.sources.iter().filter(|(_, it)| {
                    it.author.is_some() || it.publisher.is_some() || it.date.is_some()
                });
                sources.count()
            }
            Self::SourceTitles => {
                let sources = rows.sources.iter();
                let titled = sources
                    .filter(|(_, it)| it.url.is_some() && it.title.is_some() && it.title != it.url);
                titled.count()
            }
            Self::Semicolons => {
                let names = rows.people.iter().filter_map(|(_, it)| it.name.as_deref());
                let tags = rows.events.iter().flat_map(|(_, row)| &row.tags);
                let tags = tags.map(|(_, tag)| &**tag);
                names.chain(tags).filter(|name| name.contains(';')).count()
            }
            _ => rows.events.iter().map(|(_, row)| self.count_in(row)).sum(),
        }
    }

    /// How often an event has it.
    fn count_in(self, row: &EventRow<'_>) -> usize {
        match self {
            Self::EventPeople => row.people.len(),
            Self::EventPlaces => usize::from(row.place.is_some()),
            Self::Tags => row.tags.len(),
            Self::Sources => row.sources.len(),
            Self::PlacesInSources => {
                let sources = row.sources.iter();
                sources
                    .filter(|(_, it)| it.place_in_source.is_some())
                    .count()
            }
            Self::Links => row.because.len() + row.see_also.len(),
            Self::Certainty => {
                usize::from(row.certainty.is_some_and(|it| it != Certainty::Confirmed))
            }
            Self::Importance => usize::from(row.importance.is_some_and(|it| it != 3.0)),
            Self::ShortTitles => usize::from(row.short.is_some()),
            Self::Pictures => row.media.len(),
            Self::FurtherPictures => row.media.len().saturating_sub(1),
            Self::Captions => {
                let media = row.media.iter();
                let said = media.filter(|(_, it)| it.caption.is_some() || it.credit.is_some());
                said.count()
            }
            Self::DateLabels => usize::from(row.date_label.is_some()),
            _ => 0,
        }
    }
}

impl Losses {
    /// Counts what there is of these kinds in a file.
    pub fn add_kinds(&mut self, rows: &FileRow<'_>, kinds: &[Kind]) {
        for &kind in kinds {
            self.add_some(kind.words(), kind.count(rows));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::json;

    #[test]
    fn what_a_format_leaves_out_is_counted() {
        let rows = json::rows(include_str!("../../../timeline.json")).unwrap();
        let mut losses = Losses::default();
        let kinds = [
            Kind::Lessons,
            Kind::Certainty,
            Kind::Captions,
            Kind::Language,
        ];
        losses.add_kinds(&rows, &kinds);
        let reported = rows.events.iter();
        let reported = reported
            .filter(|(_, row)| Kind::Certainty.count_in(row) > 0)
            .count();
        assert!(reported > 0 && reported < rows.events.len());
        assert_eq!(
            losses.lines().collect::<Vec<_>>(),
            [
                "captions and credits of pictures (1)".to_owned(),
                format!("how certain events are ({reported})"),
                "lessons (1)".to_owned(),
                "the language (1)".to_owned(),
            ]
        );
    }
}
