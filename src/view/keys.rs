//! Keyboard shortcuts, taken before egui sees them.
//!
//! egui moves its focus on arrow keys and drops it on Esc before any view runs; the timeline needs
//! both. So a plugin takes the keys of [`Mode::command_of`] out of the raw input, unless a menu is
//! open or text is being typed, and the app collects the commands.

use egui::{
    Context, Event, Key, Modifiers, Plugin, Popup, RawInput, ViewportId,
    text_selection::LabelSelectionState,
};

use super::{column, writing::is_unchanged_field_focused};
use crate::command::{
    self, Command, LessonCommand, LessonMenuCommand, MenuCommand, Mode, Shortcut,
};

/// What is open to be written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EditTarget {
    /// No form and no list, or the canvas has the focus.
    #[default]
    Nothing,
    /// The form of the selected event.
    Event,
    /// A list of the chronology: the selected event is another matter.
    List,
}

impl EditTarget {
    /// Whether a key is meant for what is written, also beside its fields.
    fn takes(self, keys: Shortcut, is_focused: bool) -> bool {
        match self {
            Self::Nothing => false,
            // Where nothing has the keyboard, Delete is for the event.
            Self::Event => keys.is_text() || keys.key == command::Key::Delete && is_focused,
            Self::List => keys.is_text() || keys.key == command::Key::Delete,
        }
    }
}

/// Collects the commands that were pressed since they were last taken.
#[derive(Default)]
pub struct Keys {
    mode: Mode,
    target: EditTarget,
    pressed: Vec<Command>,
}

impl Keys {
    /// Takes the commands that were pressed, in order.
    pub fn take(ctx: &Context) -> Vec<Command> {
        ctx.with_plugin(|keys: &mut Self| std::mem::take(&mut keys.pressed))
            .unwrap_or_default()
    }

    /// Whether commands were pressed that were not taken yet.
    pub fn are_pressed(ctx: &Context) -> bool {
        ctx.with_plugin(|keys: &mut Self| !keys.pressed.is_empty())
            .unwrap_or_default()
    }

    /// Says what is open to be written in: then what one types beside a field is no command.
    pub fn set_edit_target(ctx: &Context, target: EditTarget) {
        ctx.with_plugin(|keys: &mut Self| keys.target = target);
    }

    /// Sets the mode that decides which commands the keys give.
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
        // Texts that are selected, in a field or in a story, are copied by egui.
        let has_selection = ctx.plugin::<LabelSelectionState>().lock().has_selection();
        let has_text = is_typing || has_selection || column::has_whole_selection(ctx);
        input.events.retain(|event| {
            if *event == Event::Copy && !has_text {
                // The toolkit's event for Ctrl + C.
                let copy = Shortcut {
                    key: command::Key::Letter('C'),
                    ctrl: true,
                    alt: false,
                    shift: false,
                };
                self.pressed.extend(self.mode.command_of(copy));
                return false;
            }
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
            if key == Key::Insert && (modifiers.shift || modifiers.command) {
                // As old as Ctrl + V and Ctrl + C.
                if pressed && modifiers.shift {
                    ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste);
                } else if pressed {
                    ctx.send_viewport_cmd(egui::ViewportCommand::RequestCopy);
                }
                return false;
            }
            // Enter presses the focused widget.
            if key == Key::Enter && is_focused {
                return true;
            }
            // A focused text field gets all keys that it can use; the others are shortcuts.
            let is_undo = modifiers.command && matches!(key, Key::Z | Key::Y);
            let is_for_field =
                !(is_no_text(key, modifiers) || is_undo && is_unchanged_field_focused(ctx));
            if is_typing && is_for_field {
                return true;
            }
            let shortcut = shortcut(key, modifiers);
            let is_text = shortcut.is_some_and(|keys| self.target.takes(keys, is_focused));
            if is_text && self.mode == Mode::Exploring {
                return true;
            }
            let Some(command) = shortcut.and_then(|keys| self.mode.command_of(keys)) else {
                if pressed && self.mode == Mode::Lesson {
                    self.pressed
                        .push(Command::Lesson(LessonCommand::UnboundKey));
                }
                return true;
            };
            // The full-screen key acts on the window in which it was pressed.
            let command = match command {
                Command::Menu(MenuCommand::FullScreen) if !is_root => {
                    Command::Lesson(LessonCommand::FillScreen)
                }
                command => command,
            };
            // In a lesson, key repeat is ignored, except for up and down.
            let is_held = repeat
                && self.mode == Mode::Lesson
                && !matches!(
                    command,
                    Command::Lesson(LessonCommand::Menu(
                        LessonMenuCommand::Up | LessonMenuCommand::Down
                    ))
                );
            if pressed && !is_held {
                self.pressed.push(command);
            }
            false
        });
    }
}

/// A key press of egui as a shortcut; `None` for keys that no shortcut has.
fn shortcut(key: Key, modifiers: Modifiers) -> Option<Shortcut> {
    use command::Key as Own;
    if modifiers.ctrl && !modifiers.command {
        // On a Mac Ctrl is no modifier of ours.
        return None;
    }
    let name = key.name();
    let mut letters = name.chars();
    let letter = letters.next().filter(|_| letters.next().is_none());
    let key = match key {
        Key::ArrowLeft => Own::ArrowLeft,
        Key::ArrowRight => Own::ArrowRight,
        Key::ArrowUp => Own::ArrowUp,
        Key::ArrowDown => Own::ArrowDown,
        Key::Enter => Own::Enter,
        Key::Escape => Own::Escape,
        Key::Space => Own::Space,
        Key::Backspace => Own::Backspace,
        Key::Delete => Own::Delete,
        Key::Home => Own::Home,
        Key::End => Own::End,
        Key::PageUp => Own::PageUp,
        Key::PageDown => Own::PageDown,
        Key::Plus => Own::Sign('+'),
        Key::Minus => Own::Sign('-'),
        Key::Equals => Own::Sign('='),
        Key::Slash => Own::Sign('/'),
        Key::OpenBracket => Own::Sign('['),
        Key::CloseBracket => Own::Sign(']'),
        Key::Questionmark => Own::Sign('?'),
        Key::Period => Own::Sign('.'),
        _ => match letter {
            Some(letter) if letter.is_ascii_uppercase() => Own::Letter(letter),
            Some(digit) => Own::Digit(u8::try_from(digit.to_digit(10)?).ok()?),
            None => Own::Function(name.strip_prefix('F')?.parse().ok()?),
        },
    };
    Some(Shortcut {
        key,
        ctrl: modifiers.command,
        alt: modifiers.alt,
        shift: modifiers.shift,
    })
}

/// Whether a text field has no use for a key.
fn is_no_text(key: Key, modifiers: Modifiers) -> bool {
    let is_editing = matches!(key, Key::A | Key::C | Key::V | Key::X | Key::Y | Key::Z);
    let is_letter = key.name().len() == 1;
    matches!(key, Key::F5 | Key::F6 | Key::F11) || modifiers.command && is_letter && !is_editing
}
