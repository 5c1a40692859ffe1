//! Thrift's compact protocol, as far as Parquet's metadata needs it: walked through, never built, so that what is claimed
//! of sizes costs nothing.

use super::Broken;

/// Structures within structures.
const DEPTH: usize = 32;

/// Types of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Bool(bool),
    Byte,
    Int,
    Double,
    Binary,
    List,
    Map,
    Struct,
}

/// Reads values one after the other.
pub(super) struct Thrift<'b> {
    bytes: &'b [u8],
    at: usize,
    depth: usize,
}

impl<'b> Thrift<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        Thrift { bytes, at: 0, depth: 0 }
    }

    /// Bytes read so far.
    pub fn read(&self) -> usize {
        self.at
    }

    fn byte(&mut self) -> Result<u8, Broken> {
        let byte = self.bytes.get(self.at).copied().ok_or(Broken::Metadata)?;
        self.at += 1;
        Ok(byte)
    }

    fn take(&mut self, count: usize) -> Result<&'b [u8], Broken> {
        let end = self.at.checked_add(count).ok_or(Broken::Metadata)?;
        let taken = self.bytes.get(self.at..end).ok_or(Broken::Metadata)?;
        self.at = end;
        Ok(taken)
    }

    fn varint(&mut self) -> Result<u64, Broken> {
        let mut value = 0;
        for shift in (0..70).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F).checked_shl(shift).unwrap_or_default();
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Broken::Metadata)
    }

    /// A whole number.
    pub fn int(&mut self) -> Result<i64, Broken> {
        let value = self.varint()?;
        Ok((value >> 1).cast_signed() ^ -(value & 1).cast_signed())
    }

    /// A string of bytes.
    pub fn binary(&mut self) -> Result<&'b [u8], Broken> {
        let length = usize::try_from(self.varint()?).map_err(|_| Broken::Metadata)?;
        self.take(length)
    }

    /// Hands each field of a structure, by its number and type, to `field`, which must read it or pass over it.
    pub fn fields(&mut self, mut field: impl FnMut(&mut Self, i64, Kind) -> Result<(), Broken>) -> Result<(), Broken> {
        self.deeper(|this| {
            let mut id = 0_i64;
            loop {
                let head = this.byte()?;
                if head == 0 {
                    return Ok(());
                }
                let delta = i64::from(head >> 4);
                id = if delta == 0 { this.int()? } else { id.saturating_add(delta) };
                field(this, id, kind(head & 0x0F)?)?;
            }
        })
    }

    /// Lets `element` read each element of a list, by its type.
    pub fn elements(&mut self, mut element: impl FnMut(&mut Self, Kind) -> Result<(), Broken>) -> Result<(), Broken> {
        self.deeper(|this| {
            let head = this.byte()?;
            let count = if head >> 4 == 15 { this.varint()? } else { u64::from(head >> 4) };
            let kind = match kind(head & 0x0F)? {
                Kind::Bool(_) => Kind::Byte, // in lists they have a byte each
                other => other,
            };
            for _ in 0..count {
                element(this, kind)?; // each takes a byte at least, so the bytes bound the loop
            }
            Ok(())
        })
    }

    /// Passes over a value.
    pub fn pass(&mut self, kind: Kind) -> Result<(), Broken> {
        match kind {
            Kind::Bool(_) => Ok(()),
            Kind::Byte => self.take(1).map(drop),
            Kind::Int => self.varint().map(drop),
            Kind::Double => self.take(8).map(drop),
            Kind::Binary => self.binary().map(drop),
            Kind::List => self.elements(Self::pass),
            Kind::Struct => self.fields(|this, _, kind| this.pass(kind)),
            Kind::Map => Err(Broken::Metadata), // Parquet has none
        }
    }

    fn deeper(&mut self, read: impl FnOnce(&mut Self) -> Result<(), Broken>) -> Result<(), Broken> {
        if self.depth >= DEPTH {
            return Err(Broken::Metadata);
        }
        self.depth += 1;
        let done = read(self);
        self.depth -= 1;
        done
    }
}

fn kind(code: u8) -> Result<Kind, Broken> {
    Ok(match code {
        1 => Kind::Bool(true),
        2 => Kind::Bool(false),
        3 => Kind::Byte,
        4..=6 => Kind::Int,
        7 => Kind::Double,
        8 => Kind::Binary,
        9 | 10 => Kind::List,
        11 => Kind::Map,
        12 => Kind::Struct,
        _ => return Err(Broken::Metadata),
    })
}
