//! One store: opening it, and writing what comes.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags, OptionalExtension as _, TransactionBehavior, params};

use crate::arrival::{Arrival, Prior, What};
use crate::insert::Insert;
use crate::{Result, StoreError, Version, schema, version};

/// How long a command waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(10);

/// Statements that are kept ready.
const STATEMENTS: usize = 64;

/// KiB of the file that are kept in memory.
const CACHE_KIB: i64 = 64 << 10;

/// Steps of SQLite's machine between two looks at the clock.
const STEPS: i32 = 1_000;

/// A store.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

/// A command's run, as the store remembers it.
#[derive(Clone, Copy, Debug)]
pub struct Run(i64);

/// What a batch brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Reports that were not there.
    pub documents: usize,
    /// Their events.
    pub events: usize,
    /// Records that are the same report as one before.
    pub again: usize,
    /// Records that gave no document.
    pub rejected: usize,
}

impl std::ops::AddAssign for Added {
    fn add_assign(&mut self, other: Added) {
        self.documents += other.documents;
        self.events += other.events;
        self.again += other.again;
        self.rejected += other.rejected;
    }
}

impl Store {
    /// Opens a store for writing, makes it where there is none, and brings it to the newest schema.
    ///
    /// # Errors
    /// [`StoreError::OtherCoder`] where it holds documents that another version coded, and what SQLite says.
    pub fn open_or_create(path: &Path, version: &Version) -> Result<Store> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut store = Store::with(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        let kind = schema::check_kind(&store.connection, path)?;
        // Readers go on reading what was, while one writes; each commit is on the disk when it returns.
        store.sql(|c| c.pragma_update(None, "journal_mode", "WAL"))?;
        store.sql(|c| c.pragma_update(None, "synchronous", "FULL"))?;
        store.sql(|c| c.pragma_update(None, "foreign_keys", true))?;
        if kind < schema::NEWEST {
            schema::migrate(&mut store.connection, path)?;
        }
        store.agree_on(version)?;
        Ok(store)
    }

    /// Opens a store for reading; it must be there.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::NotAStore`], [`StoreError::TooNew`], and what SQLite says.
    pub fn open(path: &Path) -> Result<Store> {
        if !path.exists() {
            return Err(StoreError::NotFound(path.to_owned()));
        }
        let store = Store::with(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        match schema::check_kind(&store.connection, path)? {
            0 => Err(StoreError::NotAStore(path.to_owned())),
            _ => Ok(store),
        }
    }

    fn with(path: &Path, flags: OpenFlags) -> Result<Store> {
        let connection = Connection::open_with_flags(path, flags).map_err(|e| StoreError::of(path, e))?;
        let store = Store { connection, path: path.to_owned() };
        store.sql(|c| c.busy_timeout(PATIENCE))?;
        store.connection.set_prepared_statement_cache_capacity(STATEMENTS);
        store.sql(|c| c.pragma_update(None, "cache_size", -CACHE_KIB))?;
        Ok(store)
    }

    /// Runs `work` and tells its errors with the store's path.
    pub(crate) fn sql<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        work(&self.connection).map_err(|e| StoreError::of(&self.path, e))
    }

    /// From now on stops what is asked of the store once this time has passed, with [`StoreError::TooLong`].
    pub fn within(&mut self, time: Duration) -> Result<()> {
        let end = Instant::now() + time;
        let path = self.path.clone();
        let stop = move || Instant::now() >= end;
        self.connection.progress_handler(STEPS, Some(stop)).map_err(|e| StoreError::of(&path, e))
    }

    /// A number that is another one after anybody else has written to the store.
    pub fn changes(&self) -> Result<i64> {
        self.sql(|c| c.pragma_query_value(None, "data_version", |row| row.get(0)))
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What coded it; `None` where nothing has yet.
    pub fn version(&self) -> Result<Option<Version>> {
        let part = |name: &str| {
            self.sql(|c| {
                c.query_row("SELECT value FROM store WHERE name = ?1", [name], |row| row.get::<_, String>(0)).optional()
            })
        };
        let (Some(program), Some(model), Some(actors), Some(codebook), Some(reading)) =
            (part("program")?, part("model")?, part("actors")?, part("codebook")?, part("reading")?)
        else {
            return Ok(None);
        };
        Ok(Some(Version { program, model, actors, codebook, reading }))
    }

    fn agree_on(&mut self, wanted: &Version) -> Result<()> {
        if let Some(found) = self.version()? {
            return version::agree(&self.path, &found, wanted);
        }
        for (name, value) in wanted.parts() {
            self.sql(|c| c.execute("INSERT OR IGNORE INTO store (name, value) VALUES (?1, ?2)", [name, value]))?;
        }
        Ok(())
    }

    /// Writes down that a command begins.
    pub fn begin(&mut self, command: &str, version: &Version) -> Result<Run> {
        let now = now();
        self.sql(|c| {
            c.execute(
                "INSERT INTO runs (command, started, program, model, actors, codebook) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![command, now, version.program, version.model, version.actors, version.codebook],
            )
        })?;
        Ok(Run(self.connection.last_insert_rowid()))
    }

    /// Ends the writing: everything in the one file, none beside it, so that the file can be moved.
    pub fn close(self) -> Result<()> {
        self.sql(|c| c.pragma_update(None, "journal_mode", "DELETE"))?;
        let path = self.path.clone();
        self.connection.close().map_err(|(_, e)| StoreError::of(&path, e))
    }

    /// Takes what SQLite keeps beside the store at `path` into the file, so that another can be put in its place.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where another program has it open.
    pub fn settle(path: &Path) -> Result<()> {
        Store::with(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?.close()
    }

    /// Writes down that a command has ended.
    pub fn finish(&mut self, run: Run) -> Result<()> {
        let now = now();
        self.sql(|c| c.execute("UPDATE runs SET finished = ?2 WHERE id = ?1", params![run.0, now]))?;
        Ok(())
    }

    /// What is known of record `ordinal` of `input`, by its hash.
    pub fn prior(&self, input: &str, ordinal: Option<u64>, hash: &str) -> Result<Prior> {
        let here: bool = self.sql(|c| {
            c.prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM outcomes o JOIN inputs i ON i.id = o.input
                 WHERE o.hash = ?3 AND i.name = ?1 AND (?2 IS NULL OR o.ordinal = ?2))",
            )?
            .query_row(params![input, ordinal, hash], |row| row.get(0))
        })?;
        if here {
            return Ok(Prior::Done);
        }
        let elsewhere: bool = self.sql(|c| {
            c.prepare_cached("SELECT EXISTS (SELECT 1 FROM outcomes WHERE hash = ?1)")?
                .query_row([hash], |row| row.get(0))
        })?;
        Ok(if elsewhere { Prior::Elsewhere } else { Prior::New })
    }

    /// Writes a batch, all or nothing: when it returns, the batch is on the disk.
    ///
    /// # Errors
    /// What SQLite says; then nothing of the batch is written.
    pub fn write(&mut self, run: Run, batch: &[Arrival]) -> Result<Added> {
        let path = self.path.clone();
        let failed = |e| StoreError::of(&path, e);
        let change = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let mut added = Added::default();
        {
            let mut insert = Insert::new(&change);
            for arrival in batch {
                added += insert.arrival(arrival).map_err(failed)?;
            }
        }
        change
            .execute(
                "UPDATE runs SET documents = documents + ?2, events = events + ?3, rejected = rejected + ?4 WHERE id = ?1",
                params![run.0, added.documents as i64, added.events as i64, added.rejected as i64],
            )
            .map_err(failed)?;
        change.commit().map_err(failed)?;
        Ok(added)
    }
}

impl Added {
    pub(crate) fn of(what: &What) -> Added {
        match what {
            What::Rejected(_) => Added { rejected: 1, ..Added::default() },
            What::Again => Added { again: 1, ..Added::default() },
            What::Report(report) => Added { documents: 1, events: report.record.events.len(), ..Added::default() },
        }
    }
}

/// The time, in UTC to the second.
fn now() -> String {
    jiff::Timestamp::now().round(jiff::Unit::Second).map_or_else(|_| String::new(), |t| t.to_string())
}
