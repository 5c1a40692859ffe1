//! Tables of text: CSV and TSV.

use std::borrow::Cow;
use std::sync::Arc;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::decoded::Decoded;
use super::{Column, Columns, TABLE_COLUMNS, place, record};
use crate::bytes::Bytes;
use crate::frame::{Frame, Framed};
use crate::limits::HEAD;
use crate::rejection::{Place, Reason, Rejection};

/// Marks that may set the fields of a row apart.
const DELIMITERS: [u8; 4] = *b",;\t|";

/// Fields for which there is room at first.
const SOME_FIELDS: usize = 64;

/// A table of text that is being read.
pub(crate) struct Delimited {
    input: Decoded,
    reader: Reader,
    name: Arc<str>,
    said: Vec<Column>,
    /// The columns, once the first row is read, and how many there are.
    columns: Option<(Columns, usize)>,
    row: Row,
    /// Whether there was a row beside that of the names.
    any: bool,
}

/// The row that is being read: its fields one after the other without their quotes, and where each ends.
struct Row {
    bytes: Vec<u8>,
    length: usize,
    ends: Vec<usize>,
    fields: usize,
}

/// What came of reading a row.
enum Came {
    Row,
    /// One with more bytes or fields than the limit, passed over.
    TooLong(Reason),
    /// One without an end.
    Endless,
    End,
}

impl Delimited {
    /// Reads `bytes` as a table whose fields are set apart by tabs where `tabs`, else by what the first line shows.
    pub fn new(bytes: Bytes, name: &str, tabs: bool, said: &[Column]) -> Self {
        let delimiter = if tabs { b'\t' } else { delimiter(bytes.head()) };
        Delimited {
            input: Decoded::new(bytes),
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
            name: name.into(),
            said: said.to_vec(),
            columns: None,
            row: Row { bytes: vec![0; HEAD], length: 0, ends: vec![0; SOME_FIELDS], fields: 0 },
            any: false,
        }
    }

    /// Reads a row. Of one that is too long nothing is kept.
    fn read(&mut self) -> Result<Came, Reason> {
        let (most, skippable) = (self.input.record_bytes(), self.input.skipped_bytes());
        (self.row.length, self.row.fields) = (0, 0);
        let mut passed = 0_u64;
        let mut too_long = None;
        loop {
            let row = &mut self.row;
            let output = row.bytes.get_mut(row.length..).unwrap_or_default();
            let ends = row.ends.get_mut(row.fields..).unwrap_or_default();
            let (result, read, written, ended) = self.reader.read_record(self.input.fill()?, output, ends);
            self.input.skip(read);
            passed += read as u64;
            row.length += written;
            row.fields += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if row.bytes.len() < most => {
                    row.bytes.resize(row.bytes.len().saturating_mul(2).min(most), 0);
                }
                ReadRecordResult::OutputEndsFull if row.ends.len() < TABLE_COLUMNS => {
                    row.ends.resize(row.ends.len().saturating_mul(2).min(TABLE_COLUMNS), 0);
                }
                ReadRecordResult::OutputFull => {
                    too_long.get_or_insert(Reason::TooLong(most));
                    (row.length, row.fields) = (0, 0);
                }
                ReadRecordResult::OutputEndsFull => {
                    too_long.get_or_insert(Reason::TooManyColumns(TABLE_COLUMNS));
                    (row.length, row.fields) = (0, 0);
                }
                ReadRecordResult::Record => return Ok(too_long.map_or(Came::Row, Came::TooLong)),
                ReadRecordResult::End => return Ok(too_long.map_or(Came::End, Came::TooLong)),
            }
            if too_long.is_some() && passed > skippable {
                return Ok(Came::Endless);
            }
        }
    }

    /// Takes the first row for the names of the columns.
    fn begin(&mut self) -> Result<(), Reason> {
        match self.read()? {
            Came::Row => {}
            Came::TooLong(reason) => return Err(reason),
            Came::Endless => return Err(Reason::Endless(self.input.skipped_bytes())),
            Came::End => return Err(Reason::Empty),
        }
        let mut names: Vec<String> = self.row.fields().map(Cow::into_owned).collect();
        // A file that ends its lines with a delimiter has no column behind it.
        while names.len() > 1 && names.last().is_some_and(|name| name.trim().is_empty()) {
            names.pop();
        }
        self.columns = Some((Columns::tell(&names, &self.said)?, names.len()));
        Ok(())
    }

    fn step(&mut self) -> Result<Framed, Reason> {
        if self.columns.is_none() {
            self.begin()?;
        }
        let at = Place { line: Some(self.reader.line()), offset: self.input.offset(), ..place(&self.name) };
        let came = self.read()?;
        let reject = |reason| Err(Rejection { place: at.clone(), reason });
        Ok(match came {
            Came::End if self.any => Framed::End,
            Came::End => Framed::Last(Err(Rejection { place: place(&self.name), reason: Reason::NoRows })),
            Came::Endless => Framed::Last(reject(Reason::Endless(self.input.skipped_bytes()))),
            Came::TooLong(reason) => {
                self.any = true;
                Framed::One(reject(reason))
            }
            Came::Row => {
                self.any = true;
                Framed::One(self.record(at.clone()).or_else(reject))
            }
        })
    }

    /// The record of the row that was read.
    fn record(&self, at: Place) -> Result<crate::Raw, Reason> {
        let Some((columns, expected)) = &self.columns else { return Err(Reason::NoRows) };
        let found = self.row.fields().count();
        let beyond_is_empty = self.row.fields().skip(*expected).all(|field| field.trim().is_empty());
        if found < *expected || !beyond_is_empty {
            return Err(Reason::Ragged { expected: *expected, found });
        }
        let fields = self.row.fields().enumerate();
        Ok(record(at, fields.filter_map(|(n, value)| columns.taken.get(&n).map(|field| (*field, value)))))
    }
}

impl Row {
    fn fields(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let mut start = 0;
        self.ends.iter().take(self.fields).map(move |end| {
            let field = self.bytes.get(start..*end).unwrap_or_default();
            start = *end;
            String::from_utf8_lossy(field)
        })
    }
}

impl Frame for Delimited {
    fn next(&mut self) -> Framed {
        self.step().unwrap_or_else(|reason| Framed::Last(Err(Rejection { place: place(&self.name), reason })))
    }
}

/// The mark that stands most often in the first line, outside quotes.
fn delimiter(head: &[u8]) -> u8 {
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut quoted = false;
    for byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted && counts.iter().any(|n| *n > 0) => break,
            _ if quoted => {}
            _ => {
                if let Some(n) = DELIMITERS.iter().position(|d| d == byte).and_then(|at| counts.get_mut(at)) {
                    *n += 1;
                }
            }
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    counts.iter().position(|n| *n == most).and_then(|at| DELIMITERS.get(at)).copied().unwrap_or(b',')
}
