//! WordPiece (Wu et al. 2016), as BERT's lower-cased vocabulary uses it.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const UNKNOWN: i32 = 100;
const LONGEST_WORD: usize = 100;

/// A vocabulary of word pieces.
pub(crate) struct WordPiece {
    ids: HashMap<Box<str>, i32>,
}

impl WordPiece {
    /// From a vocabulary file: one piece a line, its id the line's index.
    pub fn new(vocabulary: &str) -> Self {
        WordPiece { ids: vocabulary.lines().zip(0..).map(|(piece, id)| (Box::from(piece), id)).collect() }
    }

    /// Whether `word` is a piece of its own.
    pub fn knows(&self, word: &str) -> bool {
        self.ids.contains_key(word)
    }

    /// Appends the piece ids of one word to `out`; at least one.
    pub fn encode(&self, word: &str, out: &mut Vec<i32>) {
        let before = out.len();
        let plain: String = word.nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase).collect();
        let mut run = String::new();
        for c in plain.chars() {
            if c.is_control() || c.is_whitespace() || c == '\u{fffd}' {
                continue;
            }
            if is_punctuation(c) || is_ideograph(c) {
                self.encode_run(&run, out);
                run.clear();
                self.encode_run(c.encode_utf8(&mut [0; 4]), out);
            } else {
                run.push(c);
            }
        }
        self.encode_run(&run, out);
        if out.len() == before {
            out.push(UNKNOWN);
        }
    }

    /// Greedy longest match over a run without punctuation.
    fn encode_run(&self, run: &str, out: &mut Vec<i32>) {
        if run.is_empty() {
            return;
        }
        let before = out.len();
        if run.chars().count() > LONGEST_WORD {
            out.push(UNKNOWN);
            return;
        }
        let mut start = 0;
        let mut key = String::new();
        while let Some(rest) = run.get(start..).filter(|r| !r.is_empty()) {
            let mut found = None;
            for (at, c) in rest.char_indices().rev() {
                let end = at + c.len_utf8();
                key.clear();
                if start > 0 {
                    key.push_str("##");
                }
                key.push_str(rest.get(..end).unwrap_or_default());
                if let Some(&id) = self.ids.get(key.as_str()) {
                    found = Some((id, end));
                    break;
                }
            }
            let Some((id, length)) = found else {
                out.truncate(before);
                out.push(UNKNOWN);
                return;
            };
            out.push(id);
            start += length;
        }
    }
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || (!c.is_ascii() && !c.is_alphanumeric() && !is_combining_mark(c) && is_symbolic(c))
}

/// Unicode punctuation (category P) outside ASCII, by block: general and supplemental punctuation, CJK marks, and the
/// few Latin-1 signs of that category.
fn is_symbolic(c: char) -> bool {
    matches!(c, '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}' | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205e}' | '\u{2e00}'..='\u{2e5d}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{2ceaf}' | '\u{f900}'..='\u{faff}')
}

/// The class of a word's written shape, as the model was trained with it.
pub(crate) fn shape(word: &str) -> i32 {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    if word.chars().all(|c| c.is_numeric()) {
        1
    } else if word.chars().any(|c| c.is_numeric()) {
        2
    } else if letters().next().is_none() {
        3
    } else if !letters().any(char::is_uppercase) {
        4
    } else if letters().all(char::is_uppercase) {
        if letters().nth(1).is_some() { 5 } else { 6 }
    } else if word.chars().next().is_some_and(char::is_uppercase) {
        if word.chars().skip(1).any(char::is_uppercase) { 8 } else { 7 }
    } else {
        9
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(word: &str) -> Vec<i32> {
        let vocabulary = "[PAD]\nun\n##happ\n##ily\n.\nu\ns\nuse";
        let mut out = Vec::new();
        WordPiece::new(vocabulary).encode(word, &mut out);
        out
    }

    #[test]
    fn longest_pieces_first() {
        assert_eq!(pieces("unhappily"), [1, 2, 3]);
        assert_eq!(pieces("USE"), [7]);
    }

    #[test]
    fn punctuation_stands_alone() {
        assert_eq!(pieces("U.S."), [5, 4, 6, 4]);
    }

    #[test]
    fn what_is_not_in_the_vocabulary_is_unknown() {
        assert_eq!(pieces("unx"), [UNKNOWN]);
        assert_eq!(pieces("\u{200b}"), [UNKNOWN]);
    }

    #[test]
    fn shapes() {
        for (word, class) in [
            ("12", 1),
            ("B2", 2),
            ("--", 3),
            ("said", 4),
            ("U.S.", 5),
            ("J.", 6),
            ("Iran", 7),
            ("McKay", 8),
            ("iPhone", 9),
        ] {
            assert_eq!(shape(word), class, "{word}");
        }
    }
}
