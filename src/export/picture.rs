//! Pictures of events, as their files have them.

use std::sync::Arc;

use krilla::{Data, image::Image};

/// How a picture is encoded.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    WebP,
}

impl PictureFormat {
    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::WebP => "image/webp",
        }
    }
}

/// A picture, read and found to be one.
#[derive(Clone)]
pub struct PictureFile {
    /// The bytes of its file.
    pub bytes: Arc<Vec<u8>>,
    /// How it is encoded.
    pub format: PictureFormat,
    /// Its width and height, in pixels.
    pub size: (u32, u32),
}

impl PictureFile {
    /// The picture for a PDF; `None` where it cannot be decoded.
    pub(super) fn image(&self) -> Option<Image> {
        let data = Data::from(Arc::clone(&self.bytes));
        let image = match self.format {
            PictureFormat::Png => Image::from_png(data, true),
            PictureFormat::Jpeg => Image::from_jpeg(data, true),
            PictureFormat::WebP => Image::from_webp(data, true),
        };
        image.ok()
    }
}
