//! Between records and Arrow: reports out of batches, records into batches, grids into batches.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::builder::{Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_json::ReaderBuilder;
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use arrow_select::concat::concat_batches;
use pyo3::prelude::*;
use pyo3_arrow::{PySchema, PyTable};
use readout_record::{Event, Record};
use readout_sources::{Columns, Place, Raw, Reason, Rejection, row};
use readout_store::{Grid, Value as Cell};
use serde_json::{Map, Value, json};

use crate::coder::Outcome;
use crate::raised;

/// How days and times are written where a column has them.
const FORMAT: FormatOptions<'static> = FormatOptions::new().with_null("");

/// A column of a batch that is read: the field it holds, itself, and how its values are written.
type Read<'b> = (&'static str, &'b ArrayRef, ArrayFormatter<'b>);

/// The columns of a batch that are read, told by their names, as those of tables are.
fn read(batch: &RecordBatch) -> Result<Vec<Read<'_>>, Reason> {
    let names: Vec<String> = batch.schema().fields().iter().map(|field| field.name().clone()).collect();
    let columns = Columns::tell(&names, &[])?;
    let readable = |(at, field): (&usize, &&'static str)| {
        let column = batch.columns().get(*at)?;
        Some((*field, column, ArrayFormatter::try_new(column, &FORMAT).ok()?))
    };
    Ok(columns.taken.iter().filter_map(readable).collect())
}

/// The reports of a batch, one a row.
pub(crate) fn reports(batch: &RecordBatch) -> Result<Vec<Result<Raw, Rejection>>, Reason> {
    let columns = read(batch)?;
    let report = |i: usize| {
        let place = Place { name: "batch".into(), line: Some(i as u64 + 1), ..Place::default() };
        let given = columns.iter().filter(|(_, column, _)| column.is_valid(i));
        Ok(row(place, given.map(|(field, _, values)| (*field, Cow::Owned(values.value(i).to_string())))))
    };
    Ok((0..batch.num_rows()).map(report).collect())
}

/// The identifiers of a batch's reports, where it has a column for them.
pub(crate) fn ids(batch: &RecordBatch) -> Vec<Option<String>> {
    let columns = read(batch).unwrap_or_default();
    let Some((_, column, values)) = columns.iter().find(|(field, ..)| *field == "id") else { return Vec::new() };
    (0..batch.num_rows()).map(|i| column.is_valid(i).then(|| values.value(i).to_string())).collect()
}

/// A row for each outcome, under [`fields`]; `ids` name the reports that were not read.
pub(crate) fn batch(outcomes: &[Outcome], ids: &[Option<String>]) -> Result<RecordBatch, ArrowError> {
    let id = |i: usize| ids.get(i).and_then(Option::as_deref);
    let rows: Vec<Value> = outcomes.iter().enumerate().map(|(i, outcome)| object(outcome, id(i))).collect();
    let schema = coded_schema();
    let mut decoder = ReaderBuilder::new(Arc::clone(&schema)).with_batch_size(rows.len().max(1)).build_decoder()?;
    decoder.serialize(&rows)?;
    Ok(decoder.flush()?.unwrap_or_else(|| RecordBatch::new_empty(schema)))
}

/// Batches of one after the other as one.
pub(crate) fn joined(batches: &[RecordBatch]) -> Result<RecordBatch, ArrowError> {
    concat_batches(&coded_schema(), batches)
}

/// The schema of [`Coder::code_batch`](crate::coder::Coder)'s batches.
#[pyfunction]
pub(crate) fn schema() -> PySchema {
    PySchema::new(coded_schema())
}

/// The schema of batches with a row a report.
pub(crate) fn coded_schema() -> SchemaRef {
    Arc::new(Schema::new(fields()))
}

fn object(outcome: &Outcome, id: Option<&str>) -> Value {
    match outcome {
        Outcome::Read { record, coded } => {
            let mut object = whole(record);
            object.insert("outcome".to_owned(), if *coded { "coded" } else { "not coded" }.into());
            if !coded {
                object.insert("reason".to_owned(), record.problems.last().map(|p| p.what.clone()).into());
            }
            Value::Object(object)
        }
        Outcome::Rejected { reason, .. } => json!({"id": id, "outcome": "rejected", "reason": reason}),
    }
}

/// A record with runs of days taken apart, as Arrow has types for days.
fn whole(record: &Record) -> Map<String, Value> {
    let Ok(Value::Object(mut object)) = serde_json::to_value(record) else { return Map::new() };
    let events = object.get_mut("events").and_then(Value::as_array_mut).map(Vec::as_mut_slice).unwrap_or_default();
    for (event, Event { date, .. }) in events.iter_mut().zip(&record.events) {
        if let Some(event) = event.as_object_mut() {
            event.remove("date");
            event.insert("date_first".to_owned(), date.map(|d| d.first().to_string()).into());
            event.insert("date_last".to_owned(), date.map(|d| d.last().to_string()).into());
        }
    }
    object
}

fn field(name: &str, kind: DataType) -> Field {
    Field::new(name, kind, true)
}

fn text(name: &str) -> Field {
    field(name, DataType::Utf8)
}

fn whole_number(name: &str) -> Field {
    field(name, DataType::Int32)
}

fn real(name: &str) -> Field {
    field(name, DataType::Float32)
}

fn day(name: &str) -> Field {
    field(name, DataType::Date32)
}

fn list(name: &str, item: DataType) -> Field {
    field(name, DataType::List(Arc::new(Field::new("item", item, true))))
}

fn of(fields: Vec<Field>) -> DataType {
    DataType::Struct(Fields::from(fields))
}

/// Two whole numbers: first byte, one past the last.
fn span(name: &str) -> Field {
    list(name, DataType::Int32)
}

fn spans(name: &str) -> Field {
    list(name, span("item").data_type().clone())
}

/// A report: what became of it, and its record as `docs/schema.md` describes it, but for runs of days.
fn fields() -> Vec<Field> {
    vec![
        text("id"),
        text("outcome"),
        text("reason"),
        text("uri"),
        text("title"),
        text("author"),
        day("published"),
        text("publisher"),
        text("language"),
        text("licence"),
        text("byline"),
        text("credit"),
        text("codebook"),
        list("sentences", of(vec![span("span")])),
        list("events", event()),
        list("attributions", attribution()),
        list("problems", of(vec![span("span"), text("what")])),
    ]
}

fn party() -> DataType {
    of(vec![text("text"), span("span"), text("name"), text("code"), text("country"), text("sector"), text("inferred")])
}

fn event() -> DataType {
    let place = of(vec![text("text"), span("span"), real("lat"), real("lon"), text("country"), text("admin1")]);
    let speaker = of(vec![text("text"), span("span"), text("name"), text("code"), text("cue")]);
    of(vec![
        text("id"),
        whole_number("sent"),
        text("trigger"),
        span("span"),
        text("type"),
        text("mode"),
        list("contexts", DataType::Utf8),
        text("cameo"),
        whole_number("quad"),
        real("score"),
        real("goldstein"),
        list("actor", party()),
        list("recipient", party()),
        text("status"),
        field("place", place),
        text("when"),
        span("when_span"),
        day("date_first"),
        day("date_last"),
        text("granularity"),
        list("said_by", speaker),
        text("rule"),
        real("confidence"),
        text("same_as"),
    ])
}

fn attribution() -> DataType {
    let phrase = || of(vec![text("text"), spans("spans")]);
    let source = of(vec![text("text"), spans("spans"), text("name"), text("code")]);
    of(vec![
        whole_number("sent"),
        field("source", source),
        field("cue", phrase()),
        field("content", phrase()),
        text("kind"),
        whole_number("nested_in"),
        whole_number("continues"),
    ])
}

/// The rows of a grid, and whether there were more. A column of whole numbers, or of numbers, is one; any other is text.
pub(crate) fn table(grid: &Grid) -> PyResult<(PyTable, bool)> {
    let column = |at: usize| grid.rows.iter().map(move |row| row.get(at).unwrap_or(&Cell::Null));
    let columns = grid.columns.iter().enumerate().map(|(at, name)| {
        let values: ArrayRef = if column(at).all(|v| matches!(v, Cell::Null | Cell::Integer(_))) {
            let mut built = Int64Builder::new();
            column(at).for_each(|v| built.append_option(if let Cell::Integer(n) = v { Some(*n) } else { None }));
            Arc::new(built.finish())
        } else if column(at).all(|v| matches!(v, Cell::Null | Cell::Integer(_) | Cell::Real(_))) {
            let mut built = Float64Builder::new();
            column(at).for_each(|v| built.append_option(number(v)));
            Arc::new(built.finish())
        } else {
            let mut built = StringBuilder::new();
            column(at).for_each(|v| built.append_option(written(v)));
            Arc::new(built.finish())
        };
        (Field::new(name, values.data_type().clone(), true), values)
    });
    let (fields, values): (Vec<Field>, Vec<ArrayRef>) = columns.unzip();
    let schema = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(Arc::clone(&schema), values).map_err(|error| raised(&error))?;
    Ok((PyTable::try_new(vec![batch], schema)?, grid.cut))
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Integer(n) => Some(*n as f64),
        Cell::Real(x) => Some(*x),
        Cell::Null | Cell::Text(_) => None,
    }
}

fn written(cell: &Cell) -> Option<Cow<'_, str>> {
    match cell {
        Cell::Null => None,
        Cell::Text(text) => Some(Cow::Borrowed(text)),
        Cell::Integer(n) => Some(Cow::Owned(n.to_string())),
        Cell::Real(x) => Some(Cow::Owned(x.to_string())),
    }
}
