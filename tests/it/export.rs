//! Output: pictures, documents, pages.

mod browser;
mod documents;
mod slides;
mod web_page;

use std::sync::Arc;

use lopdf::Document as Pdf;
use meanwhile::{
    export::{
        fonts::BundledOnly,
        job::{Document, Format, Job, Selection},
        picture::{PictureFile, Pictures},
        svg::Texts,
    },
    formats,
    layout::{Theme, page::Page, picture::View, sheet::Shows},
    model::Timeline,
    open::{self, Origin},
};

use super::FONTS;

/// What is exported, and how.
struct Exported {
    timeline: Arc<Timeline>,
    selection: Selection,
    document: Document,
    theme: &'static Theme,
    shows: Shows,
    pictures: Pictures,
}

impl Exported {
    fn shipped(document: Document) -> Self {
        let loaded = open::read(&Origin::Shipped).expect("the shipped file");
        Self {
            timeline: loaded.timeline,
            selection: Selection::default(),
            document,
            theme: &Theme::LIGHT,
            shows: Shows::ALL,
            pictures: Pictures::default(),
        }
    }

    fn of(json: &str, document: Document) -> Self {
        let source = formats::read(json.as_bytes()).expect("a chronology");
        Self {
            timeline: source.timeline,
            ..Self::shipped(document)
        }
    }

    /// With a picture of a name, 40 by 20 pixels.
    fn with_picture(mut self, name: &str) -> Self {
        let rgba = [200, 100, 50, 255].repeat(40 * 20);
        let picture = PictureFile::of_rgba((40, 20), rgba, 1000).expect("a picture");
        self.pictures.add(name, picture);
        self
    }

    fn job<T>(&self, with: impl FnOnce(&Job<'_>) -> T) -> T {
        let lane_index = self.selection.lane_index(&self.timeline).expect("events");
        with(&Job {
            lane_index: &lane_index,
            document: self.document,
            view: View::Whole,
            filtered: None,
            theme: self.theme,
            shows: self.shows,
            texts: Texts::Text,
            measure: &*FONTS,
            pictures: &self.pictures,
            fonts: &BundledOnly,
        })
    }

    fn file(&self, format: Format) -> Vec<u8> {
        self.job(|job| job.file(format)).expect("a file")
    }

    fn pages(&self) -> Vec<Page> {
        self.job(|job| job.pages().expect("pages"))
    }

    fn pdf(&self) -> Pdf {
        Pdf::load_mem(&self.file(Format::Pdf)).expect("a PDF")
    }
}
