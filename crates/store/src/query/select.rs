//! Rows of events: those that a filter means, and all of them in an order.

use rusqlite::params_from_iter;

use super::filter::{DAY, Filter};
use crate::{Result, Store, StoreError};

/// Orders of events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// The latest day first.
    #[default]
    Newest,
    /// The earliest day first.
    Oldest,
    /// The surest first.
    Surest,
}

impl Store {
    /// Rows of the table `events` that a filter means, ascending: what
    /// [`Selection::only`](crate::columns::Selection::only) takes.
    pub fn matching(&self, filter: &Filter) -> Result<Vec<u32>> {
        let (condition, values) = filter.condition();
        let sql =
            format!("SELECT e.id FROM events e JOIN documents d ON d.id = e.document WHERE {condition} ORDER BY e.id");
        self.sql(|c| c.prepare(&sql)?.query_map(params_from_iter(values), |row| row.get(0))?.collect())
    }

    /// All rows of the table `events` in an order. Events without a day come last by day.
    pub fn in_order(&self, order: Order) -> Result<Vec<u32>> {
        let order = match order {
            Order::Newest => format!("{DAY} DESC, e.id DESC"),
            Order::Oldest => format!("{DAY} IS NULL, {DAY}, e.id"),
            Order::Surest => format!("e.confidence DESC, {DAY} DESC, e.id DESC"),
        };
        let sql = format!("SELECT e.id FROM events e JOIN documents d ON d.id = e.document ORDER BY {order}");
        self.sql(|c| c.prepare(&sql)?.query_map([], |row| row.get(0))?.collect())
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
