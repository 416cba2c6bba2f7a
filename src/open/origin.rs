//! Where a chronology comes from, and why it cannot be opened.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use thiserror::Error;

use crate::formats::ReadError;

/// The chronology that ships.
pub const SHIPPED: &str = include_str!("../../timeline.json");

/// A chronology that is begun.
pub(super) const NEW: &str = "{\n  \"$schema\": \"urn:meanwhile:timeline:0.2\",\n  \"title\": \"New chronology\",\n\n  \"events\": []\n}\n";

/// Where a chronology comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// The chronology that ships with the program.
    Shipped,
    /// A file, by the path that the user gave.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// A chronology that was begun in the window, and is in no file yet.
    New,
}

impl Origin {
    /// The origin that an argument names: `-` is standard input.
    pub fn of_argument(argument: &Path) -> Self {
        if argument.as_os_str() == "-" {
            Self::Stdin
        } else {
            Self::File(argument.to_owned())
        }
    }

    /// What to open where nothing is named: the file that was open last if it still exists and can
    /// be read, else the chronology that ships.
    pub fn unnamed(last_file: Option<&Path>) -> Self {
        let is_there = |path: &&Path| {
            fs::metadata(path).is_ok_and(|about| about.is_file()) && File::open(path).is_ok()
        };
        last_file
            .filter(is_there)
            .map_or(Self::Shipped, |path| Self::File(path.to_owned()))
    }

    /// The folder of its file, in which its pictures lie.
    pub fn folder(&self) -> Option<&Path> {
        let Self::File(path) = self else { return None };
        // A bare file name is in the current folder.
        let folder = path.parent()?;
        let is_bare = folder.as_os_str().is_empty();
        Some(if is_bare { Path::new(".") } else { folder })
    }

    /// Its name in messages: the path as given, or a description. Always one line.
    pub fn name(&self) -> String {
        match self {
            Self::Shipped => "the chronology that ships".to_owned(),
            Self::File(path) => one_line(&path.display().to_string()),
            Self::Stdin => "standard input".to_owned(),
            Self::New => "a new chronology".to_owned(),
        }
    }
}

/// An untrusted text as one harmless line: a control character, which could move a terminal's
/// cursor or break a message in two, becomes `\u{FFFD}`, white space a space.
pub fn one_line(text: &str) -> String {
    let harmless = |character: char| match character {
        '\n' | '\r' | '\t' => ' ',
        control if control.is_control() => char::REPLACEMENT_CHARACTER,
        other => other,
    };
    text.chars().map(harmless).collect()
}

/// Why a chronology could not be opened: one sentence without a full stop.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// It is a folder.
    #[error("{name} is a folder; name a file in it")]
    Folder {
        /// Its path.
        name: String,
    },
    /// There is no such file.
    #[error("{name}: there is no such file; {}", missing_advice(near.as_deref()))]
    NotFound {
        /// Its path.
        name: String,
        /// The file in the same folder whose name is most like it.
        near: Option<String>,
    },
    /// Its folder does not exist.
    #[error("{name}: there is no folder {folder}; check how the path is written")]
    NoFolder {
        /// The path of the file.
        name: String,
        /// The path of the folder.
        folder: String,
    },
    /// There is no permission to read it.
    #[error("{name} may not be read by you; change its permissions, or ask its owner to")]
    Denied {
        /// Its path.
        name: String,
    },
    /// The system could not read it.
    #[error("{name} could not be read ({source}); try again, or copy it to another place first")]
    Unreadable {
        /// Its path.
        name: String,
        /// What the system says.
        source: io::Error,
    },
    /// It was read, but nothing of it can be shown.
    #[error("{name}: {source}")]
    Content {
        /// Its path.
        name: String,
        /// What is wrong with it.
        source: ReadError,
    },
    /// Its text was to be read again, and is another one by now.
    #[error("{name} was changed by another program meanwhile; reload it first")]
    Changed {
        /// Its path.
        name: String,
    },
    /// The thread that read it has died.
    #[error(
        "{name}: reading it broke off, which is a fault of this program; please report it, with the file"
    )]
    BrokeOff {
        /// Its path.
        name: String,
    },
}

fn missing_advice(near: Option<&str>) -> String {
    match near {
        Some(near) => format!("did you mean {near}?"),
        None => "check its name and its folder".to_owned(),
    }
}
