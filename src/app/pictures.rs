//! The pictures of the open story: requests them from their thread, and makes textures of them.

use egui::{ColorImage, Context, TextureOptions};

use crate::{
    model::Media,
    open::pictures::{Beside, PictureThread},
    view::gallery::{Gallery, PictureState},
};

/// Pictures being read, and those that have been.
#[derive(Default)]
pub(super) struct Pictures {
    thread: Option<(Beside, PictureThread)>,
    gallery: Gallery,
}

impl Pictures {
    /// Requests missing pictures and takes those that were read: `wanted` are those of the open
    /// story. Others are dropped.
    pub fn update(&mut self, beside: &Beside, wanted: &[Media], ctx: &Context) {
        self.gallery
            .retain(|file, _| wanted.iter().any(|media| media.file == *file));
        if self.thread.as_ref().is_some_and(|(of, _)| of != beside) {
            self.forget();
        }
        let wanted = wanted.iter().filter(|media| media.is_local());
        for media in wanted {
            if self.gallery.contains_key(&media.file) {
                continue;
            }
            let (_, thread) = self.thread.get_or_insert_with(|| {
                let (of, ctx) = (beside.clone(), ctx.clone());
                (
                    of.clone(),
                    PictureThread::start(of, move || ctx.request_repaint()),
                )
            });
            thread.ask(media);
            self.gallery
                .insert(media.file.clone(), PictureState::Waiting);
        }
        let read = self.thread.iter().flat_map(|(_, thread)| thread.take());
        for (file, answer) in read {
            let Some(slot) = self.gallery.get_mut(&file) else {
                // Of a story that is no longer open.
                continue;
            };
            *slot = match answer {
                Ok(picture) => {
                    let pixels = ColorImage::from_rgba_unmultiplied(picture.size_px, &picture.rgba);
                    PictureState::Shown(ctx.load_texture(file, pixels, TextureOptions::LINEAR))
                }
                Err(error) => PictureState::Failed(error.to_string()),
            };
        }
    }

    /// Drops all pictures: the file was opened or reloaded, and they may have changed too.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// The pictures by file name, each waiting, shown or failed.
    pub const fn gallery(&self) -> &Gallery {
        &self.gallery
    }
}
