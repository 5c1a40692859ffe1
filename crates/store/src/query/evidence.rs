//! Events with the sentences that tell of them, and how often an act was told.

use rusqlite::{Connection, Row, params};

use readout_record::Event;

use crate::read::event_in_row;
use crate::{Result, Store};

/// An event with its sentence and its report.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The event; its spans index the report's text.
    pub event: Event,
    /// The sentence that tells of it.
    pub sentence: String,
    /// Byte of the report's text at which the sentence begins.
    pub start: usize,
    /// The report.
    pub report: Heading,
    /// How often the act is told.
    pub told: Told,
}

/// What a report says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Headline.
    pub title: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Day of publication, ISO 8601.
    pub published: Option<String>,
    /// Licence of its text.
    pub licence: Option<String>,
}

/// How often an act is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Events that tell of it.
    pub mentions: u64,
    /// Reports that they stand in.
    pub reports: u64,
    /// Publishers of these.
    pub outlets: u64,
}

/// A report that repeats another, or is repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// The report.
    pub report: Heading,
    /// Whether it is the first print.
    pub first: bool,
}

impl Store {
    /// The events in these rows of the table `events`, each with its sentence, in the order of the rows; a row that is
    /// gone is passed over.
    pub fn evidence(&self, rows: &[i64]) -> Result<Vec<Evidence>> {
        self.sql(|c| {
            let mut all = Vec::with_capacity(rows.len());
            for row in rows {
                match evidence(c, *row) {
                    Ok(evidence) => all.push(evidence),
                    Err(rusqlite::Error::QueryReturnedNoRows) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(all)
        })
    }

    /// The reports that repeat each other with the one under `key`, that one left out, by day; `limit` at most.
    pub fn copies(&self, key: &str, limit: usize) -> Result<Vec<Copy>> {
        self.sql(|c| {
            c.prepare_cached(
                "WITH me AS (SELECT id, ifnull(copy_of, id) AS first FROM documents WHERE key = ?1)
                 SELECT d.key, d.name, d.title, d.publisher, d.published, d.licence, d.id = me.first
                 FROM me JOIN documents d ON d.copy_of = me.first OR d.id = me.first
                 WHERE d.id <> me.id ORDER BY d.published, d.name LIMIT ?2",
            )?
            .query_map(params![key, limit], |row| Ok(Copy { report: heading(row, 0)?, first: row.get(6)? }))?
            .collect()
        })
    }
}

fn evidence(c: &Connection, row: i64) -> rusqlite::Result<Evidence> {
    let event = event_in_row(c, row)?;
    let mut statement = c.prepare_cached(
        "SELECT d.key, d.name, d.title, d.publisher, d.published, d.licence, s.span_start,
             CAST(substr(CAST(d.text AS BLOB), s.span_start + 1, s.span_end - s.span_start) AS TEXT)
         FROM events e JOIN documents d ON d.id = e.document
         JOIN sentences s ON s.document = e.document AND s.n = e.sent WHERE e.id = ?1",
    )?;
    let (report, start, sentence) = statement.query_row([row], |r| {
        Ok((heading(r, 0)?, r.get(6)?, String::from_utf8_lossy(r.get_ref(7)?.as_bytes()?).into_owned()))
    })?;
    let act = event.same_as.as_ref().unwrap_or(&event.id).as_str().to_owned();
    let told = c
        .prepare_cached(
            "SELECT count(*), count(DISTINCT e.document), count(DISTINCT ifnull(d.publisher, ''))
             FROM events e JOIN documents d ON d.id = e.document WHERE e.same_as = ?1 OR e.event_id = ?1",
        )?
        .query_row([act], |r| Ok(Told { mentions: r.get(0)?, reports: r.get(1)?, outlets: r.get(2)? }))?;
    Ok(Evidence { event, sentence, start, report, told })
}

/// Six columns from `at` on.
fn heading(row: &Row<'_>, at: usize) -> rusqlite::Result<Heading> {
    Ok(Heading {
        key: row.get(at)?,
        name: row.get(at + 1)?,
        title: row.get(at + 2)?,
        publisher: row.get(at + 3)?,
        published: row.get(at + 4)?,
        licence: row.get(at + 5)?,
    })
}
