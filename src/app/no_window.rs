//! Why a window could not be opened, in one sentence.
//!
//! The toolkit's errors name locations in library code; a user needs to know which display was
//! tried and what to install.

use thiserror::Error;

/// Why no window could be opened.
#[derive(Debug, Error)]
pub enum NoWindow {
    /// There is a display, but no OpenGL to draw with.
    #[error(
        "the display {display} offers no OpenGL 2.1 or later, which the window is drawn with ({reason}); \
         install a driver for it (on Debian and Ubuntu: libgl1, libegl1 and libgl1-mesa-dri, which also draws without a graphics card), or start it with LIBGL_ALWAYS_SOFTWARE=1"
    )]
    NoOpenGl {
        /// The name of the display.
        display: String,
        /// What the system says.
        reason: String,
    },
    /// No display answers.
    #[error("no window can be opened on display {display}: {reason}")]
    NoDisplay {
        /// The name of the display.
        display: String,
        /// What the system says.
        reason: String,
    },
}

impl NoWindow {
    /// The toolkit's error, in words for the user.
    pub fn new(error: &eframe::Error) -> Self {
        let display = ["WAYLAND_DISPLAY", "DISPLAY"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
        let display = display.unwrap_or_else(|| "(none)".to_owned());
        match error {
            eframe::Error::NoGlutinConfigs(..) => NoWindow::NoOpenGl {
                display,
                reason: "no way to draw into a window was found".to_owned(),
            },
            eframe::Error::Glutin(error) => NoWindow::NoOpenGl {
                display,
                reason: error.to_string(),
            },
            eframe::Error::OpenGL(error) => NoWindow::NoOpenGl {
                display,
                reason: error.to_string(),
            },
            _ => NoWindow::NoDisplay {
                display,
                reason: last_clause(&error.to_string()).to_owned(),
            },
        }
    }
}

/// The error itself, without the locations in library code before it.
fn last_clause(message: &str) -> &str {
    message.rsplit(": ").next().unwrap_or(message)
}
