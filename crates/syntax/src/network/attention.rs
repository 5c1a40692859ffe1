//! Attention of the pieces of one sentence to each other.

use rten_simd::ops::{BitOps, NumOps};
use rten_simd::{Isa, Simd, SimdOp, SimdUnaryOp};
use rten_vecmath::Exp;

/// Heads of each layer, and numbers in each head's vectors.
pub(crate) const HEADS: usize = 12;
pub(crate) const DEEP: usize = 32;
/// Width of a piece's vector.
pub(crate) const WIDTH: usize = HEADS * DEEP;
/// Queries worked on together.
const TOGETHER: usize = 4;
/// Far below any score: what is no piece gets no weight.
const NONE: f32 = -1e30;

/// Attention within one sentence.
pub(crate) struct Attention<'a> {
    /// Query, key and value of each piece of the sentence, one after the other.
    pub pieces: &'a [f32],
    /// Which pieces ask.
    pub asking: &'a [usize],
    /// A vector for each piece that asks.
    pub out: &'a mut [f32],
    /// Room to work in.
    pub room: &'a mut Room,
}

/// Buffers that are used again.
#[derive(Default)]
pub(crate) struct Room {
    /// Keys of one head, turned: blocks of one vector of pieces, in each the numbers one after the other.
    keys: Vec<f32>,
    /// Weights of the pieces for a few queries.
    weights: Vec<f32>,
}

impl SimdOp for Attention<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let lanes = isa.f32().len();
        let count = self.pieces.len() / (3 * WIDTH);
        let full = count.next_multiple_of(lanes);
        let Room { keys, weights } = self.room;
        keys.clear();
        keys.resize(full * DEEP, 0.0);
        weights.clear();
        weights.resize(full * TOGETHER, 0.0);
        for head in 0..HEADS {
            turn_keys(self.pieces, head, lanes, keys);
            let outs = self.out.chunks_mut(TOGETHER * WIDTH);
            for (asking, out) in self.asking.chunks(TOGETHER).zip(outs) {
                let queries = [0, 1, 2, 3].map(|k| {
                    let piece = asking.get(k).or(asking.first()).copied().unwrap_or(0);
                    let at = piece * 3 * WIDTH + head * DEEP;
                    self.pieces.get(at..at + DEEP).unwrap_or_default()
                });
                scores(isa, keys, queries, full, weights);
                for row in weights.chunks_exact_mut(full) {
                    softmax(isa, row, count);
                }
                mix(isa, self.pieces, head, weights, full, out);
            }
        }
    }
}

/// Lays out the keys of a head so that the scores of several pieces come from one vector.
#[inline(always)]
fn turn_keys(pieces: &[f32], head: usize, lanes: usize, keys: &mut [f32]) {
    let blocks = keys.chunks_exact_mut(lanes * DEEP).zip(pieces.chunks(lanes * 3 * WIDTH));
    for (block, rows) in blocks {
        for (j, row) in rows.chunks_exact(3 * WIDTH).enumerate() {
            let at = WIDTH + head * DEEP;
            let key = row.get(at..at + DEEP).unwrap_or_default();
            for (slot, &x) in block.iter_mut().skip(j).step_by(lanes).zip(key) {
                *slot = x;
            }
        }
    }
}

#[inline(always)]
fn scores<I: Isa>(isa: I, keys: &[f32], queries: [&[f32]; TOGETHER], full: usize, weights: &mut [f32]) {
    let ops = isa.f32();
    let v = ops.len();
    let [a, b, c, d] = queries;
    for (j, block) in keys.chunks_exact(v * DEEP).enumerate() {
        let mut sums = [ops.zero(); TOGETHER];
        for ((((k, &a), &b), &c), &d) in block.chunks_exact(v).zip(a).zip(b).zip(c).zip(d) {
            let k = ops.load(k);
            let [s0, s1, s2, s3] = sums;
            sums = [
                ops.mul_add(k, ops.splat(a), s0),
                ops.mul_add(k, ops.splat(b), s1),
                ops.mul_add(k, ops.splat(c), s2),
                ops.mul_add(k, ops.splat(d), s3),
            ];
        }
        for (row, sum) in weights.chunks_exact_mut(full).zip(sums) {
            if let Some(slot) = row.get_mut(j * v..(j + 1) * v) {
                ops.store(sum, slot);
            }
        }
    }
}

#[inline(always)]
fn softmax<I: Isa>(isa: I, row: &mut [f32], count: usize) {
    let ops = isa.f32();
    let v = ops.len();
    row.iter_mut().skip(count).for_each(|x| *x = NONE);
    let mut top = ops.splat(f32::MIN);
    for c in row.chunks_exact(v) {
        top = ops.max(top, ops.load(c));
    }
    let top = ops.splat(top.to_array().into_iter().fold(f32::MIN, f32::max));
    let mut sum = ops.zero();
    for c in row.chunks_exact_mut(v) {
        let e = Exp {}.eval(isa, ops.max(ops.sub(ops.load(c), top), ops.splat(-100.0)));
        sum = ops.add(sum, e);
        ops.store(e, c);
    }
    let inverse = ops.splat(1.0 / ops.sum(sum));
    for c in row.chunks_exact_mut(v) {
        ops.store(ops.mul(ops.load(c), inverse), c);
    }
}

/// The values of all pieces, weighed.
#[inline(always)]
fn mix<I: Isa>(isa: I, pieces: &[f32], head: usize, weights: &[f32], full: usize, out: &mut [f32]) {
    let ops = isa.f32();
    let v = ops.len();
    let mut rows = weights.chunks_exact(full);
    let mut row = || rows.next().unwrap_or_default();
    let (a, b, c, d) = (row(), row(), row(), row());
    for at in (head * DEEP..(head + 1) * DEEP).step_by(v) {
        let mut sums = [ops.zero(); TOGETHER];
        for ((((piece, &a), &b), &c), &d) in pieces.chunks_exact(3 * WIDTH).zip(a).zip(b).zip(c).zip(d) {
            let Some(x) = piece.get(2 * WIDTH + at..2 * WIDTH + at + v) else { continue };
            let x = ops.load(x);
            let [s0, s1, s2, s3] = sums;
            sums = [
                ops.mul_add(x, ops.splat(a), s0),
                ops.mul_add(x, ops.splat(b), s1),
                ops.mul_add(x, ops.splat(c), s2),
                ops.mul_add(x, ops.splat(d), s3),
            ];
        }
        for (row, sum) in out.chunks_exact_mut(WIDTH).zip(sums) {
            if let Some(slot) = row.get_mut(at..at + v) {
                ops.store(sum, slot);
            }
        }
    }
}
