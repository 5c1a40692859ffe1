//! Products with 8-bit weights. Each row of the input is quantised by itself, so that what becomes of a row does not
//! depend on the rows beside it.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_tensor::NdTensorView;

use super::quantised::Part;
use super::weights::Quantised;
#[cfg(target_arch = "x86_64")]
use super::wide::{Wide, WideWeights};

/// Columns are filled up to a multiple of this, which all vector widths divide.
pub(crate) const LANES: usize = 16;

/// Weights laid out for the processor, with bias.
pub(crate) struct Linear {
    packed: Packed,
    /// Scale of each column.
    pub scales: Vec<f32>,
    /// Sum of each column's weights: what a zero point of one would add.
    pub sums: Vec<i32>,
    pub bias: Vec<f32>,
}

/// Weights as one of the kernels takes them.
enum Packed {
    #[cfg(target_arch = "x86_64")]
    Wide(WideWeights),
    Any(PackedBMatrix<i8>),
}

/// What multiplies: the kernels for this processor.
pub(crate) struct Products {
    #[cfg(target_arch = "x86_64")]
    wide: Option<Wide>,
    whole: GemmExecutor<u8, i8, i32>,
    /// Floats.
    pub float: GemmExecutor<f32>,
}

impl Products {
    pub fn new() -> Products {
        Products {
            #[cfg(target_arch = "x86_64")]
            wide: Wide::new(),
            whole: GemmExecutor::new(),
            float: GemmExecutor::new(),
        }
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
        let mut sums = vec![0; full];
        for row in w.values.chunks_exact(full) {
            sums.iter_mut().zip(row).for_each(|(sum, &x)| *sum += i32::from(x));
        }
        Linear { packed: self.pack(&w, full), scales: w.scales, sums, bias }
    }

    fn pack(&self, weights: &Quantised, columns: usize) -> Packed {
        #[cfg(target_arch = "x86_64")]
        if let Some(packed) = self.wide.and_then(|wide| wide.weights(&weights.values, columns)) {
            return Packed::Wide(packed);
        }
        Packed::Any(self.whole.prepack_b(NdTensorView::from_data([weights.rows, columns], weights.values.as_slice())))
    }

    /// `rows`, their zero points not yet taken off, times the weights as whole numbers, for the caller to scale back;
    /// all zero where the shapes do not fit. `out` is made as long as that.
    pub fn multiply(&self, layer: &Linear, rows: Part<'_>, out: &mut Vec<i32>) {
        let count = rows.scales.len();
        out.resize(count * layer.scales.len(), 0);
        if count == 0 {
            return;
        }
        let packed = match &layer.packed {
            #[cfg(target_arch = "x86_64")]
            Packed::Wide(weights) => {
                return self.wide.map_or((), |wide| wide.multiply(weights, rows.values, out));
            }
            Packed::Any(packed) => packed,
        };
        let a = NdTensorView::from_data([count, rows.values.len() / count], rows.values);
        // Zero points that differ from row to row are left to the caller: these kernels take one for all.
        let (a, b) = (GemmInputA::Unpacked(a), GemmInputB::Packed(packed));
        let done = self.whole.gemm(out, a, b, GemmOptions::default());
        if done.is_err() {
            out.fill(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::quantised::Rows;
    use super::*;

    #[test]
    fn products_are_those_of_plain_arithmetic() {
        let mut seed = 1_u32;
        let mut dice = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed >> 24
        };
        for (deep, columns) in [(128, 40), (384, 64), (1536, 33), (20, 7)] {
            for count in [0, 1, 4, 11, 12, 29] {
                let products = Products::new();
                let values: Vec<i8> = (0..deep * columns).map(|_| dice() as u8 as i8).collect();
                let weights = Quantised { values: values.clone(), rows: deep, scales: vec![1.0; columns] };
                let layer = products.linear(weights, vec![0.0; columns]);
                let mut rows = Rows::default();
                rows.resize(count, deep);
                let top = products.top() as u32;
                rows.all_mut().values.iter_mut().for_each(|x| *x = (dice() % (top + 1)) as u8);
                let mut out = Vec::new();
                products.multiply(&layer, rows.all(), &mut out);
                let width = layer.scales.len();
                assert_eq!(out.len(), count * width);
                for (row, out) in rows.all().values.chunks(deep).zip(out.chunks(width)) {
                    for (c, &sum) in out.iter().enumerate().take(columns) {
                        let plain: i32 = row
                            .iter()
                            .enumerate()
                            .map(|(k, &x)| i32::from(x) * i32::from(values[k * columns + c]))
                            .sum();
                        assert_eq!(sum, plain, "{count} rows of {deep}, column {c}");
                    }
                }
            }
        }
    }
}
