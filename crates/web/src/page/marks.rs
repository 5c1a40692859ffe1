//! Text with marks in it, as HTML that nests whatever the marks do.
//!
//! Marks overlap as they like: a speaker's words run over half of an act's, two events share a party. Each mark becomes
//! one element, or, where others begin or end within it, several pieces that follow each other. The first piece has the
//! class `first` and bears the label; where the last piece of something said ends stands an empty element `shut`, for the
//! closing bracket.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use maud::{Escaper, Markup, PreEscaped};

use super::names::visible;

/// Marks that are open at one place at most; more are left out.
const DEEPEST: usize = 24;

/// Events that a label names.
const NUMBERS: usize = 3;

/// What a mark says of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// What somebody says; the number tells within how many others.
    Said(u8),
    /// Not the body: a dateline, a byline.
    Furniture,
    /// Who says it.
    Source,
    /// The word that tells that it is said.
    Cue,
    Time,
    Place,
    Actor,
    Recipient,
    /// The act, with its quad class.
    Act(u8),
}

/// A stretch of a text and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    /// Numbers of the events it belongs to, as the page counts them.
    pub(crate) events: BTreeSet<usize>,
    /// Shown beside the words.
    pub(crate) label: String,
    /// Shown when they are pointed at.
    pub(crate) title: String,
    /// Where it leads.
    pub(crate) href: Option<String>,
    /// What leads to it.
    pub(crate) id: Option<String>,
}

impl Mark {
    /// A mark without label that leads nowhere.
    pub(crate) fn new(span: [usize; 2], kind: Kind) -> Mark {
        let [start, end] = span;
        Mark {
            start,
            end,
            kind,
            events: BTreeSet::new(),
            label: String::new(),
            title: String::new(),
            href: None,
            id: None,
        }
    }
}

impl Mark {
    /// The label with the numbers of the events, by which it is known without scripts to which act it belongs. The label of
    /// an act has its number already.
    fn labelled(&self) -> String {
        if self.label.is_empty() || self.events.is_empty() || matches!(self.kind, Kind::Act(_)) {
            return self.label.clone();
        }
        let numbers: Vec<String> = self.events.iter().take(NUMBERS).map(usize::to_string).collect();
        let more = if self.events.len() > NUMBERS { "…" } else { "" };
        format!("{} {}{more}", self.label, numbers.join("·"))
    }
}

impl Kind {
    fn classes(self) -> String {
        match self {
            Kind::Said(depth) => format!("said d{}", depth.min(4)),
            Kind::Furniture => "furniture".to_owned(),
            Kind::Source => "m source".to_owned(),
            Kind::Cue => "cue".to_owned(),
            Kind::Time => "m time".to_owned(),
            Kind::Place => "m place".to_owned(),
            Kind::Actor => "m actor".to_owned(),
            Kind::Recipient => "m recipient".to_owned(),
            Kind::Act(quad) => format!("m act q{quad}"),
        }
    }
}

/// A sentence that begins at byte `start` of its report, with those of the report's marks that begin in it.
pub(crate) fn draw_sentence(sentence: &str, start: usize, mut marks: Vec<Mark>) -> Markup {
    marks.retain(|mark| mark.start >= start);
    for mark in &mut marks {
        (mark.start, mark.end) = (mark.start - start, mark.end.saturating_sub(start));
    }
    draw(sentence, 0, sentence.len(), &marks)
}

/// The bytes of `text` between `start` and `end` with the marks that lie there. Marks may reach beyond, and stand between
/// any two bytes: they are cut to what is there.
pub(crate) fn draw(text: &str, start: usize, end: usize, marks: &[Mark]) -> Markup {
    let (start, end) = (floor(text, start), floor(text, end));
    let marks = within(text, start, end, marks);
    let mut points: BTreeSet<usize> = marks.iter().flat_map(|m| [m.start, m.end]).collect();
    points.insert(start);
    points.insert(end);
    let points: Vec<usize> = points.into_iter().collect();
    let mut drawing = Drawing::default();
    let mut coming = marks.iter().peekable();
    for (i, &at) in points.iter().enumerate() {
        drawing.close_until(at);
        while let Some(mark) = coming.next_if(|m| m.start <= at) {
            drawing.waiting.push(mark);
        }
        drawing.open(at);
        let next = points.get(i + 1).copied().unwrap_or(end);
        drawing.text(text.get(at..next).unwrap_or_default());
    }
    drawing.close_until(usize::MAX);
    PreEscaped(drawing.out)
}

/// Marks cut to a stretch, those of the same words and kind made one, the outer ones first.
fn within(text: &str, start: usize, end: usize, marks: &[Mark]) -> Vec<Mark> {
    let mut all: Vec<Mark> = Vec::new();
    for mark in marks {
        let (from, to) = (floor(text, mark.start.max(start)), floor(text, mark.end.min(end)));
        if from < to {
            all.push(Mark { start: from, end: to, ..mark.clone() });
        }
    }
    all.sort_by(|a, b| (a.start, b.end, a.kind, &a.label).cmp(&(b.start, a.end, b.kind, &b.label)));
    all.dedup_by(|b, a| {
        let same = (a.start, a.end, a.kind, &a.label) == (b.start, b.end, b.kind, &b.label);
        if same {
            a.events.append(&mut b.events);
        }
        same
    });
    all
}

/// The nearest place at or before a byte where a character begins.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

#[derive(Default)]
struct Drawing<'m> {
    out: String,
    open: Vec<&'m Mark>,
    /// To be opened: new ones, and those that were closed only to let others end.
    waiting: Vec<&'m Mark>,
}

impl<'m> Drawing<'m> {
    /// Closes what ends at or before a place, and whatever was opened within that.
    fn close_until(&mut self, at: usize) {
        while self.open.iter().any(|m| m.end <= at) {
            let Some(mark) = self.close(at) else { return };
            if mark.end > at {
                self.waiting.push(mark);
            }
        }
    }

    /// Closes the innermost.
    fn close(&mut self, at: usize) -> Option<&'m Mark> {
        let mark = self.open.pop()?;
        if let (Kind::Said(_), true) = (mark.kind, mark.end <= at) {
            self.out.push_str("<i class=\"shut\"></i>");
        }
        self.out.push_str(if mark.href.is_some() && !self.is_in_link() { "</a>" } else { "</span>" });
        Some(mark)
    }

    /// Opens what waits, the longest first.
    fn open(&mut self, at: usize) {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.retain(|m| m.end > at);
        // A shorter one that is open already must not hold a longer one: it is closed and opened again within.
        let longest = waiting.iter().map(|m| m.end).max().unwrap_or(0);
        while self.open.last().is_some_and(|m| m.end < longest) {
            waiting.extend(self.close(at));
        }
        waiting.sort_by(|a, b| (b.end, a.kind, a.start).cmp(&(a.end, b.kind, b.start)));
        for mark in waiting {
            if self.open.len() < DEEPEST {
                self.begin(mark, at);
            }
        }
    }

    fn begin(&mut self, mark: &'m Mark, at: usize) {
        let link = mark.href.as_ref().filter(|_| !self.is_in_link());
        self.open.push(mark);
        let _ = write!(self.out, "<{} class=\"{}", if link.is_some() { "a" } else { "span" }, mark.kind.classes());
        self.out.push_str(if at == mark.start { " first\"" } else { "\"" });
        let events: Vec<String> = mark.events.iter().map(usize::to_string).collect();
        self.attribute("data-e", &events.join(" "));
        if at == mark.start {
            self.attribute("id", mark.id.as_deref().unwrap_or_default());
            self.attribute("data-label", &mark.labelled());
            self.attribute("title", &mark.title);
        }
        if let Some(href) = link {
            self.attribute("href", href);
        }
        self.out.push('>');
    }

    fn is_in_link(&self) -> bool {
        self.open.iter().any(|m| m.href.is_some())
    }

    fn attribute(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            let _ = write!(self.out, " {name}=\"");
            self.text(value);
            self.out.push('"');
        }
    }

    /// Writes text: what would be markup in it escaped, what browsers would hide or obey made visible. A string takes all
    /// that is written to it.
    fn text(&mut self, text: &str) {
        let _ = Escaper::new(&mut self.out).write_str(&visible(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(text: &str, words: &str, kind: Kind) -> Mark {
        let start = text.find(words).unwrap();
        Mark::new([start, start + words.len()], kind)
    }

    /// Draws and gives the tags by their first class, "<actor" for an opening one.
    fn check(text: &str, marks: &[(&str, Kind)], expect: &str) {
        let marks: Vec<Mark> = marks.iter().map(|(words, kind)| mark(text, words, *kind)).collect();
        let drawn = draw(text, 0, text.len(), &marks).into_string();
        let short = drawn
            .replace("<i class=\"shut\"></i>", "]")
            .replace("<span class=\"m ", "<")
            .replace("<span class=\"", "<")
            .replace(" first\">", "+")
            .replace("\">", ">");
        assert_eq!(short.replace("</span>", "/"), expect);
    }

    #[test]
    fn marks_within_each_other_nest() {
        check(
            "Kenya met Uganda",
            &[("met", Kind::Act(1)), ("Kenya", Kind::Actor)],
            "<actor+Kenya/ <act q1+met/ Uganda",
        );
        check(
            "he said it met us",
            &[("it met us", Kind::Said(0)), ("met", Kind::Act(1))],
            "he said <said d0+it <act q1+met/ us]/",
        );
        // The same words: what is said is the outer, the act the inner.
        check(
            "met",
            &[("met", Kind::Act(1)), ("met", Kind::Said(0)), ("met", Kind::Actor)],
            "<said d0+<actor+<act q1+met//]/",
        );
    }

    #[test]
    fn marks_that_cross_are_cut_into_pieces() {
        check("ab cd ef", &[("ab cd", Kind::Actor), ("cd ef", Kind::Time)], "<actor+ab /<time+<actor>cd/ ef/");
        check(
            "abcdef",
            &[("abc", Kind::Actor), ("bcde", Kind::Time), ("def", Kind::Place)],
            "<actor+a/<time+<actor>bc//<place+<time>de/f/",
        );
    }

    #[test]
    fn marks_of_the_same_words_are_one() {
        let text = "Kenya met Uganda and Peru";
        let mut first = mark(text, "Kenya", Kind::Actor);
        first.events.insert(1);
        let mut second = first.clone();
        second.events = BTreeSet::from([2]);
        let drawn = draw(text, 0, text.len(), &[first, second]).into_string();
        assert_eq!(drawn, "<span class=\"m actor first\" data-e=\"1 2\">Kenya</span> met Uganda and Peru");
    }

    #[test]
    fn links_hold_no_links() {
        let text = "refused to meet";
        let linked = |words: &str| Mark { href: Some("#e".to_owned()), ..mark(text, words, Kind::Act(3)) };
        let drawn = draw(text, 0, text.len(), &[linked("refused to meet"), linked("meet")]).into_string();
        assert_eq!(drawn.matches("<a ").count(), 1);
        assert_eq!(drawn.matches("</a>").count(), 1);
        assert!(drawn.contains("<span class=\"m act q3 first\">meet</span>"), "{drawn}");
    }

    #[test]
    fn words_and_labels_are_never_markup() {
        let text = "<script>alert(1)</script> & \"x\"";
        let mut evil = Mark::new([0, text.len()], Kind::Actor);
        evil.label = "\"><img src=x onerror=alert(1)>".to_owned();
        let drawn = draw(text, 0, text.len(), &[evil]).into_string();
        assert!(!drawn.contains("<script") && !drawn.contains("<img"), "{drawn}");
        assert_eq!(drawn.matches('<').count(), 2);
    }

    #[test]
    fn any_spans_give_valid_nesting_and_the_same_text() {
        let text = "Où «est» le 日本 d’été? A&B <x>";
        let mut seed = 7_usize;
        let mut dice = |n: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % n
        };
        for _ in 0..500 {
            let kinds = [Kind::Said(0), Kind::Said(1), Kind::Actor, Kind::Act(2), Kind::Furniture];
            let marks: Vec<Mark> = (0..dice(40)).map(|_| Mark::new([dice(60), dice(60)], kinds[dice(5)])).collect();
            let drawn = draw(text, 0, text.len(), &marks).into_string();
            let (mut depth, mut plain, mut rest) = (0_i32, String::new(), drawn.as_str());
            while let Some((before, after)) = rest.split_once('<') {
                plain.push_str(before);
                let (tag, after) = after.split_once('>').unwrap();
                depth += if tag.starts_with('/') { -1 } else { 1 };
                assert!(depth >= 0, "{drawn}");
                rest = after;
            }
            assert_eq!(depth, 0, "{drawn}");
            plain.push_str(rest);
            let plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            assert_eq!(plain, text);
        }
    }
}
