//! How a file is read.

use super::{KeepText, columns::ColumnChoice};

/// How a file is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Whether a large text stays in memory.
    pub keep: KeepText,
    /// What a person has said of the columns of a table.
    pub columns: ColumnChoice,
    /// The title of a file of another format that says none: the file's name.
    pub name: String,
}
