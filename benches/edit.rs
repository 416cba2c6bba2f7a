//! Measures a change of one's own: from the change of the text until it can be drawn.
//!
//! ```sh
//! cargo bench --bench edit
//! cargo bench --bench edit -- --sizes 10k --edits 50
//! ```
//!
//! A line is a workload, with medians in milliseconds:
//!
//! - `add`, `undo`, `text`: the change of the text where an event is added, where that is taken back,
//!   and where another event gets another title;
//! - `read`, `layout`, `all`: after the new title, the reading of the text, the layout as far as a window
//!   needs it that shows the whole file, and the sum of `text` and these two;
//! - `close`, `all`: the layout of a window that is fifty times closer, and the sum with it;
//! - `held`, `peak`: the memory of the text and one timeline, and the most that a change takes, both in MiB
//!   beyond the program: at most the text and two timelines;
//! - the memory of a thousand new titles, with which each can be undone: beyond that of the text, which
//!   is one.
//!
//! Left out: the frame that shows it, which is one as any other.

#![allow(
    clippy::expect_used,
    reason = "what cannot be changed cannot be measured"
)]

mod common;

use std::{io, sync::Arc};

use clap::Parser;
use common::{
    machine::Memory,
    options::Options,
    stats::{self, Samples, Short, millis},
    subject,
    workload::Distribution,
};
use meanwhile::{
    edit::{Change, OpenText, Subject},
    formats::{self, ReadProgress, Source},
    model::KnownTexts,
};
use serde_json::{Map, Value};

/// The numbers of events measured by default.
const SIZES: [usize; 4] = [10, 10_000, 100_000, 1_000_000];
/// How many times closer than the whole file the second layout reaches.
const CLOSE: f64 = 50.0;
/// Of so many steps the memory is measured.
const STEPS: usize = 1000;

/// Measures a change of one's own.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    options: Options,
    /// Changes a workload
    #[arg(long, default_value_t = 11)]
    edits: usize,
}

fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let options = &arguments.options;
    println!("{}", stats::about("edit", options.seed));
    println!(
        "\n{:<16}{:>8}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}  |{:>9}{:>9}{:>18}",
        "workload",
        "MiB",
        "add ms",
        "undo",
        "text",
        "read",
        "layout",
        "all",
        "close",
        "all",
        "held MiB",
        "peak",
        "KiB, 1000 steps"
    );
    for workload in options.all(&SIZES, &[Distribution::History]) {
        let before = Memory::now().anonymous;
        let mut bytes = Vec::new();
        workload.write_json(&mut bytes)?;
        let text = String::from_utf8(bytes).map_err(io::Error::other)?;
        let mib = text.len() as f64 / (1024.0 * 1024.0);
        let text = Arc::new(text);
        let mut source = read(&text, KnownTexts::default());
        let held = Memory::now().anonymous - before;
        let mut open = OpenText::saved(text);
        // The rows are looked for once.
        change(&mut open, &source, 0);
        let mut peak = 0.0_f64;
        let mut parts: [Samples; 8] = Default::default();
        for number in 0..arguments.edits.max(1) {
            let begun = std::time::Instant::now();
            add(&mut open, &source, number);
            let added_ms = millis(begun.elapsed());
            assert!(open.undo().is_some(), "it is taken back");
            let undone_ms = millis(begun.elapsed());
            Memory::forget_peak();
            let resting = Memory::now();
            let begun = std::time::Instant::now();
            change(&mut open, &source, number + 1);
            let changed_ms = millis(begun.elapsed());
            source = read(open.text(), source.timeline.known_texts());
            let read_ms = millis(begun.elapsed());
            let rise = Memory::now().peak - resting.peak;
            peak = peak.max(resting.anonymous + rise - before);
            let layout_ms = [1.0, CLOSE].map(|times| {
                let begun = std::time::Instant::now();
                let layout = subject::layout_reaching(Arc::clone(&source.timeline), times);
                let ms = millis(begun.elapsed());
                drop(layout);
                ms
            });
            let [whole_ms, close_ms] = layout_ms;
            let times = [
                added_ms,
                undone_ms - added_ms,
                changed_ms,
                read_ms - changed_ms,
                whole_ms,
                read_ms + whole_ms,
                close_ms,
                read_ms + close_ms,
            ];
            for (samples, ms) in parts.iter_mut().zip(times) {
                samples.push(ms);
            }
        }
        let shown = parts.map(|it| format!("{:>9}", Short(it.summary().p50)));
        print!(
            "{:<16}{:>8}{}  |",
            workload.name() + " " + &stats::size_name(workload.events),
            Short(mib),
            shown.concat(),
        );
        println!(
            "{:>9}{:>9}{:>18}",
            Short(held),
            Short(peak),
            Short(steps_kib(&mut open, &source))
        );
    }
    Ok(())
}

/// The memory that steps take, in KiB. The text of a large one is not changed so often.
fn steps_kib(open: &mut OpenText, source: &Source) -> f64 {
    if source.timeline.len() > 10_000 {
        return f64::NAN;
    }
    let before = Memory::now().anonymous;
    for number in 0..STEPS {
        change(open, source, number + 100_000);
    }
    (Memory::now().anonymous - before) * 1024.0
}

fn read(text: &str, known: KnownTexts) -> Source {
    let read = formats::read_text(text, known, &ReadProgress::default());
    read.expect("what is changed can be read")
}

/// Adds an event.
fn add(open: &mut OpenText, source: &Source, number: usize) {
    let mut row = Map::new();
    let title = format!("An event that was added {number}");
    row.insert("title".to_owned(), Value::from(title));
    row.insert("date".to_owned(), Value::from("2014-06-10"));
    make(open, source, &Change::AddEvents(vec![row]));
}

/// Gives another event another title.
fn change(open: &mut OpenText, source: &Source, number: usize) {
    let events = source.timeline.len().max(1);
    let event = source.timeline.events().nth(number * 7919 % events);
    let change = Change::Write {
        of: Subject::Event(event.expect("there is one")),
        path: Vec::new(),
        field: "title",
        value: Value::from(format!("A title that was changed {number}")),
    };
    make(open, source, &change);
}

fn make(open: &mut OpenText, source: &Source, change: &Change) {
    let edit = open.change(change, source).expect("its row is there");
    assert!(edit.is_some(), "the text is another one");
}
