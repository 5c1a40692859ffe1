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
    pub(crate) fn of(mut rows: rusqlite::Rows<'_>, columns: Vec<String>, limit: usize) -> rusqlite::Result<Grid> {
        let mut grid = Grid { columns, ..Grid::default() };
        while let Some(row) = rows.next()? {
            if grid.rows.len() == limit {
                grid.cut = true;
                break;
            }
            let values = (0..grid.columns.len()).map(|i| Ok(Value::of(row.get_ref(i)?)));
            grid.rows.push(values.collect::<rusqlite::Result<_>>()?);
        }
        Ok(grid)
    }
}

impl Value {
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
