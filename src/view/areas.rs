//! The parts of the window: where each lies.

use egui::{Rect, pos2};

/// The height of the bar at the top, in px.
const TOP_BAR_PX: f32 = 60.0;
/// The height of the overview at the bottom, in px.
const OVERVIEW_PX: f32 = 64.0;
/// The width of a story, its coloured edge included, in px: in a wide and in a small window.
const STORY_PX: (f32, f32) = (380.0, 340.0);
/// Windows at least this wide, in px, have the wide story.
const WIDE_STORY_FROM_PX: f32 = 1000.0;
/// A sheet leaves at least this much of the canvas visible, in px; else the story is a page.
const LEAST_SEEN_PX: f32 = 420.0;
/// In windows at least this wide, in px, the story has a column of its own; else it covers the
/// canvas.
const COLUMN_FROM_PX: f32 = 1200.0;

/// How an open story is placed in the window.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum StoryForm {
    /// In a column of its own.
    Column,
    /// Over the right of the canvas; the camera moves to keep the selected event visible.
    Sheet,
    /// Over everything below the top bar, where there is no room for both.
    Page,
}

/// The rectangles of the parts of the window, in px.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Areas {
    /// Title and menu.
    pub top_bar: Rect,
    /// The timeline with its lanes' names and its axis.
    pub canvas: Rect,
    /// The overview strip at the bottom.
    pub overview: Rect,
    /// An open story.
    pub story: Rect,
    /// How the story is placed.
    pub story_form: StoryForm,
    /// The width of the narrowest canvas of this window, in px: rows are chosen for it.
    pub narrowest_px: f32,
}

impl Areas {
    /// Divides a window into its parts.
    pub fn new(window: Rect, is_story_open: bool) -> Self {
        let width = window.width();
        let (wide_px, small_px) = STORY_PX;
        let sheet_px = if width >= WIDE_STORY_FROM_PX {
            wide_px
        } else {
            small_px
        };
        let (story_form, story_px) = match width {
            COLUMN_FROM_PX.. => (StoryForm::Column, wide_px),
            _ if width - sheet_px >= LEAST_SEEN_PX => (StoryForm::Sheet, sheet_px),
            _ => (StoryForm::Page, width),
        };
        let column_px = if story_form == StoryForm::Column {
            story_px
        } else {
            0.0
        };
        let open_px = if is_story_open { story_px } else { 0.0 };
        let right = window.right() - open_px.min(column_px);
        let top = (window.top() + TOP_BAR_PX).min(window.bottom());
        let bottom = (window.bottom() - OVERVIEW_PX).max(top);
        let story_left = window.right() - story_px;
        // Beside a story the overview stays as wide as the window.
        let story_bottom = if story_form == StoryForm::Page {
            window.bottom()
        } else {
            bottom
        };
        Self {
            top_bar: Rect::from_min_max(window.min, pos2(window.right(), top)),
            canvas: Rect::from_min_max(pos2(window.left(), top), pos2(right, bottom)),
            overview: Rect::from_min_max(pos2(window.left(), bottom), window.max),
            story: Rect::from_min_max(pos2(story_left, top), pos2(window.right(), story_bottom)),
            story_form,
            narrowest_px: if story_form == StoryForm::Page {
                width
            } else {
                width - story_px
            },
        }
    }

    /// How much of the canvas an open sheet covers on its right, in px.
    pub fn sheet_px(&self) -> f32 {
        if self.story_form == StoryForm::Sheet {
            self.story.width()
        } else {
            0.0
        }
    }

    /// How much of the canvas' width the column of an open story takes, in px.
    pub fn column_px(&self) -> f32 {
        if self.story_form == StoryForm::Column {
            self.story.width()
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_tile_the_window_at_every_size() {
        for (width, height) in [
            (800.0, 600.0),
            (1024.0, 768.0),
            (1440.0, 900.0),
            (1920.0, 1080.0),
            (100.0, 50.0),
        ] {
            let window = Rect::from_min_max(pos2(0.0, 0.0), pos2(width, height));
            for is_open in [false, true] {
                let areas = Areas::new(window, is_open);
                assert_eq!(areas.top_bar.bottom(), areas.canvas.top());
                assert_eq!(areas.canvas.bottom(), areas.overview.top());
                assert_eq!(areas.story.right(), width);
                assert!(areas.canvas.width() >= areas.narrowest_px - 0.1);
                let is_column = areas.story_form == StoryForm::Column;
                assert_eq!(areas.canvas.right() < width, is_open && is_column);
                assert!(areas.canvas.width() - areas.sheet_px() > 300.0 || width < 400.0);
            }
        }
    }
}
