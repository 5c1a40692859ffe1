//! What a query gives.

use rusqlite::types::ValueRef;

/// Rows under named columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows, each as long as `columns`.
    pub rows: Vec<Vec<Value>>,
    /// Whether there were more rows than the limit.
    pub cut: bool,
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// None.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// A text.
    Text(String),
}

impl Grid {
    /// Takes the rows of a statement that is ready to run, `limit` of them at most.
    pub(crate) fn of(rows: rusqlite::Rows<'_>, columns: Vec<String>, limit: usize) -> rusqlite::Result<Grid> {
        Grid::within(rows, columns, limit, usize::MAX)
    }

    /// The same, with `bytes` of values at most.
    pub(crate) fn within(
        mut rows: rusqlite::Rows<'_>,
        columns: Vec<String>,
        limit: usize,
        bytes: usize,
    ) -> rusqlite::Result<Grid> {
        let mut grid = Grid { columns, ..Grid::default() };
        let mut left = bytes;
        while let Some(row) = rows.next()? {
            let values = (0..grid.columns.len()).map(|i| Ok(Value::of(row.get_ref(i)?)));
            let values: Vec<Value> = values.collect::<rusqlite::Result<_>>()?;
            let size: usize = values.iter().map(Value::bytes).sum();
            if grid.rows.len() == limit || size > left {
                grid.cut = true;
                break;
            }
            left -= size;
            grid.rows.push(values);
        }
        Ok(grid)
    }
}

impl Value {
    /// Bytes that it takes.
    fn bytes(&self) -> usize {
        let text = if let Value::Text(text) = self { text.len() } else { 0 };
        size_of::<Value>() + text
    }

    fn of(value: ValueRef<'_>) -> Value {
        match value {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(n) => Value::Integer(n),
            ValueRef::Real(x) => Value::Real(x),
            ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
            ValueRef::Blob(bytes) => Value::Text(format!("({} bytes)", bytes.len())),
        }
    }
}
