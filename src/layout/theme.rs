//! Colours and sizes as plain data: the three themes.
//!
//! Lanes have their own colours or take the theme's in order; either way the colour is moved in
//! lightness until it is legible on the background ([`Theme::lane_colors`]). It leaves to others
//! which theme is active, and how a colour is converted to the toolkit's.

use super::mark::BAND_STRENGTH;
use crate::model::{Era, Lane, LaneId, Rgb};

/// The contrast that text needs on its background (WCAG 2.2, 1.4.3). Lane colours, used for text
/// and for marks, have it too.
pub const TEXT_CONTRAST: f64 = 4.5;
/// The least contrast of a mark (WCAG 2.2, non-text contrast).
pub const MARK_CONTRAST: f64 = 3.0;

/// A colour with opacity: sRGB channels and a linear alpha, not premultiplied.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Rgba {
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// 0 is clear, 255 is solid.
    pub alpha: u8,
}

impl Rgba {
    /// A solid colour from `0xRRGGBB`.
    pub const fn hex(hex: u32) -> Self {
        Self {
            rgb: [(hex >> 16) as u8, (hex >> 8) as u8, hex as u8],
            alpha: 255,
        }
    }

    /// The same colour at `opacity` (0 to 1) times its own.
    #[must_use]
    pub fn faded(self, opacity: f32) -> Self {
        Self {
            alpha: rounded(f32::from(self.alpha) * opacity.clamp(0.0, 1.0)),
            ..self
        }
    }

    /// `share` of the way (0 to 1) to `other`, channel by channel.
    #[must_use]
    pub fn toward(self, other: Self, share: f32) -> Self {
        let mix = |a: u8, b: u8| rounded(f32::from(a) + (f32::from(b) - f32::from(a)) * share);
        let ([r, g, b], [r2, g2, b2]) = (self.rgb, other.rgb);
        Self {
            rgb: [mix(r, r2), mix(g, g2), mix(b, b2)],
            alpha: mix(self.alpha, other.alpha),
        }
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2).
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        let [r, g, b] = self.rgb;
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    /// The contrast of two solid colours, 1 to 21 (WCAG 2.2).
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// A channel rounded to the nearest integer. (`f32::round` is a library call: too expensive for
/// each point of a picture.)
fn rounded(channel: f32) -> u8 {
    (channel + 0.5) as u8
}

impl From<Rgb> for Rgba {
    fn from(Rgb(rgb): Rgb) -> Self {
        Self { rgb, alpha: 255 }
    }
}

/// A theme's colours and sizes. All sizes are logical pixels at a text size of 100 %.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Its name, unique among themes.
    pub name: &'static str,
    /// The factor by which everything is enlarged.
    pub scale: f32,
    /// How thick lines are, in px.
    pub stroke_px: f32,
    /// Whether the ground is darker than the ink.
    pub is_dark: bool,
    /// The background of the canvas.
    pub ground: Rgba,
    /// The background of stories, menus and the overview.
    pub panel: Rgba,
    /// Text and the axis.
    pub ink: Rgba,
    /// Dates, hints.
    pub muted: Rgba,
    /// Lines between areas and lanes.
    pub hairline: Rgba,
    /// Vertical lines of the time grid.
    pub grid: Rgba,
    /// The interface's one accent colour.
    pub accent: Rgba,
    /// Text on the accent.
    pub on_accent: Rgba,
    /// For lanes without a colour of their own, in order; the sixth lane gets the first one again.
    pub lanes: [Rgba; 5],
}

/// The colours of a timeline's lanes in a theme.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LaneColors {
    colors: Vec<Rgba>,
    /// The [fill strengths](Theme::band_strength) of bands in these colours.
    strengths: Vec<f32>,
    /// The colour of a lane that the timeline does not have.
    ink: Rgba,
}

impl LaneColors {
    /// The colour of a lane.
    pub fn of(&self, lane: LaneId) -> Rgba {
        self.colors.get(lane.index()).copied().unwrap_or(self.ink)
    }

    /// The [fill strength](Theme::band_strength) of a band in the colour of a lane.
    pub fn strength(&self, lane: LaneId) -> f32 {
        self.strengths.get(lane.index()).copied().unwrap_or(1.0)
    }

    /// The colours of all lanes, in their order.
    pub fn iter(&self) -> impl Iterator<Item = Rgba> {
        self.colors.iter().copied()
    }
}

impl Theme {
    /// Dark ink on a light background.
    pub const LIGHT: Self = Self {
        name: "light",
        scale: 1.0,
        stroke_px: 1.0,
        is_dark: false,
        ground: Rgba::hex(0xF7_F4EE),
        panel: Rgba::hex(0xFF_FDF9),
        ink: Rgba::hex(0x1D_2126),
        muted: Rgba::hex(0x64_6A72),
        hairline: Rgba::hex(0xE3_DDD2),
        grid: Rgba::hex(0xEB_E6DC),
        accent: Rgba::hex(0x9A_3412),
        on_accent: Rgba::hex(0xFF_FDF9),
        lanes: [
            Rgba::hex(0x4A_5A6A),
            Rgba::hex(0xB4_521E),
            Rgba::hex(0x6B_4E9B),
            Rgba::hex(0x8C_2333),
            Rgba::hex(0x0F_766E),
        ],
    };

    /// Light ink on a dark background.
    pub const DARK: Self = Self {
        name: "dark",
        scale: 1.0,
        stroke_px: 1.0,
        is_dark: true,
        ground: Rgba::hex(0x14_161A),
        panel: Rgba::hex(0x1B_1E24),
        ink: Rgba::hex(0xEC_E8E1),
        muted: Rgba::hex(0xA3_A8B0),
        hairline: Rgba::hex(0x2C_3038),
        grid: Rgba::hex(0x22_262D),
        accent: Rgba::hex(0xE8_895B),
        on_accent: Rgba::hex(0x14_161A),
        lanes: [
            Rgba::hex(0x9D_B2C7),
            Rgba::hex(0xF0_A06A),
            Rgba::hex(0xB9_A2EC),
            Rgba::hex(0xF0_8A97),
            Rgba::hex(0x5C_C9BC),
        ],
    };

    /// Ink on white for a projector in a bright room: larger text, thicker lines, stronger colours.
    pub const PROJECTOR: Self = Self {
        name: "projector",
        scale: 1.25,
        stroke_px: 1.5,
        is_dark: false,
        ground: Rgba::hex(0xFF_FFFF),
        panel: Rgba::hex(0xFF_FFFF),
        ink: Rgba::hex(0x0B_0D10),
        muted: Rgba::hex(0x3C_4148),
        hairline: Rgba::hex(0xA8_A39A),
        grid: Rgba::hex(0xCF_CAC1),
        accent: Rgba::hex(0x7C_2A0E),
        on_accent: Rgba::hex(0xFF_FFFF),
        lanes: [
            Rgba::hex(0x36_4452),
            Rgba::hex(0x8F_3F14),
            Rgba::hex(0x54_3B7E),
            Rgba::hex(0x6F_1827),
            Rgba::hex(0x0A_5A54),
        ],
    };

    /// Ink on white paper: the light theme without its ground, which would be printed.
    pub const PRINT: Self = Self {
        name: "print",
        ground: Rgba::hex(0xFF_FFFF),
        panel: Rgba::hex(0xFF_FFFF),
        hairline: Rgba::hex(0xDC_D7CD),
        grid: Rgba::hex(0xEC_E8E0),
        ..Self::LIGHT
    };

    /// All themes of the window.
    pub const ALL: [&'static Self; 3] = [&Self::LIGHT, &Self::DARK, &Self::PROJECTOR];

    /// One colour per lane, each legible as text on the ground and on the panel.
    pub fn lane_colors(&self, lanes: &[Lane]) -> LaneColors {
        let own = lanes.iter().zip(self.lanes.iter().cycle());
        let colors = own.map(|(lane, &by_order)| {
            let color = lane.color.map_or(by_order, Rgba::from);
            self.legible(color)
        });
        let colors: Vec<Rgba> = colors.collect();
        let strengths = colors.iter().map(|color| self.band_strength(*color));
        LaneColors {
            strengths: strengths.collect(),
            colors,
            ink: self.ink,
        }
    }

    /// The fill strength of a band in this colour: [`BAND_STRENGTH`], or as much more as it needs
    /// for [`MARK_CONTRAST`] on the ground and in a frame.
    pub fn band_strength(&self, color: Rgba) -> f32 {
        let first = (BAND_STRENGTH * 20.0).round() as u8;
        let strengths = (first..20).map(|step| f32::from(step) / 20.0);
        let is_seen = |strength: &f32| {
            [self.ground, self.panel]
                .iter()
                .all(|ground| ground.toward(color, *strength).contrast(*ground) >= MARK_CONTRAST)
        };
        strengths.into_iter().find(is_seen).unwrap_or(1.0)
    }

    /// The colour of an era's lines and name: its own, as far as it is legible.
    pub fn era_color(&self, era: &Era) -> Rgba {
        era.color
            .map_or(self.muted, |rgb| self.legible(Rgba::from(rgb)))
    }

    /// `color` moved toward black (light theme) or white (dark) in steps of 2 % until it has
    /// [`TEXT_CONTRAST`] on ground and panel. Its hue is kept.
    pub fn legible(&self, color: Rgba) -> Rgba {
        self.with_contrast(color, |color| {
            color.contrast(self.ground).min(color.contrast(self.panel))
        })
    }

    /// Like [`Theme::legible`], on one given ground: the name of an era on its tinted band.
    pub fn legible_on(&self, color: Rgba, ground: Rgba) -> Rgba {
        self.with_contrast(color, |color| color.contrast(ground))
    }

    /// The first of increasingly dark (or light) colours whose contrast is enough.
    fn with_contrast(&self, color: Rgba, contrast: impl Fn(&Rgba) -> f64) -> Rgba {
        let end = if self.is_dark {
            Rgba::hex(0xFF_FFFF)
        } else {
            Rgba::hex(0)
        };
        (0..=50u8)
            .map(|step| color.toward(end, f32::from(step) * 0.02))
            .find(|color| contrast(color) >= TEXT_CONTRAST)
            .unwrap_or(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_and_lane_colour_reads_on_its_ground() {
        for theme in Theme::ALL.into_iter().chain([&Theme::PRINT]) {
            for ground in [theme.ground, theme.panel] {
                for text in [theme.ink, theme.muted, theme.accent] {
                    assert!(
                        text.contrast(ground) >= TEXT_CONTRAST,
                        "{text:?} on {ground:?}"
                    );
                }
                for lane in theme.lanes {
                    let lane = theme.legible(lane);
                    assert!(
                        lane.contrast(ground) >= TEXT_CONTRAST,
                        "{lane:?} on {ground:?}"
                    );
                }
            }
            assert!(theme.on_accent.contrast(theme.accent) >= TEXT_CONTRAST);
        }
    }

    #[test]
    fn any_colour_of_a_file_becomes_legible_and_a_legible_one_is_kept() {
        for theme in Theme::ALL {
            for hex in [
                0x00_0000, 0xFF_FFFF, 0xFF_FF00, 0x00_00FF, 0x80_8080, 0xF7_F4EE,
            ] {
                let color = theme.legible(Rgba::hex(hex));
                assert!(color.contrast(theme.ground) >= TEXT_CONTRAST, "{hex:06X}");
            }
        }
        assert_eq!(
            Theme::LIGHT.legible(Rgba::hex(0x8C_2333)),
            Rgba::hex(0x8C_2333)
        );
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((Rgba::hex(0).contrast(Rgba::hex(0xFF_FFFF)) - 21.0).abs() < 1e-9);
        assert!((Rgba::hex(0x77_7777).contrast(Rgba::hex(0xFF_FFFF)) - 4.48).abs() < 0.01);
    }
}
