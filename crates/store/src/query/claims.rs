//! What comparisons ask of the store: of claims, and of codebooks.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension as _, params};

use crate::{Result, Store};

impl Store {
    /// The row of an event in the table `events`; `None` where there is none under this identifier.
    pub fn row_of(&self, event: &str) -> Result<Option<i64>> {
        self.sql(|c| {
            c.prepare_cached("SELECT id FROM events WHERE event_id = ?1")?
                .query_row([event], |row| row.get(0))
                .optional()
        })
    }

    /// Rows of other events in the reports of `rows` that have no parties but those whose codes begin with one of two
    /// strings; `most` of them.
    pub fn mates(&self, rows: &[i64], parties: [&str; 2], most: usize) -> Result<Vec<i64>> {
        let list = serde_json::to_string(rows).unwrap_or_default();
        let [a, b] = parties;
        self.sql(|c| {
            c.prepare_cached(
                "WITH given AS (SELECT value AS id FROM json_each(?1))
                 SELECT e.id FROM events e
                 WHERE e.document IN (SELECT document FROM events WHERE id IN (SELECT id FROM given))
                   AND e.id NOT IN (SELECT id FROM given)
                   AND EXISTS (SELECT 1 FROM parties p WHERE p.event = e.id)
                   AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.event = e.id
                       AND substr(p.code, 1, length(?2)) <> ?2 AND substr(p.code, 1, length(?3)) <> ?3)
                 ORDER BY e.id LIMIT ?4",
            )?
            .query_map(params![list, a, b, most], |row| row.get(0))?
            .collect()
        })
    }

    /// Keys of the reports with sentences that a full-text query finds, the last published first; `most` of them.
    pub fn reports_with(&self, words: &str, most: usize) -> Result<Vec<String>> {
        self.sql(|c| {
            c.prepare(
                "SELECT d.key FROM documents d
                 WHERE d.id IN (SELECT s.document FROM sentences_fts f JOIN sentences s ON s.id = f.rowid WHERE sentences_fts MATCH ?1)
                 ORDER BY d.published DESC, d.key LIMIT ?2",
            )?
            .query_map(params![words, most], |row| row.get(0))?
            .collect()
        })
    }

    /// For reports that repeat another the key of the first print, by their own; others are left out.
    pub fn first_prints(&self, keys: &[&str]) -> Result<BTreeMap<String, String>> {
        let list = serde_json::to_string(keys).unwrap_or_default();
        self.sql(|c| {
            c.prepare_cached(
                "SELECT d.key, f.key FROM documents d JOIN documents f ON f.id = d.copy_of
                 WHERE d.key IN (SELECT value FROM json_each(?1))",
            )?
            .query_map([list], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
        })
    }
}
