//! Whether a store is sound.

use crate::{Result, Store, StoreError, document_key};

impl Store {
    /// Checks the file page by page, that every row's references lead somewhere, that every row can be read, and that each
    /// text and name are those under whose hash they were put there.
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
            let stored = stored?;
            if document_key(&stored.record.id, &stored.text) != stored.key {
                return Err(damaged(format!("the text of document {} is not what was put there", stored.key)));
            }
        }
        Ok(())
    }
}
