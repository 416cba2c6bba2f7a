//! Measures how long finished output takes, from the chronology in memory to the bytes of the file.
//!
//! ```sh
//! cargo bench --bench export
//! cargo bench --bench export -- --runs 3 --only poster
//! ```
//!
//! A line is an output: the median and the largest of the runs, in milliseconds, the target and the
//! size of the file. Last come outputs that are refused: how long it takes to say so. Fonts are the
//! bundled ones; pictures of the shipped file are read in every run.
//!
//! Left out: reading the chronology, and writing the file to the disk.

mod common;

use std::{sync::Arc, time::Instant};

use clap::Parser;
use common::{
    stats::{self, Samples, millis},
    subject,
    workload::{Distribution, SHIPPED, Workload},
};
use meanwhile::{
    export::{
        ExportError,
        fonts::BundledOnly,
        job::{Document, Format, Job},
        picture::Pictures,
        svg::Texts,
        worksheet::Gap,
    },
    layout::{
        BundledFonts, LaneIndex, Theme, paper::PaperName, picture::View, poster::Overflow,
        sheet::Shows,
    },
    open::pictures::{Beside, for_document},
};

/// Measures how long finished output takes.
#[derive(Parser)]
struct Arguments {
    /// Exports each so many times
    #[arg(long, default_value_t = 7)]
    runs: usize,
    /// Only outputs whose names hold this
    #[arg(long, default_value = "")]
    only: String,
    /// What random numbers start from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What `cargo bench` passes
    #[arg(long, hide = true)]
    bench: bool,
}

/// An output, and how long it may take.
struct Output {
    name: &'static str,
    events: usize,
    document: Document,
    format: Format,
    /// Milliseconds; 0: none is set.
    target_ms: u32,
}

const fn picture(scale: f32) -> Document {
    Document::Picture {
        size_px: (1920.0, 1080.0),
        scale,
    }
}

fn poster(paper: PaperName) -> Document {
    Document::Poster {
        paper: paper.paper().landscape(),
        least_pt: 6.0,
        overflow: Overflow::Tiles,
    }
}

fn outputs() -> Vec<Output> {
    let a4 = PaperName::A4.paper();
    let (a0_poster, a4_poster) = (poster(PaperName::A0), poster(PaperName::A4));
    let handout = Document::Handout { paper: a4 };
    let worksheet = Document::Worksheet {
        paper: a4,
        gap: Gap::Date,
        count: None,
        seed: 1,
    };
    let slides = Document::Lesson {
        number: 0,
        has_notes: false,
    };
    [
        ("png 1k", 1_000, picture(1.0), Format::Png, 1_000),
        ("pdf 1k", 1_000, picture(1.0), Format::Pdf, 2_000),
        ("svg 1k", 1_000, picture(1.0), Format::Svg, 0),
        ("png 100k", 100_000, picture(1.0), Format::Png, 3_000),
        ("png 1m", 1_000_000, picture(1.0), Format::Png, 0),
        ("poster a4", SHIPPED, a4_poster, Format::Pdf, 500),
        ("poster a0", SHIPPED, a0_poster, Format::Pdf, 500),
        ("poster a0 1k", 1_000, a0_poster, Format::Pdf, 0),
        ("poster a4 1k", 1_000, a4_poster, Format::Pdf, 0),
        ("handout", SHIPPED, handout, Format::Pdf, 0),
        ("handout 1k", 1_000, handout, Format::Pdf, 0),
        ("worksheet", SHIPPED, worksheet, Format::Pdf, 0),
        ("web page", SHIPPED, Document::WebPage, Format::Html, 0),
        ("web page 1k", 1_000, Document::WebPage, Format::Html, 0),
        ("slides", SHIPPED, slides, Format::Pptx, 0),
        ("poster 10k+1", 10_001, a0_poster, Format::Pdf, 1_000),
        ("poster 1m", 1_000_000, a0_poster, Format::Pdf, 1_000),
    ]
    .into_iter()
    .map(|(name, events, document, format, target_ms)| Output {
        name,
        events,
        document,
        format,
        target_ms,
    })
    .collect()
}

fn main() {
    let arguments = Arguments::parse();
    println!("{}\n", stats::about("output, ms", arguments.seed));
    println!(
        "{:<16}{:>10}{:>10}{:>10}  file",
        "output", "median", "most", "target"
    );
    let measure = BundledFonts::default();
    for output in outputs() {
        if !output.name.contains(&arguments.only) {
            continue;
        }
        let workload = Workload {
            distribution: Distribution::History,
            events: output.events,
            seed: arguments.seed,
        };
        let timeline = subject::timeline(&workload);
        let mut samples = Samples::default();
        let mut file = Err(ExportError::Nothing);
        for _ in 0..arguments.runs {
            let begun = Instant::now();
            let lane_index = Arc::new(LaneIndex::of(Arc::clone(&timeline)));
            let pictures = if output.events == SHIPPED && output.document.has_pictures() {
                for_document(&Beside::Shipped, &timeline, timeline.events(), 1600).0
            } else {
                Pictures::default()
            };
            file = Job {
                lane_index: &lane_index,
                document: output.document,
                view: View::Whole,
                filtered: None,
                theme: &Theme::LIGHT,
                shows: Shows::ALL,
                texts: Texts::Text,
                measure: &measure,
                pictures: &pictures,
                fonts: &BundledOnly,
            }
            .file(output.format);
            samples.push(millis(begun.elapsed()));
        }
        let summary = samples.summary();
        let target = match output.target_ms {
            0 => String::new(),
            target => target.to_string(),
        };
        let made = match file {
            Ok(bytes) => format!("{} kB", bytes.len() / 1000),
            Err(error) => error.to_string(),
        };
        println!(
            "{:<16}{:>10.1}{:>10.1}{:>10}  {made}",
            output.name, summary.p50, summary.max, target
        );
    }
}
