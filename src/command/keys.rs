//! Keys and shortcuts, without a toolkit.

/// A key that a shortcut can have.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// ←
    ArrowLeft,
    /// →
    ArrowRight,
    /// ↑
    ArrowUp,
    /// ↓
    ArrowDown,
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// The space bar.
    Space,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up; the backward key of a clicker.
    PageUp,
    /// Page down; the forward key of a clicker.
    PageDown,
    /// A letter, in upper case.
    Letter(char),
    /// A digit.
    Digit(u8),
    /// A function key, by its number.
    Function(u8),
    /// A sign, whatever key it is on and with or without Shift.
    Sign(char),
}

/// A key with its modifiers.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Shortcut {
    /// The key.
    pub key: Key,
    /// Whether Ctrl is held; on a Mac, Command.
    pub ctrl: bool,
    /// Whether Alt is held.
    pub alt: bool,
    /// Whether Shift is held.
    pub shift: bool,
}

impl Shortcut {
    /// A key alone.
    pub const fn key(key: Key) -> Self {
        Self {
            key,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    /// A letter alone.
    pub const fn letter(letter: char) -> Self {
        Self::key(Key::Letter(letter))
    }

    /// A sign alone.
    pub const fn sign(sign: char) -> Self {
        Self::key(Key::Sign(sign))
    }

    /// The same with Ctrl.
    #[must_use]
    pub const fn with_ctrl(self) -> Self {
        Self { ctrl: true, ..self }
    }

    /// The same with Alt.
    #[must_use]
    pub const fn with_alt(self) -> Self {
        Self { alt: true, ..self }
    }

    /// The same with Shift.
    #[must_use]
    pub const fn with_shift(self) -> Self {
        Self {
            shift: true,
            ..self
        }
    }

    /// Whether it is a key with which one writes: pressed beside a field it is meant for that, not for
    /// the chronology. What zooms is none, for nothing is lost by it.
    pub const fn is_text(self) -> bool {
        let is_text = match self.key {
            Key::Letter(_) => true,
            Key::Sign(sign) => matches!(sign, '/' | '?' | '[' | ']'),
            _ => false,
        };
        is_text && !self.ctrl && !self.alt
    }

    /// Whether these keys, as they are pressed, are this shortcut. Shift does not matter for signs:
    /// some keyboards need it for them.
    pub fn is_pressed_by(self, pressed: Self) -> bool {
        let shift = pressed.shift && !matches!(self.key, Key::Sign(_));
        self == Self { shift, ..pressed }
    }

    /// The shortcut as it is written beside a command: `Ctrl F`.
    pub fn text(self) -> String {
        let name = match self.key {
            Key::ArrowLeft => "←".to_owned(),
            Key::ArrowRight => "→".to_owned(),
            Key::ArrowUp => "↑".to_owned(),
            Key::ArrowDown => "↓".to_owned(),
            Key::Enter => "Enter".to_owned(),
            Key::Escape => "Esc".to_owned(),
            Key::Space => "Space".to_owned(),
            Key::Backspace => "Backspace".to_owned(),
            Key::Delete => "Delete".to_owned(),
            Key::Home => "Home".to_owned(),
            Key::End => "End".to_owned(),
            Key::PageUp => "PageUp".to_owned(),
            Key::PageDown => "PageDown".to_owned(),
            Key::Letter(letter) => letter.to_string(),
            Key::Digit(digit) => digit.to_string(),
            Key::Function(number) => format!("F{number}"),
            Key::Sign('-') => "−".to_owned(),
            Key::Sign('.') => "Period".to_owned(),
            Key::Sign(sign) => sign.to_string(),
        };
        let mut text = String::new();
        for (is_held, modifier) in [
            (self.alt, "Alt "),
            (self.ctrl, "Ctrl "),
            (self.shift, "Shift "),
        ] {
            if is_held {
                text.push_str(modifier);
            }
        }
        text + &name
    }
}

/// Shorthands for the tables of commands.
pub(super) const fn key(key: Key) -> Shortcut {
    Shortcut::key(key)
}

/// See [`key`].
pub(super) const fn letter(letter: char) -> Shortcut {
    Shortcut::letter(letter)
}

/// See [`key`].
pub(super) const fn sign(sign: char) -> Shortcut {
    Shortcut::sign(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcuts_are_written_with_their_modifiers() {
        for (shortcut, text) in [
            (Shortcut::letter('F'), "F"),
            (Shortcut::letter('F').with_ctrl(), "Ctrl F"),
            (
                Shortcut::letter('P').with_ctrl().with_shift(),
                "Ctrl Shift P",
            ),
            (Shortcut::key(Key::ArrowLeft).with_alt(), "Alt ←"),
            (Shortcut::key(Key::Function(11)), "F11"),
            (Shortcut::sign('-').with_ctrl(), "Ctrl −"),
            (Shortcut::sign('?'), "?"),
        ] {
            assert_eq!(shortcut.text(), text);
        }
    }
}
