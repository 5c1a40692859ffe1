//! Tables with typed columns, as CSV or Parquet.

mod csv;
mod parquet;

use std::borrow::Cow;

use jiff::civil::Date;

pub(crate) use csv::CsvSheet;
pub(crate) use parquet::ParquetSheet;

use crate::Error;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Words from reports or their publishers.
    Words,
    /// Codes, names and identifiers of this project's making.
    Code,
    /// Whole numbers.
    Whole,
    /// Other numbers.
    Real,
    /// Days.
    Day,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
}

/// A column, in few words.
pub(crate) const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell<'a> {
    /// Nothing is known.
    Empty,
    Text(Cow<'a, str>),
    Whole(i64),
    Real(f64),
    Day(Date),
}

impl<'a> Cell<'a> {
    /// Text, or nothing.
    pub(crate) fn text(text: Option<&'a str>) -> Self {
        text.map_or(Cell::Empty, |t| Cell::Text(Cow::Borrowed(t)))
    }

    /// Text of its own; "" is nothing.
    pub(crate) fn own(text: String) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(Cow::Owned(text)) }
    }

    /// A count or a place in a list.
    pub(crate) fn count(n: usize) -> Self {
        i64::try_from(n).map_or(Cell::Empty, Cell::Whole)
    }

    /// A number, or nothing.
    pub(crate) fn real(x: Option<f32>) -> Self {
        x.filter(|x| x.is_finite()).map_or(Cell::Empty, |x| Cell::Real(decimal(x)))
    }
}

/// The number that a short decimal means: 0.1, not 0.10000000149.
fn decimal(x: f32) -> f64 {
    x.to_string().parse().unwrap_or(f64::from(x))
}

/// Somewhere rows are written to. Rows have a cell a column, of the column's kind or empty.
pub(crate) trait Sheet {
    /// Writes a row.
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Error>;
    /// Writes what is still held.
    fn end(self: Box<Self>) -> Result<(), Error>;
}
