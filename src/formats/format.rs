//! The formats that can be opened.

/// A format that can be opened.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Format {
    /// timeline.json, the program's own.
    #[default]
    Timeline,
    /// A table: cells between commas, semicolons, tabs or bars.
    Table,
    /// A spreadsheet: Excel or `OpenDocument`.
    Spreadsheet,
    /// `TimelineJS`, as JSON.
    TimelineJs,
    /// A data set of vis-timeline.
    Vis,
    /// The Timeline Project.
    TimelineProject,
    /// markwhen.
    Markwhen,
    /// A SIMILE timeline.
    Simile,
    /// A calendar: iCalendar.
    Calendar,
    /// The result of a SPARQL query.
    Sparql,
}

impl Format {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Timeline => "timeline.json",
            Self::Table => "table",
            Self::Spreadsheet => "spreadsheet",
            Self::TimelineJs => "TimelineJS",
            Self::Vis => "vis-timeline",
            Self::TimelineProject => "The Timeline Project",
            Self::Markwhen => "markwhen",
            Self::Simile => "SIMILE",
            Self::Calendar => "iCalendar",
            Self::Sparql => "SPARQL results",
        }
    }
}
