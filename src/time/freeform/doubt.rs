//! What remains doubtful about a date that was understood.

use std::fmt;

/// Something that the text does not tell, and what was taken instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// `06/10/2014`: the day was taken to come first. If the month does, it is `month_first`, in
    /// EDTF.
    DayOrMonthFirst {
        /// The other reading.
        month_first: String,
    },
    /// `79`: the year was taken to be of the first century.
    ShortYear,
    /// `the 90s`: the century was taken to be the 20th.
    Century,
    /// `the 1900s`, a century or its first decade; the other reading in EDTF.
    CenturyOrDecade {
        /// The other reading.
        other: String,
    },
    /// `1905–06`, `1939-40`: two years were understood. As one month or part of a year, it is `part`,
    /// in EDTF.
    YearsOrPart {
        /// The other reading.
        part: String,
    },
    /// `between about 1850 and 1860`: EDTF has no sign for an approximate limit.
    ExactLimits,
    /// `early 2014`: the first third was taken, which is not what everybody means by it.
    Third,
    /// `early 1990s to late 2000s`: a span begins and ends with the whole of them.
    PartLeftOut,
    /// `1357` in Persian digits: perhaps of another calendar.
    OtherCalendar,
    /// `+1994-01-01T00:00:00Z`: from a database that writes so for the year alone.
    PerhapsYear,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DayOrMonthFirst { month_first } => {
                write!(f, "if the month comes first, it is {month_first}")
            }
            Self::ShortYear => f.write_str("taken to be of the first century"),
            Self::Century => f.write_str("taken to be of the 20th century"),
            Self::CenturyOrDecade { other } => write!(f, "it may also be {other}"),
            Self::YearsOrPart { part } => {
                write!(f, "if one month or part of a year was meant, it is {part}")
            }
            Self::ExactLimits => f.write_str("the limits were given as estimates"),
            Self::Third => f.write_str("taken for a third of the time named"),
            Self::PartLeftOut => f.write_str("early, middle and late were left out"),
            Self::OtherCalendar => {
                f.write_str("if the year is of another calendar, it is not this one")
            }
            Self::PerhapsYear => f.write_str("perhaps only the year was meant"),
        }
    }
}
