//! A transformer layer (Vaswani et al. 2017) over rows that lie one after the other.

use std::ops::Range;

use rten_simd::SimdOp as _;

use super::attention::{Attention, DEEP, Room, WIDTH};
use super::linear::{Linear, Products};
use super::quantised::Rows;
use super::rows::{Activate, AddAndNorm, Norm, Quantise, ToFloats};
use super::weights::Weights;

/// Rows that go through products together: few enough that what lies between products stays in the cache beside the
/// weights, and whole tiles of them.
const TOGETHER: usize = 48;

/// One layer's weights.
pub(crate) struct Layer {
    /// Queries, keys and values side by side.
    ask: Linear,
    join: Linear,
    norm1: Norm,
    up: Linear,
    down: Linear,
    norm2: Norm,
}

/// Buffers that are used again.
#[derive(Default)]
pub(crate) struct Buffers {
    /// A vector for each piece.
    pub x: Vec<f32>,
    /// The same in 8 bits.
    pub small: Rows,
    asked: Vec<f32>,
    mixed: Vec<f32>,
    room: Room,
    /// Of the rows that are worked on together.
    block: Block,
}

/// What lies between the products of a few rows.
#[derive(Default)]
struct Block {
    whole: Vec<i32>,
    mixed: Rows,
    joined: Rows,
    wide: Rows,
    row: Vec<f32>,
}

impl Layer {
    /// The weights whose tensors and products have names that begin so: `layers.0.q.bias` with `tensors` "layers.0.", and
    /// `/layers.0/q/MatMul` with `products` "layers.0/".
    pub fn read(weights: &Weights, made: &Products, tensors: &str, products: &str) -> Result<Layer, String> {
        let name = |part: &str| format!("{products}{part}/MatMul");
        let bias = |part: &str| weights.floats(&format!("{tensors}{part}.bias"));
        let linear = |part: &str, rows: usize| -> Result<Linear, String> {
            let (w, b) = (weights.product(&name(part), rows)?, bias(part)?);
            if b.len() == w.scales.len() { Ok(made.linear(w, b)) } else { Err(format!("bias of {}", name(part))) }
        };
        // Queries are scaled once and for all.
        let shrink = 1.0 / (DEEP as f32).sqrt();
        let mut q = weights.product(&name("q"), WIDTH)?;
        q.scales.iter_mut().for_each(|s| *s *= shrink);
        let ask = q.beside(weights.product(&name("k"), WIDTH)?).beside(weights.product(&name("v"), WIDTH)?);
        let mut biases: Vec<f32> = bias("q")?.iter().map(|b| b * shrink).collect();
        biases.extend(bias("k")?);
        biases.extend(bias("v")?);
        if ask.scales.len() != 3 * WIDTH || biases.len() != 3 * WIDTH {
            return Err(format!("{products} does not ask {} wide", 3 * WIDTH));
        }
        let up = linear("up", WIDTH)?;
        let inner = up.scales.len();
        Ok(Layer {
            ask: made.linear(ask, biases),
            join: linear("o", WIDTH)?,
            norm1: Norm::read(weights, &format!("{tensors}norm1"))?,
            up,
            down: linear("down", inner)?,
            norm2: Norm::read(weights, &format!("{tensors}norm2"))?,
        })
    }

    /// From the vectors in `b`, where `sentences` stand, to the next ones; of the pieces `asking` alone, where those are given.
    pub fn run(&self, products: &Products, sentences: &[Range<usize>], asking: Option<&[usize]>, b: &mut Buffers) {
        let all = b.x.len() / WIDTH;
        self.ask(products, all, b);
        let count = asking.map_or(all, <[usize]>::len);
        b.mixed.resize(count * WIDTH, 0.0);
        self.attend(sentences, asking, b);
        if let Some(asking) = asking {
            for (to, &from) in asking.iter().enumerate() {
                b.x.copy_within(from * WIDTH..(from + 1) * WIDTH, to * WIDTH);
            }
            b.x.truncate(count * WIDTH);
        }
        b.small.resize(count, WIDTH);
        for rows in blocks(count) {
            self.think(products, rows, b);
        }
    }

    /// Queries, keys and values of all pieces.
    fn ask(&self, products: &Products, count: usize, b: &mut Buffers) {
        let wide = 3 * WIDTH;
        b.asked.resize(count * wide, 0.0);
        for (rows, out) in blocks(count).zip(b.asked.chunks_mut(TOGETHER * wide)) {
            let rows = b.small.part(rows);
            products.multiply(&self.ask, rows, &mut b.block.whole);
            ToFloats { whole: &b.block.whole, rows, layer: &self.ask, out }.dispatch();
        }
    }

    /// From what attention mixed to the next vectors of some rows.
    fn think(&self, products: &Products, rows: Range<usize>, b: &mut Buffers) {
        let (top, count) = (products.top(), rows.len());
        let numbers = rows.start * WIDTH..rows.end * WIDTH;
        let Some((x, from)) = b.x.get_mut(numbers.clone()).zip(b.mixed.get(numbers)) else { return };
        let Block { whole, mixed, joined, wide, row } = &mut b.block;
        mixed.resize(count, WIDTH);
        Quantise { x: from, width: WIDTH, top, out: mixed.all_mut() }.dispatch();
        products.multiply(&self.join, mixed.all(), whole);
        joined.resize(count, WIDTH);
        let product = Some((whole.as_slice(), mixed.all(), &self.join));
        AddAndNorm { product, norm: &self.norm1, x, top, out: joined.all_mut() }.dispatch();
        products.multiply(&self.up, joined.all(), whole);
        let inner = self.up.scales.len();
        wide.resize(count, inner);
        row.resize(inner, 0.0);
        Activate { whole, rows: joined.all(), layer: &self.up, row, top, out: wide.all_mut() }.dispatch();
        products.multiply(&self.down, wide.all(), whole);
        let product = Some((whole.as_slice(), wide.all(), &self.down));
        AddAndNorm { product, norm: &self.norm2, x, top, out: b.small.part_mut(rows) }.dispatch();
    }

    /// Attention, sentence by sentence.
    fn attend(&self, sentences: &[Range<usize>], asking: Option<&[usize]>, b: &mut Buffers) {
        let mut rest = b.mixed.as_mut_slice();
        let mut waiting = asking.unwrap_or_default();
        for s in sentences {
            let here: Vec<usize> = match asking {
                Some(_) => {
                    let (mine, later) = waiting.split_at(waiting.partition_point(|&i| i < s.end));
                    waiting = later;
                    mine.iter().map(|&i| i - s.start).collect()
                }
                None => (0..s.len()).collect(),
            };
            let (out, later) = rest.split_at_mut((here.len() * WIDTH).min(rest.len()));
            rest = later;
            let pieces = b.asked.get(s.start * 3 * WIDTH..s.end * 3 * WIDTH).unwrap_or_default();
            Attention { pieces, asking: &here, out, room: &mut b.room }.dispatch();
        }
    }
}

/// Ranges of [`TOGETHER`] rows, the last perhaps shorter.
fn blocks(count: usize) -> impl Iterator<Item = Range<usize>> {
    (0..count).step_by(TOGETHER).map(move |from| from..(from + TOGETHER).min(count))
}
