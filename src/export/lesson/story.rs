//! The words of a step on a slide: lane, title, date, text, and the answers of its question.

use crate::{
    layout::{LaneColors, theme::Rgba},
    model::{
        Answer, Question, Step, Timeline,
        markdown::{self, Block, Span},
    },
};

/// The words of a story.
#[derive(Clone)]
pub struct Story<'a> {
    /// The lane and its colour.
    pub lane: Option<(&'a str, Rgba)>,
    /// The title.
    pub title: &'a str,
    /// The date in words.
    pub date: String,
    /// What is not known of it.
    pub note: String,
    /// The text.
    pub body: Vec<Block>,
    /// Answers, or events to be put in order.
    pub answers: Vec<Block>,
    /// Whether it is the rest of a text, which takes the whole width.
    pub is_continued: bool,
}

impl<'a> Story<'a> {
    /// The words of a step: while its question is asked, that is the title, and the event is not shown.
    pub fn of(
        timeline: &'a Timeline,
        lane_colors: &LaneColors,
        step: &'a Step,
        is_asked: bool,
    ) -> Self {
        let event = step.event.filter(|_| !is_asked);
        let title = match step.event {
            Some(event) if step.title.is_empty() || (!is_asked && step.question.is_some()) => {
                timeline.event(event).title
            }
            _ => &step.title,
        };
        let words = event.map(|event| timeline.date_words_with_weekday(event));
        let certainty = event.and_then(|event| {
            let certainty = timeline.certainty(event);
            certainty.qualifier().map(|_| certainty.word().to_owned())
        });
        let note = words.as_ref().and_then(|words| words.note.clone());
        let notes: Vec<String> = note.into_iter().chain(certainty).collect();
        Self {
            lane: event.map(|event| {
                let lane = timeline.lane(event);
                let label = timeline.lane_record(lane).label.as_str();
                (label, lane_colors.of(lane))
            }),
            title,
            date: match words {
                Some(words) => words.date,
                None if step.missing.is_empty() => String::new(),
                None => format!("The file has no event “{}”", step.missing),
            },
            note: notes.join(" · "),
            body: if is_asked {
                Vec::new()
            } else {
                markdown::blocks(&step.say)
            },
            answers: answers(timeline, step, is_asked),
            is_continued: false,
        }
    }
}

/// The answers of a question, or what is to be put in order; answered, the right ones.
fn answers(timeline: &Timeline, step: &Step, is_asked: bool) -> Vec<Block> {
    let lines: Vec<(String, bool)> = match &step.question {
        Some(Question::Choose(answers)) => {
            let lines = answers.iter().enumerate().map(|(number, answer)| {
                let letter = Answer::letter(number);
                let is_right = !is_asked && answer.is_right;
                let tick = if is_right { " ✓" } else { "" };
                (format!("{letter}. {}{tick}", answer.text), is_right)
            });
            lines.collect()
        }
        Some(Question::Order(events)) => {
            let mut events = events.clone();
            if !is_asked {
                events.sort_unstable();
            }
            let lines = events.iter().enumerate().map(|(number, &event)| {
                let title = timeline.short(event);
                let line = if is_asked {
                    format!("• {title}")
                } else {
                    let date = timeline.date_label(event);
                    format!("{}. {title} ({date})", number + 1)
                };
                (line, false)
            });
            lines.collect()
        }
        Some(Question::When) | None => Vec::new(),
    };
    let spans = lines
        .into_iter()
        .enumerate()
        .map(|(number, (text, is_strong))| Span {
            text: if number == 0 {
                text
            } else {
                format!("\n{text}")
            },
            is_strong,
            ..Span::default()
        });
    let spans: Vec<Span> = spans.collect();
    if spans.is_empty() {
        return Vec::new();
    }
    vec![Block::Paragraph(spans)]
}

/// Lines of answers as paragraphs, so that each slide has some.
pub fn divided(answers: &[Block]) -> Vec<Block> {
    let spans = answers.iter().flat_map(|block| match block {
        Block::Paragraph(spans) => spans.as_slice(),
        _ => &[],
    });
    let lines = spans.map(|span| {
        Block::Paragraph(vec![Span {
            text: span.text.trim_start_matches('\n').to_owned(),
            ..span.clone()
        }])
    });
    lines.collect()
}

/// A text of at most so many letters; a longer one ends with “…”.
pub fn shortened(text: &str, letters: usize) -> String {
    match text.char_indices().nth(letters) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}
