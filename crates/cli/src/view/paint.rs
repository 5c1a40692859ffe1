//! Colours, or marks where there are none.

use std::env;
use std::io::IsTerminal;

use crate::args::ColorChoice;

/// What a stretch of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Nothing in particular.
    Plain,
    /// Headlines and heads of tables.
    Title,
    /// What matters less.
    Faint,
    /// Who acts.
    Actor,
    /// The act; the quad class (1 to 4) gives its colour.
    Act(u8),
    /// Whom it reaches.
    Recipient,
    /// Whose word it is.
    Speaker,
    /// Better than before.
    Good,
    /// Worse than before, or wrong.
    Bad,
}

/// Paints text, or leaves it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    colors: bool,
}

impl Paint {
    /// With colours or without.
    pub(crate) fn new(colors: bool) -> Self {
        Paint { colors }
    }

    /// As the user wants it for output to a place that is a terminal or not.
    pub(crate) fn choose(choice: ColorChoice, terminal: bool) -> Self {
        Paint::new(match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                let refused = env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
                let dumb = env::var_os("TERM").is_some_and(|v| v == "dumb");
                terminal && !refused && !dumb
            }
        })
    }

    /// As [`Paint::choose`], for standard output.
    pub(crate) fn stdout(choice: ColorChoice) -> Self {
        Paint::choose(choice, std::io::stdout().is_terminal())
    }

    /// Whether colours are on.
    pub(crate) fn colors(self) -> bool {
        self.colors
    }

    /// `text` in the colour of `role`; as it is where colours are off.
    pub(crate) fn paint(self, role: Role, text: &str) -> String {
        match sgr(role) {
            Some(code) if self.colors && !text.is_empty() => format!("\x1b[{code}m{text}\x1b[0m"),
            _ => text.to_owned(),
        }
    }

    /// What stands before and after a stretch of evidence where colours are off.
    pub(crate) fn marks(self, role: Role) -> (&'static str, &'static str) {
        match role {
            _ if self.colors => ("", ""),
            Role::Actor => ("<", ">"),
            Role::Act(_) => ("*", "*"),
            Role::Recipient => ("[", "]"),
            Role::Speaker => ("_", "_"),
            _ => ("", ""),
        }
    }
}

/// The terminal's code (ECMA-48, select graphic rendition).
fn sgr(role: Role) -> Option<&'static str> {
    Some(match role {
        Role::Plain => return None,
        Role::Title => "1",
        Role::Faint => "2",
        Role::Actor => "1;34",
        Role::Act(1) => "1;36",
        Role::Act(2) => "1;32",
        Role::Act(3) => "1;33",
        Role::Act(_) => "1;31",
        Role::Recipient => "1;35",
        Role::Speaker => "4",
        Role::Good => "32",
        Role::Bad => "31",
    })
}
