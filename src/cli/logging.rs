//! The log for support, with `--log`: what the program does, in a file. Nothing that a chronology says
//! stands in it, nor the name of a file.

use std::{
    env,
    fs::{self, File, OpenOptions},
    io::{self, Read as _},
    path::Path,
    sync::Mutex,
};

use tracing::Level;
use tracing_subscriber::{
    filter::Targets, fmt, layer::SubscriberExt as _, registry, util::SubscriberInitExt as _,
};

/// By this a log is known among files: it stands in its first line.
const BEGINS: &str = "meanwhile::cli::logging: started";

/// Begins a log in a new file, or goes on with one that is there.
///
/// # Errors
///
/// Where the file cannot be made, and where there is another file: it is kept.
pub fn start(path: &Path) -> io::Result<()> {
    let file = Mutex::new(log_file(path)?);
    let lines = fmt::layer()
        .with_writer(file)
        .with_ansi(false)
        .with_target(true);
    // Of the toolkit what it says of the graphics; of others only what they warn of.
    let levels = Targets::new()
        .with_targets(["meanwhile", "eframe", "egui_glow"].map(|it| (it, Level::DEBUG)))
        .with_default(Level::WARN);
    let log = registry().with(lines).with(levels);
    log.try_init().map_err(io::Error::other)?;
    // The first line of a log: see `BEGINS`.
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        system = env::consts::OS,
        processor = env::consts::ARCH,
        wayland = env::var_os("WAYLAND_DISPLAY").is_some(),
        x11 = env::var_os("DISPLAY").is_some(),
        "started"
    );
    Ok(())
}

/// A new file, or the end of an earlier log.
fn log_file(path: &Path) -> io::Result<File> {
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        made => return made,
    }
    let kept = |why: &str| io::Error::new(io::ErrorKind::AlreadyExists, why);
    if !fs::metadata(path)?.is_file() {
        return Err(kept("it is no file; name a new one"));
    }
    let mut file = OpenOptions::new().read(true).append(true).open(path)?;
    let mut beginning = [0; 256];
    let length = file.read(&mut beginning)?;
    let beginning = beginning.get(..length).unwrap_or_default();
    let is_log = String::from_utf8_lossy(beginning).contains(BEGINS);
    if length > 0 && !is_log {
        return Err(kept("there is such a file, which is kept; name a new one"));
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_takes_the_place_of_no_other_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        let refused = |path: &Path| log_file(path).expect_err("it is kept").to_string();

        fs::write(path("mine.json"), "{\"title\": \"Mine\"}").expect("written");
        assert!(refused(&path("mine.json")).contains("is kept"));
        let kept = fs::read_to_string(path("mine.json")).expect("read");
        assert_eq!(kept, "{\"title\": \"Mine\"}");
        assert!(refused(folder.path()).contains("no file"));

        log_file(&path("new.log")).expect("made");
        log_file(&path("new.log")).expect("an empty one is gone on with");
        let log = format!("2026-11-28T01:00:00Z  INFO {BEGINS} version=1\n");
        fs::write(path("new.log"), &log).expect("written");
        let mut file = log_file(&path("new.log")).expect("a log is gone on with");
        io::Write::write_all(&mut file, b"more\n").expect("written");
        let both = fs::read_to_string(path("new.log")).expect("read");
        assert_eq!(both, log + "more\n");
    }

    #[test]
    #[cfg(unix)]
    fn a_pipe_is_no_log() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo").success());
        assert!(log_file(&pipe).is_err());
    }
}
