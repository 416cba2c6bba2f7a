//! A page as PNG: its SVG in outlines, drawn by resvg.

use resvg::{
    tiny_skia::{FilterQuality, IntSize, Pixmap, PixmapPaint, Transform},
    usvg::{Options, Tree},
};

use super::{
    ExportError,
    picture::PictureFile,
    shape::Shaper,
    svg::{self, About, Pixels, Texts},
};
use crate::layout::page::{Page, Part};

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

/// Draws a page with its pictures.
///
/// # Errors
///
/// Where it has too many pixels, or the drawing fails.
pub fn image(
    page: &Page,
    pixels: Pixels,
    pictures: &[PictureFile],
    shaper: &mut Shaper<'_>,
) -> Result<Image, ExportError> {
    let scale = pixels.per_px;
    let count = |px: f32| (px * scale).round().max(1.0) as u32;
    let (width, height) = (count(page.width_px), count(page.height_px));
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
    let text = svg::page(page, about, Texts::Pixels(pixels), &[], shaper);
    let tree = Tree::from_str(&text, &Options::default()).map_err(|error| failed(&error))?;
    let mut pixmap = Pixmap::new(width, height).ok_or(too_large)?;
    let transform = Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    for part in &page.parts {
        draw_picture(part, scale, pictures, &mut pixmap);
    }
    Ok(Image { pixmap })
}

/// Draws the picture of a part over it, where it can be decoded.
fn draw_picture(part: &Part, scale: f32, pictures: &[PictureFile], pixmap: &mut Pixmap) {
    let Some((rect, number)) = part.picture else {
        return;
    };
    let file = pictures.get(number);
    let decoded = file.and_then(|file| image::load_from_memory(&file.bytes).ok());
    let Some(picture) = decoded.map(image::DynamicImage::into_rgba8) else {
        return;
    };
    let size = IntSize::from_wh(picture.width(), picture.height());
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let mut bytes = picture.into_raw();
    for pixel in bytes.chunks_exact_mut(4) {
        if let [r, g, b, alpha] = pixel {
            for channel in [r, g, b] {
                *channel = (u16::from(*channel) * u16::from(*alpha) / 255) as u8;
            }
        }
    }
    let Some(picture) = size.and_then(|size| Pixmap::from_vec(bytes, size)) else {
        return;
    };
    let by = scale * part.scale;
    let transform = Transform::from_row(
        rect.width() * by / width,
        0.0,
        0.0,
        rect.height() * by / height,
        (part.x + rect.x0 * part.scale) * scale,
        (part.y + rect.y0 * part.scale) * scale,
    );
    let paint = PixmapPaint {
        quality: FilterQuality::Bilinear,
        ..PixmapPaint::default()
    };
    pixmap.draw_pixmap(0, 0, picture.as_ref(), &paint, transform, None);
}

fn failed(error: &dyn std::fmt::Display) -> ExportError {
    ExportError::Format {
        format: "picture",
        said: error.to_string(),
    }
}
