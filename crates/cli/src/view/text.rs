//! Text for a terminal: controls made visible, lines of a given width.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

/// Columns where the output is no terminal, and at most where it is: longer lines are hard to read.
const WIDEST: usize = 100;
/// Columns below which lines are not broken further.
const NARROWEST: usize = 40;

/// Columns to write in.
pub(crate) fn columns() -> usize {
    let (terminal_size::Width(w), _) =
        terminal_size::terminal_size().unwrap_or((terminal_size::Width(WIDEST as u16), terminal_size::Height(0)));
    usize::from(w).clamp(NARROWEST, WIDEST)
}

/// Columns that `text` takes.
pub(crate) fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// `text` with what a terminal would obey or hide shown as its code point, and white space as blanks: reports come
/// from strangers.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| hidden(c) || (c != ' ' && c.is_whitespace())) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if c.is_whitespace() {
            out.push(' ');
        } else if hidden(c) {
            out.push_str(&format!("‹U+{:04X}›", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Controls, zero-width characters, and marks that change the direction of writing.
fn hidden(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}' | '\u{61C}')
}

/// `text` padded with blanks to `columns`.
pub(crate) fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Breaks words, each with its width, into lines of at most `columns`, each line after `indent` blanks.
/// A word wider than a line stands on a line of its own.
pub(crate) fn fill<'a>(words: impl IntoIterator<Item = &'a (String, usize)>, columns: usize, indent: usize) -> String {
    let mut out = " ".repeat(indent);
    let mut at = indent;
    let mut first = true;
    for (word, width) in words {
        if !first {
            if at + 1 + width > columns {
                out.push('\n');
                out.push_str(&" ".repeat(indent));
                at = indent;
            } else {
                out.push(' ');
                at += 1;
            }
        }
        out.push_str(word);
        at += width;
        first = false;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        assert_eq!(visible("a\x1b[31mred\u{202e}x\tb\n"), "a‹U+001B›[31mred‹U+202E›x b ");
        assert!(matches!(visible("plain — “text”"), Cow::Borrowed(_)));
    }

    #[test]
    fn lines_keep_their_width() {
        let words: Vec<(String, usize)> =
            "one two three four incomprehensibilities five".split(' ').map(|w| (w.to_owned(), w.len())).collect();
        assert_eq!(fill(&words, 12, 2), "  one two\n  three four\n  incomprehensibilities\n  five");
    }
}
