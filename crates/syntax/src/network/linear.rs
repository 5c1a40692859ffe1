//! Products with 8-bit weights. Each row of the input is quantised by itself, so that what becomes of a row does not
//! depend on the rows beside it.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_tensor::NdTensorView;

use super::weights::Quantised;

/// Columns are filled up to a multiple of this, which all vector widths divide.
pub(crate) const LANES: usize = 16;

/// Weights laid out for the processor, with bias.
pub(crate) struct Linear {
    packed: PackedBMatrix<i8>,
    /// Scale of each column.
    pub scales: Vec<f32>,
    /// Sum of each column's weights: what a zero point of one would add.
    pub sums: Vec<i32>,
    pub bias: Vec<f32>,
}

/// Rows of 8-bit values, each with its own scale and zero point.
#[derive(Default)]
pub(crate) struct Rows {
    pub values: Vec<u8>,
    pub scales: Vec<f32>,
    pub zeros: Vec<i32>,
}

impl Rows {
    /// Makes room for `rows` rows of `width`.
    pub fn resize(&mut self, rows: usize, width: usize) {
        self.values.resize(rows * width, 0);
        self.scales.resize(rows, 0.0);
        self.zeros.resize(rows, 0);
    }

    /// Scale and zero point of each row.
    pub fn scaling(&self) -> impl Iterator<Item = (f32, i32)> {
        self.scales.iter().copied().zip(self.zeros.iter().copied())
    }

    /// Scale and zero point of one row.
    pub fn scaling_of(&self, row: usize) -> (f32, i32) {
        (self.scales.get(row).copied().unwrap_or(0.0), self.zeros.get(row).copied().unwrap_or(0))
    }
}

/// What multiplies: the kernels for this processor.
pub(crate) struct Products {
    whole: GemmExecutor<u8, i8, i32>,
    /// Floats.
    pub float: GemmExecutor<f32>,
}

impl Products {
    pub fn new() -> Products {
        Products { whole: GemmExecutor::new(), float: GemmExecutor::new() }
    }

    /// The largest 8-bit value that rows may have: kernels that add pairs in 16 bits would overflow beyond 127.
    pub fn top(&self) -> f32 {
        if self.whole.may_saturate() { 127.0 } else { 255.0 }
    }

    /// A linear layer of these weights, its columns filled up to whole vectors.
    pub fn linear(&self, weights: Quantised, mut bias: Vec<f32>) -> Linear {
        let columns = weights.scales.len();
        let full = columns.next_multiple_of(LANES);
        let w = weights.columns(full, |c| (c < columns).then_some(c));
        bias.resize(full, 0.0);
        let packed = self.whole.prepack_b(NdTensorView::from_data([w.rows, full], w.values.as_slice()));
        let mut sums = vec![0; full];
        for row in w.values.chunks_exact(full) {
            sums.iter_mut().zip(row).for_each(|(sum, &x)| *sum += i32::from(x));
        }
        Linear { packed, scales: w.scales, sums, bias }
    }

    /// `rows`, their zero points not yet taken off, times the weights as whole numbers, for the caller to scale back;
    /// all zero where the shapes do not fit. `out` only grows; what is behind the rows is left as it was.
    pub fn multiply(&self, layer: &Linear, rows: &Rows, out: &mut Vec<i32>) {
        let count = rows.scales.len();
        let size = count * layer.scales.len();
        if out.len() < size {
            out.resize(size, 0);
        }
        let Some(out) = out.get_mut(..size).filter(|_| count > 0) else { return };
        let a = NdTensorView::from_data([count, rows.values.len() / count], rows.values.as_slice());
        // Zero points that differ from row to row are left to the caller: these kernels take one for all.
        let (a, b) = (GemmInputA::Unpacked(a), GemmInputB::Packed(&layer.packed));
        let done = self.whole.gemm(out, a, b, GemmOptions::default());
        if done.is_err() {
            out.fill(0);
        }
    }
}
