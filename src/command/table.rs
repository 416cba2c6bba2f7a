//! Defines a list of commands: one line says a command's name, its text, its group and its keys.

/// `Next "Next event" Events [key(Key::ArrowRight)]` becomes a variant with a text, a group,
/// shortcuts and a place in `ALL`: no list of them can forget one.
macro_rules! commands {
    (
        $(#[$meta:meta])*
        $name:ident in $group:ident {
            $( $(#[$doc:meta])* $variant:ident $text:literal $of:ident [$($keys:expr),*], )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $( $(#[$doc])* $variant, )*
        }

        impl $name {
            /// All of them, in the order in which the list of keys shows them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// What it does, as shown to a person.
            pub const fn text(self) -> &'static str {
                match self { $( Self::$variant => $text, )* }
            }

            /// What it is about.
            pub const fn group(self) -> $group {
                match self { $( Self::$variant => $group::$of, )* }
            }

            /// Its shortcuts; the first one is shown beside it.
            pub const fn keys(self) -> &'static [Shortcut] {
                match self { $( Self::$variant => const { &[$($keys),*] }, )* }
            }

            /// The command of keys that are pressed.
            pub fn of_keys(pressed: Shortcut) -> Option<Self> {
                let is_its = |it: &Self| it.keys().iter().any(|keys| keys.is_pressed_by(pressed));
                Self::ALL.iter().copied().find(is_its)
            }
        }
    };
}
