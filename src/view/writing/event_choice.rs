//! A field in which an event is found by its name, by its whole title, or by its id.

use egui::{Id, Ui};

use super::{
    choice::{Choice, Chosen},
    field::Field,
};
use crate::{
    model::{EventId, Timeline},
    time::fold::fold,
    view::ViewContext,
};

/// So many are offered of those that begin with what is typed, and of those that contain it.
const MOST: usize = 6;
/// So many events, the first ones in time, are looked through at a key: it takes some 20 ms. Any
/// other is found by its id.
const MOST_SEARCHED: usize = 200_000;

/// What is said of the field.
pub struct EventField<'a> {
    /// Its name; without one, its hint is.
    pub label: &'a str,
    /// Tells it from other fields.
    pub id: Id,
    /// The title of the event that is chosen now; empty where none is, or where one more is added.
    pub value: &'a str,
    /// What is shown while it is empty.
    pub hint: &'a str,
    /// The event that it is about: it is not offered, and while nothing is typed those before it are.
    pub about: Option<EventId>,
}

/// What was chosen.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// An event.
    Event(EventId),
    /// The field was emptied.
    Nothing,
}

impl Pick {
    /// The event; `None` where the field was emptied.
    pub const fn event(self) -> Option<EventId> {
        match self {
            Self::Event(event) => Some(event),
            Self::Nothing => None,
        }
    }
}

/// What was found last, kept while it is asked for again.
#[derive(Clone, Default)]
struct Kept {
    revision: u64,
    text: String,
    events: Vec<EventId>,
}

impl EventField<'_> {
    /// Shows it; what was chosen, once it is.
    pub fn show(&self, ui: &mut Ui, cx: &ViewContext<'_>) -> Option<Pick> {
        let timeline = &cx.layout.timeline;
        // They are looked for only while they may be seen.
        let offered = if Choice::is_open(ui, self.id) {
            self.offered(ui, cx)
        } else {
            Vec::new()
        };
        let typed = Field::typed(ui, self.id).unwrap_or_default();
        let named = offered.iter().map(|&event| {
            let (name, id) = (name(timeline, event), timeline.event(event).id);
            if id == typed.trim() && id != name {
                format!("{name} · {id}")
            } else {
                name
            }
        });
        let named: Vec<String> = named.collect();
        let names: Vec<&str> = named.iter().map(String::as_str).collect();
        let chosen = Choice {
            label: self.label,
            id: self.id,
            value: self.value,
            hint: self.hint,
            names: &names,
            new: "",
        }
        .show(ui, cx);
        match chosen? {
            Chosen::Known(number) => offered.get(number).copied().map(Pick::Event),
            Chosen::None => Some(Pick::Nothing),
            Chosen::New(_) => None,
        }
    }

    fn offered(&self, ui: &Ui, cx: &ViewContext<'_>) -> Vec<EventId> {
        let text = Field::typed(ui, self.id).unwrap_or_default();
        let text = text.trim();
        // What stands there unchanged is no wish yet.
        let text = if text == self.value { "" } else { text };
        let kept_id = self.id.with("found");
        let kept: Kept = ui.data(|data| data.get_temp(kept_id)).unwrap_or_default();
        if kept.text == text && kept.revision == cx.revision + 1 {
            return kept.events;
        }
        let timeline = &cx.layout.timeline;
        let events = if text.is_empty() {
            self.near(timeline)
        } else {
            self.found(timeline, text)
        };
        let kept = Kept {
            revision: cx.revision + 1,
            text: text.to_owned(),
            events: events.clone(),
        };
        ui.data_mut(|data| data.insert_temp(kept_id, kept));
        events
    }

    /// Those just before the one that it is about, the latest first; else the first ones.
    fn near(&self, timeline: &Timeline) -> Vec<EventId> {
        match self.about {
            Some(about) if about.index() > 0 => {
                let before = timeline.events().take(about.index());
                let skipped = about.index().saturating_sub(MOST);
                let mut near: Vec<EventId> = before.skip(skipped).collect();
                near.reverse();
                near
            }
            _ => {
                let others = timeline.events().filter(|it| Some(*it) != self.about);
                others.take(MOST).collect()
            }
        }
    }

    fn found(&self, timeline: &Timeline, text: &str) -> Vec<EventId> {
        let mut wanted = String::new();
        fold(text, &mut wanted);
        let (mut first, mut second): (Vec<EventId>, Vec<EventId>) = (Vec::new(), Vec::new());
        first.extend(timeline.find_event(text));
        let mut folded = String::new();
        for event in timeline.events().take(MOST_SEARCHED) {
            if first.len() >= MOST {
                break;
            }
            folded.clear();
            fold(&name(timeline, event), &mut folded);
            if folded.starts_with(&wanted) {
                if !first.contains(&event) {
                    first.push(event);
                }
            } else if second.len() < MOST && folded.contains(&wanted) {
                second.push(event);
            }
        }
        for event in second {
            if !first.contains(&event) {
                first.push(event);
            }
        }
        first.retain(|event| Some(*event) != self.about);
        first
    }
}

/// The name on the timeline, and the whole title where that is another one.
fn name(timeline: &Timeline, event: EventId) -> String {
    let (short, title) = (timeline.short(event), timeline.event(event).title);
    if short == title || short.is_empty() {
        title.to_owned()
    } else {
        format!("{short} · {title}")
    }
}
