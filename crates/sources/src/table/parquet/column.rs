//! The values of a column, page by page.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;

use flate2::bufread::MultiGzDecoder;
use jiff::Span;
use jiff::civil::Date;

use super::footer::{Chunk, Type, structure};
use super::hybrid::Hybrid;
use super::thrift::{Kind, Thrift};
use super::{Broken, PARQUET_PAGE_BYTES};
use crate::limits::ZSTD_WINDOW_LOG;
use crate::meter::Metered;

/// Bytes at the head of a page in which its header must end.
const HEADER: usize = 64 << 10;

/// Values of a dictionary.
const MOST_ENTRIES: u64 = 1 << 22;

/// A column in a group of rows, as far as it has been read.
pub(super) struct Column {
    kind: Type,
    optional: bool,
    codec: i64,
    /// Bytes of the file not read yet.
    rest: Range<u64>,
    dictionary: Dictionary,
    page: Page,
}

/// Values that pages point to.
#[derive(Default)]
struct Dictionary {
    bytes: Vec<u8>,
    values: Vec<Range<u32>>,
}

/// The page that is being read.
#[derive(Default)]
struct Page {
    bytes: Vec<u8>,
    /// Values left, missing ones included.
    left: u64,
    /// Which values there are; all, where it is none.
    levels: Option<Hybrid>,
    values: Values,
}

#[derive(Default)]
enum Values {
    #[default]
    None,
    /// One after the other, from this byte on.
    Plain(usize),
    /// Places in the dictionary.
    Places(Hybrid),
}

/// A page's header.
#[derive(Default)]
struct Header {
    kind: i64,
    unpacked: usize,
    packed: usize,
    values: u64,
    encoding: i64,
    /// Bytes of levels that stand before the values, unpacked; of pages of version 2.
    levels: [usize; 2],
    is_packed: bool,
    length: usize,
}

impl Column {
    pub fn new(kind: Type, optional: bool, chunk: Chunk) -> Result<Self, Broken> {
        let end = chunk.start.checked_add(chunk.length).ok_or(Broken::Metadata)?;
        let rest = chunk.start..end;
        let (dictionary, page) = (Dictionary::default(), Page::default());
        Ok(Column { kind, optional, codec: chunk.codec, rest, dictionary, page })
    }

    /// Bytes that are kept in memory.
    pub fn held(&self) -> usize {
        self.page.bytes.len() + self.dictionary.bytes.len() + 8 * self.dictionary.values.len()
    }

    /// The next value as text; none where it is missing. At most `room` bytes are kept for pages.
    pub fn next(&mut self, file: &mut Metered<File>, room: usize) -> Result<Option<String>, Broken> {
        while self.page.left == 0 {
            self.turn(file, room)?;
        }
        self.page.left -= 1;
        let Page { bytes, levels, values, .. } = &mut self.page;
        if let Some(levels) = levels
            && levels.next(bytes)? == 0
        {
            return Ok(None);
        }
        let value = match values {
            Values::None => return Err(Broken::Page),
            Values::Plain(at) => {
                let range = plain(bytes, *at, self.kind)?;
                *at = range.end;
                bytes.get(range)
            }
            Values::Places(places) => {
                let place = places.next(bytes)? as usize;
                let range = self.dictionary.values.get(place).ok_or(Broken::Page)?;
                self.dictionary.bytes.get(range.start as usize..range.end as usize)
            }
        };
        text(value.ok_or(Broken::Page)?, self.kind).map(Some)
    }

    /// Reads the next page.
    fn turn(&mut self, file: &mut Metered<File>, room: usize) -> Result<(), Broken> {
        if self.rest.is_empty() {
            return Err(Broken::TooFewValues);
        }
        let header = self.header(file)?;
        self.rest.start += header.length as u64;
        let most = room.min(PARQUET_PAGE_BYTES);
        if header.packed.max(header.unpacked) > most {
            return Err(Broken::TooLargePage(most));
        }
        if header.packed as u64 > self.rest.end - self.rest.start {
            return Err(Broken::Page);
        }
        let mut packed = vec![0; header.packed];
        read_at(file, self.rest.start, &mut packed)?;
        self.rest.start += header.packed as u64;
        match header.kind {
            0 => self.data(&header, &packed),
            2 => {
                let bytes = unpack(self.codec, &packed, header.unpacked)?;
                self.dictionary = Dictionary::new(bytes, header.values, self.kind)?;
                Ok(())
            }
            3 => self.data_2(&header, &packed),
            _ => Ok(()), // an index
        }
    }

    /// A page of values: levels with their length before them, then values, packed together.
    fn data(&mut self, header: &Header, packed: &[u8]) -> Result<(), Broken> {
        let bytes = unpack(self.codec, packed, header.unpacked)?;
        let mut start = 0;
        let levels = if self.optional {
            let length = number(&bytes, 0)? as usize;
            let end = length.checked_add(4).filter(|end| *end <= bytes.len()).ok_or(Broken::Page)?;
            start = end;
            Some(Hybrid::new(4..end, 1)?)
        } else {
            None
        };
        self.begin(header, bytes, levels, start)
    }

    /// A page of version 2: levels unpacked, their lengths in the header, then values.
    fn data_2(&mut self, header: &Header, packed: &[u8]) -> Result<(), Broken> {
        let [repetition, definition] = header.levels;
        let start = repetition.checked_add(definition).ok_or(Broken::Page)?;
        let (levels, values) = packed.split_at_checked(start).ok_or(Broken::Page)?;
        let mut bytes = levels.to_vec();
        let left = header.unpacked.checked_sub(start).ok_or(Broken::Page)?;
        let codec = if header.is_packed { self.codec } else { 0 };
        bytes.extend_from_slice(&unpack(codec, values, left)?);
        let levels = self.optional.then(|| Hybrid::new(repetition..start, 1)).transpose()?;
        self.begin(header, bytes, levels, start)
    }

    fn begin(&mut self, header: &Header, bytes: Vec<u8>, levels: Option<Hybrid>, start: usize) -> Result<(), Broken> {
        let values = match header.encoding {
            0 => Values::Plain(start),
            2 | 8 if start == bytes.len() => Values::None, // all of them are missing
            2 | 8 => {
                let width = bytes.get(start).copied().ok_or(Broken::Page)?;
                Values::Places(Hybrid::new(start + 1..bytes.len(), width.into())?)
            }
            other => return Err(Broken::Encoding(other)),
        };
        self.page = Page { bytes, left: header.values, levels, values };
        Ok(())
    }

    fn header(&self, file: &mut Metered<File>) -> Result<Header, Broken> {
        let size = usize::try_from(self.rest.end - self.rest.start).unwrap_or(HEADER).min(HEADER);
        let mut bytes = vec![0; size];
        read_at(file, self.rest.start, &mut bytes)?;
        let mut header = Header { is_packed: true, ..Header::default() };
        let mut thrift = Thrift::new(&bytes);
        let size = |n: i64| usize::try_from(n).map_err(|_| Broken::Page);
        thrift.fields(|thrift, id, kind| match (id, kind) {
            (1, Kind::Int) => thrift.int().map(|n| header.kind = n),
            (2, Kind::Int) => size(thrift.int()?).map(|n| header.unpacked = n),
            (3, Kind::Int) => size(thrift.int()?).map(|n| header.packed = n),
            (5 | 7, Kind::Struct) => structure(thrift, kind, |thrift, id, kind| match (id, kind) {
                (1, Kind::Int) => size(thrift.int()?).map(|n| header.values = n as u64),
                (2, Kind::Int) => thrift.int().map(|n| header.encoding = n),
                _ => thrift.pass(kind),
            }),
            (8, Kind::Struct) => structure(thrift, kind, |thrift, id, kind| match (id, kind) {
                (1, Kind::Int) => size(thrift.int()?).map(|n| header.values = n as u64),
                (4, Kind::Int) => thrift.int().map(|n| header.encoding = n),
                (5, Kind::Int) => size(thrift.int()?).map(|n| header.levels[1] = n),
                (6, Kind::Int) => size(thrift.int()?).map(|n| header.levels[0] = n),
                (7, Kind::Bool(is)) => {
                    header.is_packed = is;
                    Ok(())
                }
                _ => thrift.pass(kind),
            }),
            _ => thrift.pass(kind),
        })?;
        header.length = thrift.read();
        Ok(header)
    }
}

impl Dictionary {
    fn new(bytes: Vec<u8>, count: u64, kind: Type) -> Result<Self, Broken> {
        if count > MOST_ENTRIES {
            return Err(Broken::Page);
        }
        let (mut values, mut at) = (Vec::new(), 0);
        for _ in 0..count {
            let range = plain(&bytes, at, kind)?; // which fails where the bytes end, however many are claimed
            at = range.end;
            let place = |n: usize| u32::try_from(n).map_err(|_| Broken::Page);
            values.push(place(range.start)?..place(range.end)?);
        }
        Ok(Dictionary { bytes, values })
    }
}

/// Where the plain value that begins at `at` lies, its length set aside.
fn plain(bytes: &[u8], at: usize, kind: Type) -> Result<Range<usize>, Broken> {
    let (start, length) = match kind {
        Type::Text => (at + 4, number(bytes, at)? as usize),
        Type::Int32 | Type::Days => (at, 4),
        Type::Int64 | Type::Time(_) => (at, 8),
        Type::Time96 => (at, 12),
        Type::Other => return Err(Broken::Page),
    };
    let end = start.checked_add(length).filter(|end| *end <= bytes.len()).ok_or(Broken::Page)?;
    Ok(start..end)
}

/// Four bytes as a number.
fn number(bytes: &[u8], at: usize) -> Result<u32, Broken> {
    let four = bytes.get(at..).and_then(|rest| rest.first_chunk::<4>()).ok_or(Broken::Page)?;
    Ok(u32::from_le_bytes(*four))
}

/// A value as text: numbers in digits, times as their day (UTC).
fn text(value: &[u8], kind: Type) -> Result<String, Broken> {
    let int = || value.first_chunk::<8>().map(|b| i64::from_le_bytes(*b)).ok_or(Broken::Page);
    let short = || value.first_chunk::<4>().map(|b| i64::from(i32::from_le_bytes(*b))).ok_or(Broken::Page);
    Ok(match kind {
        Type::Text => String::from_utf8_lossy(value).into_owned(),
        Type::Int32 => short()?.to_string(),
        Type::Int64 => int()?.to_string(),
        Type::Days => day(short()?),
        Type::Time(units) => day(int()?.div_euclid(units)),
        Type::Time96 => {
            let julian = value.get(8..).and_then(|rest| rest.first_chunk::<4>()).ok_or(Broken::Page)?;
            day(i64::from(u32::from_le_bytes(*julian)) - 2_440_588)
        }
        Type::Other => return Err(Broken::Page),
    })
}

/// The day so many days after 1970 began; beyond the calendar, the number itself.
fn day(days: i64) -> String {
    let date = Span::new().try_days(days).ok().and_then(|span| Date::constant(1970, 1, 1).checked_add(span).ok());
    date.map_or_else(|| days.to_string(), |date| date.to_string())
}

/// What a page's bytes unpack to: exactly so many.
fn unpack(codec: i64, packed: &[u8], unpacked: usize) -> Result<Vec<u8>, Broken> {
    let limit = unpacked as u64 + 1;
    let mut out = Vec::new();
    match codec {
        0 => out.extend_from_slice(packed),
        1 => {
            if snap::raw::decompress_len(packed).ok() != Some(unpacked) {
                return Err(Broken::Page);
            }
            out = snap::raw::Decoder::new().decompress_vec(packed).map_err(|_| Broken::Page)?;
        }
        2 => {
            MultiGzDecoder::new(packed).take(limit).read_to_end(&mut out).map_err(|_| Broken::Page)?;
        }
        6 => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(packed).map_err(|_| Broken::Page)?;
            decoder.window_log_max(ZSTD_WINDOW_LOG).map_err(|_| Broken::Page)?;
            decoder.take(limit).read_to_end(&mut out).map_err(|_| Broken::Page)?;
        }
        other => return Err(Broken::Codec(other)),
    }
    if out.len() == unpacked { Ok(out) } else { Err(Broken::Page) }
}

/// Fills `buffer` from this byte of the file on.
pub(super) fn read_at(file: &mut Metered<File>, at: u64, buffer: &mut [u8]) -> Result<(), Broken> {
    file.seek(SeekFrom::Start(at)).and_then(|_| file.read_exact(buffer)).map_err(|_| Broken::Cut)
}
