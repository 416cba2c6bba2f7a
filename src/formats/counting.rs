//! How formats count the years before 1.

/// How a format counts the years before 1.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Counting {
    /// As EDTF does: the year 0 is 1 BC.
    WithZero,
    /// As people do: -1 is 1 BC, and 0 is taken for it.
    WithoutZero,
}

impl Counting {
    /// The year in EDTF's counting.
    pub fn to_edtf(self, year: i64) -> i64 {
        year + i64::from(self == Self::WithoutZero && year < 0)
    }

    /// The year that is written for one of EDTF's.
    pub fn of_edtf(self, year: i64) -> i64 {
        year - i64::from(self == Self::WithoutZero && year <= 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_before_1_go_there_and_back() {
        for (counting, edtf, written) in [
            (Counting::WithZero, 0, 0),
            (Counting::WithZero, -43, -43),
            (Counting::WithoutZero, 0, -1),
            (Counting::WithoutZero, -43, -44),
            (Counting::WithoutZero, 1, 1),
        ] {
            assert_eq!(counting.of_edtf(edtf), written);
            assert_eq!(counting.to_edtf(written), edtf);
        }
    }
}
