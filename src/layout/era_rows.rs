//! In which row above the lanes each era has its name, so that eras that overlap have each their
//! own.
//!
//! ```text
//! row 0   ├ Middle Ages ────────────┤├ Modern age ──────────
//! row 1               ├ Renaissance ────────┤
//! ```
//!
//! Rows are chosen once, by time alone, whatever the order of the file: an era goes into the first
//! row in which the one before it is over. Which part of a name is seen is left to
//! [`draw`](super::draw).

use crate::model::Era;

/// More rows are not shown: what overlaps more eras than this is named where its row has room.
const MOST_ROWS: usize = 8;
/// The height of a row, in px.
pub const ROW_PX: f32 = 17.0;

/// The rows of a file's eras.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EraRows {
    /// The eras by their start, the longest first, each with its row.
    ordered: Vec<(usize, usize)>,
    rows: usize,
}

impl EraRows {
    /// Chooses the rows: greedily by start, which takes as few rows as eras overlap at most.
    pub fn of(eras: &[Era]) -> Self {
        let mut order: Vec<(usize, &Era)> = eras.iter().enumerate().collect();
        order.sort_by_key(|(number, era)| (era.start, std::cmp::Reverse(era.end), *number));
        let mut ends = Vec::new();
        let mut ordered = Vec::with_capacity(eras.len());
        for (number, era) in order {
            let free = ends.iter().position(|end| *end <= era.start);
            let row = free.unwrap_or(ends.len()).min(MOST_ROWS - 1);
            match ends.get_mut(row) {
                Some(end) => *end = era.end.max(*end),
                None => ends.push(era.end),
            }
            ordered.push((number, row));
        }
        Self {
            ordered,
            rows: ends.len(),
        }
    }

    /// The numbers of the eras by their start, the longest first, each with its row.
    pub fn iter(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.ordered.iter().copied()
    }

    /// How many rows there are.
    pub const fn rows(&self) -> usize {
        self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(dates: &[&str]) -> Vec<usize> {
        let eras: Vec<String> = dates
            .iter()
            .map(|date| format!(r#"{{"label":"{date}","date":"{date}"}}"#))
            .collect();
        let json = format!(r#"{{"title":"T","events":[],"eras":[{}]}}"#, eras.join(","));
        let timeline = crate::formats::read(json.as_bytes())
            .expect("a file")
            .timeline;
        let rows = EraRows::of(timeline.eras());
        let mut by_era: Vec<(usize, usize)> = rows.iter().collect();
        by_era.sort_unstable();
        by_era.into_iter().map(|(_, row)| row).collect()
    }

    #[test]
    fn eras_that_overlap_have_rows_of_their_own_in_any_order() {
        for (dates, expected) in [
            (&["1500/1800", "1400/1600"][..], &[1, 0][..]),
            (&["1400/1600", "1500/1800"], &[0, 1]),
            (&["1400/1499", "1500/1800"], &[0, 0]),
            (&["1400/1600", "1500/1800", "1650/1900"], &[0, 1, 0]),
            (&["1900", "1900/1950", "1900/1999"], &[2, 1, 0]),
            (&[], &[]),
        ] {
            assert_eq!(rows(dates), expected, "{dates:?}");
        }
    }
}
