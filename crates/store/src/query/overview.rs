//! What a store holds, in a few numbers.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::{Result, Store};

/// What a store holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// Reports.
    pub reports: u64,
    /// Of these, reports that repeat another.
    pub copies: u64,
    /// Events.
    pub events: u64,
    /// Publishers.
    pub publishers: u64,
    /// First and last day of publication, ISO 8601.
    pub days: Option<(String, String)>,
    /// Licences of the texts, each with its reports, the most frequent first; `None`: not told.
    pub licences: Vec<(Option<String>, u64)>,
    /// Names of bodies by their codes ("IGOUNO"), as the tables of actors give them.
    pub bodies: BTreeMap<String, String>,
}

impl Store {
    /// What the store holds.
    pub fn overview(&self) -> Result<Overview> {
        self.sql(|c| {
            let count = |sql: &str| c.query_row(sql, [], |row| row.get::<_, u64>(0));
            let day = |which: &str| {
                let sql = format!("SELECT {which}(published) FROM documents");
                c.query_row(&sql, [], |row| row.get::<_, Option<String>>(0))
            };
            Ok(Overview {
                reports: count("SELECT count(*) FROM documents")?,
                copies: count("SELECT count(*) FROM documents WHERE copy_of IS NOT NULL")?,
                events: count("SELECT count(*) FROM events")?,
                publishers: count("SELECT count(DISTINCT publisher) FROM documents")?,
                days: day("min")?.zip(day("max")?),
                licences: c
                    .prepare("SELECT licence, count(*) FROM documents GROUP BY 1 ORDER BY 2 DESC, 1")?
                    .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                    .collect::<rusqlite::Result<_>>()?,
                bodies: bodies(c)?,
            })
        })
    }
}

fn bodies(c: &Connection) -> rusqlite::Result<BTreeMap<String, String>> {
    let mut all = BTreeMap::new();
    for prefix in readout_record::BODIES {
        for table in ["parties", "speakers"] {
            let mut statement = c.prepare(&format!(
                "SELECT code, min(name) FROM {table} WHERE code >= ?1 AND code < ?2 AND name IS NOT NULL GROUP BY code"
            ))?;
            // '~' comes after all letters and digits.
            let mut rows = statement.query([prefix.to_owned(), format!("{prefix}~")])?;
            while let Some(row) = rows.next()? {
                all.entry(row.get(0)?).or_insert(row.get(1)?);
            }
        }
    }
    Ok(all)
}
