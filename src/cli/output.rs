//! Where the output of commands goes: results to standard output, messages to standard error, one
//! sentence each; and why a command failed.

use std::{
    fmt::Display,
    io::{self, Write as _},
};

use super::check;
use crate::{
    export::ExportError,
    formats::{ReadError, Source},
    open::{OpenError, Origin, one_line, saving::SaveError},
};

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("{0}")]
    Usage(String),
    #[error(transparent)]
    Input(#[from] OpenError),
    #[error("{name} exists already; name another file, or add --force to replace it")]
    Exists { name: String },
    #[error(transparent)]
    Save(#[from] SaveError),
    #[error("{name}: {source}")]
    Write { name: String, source: ReadError },
    #[error("{name}: {source}")]
    Export { name: String, source: ExportError },
    #[error("the result could not be written ({0}); look whether there is room where it goes")]
    Output(#[from] io::Error),
}

impl Failure {
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Input(_)
            | Self::Save(_)
            | Self::Exists { .. }
            | Self::Write { .. }
            | Self::Export { .. }
            | Self::Output(_) => 1,
            Self::Usage(_) => 2,
        }
    }
}

/// Reports on standard error that a file, which is shown in spite of them, has faults.
pub fn say_faults(origin: &Origin, loaded: &Source) {
    if let Some(counts) = check::fault_counts(loaded) {
        let argument = if *origin == Origin::Stdin {
            "-".to_owned()
        } else {
            quoted(&origin.name())
        };
        say(&format!(
            "{}: {counts}; run: meanwhile check {argument}",
            origin.name()
        ));
    }
}

/// Reports the first faults line by line, as `check` does, and then how many there are.
pub fn say_first_faults(origin: &Origin, loaded: &Source) {
    /// As many as are read in a terminal.
    const MOST: usize = 20;
    for line in check::lines(&origin.name(), loaded).lines().take(MOST) {
        write_message(line);
    }
    say_faults(origin, loaded);
}

/// A path quoted for a shell, well enough to be copied.
fn quoted(path: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "-_./\\:".contains(character);
    if path.chars().all(is_plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

/// Writes one sentence to standard error, with the program's name.
pub fn say(message: &impl Display) {
    write_message(&format!("meanwhile: {message}"));
}

/// Writes one line to standard error. A failure is ignored, as there is nowhere to report it.
pub fn write_message(message: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", one_line(message));
}

/// Writes data to standard output, unchanged.
pub fn print_bytes(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_can_be_copied_into_a_shell() {
        for (path, expected) in [
            ("notes/timeline.json", "notes/timeline.json"),
            ("C:\\timeline.json", "C:\\timeline.json"),
            ("my timeline.json", "'my timeline.json'"),
            ("it's.json", r"'it'\''s.json'"),
        ] {
            assert_eq!(quoted(path), expected);
        }
    }
}
