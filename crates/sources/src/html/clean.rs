//! One pass over a page: what its head says, and its body written anew, balanced and bounded.

use std::collections::BTreeMap;

use super::elements::{self, Role};
use super::head::Head;
use super::tokens::{Tag, Token, Tokens, cut};
use super::{HTML_DEPTH, HTML_ELEMENTS};

/// A page as it was cleaned.
pub(super) struct Cleaned {
    /// The body, balanced.
    pub html: String,
    pub head: Head,
    /// Some elements lay deeper than the limit.
    pub flattened: bool,
    /// There are more elements than the limit.
    pub too_many: bool,
}

/// Cleans a page.
pub(super) fn clean(page: &str) -> Cleaned {
    let mut cleaner = Cleaner::default();
    for token in Tokens::new(page) {
        match token {
            Token::Start(tag) => cleaner.start(&tag),
            Token::End(name) => cleaner.end(name.as_bytes()),
            Token::Text(text) => cleaner.text(&text),
        }
    }
    cleaner.close_to(0);
    Cleaned { html: cleaner.html, head: cleaner.head, flattened: cleaner.flattened, too_many: cleaner.too_many }
}

/// An open element.
struct Open {
    name: &'static str,
    block: bool,
    /// It was written, and so must its end be.
    written: bool,
    /// All that is in it is left out.
    dropped: bool,
}

#[derive(Default)]
struct Cleaner {
    html: String,
    head: Head,
    open: Vec<Open>,
    /// How many elements of a name are open.
    counts: BTreeMap<&'static str, usize>,
    /// How many of those are left out with their content.
    dropping: usize,
    /// Elements deeper than the limit that are open.
    deeper: usize,
    elements: usize,
    flattened: bool,
    too_many: bool,
}

/// Attributes by which the main text is found.
const KEPT: [&str; 8] = ["class", "id", "itemprop", "rel", "role", "aria-hidden", "hidden", "style"];

/// Bytes of those that are kept.
const KEPT_BYTES: usize = 256;

impl Cleaner {
    fn start(&mut self, tag: &Tag) {
        self.head.start(tag, self.counts.get("article").is_some_and(|n| *n > 0));
        let (name, block, dropped) = match elements::role(tag.name.as_bytes()) {
            Role::Passed => return,
            Role::Void(name) => {
                if self.dropping == 0 {
                    self.html.push_str(if name == "br" { "<br>" } else { "<hr>" });
                }
                return;
            }
            Role::Block(name) => (name, true, false),
            Role::Inline(name) => (name, false, false),
            Role::Dropped(name) => (name, true, true),
        };
        if name == "head" {
            return;
        }
        if block && !dropped {
            self.end_implied(name);
        }
        if self.open.len() >= HTML_DEPTH || self.too_many {
            self.flattened = true;
            self.deeper += 1;
            self.html.push(' ');
            return;
        }
        let nested_link = name == "a" && self.counts.get("a").is_some_and(|n| *n > 0);
        let written = !dropped && !nested_link && self.dropping == 0;
        if written {
            self.elements += 1;
            self.too_many = self.elements > HTML_ELEMENTS;
            self.write_start(name, tag);
        }
        self.dropping += usize::from(dropped);
        *self.counts.entry(name).or_default() += 1;
        self.open.push(Open { name, block, written, dropped });
    }

    fn write_start(&mut self, name: &str, tag: &Tag) {
        self.html.push('<');
        self.html.push_str(name);
        for kept in KEPT {
            if let Some(value) = tag.get(kept) {
                self.html.push(' ');
                self.html.push_str(kept);
                self.html.push_str("=\"");
                escape(cut(&value, KEPT_BYTES), &mut self.html);
                self.html.push('"');
            }
        }
        if name == "a" && tag.get("href").is_some() {
            self.html.push_str(" href=\"/\"");
        }
        self.html.push('>');
    }

    /// Ends what the start of the block `name` ends: a paragraph, an item of the same list, a cell of the same row.
    fn end_implied(&mut self, name: &str) {
        let heading = |name: &str| matches!(name.as_bytes(), [b'h', b'1'..=b'6']);
        if heading(name) && self.open.last().is_some_and(|open| heading(open.name)) {
            self.close_to(self.open.len() - 1);
        }
        if let Some((ended, bounds)) = elements::ended_by(name) {
            let found = self.open.iter().rposition(|open| ended.contains(&open.name) || bounds.contains(&open.name));
            if let Some(at) = found.filter(|at| self.open.get(*at).is_some_and(|open| ended.contains(&open.name))) {
                self.close_to(at);
            }
        }
        if self.counts.get("p").is_some_and(|n| *n > 0) {
            let block = self.open.iter().rposition(|open| open.block);
            if let Some(at) = block.filter(|at| self.open.get(*at).is_some_and(|open| open.name == "p")) {
                self.close_to(at);
            }
        }
    }

    fn end(&mut self, name: &[u8]) {
        self.head.end(name);
        let (name, inline) = match elements::role(name) {
            Role::Block(name) | Role::Dropped(name) => (name, false),
            Role::Inline(name) => (name, true),
            Role::Void(_) | Role::Passed => return,
        };
        if self.deeper > 0 {
            self.deeper -= 1;
            self.html.push(' ');
            return;
        }
        if self.counts.get(name).is_none_or(|n| *n == 0) {
            return;
        }
        for at in (0..self.open.len()).rev() {
            let Some(open) = self.open.get(at) else { return };
            if open.name == name {
                self.close_to(at);
                return;
            }
            // An end of what lies outside does not reach out: of a block for inline elements, of a table for others.
            if (inline && open.block) || elements::bounds(open.name, name) {
                return;
            }
        }
    }

    /// Closes open elements until `depth` are left.
    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(open) = self.open.pop() else { return };
            if let Some(count) = self.counts.get_mut(open.name) {
                *count = count.saturating_sub(1);
            }
            self.dropping -= usize::from(open.dropped);
            if open.written {
                self.html.push_str("</");
                self.html.push_str(open.name);
                self.html.push('>');
            }
        }
    }

    fn text(&mut self, text: &str) {
        self.head.text(text);
        if self.dropping == 0 && !self.too_many {
            escape(text, &mut self.html);
        }
    }
}

/// Characters that stand for `&`, `<`, `>` and `"`, which would be written as references: a parser takes a text apart at each.
const STAND_INS: [(char, char); 4] = [('&', '\u{F8F0}'), ('<', '\u{F8F1}'), ('>', '\u{F8F2}'), ('"', '\u{F8F3}')];

/// Writes text so that no character of it means anything in HTML.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        out.push(match c {
            '&' | '<' | '>' | '"' => {
                STAND_INS.iter().find(|(given, _)| *given == c).map_or(c, |(_, stand_in)| *stand_in)
            }
            '\u{A0}' | '\0' => ' ',
            '\u{F8F0}'..='\u{F8F3}' => char::REPLACEMENT_CHARACTER,
            c => c,
        });
    }
}

/// The character that one of a cleaned page stands for.
pub(super) fn meant(c: char) -> char {
    STAND_INS.iter().find(|(_, stand_in)| *stand_in == c).map_or(c, |(given, _)| *given)
}
