//! Saves the chronology in another format, on a thread.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, TryRecvError},
    },
};

use egui::Context;

use crate::{
    formats::{Source, write::Target},
    open::{
        self, Origin,
        saving::{Existing, save},
        worker,
    },
};

/// The thread that saves.
pub(super) struct Saving {
    /// The file that is written.
    pub path: PathBuf,
    /// Its format.
    pub target: Target,
    /// The text as it was when it began; `None` where nothing was changed.
    pub text: Option<Arc<String>>,
    answer: Receiver<Result<Vec<String>, String>>,
}

impl Saving {
    /// Starts to write a chronology into a file; the name of one without an ending gets that of the
    /// format.
    pub fn start(
        source: &Source,
        origin: &Origin,
        (path, target): (&Path, Target),
        text: Option<Arc<String>>,
        ctx: &Context,
    ) -> Self {
        // The dialog has asked about the name that was chosen, not about one with an ending added.
        let (path, existing) = match path.extension() {
            Some(_) => (path.to_owned(), Existing::Replace),
            None => (path.with_extension(target.ending()), Existing::Keep),
        };
        let (source, origin, changed) = (source.clone(), origin.clone(), text.clone());
        let (to, ctx) = (path.clone(), ctx.clone());
        let answer = worker::start(
            "save",
            move || ctx.request_repaint(),
            move |outbox| {
                let text = changed.map_or_else(|| open::text(&source, &origin), Ok);
                let text = text.map_err(|error| error.to_string());
                outbox.send(text.and_then(|text| written(&text, (&to, target, existing))));
            },
        );
        Self {
            path,
            target,
            text,
            answer,
        }
    }

    /// What was left out, a line each, or why it failed; `None` while it is being written.
    pub fn poll(&self) -> Option<Result<Vec<String>, String>> {
        match self.answer.try_recv() {
            Ok(answer) => Some(answer),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(
                "saving broke off, which is a fault of this program; please report it".to_owned(),
            )),
        }
    }
}

/// Writes a chronology into a file. What the format has no place for is left out, and returned.
fn written(
    text: &str,
    (path, target, existing): (&Path, Target, Existing),
) -> Result<Vec<String>, String> {
    let (written, losses) = target.write(text).map_err(|error| error.to_string())?;
    save(path, &written, existing).map_err(|error| error.to_string())?;
    Ok(losses.lines().collect())
}
