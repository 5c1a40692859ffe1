//! Runs and packed bits: how Parquet stores levels and places in a dictionary.

use std::ops::Range;

use super::Broken;

/// Numbers of so many bits in a range of bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct Hybrid {
    range: Range<usize>,
    width: u32,
    run: Run,
}

#[derive(Clone, Debug, Default)]
enum Run {
    #[default]
    None,
    /// The same number so many times.
    Same { left: u64, value: u32 },
    /// So many packed numbers, the next beginning at this bit.
    Packed { left: u64, bit: usize },
}

impl Hybrid {
    pub fn new(range: Range<usize>, width: u32) -> Result<Self, Broken> {
        if width > 32 { Err(Broken::Page) } else { Ok(Hybrid { range, width, run: Run::None }) }
    }

    /// The next number.
    pub fn next(&mut self, bytes: &[u8]) -> Result<u32, Broken> {
        if self.width == 0 {
            return Ok(0);
        }
        loop {
            match &mut self.run {
                Run::Same { left, value } if *left > 0 => {
                    *left -= 1;
                    return Ok(*value);
                }
                Run::Packed { left, bit } if *left > 0 => {
                    *left -= 1;
                    let at = *bit;
                    *bit += self.width as usize;
                    return bits(bytes, at, self.width);
                }
                _ => self.run = self.begin(bytes)?,
            }
        }
    }

    fn begin(&mut self, bytes: &[u8]) -> Result<Run, Broken> {
        let head = self.varint(bytes)?;
        if head & 1 == 0 {
            let size = self.width.div_ceil(8) as usize;
            let mut value = 0_u32;
            for n in 0..size {
                value |= u32::from(self.byte(bytes)?) << (8 * n);
            }
            return Ok(Run::Same { left: head >> 1, value });
        }
        let groups = usize::try_from(head >> 1).map_err(|_| Broken::Page)?;
        let (start, size) = (self.range.start, groups.checked_mul(self.width as usize).ok_or(Broken::Page)?);
        // The last group may be cut off behind the last number that is needed.
        let size = size.min(self.range.len());
        self.range.start += size;
        let left = (size * 8 / self.width as usize) as u64;
        if left == 0 { Err(Broken::Page) } else { Ok(Run::Packed { left, bit: start * 8 }) }
    }

    fn varint(&mut self, bytes: &[u8]) -> Result<u64, Broken> {
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte(bytes)?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Broken::Page)
    }

    fn byte(&mut self, bytes: &[u8]) -> Result<u8, Broken> {
        if self.range.is_empty() {
            return Err(Broken::Page);
        }
        let byte = bytes.get(self.range.start).copied().ok_or(Broken::Page)?;
        self.range.start += 1;
        Ok(byte)
    }
}

/// So many bits from this one on, the lowest first.
fn bits(bytes: &[u8], at: usize, width: u32) -> Result<u32, Broken> {
    let (first, shift) = (at / 8, at % 8);
    let count = (shift + width as usize).div_ceil(8);
    let taken = bytes.get(first..first + count).ok_or(Broken::Page)?;
    let value = taken.iter().rev().fold(0_u64, |value, byte| (value << 8) | u64::from(*byte));
    let mask = if width == 32 { u64::from(u32::MAX) } else { (1 << width) - 1 };
    u32::try_from((value >> shift) & mask).map_err(|_| Broken::Page)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn check(bytes: &[u8], width: u32, expect: &[u32]) {
        let mut hybrid = Hybrid::new(0..bytes.len(), width).unwrap();
        let found: Vec<u32> = expect.iter().map(|_| hybrid.next(bytes).unwrap()).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn runs_and_packed_numbers_are_read() {
        check(&[8, 5], 3, &[5, 5, 5, 5]);
        // The format's own example: 0 to 7 in three bits.
        check(&[3, 0x88, 0xC6, 0xFA], 3, &[0, 1, 2, 3, 4, 5, 6, 7]);
        check(&[4, 1, 3, 0x02], 1, &[1, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
        check(&[], 0, &[0, 0, 0]);
        check(&[2, 0xFF, 0xFF, 0xFF, 0xFF], 32, &[u32::MAX]);
    }

    #[test]
    fn what_is_cut_or_claims_too_much_is_an_error() {
        assert!(Hybrid::new(0..1, 33).is_err());
        for bytes in [&[][..], &[8], &[3], &[0xFF; 16], &[0, 0, 0, 0]] {
            let mut hybrid = Hybrid::new(0..bytes.len(), 3).unwrap();
            let end = (0..100_000).find(|_| hybrid.next(bytes).is_err());
            assert!(end.is_some(), "{bytes:?}");
        }
    }
}
