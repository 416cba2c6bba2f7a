//! What a screen reader says of the marks on the canvas.

use egui::Response;

use crate::{
    layout::{Target, draw::clusters::write_count},
    model::EventId,
    time::{between, words},
    view::{ViewContext, accessible},
};

/// The name of a target for screen readers.
pub fn name(target: Target, cx: &ViewContext<'_>) -> String {
    let timeline = &cx.layout.timeline;
    match target {
        Target::Event(event) => {
            let words = timeline.date_words(event).to_string();
            accessible::event_name(timeline, event, &words)
        }
        Target::Era(number) => {
            let era = timeline.eras().get(number);
            era.map_or_else(String::new, |era| {
                let words = words::say(&era.when, words::Outlook::Happened);
                format!("Era: {}, {words}", era.label)
            })
        }
        Target::Between(one, other) if one == other => {
            let title = timeline.event(one).title;
            format!("How long is it from {title}? Choose another event")
        }
        Target::Between(one, other) => {
            let (first, second) = (one.min(other), one.max(other));
            let [first, second] = [first, second].map(|event| timeline.event(event).title);
            let words = between::between(&timeline.when(one), &timeline.when(other)).words;
            format!("Between {first} and {second}: {words}")
        }
        Target::Cluster { lane, count, .. } => {
            let mut events = String::new();
            write_count(count, &mut events);
            events.push_str(if count == 1 { " event" } else { " events" });
            let lane = &timeline.lane_record(lane).label;
            let name = accessible::joined(&[&events, lane]);
            let how = if cx.camera.is_closest() {
                "list them"
            } else {
                "zoom in to read"
            };
            format!("{name}: {how}")
        }
    }
}

/// Says the story of the selected event with its mark, which keeps the focus when the story opens.
pub fn describe_open(response: &Response, event: EventId, cx: &ViewContext<'_>) {
    if cx.state.selected == Some(event) && cx.state.is_story_open {
        let summary = cx.layout.timeline.event(event).summary;
        accessible::describe_mark(response, || accessible::open_story(summary));
    }
}
