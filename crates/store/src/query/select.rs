//! Rows of events: those that a filter means, and all of them in each order.

use std::cmp::Reverse;

use rusqlite::params_from_iter;

use super::filter::{DAY, Filter};
use crate::{Result, Store, StoreError};

/// Orders of events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The latest day first.
    #[default]
    Newest,
    /// The earliest day first.
    Oldest,
    /// The surest first.
    Surest,
}

/// All rows of events in each order; those without a day come last by day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Orders {
    newest: Vec<u32>,
    oldest: Vec<u32>,
    surest: Vec<u32>,
}

impl Orders {
    /// The rows in one order.
    pub fn by(&self, order: Order) -> &[u32] {
        match order {
            Order::Newest => &self.newest,
            Order::Oldest => &self.oldest,
            Order::Surest => &self.surest,
        }
    }
}

/// Days since 1970 of an event that has no day.
const UNDATED: i32 = i32::MIN;

/// A row with what orders it.
struct Placed {
    row: u32,
    day: i32,
    confidence: i32,
}

impl Store {
    /// Rows of the table `events` that a filter means, ascending: what
    /// [`Selection::only`](crate::columns::Selection::only) takes.
    pub fn matching(&self, filter: &Filter) -> Result<Vec<u32>> {
        // Words are few and events many: the search in full text leads, and reports are joined only where it asks for them.
        let (words, rest) = (filter.text.clone(), Filter { text: None, ..filter.clone() });
        let (mut condition, mut values) = rest.condition();
        let mut from = "events e".to_owned();
        if let Some(words) = words {
            from = "sentences_fts f CROSS JOIN sentences t ON t.id = f.rowid \
                 CROSS JOIN events e ON e.document = t.document AND e.sent = t.n"
                .to_owned();
            condition.push_str(" AND sentences_fts MATCH ?");
            values.push(words);
        }
        if rest.asks_of_reports() {
            from.push_str(" JOIN documents d ON d.id = e.document");
        }
        let sql = format!("SELECT e.id FROM {from} WHERE {condition}");
        let mut rows: Vec<u32> =
            self.sql(|c| c.prepare(&sql)?.query_map(params_from_iter(values), |row| row.get(0))?.collect())?;
        rows.sort_unstable();
        Ok(rows)
    }

    /// All rows of the table `events` in each order.
    pub fn orders(&self) -> Result<Orders> {
        let sql = format!(
            "SELECT e.id, CAST(julianday({DAY}) - 2440587.5 AS INTEGER), CAST(e.confidence * 1000 AS INTEGER)
             FROM events e JOIN documents d ON d.id = e.document ORDER BY e.id"
        );
        let mut rows: Vec<Placed> = self.sql(|c| {
            c.prepare(&sql)?
                .query_map([], |r| {
                    let day: Option<i32> = r.get(1)?;
                    Ok(Placed { row: r.get(0)?, day: day.unwrap_or(UNDATED), confidence: r.get(2)? })
                })?
                .collect()
        })?;
        // Sorted here, since SQLite takes ten times as long over millions.
        let taken = |rows: &[Placed]| rows.iter().map(|p| p.row).collect();
        rows.sort_unstable_by_key(|p| (p.day == UNDATED, p.day, p.row));
        let oldest = taken(&rows);
        rows.sort_unstable_by_key(|p| Reverse((p.day, p.row)));
        let newest = taken(&rows);
        rows.sort_unstable_by_key(|p| Reverse((p.confidence, p.day, p.row)));
        Ok(Orders { newest, oldest, surest: taken(&rows) })
    }

    /// Whether words can be searched for.
    ///
    /// # Errors
    /// [`StoreError::Words`] where they are no query of FTS5.
    pub fn searchable(&self, words: &str) -> Result<()> {
        let sql = "SELECT EXISTS (SELECT 1 FROM sentences_fts WHERE sentences_fts MATCH ?1)";
        match self.connection.query_row(sql, [words], |row| row.get::<_, bool>(0)) {
            Ok(_) => Ok(()),
            Err(error) => match error.sqlite_error_code() {
                Some(rusqlite::ErrorCode::Unknown) => Err(StoreError::Words(error.to_string())),
                _ => Err(StoreError::of(&self.path, error)),
            },
        }
    }
}
