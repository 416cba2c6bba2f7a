//! Where the events of an imported file came from, so that faults of the text that was made of it
//! are said at their places in the file itself.

use std::sync::Arc;

use super::{Diagnostic, Location};

/// Line and column of each event in the foreign file, in the order of the text's events; of a
/// spreadsheet row and column. Of an own file there are none.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Origins(pub Arc<[(u32, u32)]>);

impl Origins {
    /// A fault of the text that was made, at its place in the foreign file.
    pub fn led_back(&self, diagnostic: Diagnostic) -> Diagnostic {
        if self.0.is_empty() {
            return diagnostic;
        }
        let path = &diagnostic.location.path;
        let event = path
            .strip_prefix("events[")
            .and_then(|rest| rest.split_once(']'));
        let number = event.and_then(|(number, _)| number.parse::<u32>().ok());
        let origin = number.and_then(|number| self.0.get(number as usize));
        let &(line, column) = origin.unwrap_or(&(1, 1));
        let field = event.map_or(path.as_str(), |(_, field)| field.trim_start_matches('.'));
        Diagnostic {
            location: Location {
                line,
                column,
                path: field.to_owned(),
            },
            event: number,
            ..diagnostic
        }
    }
}
