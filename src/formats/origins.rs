//! Where the events of an imported file came from, so that faults of the text that was made of it
//! are said at their places in the file itself.

use std::sync::Arc;

use super::{Diagnostic, Location};

/// Line and column of each event in the foreign file, in the order of the text's events; of a
/// spreadsheet row and column. Of an own file there are none.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Origins(pub Arc<[(u32, u32)]>);

impl Origins {
    /// The first event that begins in a line, by its position; `None` where none does. Importers
    /// visit a file from its beginning to its end, so that lines ascend.
    pub fn row_at(&self, line: u32) -> Option<u32> {
        let at = self.0.partition_point(|(begins, _)| *begins < line);
        let is_it = self.0.get(at).is_some_and(|(begins, _)| *begins == line);
        u32::try_from(at).ok().filter(|_| is_it)
    }

    /// A fault of the text that was made, at its place in the foreign file.
    pub fn led_back(&self, diagnostic: Diagnostic) -> Diagnostic {
        if self.0.is_empty() {
            return diagnostic;
        }
        let path = &diagnostic.location.path;
        let event = path
            .strip_prefix("events[")
            .and_then(|rest| rest.split_once(']'));
        let origin = event.and_then(|(number, _)| self.0.get(number.parse::<usize>().ok()?));
        let &(line, column) = origin.unwrap_or(&(1, 1));
        let field = event.map_or(path.as_str(), |(_, field)| field.trim_start_matches('.'));
        Diagnostic {
            location: Location {
                line,
                column,
                path: field.to_owned(),
            },
            ..diagnostic
        }
    }
}
