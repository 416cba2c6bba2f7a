//! Measures opening a file: how long its parts take, and how much memory it needs.
//!
//! ```sh
//! cargo bench --bench open
//! cargo bench --bench open -- --sizes 10k --runs 5
//! cargo bench --bench open -- --no-window          # where there is no Xvfb
//! ```
//!
//! Each run is a separate process, so that only the file is warm, in the system's cache. A line is
//! a workload, as timeline.json, as a table (csv) or as a spreadsheet (xlsx), with the medians of its
//! runs. First, in milliseconds: reading the bytes, parsing
//! them into a timeline, building the layout for the window's first size. Then the peak memory
//! after parsing and after the layout, divided by the file's size. Then the real window on a
//! private screen: the time from the command to open the file until the frame that shows it, and
//! the memory it takes beyond an empty window of the same toolkit. `allowed` is the limit for that
//! memory: the text's own bytes, 48 bytes per event, and 8 MB.
//!
//! Left out: the disk, and files larger than the program opens.

mod common;

use std::{
    fs::{self, File},
    io::{self, BufWriter},
    path::{Path as FilePath, PathBuf},
    time::Instant,
};

use clap::Parser;
use common::{
    host::{self, Plan, Report},
    machine::{self, Memory, Screen},
    options::Options,
    stats::{self, Samples, Short, millis},
    subject,
    workload::{Distribution, LANES, Row, Workload},
};
use serde::{Deserialize, Serialize};

/// The numbers of events measured by default.
const SIZES: [usize; 4] = [10, 10_000, 100_000, 1_000_000];
const MIB: f64 = 1024.0 * 1024.0;

/// Measures opening a file.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    options: Options,
    /// Processes a workload
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// Leave out the real window
    #[arg(long)]
    no_window: bool,
    /// Read this and print one line of JSON
    #[arg(long, hide = true)]
    read: Option<PathBuf>,
    /// Open this in a window and print one line of JSON
    #[arg(long, hide = true)]
    show: Option<PathBuf>,
}

/// The parts of opening a file, measured in one process.
#[derive(Serialize, Deserialize)]
struct Parts {
    read_ms: f64,
    parse_ms: f64,
    index_ms: f64,
    /// At the start, after parsing, and after the layout.
    memory: [Memory; 3],
}

fn main() -> io::Result<()> {
    let main_begun = Instant::now();
    let arguments = Arguments::parse();
    if let Some(file) = &arguments.read {
        println!("{}", serde_json::to_string(&read(file)?)?);
        return Ok(());
    }
    if let Some(file) = &arguments.show {
        println!("{}", serde_json::to_string(&show(file, main_begun)?)?);
        return Ok(());
    }
    table(&arguments)
}

/// Opens a file without a window, part by part.
fn read(file: &FilePath) -> io::Result<Parts> {
    let before = Memory::now();
    let begun = Instant::now();
    let bytes = fs::read(file)?;
    let read_ms = millis(begun.elapsed());
    let begun = Instant::now();
    let timeline = subject::read(&bytes);
    drop(bytes);
    let parse_ms = millis(begun.elapsed());
    let parsed = Memory::now();
    let begun = Instant::now();
    let layout = subject::layout(timeline);
    let index_ms = millis(begun.elapsed());
    let indexed = Memory::now();
    drop(layout);
    Ok(Parts {
        read_ms,
        parse_ms,
        index_ms,
        memory: [before, parsed, indexed],
    })
}

/// Opens a file in the window, without moving the camera.
fn show(file: &FilePath, main_begun: Instant) -> io::Result<Report> {
    let folder = tempfile::tempdir()?;
    let plan = Plan {
        file: file.to_owned(),
        folder: folder.path().to_owned(),
        paths: Vec::new(),
        steps: 0,
        frames_a_step: 1,
        idle_secs: 0.1,
    };
    host::run(plan, main_begun).map_err(io::Error::other)
}

fn table(arguments: &Arguments) -> io::Result<()> {
    let options = &arguments.options;
    println!("{}", stats::about("open", options.seed));
    let folder = tempfile::tempdir()?;
    let myself = std::env::current_exe()?;
    let window = if arguments.no_window {
        None
    } else {
        let screen = Screen::start()?;
        let program = machine::empty_window(env!("CARGO_BIN_EXE_meanwhile"))?;
        let mut command = screen.command(&program, folder.path());
        let empty: Memory = machine::answer(command.arg("--memory"))?;
        println!(
            "empty window: anonymous {} MiB, PSS {} MiB",
            Short(empty.anonymous),
            Short(empty.pss)
        );
        Some((screen, empty))
    };
    println!(
        "\n{:<16}{:>8}{:>9}{:>9}{:>9}{:>11}{:>11}  |{:>9}{:>11}{:>10}{:>9}",
        "workload",
        "MiB",
        "read ms",
        "parse",
        "index",
        "peak/file",
        "with index",
        "open ms",
        "anon MiB +",
        "PSS +",
        "allowed"
    );
    for (workload, form) in workloads(options) {
        let file = folder.path().join(form.file());
        form.write(&workload, &file)?;
        let bytes = fs::metadata(&file)?.len() as f64;
        let mut parts = Vec::new();
        for _ in 0..arguments.runs.max(1) {
            let mut command = std::process::Command::new(&myself);
            parts.push(machine::answer::<Parts>(command.arg("--read").arg(&file))?);
        }
        let median = |of: &dyn Fn(&Parts) -> f64| {
            Short(parts.iter().map(of).collect::<Samples>().summary().p50)
        };
        // Memory held before reading belongs to the process, not to the file.
        let [parsed, indexed] = [1, 2].map(|when: usize| {
            median(&|it| {
                let memory = |when: usize| it.memory.get(when).map_or(f64::NAN, |at| at.peak);
                (memory(when) - memory(0)) * MIB / bytes
            })
        });
        print!(
            "{:<16}{:>8}{:>9}{:>9}{:>9}{parsed:>11}{indexed:>11}  |",
            workload.name() + " " + &stats::size_name(workload.events) + form.name(),
            Short(bytes / MIB),
            median(&|it| it.read_ms),
            median(&|it| it.parse_ms),
            median(&|it| it.index_ms),
        );
        if let Some((screen, empty)) = &window {
            print_window(&workload, &file, screen, empty, arguments)?;
        }
        println!();
    }
    Ok(())
}

/// The workloads, each as timeline.json; as a table and as a spreadsheet, which is measured up to
/// 100,000 rows.
fn workloads(options: &Options) -> Vec<(Workload, Form)> {
    let mut all = Vec::new();
    for workload in options.all(&SIZES, &[Distribution::History]) {
        let is_small = workload.events <= 100_000;
        let is_own = !workload.is_shipped();
        all.push((workload, Form::Json));
        if is_own {
            all.push((workload, Form::Csv));
        }
        if is_own && is_small {
            all.push((workload, Form::Xlsx));
        }
    }
    all
}

/// The format in which a workload is written.
#[derive(Copy, Clone)]
enum Form {
    Json,
    Csv,
    Xlsx,
}

impl Form {
    const fn name(self) -> &'static str {
        match self {
            Self::Json => "",
            Self::Csv => " csv",
            Self::Xlsx => " xlsx",
        }
    }

    const fn file(self) -> &'static str {
        match self {
            Self::Json => "timeline.json",
            Self::Csv => "table.csv",
            Self::Xlsx => "sheet.xlsx",
        }
    }

    fn write(self, workload: &Workload, file: &FilePath) -> io::Result<()> {
        let out = BufWriter::with_capacity(1 << 20, File::create(file)?);
        match self {
            Self::Json => workload.write_json(out),
            Self::Csv => write_csv(workload, out),
            Self::Xlsx => write_xlsx(workload, out),
        }
    }
}

const HEADERS: [&str; 5] = ["date", "title", "lane", "importance", "summary"];

fn cells(row: &Row) -> [String; 5] {
    let lane = LANES.get(row.lane).copied().unwrap_or_default();
    [
        row.date.clone(),
        row.title.clone(),
        lane.to_owned(),
        row.importance.to_string(),
        row.summary.clone(),
    ]
}

fn write_csv(workload: &Workload, out: impl io::Write) -> io::Result<()> {
    let mut out = csv::Writer::from_writer(out);
    out.write_record(HEADERS)?;
    workload.each(|row| out.write_record(cells(row)))?;
    out.flush()
}

/// A workbook with the texts in the cells, packed.
fn write_xlsx(workload: &Workload, out: impl io::Write + io::Seek) -> io::Result<()> {
    use std::fmt::Write as _;

    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let link = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"{id}\" \
             Type=\"{relations}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let mut sheet = format!("<worksheet xmlns=\"{main}\"><sheetData>");
    let mut add = |cells: &[String]| {
        sheet.push_str("<row>");
        for cell in cells {
            let cell = cell.replace('&', "&amp;").replace('<', "&lt;");
            let _infallible = write!(sheet, "<c t=\"inlineStr\"><is><t>{cell}</t></is></c>");
        }
        sheet.push_str("</row>");
    };
    add(&HEADERS.map(str::to_owned));
    let Ok(()) = workload.each(|row| -> Result<(), std::convert::Infallible> {
        add(&cells(row));
        Ok(())
    });
    sheet.push_str("</sheetData></worksheet>");
    let mut archive = zip::ZipWriter::new(out);
    for (name, text) in [
        (
            "[Content_Types].xml",
            format!("<Types xmlns=\"{package}/content-types\"/>"),
        ),
        (
            "_rels/.rels",
            link("rId1", "officeDocument", "xl/workbook.xml"),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"Events\" \
                 sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            link("rId1", "worksheet", "worksheets/sheet1.xml"),
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ] {
        archive
            .start_file(name, zip::write::SimpleFileOptions::default())
            .map_err(io::Error::other)?;
        io::Write::write_all(&mut archive, text.as_bytes())?;
    }
    archive.finish().map_err(io::Error::other)?;
    Ok(())
}

fn print_window(
    workload: &Workload,
    file: &FilePath,
    screen: &Screen,
    empty: &Memory,
    arguments: &Arguments,
) -> io::Result<()> {
    let mut reports = Vec::new();
    let folder = tempfile::tempdir()?;
    for _ in 0..arguments.runs.max(1) {
        let mut command = screen.command(&std::env::current_exe()?, folder.path());
        reports.push(machine::answer::<Report>(command.arg("--show").arg(file))?);
    }
    let median = |of: fn(&Report) -> f64| {
        let samples: Samples = reports.iter().map(of).collect();
        samples.summary().p50
    };
    let allowed = (text_bytes(workload) + 48.0 * workload.events as f64 + 8e6) / MIB;
    print!(
        "{:>9}{:>11}{:>10}{:>9}",
        Short(median(|it| it.open_ms)),
        Short(median(|it| it.memory.anonymous) - empty.anonymous),
        Short(median(|it| it.memory.pss) - empty.pss),
        Short(allowed)
    );
    Ok(())
}

/// The bytes of all texts of all events; for the chronology that ships, the size of its file.
fn text_bytes(workload: &Workload) -> f64 {
    if workload.is_shipped() {
        return meanwhile::open::SHIPPED.len() as f64;
    }
    let mut sum = 0;
    let Ok(()) = workload.each(|row| -> Result<(), std::convert::Infallible> {
        let Row {
            id,
            title,
            date,
            summary,
            ..
        } = row;
        sum += id.len() + title.len() + date.len() + summary.len();
        Ok(())
    });
    sum as f64
}
