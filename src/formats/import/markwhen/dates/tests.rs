use super::{resolve::Known, *};

fn check(known: &Known, order: DayMonthOrder, line: &str, expected: &str) {
    let read = event(line, order).map(|dated| {
        let resolved = known.resolve(&dated.range);
        resolved.map_or_else(|error| error, |resolved| resolved.edtf)
    });
    assert_eq!(read.as_deref().unwrap_or("none"), expected, "{line}");
}

#[test]
fn dates_of_all_kinds() {
    let mut known = Known::default();
    known.remember("kickoff", "2014-06-10");
    for (line, expected) in [
        ("2014: a", "2014"),
        ("2014-06-10/2016: a", "2014-06-10/2016"),
        ("2014-06-10T09:30:00Z: a", "2014-06-10T09:30:00Z"),
        ("12/2012: a", "2012-12"),
        ("3/4/2014: a", "2014-03-04"),
        ("12/2012 - 01/2013: a", "2012-12/2013-01"),
        ("Dec 7 1941: a", "1941-12-07"),
        ("1914 to 1918: a", "1914/1918"),
        ("300 BC - 200 BC: a", "-0299/-0199"),
        ("300 - 200 BC: a", "-0299/-0199"),
        ("1 BC: a", "0000"),
        ("March 3 BC: a", "-0002-03"),
        ("15 March 44 BC - 2 BC: a", "-0043-03-15/-0001"),
        ("44 BC - 14: a", "-0043/0014"),
        ("812: a", "0812"),
        ("79 - 812: a", "0079/0812"),
        ("2014 - now: a", "2014/.."),
        ("2014/now: a", "2014/.."),
        ("now: a", "what is “now” is not known here"),
        ("2014-06 / 5 months: a", "2014-06/2014-10"),
        ("2014-06-10 / 5 days: a", "2014-06-10/2014-06-14"),
        ("2012-02-28 / 2 days: a", "2012-02-28/2012-02-29"),
        ("5 days: a", "2014-06-11/2014-06-15"),
        ("after !kickoff 3 days: a", "2014-06-11/2014-06-13"),
        ("after !kickoff 3 days / 5 days: a", "2014-06-14/2014-06-18"),
        ("before !kickoff 1 week: a", "2014-06-03/2014-06-09"),
        ("!kickoff.start 1 month / now: a", "2014-07-10/.."),
        (
            "after !other 3 days: a",
            "no event above has the id “other”",
        ),
        (
            "after !kickoff soon: a",
            "the relative date is not understood",
        ),
        ("2016 - 2014: a", "2016"),
        ("2014 every 2 weeks for 1 year: a", "2014"),
        ("2014,a: b", "none"),
        ("by the way: a", "none"),
        ("3 of them: a", "none"),
        ("note: a", "none"),
    ] {
        check(&known, DayMonthOrder::MonthFirst, line, expected);
    }
    check(
        &known,
        DayMonthOrder::DayFirst,
        "13/4/2014: a",
        "2014-04-13",
    );
    check(&known, DayMonthOrder::MonthFirst, "13/4/2014: a", "none");
}
