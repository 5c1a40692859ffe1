//! Bytes to text: UTF-8 with or without a byte-order mark, UTF-16 with one.

use crate::limits::MAX_PROBLEMS;
use crate::{Origin, Problem, Span};

/// The text of `bytes`, the way back, and what was wrong. Bytes that are not text become U+FFFD, one for each
/// maximal broken piece (Unicode 15, section 3.9, "substitution of maximal subparts").
pub(crate) fn decode(bytes: &[u8]) -> (String, Origin, Vec<Problem>) {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => decode_utf8(rest, 3),
        [0xFF, 0xFE, rest @ ..] => decode_utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => decode_utf16(rest, u16::from_be_bytes),
        _ => decode_utf8(bytes, 0),
    }
}

fn decode_utf8(bytes: &[u8], skipped: usize) -> (String, Origin, Vec<Problem>) {
    let mut text = String::with_capacity(bytes.len());
    let mut origin = Origin::default();
    let mut broken = Broken::default();
    let mut at = skipped;
    for chunk in bytes.utf8_chunks() {
        if !chunk.valid().is_empty() {
            origin.push(text.len(), at, 1, 1);
            text.push_str(chunk.valid());
            at += chunk.valid().len();
        }
        let invalid = chunk.invalid();
        if !invalid.is_empty() {
            origin.push(text.len(), at, char::REPLACEMENT_CHARACTER.len_utf8(), invalid.len());
            broken.add(&mut text, "invalid UTF-8, read as U+FFFD");
            at += invalid.len();
        }
    }
    origin.push(text.len(), at, 1, 1);
    (text, origin, broken.problems())
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (String, Origin, Vec<Problem>) {
    let mut text = String::with_capacity(bytes.len());
    let mut origin = Origin::default();
    let mut broken = Broken::default();
    let mut at = 2;
    let (pairs, odd) = bytes.as_chunks::<2>();
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match decoded {
            Ok(c) => {
                origin.push(text.len(), at, c.len_utf8(), c.len_utf16() * 2);
                text.push(c);
                at += c.len_utf16() * 2;
            }
            Err(_) => {
                origin.push(text.len(), at, char::REPLACEMENT_CHARACTER.len_utf8(), 2);
                broken.add(&mut text, "invalid UTF-16, read as U+FFFD");
                at += 2;
            }
        }
    }
    if !odd.is_empty() {
        origin.push(text.len(), at, char::REPLACEMENT_CHARACTER.len_utf8(), 1);
        broken.add(&mut text, "half a UTF-16 unit, read as U+FFFD");
        at += 1;
    }
    origin.push(text.len(), at, 1, 1);
    (text, origin, broken.problems())
}

/// Collects broken places, listing the first of them.
#[derive(Default)]
struct Broken {
    listed: Vec<Problem>,
    more: usize,
}

impl Broken {
    fn add(&mut self, text: &mut String, what: &str) {
        let start = text.len();
        text.push(char::REPLACEMENT_CHARACTER);
        if self.listed.len() < MAX_PROBLEMS {
            let span = Some(Span::new(start, text.len()));
            self.listed.push(Problem { span, what: what.to_owned() });
        } else {
            self.more += 1;
        }
    }

    fn problems(mut self) -> Vec<Problem> {
        if self.more > 0 {
            let what = format!("{} more places with bytes that are not text", self.more);
            self.listed.push(Problem { span: None, what });
        }
        self.listed
    }
}
