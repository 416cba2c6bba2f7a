//! The glyph atlas, which may grow later in a frame than texts were put into meshes.

use std::sync::Arc;

use egui::{Context, FullOutput, Plugin, Shape, TextureId, Vec2, vec2};

/// The size of the glyph atlas with which texts were put into meshes in this frame, in texels.
///
/// A plugin that runs when the frame is done: if texts laid out later have made the atlas grow, it
/// corrects the texture coordinates of meshes made before.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Atlas {
    size_px: [usize; 2],
}

impl Atlas {
    /// As it is now.
    pub fn now(ctx: &Context) -> Self {
        ctx.fonts(|fonts| Self {
            size_px: fonts.font_image_size(),
        })
    }

    /// The size of a texel as a share of the atlas.
    pub fn share(self) -> Vec2 {
        let [width, height] = self.size_px.map(|px| 1.0 / px.max(1) as f32);
        vec2(width, height)
    }
}

impl Plugin for Atlas {
    fn debug_name(&self) -> &'static str {
        "atlas"
    }

    fn output_hook(&mut self, ctx: &Context, output: &mut FullOutput) {
        let grown = Self::now(ctx);
        if grown == *self {
            return;
        }
        let by = grown.share() / self.share();
        for clipped in &mut output.shapes {
            if let Shape::Mesh(mesh) = &mut clipped.shape
                && mesh.texture_id == TextureId::default()
            {
                for vertex in &mut Arc::make_mut(mesh).vertices {
                    vertex.uv = (vertex.uv.to_vec2() * by).to_pos2();
                }
            }
        }
    }
}
