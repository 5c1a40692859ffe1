//! Tables: each row is a record. What a row holds becomes the JSON record that it stands for, so that the same report has
//! the same hash from a table and from JSON Lines.

mod columns;
mod decoded;
mod delimited;
mod parquet;

use std::sync::Arc;

pub use columns::{Column, Columns, Names};
pub(crate) use delimited::Delimited;
pub use parquet::Broken;
pub(crate) use parquet::{MARK, Parquet};

use crate::raw::{Kind, Raw};
use crate::rejection::Place;

/// Columns of a table.
pub(crate) const TABLE_COLUMNS: usize = 4_096;

/// The record of a row: the fields that are given, each with its value.
pub fn record<'v>(place: Place, fields: impl Iterator<Item = (&'static str, std::borrow::Cow<'v, str>)>) -> Raw {
    let mut object = serde_json::Map::new();
    for (field, value) in fields {
        if !value.trim().is_empty() {
            object.insert(field.to_owned(), serde_json::Value::String(value.into_owned()));
        }
    }
    let bytes = serde_json::Value::Object(object).to_string().into_bytes();
    Raw::new(place, Kind::Json, bytes)
}

/// The place of a whole table.
fn place(name: &Arc<str>) -> Place {
    Place { name: Arc::clone(name), ..Place::default() }
}
