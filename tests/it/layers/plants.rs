//! Faults of each kind, planted in source that is given as text, and caught.

use super::{house::House, rules};

/// Checks that a rule finds something in the last of these files, and nothing without it.
fn check(rule: fn(&House) -> Vec<String>, files: &[(&str, &str)]) {
    let (fault, clean) = files.split_last().expect("a fault");
    assert_eq!(
        rule(&House::of(clean.iter().copied())),
        [""; 0],
        "without it"
    );
    let broken = rule(&House::of(files.iter().copied()));
    let (file, text) = fault;
    assert!(!broken.is_empty(), "not caught in {file}: {text}");
}

#[test]
fn an_arrow_that_points_the_other_way_is_caught() {
    for text in [
        "use crate::model::Timeline;",
        "use crate::{layout::Camera, time::Moment};",
        "use crate::{self as root}; use super::super::view::paint;",
        "fn f() -> crate::state::State { todo() }",
        "fn f() { let x = crate::view::paint::draw(); }",
        "fn f() { println!(\"{}\", crate::model::X); }",
        "use super::handed; fn f(it: handed::Timeline) {}",
        "mod inner { use super::super::super::model; }",
        "macro_rules! m { () => { crate::app::run() } }",
    ] {
        check(
            rules::order,
            &[
                ("model.rs", "pub struct Timeline;"),
                ("layout.rs", ""),
                ("state.rs", ""),
                ("view.rs", ""),
                ("view/paint.rs", ""),
                ("app.rs", ""),
                ("time/mod.rs", "pub mod moment;"),
                (
                    "time/moment.rs",
                    &text.replace("super::handed", "crate::model as handed"),
                ),
            ],
        );
    }
    // Through a name that another room hands on.
    check(
        rules::order,
        &[
            ("model.rs", "pub struct Timeline;"),
            ("time/mod.rs", ""),
            ("layout.rs", "pub use crate::model::Timeline;"),
            ("model/lane.rs", "use crate::layout::Camera;"),
        ],
    );
    check(rules::order, &[("time.rs", ""), ("unknown.rs", "")]);
}

#[test]
fn what_tests_name_is_left_out() {
    let text =
        "#[cfg(test)] mod tests { use crate::view; use std::fs; } #[cfg(test)] use egui::Key;";
    let house = House::of([("view.rs", ""), ("time.rs", text)]);
    assert_eq!(rules::order(&house), [""; 0]);
    assert_eq!(rules::purity(&house), [""; 0]);
}

#[test]
fn what_pure_rooms_must_not_know_is_caught() {
    for text in [
        "use std::fs;",
        "use std::{fs};",
        "use std::{fmt, fs::File};",
        "use std::fs as disk;",
        "fn f() { std::thread::spawn(|| ()); }",
        "use std::time::{Duration, Instant};",
        "use std::time; fn f() { let now = time::Instant::now(); }",
        "use chrono::Local; fn f() { Local::now(); }",
        "use egui::Key;",
        "fn f(ctx: &egui::Context) {}",
        "fn f() { format!(\"{:?}\", std::env::args()); }",
        "pub use eframe::egui;",
    ] {
        for room in ["time", "model", "formats", "layout", "command", "state"] {
            check(
                rules::purity,
                &[("view.rs", text), (&format!("{room}.rs"), text)],
            );
        }
    }
    check(
        rules::purity,
        &[
            ("open.rs", "use std::fs;"),
            ("settings.rs", "use egui::Vec2;"),
        ],
    );
}

#[test]
fn subtracted_times_are_caught() {
    check(
        rules::time_to_x,
        &[
            (
                "layout/camera.rs",
                "pub fn secs_between() {} fn f() { a.secs() - b.secs(); }",
            ),
            (
                "view.rs",
                "fn f() { let width = (to.secs() - from.secs()) as f64; }",
            ),
        ],
    );
    check(
        rules::time_to_x,
        &[
            ("layout/camera.rs", "pub fn secs_between() {}"),
            ("state.rs", "use crate::layout::camera::secs_between;"),
        ],
    );
}

#[test]
fn a_change_of_the_state_from_outside_is_caught() {
    let state = (
        "state.rs",
        "pub struct State; impl State { pub fn apply(&mut self) {} fn fly(&mut self) {} }",
    );
    for text in [
        "fn f(app: &mut App) { app.state.camera = None; }",
        "fn f(app: &mut App) { app.state.look.theme = Theme::Dark; }",
        "fn f(app: &mut App) { app.state.scroll_px += 1.0; }",
        "fn f(app: &mut App) { let it = &mut app.state.search; }",
        "fn f(app: &mut App) { app.state.session.take(); }",
        "fn f(app: &mut App) { app.state = State::default(); }",
        "fn f(app: &mut App) { let it = &mut app.state; it.camera = None; }",
        "fn f(app: &mut App) { std::mem::take(&mut app.state); }",
        "fn f(app: &mut App) { app.state.filter.toggle(facet, 3); }",
        "fn f(state: &mut State) {}",
        "fn f(state: &mut crate::state::State) {}",
    ] {
        check(rules::state_changes, &[state, ("view.rs", text)]);
    }
    check(
        rules::state_changes,
        &[
            state,
            ("state/x.rs", "impl State { pub fn reset(&mut self) {} }"),
        ],
    );
    check(
        rules::state_changes,
        &[
            state,
            (
                "state/x.rs",
                "impl State { pub(crate) fn reset(&mut self) {} }",
            ),
        ],
    );
}

#[test]
fn connections_and_unsafe_code_are_caught() {
    for text in [
        "use std::net::TcpStream;",
        "fn f() { std::net::UdpSocket::bind(x); }",
        "use std::{net};",
        "fn f() { ureq::get(x); }",
        "fn f() { unsafe { g() } }",
        "unsafe fn f() {}",
        "unsafe impl Send for X {}",
    ] {
        check(rules::connections, &[("view.rs", ""), ("open.rs", text)]);
    }
}

#[test]
fn circles_of_files_are_caught() {
    for text in [
        "use super::a::A;",
        "use super::{a::{self, A}, c};",
        "fn f(a: super::a::A) {}",
        "fn f() { super::a::run(); }",
        "fn f() { vec![super::a::A]; }",
        "use crate::layout::A;",
        "use super::A as B;",
    ] {
        check(
            rules::circles,
            &[
                (
                    "layout/mod.rs",
                    "pub mod a; pub mod b; pub mod c; pub use a::A;",
                ),
                ("layout/c.rs", ""),
                ("layout/a.rs", "use super::b; pub struct A;"),
                ("layout/b.rs", text),
            ],
        );
    }
    // A parent and its child, and a circle of three.
    check(
        rules::circles,
        &[
            (
                "layout.rs",
                "mod draw; pub struct Pen; fn f() { draw::all(); }",
            ),
            ("layout/draw.rs", "use super::Pen;"),
        ],
    );
    check(
        rules::circles,
        &[
            ("time/a.rs", "use super::b::B;"),
            ("time/b.rs", "use super::c::C;"),
            ("time/c.rs", "use super::a::A;"),
        ],
    );
}

#[test]
fn a_second_maker_of_timelines_is_caught() {
    let builder = ("model/builder.rs", "pub struct TimelineBuilder;");
    for text in [
        "use crate::model::builder::TimelineBuilder;",
        "fn f() { crate::model::builder::TimelineBuilder::default().build(); }",
    ] {
        check(rules::one_reader, &[builder, ("app.rs", text)]);
        check(rules::one_reader, &[builder, ("formats/csv.rs", text)]);
    }
}

#[test]
fn a_second_maker_of_texts_is_caught() {
    for text in [
        "fn f() { let text = SourceText::Kept(x); }",
        "fn f() { let text = x.map(SourceText::Kept); }",
        "fn f() { let text = SourceText::Open; }",
        "fn f() { let text = crate::formats::source::SourceText::Kept(x); }",
        "use crate::formats::SourceText::Kept; fn f() { Kept(x); }",
    ] {
        let own = "pub enum SourceText { Kept } fn f() { SourceText::Kept(x); }";
        let files = [
            ("formats/source.rs", own),
            (
                "view.rs",
                "fn f() { match t { SourceText::Kept(x) => x, SourceText::Open => y } }",
            ),
            ("app.rs", text),
        ];
        check(rules::text_changes, &files);
    }
}

#[test]
fn a_star_is_caught() {
    for text in [
        "use egui::*;",
        "use crate::model::{builder::*, Timeline};",
        "pub use super::*;",
    ] {
        let clean = "use std::fs; #[cfg(test)] mod tests { use super::*; }";
        check(rules::no_globs, &[("x.rs", clean), ("y.rs", text)]);
    }
}

#[test]
fn a_second_place_for_one_thing_is_caught() {
    for text in [
        "use egui::WidgetInfo;",
        "use egui::{Ui, WidgetInfo as Info};",
        "fn f() { egui::WidgetInfo::labeled(); }",
        "use pulldown_cmark::Parser;",
        "use std::thread;",
        "use std::{fs, thread::Builder};",
        "fn near() { strsim::damerau_levenshtein(); }",
    ] {
        check(
            rules::one_of_each,
            &[
                ("view/accessible.rs", "use egui::WidgetInfo;"),
                ("open/worker.rs", "use std::thread;"),
                ("view/button.rs", text),
            ],
        );
    }
}

#[test]
fn a_function_that_takes_too_much_is_caught() {
    for text in [
        "fn f(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8) {}",
        "impl X { fn f(&self, a: u8, b: u8, c: u8, d: u8, e: u8, f: u8) {} }",
        "trait T { fn f(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8); }",
        "fn f(a: (u8, (u8, u8))) {}",
        "fn f(a: &((u8, u8), u8)) {}",
        "fn f(a: (u8, &mut (u8, u8))) {}",
    ] {
        let clean = "impl X { fn f(&self, a: u8, b: (u8, u8), c: u8, d: u8, e: u8) {} }";
        check(rules::few_parameters, &[("x.rs", clean), ("y.rs", text)]);
    }
}
