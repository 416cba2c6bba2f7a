//! `meanwhile convert` and `meanwhile new`: files that are written.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint, builder::PossibleValue};

use super::output::{Failure, print_bytes, say, say_faults, write_message};
use crate::{
    formats::{
        Source,
        write::{Target, losses::Losses},
    },
    open::{
        self, Origin,
        saving::{Existing, SaveError, save},
    },
};

/// The chronology that `meanwhile new` writes: it says itself how it is written.
const NEW: &str = include_str!("../../assets/new.json");
/// The sheet that it writes.
const NEW_SHEET: &str = include_str!("../../assets/new.csv");

/// The help's examples.
pub const CONVERT_EXAMPLES: &str = "\
Examples:
  meanwhile convert sheet.xlsx timeline.json
  meanwhile convert timeline.json timeline.ics
  meanwhile convert timeline.json slides.json --to timelinejs
  meanwhile convert calendar.ics - | meanwhile list -

What can be read: timeline.json, tables (CSV, TSV), spreadsheets (Excel, OpenDocument), TimelineJS,
vis-timeline, The Timeline Project, markwhen, SIMILE, iCalendar, SPARQL results. What the written
format cannot hold is listed.";

/// The help's examples.
pub const NEW_EXAMPLES: &str = "\
Examples:
  meanwhile new                    writes timeline.json here, and opens it
  meanwhile new wars.csv           a sheet with the columns, for a spreadsheet program";

#[derive(Args, Debug)]
pub struct ConvertArgs {
    /// The file to read; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    from: PathBuf,
    /// The file to write; `-` is standard output
    #[arg(value_hint = ValueHint::FilePath)]
    to: PathBuf,
    /// The format to write, where the ending does not tell it
    #[arg(long = "to", value_name = "FORMAT")]
    format: Option<Target>,
    /// Replace a file that is there already
    #[arg(long)]
    force: bool,
}

#[derive(Args, Debug)]
pub struct NewArgs {
    /// The file to write: a chronology, or a sheet where it ends in .csv
    #[arg(value_hint = ValueHint::FilePath, default_value = "timeline.json")]
    pub file: PathBuf,
}

impl ValueEnum for Target {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()).help(self.name()))
    }
}

/// Converts a file.
pub fn convert(args: &ConvertArgs) -> Result<(), Failure> {
    let is_printed = args.to.as_os_str() == "-";
    let usual = is_printed.then_some(Target::Timeline);
    let target = args.format.or_else(|| Target::of_path(&args.to)).or(usual);
    let Some(target) = target else {
        return Err(Failure::Usage(format!(
            "what {} is to be cannot be told by its name; what can be written ends in .json, .csv, .mw or .ics, or name the format with --to",
            args.to.display()
        )));
    };
    let origin = Origin::of_argument(&args.from);
    let canonical = |path: &Path| std::fs::canonicalize(path).ok();
    if canonical(&args.to).is_some_and(|to| canonical(&args.from) == Some(to)) {
        return Err(Failure::Usage(format!(
            "{} would be written over itself; name another file",
            args.from.display()
        )));
    }
    let source = open::read(&origin)?;
    say_faults(&origin, &source);
    let text = open::text(&source, &origin)?;
    let (written, losses) = target.write(&text).map_err(|error| Failure::Write {
        name: args.from.display().to_string(),
        source: error,
    })?;
    if is_printed {
        print_bytes(written.as_bytes())?;
    } else {
        let existing = if args.force {
            Existing::Overwrite
        } else {
            Existing::Keep
        };
        save(&args.to, &written, existing).map_err(|error| match error {
            SaveError::Exists { name } => Failure::Exists { name },
            other => Failure::Save(other),
        })?;
    }
    say_losses(target, &losses);
    if !is_printed {
        say_pictures(args, &source);
    }
    Ok(())
}

/// Says that pictures are not copied, where the file is written into another folder than theirs.
fn say_pictures(args: &ConvertArgs, source: &Source) {
    let folder = |path: &Path| {
        let path = std::path::absolute(path).ok()?;
        path.parent().map(Path::to_owned)
    };
    let timeline = &source.timeline;
    let mut events = timeline.events().map(|event| timeline.event(event));
    let mut has_pictures =
        || events.any(|event| event.media.iter().any(|it| it.beside().is_some()));
    if folder(&args.from) != folder(&args.to) && has_pictures() {
        let from = args.from.display();
        say(&format!(
            "the pictures lie beside {from}; copy them beside the new file"
        ));
    }
}

/// Lists what was not written.
fn say_losses(target: Target, losses: &Losses) {
    if losses.is_empty() {
        return;
    }
    say(&format!(
        "{} cannot hold all of it; left out:",
        target.name()
    ));
    for line in losses.lines() {
        write_message(&format!("  {line}"));
    }
}

/// Writes a new chronology, or a sheet.
pub fn new(file: &Path) -> Result<(), Failure> {
    let text = match Target::of_path(file) {
        // By its mark spreadsheet programs know that it is UTF-8.
        Some(Target::Table) => format!("\u{feff}{NEW_SHEET}"),
        Some(Target::Timeline) => NEW.to_owned(),
        _ => {
            let name = file.display();
            let advice = "end it in .json for a chronology, or in .csv for a sheet, which spreadsheet programs open";
            return Err(Failure::Usage(format!(
                "what {name} is to be cannot be told by its name; {advice}"
            )));
        }
    };
    Ok(save(file, &text, Existing::Keep)?)
}
