//! Parquet, Snappy-compressed. All columns are optional; words and codes are UTF-8 strings, days are dates.

use std::io::Write;
use std::sync::Arc;

use jiff::civil::{Date, date};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use super::{Cell, Column, Kind, Sheet};
use crate::Error;

/// Rows held before they are written: what a reader takes at once.
const ROWS_A_GROUP: usize = 65_536;

/// The day from which Parquet counts days.
const EPOCH: Date = date(1970, 1, 1);

/// Writes Parquet.
pub(crate) struct ParquetSheet<W: Write + Send> {
    out: SerializedFileWriter<W>,
    held: Vec<Held>,
    rows: usize,
}

/// The cells of a column that are not written yet.
enum Held {
    Text(Vec<Option<ByteArray>>),
    Whole(Vec<Option<i64>>),
    Real(Vec<Option<f64>>),
    Day(Vec<Option<i32>>),
}

impl<W: Write + Send> ParquetSheet<W> {
    /// Writes the head of the file.
    pub(crate) fn new(columns: &[Column], out: W) -> Result<Self, Error> {
        let fields = columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
        let schema = Type::group_type_builder("readout").with_fields(fields).build()?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let out = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
        let held = columns.iter().map(|c| Held::new(c.kind)).collect();
        Ok(ParquetSheet { out, held, rows: 0 })
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.out.next_row_group()?;
        for held in &mut self.held {
            let Some(mut column) = group.next_column()? else { break };
            held.write(&mut column)?;
            column.close()?;
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }
}

impl<W: Write + Send> Sheet for ParquetSheet<W> {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Error> {
        self.held.iter_mut().zip(cells).for_each(|(held, cell)| held.push(cell));
        self.rows += 1;
        if self.rows == ROWS_A_GROUP {
            self.write_group()?;
        }
        Ok(())
    }

    fn end(mut self: Box<Self>) -> Result<(), Error> {
        if self.rows > 0 {
            self.write_group()?;
        }
        self.out.close()?;
        Ok(())
    }
}

impl Held {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Words | Kind::Code => Held::Text(Vec::new()),
            Kind::Whole => Held::Whole(Vec::new()),
            Kind::Real => Held::Real(Vec::new()),
            Kind::Day => Held::Day(Vec::new()),
        }
    }

    fn push(&mut self, cell: &Cell<'_>) {
        match (self, cell) {
            (Held::Text(all), Cell::Text(text)) => all.push(Some(ByteArray::from(text.as_bytes().to_vec()))),
            (Held::Whole(all), Cell::Whole(n)) => all.push(Some(*n)),
            (Held::Real(all), Cell::Real(x)) => all.push(Some(*x)),
            (Held::Day(all), Cell::Day(day)) => all.push(days_since_epoch(*day)),
            (Held::Text(all), _) => all.push(None),
            (Held::Whole(all), _) => all.push(None),
            (Held::Real(all), _) => all.push(None),
            (Held::Day(all), _) => all.push(None),
        }
    }

    fn write(&mut self, column: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        match self {
            Held::Text(all) => write::<ByteArrayType>(column, std::mem::take(all)),
            Held::Whole(all) => write::<Int64Type>(column, std::mem::take(all)),
            Held::Real(all) => write::<DoubleType>(column, std::mem::take(all)),
            Held::Day(all) => write::<Int32Type>(column, std::mem::take(all)),
        }
    }
}

fn write<T: DataType>(column: &mut SerializedColumnWriter<'_>, cells: Vec<Option<T::T>>) -> Result<(), ParquetError> {
    let levels: Vec<i16> = cells.iter().map(|c| i16::from(c.is_some())).collect();
    let values: Vec<T::T> = cells.into_iter().flatten().collect();
    column.typed::<T>().write_batch(&values, Some(&levels), None)?;
    Ok(())
}

fn field(column: &Column) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical) = match column.kind {
        Kind::Words | Kind::Code => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Whole => (Physical::INT64, None),
        Kind::Real => (Physical::DOUBLE, None),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
    };
    let builder = Type::primitive_type_builder(column.name, physical);
    Ok(Arc::new(builder.with_repetition(Repetition::OPTIONAL).with_logical_type(logical).build()?))
}

fn days_since_epoch(day: Date) -> Option<i32> {
    day.since(EPOCH).ok().map(|span| span.get_days())
}
