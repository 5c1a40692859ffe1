//! Paragraphs: which line feeds end a sentence and which only wrap a line.

use crate::Span;
use crate::form::is_invisible;
use crate::limits::{BLOCK_LINES, MAX_TOKENS, WRAP_WIDTH};

/// A wrapped block whose longest line is shorter than this (bytes) is a list of short lines, not running text.
const LEAST_WRAP: usize = 40;

/// A paragraph: a stretch of text that ends the sentence it ends in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Paragraph {
    /// Without white space around it.
    pub span: Span,
    /// Whether white space above sets it off (blank line or indent), or it is the first.
    pub set_off: bool,
}

#[derive(Clone, Copy)]
struct Line {
    span: Span,
    indent: usize,
    first_word: usize,
}

/// The paragraphs of a text, in order.
///
/// A blank line always divides. A line feed between two lines divides unless the upper line looks wrapped: the block
/// has no line longer than [`WRAP_WIDTH`], the upper line is nearly as long as the block's longest, and the lower
/// one is neither indented further nor a list item. A lower line in lower case goes on the sentence above. At most
/// one paragraph more than [`MAX_TOKENS`] is given.
pub(crate) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut found = Vec::new();
    let mut block: Vec<Line> = Vec::new();
    for line in lines(text) {
        if line.span.is_empty() || block.len() >= BLOCK_LINES {
            divide(text, &block, &mut found);
            block.clear();
        }
        if !line.span.is_empty() {
            block.push(line);
        }
        if found.len() > MAX_TOKENS {
            break;
        }
    }
    divide(text, &block, &mut found);
    found.truncate(MAX_TOKENS + 1);
    found
}

fn divide(text: &str, block: &[Line], found: &mut Vec<Paragraph>) {
    let Some(first) = block.first() else { return };
    let long = block.iter().filter(|line| line.span.len() > WRAP_WIDTH).count();
    let width = block.iter().map(|line| line.span.len().min(WRAP_WIDTH)).max().unwrap_or(0);
    let wrapped = long * 5 < block.len().max(2) && width >= LEAST_WRAP;
    let mut current = Paragraph { span: first.span, set_off: true };
    for pair in block.windows(2) {
        let [above, below] = pair else { continue };
        let full = above.span.len() + 1 + below.first_word >= width * 3 / 4;
        let indented = below.indent >= above.indent + 2;
        let goes_on = starts_lower(below.span.of(text)) && !ends_sentence(above.span.of(text));
        let joins = !indented && !is_item(below.span.of(text)) && ((wrapped && full) || goes_on);
        if joins {
            current.span = current.span.join(below.span);
        } else {
            found.push(current);
            current = Paragraph { span: below.span, set_off: indented || !wrapped };
        }
    }
    found.push(current);
}

/// Lines without white space around them; empty spans for blank lines.
fn lines(text: &str) -> impl Iterator<Item = Line> {
    let mut at = 0;
    text.split(['\n', '\r', '\u{0B}', '\u{0C}', '\u{85}', '\u{2028}', '\u{2029}']).filter_map(move |raw| {
        let start = at;
        at += raw.len();
        let crlf = raw.is_empty() && start > 0 && text.get(start - 1..=start) == Some("\r\n");
        at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        if crlf {
            return None;
        }
        let blank = |c: char| c.is_whitespace() || is_invisible(c);
        let lead = raw.len() - raw.trim_start_matches(blank).len();
        let body = raw.trim_matches(blank);
        let first_word = body.find(char::is_whitespace).unwrap_or(body.len());
        let span = Span::new(start + lead, start + lead + body.len());
        Some(Line { span, indent: lead, first_word })
    })
}

fn starts_lower(line: &str) -> bool {
    line.chars().next().is_some_and(char::is_lowercase)
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', ')', ']']).ends_with(['.', '?', '!', ':', ';'])
}

/// "• one", "- one", "* one", "1. one", "(a) one".
fn is_item(line: &str) -> bool {
    let Some((mark, _)) = line.split_once(char::is_whitespace) else { return false };
    let bullet = mark.chars().count() == 1 && mark.contains(['•', '·', '▪', '●', '◦', '*', '○', '►', '–', '-', '—']);
    let number = mark.trim_start_matches('(').trim_end_matches(['.', ')']);
    let short = !number.is_empty() && number.len() < mark.len() && number.len() <= 2;
    bullet || (short && (number.bytes().all(|b| b.is_ascii_digit()) || (number.len() == 1 && mark.ends_with(')'))))
}
