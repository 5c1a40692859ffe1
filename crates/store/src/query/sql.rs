//! SQL from users: read only, one statement, bounded in time, rows and memory.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::fallible_iterator::FallibleIterator as _;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::{Batch, Connection, OpenFlags};

use super::grid::Grid;
use crate::{Result, Store, StoreError, schema};

/// Limits of SQL from users.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SqlLimits {
    /// How long a statement may run. Default 1 s.
    pub time: Duration,
    /// Rows that are given. Default 10,000.
    pub rows: usize,
    /// Bytes of a value, and of the statement. Default 1 MB.
    pub value_bytes: i32,
    /// Bytes of all values that are given. Default 64 MB.
    pub bytes: usize,
}

impl Default for SqlLimits {
    fn default() -> Self {
        SqlLimits { time: Duration::from_secs(1), rows: 10_000, value_bytes: 1_000_000, bytes: 64_000_000 }
    }
}

/// Steps of SQLite's machine between two looks at the clock.
const STEPS: i32 = 1_000;

/// Functions that do more than compute.
const FORBIDDEN: [&str; 4] = ["load_extension", "readfile", "writefile", "fts3_tokenizer"];

impl Store {
    /// Runs one statement of a user over the store at `path`, on a connection of its own that can only read.
    ///
    /// # Errors
    /// [`StoreError::Sql`] where it is not one statement that reads, is wrong, or takes too long.
    pub fn query(path: &Path, sql: &str, limits: SqlLimits) -> Result<Grid> {
        if !path.exists() {
            return Err(StoreError::NotFound(path.to_owned()));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags).map_err(|e| StoreError::of(path, e))?;
        schema::check_kind(&connection, path)?;
        guarded(&mut connection, sql, limits).map_err(|e| refusal(path, e, limits))
    }
}

fn guarded(connection: &mut Connection, sql: &str, limits: SqlLimits) -> rusqlite::Result<Grid> {
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, limits.value_bytes)?;
    connection.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, limits.value_bytes)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    connection.set_limit(Limit::SQLITE_LIMIT_WORKER_THREADS, 0)?;
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    let end = Instant::now() + limits.time;
    connection.progress_handler(STEPS, Some(move || Instant::now() >= end))?;
    connection.authorizer(Some(allowed))?;
    let mut batch = Batch::new(connection, sql);
    let Some(mut statement) = batch.next()? else { return Ok(Grid::default()) };
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let grid = Grid::within(statement.query([])?, columns, limits.rows, limits.bytes)?;
    drop(statement);
    // What stands behind the first statement is never run, and never passed over in silence.
    if batch.next()?.is_some() { Err(rusqlite::Error::MultipleStatement) } else { Ok(grid) }
}

/// Reading and computing; nothing else.
fn allowed(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => Authorization::Allow,
        AuthAction::Function { function_name } if !FORBIDDEN.contains(&function_name) => Authorization::Allow,
        // FTS5 asks for the version of the data when it is searched.
        AuthAction::Pragma { pragma_name: "data_version", pragma_value: None } => Authorization::Allow,
        _ => Authorization::Deny,
    }
}

fn refusal(path: &Path, error: rusqlite::Error, limits: SqlLimits) -> StoreError {
    use rusqlite::ErrorCode as Code;
    let what = match (error.sqlite_error_code(), &error) {
        (_, rusqlite::Error::MultipleStatement) => "one statement at a time".to_owned(),
        (Some(Code::OperationInterrupted), _) => {
            format!("it was stopped after {} s", limits.time.as_secs_f64())
        }
        (Some(Code::AuthorizationForStatementDenied | Code::ReadOnly), _) => {
            "only statements that read are run".to_owned()
        }
        (Some(Code::TooBig), _) => format!("a value is longer than {} bytes", limits.value_bytes),
        (Some(Code::DatabaseCorrupt | Code::NotADatabase | Code::DatabaseBusy), _) => {
            return StoreError::of(path, error);
        }
        (_, rusqlite::Error::SqlInputError { msg, offset, .. }) => {
            return StoreError::Sql { what: msg.clone(), at: usize::try_from(*offset).ok() };
        }
        _ => error.to_string(),
    };
    StoreError::Sql { what, at: None }
}
