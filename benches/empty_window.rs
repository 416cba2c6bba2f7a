//! An empty window, the baseline cost of any window: eframe with the features that Meanwhile has,
//! one label, nothing else.
//!
//! ```sh
//! cargo build --release --example empty_window
//! target/release/examples/empty_window --first-frame   # prints monotonic ms, CPU ms and exits
//! target/release/examples/empty_window --memory        # prints its memory as JSON and exits
//! ```
//!
//! `first_frame` and `open` compare Meanwhile with it. With `--first-frame` it prints once its
//! first frame has been painted and swapped: at the start of the second, which it requests at once.

#[path = "common/machine.rs"]
#[allow(dead_code, reason = "only clocks and memory are asked here")]
mod machine;

use eframe::NativeOptions;
use egui::{Ui, ViewportBuilder, ViewportCommand};
use machine::Memory;

/// Frames after which all one-time allocations have been made.
const SETTLED_FRAMES: u32 = 60;

struct Empty {
    frames: u32,
    prints_first_frame: bool,
    prints_memory: bool,
}

impl eframe::App for Empty {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        let is_over = match self.frames {
            1 if self.prints_first_frame => {
                println!("{} {}", machine::monotonic_ms(), machine::process_ms());
                true
            }
            SETTLED_FRAMES if self.prints_memory => {
                println!("{}", serde_json::json!(Memory::now()));
                true
            }
            _ => false,
        };
        if is_over {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        ui.label("An empty window");
        self.frames += 1;
        if self.prints_first_frame || self.prints_memory {
            ui.request_repaint();
        }
    }
}

fn main() -> eframe::Result {
    let has = |flag: &str| std::env::args().any(|argument| argument == flag);
    let app = Empty {
        frames: 0,
        prints_first_frame: has("--first-frame"),
        prints_memory: has("--memory"),
    };
    let options = NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title("Empty")
            .with_inner_size([1440.0, 900.0]),
        ..NativeOptions::default()
    };
    eframe::run_native("empty", options, Box::new(|_| Ok(Box::new(app))))
}
