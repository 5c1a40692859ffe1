//! The way back from the text to the bytes that were given.

use crate::Span;

/// Leads spans of a document's text back to the bytes that were given.
///
/// A list of runs; within one, each character has the same length in the text and in the original, or is one byte
/// in both. Where text and original are the same the list is empty.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    runs: Vec<Run>,
}

/// From `text` on, every `text_unit` bytes of text stand for `origin_unit` bytes from `origin` on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Run {
    text: usize,
    origin: usize,
    text_unit: usize,
    origin_unit: usize,
}

impl Origin {
    /// Says that from byte `text` of the text on, each `text_unit` bytes come from `origin_unit` bytes at `origin`. Calls
    /// go through the text from its beginning; one more ends it.
    pub fn push(&mut self, text: usize, origin: usize, text_unit: usize, origin_unit: usize) {
        if let Some(last) = self.runs.last() {
            let units = (text - last.text) / last.text_unit;
            let same = last.text_unit == text_unit && last.origin_unit == origin_unit;
            if same && last.origin + units * origin_unit == origin {
                return;
            }
        } else if text == origin && text_unit == 1 && origin_unit == 1 {
            return;
        }
        self.runs.push(Run { text, origin, text_unit: text_unit.max(1), origin_unit });
    }

    /// The span of the given bytes that `span` of the text came from. A span that ends within a replaced piece
    /// takes the whole piece.
    pub fn map(&self, span: Span) -> Span {
        let start = self.at(span.start, false);
        let end = if span.is_empty() { start } else { self.at(span.end - 1, true) };
        Span::new(start, end)
    }

    /// Where the unit that holds text byte `at` begins, or ends, in the original.
    fn at(&self, at: usize, end: bool) -> usize {
        let next = self.runs.partition_point(|run| run.text <= at);
        let identity = Run { text: 0, origin: 0, text_unit: 1, origin_unit: 1 };
        let run = next.checked_sub(1).and_then(|i| self.runs.get(i)).copied().unwrap_or(identity);
        let unit = (at - run.text) / run.text_unit + usize::from(end);
        run.origin + unit * run.origin_unit
    }
}
