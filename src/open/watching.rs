//! Watches the open file, for a reload when another program saves it.
//!
//! Its folder is watched rather than the file: many editors write another file and rename it, and
//! then the old one never changes again. When to reload is left to the caller.

use std::{
    ffi::OsString,
    path::Path,
    sync::mpsc::{Receiver, channel},
};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// A file that is watched until this is dropped.
#[derive(Debug)]
pub struct Watch {
    /// Ends the watch when it is dropped.
    _watcher: RecommendedWatcher,
    changed: Receiver<()>,
}

impl Watch {
    /// Starts to watch a file. `wake` is called from another thread whenever the file has changed.
    /// `None` where its folder cannot be watched: then the file is not reloaded.
    pub fn start(file: &Path, wake: impl Fn() + Send + 'static) -> Option<Self> {
        let file = std::path::absolute(file).ok()?;
        let (folder, name) = (file.parent()?.to_owned(), OsString::from(file.file_name()?));
        let (sender, changed) = channel();
        let heard = move |event: notify::Result<Event>| {
            let is_change = |event: &Event| {
                !matches!(event.kind, EventKind::Access(_))
                    && event
                        .paths
                        .iter()
                        .any(|path| path.file_name() == Some(&name))
            };
            // Where the receiver is gone there is nothing to do.
            if event.is_ok_and(|event| is_change(&event)) && sender.send(()).is_ok() {
                wake();
            }
        };
        let mut watcher = notify::recommended_watcher(heard).ok()?;
        watcher.watch(&folder, RecursiveMode::NonRecursive).ok()?;
        Some(Self {
            _watcher: watcher,
            changed,
        })
    }

    /// Whether the file has changed since the last call.
    pub fn take(&self) -> bool {
        self.changed.try_iter().count() > 0
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, sync::mpsc::channel, time::Duration};

    use super::*;

    #[test]
    fn changes_of_the_file_are_reported_and_changes_beside_it_are_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.json");
        fs::write(&file, "1").expect("written");
        let (sender, woken) = channel();
        let watch = Watch::start(&file, move || sender.send(()).unwrap_or_default());
        let watch = watch.expect("a watch");
        fs::write(folder.path().join("b.json"), "2").expect("written");
        assert!(woken.recv_timeout(Duration::from_millis(100)).is_err());
        fs::write(&file, "3").expect("written");
        woken
            .recv_timeout(Duration::from_secs(5))
            .expect("written in place");
        assert!(watch.take());
        while woken.recv_timeout(Duration::from_millis(100)).is_ok() {}
        watch.take();
        let other = folder.path().join("c.json");
        fs::write(&other, "4").expect("written");
        fs::rename(&other, &file).expect("renamed");
        woken
            .recv_timeout(Duration::from_secs(5))
            .expect("renamed over it");
        assert!(watch.take());
    }
}
