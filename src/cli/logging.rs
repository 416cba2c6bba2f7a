//! The log for support, with `--log`: what the program does, in a file. Nothing that a chronology says
//! stands in it, nor the name of a file.

use std::{env, fs::File, io, path::Path, sync::Mutex};

use tracing::Level;
use tracing_subscriber::{
    filter::Targets, fmt, layer::SubscriberExt as _, registry, util::SubscriberInitExt as _,
};

/// Begins a log in a new file.
///
/// # Errors
///
/// Where the file cannot be made.
pub fn start(path: &Path) -> io::Result<()> {
    let file = Mutex::new(File::create(path)?);
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
