//! Rows of 8-bit values.

use std::ops::Range;

/// Rows of 8-bit values, each with its own scale and zero point.
#[derive(Default)]
pub(crate) struct Rows {
    values: Vec<u8>,
    scales: Vec<f32>,
    zeros: Vec<i32>,
    width: usize,
}

/// Some of the rows.
#[derive(Clone, Copy)]
pub(crate) struct Part<'a> {
    pub values: &'a [u8],
    pub scales: &'a [f32],
    pub zeros: &'a [i32],
}

/// Some of the rows, to be written.
pub(crate) struct PartMut<'a> {
    pub values: &'a mut [u8],
    pub scales: &'a mut [f32],
    pub zeros: &'a mut [i32],
}

impl Rows {
    /// Makes room for `rows` rows of `width`.
    pub fn resize(&mut self, rows: usize, width: usize) {
        self.width = width;
        self.values.resize(rows * width, 0);
        self.scales.resize(rows, 0.0);
        self.zeros.resize(rows, 0);
    }

    /// All rows.
    pub fn all(&self) -> Part<'_> {
        Part { values: &self.values, scales: &self.scales, zeros: &self.zeros }
    }

    /// All rows, to be written.
    pub fn all_mut(&mut self) -> PartMut<'_> {
        PartMut { values: &mut self.values, scales: &mut self.scales, zeros: &mut self.zeros }
    }

    /// The rows of a range; none where there are not as many.
    pub fn part(&self, rows: Range<usize>) -> Part<'_> {
        Part {
            values: self.values.get(rows.start * self.width..rows.end * self.width).unwrap_or_default(),
            scales: self.scales.get(rows.clone()).unwrap_or_default(),
            zeros: self.zeros.get(rows).unwrap_or_default(),
        }
    }

    /// The same, to be written.
    pub fn part_mut(&mut self, rows: Range<usize>) -> PartMut<'_> {
        PartMut {
            values: self.values.get_mut(rows.start * self.width..rows.end * self.width).unwrap_or_default(),
            scales: self.scales.get_mut(rows.clone()).unwrap_or_default(),
            zeros: self.zeros.get_mut(rows).unwrap_or_default(),
        }
    }
}

impl<'a> Part<'a> {
    /// Scale and zero point of each row.
    pub fn scaling(self) -> impl Iterator<Item = (f32, i32)> + use<'a> {
        self.scales.iter().copied().zip(self.zeros.iter().copied())
    }

    /// Scale and zero point of one row.
    pub fn scaling_of(self, row: usize) -> (f32, i32) {
        (self.scales.get(row).copied().unwrap_or(0.0), self.zeros.get(row).copied().unwrap_or(0))
    }
}
