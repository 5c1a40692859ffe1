//! What is done to rows between products, in the processor's vectors: scaling back, activation, norms, quantising.

use rten_simd::ops::{BitOps, FloatOps, NarrowSaturate, NumOps, ToFloat};
use rten_simd::{Isa, Simd, SimdOp};

use super::attention::WIDTH;
use super::linear::Linear;
use super::quantised::{Part, PartMut};
use super::weights::Weights;

/// Guards the square root of a variance of nothing.
const EPSILON: f32 = 1e-12;

/// Whole products scaled back to floats, with the layer's bias.
pub(crate) struct ToFloats<'a> {
    pub whole: &'a [i32],
    pub rows: Part<'a>,
    pub layer: &'a Linear,
    pub out: &'a mut [f32],
}

impl SimdOp for ToFloats<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let width = self.layer.scales.len().max(1);
        let rows = self.whole.chunks_exact(width).zip(self.rows.scaling()).zip(self.out.chunks_exact_mut(width));
        for ((whole, by), out) in rows {
            let mut out = out.chunks_exact_mut(isa.f32().len());
            scale_back(
                isa,
                whole,
                by,
                self.layer,
                #[inline(always)]
                |x| {
                    if let Some(slot) = out.next() {
                        isa.f32().store(x, slot);
                    }
                },
            );
        }
    }
}

/// Scales whole products back, vector by vector.
#[inline(always)]
fn scale_back<I: Isa>(isa: I, whole: &[i32], (scale, zero): (f32, i32), layer: &Linear, mut each: impl FnMut(I::F32)) {
    let (ops, ints) = (isa.f32(), isa.i32());
    let v = ops.len();
    let (scale, zero) = (ops.splat(scale), ints.splat(zero));
    let columns = whole.chunks_exact(v).zip(layer.scales.chunks_exact(v)).zip(layer.bias.chunks_exact(v));
    for (((w, s), b), sums) in columns.zip(layer.sums.chunks_exact(v)) {
        let x = ints.to_float(ints.sub(ints.load(w), ints.mul(zero, ints.load(sums))));
        each(ops.mul_add(x, ops.mul(scale, ops.load(s)), ops.load(b)));
    }
}

/// Whole products scaled back, activated, and quantised again.
pub(crate) struct Activate<'a> {
    pub whole: &'a [i32],
    pub rows: Part<'a>,
    pub layer: &'a Linear,
    /// Room for one row.
    pub row: &'a mut [f32],
    pub top: f32,
    pub out: PartMut<'a>,
}

impl SimdOp for Activate<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let width = self.layer.scales.len().max(1);
        let PartMut { values, scales, zeros } = self.out;
        let targets = values.chunks_exact_mut(width).zip(scales).zip(zeros);
        let rows = self.whole.chunks_exact(width).zip(self.rows.scaling()).zip(targets);
        for ((whole, by), ((values, to_scale), zero)) in rows {
            let mut row = self.row.chunks_exact_mut(isa.f32().len());
            scale_back(
                isa,
                whole,
                by,
                self.layer,
                #[inline(always)]
                |x| {
                    if let Some(slot) = row.next() {
                        isa.f32().store(gelu(isa, x), slot);
                    }
                },
            );
            (*to_scale, *zero) = quantise(isa, self.row, self.top, values);
        }
    }
}

/// Φ(x) − ½ over x as a polynomial of x², highest power first: an own minimax fit (Lawson 1961) for |x| ≤ [`TAIL`].
const PHI: [f32; 8] =
    [-1.3012975e-9, 1.0419624e-7, -3.6571378e-6, 7.485511e-5, -0.0010064909, 0.0095054, -0.065887846, 0.3986734];
/// Beyond it Φ is taken to be flat.
const TAIL: f32 = 4.0;

/// x Φ(x), the Gaussian error linear unit (Hendrycks and Gimpel 2016), within 0.00004 for |x| ≤ [`TAIL`] and 0.00003 |x|
/// beyond, a hundredth of what quantising its results leaves out.
#[inline(always)]
fn gelu<I: Isa>(isa: I, x: I::F32) -> I::F32 {
    let ops = isa.f32();
    let near = ops.min(ops.max(x, ops.splat(-TAIL)), ops.splat(TAIL));
    let square = ops.mul(near, near);
    let mut sum = ops.zero();
    for c in PHI {
        sum = ops.mul_add(sum, square, ops.splat(c));
    }
    ops.mul(x, ops.mul_add(sum, near, ops.splat(0.5)))
}

/// Whole products, the rows that were multiplied, and the layer that they are of.
pub(crate) type Product<'a> = (&'a [i32], Part<'a>, &'a Linear);

/// Whole products scaled back, added to what went around the layer, normed in place, and quantised.
pub(crate) struct AddAndNorm<'a> {
    /// None to norm `x` as it is.
    pub product: Option<Product<'a>>,
    pub norm: &'a Norm,
    pub x: &'a mut [f32],
    pub top: f32,
    pub out: PartMut<'a>,
}

/// Weight and bias of a norm.
pub(crate) struct Norm {
    pub weight: Vec<f32>,
    pub bias: Vec<f32>,
}

impl Norm {
    /// The weights whose tensors' names begin so.
    pub fn read(weights: &Weights, name: &str) -> Result<Norm, String> {
        let part = |part: &str| weights.vector(&format!("{name}.{part}"), WIDTH);
        Ok(Norm { weight: part("weight")?, bias: part("bias")? })
    }
}

impl SimdOp for AddAndNorm<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let width = self.norm.weight.len().max(1);
        let PartMut { values, scales, zeros } = self.out;
        let targets = values.chunks_exact_mut(width).zip(scales).zip(zeros);
        for (i, (x, ((values, to_scale), zero))) in self.x.chunks_exact_mut(width).zip(targets).enumerate() {
            if let Some((whole, rows, layer)) = self.product {
                let whole = whole.get(i * width..(i + 1) * width).unwrap_or_default();
                let by = rows.scaling_of(i);
                let mut x = x.chunks_exact_mut(isa.f32().len());
                scale_back(
                    isa,
                    whole,
                    by,
                    layer,
                    #[inline(always)]
                    |y| {
                        if let Some(slot) = x.next() {
                            isa.f32().store(isa.f32().add(isa.f32().load(slot), y), slot);
                        }
                    },
                );
            }
            norm(isa, self.norm, x);
            (*to_scale, *zero) = quantise(isa, x, self.top, values);
        }
    }
}

#[inline(always)]
fn norm<I: Isa>(isa: I, by: &Norm, x: &mut [f32]) {
    let ops = isa.f32();
    let v = ops.len();
    let count = x.len().max(1) as f32;
    let mut sum = ops.zero();
    for c in x.chunks_exact(v) {
        sum = ops.add(sum, ops.load(c));
    }
    let mean = ops.splat(ops.sum(sum) / count);
    let mut squares = ops.zero();
    for c in x.chunks_exact(v) {
        let d = ops.sub(ops.load(c), mean);
        squares = ops.mul_add(d, d, squares);
    }
    let inverse = ops.splat(1.0 / (ops.sum(squares) / count + EPSILON).sqrt());
    let by = by.weight.chunks_exact(v).zip(by.bias.chunks_exact(v));
    for (c, (w, b)) in x.chunks_exact_mut(v).zip(by) {
        let d = ops.mul(ops.sub(ops.load(c), mean), inverse);
        ops.store(ops.mul_add(d, ops.load(w), ops.load(b)), c);
    }
}

/// Quantises a row over its own range, zero within it; gives its scale and zero point.
#[inline(always)]
fn quantise<I: Isa>(isa: I, x: &[f32], top: f32, out: &mut [u8]) -> (f32, i32) {
    let (ops, ints) = (isa.f32(), isa.i32());
    let v = ops.len();
    let (mut low, mut high) = (ops.zero(), ops.zero());
    for c in x.chunks_exact(v) {
        let c = ops.load(c);
        (low, high) = (ops.min(low, c), ops.max(high, c));
    }
    let low = low.to_array().into_iter().fold(0.0_f32, f32::min);
    let high = high.to_array().into_iter().fold(0.0_f32, f32::max);
    let range = high - low;
    let scale = if range > 0.0 { range / top } else { 1.0 };
    let zero = (-low / scale).round_ties_even().clamp(0.0, top);
    let (inverse, offset) = (ops.splat(1.0 / scale), ints.splat(zero as i32));
    for (c, o) in x.chunks_exact(4 * v).zip(out.chunks_exact_mut(4 * v)) {
        let [a, b, c, d] = ops.load_many::<4>(c).map(|x| ints.add(ops.to_int_round(ops.mul(x, inverse)), offset));
        let bytes = isa.i16().narrow_saturate(ints.narrow_saturate(a, b), ints.narrow_saturate(c, d));
        isa.u8().store(bytes, o);
    }
    let done = x.len() / (4 * v) * (4 * v);
    let rest = x.get(done..).unwrap_or_default().iter().zip(out.get_mut(done..).unwrap_or_default());
    rest.for_each(|(&x, o)| *o = ((x / scale).round_ties_even() + zero).clamp(0.0, top) as u8);
    (scale, zero as i32)
}

/// Rows quantised, each by itself.
pub(crate) struct Quantise<'a> {
    pub x: &'a [f32],
    pub width: usize,
    pub top: f32,
    pub out: PartMut<'a>,
}

impl SimdOp for Quantise<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let width = self.width.max(1);
        let PartMut { values, scales, zeros } = self.out;
        let targets = values.chunks_exact_mut(width).zip(scales).zip(zeros);
        for (x, ((values, scale), zero)) in self.x.chunks_exact(width).zip(targets) {
            (*scale, *zero) = quantise(isa, x, self.top, values);
        }
    }
}
