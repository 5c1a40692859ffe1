//! Parquet files, by our own hand: flat columns of text, numbers, days and times, plain or by dictionary, packed with
//! snappy, gzip or zstd. One page a column is in memory; nothing is allocated by what the file claims, only by what is
//! there.

mod column;
mod footer;
mod hybrid;
mod thrift;

use std::borrow::Cow;
use std::fs::File;
use std::sync::Arc;

use thiserror::Error;

use self::column::{Column as Values, read_at};
use self::footer::{Footer, Leaf, Type};
use super::{Column, Columns, TABLE_COLUMNS, place, record};
use crate::frame::{Frame, Framed};
use crate::meter::Metered;
use crate::rejection::{Place, Reason, Rejection};

/// Bytes of the description at the end of a Parquet file.
pub(crate) const PARQUET_FOOTER_BYTES: u64 = 16 << 20;

/// Bytes of a page of a Parquet file, packed and unpacked.
pub(crate) const PARQUET_PAGE_BYTES: usize = 64 << 20;

/// Bytes of pages and dictionaries of a Parquet file that are kept at a time.
pub(crate) const PARQUET_HELD_BYTES: usize = 128 << 20;

/// What Parquet files begin and end with.
pub(crate) const MARK: [u8; 4] = *b"PAR1";

/// Why a Parquet file, or a part of it, cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Broken {
    /// It does not end as it should.
    #[error("it does not end as a Parquet file does")]
    NoEnd,
    /// Its description is longer than the limit.
    #[error("its description is longer than {0} bytes")]
    TooLongFooter(u64),
    /// Its description, or a page's, cannot be read.
    #[error("its description is broken")]
    Metadata,
    /// Too many columns.
    #[error("it has more than {TABLE_COLUMNS} columns")]
    TooManyColumns,
    /// Its values lie in another file.
    #[error("its values lie in another file")]
    Elsewhere,
    /// A page lies beyond its end.
    #[error("it is cut off")]
    Cut,
    /// A page is not as it should be.
    #[error("a page is broken")]
    Page,
    /// A page is larger than the limit.
    #[error("a page is larger than {0} bytes")]
    TooLargePage(usize),
    /// There are fewer values than rows.
    #[error("a column has fewer values than there are rows")]
    TooFewValues,
    /// Values are stored in a way that is not known.
    #[error("its values are encoded in way {0}, which is not read")]
    Encoding(i64),
    /// Pages are packed in a way that is not known.
    #[error("its pages are packed in way {0}, which is not read")]
    Codec(i64),
}

/// A Parquet file that is being read.
pub(crate) struct Parquet {
    file: Metered<File>,
    name: Arc<str>,
    footer: Footer,
    columns: Columns,
    /// The next group of rows.
    group: usize,
    /// The columns of the group that is being read, and the rows left in it.
    values: Vec<(&'static str, Values)>,
    left: u64,
    /// Rows read so far.
    row: u64,
    most: usize,
}

impl Parquet {
    /// Reads `file`; rows of more than `most` bytes are rejected.
    pub fn new(mut file: Metered<File>, name: &str, said: &[Column], most: usize) -> Result<Self, Reason> {
        let footer = footer(&mut file)?;
        // Columns that no record has are not there, whatever they are called.
        let name_of =
            |leaf: &Leaf| if leaf.flat && leaf.kind != Type::Other { leaf.name.clone() } else { String::new() };
        let names: Vec<String> = footer.leaves.iter().map(name_of).collect();
        let columns = Columns::tell(&names, said)?;
        if footer.groups.iter().all(|group| group.rows == 0) {
            return Err(Reason::NoRows);
        }
        let name = name.into();
        Ok(Parquet { file, name, footer, columns, group: 0, values: Vec::new(), left: 0, row: 0, most })
    }

    /// Goes on to the next group of rows; whether there is one.
    fn turn(&mut self) -> Result<bool, Broken> {
        let Some(group) = self.footer.groups.get(self.group) else { return Ok(false) };
        self.group += 1;
        self.values.clear();
        for (at, field) in &self.columns.taken {
            let (Some(leaf), Some(chunk)) = (self.footer.leaves.get(*at), group.chunks.get(*at)) else {
                return Err(Broken::Metadata);
            };
            self.values.push((*field, Values::new(leaf.kind, leaf.optional, *chunk)?));
        }
        self.left = group.rows;
        Ok(true)
    }

    /// The fields of the next row.
    fn fields(&mut self) -> Result<Vec<(&'static str, String)>, Broken> {
        let mut held: usize = self.values.iter().map(|(_, values)| values.held()).sum();
        let mut fields = Vec::new();
        for (field, values) in &mut self.values {
            let before = values.held();
            let room = PARQUET_HELD_BYTES.saturating_sub(held - before);
            if let Some(value) = values.next(&mut self.file, room)? {
                fields.push((*field, value));
            }
            held = held - before + values.held();
        }
        Ok(fields)
    }

    fn at(&self) -> Place {
        Place { line: Some(self.row), ..place(&self.name) }
    }
}

impl Frame for Parquet {
    fn next(&mut self) -> Framed {
        let broken = |at, what| Framed::One(Err(Rejection { place: at, reason: Reason::Parquet(what) }));
        if self.left == 0 {
            return match self.turn() {
                Ok(true) => Framed::Skipped,
                Ok(false) => Framed::End,
                Err(what) => broken(place(&self.name), what),
            };
        }
        self.left -= 1;
        self.row += 1;
        match self.fields() {
            Ok(fields) if fields.iter().map(|(_, value)| value.len()).sum::<usize>() > self.most => {
                Framed::One(Err(Rejection { place: self.at(), reason: Reason::TooLong(self.most) }))
            }
            Ok(fields) => {
                let fields = fields.into_iter().map(|(field, value)| (field, Cow::Owned(value)));
                Framed::One(Ok(record(self.at(), fields)))
            }
            Err(what) => {
                // Columns no longer go together: the rest of the group is given up, with one outcome.
                let at = self.at();
                self.row = self.row.saturating_add(self.left);
                self.left = 0;
                broken(at, what)
            }
        }
    }
}

fn footer(file: &mut Metered<File>) -> Result<Footer, Reason> {
    let size = file.inner().metadata().map_err(Reason::Unreadable)?.len();
    let mut end = [0; 8];
    let start = size.checked_sub(8).filter(|start| *start >= 4).ok_or(Broken::NoEnd).map_err(Reason::Parquet)?;
    read_at(file, start, &mut end).map_err(Reason::Parquet)?;
    let [a, b, c, d, mark @ ..] = end;
    if mark != MARK {
        return Err(Reason::Parquet(Broken::NoEnd));
    }
    let length = u64::from(u32::from_le_bytes([a, b, c, d]));
    if length > PARQUET_FOOTER_BYTES {
        return Err(Reason::Parquet(Broken::TooLongFooter(PARQUET_FOOTER_BYTES)));
    }
    let at = start.checked_sub(length).ok_or(Reason::Parquet(Broken::NoEnd))?;
    let mut bytes = vec![0; usize::try_from(length).unwrap_or_default()];
    read_at(file, at, &mut bytes).map_err(Reason::Parquet)?;
    Footer::parse(&bytes).map_err(Reason::Parquet)
}
