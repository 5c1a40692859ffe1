//! JSON Feed 1 and 1.1.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::fields::{Body, Entry, Feed, line};
use super::{FEED_ENTRIES, FeedError, day};

/// Reads a JSON Feed.
pub(super) fn feed(text: &str) -> Result<Feed, FeedError> {
    let top: Top = serde_json::from_str(text).map_err(|e| FeedError::Json(e.to_string()))?;
    let Some(items) = top.items else {
        return Err(FeedError::NotAFeed("a JSON object without `items`".to_owned()));
    };
    let Top { title, language, feed_url, home_page_url, .. } = top;
    let mut feed =
        Feed { title: title.0, language: language.0, own: feed_url.0, home: home_page_url.0, ..Feed::default() };
    if items.left_out > 0 {
        feed.problems.push(format!("more than {FEED_ENTRIES} entries, {} left out", items.left_out));
    }
    feed.left_out = items.left_out;
    feed.entries = items.entries;
    Ok(feed)
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Top {
    title: Line,
    language: Line,
    feed_url: Line,
    home_page_url: Line,
    items: Option<Items>,
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Item {
    id: Line,
    url: Line,
    external_url: Line,
    title: Line,
    content_html: Text,
    content_text: Text,
    summary: Text,
    date_published: Line,
    date_modified: Line,
    language: Line,
    author: Author,
    authors: Authors,
}

impl From<Item> for Entry {
    fn from(item: Item) -> Self {
        let body = |text: Text, html| text.0.map(|text| Body { text, html });
        Entry {
            id: item.id.0,
            link: item.url.0.or(item.external_url.0),
            title: item.title.0,
            author: item.authors.0.or(item.author.0),
            published: item.date_published.0.as_deref().and_then(day),
            updated: item.date_modified.0.as_deref().and_then(day),
            summary: body(item.summary, false),
            content: body(item.content_text, false).or(body(item.content_html, true)),
            language: item.language.0,
        }
    }
}

/// A string cut to a line; other values are none.
#[derive(Default)]
struct Line(Option<String>);

/// A string; other values are none.
#[derive(Default)]
struct Text(Option<String>);

/// The name in an object.
#[derive(Default)]
struct Author(Option<String>);

/// The names in a list of objects, joined.
#[derive(Default)]
struct Authors(Option<String>);

#[derive(Default)]
struct Items {
    entries: Vec<Entry>,
    left_out: usize,
}

/// What any JSON value is to us.
enum Value {
    Text(String),
    Name(Option<String>),
    Names(Vec<String>),
    Other,
}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Line(match Value::deserialize(deserializer)? {
            Value::Text(text) => line(&text),
            _ => None,
        }))
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Text(match Value::deserialize(deserializer)? {
            Value::Text(text) => Some(text),
            _ => None,
        }))
    }
}

impl<'de> Deserialize<'de> for Author {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Author(match Value::deserialize(deserializer)? {
            Value::Name(name) => name,
            Value::Text(name) => line(&name),
            _ => None,
        }))
    }
}

impl<'de> Deserialize<'de> for Authors {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Authors(match Value::deserialize(deserializer)? {
            Value::Names(names) => line(&names.join(", ")),
            _ => None,
        }))
    }
}

impl<'de> Deserialize<'de> for Items {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ItemsVisitor)
    }
}

struct ItemsVisitor;

impl<'de> Visitor<'de> for ItemsVisitor {
    type Value = Items;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Items, A::Error> {
        let mut items = Items::default();
        while items.entries.len() < FEED_ENTRIES {
            match seq.next_element::<Item>()? {
                Some(item) => items.entries.push(item.into()),
                None => return Ok(items),
            }
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {
            items.left_out += 1;
        }
        Ok(items)
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

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut names = Vec::new();
        while let Some(value) = seq.next_element::<Value>()? {
            if let Value::Name(Some(name)) = value {
                names.push(name);
            }
        }
        Ok(Value::Names(names))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut name = None;
        while let Some(key) = map.next_key::<std::borrow::Cow<'_, str>>()? {
            match map.next_value::<Value>()? {
                Value::Text(text) if key == "name" => name = line(&text),
                _ => {}
            }
        }
        Ok(Value::Name(name))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Other)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string())) // identifiers are numbers in feeds of version 1
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Other)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Other)
    }
}
