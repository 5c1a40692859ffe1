//! JSON records to documents.

use std::borrow::Cow;
use std::fmt;

use jiff::civil::Date;
use readout_text::{Document, Meta, Problem};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::charset;
use crate::dates::{self, DateOrder, NoDay};
use crate::records::Options;
use crate::rejection::{Place, Reason, Rejection};

/// A record as it stands in JSON; fields of other names are passed over.
#[derive(Default)]
struct Record {
    fields: [Value; FIELDS.len()],
}

/// Names of fields, later ones standing in for earlier ones of the same meaning.
const FIELDS: [&str; 13] = [
    "id",
    "text",
    "sentences",
    "published",
    "date",
    "publisher",
    "title",
    "author",
    "uri",
    "url",
    "language",
    "licence",
    "license",
];

/// A field's value, without what this stage has no use for.
#[derive(Default)]
enum Value {
    #[default]
    Missing,
    Text(String),
    Texts(Vec<String>),
    Number(String),
    Wrong(&'static str),
}

impl Value {
    fn kind(&self) -> &'static str {
        match self {
            Value::Missing => "nothing",
            Value::Text(_) => "a string",
            Value::Texts(_) => "a list of strings",
            Value::Number(_) => "a number",
            Value::Wrong(kind) => kind,
        }
    }
}

/// What a JSON text is: a record, or something else.
enum Parsed {
    One(Box<Record>),
    Other(&'static str),
}

/// The report in a JSON text.
pub(crate) fn document(given: &[u8], place: Place, options: &Options) -> Result<Document, Rejection> {
    let (text, problem) = utf8(given);
    let parsed = match serde_json::from_str(&text) {
        Ok(parsed) => parsed,
        Err(error) => return Err(broken(place, &error)),
    };
    let read = match parsed {
        Parsed::One(record) => record.document(options),
        Parsed::Other(kind) => Err(Reason::NotAnObject(kind)),
    };
    let mut document = read.map_err(|reason| Rejection { place, reason })?;
    document.problems.extend(problem.map(|what| Problem { span: None, what }));
    Ok(document)
}

/// The text of JSON bytes without a byte-order mark, and what was wrong with them.
fn utf8(given: &[u8]) -> (Cow<'_, str>, Option<String>) {
    let given = given.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(given);
    if let Some(encoding) = charset::tell(given, None).filter(|e| e.is_ascii_compatible()) {
        let (text, _, _) = encoding.decode(given);
        return (text, Some(format!("the record's bytes are not UTF-8, read as {}", encoding.name())));
    }
    let text = String::from_utf8_lossy(given);
    let lossy = matches!(text, Cow::Owned(_));
    (text, lossy.then(|| "the record's bytes are not all UTF-8, the others were read as U+FFFD".to_owned()))
}

/// A rejection of what is not JSON; the error's line and column count from the record's.
fn broken(place: Place, error: &serde_json::Error) -> Rejection {
    let (line, column) = (error.line().max(1) as u64, error.column().max(1) as u64);
    let place = Place {
        line: Some(place.line.unwrap_or(1) + line - 1),
        column: Some(if line == 1 { place.column.unwrap_or(1) + column - 1 } else { column }),
        ..place
    };
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or(&message).to_owned();
    Rejection { place, reason: Reason::Json(what) }
}

impl Record {
    fn take(&mut self, name: &str) -> Value {
        let at = FIELDS.iter().position(|field| *field == name);
        at.and_then(|at| self.fields.get_mut(at)).map(std::mem::take).unwrap_or_default()
    }

    /// The first of the fields that is given, as a string; a value of another type is passed over with a problem.
    fn string(&mut self, names: &[&'static str], problems: &mut Vec<Problem>) -> Option<String> {
        for name in names {
            match self.take(name) {
                Value::Missing => {}
                Value::Text(text) if text.trim().is_empty() => {}
                Value::Text(text) => return Some(text),
                Value::Number(number) if *name == "id" => return Some(number),
                other => {
                    problems.push(problem(format!("`{name}` must be a string, found {}, passed over", other.kind())))
                }
            }
        }
        None
    }

    fn published(&mut self, order: Option<DateOrder>, problems: &mut Vec<Problem>) -> Option<Date> {
        let given = self.string(&["published", "date"], problems)?;
        let shown = || given.chars().take(40).collect::<String>();
        match dates::day(&given, order) {
            Ok(date) => Some(date),
            Err(NoDay::Ambiguous) => {
                problems.push(problem(format!("`{}` is one of two days: say with --dates mdy or dmy which", shown())));
                None
            }
            Err(NoDay::NotADate) => {
                problems.push(problem(format!("`{}` is not a date, expected one such as 2019-02-26", shown())));
                None
            }
        }
    }

    /// The document, with what is not given taken from the defaults.
    fn document(mut self, options: &Options) -> Result<Document, Reason> {
        let mut problems = Vec::new();
        let published = self.published(options.dates, &mut problems);
        let mut string = |names: &[&'static str]| self.string(names, &mut problems);
        let meta = options.defaults.fill(Meta {
            id: string(&["id"]).unwrap_or_default(),
            uri: string(&["uri", "url"]),
            title: string(&["title"]),
            author: string(&["author"]),
            published,
            publisher: string(&["publisher"]),
            language: string(&["language"]),
            licence: string(&["licence", "license"]),
        });
        let most = options.limits.sentences;
        let mut document = match (self.take("sentences"), self.take("text")) {
            (Value::Texts(sentences), _) if sentences.iter().all(|s| s.trim().is_empty()) => {
                return Err(Reason::EmptyText);
            }
            (Value::Texts(sentences), _) if sentences.len() > most => {
                return Err(Reason::TooManySentences(most));
            }
            (Value::Texts(sentences), _) => Document::from_sentences(&sentences, meta),
            (Value::Missing, Value::Text(text)) if text.trim().is_empty() => return Err(Reason::EmptyText),
            (Value::Missing, Value::Text(text)) => Document::from_text(text, meta),
            (Value::Missing, Value::Missing) => return Err(Reason::NoText),
            (Value::Missing, other) => {
                return Err(Reason::WrongType { field: "text", expected: "a string", found: other.kind() });
            }
            (other, _) => {
                let found = other.kind();
                return Err(Reason::WrongType { field: "sentences", expected: "a list of strings", found });
            }
        };
        document.problems.extend(problems);
        Ok(document)
    }
}

fn problem(what: String) -> Problem {
    Problem { span: None, what }
}

impl<'de> Deserialize<'de> for Parsed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ParsedVisitor)
    }
}

struct ParsedVisitor;

impl<'de> Visitor<'de> for ParsedVisitor {
    type Value = Parsed;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parsed, A::Error> {
        let mut record = Box::new(Record::default());
        while let Some(key) = map.next_key::<std::borrow::Cow<'_, str>>()? {
            match FIELDS.iter().position(|field| *field == key).and_then(|at| record.fields.get_mut(at)) {
                Some(field) => *field = map.next_value()?,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Parsed::One(record))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Parsed, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Parsed::Other("a list"))
    }

    fn visit_str<E>(self, _: &str) -> Result<Parsed, E> {
        Ok(Parsed::Other("a string"))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Parsed, E> {
        Ok(Parsed::Other("true or false"))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Parsed, E> {
        Ok(Parsed::Other("a number"))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Parsed, E> {
        Ok(Parsed::Other("a number"))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Parsed, E> {
        Ok(Parsed::Other("a number"))
    }

    fn visit_unit<E>(self) -> Result<Parsed, E> {
        Ok(Parsed::Other("null"))
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut texts = Vec::new();
        let mut wrong = None;
        while let Some(value) = seq.next_element::<Value>()? {
            match value {
                Value::Text(text) if wrong.is_none() => texts.push(text),
                Value::Text(_) => {}
                Value::Missing => wrong = Some("a list that holds null"),
                _ => wrong = Some("a list that holds other things than strings"),
            }
        }
        Ok(wrong.map_or(Value::Texts(texts), Value::Wrong))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Wrong("an object"))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Wrong("true or false"))
    }

    fn visit_i64<E>(self, n: i64) -> Result<Value, E> {
        Ok(Value::Number(n.to_string()))
    }

    fn visit_u64<E>(self, n: u64) -> Result<Value, E> {
        Ok(Value::Number(n.to_string()))
    }

    fn visit_f64<E>(self, n: f64) -> Result<Value, E> {
        Ok(Value::Number(n.to_string()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Missing)
    }
}
