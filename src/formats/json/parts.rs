//! Reads the list of events in parts, beside each other.
//!
//! Where a row begins in the middle of a list can only be known by reading all that stands before
//! it: what looks like a row can be a text, or an object in a row. So it is guessed, and the part
//! before shows whether the guess was right:
//!
//! ```text
//! [ {…}, {…}, {…},   {…}, {…}, {…},   {…}, {…} ]
//!   ├─ part 1 ──────▶├─ part 2 ──────▶├─ part 3 ▶
//!   ends where part 2 begins? then the guess was a row, and part 2 is one of its own
//!   ends elsewhere? then part 1 goes on alone, and what the others read is thrown away
//! ```
//!
//! So the result is that of reading row by row, whatever the guesses were.

use std::hash::BuildHasher as _;

use foldhash::fast::FixedState;
use serde::de::Error as _;
use serde_json::Error;

use super::row_seeds::RowSeed;
use super::text_progress::TextProgress;
use super::walk::Walk;
use crate::formats::rows::{EventRow, List, Row as _};

/// A part of a list has at least so many bytes. Half of that is read in about a millisecond, which
/// is what it costs to have another thread begin.
const LEAST_PART_BYTES: usize = 512 << 10;
/// So many objects are tried in search of one that could be a row.
const MOST_TRIES: usize = 64;
/// Of so many rows one begins a part.
const ROWS_PER_START: usize = 64;
/// So many bytes are read between two reports of the progress.
const REPORTED_BYTES: usize = 64 << 10;

/// Takes the events of a file, one after the other.
pub trait EventSink<'a>: Send {
    /// An empty one for another part.
    fn another(&self) -> Self;

    /// About so many events come in all: room can be made for them, so that buffers need not grow.
    fn expect(&mut self, _events: usize) {}

    /// Takes the event at a position of its part. What it needs it may take out of the row.
    fn add(&mut self, position: u32, row: &mut EventRow<'a>);

    /// Takes what was made of the part behind its own, which begins at `position`. `None` where it
    /// does not fit.
    fn append(&mut self, position: u32, part: Self) -> Option<()>;
}

impl<'a> EventSink<'a> for List<EventRow<'a>> {
    fn another(&self) -> Self {
        Self::default()
    }

    fn add(&mut self, position: u32, row: &mut EventRow<'a>) {
        self.0.push((position, std::mem::take(row)));
    }

    fn append(&mut self, position: u32, part: Self) -> Option<()> {
        let rows = part.0.into_iter();
        self.0
            .extend(rows.map(|(own, row)| (own.saturating_add(position), row)));
        Some(())
    }
}

/// In how many parts a list is read.
#[derive(Clone, Copy, Debug)]
pub enum Parts {
    /// In as many as there are processors, of a large one.
    ByProcessors,
    /// In up to this many.
    #[cfg(test)]
    UpTo(usize),
}

impl Parts {
    fn of(self, bytes: usize) -> usize {
        match self {
            Self::ByProcessors if bytes < 2 * LEAST_PART_BYTES => 1,
            Self::ByProcessors => (bytes / LEAST_PART_BYTES).min(rayon::current_num_threads()),
            #[cfg(test)]
            Self::UpTo(parts) => parts,
        }
    }
}

/// Reads the list of events that comes next into an empty sink.
///
/// # Errors
///
/// Where it is no list, and where a row holds a surprise. Where reading is cancelled.
pub fn events<'a, Sink: EventSink<'a>>(
    walk: &mut Walk<'a>,
    parts: Parts,
    sink: Sink,
    progress: &TextProgress<'_>,
) -> Result<Sink, Error> {
    walk.pass(b'[')?;
    if walk.passes(b']') {
        return Ok(sink);
    }
    let starts = starts(walk, parts);
    let mut whole = match &*starts {
        [] | [_] => Part::new(*walk, walk.text().len(), sink),
        _ => beside_each_other(walk.text(), &starts, sink, progress)?,
    };
    // All of it, or what is left.
    whole.read(None, progress)?;
    *walk = whole.walk;
    Ok(whole.sink)
}

/// Reads the parts that begin at these offsets. Returns the leading ones that are proven to follow each
/// other, as one.
fn beside_each_other<'a, Sink: EventSink<'a>>(
    text: &'a str,
    starts: &[usize],
    sink: Sink,
    progress: &TextProgress<'_>,
) -> Result<Part<'a, Sink>, Error> {
    let read = |number: usize, sink: Sink| {
        let start = starts.get(number).copied().unwrap_or(text.len());
        let stop = starts.get(number + 1).copied();
        // The first one takes in the others; what stands behind the list counts as events, too.
        let end = stop.filter(|_| number > 0).unwrap_or(text.len());
        let mut part = Part::new(Walk::new(text, start), end, sink);
        part.read(stop, progress).map(|()| part)
    };
    let mut later: Vec<_> = (1..starts.len())
        .map(|number| (number, Some(sink.another()), None))
        .collect();
    // The first part is read on this thread: the columns of all become its own, and what the others
    // have made of theirs is free again for the next time.
    let first = rayon::in_place_scope(|scope| {
        for (number, sink, part) in &mut later {
            scope.spawn(|_| *part = sink.take().map(|sink| read(*number, sink)));
        }
        read(0, sink)
    });
    let mut whole = first?;
    let parts = later.into_iter().filter_map(|(_, _, part)| part);
    for part in parts {
        if whole.end != End::NextPart {
            break;
        }
        whole.append(part?)?;
    }
    Ok(whole)
}

/// Where parts begin: the next row, and then what could be one.
fn starts(walk: &Walk<'_>, parts: Parts) -> Vec<usize> {
    let (text, first) = (walk.text(), walk.clone().next_token());
    let bytes = text.len().saturating_sub(first);
    let parts = parts.of(bytes);
    let mut starts = vec![first];
    for number in 1..parts {
        let from = first + bytes / parts * number;
        let guessed = guess(text, from).filter(|start| starts.last() < Some(start));
        starts.extend(guessed);
    }
    starts
}

/// A place from here on that looks like the beginning of a row. Of the next ones it is the one whose
/// text has the least hash: so parts begin with the same rows when rows before them have changed, and
/// what is made of them can be shared.
fn guess(text: &str, from: usize) -> Option<usize> {
    let mut walk = Walk::new(text, first_guess(text, from)?);
    let mut row = EventRow::default();
    let starts = std::iter::from_fn(|| {
        let start = walk.next_token();
        walk.value(RowSeed(&mut row)).ok()?;
        row.clear();
        let own = text.get(start..walk.next_token())?;
        walk.passes(b',')
            .then(|| (FixedState::default().hash_one(own), start))
    });
    let (_, start) = starts.take(ROWS_PER_START).min()?;
    Some(start)
}

/// The first place from here on that looks like the beginning of a row.
fn first_guess(text: &str, from: usize) -> Option<usize> {
    let rest = text.as_bytes().get(from..)?;
    let mut objects = memchr::memchr_iter(b'{', rest).map(|at| from + at);
    objects.by_ref().take(MOST_TRIES).find(|&at| {
        let before = text.as_bytes().get(..at).unwrap_or_default();
        let mut walk = Walk::new(text, at);
        before.trim_ascii_end().last() == Some(&b',')
            && walk.value(RowSeed(&mut EventRow::default())).is_ok()
            && (walk.passes(b',') || walk.passes(b']'))
    })
}

/// What reading a part came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum End {
    /// It is not at its end.
    Open,
    /// The next part begins here.
    NextPart,
    /// The list ends here.
    List,
}

/// A part of a list that is read.
struct Part<'a, Sink> {
    sink: Sink,
    /// How many rows were read.
    rows: u32,
    /// Up to where the rows stand that its sink will take, at most.
    end_of_rows: usize,
    /// Whether it was said about how many that makes.
    is_expected: bool,
    /// Where the next row begins.
    walk: Walk<'a>,
    end: End,
}

impl<'a, Sink: EventSink<'a>> Part<'a, Sink> {
    fn new(walk: Walk<'a>, end_of_rows: usize, sink: Sink) -> Self {
        Self {
            sink,
            rows: 0,
            end_of_rows,
            is_expected: false,
            walk,
            end: End::Open,
        }
    }

    /// Reads rows to the end of the list, or until the next one begins at `stop` or behind it.
    fn read(&mut self, stop: Option<usize>, progress: &TextProgress<'_>) -> Result<(), Error> {
        let first = (self.walk.next_token(), self.rows);
        let mut reported = first.0;
        let mut row = EventRow::default();
        while self.end != End::List {
            self.walk.value(RowSeed(&mut row))?;
            self.sink.add(self.rows, &mut row);
            row.clear();
            // A file within the limit of bytes holds fewer items than u32 counts.
            self.rows = self.rows.saturating_add(1);
            let is_last = self.walk.passes(b']');
            if is_last {
                self.end = End::List;
            } else {
                self.walk.pass(b',')?;
            }
            let at = self.walk.next_token();
            let has_reached = stop.is_some_and(|stop| at >= stop);
            if at - reported >= REPORTED_BYTES || is_last || has_reached {
                progress.add(at - reported);
                reported = at;
                if !is_last && !has_reached {
                    self.expect(first, at);
                }
            }
            if progress.is_cancelled() {
                return Err(Error::custom("cancelled"));
            }
            if has_reached && !is_last {
                if stop == Some(at) {
                    self.end = End::NextPart;
                }
                return Ok(());
            }
        }
        Ok(())
    }

    /// Says how many rows there will be, by those that were read since the one at an offset with a
    /// number.
    fn expect(&mut self, (from, first): (usize, u32), to: usize) {
        if std::mem::replace(&mut self.is_expected, true) {
            return;
        }
        let read = u128::from(self.rows.saturating_sub(first));
        let rows = read * self.end_of_rows.saturating_sub(from) as u128;
        let rows = rows / to.saturating_sub(from).max(1) as u128;
        // A little more: later ids and years are often longer, but not always.
        self.sink
            .expect(usize::try_from(rows + rows / 64).unwrap_or(0));
    }

    /// Takes in the part that begins where this one ends.
    fn append(&mut self, next: Self) -> Result<(), Error> {
        let taken = self.sink.append(self.rows, next.sink);
        taken.ok_or_else(|| Error::custom("the parts are too large together"))?;
        self.rows = self.rows.saturating_add(next.rows);
        (self.walk, self.end) = (next.walk, next.end);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
