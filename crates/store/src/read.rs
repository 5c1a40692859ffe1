//! From rows back to records.

use jiff::civil::Date;
use readout_record::{
    Attribution, ByteSpan, Dateline, Days, Event, Furniture, Party, Phrase, Place, Problem, Record, SCHEMA, Sentence,
    Source, Speaker,
};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde::de::DeserializeOwned;

use crate::{Result, Store, StoreError};

/// The columns that [`event`] reads, after the row's number.
macro_rules! event_columns {
    () => {
        "SELECT e.id, e.event_id, e.sent, e.trigger_text, e.span_start, e.span_end, e.type, e.mode, e.contexts, e.cameo,
             e.quad, e.score, e.goldstein, e.status, p.text, e.place_start, e.place_end, p.lat, p.lon, p.country,
             p.admin1, e.when_text, e.when_start, e.when_end, e.date_first, e.date_last, e.granularity, e.rule,
             e.confidence, e.same_as
         FROM events e LEFT JOIN places p ON p.id = e.place"
    };
}

/// A document as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// Its key.
    pub key: String,
    /// Its text, which the record's spans index.
    pub text: String,
    /// Whether its sentences were given split.
    pub presplit: bool,
    /// Whether it was coded; a report in another language is kept as it is.
    pub coded: bool,
    /// The first of the reports that it repeats.
    pub copy_of: Option<Original>,
    /// What was read from it.
    pub record: Record,
}

/// The first print of what other documents repeat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
}

impl Store {
    /// All documents, by day of publication, then name, then key: the same order in every store that holds the same.
    ///
    /// # Errors
    /// What SQLite says, at once or for a document.
    pub fn documents(&self) -> Result<impl Iterator<Item = Result<Stored>> + '_> {
        self.documents_where("1", [])
    }

    /// The documents for which an SQL condition over the table `documents` holds, in the order of [`documents`](Self::documents).
    pub(crate) fn documents_where(
        &self,
        condition: &str,
        values: impl rusqlite::Params,
    ) -> Result<impl Iterator<Item = Result<Stored>> + '_> {
        let ids: Vec<i64> = self.sql(|c| {
            c.prepare(&format!("SELECT id FROM documents WHERE {condition} ORDER BY published, name, key"))?
                .query_map(values, |row| row.get(0))?
                .collect()
        })?;
        Ok(ids.into_iter().map(|id| self.document(id)))
    }

    /// The keys of all documents, in the order of [`documents`](Self::documents).
    pub fn keys(&self) -> Result<Vec<String>> {
        self.sql(|c| {
            c.prepare("SELECT key FROM documents ORDER BY published, name, key")?
                .query_map([], |row| row.get(0))?
                .collect()
        })
    }

    /// The document with this key.
    pub fn by_key(&self, key: &str) -> Result<Stored> {
        let id = self
            .sql(|c| c.prepare_cached("SELECT id FROM documents WHERE key = ?1")?.query_row([key], |row| row.get(0)))?;
        self.document(id)
    }

    /// The document with this key; `None` where there is none.
    pub fn find(&self, key: &str) -> Result<Option<Stored>> {
        let id = self.sql(|c| {
            c.prepare_cached("SELECT id FROM documents WHERE key = ?1")?.query_row([key], |row| row.get(0)).optional()
        })?;
        id.map(|id| self.document(id)).transpose()
    }

    /// The document in row `id`.
    pub(crate) fn document(&self, id: i64) -> Result<Stored> {
        document(&self.connection, id).map_err(|e| match e {
            rusqlite::Error::FromSqlConversionFailure(..) | rusqlite::Error::InvalidColumnType(..) => {
                StoreError::Value { path: self.path.clone(), what: format!("a wrong value in document {id}: {e}") }
            }
            other => StoreError::of(&self.path, other),
        })
    }
}

fn document(c: &Connection, id: i64) -> rusqlite::Result<Stored> {
    let mut stored = c
        .prepare_cached(
            "SELECT d.key, d.text, d.presplit, d.coded, f.key, d.name, d.uri, d.title, d.published,
                 d.publisher, d.language, d.licence, d.author, d.byline, d.credit, d.dateline_place, d.dateline_date,
                 f.name
             FROM documents d LEFT JOIN documents f ON f.id = d.copy_of WHERE d.id = ?1",
        )?
        .query_row([id], head)?;
    let codebook: Option<String> =
        c.prepare_cached("SELECT max(value) FROM store WHERE name = 'codebook'")?.query_row([], |row| row.get(0))?;
    let place = stored.record.dateline.take();
    let record = &mut stored.record;
    record.codebook = codebook.filter(|_| stored.coded);
    record.sentences = rows(c, "SELECT span_start, span_end FROM sentences WHERE document = ?1 ORDER BY n", id, |r| {
        Ok(Sentence { span: [r.get(0)?, r.get(1)?], text: None })
    })?;
    record.furniture =
        rows(c, "SELECT kind, span_start, span_end, value FROM furniture WHERE document = ?1 ORDER BY n", id, |r| {
            Ok(Furniture { kind: r.get(0)?, span: [r.get(1)?, r.get(2)?], value: r.get(3)? })
        })?;
    record.problems =
        rows(c, "SELECT span_start, span_end, what FROM problems WHERE document = ?1 ORDER BY n", id, |r| {
            Ok(Problem { span: span(r.get(0)?, r.get(1)?), what: r.get(2)? })
        })?;
    let mark = record.furniture.iter().find(|f| f.kind == "dateline").map(|f| f.span);
    record.dateline = place.zip(mark).map(|(d, span)| Dateline { span, ..d });
    record.events = events(c, id)?;
    record.attributions = rows(
        c,
        "SELECT sent, source_text, source_name, source_code, cue, content, kind, nested_in, continues, source_spans,
             cue_spans, content_spans
         FROM attributions WHERE document = ?1 ORDER BY n",
        id,
        attribution,
    )?;
    Ok(stored)
}

/// The row of `documents`; the dateline has no span yet.
fn head(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let dateline = Dateline { place: row.get(15)?, date: day(row, 16)?, span: [0, 0] };
    Ok(Stored {
        key: row.get(0)?,
        text: row.get(1)?,
        presplit: row.get(2)?,
        coded: row.get(3)?,
        copy_of: row.get::<_, Option<String>>(4)?.zip(row.get(17)?).map(|(key, name)| Original { key, name }),
        record: Record {
            schema: SCHEMA.to_owned(),
            id: row.get(5)?,
            uri: row.get(6)?,
            title: row.get(7)?,
            published: day(row, 8)?,
            publisher: row.get(9)?,
            language: row.get(10)?,
            licence: row.get(11)?,
            author: row.get(12)?,
            byline: row.get(13)?,
            credit: row.get(14)?,
            dateline: Some(dateline),
            codebook: None,
            sentences: Vec::new(),
            furniture: Vec::new(),
            events: Vec::new(),
            attributions: Vec::new(),
            problems: Vec::new(),
        },
    })
}

fn events(c: &Connection, document: i64) -> rusqlite::Result<Vec<Event>> {
    let mut events = rows(c, concat!(event_columns!(), " WHERE e.document = ?1 ORDER BY e.n"), document, |row| {
        Ok((row.get::<_, i64>(0)?, event(row)?))
    })?;
    for (id, event) in &mut events {
        complete(c, *id, event)?;
    }
    Ok(events.into_iter().map(|(_, event)| event).collect())
}

/// The event in row `id` of `events`.
pub(crate) fn event_in_row(c: &Connection, id: i64) -> rusqlite::Result<Event> {
    let mut event = c.prepare_cached(concat!(event_columns!(), " WHERE e.id = ?1"))?.query_row([id], event)?;
    complete(c, id, &mut event)?;
    Ok(event)
}

/// Adds what other tables hold of the event in row `id`.
fn complete(c: &Connection, id: i64, event: &mut Event) -> rusqlite::Result<()> {
    event.said_by = rows(
        c,
        "SELECT text, span_start, span_end, name, code, cue FROM speakers WHERE event = ?1 ORDER BY n",
        id,
        speaker,
    )?;
    for (side, party) in rows(
        c,
        "SELECT side, text, span_start, span_end, name, code, country, sector, inferred FROM parties
         WHERE event = ?1 ORDER BY side, n",
        id,
        |row| Ok((row.get::<_, String>(0)?, party(row)?)),
    )? {
        if side == "actor" { event.actor.push(party) } else { event.recipient.push(party) }
    }
    Ok(())
}

fn event(row: &Row<'_>) -> rusqlite::Result<Event> {
    let place: Option<String> = row.get(14)?;
    let place = place.zip(span(row.get(15)?, row.get(16)?)).map(|(text, span)| {
        Ok::<_, rusqlite::Error>(Place {
            text,
            span,
            lat: row.get::<_, Option<f64>>(17)?.map(|v| v as f32),
            lon: row.get::<_, Option<f64>>(18)?.map(|v| v as f32),
            country: row.get(19)?,
            admin1: row.get(20)?,
        })
    });
    let contexts: String = row.get(8)?;
    Ok(Event {
        id: named(row, 1)?,
        sent: row.get(2)?,
        trigger: row.get(3)?,
        span: [row.get(4)?, row.get(5)?],
        kind: row.get(6)?,
        mode: row.get(7)?,
        contexts: contexts.split("; ").filter(|c| !c.is_empty()).map(str::to_owned).collect(),
        cameo: row.get(9)?,
        quad: row.get(10)?,
        score: row.get::<_, f64>(11)? as f32,
        goldstein: row.get::<_, Option<f64>>(12)?.map(|v| v as f32),
        actor: Vec::new(),
        recipient: Vec::new(),
        status: readout_record::Status::from_name(&row.get::<_, String>(13)?).ok_or_else(|| wrong(13, "status"))?,
        place: place.transpose()?,
        when: row.get(21)?,
        when_span: span(row.get(22)?, row.get(23)?),
        date: day(row, 24)?.zip(day(row, 25)?).map(|(first, last)| Days::new(first, last)),
        granularity: row.get(26)?,
        said_by: Vec::new(),
        rule: row.get(27)?,
        confidence: row.get::<_, f64>(28)? as f32,
        same_as: row.get::<_, Option<String>>(29)?.map(|_| named(row, 29)).transpose()?,
    })
}

fn speaker(row: &Row<'_>) -> rusqlite::Result<Speaker> {
    Ok(Speaker {
        text: row.get(0)?,
        span: span(row.get(1)?, row.get(2)?),
        name: row.get(3)?,
        code: row.get(4)?,
        cue: row.get(5)?,
    })
}

fn party(row: &Row<'_>) -> rusqlite::Result<Party> {
    Ok(Party {
        text: row.get(1)?,
        span: [row.get(2)?, row.get(3)?],
        name: row.get(4)?,
        code: row.get(5)?,
        country: row.get(6)?,
        sector: row.get(7)?,
        inferred: row.get(8)?,
    })
}

fn attribution(row: &Row<'_>) -> rusqlite::Result<Attribution> {
    Ok(Attribution {
        sent: row.get(0)?,
        source: Source { text: row.get(1)?, spans: json(row, 9)?, name: row.get(2)?, code: row.get(3)? },
        cue: Phrase { text: row.get(4)?, spans: json(row, 10)? },
        content: Phrase { text: row.get(5)?, spans: json(row, 11)? },
        kind: readout_record::Manner::from_name(&row.get::<_, String>(6)?).ok_or_else(|| wrong(6, "kind"))?,
        nested_in: row.get(7)?,
        continues: row.get(8)?,
    })
}

fn rows<T>(
    c: &Connection,
    sql: &str,
    of: i64,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    c.prepare_cached(sql)?.query_map(params![of], read)?.collect()
}

fn span(start: Option<usize>, end: Option<usize>) -> Option<ByteSpan> {
    start.zip(end).map(|(start, end)| [start, end])
}

fn day(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Date>> {
    Ok(row.get::<_, Option<Day>>(column)?.map(|day| day.0))
}

/// A day as text.
struct Day(Date);

impl FromSql for Day {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map(Day).map_err(|e| FromSqlError::Other(Box::new(e)))
    }
}

/// A value that is written as a JSON string.
fn named<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_value(serde_json::Value::String(text)).map_err(|e| failure(column, e))
}

fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    serde_json::from_str(row.get_ref(column)?.as_str()?).map_err(|e| failure(column, e))
}

fn failure(column: usize, error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
}

fn wrong(column: usize, what: &str) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(column, what.to_owned(), rusqlite::types::Type::Text)
}
