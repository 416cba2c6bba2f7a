//! What the ids of a file stand for: formats without ids have the names in their place.

use std::collections::HashMap;

use crate::formats::rows::{FileRow, Text};

/// The names of lanes, people, places and sources, by their ids.
#[derive(Debug, Default)]
pub struct Names<'r> {
    lanes: HashMap<&'r str, &'r str>,
    people: HashMap<&'r str, &'r str>,
    places: HashMap<&'r str, &'r str>,
    /// Address or title.
    sources: HashMap<&'r str, &'r str>,
}

impl<'r> Names<'r> {
    /// Of a file. What is named without being listed stands for itself.
    pub fn of(rows: &'r FileRow<'_>) -> Self {
        fn pair<'r>(
            (id, name): (&'r Option<Text<'_>>, &'r Option<Text<'_>>),
        ) -> Option<(&'r str, &'r str)> {
            Some((id.as_deref()?, name.as_deref()?))
        }
        let lanes = rows
            .lanes
            .iter()
            .filter_map(|(_, it)| pair((&it.id, &it.label)));
        let people = rows
            .people
            .iter()
            .filter_map(|(_, it)| pair((&it.id, &it.name)));
        let places = rows
            .places
            .iter()
            .filter_map(|(_, it)| pair((&it.id, &it.name)));
        let sources = rows.sources.iter();
        let sources = sources.filter_map(|(_, it)| {
            let title = if it.url.is_some() { &it.url } else { &it.title };
            pair((&it.id, title))
        });
        Self {
            lanes: lanes.collect(),
            people: people.collect(),
            places: places.collect(),
            sources: sources.collect(),
        }
    }

    /// The name of a lane.
    pub fn lane<'n>(&'n self, id: &'n str) -> &'n str {
        self.lanes.get(id).copied().unwrap_or(id)
    }

    /// The name of somebody.
    pub fn person<'n>(&'n self, id: &'n str) -> &'n str {
        self.people.get(id).copied().unwrap_or(id)
    }

    /// The name of a place.
    pub fn place<'n>(&'n self, id: &'n str) -> &'n str {
        self.places.get(id).copied().unwrap_or(id)
    }

    /// The address of a source, else its title.
    pub fn source<'n>(&'n self, id: &'n str) -> &'n str {
        self.sources.get(id).copied().unwrap_or(id)
    }
}
