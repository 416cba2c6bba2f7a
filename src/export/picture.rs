//! Pictures of events, encoded to be put into documents.

use std::{collections::HashMap, io::Cursor, sync::Arc};

use image::{
    DynamicImage, ImageFormat, RgbImage, RgbaImage, codecs::jpeg::JpegEncoder, imageops::FilterType,
};
use krilla::{Data, image::Image};

use crate::model::Media;

/// The quality of JPEG, 1 to 100.
const QUALITY: u8 = 88;
/// A drawing is kept without loss where that takes at most this many times the bytes of a JPEG.
const WORTH: usize = 2;

/// How a picture is encoded.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

impl PictureFormat {
    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// The ending of its files.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
        }
    }
}

/// An encoded picture.
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
    /// Encodes a picture, given as red, green, blue and opacity row by row, with its longer side at
    /// most `most_px`; `None` where the bytes are not of that size.
    pub fn of_rgba(size: (u32, u32), rgba: Vec<u8>, most_px: u32) -> Option<Self> {
        let mut picture = DynamicImage::from(RgbaImage::from_raw(size.0, size.1, rgba)?);
        if picture.width().max(picture.height()) > most_px {
            picture = picture.resize(most_px, most_px, FilterType::CatmullRom);
        }
        let size = (picture.width(), picture.height());
        let rgba = picture.to_rgba8();
        let is_opaque = rgba.pixels().all(|pixel| pixel.0[3] == u8::MAX);
        let rgb: RgbImage = picture.into_rgb8();
        let mut png = Cursor::new(Vec::new());
        let written = if is_opaque {
            rgb.write_to(&mut png, ImageFormat::Png)
        } else {
            rgba.write_to(&mut png, ImageFormat::Png)
        };
        written.ok()?;
        let png = png.into_inner();
        let mut jpeg = Vec::new();
        let is_smaller = is_opaque
            && rgb
                .write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, QUALITY))
                .is_ok()
            && png.len() > jpeg.len() * WORTH;
        let (bytes, format) = if is_smaller {
            (jpeg, PictureFormat::Jpeg)
        } else {
            (png, PictureFormat::Png)
        };
        Some(Self {
            bytes: Arc::new(bytes),
            format,
            size,
        })
    }

    /// The picture for a PDF; `None` where it cannot be decoded.
    pub(super) fn image(&self) -> Option<Image> {
        let data = Data::from(Arc::clone(&self.bytes));
        let image = match self.format {
            PictureFormat::Png => Image::from_png(data, true),
            PictureFormat::Jpeg => Image::from_jpeg(data, true),
        };
        image.ok()
    }
}

/// The pictures of a chronology, each once.
#[derive(Clone, Default)]
pub struct Pictures {
    /// In the order in which they were added.
    pub files: Vec<PictureFile>,
    by_name: HashMap<String, usize>,
}

impl Pictures {
    /// Adds the picture of a file that the chronology names.
    pub fn add(&mut self, name: &str, file: PictureFile) {
        self.by_name.insert(name.to_owned(), self.files.len());
        self.files.push(file);
    }

    /// The picture that an event names, with its number.
    pub fn of(&self, media: &Media) -> Option<(usize, &PictureFile)> {
        let number = *self.by_name.get(&media.file)?;
        Some((number, self.files.get(number)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_stays_sharp_and_a_photograph_gets_small() {
        let flat = vec![255; 4 * 200 * 100];
        let drawing = PictureFile::of_rgba((200, 100), flat, 2000).unwrap();
        assert_eq!(
            (drawing.format, drawing.size),
            (PictureFormat::Png, (200, 100))
        );
        let mut state = 1_u32;
        let noise = (0..4 * 400 * 300).map(|at| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            if at % 4 == 3 {
                255
            } else {
                (state >> 24) as u8
            }
        });
        let photograph = PictureFile::of_rgba((400, 300), noise.collect(), 200).unwrap();
        assert_eq!(photograph.format, PictureFormat::Jpeg);
        assert_eq!(photograph.size, (200, 150));
        let clear = PictureFile::of_rgba((2, 2), vec![0; 16], 10).unwrap();
        assert_eq!(clear.format, PictureFormat::Png, "transparency is kept");
        assert!(PictureFile::of_rgba((2, 2), vec![0; 3], 10).is_none());
    }
}
