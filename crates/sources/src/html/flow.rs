//! HTML to running text.

use super::clean::meant;
use super::elements::{self, Role};
use super::tokens::{Token, Tokens};

/// Text, and how much of it are links.
#[derive(Default)]
pub(super) struct Flow {
    /// Paragraphs, set apart by blank lines; lines within one by line feeds.
    pub text: String,
    /// Letters and digits, and how many of them stand in links.
    pub letters: usize,
    pub linked: usize,
}

/// The text of a piece of HTML.
pub(super) fn of(html: &str) -> Flow {
    let mut writer = Writer::default();
    for token in Tokens::new(html) {
        match token {
            Token::Start(tag) => writer.tag(tag.name.as_bytes(), true),
            Token::End(name) => writer.tag(name.as_bytes(), false),
            Token::Text(text) => writer.write(&text),
        }
    }
    let mut flow = writer.flow;
    flow.text.truncate(flow.text.trim_end().len());
    flow
}

/// Words of a text.
pub(super) fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// White space that is due before the next word, in rising order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    Nothing,
    Space,
    Line,
    Paragraph,
}

#[derive(Default)]
struct Writer {
    flow: Flow,
    gap: Gap,
    links: usize,
}

impl Writer {
    fn tag(&mut self, name: &[u8], start: bool) {
        match elements::role(name) {
            Role::Void("br") if self.gap >= Gap::Line => self.gap = Gap::Paragraph, // two of them end a paragraph
            Role::Void("br") => self.gap = Gap::Line,
            Role::Block("td" | "th") => self.gap = self.gap.max(Gap::Space),
            Role::Block(_) | Role::Dropped(_) | Role::Void(_) => self.gap = Gap::Paragraph,
            Role::Inline("a") if start => self.links += 1,
            Role::Inline("a") => self.links = self.links.saturating_sub(1),
            Role::Inline(_) | Role::Passed => {}
        }
    }

    fn write(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() || c == '\u{200B}' {
                self.gap = self.gap.max(Gap::Space);
                continue;
            }
            let gap = std::mem::take(&mut self.gap);
            if !self.flow.text.is_empty() {
                self.flow.text.push_str(match gap {
                    Gap::Nothing => "",
                    Gap::Space => " ",
                    Gap::Line => "\n",
                    Gap::Paragraph => "\n\n",
                });
            }
            let c = meant(c);
            self.flow.text.push(c);
            let letter = usize::from(c.is_alphanumeric());
            self.flow.letters += letter;
            self.flow.linked += if self.links > 0 { letter } else { 0 };
        }
    }
}
