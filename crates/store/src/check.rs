//! Whether a store is sound.

use crate::{Result, Store, StoreError};

impl Store {
    /// Checks the file page by page, that every row's references lead somewhere, and that every row can be read.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with what was found first.
    pub fn check(&self) -> Result<()> {
        let damaged = |what: String| StoreError::Damaged { path: self.path.clone(), what };
        let integrity: String = self
            .sql(|c| c.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)))
            .map_err(|e| damaged(e.to_string()))?;
        if integrity != "ok" {
            return Err(damaged(integrity));
        }
        let dangling: Option<String> = self.sql(|c| {
            let mut statement = c.prepare("PRAGMA foreign_key_check")?;
            let mut rows = statement.query([])?;
            rows.next()?.map(|row| row.get(0)).transpose()
        })?;
        if let Some(table) = dangling {
            return Err(damaged(format!("a row of `{table}` refers to one that is not there")));
        }
        for stored in self.documents()? {
            stored?;
        }
        Ok(())
    }
}
