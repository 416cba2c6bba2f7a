//! A page as PNG: its SVG in outlines, drawn by resvg.

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree},
};

use super::{
    ExportError,
    shape::Shaper,
    svg::{self, About, Texts},
};
use crate::layout::page::Page;

/// The most pixels of a picture, in millions: at 4 bytes each, half a gigabyte.
const MOST_MILLIONS: u32 = 128;

/// An image: rows of RGBA from the top, premultiplied.
pub struct Image {
    pixmap: Pixmap,
}

impl Image {
    /// Width and height, in pixels.
    pub fn size(&self) -> (u32, u32) {
        (self.pixmap.width(), self.pixmap.height())
    }

    /// Red, green, blue and opacity of each pixel, not premultiplied, row by row.
    pub fn rgba(self) -> Vec<u8> {
        self.pixmap.take_demultiplied()
    }

    /// The PNG file.
    ///
    /// # Errors
    ///
    /// Where the encoder fails.
    pub fn png(&self) -> Result<Vec<u8>, ExportError> {
        self.pixmap.encode_png().map_err(|error| failed(&error))
    }
}

/// Draws a page, enlarged by `scale`.
///
/// # Errors
///
/// Where it has too many pixels, or the drawing fails.
pub fn image(page: &Page, scale: f32, shaper: &mut Shaper<'_>) -> Result<Image, ExportError> {
    let pixels = |px: f32| (px * scale).round().max(1.0) as u32;
    let (width, height) = (pixels(page.width_px), pixels(page.height_px));
    let too_large = ExportError::TooLarge {
        width,
        height,
        most: MOST_MILLIONS,
    };
    if u64::from(width) * u64::from(height) > u64::from(MOST_MILLIONS) * 1_000_000 {
        return Err(too_large);
    }
    let about = About {
        title: "",
        description: "",
        language: "",
    };
    let text = svg::page(page, about, Texts::Outlines, shaper);
    let tree = Tree::from_str(&text, &Options::default()).map_err(|error| failed(&error))?;
    let mut pixmap = Pixmap::new(width, height).ok_or(too_large)?;
    let transform = Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    Ok(Image { pixmap })
}

fn failed(error: &dyn std::fmt::Display) -> ExportError {
    ExportError::Format {
        format: "picture",
        said: error.to_string(),
    }
}
