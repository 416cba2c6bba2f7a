//! What an importer makes of a file.

use crate::formats::{Diagnostic, Format, rows::FileRow};

/// What was read of a foreign file.
#[derive(Debug, Default)]
pub struct Imported {
    /// The format of the file.
    pub format: Format,
    /// What it says.
    pub rows: FileRow<'static>,
    /// Where each event of the rows came from.
    pub origins: Vec<Origin>,
    /// What was left out or changed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Where an event came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The line at which its row begins, from 1.
    pub line: u32,
}
