//! Furniture: the parts of a paragraph that are not its body.

mod credits;
mod dateline;
mod licence;
mod lines;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::layout::Paragraph;
use crate::{Furniture, FurnitureKind, Span};

/// Paragraphs at the top of a report among which a dateline or byline is looked for.
const TOP: usize = 8;

/// Paragraphs at the end of a report whose ends are searched for credits and licences.
const BOTTOM: usize = 8;

/// Bytes at the end of a paragraph that are searched.
const TAIL: usize = 600;

/// What was found in a text.
#[derive(Default)]
pub(crate) struct Notes {
    /// In the order found.
    pub furniture: Vec<Furniture>,
    /// The licence a licence line gives.
    pub licence: Option<String>,
    /// Body of each paragraph that has furniture.
    bodies: BTreeMap<usize, Span>,
}

/// Furniture of a text's paragraphs (or of sentences given split). `published` dates datelines.
pub(crate) fn find(text: &str, paragraphs: &[Paragraph], published: Option<Date>) -> Notes {
    let mut notes = Notes::default();
    let last = paragraphs.iter().rposition(|p| !p.span.is_empty()).map_or(0, |i| i + 1);
    let mut dated = false;
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let (top, bottom) = (i < TOP, i + BOTTOM >= last);
        let given = paragraph.span.of(text);
        if let Some((kind, value)) = lines::whole(given, top, bottom) {
            notes.furniture.push(Furniture { span: paragraph.span, kind, value, date: None });
            notes.bodies.insert(i, Span::new(paragraph.span.start, paragraph.span.start));
            continue;
        }
        let mut body = paragraph.span;
        if top
            && !dated
            && let Some(found) = dateline::find(given, published)
        {
            dated = true;
            let span = Span::new(body.start, body.start + found.len);
            notes.furniture.push(Furniture {
                span,
                kind: FurnitureKind::Dateline,
                value: found.place,
                date: found.date,
            });
            body.start += found.len;
            let rest = body.of(text);
            body.start += rest.len() - rest.trim_start().len();
        }
        if bottom || given.len() < TAIL {
            notes.tail(text, &mut body, bottom);
        }
        if body != paragraph.span {
            notes.bodies.insert(i, body);
        }
    }
    notes
}

impl Notes {
    /// The body of paragraph `i`, which stands at `span`.
    pub fn body(&self, i: usize, span: Span) -> Span {
        self.bodies.get(&i).copied().unwrap_or(span)
    }

    /// Takes furniture off the end of a body, as often as there is some.
    fn tail(&mut self, text: &str, body: &mut Span, bottom: bool) {
        if let Some((at, licence)) = licence::find(window(text, *body), bottom) {
            let start = body.end - window(text, *body).len() + at;
            let identifier = licence.map(str::to_owned);
            let line = start + credits::leading_initials(text.get(start..body.end).unwrap_or(""));
            if line > start {
                let initials = Span::new(start, text.get(start..line).map_or(start, |s| start + s.trim_end().len()));
                let value = Some(initials.of(text).to_owned());
                self.furniture.push(Furniture { span: initials, kind: FurnitureKind::Byline, value, date: None });
            }
            self.furniture.push(Furniture {
                span: Span::new(line, body.end),
                kind: FurnitureKind::Licence,
                value: identifier.clone(),
                date: None,
            });
            self.licence = self.licence.take().or(identifier);
            shorten(text, body, start);
        }
        while bottom && let Some((at, kind, value)) = credits::find(window(text, *body)) {
            let start = body.end - window(text, *body).len() + at;
            self.furniture.push(Furniture { span: Span::new(start, body.end), kind, value: Some(value), date: None });
            shorten(text, body, start);
        }
    }
}

/// The last [`TAIL`] bytes of a body, or a few more.
fn window(text: &str, body: Span) -> &str {
    let given = body.of(text);
    let from = given.floor_char_boundary(given.len().saturating_sub(TAIL));
    given.get(from..).unwrap_or("")
}

/// Ends a body at `end` or, where white space stands there, before it.
fn shorten(text: &str, body: &mut Span, end: usize) {
    let left = Span::new(body.start, end).of(text).trim_end().len();
    body.end = body.start + left;
}
