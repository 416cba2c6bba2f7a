//! Whether the day or the month comes first in `06/10/2014`.

/// Which of two numbers before a year is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayMonthOrder {
    /// `25/12/2014`, as in most of the world.
    DayFirst,
    /// `12/25/2014`, as in the United States.
    MonthFirst,
}
