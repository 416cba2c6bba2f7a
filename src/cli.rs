//! The command line: its arguments and subcommands, and where their output goes.
//!
//! Results go to standard output and messages to standard error, one sentence each. The exit code
//! is 0, or 1 where the input is at fault or the output fails, or 2 where the command line is
//! wrong. The text of the results is made by pure functions in `list`, `details`, `json` and
//! `check`; here it is only printed. The window belongs to [`app`]: where none can be opened, the
//! chronology is printed as text.

mod check;
mod convert;
mod details;
mod export;
mod json;
mod list;
mod logging;
mod output;
mod selection;
mod text;

use std::{
    ffi::OsString,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use clap::{Args, CommandFactory, Parser, Subcommand, ValueHint, error::ErrorKind};

use crate::{
    app::{self, Ending, WhichLesson},
    formats::{Severity, Source, schema},
    model::nearest,
    open::{self, OpenError, Origin, one_line},
    settings::Store,
};
use output::{Failure, print_bytes, say, say_faults, write_message};
use selection::{Range, Selection};

/// Lines longer than this are hard to read, however wide the terminal is.
const MOST_COLUMNS: usize = 100;
/// The width where there is no terminal to ask.
const USUAL_COLUMNS: usize = 80;

const EXAMPLES: &str = "\
Examples:
  meanwhile                       what was open last, at first the chronology that ships
  meanwhile timeline.json         a file of your own
  meanwhile timeline.json --present
  meanwhile list --range 2003/2010
  meanwhile check timeline.json   what is wrong with it, line by line
  meanwhile new mine.csv          a sheet of your own
  meanwhile convert a.xlsx b.json

Where no display can be reached, the chronology is printed as `list` prints it.";

const LIST_EXAMPLES: &str = "\
Examples:
  meanwhile list                              the chronology that ships
  meanwhile list timeline.json --details
  meanwhile list --lane militias --lane clergy --range 2003/2010
  meanwhile list --json | jq '.[].title'
  curl -s https://example.org/timeline.json | meanwhile list -

With --json, `earliest` and `latest` are the first and the last second that an event may
touch, in ISO 8601; null where that side is open or not stated.";

const CHECK_EXAMPLES: &str = "\
Examples:
  meanwhile check timeline.json
  meanwhile check --strict *.json && echo 'fit to be published'

Each fault is one line, as editors read it: FILE:LINE:COLUMN: error: FIELD: what is wrong; what
to do. The exit code is 1 where there is an error, or with --strict a warning.";

const SCHEMA_EXAMPLES: &str = "\
Example:
  meanwhile schema > timeline.schema.json     and name it as \"$schema\" in timeline.json";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  meanwhile completions bash > ~/.local/share/bash-completion/completions/meanwhile
  meanwhile completions fish > ~/.config/fish/completions/meanwhile.fish";

/// A timeline viewer: chronologies with honest dates, told on a click.
#[derive(Parser, Debug)]
#[command(name = "meanwhile", version, after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    task: Option<Task>,
    /// The chronology to open in a window; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// Tell a lesson at once: the one of this id, title or number, else the first
    #[arg(long, value_name = "LESSON", num_args = 0..=1, default_missing_value = "")]
    present: Option<String>,
    /// Write what the program does into this file, for whoever is to find a fault; nothing of the
    /// chronology stands in it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, global = true)]
    log: Option<PathBuf>,
    /// Print when the first frame was painted, and end: the monotonic clock, and since the start,
    /// in ms
    #[arg(long, hide = true)]
    first_frame: bool,
    /// Arguments after the file, which are refused. Without this, clap would call them subcommands.
    #[arg(hide = true)]
    surplus: Vec<PathBuf>,
}

impl Cli {
    /// Parses arguments; an error is reported with the usage below it.
    fn of(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let cli = Self::try_parse_from(log_after_subcommand(arguments))?;
        match (&cli.file, cli.surplus.first()) {
            (Some(file), Some(surplus)) => {
                let said = surplus_advice(&file.to_string_lossy(), &surplus.to_string_lossy());
                Err(Self::command().error(ErrorKind::UnknownArgument, one_line(&said)))
            }
            _ => Ok(cli),
        }
    }
}

/// The arguments with a `--log FILE` that stands first put behind the subcommand: before it, clap takes
/// a subcommand for a file, as one argument of the window rules subcommands out.
fn log_after_subcommand(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut all: Vec<OsString> = arguments.into_iter().collect();
    let first = all.get(1).map(|it| it.to_string_lossy().into_owned());
    let words = match first.as_deref() {
        Some("--log") => 2,
        Some(first) if first.starts_with("--log=") => 1,
        _ => return all,
    };
    let command = Cli::command();
    let mut subcommands = command.get_subcommands().map(clap::Command::get_name);
    let next = all.get(1 + words);
    if next.is_some_and(|next| subcommands.any(|name| next == name)) {
        all.get_mut(1..2 + words)
            .unwrap_or_default()
            .rotate_left(words);
    }
    all
}

/// What to do about an argument after the file: the first may have been meant for a subcommand.
fn surplus_advice(file: &str, surplus: &str) -> String {
    let command = Cli::command();
    let subcommands = || command.get_subcommands().map(clap::Command::get_name);
    if subcommands().any(|name| name == surplus) {
        return format!("the file comes after the subcommand; write 'meanwhile {surplus} {file}'");
    }
    match nearest(file, subcommands()) {
        Some(near) => {
            format!("'{file}' is no subcommand; did you mean 'meanwhile {near} {surplus}'?")
        }
        None => format!(
            "one window shows one chronology, so '{surplus}' cannot follow '{file}'; open it by itself"
        ),
    }
}

#[derive(Subcommand, Debug)]
enum Task {
    /// Print a chronology as text: date in words, title, lane
    #[command(after_help = LIST_EXAMPLES)]
    List(ListArgs),
    /// Say what is wrong with files, line by line
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Write a file of one format as one of another
    #[command(after_help = convert::CONVERT_EXAMPLES)]
    Convert(convert::ConvertArgs),
    /// Write a poster, handout, worksheet, picture, web page or slides
    #[command(after_help = export::EXPORT_EXAMPLES)]
    Export(export::ExportArgs),
    /// Write a small chronology that explains itself, or a sheet, and open it
    #[command(after_help = convert::NEW_EXAMPLES)]
    New(convert::NewArgs),
    /// Print the JSON Schema of timeline.json, for editors that complete and check
    #[command(after_help = SCHEMA_EXAMPLES)]
    Schema,
    /// Print the licences of all that is in the program
    Licenses,
    /// Print what completes the command line in a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the manual pages into a folder
    #[command(hide = true)]
    Man {
        /// The folder
        folder: PathBuf,
    },
}

#[derive(Args, Debug, Default)]
struct ListArgs {
    /// The chronology; `-` is standard input [default: the one that ships]
    #[arg(value_hint = ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// Print an array of objects for other programs
    #[arg(long, conflicts_with = "details")]
    json: bool,
    /// Print summary, people, place, links and sources too
    #[arg(long)]
    details: bool,
    /// Only this lane, by its id or its label; may be given more than once
    #[arg(long = "lane", value_name = "LANE")]
    lanes: Vec<String>,
    /// Only events that touch this time: 2014, 2003/2010, 2014-06/.., -0043
    #[arg(long, value_name = "FROM/TO", value_parser = Range::parse, allow_hyphen_values = true)]
    range: Option<Range>,
}

#[derive(Args, Debug)]
struct CheckArgs {
    /// The files; `-` is standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    files: Vec<PathBuf>,
    /// Count a warning as an error
    #[arg(long)]
    strict: bool,
}

/// Runs the command that the arguments of this process name.
pub fn main() -> ExitCode {
    let started = Instant::now();
    let cli = match Cli::of(std::env::args_os()) {
        Ok(cli) => cli,
        Err(refused) => {
            // Help and version come this way too, with exit code 0. A closed pipe is no error.
            let _ = refused.print();
            return ExitCode::from(u8::try_from(refused.exit_code()).unwrap_or(2));
        }
    };
    match run(cli, started) {
        Ok(code) => code,
        // A closed pipe is no error: `| head` has read all it needs.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(failure) => {
            say(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run(cli: Cli, started: Instant) -> Result<ExitCode, Failure> {
    if let Some(path) = &cli.log {
        logging::start(path)
            .map_err(|error| Failure::Usage(format!("--log: {} ({error})", path.display())))?;
    }
    let ending = if cli.first_frame {
        Ending::AfterFirstFrame(started)
    } else {
        Ending::ByPerson
    };
    match cli.task {
        None => {
            let lesson = cli.present.map(|name| match name.as_str() {
                "" => WhichLesson::First,
                _ => WhichLesson::Named(name),
            });
            open_window(cli.file.as_deref(), ending, lesson)
        }
        Some(Task::List(args)) => {
            let origin = args
                .file
                .as_deref()
                .map_or(Origin::Shipped, Origin::of_argument);
            let loaded = open::read(&origin)?;
            say_faults(&origin, &loaded);
            print_list(&loaded, &args)?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Task::Check(args)) => check_files(&args),
        Some(Task::Convert(args)) => {
            convert::convert(&args)?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Task::Export(args)) => {
            export::export(&args)?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Task::New(args)) => {
            convert::new(&args.file)?;
            open_window(Some(&args.file), ending, None)
        }
        Some(Task::Schema) => {
            print_bytes(schema::schema_text().as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Task::Licenses) => {
            print_bytes(crate::LICENSES.as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Task::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "meanwhile", &mut script);
            print_bytes(&script)?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Task::Man { folder }) => {
            clap_mangen::generate_to(Cli::command(), folder)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Opens the window or, where there can be none, prints the chronology as text.
fn open_window(
    file: Option<&Path>,
    ending: Ending,
    present: Option<WhichLesson>,
) -> Result<ExitCode, Failure> {
    let origin = file.map(Origin::of_argument);
    let refusal = if has_display(|name| std::env::var_os(name)) {
        match app::run(origin.clone(), ending, present) {
            Ok(()) => return Ok(ExitCode::SUCCESS),
            Err(no_window) => format!("{no_window}; here is the chronology as text."),
        }
    } else {
        "no display can be reached (neither DISPLAY nor WAYLAND_DISPLAY is set); here is the chronology as text; meanwhile export makes a poster or a picture of it."
            .to_owned()
    };
    let (origin, loaded) = match origin {
        Some(origin) => {
            // Before the message about the window: an unreadable file can't be printed either.
            let loaded = open::read(&origin)?;
            (origin, loaded)
        }
        None => read_unnamed()?,
    };
    say(&refusal);
    say_faults(&origin, &loaded);
    print_list(&loaded, &ListArgs::default())?;
    Ok(ExitCode::SUCCESS)
}

/// Reads what the window would open where no file is named.
fn read_unnamed() -> Result<(Origin, Source), OpenError> {
    let (settings, sentence) = Store::platform().load();
    if let Some(sentence) = sentence {
        say(&sentence);
    }
    let last = Origin::unnamed(settings.last_file.as_deref());
    match open::read(&last) {
        Ok(loaded) => Ok((last, loaded)),
        Err(error) => {
            say(&error);
            open::read(&Origin::Shipped).map(|loaded| (Origin::Shipped, loaded))
        }
    }
}

/// Whether a window could be opened, as far as the environment says. Only X11 and Wayland can be
/// missing; other systems always have a display.
fn has_display(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let is_set = |name| variable(name).is_some_and(|value| !value.is_empty());
    let is_free_desktop = cfg!(all(
        unix,
        not(any(
            target_os = "macos",
            target_os = "ios",
            target_os = "android"
        ))
    ));
    !is_free_desktop
        || ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"]
            .into_iter()
            .any(is_set)
}

fn print_list(loaded: &Source, args: &ListArgs) -> Result<(), Failure> {
    let timeline = &loaded.timeline;
    let lanes = selection::lanes_named(timeline, &args.lanes).map_err(Failure::Usage)?;
    let selection = Selection {
        lanes,
        range: args.range,
    };
    if args.json {
        return Ok(print_bytes(json::render(timeline, &selection).as_bytes())?);
    }
    let options = list::Options {
        selection,
        details: args.details,
    };
    let text = list::render(timeline, &options, columns());
    // Takes the colours out where there is no terminal, or NO_COLOR is set.
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

fn check_files(args: &CheckArgs) -> Result<ExitCode, Failure> {
    let worst_allowed = if args.strict {
        None
    } else {
        Some(Severity::Warning)
    };
    let mut is_fit = true;
    for file in &args.files {
        let origin = Origin::of_argument(file);
        match open::read(&origin) {
            Ok(mut loaded) => {
                add_pictures(&origin, &mut loaded);
                print_bytes(check::lines(&origin.name(), &loaded).as_bytes())?;
                write_message(&check::summary(&origin.name(), &loaded));
                is_fit &= loaded.severity() <= worst_allowed;
            }
            Err(error) => {
                say(&error);
                is_fit = false;
            }
        }
    }
    Ok(if is_fit {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Adds what is wrong with the pictures of a file.
fn add_pictures(origin: &Origin, loaded: &mut Source) {
    let Some(folder) = origin.folder() else {
        return;
    };
    let timeline = &loaded.timeline;
    if timeline
        .events()
        .all(|event| timeline.event(event).media.is_empty())
    {
        return;
    }
    let text = match open::text(loaded, origin) {
        Ok(text) => text,
        Err(error) => return say(&format!("its pictures were not checked: {error}")),
    };
    let found = open::pictures::diagnostics(folder, &text);
    let origins = loaded.origins.clone();
    let found = found.into_iter();
    loaded
        .diagnostics
        .extend(found.map(|fault| origins.led_back(fault)));
    loaded
        .diagnostics
        .sort_by(|a, b| a.location.cmp(&b.location));
}

/// The width to lay text out for.
fn columns() -> usize {
    let columns = if io::stdout().is_terminal() {
        textwrap::termwidth()
    } else {
        USUAL_COLUMNS
    };
    columns.min(MOST_COLUMNS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definitions_hold_together() {
        Cli::command().debug_assert();
    }

    /// Checks with what kind of error arguments are refused, or that they are accepted.
    fn check(arguments: &str, expected: Option<ErrorKind>) {
        let given = ["meanwhile"]
            .into_iter()
            .chain(arguments.split_whitespace())
            .map(OsString::from);
        let kind = Cli::of(given).err().map(|refused| refused.kind());
        assert_eq!(kind, expected, "{arguments}");
    }

    #[test]
    fn arguments_are_taken_or_refused() {
        check("", None);
        check("timeline.json", None);
        check("-", None);
        check("list", None);
        check("list -", None);
        check(
            "list a.json --details --lane war --lane clergy --range 2003/2010",
            None,
        );
        check("list --range -0043/0014", None);
        check("list --json", None);
        check("check a.json b.json --strict", None);
        check("schema", None);
        check("--help", Some(ErrorKind::DisplayHelp));
        check("--version", Some(ErrorKind::DisplayVersion));
        check("list --json --details", Some(ErrorKind::ArgumentConflict));
        check("list --range 2010/2003", Some(ErrorKind::ValueValidation));
        check("list --range spring", Some(ErrorKind::ValueValidation));
        check("check", Some(ErrorKind::MissingRequiredArgument));
        check("a.json b.json", Some(ErrorKind::UnknownArgument));
        check("a.json list", Some(ErrorKind::UnknownArgument));
        check("--jsn", Some(ErrorKind::UnknownArgument));
    }

    #[test]
    fn a_log_is_asked_for_before_or_after_what_is_done() {
        for arguments in [
            "--log l.txt list a.json",
            "--log=l.txt list a.json",
            "list --log l.txt a.json",
            "list a.json --log l.txt",
        ] {
            let given = std::iter::once("meanwhile").chain(arguments.split_whitespace());
            let cli = Cli::of(given.map(OsString::from)).expect("they are taken");
            assert_eq!(cli.log, Some(PathBuf::from("l.txt")), "{arguments}");
            assert!(matches!(cli.task, Some(Task::List(_))), "{arguments}");
        }
        check("--log l.txt a.json", None);
        check("--log l.txt", None);
        check("--log", Some(ErrorKind::InvalidValue));
    }

    #[test]
    fn a_misspelt_subcommand_is_distinguished_from_a_second_file() {
        for (file, surplus, expected) in [
            (
                "a.json",
                "list",
                "the file comes after the subcommand; write 'meanwhile list a.json'",
            ),
            (
                "chekc",
                "a.json",
                "'chekc' is no subcommand; did you mean 'meanwhile check a.json'?",
            ),
            (
                "a.json",
                "b.json",
                "one window shows one chronology, so 'b.json' cannot follow 'a.json'; open it by itself",
            ),
        ] {
            assert_eq!(surplus_advice(file, surplus), expected);
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_display_is_reached_where_a_variable_names_one() {
        for (set, expected) in [
            (None, false),
            (Some(("DISPLAY", "")), false),
            (Some(("DISPLAY", ":0")), true),
            (Some(("WAYLAND_DISPLAY", "wayland-0")), true),
            (Some(("HOME", "/")), false),
        ] {
            let variable = |name: &str| {
                set.filter(|(known, _)| *known == name)
                    .map(|(_, value)| value.into())
            };
            assert_eq!(has_display(variable), expected, "{set:?}");
        }
    }
}
