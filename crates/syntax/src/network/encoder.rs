//! The encoder: word pieces to vectors, six transformer layers (Vaswani et al. 2017; MiniLM, Wang et al. 2020).

use std::ops::Range;

use rten_simd::SimdOp as _;

use super::attention::{Attention, DEEP, Room, WIDTH};
use super::linear::{Linear, Products, Rows};
use super::rows::{Activate, AddAndNorm, Norm, ToFloats};
use super::weights::{Table, Weights};

/// Layers of the encoder.
const LAYERS: usize = 6;

/// One layer's weights.
struct Layer {
    /// Queries, keys and values side by side.
    ask: Linear,
    join: Linear,
    norm1: Norm,
    up: Linear,
    down: Linear,
    norm2: Norm,
}

/// All weights of the encoder.
pub(crate) struct Encoder {
    words: Table,
    /// Position and kind together.
    positions: Vec<f32>,
    shapes: Table,
    norm: Norm,
    layers: Vec<Layer>,
}

/// Sentences as the encoder takes them, laid one after the other.
#[derive(Default)]
pub(crate) struct Batch {
    /// Each piece's id, and the class of the written shape of its word.
    pub ids: Vec<i32>,
    pub shapes: Vec<i32>,
    /// Where each sentence's pieces stand.
    pub sentences: Vec<Range<usize>>,
    /// Pieces whose vectors are wanted, in order.
    pub wanted: Vec<usize>,
}

/// Buffers that are used again.
#[derive(Default)]
pub(crate) struct Buffers {
    /// A vector for each piece.
    pub x: Vec<f32>,
    small: Rows,
    wide: Rows,
    whole: Vec<i32>,
    /// Scale and zero point of each row.
    scaling: Vec<(f32, i32)>,
    asked: Vec<f32>,
    mixed: Vec<f32>,
    row: Vec<f32>,
    room: Room,
}

impl Encoder {
    pub fn read(weights: &Weights, products: &Products) -> Result<Encoder, String> {
        let kind = weights.vector("reader.encoder.kind", WIDTH)?;
        let table = weights.table("positions", WIDTH)?;
        let mut positions: Vec<f32> = kind.iter().copied().cycle().take(table.len() * WIDTH).collect();
        for (i, row) in (0..).zip(positions.chunks_exact_mut(WIDTH)) {
            table.add(i, row);
        }
        Ok(Encoder {
            words: weights.table("words", WIDTH)?,
            positions,
            shapes: weights.table("shapes", WIDTH)?,
            norm: norm(weights, "norm")?,
            layers: (0..LAYERS).map(|i| layer(weights, products, i)).collect::<Result<_, _>>()?,
        })
    }

    /// Runs the first `layers` layers over a batch and leaves in `buffers.x` a vector for each piece, or, after the last
    /// layer, for each wanted piece.
    pub fn run(&self, products: &Products, batch: &Batch, layers: usize, buffers: &mut Buffers) {
        self.lay_out(batch, buffers);
        let top = products.top();
        buffers.small.resize(batch.ids.len(), WIDTH);
        AddAndNorm { product: None, norm: &self.norm, x: &mut buffers.x, top, out: &mut buffers.small }.dispatch();
        for (i, layer) in self.layers.iter().enumerate().take(layers) {
            // Only the words' own pieces are looked at after the last layer.
            let asking = (i + 1 == LAYERS).then_some(batch.wanted.as_slice());
            layer.run(products, batch, asking, buffers);
        }
    }

    /// Sums up what each piece starts from.
    fn lay_out(&self, batch: &Batch, buffers: &mut Buffers) {
        buffers.x.clear();
        buffers.x.resize(batch.ids.len() * WIDTH, 0.0);
        let pieces = batch.ids.iter().zip(&batch.shapes);
        let places = batch.sentences.iter().flat_map(|s| 0..s.len());
        for ((x, (&id, &shape)), place) in buffers.x.chunks_exact_mut(WIDTH).zip(pieces).zip(places) {
            let position = self.positions.get(place * WIDTH..(place + 1) * WIDTH).unwrap_or_default();
            x.iter_mut().zip(position).for_each(|(x, p)| *x = *p);
            self.words.add(id, x);
            self.shapes.add(shape, x);
        }
    }
}

impl Layer {
    fn run(&self, products: &Products, batch: &Batch, asking: Option<&[usize]>, b: &mut Buffers) {
        let top = products.top();
        let wide = 3 * WIDTH;
        products.multiply(&self.ask, &b.small, &mut b.whole);
        b.asked.resize(batch.ids.len() * wide, 0.0);
        ToFloats { whole: &b.whole, rows: &b.small, layer: &self.ask, out: &mut b.asked }.dispatch();
        let count = asking.map_or(batch.ids.len(), <[usize]>::len);
        b.mixed.resize(count * WIDTH, 0.0);
        self.attend(batch, asking, b);
        if let Some(asking) = asking {
            for (to, &from) in asking.iter().enumerate() {
                b.x.copy_within(from * WIDTH..(from + 1) * WIDTH, to * WIDTH);
            }
            b.x.truncate(count * WIDTH);
        }
        b.small.resize(count, WIDTH);
        super::rows::Quantise { x: &b.mixed, width: WIDTH, top, out: &mut b.small }.dispatch();
        products.multiply(&self.join, &b.small, &mut b.whole);
        // How the rows were scaled is kept, since the next rows take their place.
        b.scaling.clear();
        b.scaling.extend(b.small.scaling());
        let product = Some((b.whole.as_slice(), b.scaling.as_slice(), &self.join));
        AddAndNorm { product, norm: &self.norm1, x: &mut b.x, top, out: &mut b.small }.dispatch();
        products.multiply(&self.up, &b.small, &mut b.whole);
        let inner = self.up.scales.len();
        b.wide.resize(count, inner);
        b.row.resize(inner, 0.0);
        let Buffers { whole, small, wide, row, scaling, .. } = b;
        Activate { whole, rows: small, layer: &self.up, row, top, out: wide }.dispatch();
        products.multiply(&self.down, wide, whole);
        scaling.clear();
        scaling.extend(wide.scaling());
        let product = Some((whole.as_slice(), scaling.as_slice(), &self.down));
        AddAndNorm { product, norm: &self.norm2, x: &mut b.x, top, out: small }.dispatch();
    }

    /// Attention, sentence by sentence.
    fn attend(&self, batch: &Batch, asking: Option<&[usize]>, b: &mut Buffers) {
        let mut rest = b.mixed.as_mut_slice();
        let mut waiting = asking.unwrap_or_default();
        for s in &batch.sentences {
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

fn norm(weights: &Weights, name: &str) -> Result<Norm, String> {
    let part = |part: &str| weights.vector(&format!("reader.encoder.{name}.{part}"), WIDTH);
    Ok(Norm { weight: part("weight")?, bias: part("bias")? })
}

fn layer(weights: &Weights, products: &Products, i: usize) -> Result<Layer, String> {
    let name = |part: &str| format!("encoder/layers.{i}/{part}");
    let bias = |part: &str| weights.floats(&format!("reader.encoder.layers.{i}.{part}.bias"));
    let linear = |part: &str, rows: usize| -> Result<Linear, String> {
        let (w, b) = (weights.product(&name(part), rows)?, bias(part)?);
        if b.len() == w.scales.len() { Ok(products.linear(w, b)) } else { Err(format!("bias of {}", name(part))) }
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
        return Err(format!("layer {i} does not ask {} wide", 3 * WIDTH));
    }
    let up = linear("up", WIDTH)?;
    let inner = up.scales.len();
    Ok(Layer {
        ask: products.linear(ask, biases),
        join: linear("o", WIDTH)?,
        norm1: norm(weights, &format!("layers.{i}.norm1"))?,
        up,
        down: linear("down", inner)?,
        norm2: norm(weights, &format!("layers.{i}.norm2"))?,
    })
}
