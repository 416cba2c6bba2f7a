//! Our keys, taken before egui sees them.
//!
//! egui moves its focus by the arrow keys and drops it by Esc before any view is asked; a timeline
//! needs both for itself. So a plugin takes the keys of [`Command::of_key`] out of the raw input,
//! unless a menu is open or text is being typed, and the app picks the commands up.

use egui::{Context, Event, Key, Modifiers, Plugin, Popup, RawInput, ViewportId};

use crate::command::{Command, Mode, Tell};

/// Collects the commands that were pressed since they were last taken.
#[derive(Default)]
pub struct Keys {
    mode: Mode,
    pressed: Vec<Command>,
}

impl Keys {
    /// The commands that were pressed, in order; afterwards there are none.
    pub fn take(ctx: &Context) -> Vec<Command> {
        ctx.with_plugin(|keys: &mut Self| std::mem::take(&mut keys.pressed))
            .unwrap_or_default()
    }

    /// Whether some were pressed that were not yet taken.
    pub fn are_pressed(ctx: &Context) -> bool {
        ctx.with_plugin(|keys: &mut Self| !keys.pressed.is_empty())
            .unwrap_or_default()
    }

    /// What the keys are for from now on.
    pub fn set_mode(ctx: &Context, mode: Mode) {
        ctx.with_plugin(|keys: &mut Self| keys.mode = mode);
    }
}

impl Plugin for Keys {
    fn debug_name(&self) -> &'static str {
        "keys"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        if Popup::is_any_open(ctx) {
            return;
        }
        let is_typing = ctx.text_edit_focused();
        let is_focused = ctx.memory(|memory| memory.focused().is_some());
        let is_root = input.viewport_id == ViewportId::ROOT;
        input.events.retain(|event| {
            let &Event::Key {
                key,
                pressed,
                modifiers,
                repeat,
                ..
            } = event
            else {
                return true;
            };
            // Enter presses what has the focus, as everywhere.
            if key == Key::Enter && is_focused {
                return true;
            }
            // Who types goes on typing; keys that no text knows are ours all the same.
            if is_typing && !is_no_text(key, modifiers) {
                return true;
            }
            let Some(command) = Command::of_key(key, modifiers, self.mode) else {
                if pressed && self.mode == Mode::Telling {
                    self.pressed.push(Command::Tell(Tell::Other));
                }
                return true;
            };
            // The first window is meant only where the key was pressed in it.
            let command = match command {
                Command::FullScreen if !is_root => Command::Tell(Tell::FillScreen),
                command => command,
            };
            // A key that is held races through no lesson; up and down may go on.
            let is_held = repeat
                && self.mode == Mode::Telling
                && !matches!(command, Command::Tell(Tell::Up | Tell::Down));
            if pressed && !is_held {
                self.pressed.push(command);
            }
            false
        });
    }
}

/// Whether a text that is typed has no use for a key.
fn is_no_text(key: Key, modifiers: Modifiers) -> bool {
    let is_editing = matches!(key, Key::A | Key::C | Key::V | Key::X | Key::Y | Key::Z);
    let is_letter = key.name().len() == 1;
    matches!(key, Key::F5 | Key::F6 | Key::F11) || modifiers.command && is_letter && !is_editing
}
