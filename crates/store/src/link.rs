//! Links the events that tell of one act, across the documents of the same days.

use jiff::ToSpan as _;
use jiff::civil::Date;
use readout_record::{EventId, Linker, Reach};
use rusqlite::{OptionalExtension as _, TransactionBehavior, params};

use crate::{Result, Store, StoreError};

impl Store {
    /// Links what came since the last call with what was there: sets `same_as` of every event to what a link over
    /// the whole store would give. `days`: how far apart two reports of an undated act may lie. Gives how many events
    /// changed.
    pub fn link(&mut self, days: u16) -> Result<usize> {
        let pending: Option<Option<String>> = self.sql(|c| {
            c.query_row(
                "SELECT published FROM documents WHERE linked = 0 ORDER BY published IS NULL, published LIMIT 1",
                [],
                |row| row.get(0),
            )
            .optional()
        })?;
        let Some(from) = pending else { return Ok(0) };
        let mut linker = Linker::new(Reach::Days(days));
        let mut changed: Vec<(EventId, Option<EventId>)> = Vec::new();
        if let Some(from) = &from {
            for stored in self.context(from, days)? {
                linker.remember(&stored?.record);
            }
        }
        // From the first new day on everything may link differently; reports without a day, only within themselves.
        let (affected, values) = match &from {
            Some(from) => ("published >= ?1 OR (published IS NULL AND linked = 0)", vec![from.clone()]),
            None => ("published IS NULL AND linked = 0", Vec::new()),
        };
        let values = rusqlite::params_from_iter(values);
        for stored in self.documents_where(affected, values)? {
            let mut record = stored?.record;
            let before: Vec<Option<EventId>> = record.events.iter().map(|e| e.same_as.clone()).collect();
            linker.link(&mut record);
            for (event, before) in record.events.into_iter().zip(before) {
                if event.same_as != before {
                    changed.push((event.id, event.same_as));
                }
            }
        }
        self.write_links(&changed)?;
        Ok(changed.len())
    }

    /// Earlier documents with an act that reports of day `from` may still tell of.
    fn context(&self, from: &str, days: u16) -> Result<impl Iterator<Item = Result<crate::Stored>> + '_> {
        let day: Date = from.parse().map_err(|_| StoreError::Value {
            path: self.path.clone(),
            what: format!("\"{from}\" as a day of publication"),
        })?;
        let reach = i64::from(readout_record::NEWS_DAYS) + i64::from(days) + 1;
        let since = day.checked_sub(reach.days()).unwrap_or(day).to_string();
        self.documents_where("published < ?1 AND published >= ?2", [from.to_owned(), since])
    }

    fn write_links(&mut self, changed: &[(EventId, Option<EventId>)]) -> Result<()> {
        let path = self.path.clone();
        let failed = |e| StoreError::of(&path, e);
        let change = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        for (event, same_as) in changed {
            change
                .prepare_cached("UPDATE events SET same_as = ?2 WHERE event_id = ?1")
                .and_then(|mut s| s.execute(params![event.as_str(), same_as.as_ref().map(EventId::as_str)]))
                .map_err(failed)?;
        }
        change.execute("UPDATE documents SET linked = 1 WHERE linked = 0", []).map_err(failed)?;
        change.commit().map_err(failed)
    }
}
