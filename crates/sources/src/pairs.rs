//! Texts with two parties marked in them: JSON Lines in, one outcome a line.

use std::fs::File;
use std::io;

use readout_text::Span;
use serde_json::{Map, Value};

use crate::bytes::{Bytes, Piece, noise};
use crate::input::Input;
use crate::limits::Limits;
use crate::rejection::{Place, Reason, Rejection};
use crate::unpack::Stream;

/// A text with the marks of two parties.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarkedPair {
    /// The record's identifier; its line's number where it gives none.
    pub id: String,
    /// The text.
    pub text: String,
    /// Where the first party stands, as bytes of the text; empty where it is not marked.
    pub source: Vec<Span>,
    /// Where the second stands.
    pub target: Vec<Span>,
    /// The PLOVER type that the record says holds between them, where it does: for scoring.
    pub kind: Option<String>,
}

/// The pairs of a file of JSON Lines (or of standard input), gzipped or not: a line is an object with `text`, and where
/// known `id`, `source` and `target`, each a list of `[start, end]` in characters of the text.
pub fn open_pairs(input: &Input, limits: Limits) -> impl Iterator<Item = Result<MarkedPair, Rejection>> + use<> {
    let (bytes, failed) = match open(input, limits) {
        Ok(bytes) => (Some(bytes), None),
        Err(reason) => (None, Some(reason)),
    };
    let place = Place::of(&input.name());
    Pairs { bytes, failed, place, line: 0 }
}

fn open(input: &Input, limits: Limits) -> Result<Bytes, Reason> {
    let raw: Stream = match input {
        Input::Stdin => Box::new(io::stdin()),
        Input::Path(path) => Box::new(File::open(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Reason::NotFound,
            _ => Reason::Unreadable(error),
        })?),
    };
    let bytes = Bytes::new(raw, limits)?;
    if bytes.head().is_empty() {
        return Err(Reason::Empty);
    }
    noise(bytes.head(), true).map_or(Ok(bytes), |what| Err(Reason::Binary(what)))
}

struct Pairs {
    bytes: Option<Bytes>,
    failed: Option<Reason>,
    place: Place,
    line: u64,
}

impl Iterator for Pairs {
    type Item = Result<MarkedPair, Rejection>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(reason) = self.failed.take() {
            return Some(Err(Rejection { place: self.place.clone(), reason }));
        }
        loop {
            let bytes = self.bytes.as_mut()?;
            let (whole, skipped) = (bytes.record_bytes(), bytes.skipped_bytes());
            let piece = bytes.line();
            self.line += 1;
            let place = Place { line: Some(self.line), ..self.place.clone() };
            let reject = |reason| Some(Err(Rejection { place, reason }));
            let given = match piece {
                Ok(Piece::Whole(given)) => given,
                Ok(Piece::TooLong) => return reject(Reason::TooLong(whole)),
                Ok(Piece::End) => return None,
                Ok(Piece::Endless) => {
                    self.bytes = None;
                    return reject(Reason::Endless(skipped));
                }
                Err(reason) => {
                    self.bytes = None;
                    return reject(reason);
                }
            };
            let given = given.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&given);
            if !given.trim_ascii().is_empty() {
                return pair(&String::from_utf8_lossy(given), self.line).map_or_else(reject, |pair| Some(Ok(pair)));
            }
        }
    }
}

/// The pair of one line.
fn pair(line: &str, number: u64) -> Result<MarkedPair, Reason> {
    let value: Value = serde_json::from_str(line).map_err(|error| {
        let message = error.to_string();
        Reason::Json(message.split(" at line ").next().unwrap_or(&message).to_owned())
    })?;
    let Value::Object(mut fields) = value else { return Err(Reason::NotAnObject(kind(&value))) };
    let text = match fields.remove("text") {
        Some(Value::String(text)) if text.trim().is_empty() => return Err(Reason::EmptyText),
        Some(Value::String(text)) => text,
        None => return Err(Reason::NoText),
        Some(other) => return Err(wrong("text", "a string", &other)),
    };
    let id = match fields.remove("id") {
        Some(Value::String(id)) => id,
        Some(Value::Number(id)) => id.to_string(),
        _ => number.to_string(),
    };
    let source = spans(&fields, "source", &text)?;
    let target = spans(&fields, "target", &text)?;
    let kind = fields.get("type").and_then(Value::as_str).map(str::to_owned);
    Ok(MarkedPair { id, text, source, target, kind })
}

const PAIRS: &str = "a list of [start, end] in characters";

fn spans(fields: &Map<String, Value>, field: &'static str, text: &str) -> Result<Vec<Span>, Reason> {
    let list = match fields.get(field) {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(list)) => list,
        Some(other) => return Err(wrong(field, PAIRS, other)),
    };
    list.iter().map(|one| span(one, field, text)).collect()
}

fn span(value: &Value, field: &'static str, text: &str) -> Result<Span, Reason> {
    let ends = match value.as_array().map(Vec::as_slice) {
        Some([start, end]) => start.as_u64().zip(end.as_u64()),
        _ => None,
    };
    let (start, end) = ends.ok_or_else(|| wrong(field, PAIRS, value))?;
    let (from, to) = (byte_of(text, start), byte_of(text, end));
    match (from, to) {
        (Some(from), Some(to)) if from < to => Ok(Span::new(from, to)),
        _ => Err(Reason::BadSpan { field, start, end, length: text.chars().count() }),
    }
}

/// The byte at which character `at` of `text` begins; the end of the text for the one after its last.
fn byte_of(text: &str, at: u64) -> Option<usize> {
    let at = usize::try_from(at).ok()?;
    text.char_indices().map(|(byte, _)| byte).chain([text.len()]).nth(at)
}

fn wrong(field: &'static str, expected: &'static str, found: &Value) -> Reason {
    Reason::WrongType { field, expected, found: kind(found) }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_counted_in_characters() {
        let given = r#"{"id": 7, "text": "Köln rügt Rom.", "source": [[0, 4]], "target": [[10, 13]]}"#;
        let pair = pair(given, 1).unwrap();
        assert_eq!(
            (pair.id.as_str(), pair.source[0].of(&pair.text), pair.target[0].of(&pair.text)),
            ("7", "Köln", "Rom")
        );
    }

    #[test]
    fn a_side_may_be_missing() {
        for given in [r#"{"text": "Oman left."}"#, r#"{"text": "Oman left.", "source": [], "target": null}"#] {
            let pair = pair(given, 3).unwrap();
            assert_eq!((pair.id.as_str(), pair.source.len(), pair.target.len()), ("3", 0, 0), "{given}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let message = |given: &str| pair(given, 1).unwrap_err().to_string();
        assert_eq!(
            message(r#"{"text": "Oman left.", "source": [[0, 99]]}"#),
            "`source` [0, 99] is no part of the text, which has 10 characters"
        );
        assert_eq!(
            message(r#"{"text": "Oman left.", "source": [[4, 4]]}"#),
            "`source` [4, 4] is no part of the text, which has 10 characters"
        );
        assert_eq!(
            message(r#"{"text": "Oman left.", "target": [5]}"#),
            "`target` must be a list of [start, end] in characters, found a number"
        );
        assert_eq!(
            message(r#"{"text": "Oman left.", "target": [[-1, 2]]}"#),
            "`target` must be a list of [start, end] in characters, found a list"
        );
        assert_eq!(message(r#"{"source": []}"#), "neither `text` nor `sentences` is given");
        assert_eq!(message("[]"), "expected a JSON object, found a list");
        assert!(message("{").starts_with("not valid JSON"));
    }
}
