//! A sentence with its act, parties and speakers set off.

use readout_coder::Event;
use readout_text::{Document, Span};

use super::paint::{Paint, Role};
use super::text::{fill, visible, width};

/// Stretches of a document's text and what they are; where two overlap the one put first wins.
#[derive(Debug, Default)]
pub(crate) struct Stretches(Vec<(Span, Role)>);

impl Stretches {
    /// All that `events` rest on.
    pub(crate) fn of<'a>(events: impl IntoIterator<Item = &'a Event> + Clone) -> Self {
        let mut all = Stretches::default();
        for e in events.clone() {
            all.put(e.span, Role::Act(e.quad));
        }
        for e in events {
            e.actor.iter().for_each(|s| all.put(s.span, Role::Actor));
            e.recipient.iter().for_each(|s| all.put(s.span, Role::Recipient));
            e.said_by.iter().filter_map(|s| s.span).for_each(|s| all.put(s, Role::Speaker));
        }
        all
    }

    /// Puts one, unless something else stands there.
    pub(crate) fn put(&mut self, span: Span, role: Role) {
        if !span.is_empty() && !self.0.iter().any(|(s, _)| s.overlaps(span)) {
            self.0.push((span, role));
        }
    }

    /// Stretches within `span`, in order.
    fn within(&self, span: Span) -> Vec<(Span, Role)> {
        let mut inside: Vec<_> = self.0.iter().copied().filter(|(s, _)| span.covers(*s)).collect();
        inside.sort_unstable_by_key(|(s, _)| *s);
        inside
    }
}

/// The text of `span`, its stretches painted or marked, filled to `columns` with `indent` blanks before each line.
pub(crate) fn show(
    document: &Document,
    span: Span,
    stretches: &Stretches,
    paint: Paint,
    columns: usize,
    indent: usize,
) -> String {
    let mut words: Vec<(String, usize)> = Vec::new();
    let mut open = false; // whether the last word goes on
    let mut add = |text: &str, role: Role| {
        let shown = visible(text);
        let (before, after) = paint.marks(role);
        let pieces: Vec<&str> = shown.split(' ').collect();
        let last = pieces.len().saturating_sub(1);
        for (i, piece) in pieces.iter().enumerate() {
            if i > 0 {
                open = false;
            }
            if piece.is_empty() {
                continue;
            }
            let marked = format!("{}{piece}{}", if i == 0 { before } else { "" }, if i == last { after } else { "" });
            let painted = paint.paint(role, &marked);
            match words.last_mut() {
                Some((word, w)) if open => {
                    word.push_str(&painted);
                    *w += width(&marked);
                }
                _ => words.push((painted, width(&marked))),
            }
            open = true;
        }
    };
    let mut at = span.start;
    for (stretch, role) in stretches.within(span) {
        add(Span::new(at, stretch.start).of(&document.text), Role::Plain);
        add(stretch.of(&document.text), role);
        at = stretch.end;
    }
    add(Span::new(at, span.end).of(&document.text), Role::Plain);
    fill(&words, columns, indent)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\"Iran,\" it said, condemned the raid  by U.S. forces.";

    fn shown(colors: bool, columns: usize) -> String {
        let document = Document { text: TEXT.to_owned(), ..Document::default() };
        let mut stretches = Stretches::default();
        for (part, role) in [
            ("U.S. forces", Role::Recipient),
            ("Iran", Role::Actor),
            ("condemned", Role::Act(3)),
            ("forces", Role::Actor),
            ("it", Role::Speaker),
        ] {
            let start = TEXT.find(part).unwrap();
            stretches.put(Span::new(start, start + part.len()), role);
        }
        show(&document, Span::new(0, TEXT.len()), &stretches, Paint::new(colors), columns, 2)
    }

    #[test]
    fn marks_stand_where_colours_would() {
        assert_eq!(shown(false, 100), "  \"<Iran>,\" _it_ said, *condemned* the raid by [U.S. forces].");
    }

    #[test]
    fn colours_take_no_columns() {
        let colored = shown(true, 30);
        assert!(colored.contains("\x1b[1;34mIran\x1b[0m,\""), "{colored:?}");
        let plain = colored.lines().map(strip).collect::<Vec<_>>();
        assert_eq!(plain, ["  \"Iran,\" it said, condemned", "  the raid by U.S. forces."]);
    }

    fn strip(line: &str) -> String {
        line.split("\x1b[").enumerate().map(|(i, p)| if i == 0 { p } else { p.split_once('m').unwrap().1 }).collect()
    }
}
