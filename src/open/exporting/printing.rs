//! PDFs for the printer, in the folder for temporary files.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::open::{
    one_line,
    saving::{Existing, save},
};

/// What the names of PDFs for printing begin with.
const PRINT: &str = "meanwhile-print-";

/// Removes the PDFs that were printed more than a day ago: a viewer may still show later ones.
fn remove_old_prints() {
    const DAY: Duration = Duration::from_hours(24);
    let Ok(files) = fs::read_dir(std::env::temp_dir()) else {
        return;
    };
    for file in files.flatten() {
        let is_print = file.file_name().to_string_lossy().starts_with(PRINT);
        let written = file.metadata().and_then(|it| it.modified());
        let age = written.ok().and_then(|written| written.elapsed().ok());
        if is_print && age.is_some_and(|age| age > DAY) {
            // That of another user stays.
            let _ = fs::remove_file(file.path());
        }
    }
}

/// Writes a PDF where the system's viewer finds it.
pub(super) fn printed(bytes: &[u8]) -> Result<PathBuf, String> {
    let failed = |error: std::io::Error| {
        format!(
            "the PDF for printing could not be written ({error}); export it to a folder of your own and print that"
        )
    };
    remove_old_prints();
    let file = tempfile::Builder::new()
        .prefix(PRINT)
        .suffix(".pdf")
        .tempfile()
        .map_err(failed)?;
    let (_, path) = file.keep().map_err(|error| failed(error.error))?;
    save(&path, bytes, Existing::Replace).map_err(|error| error.to_string())?;
    Ok(path)
}

/// Hands a file to the program that the system has for it.
///
/// # Errors
///
/// A sentence with the file's path, where there is none.
pub fn hand_over(path: &Path) -> Result<(), String> {
    opener::open(path).map_err(|_| {
        let name = one_line(&path.display().to_string());
        format!("no program that shows PDFs could be started; the PDF to print is {name}")
    })
}
