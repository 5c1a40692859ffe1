//! The encoder: word pieces to vectors, six transformer layers (Vaswani et al. 2017; MiniLM, Wang et al. 2020).

use std::ops::Range;

use rten_simd::SimdOp as _;

use super::attention::WIDTH;
use super::layer::{Buffers, Layer};
use super::linear::Products;
use super::rows::{AddAndNorm, Norm};
use super::weights::{Table, Weights};

/// Layers of the encoder.
const LAYERS: usize = 6;

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

impl Encoder {
    pub fn read(weights: &Weights, products: &Products) -> Result<Encoder, String> {
        let kind = weights.vector("reader.encoder.kind", WIDTH)?;
        let table = weights.table("positions", WIDTH)?;
        let mut positions: Vec<f32> = kind.iter().copied().cycle().take(table.len() * WIDTH).collect();
        for (i, row) in (0..).zip(positions.chunks_exact_mut(WIDTH)) {
            table.add(i, row);
        }
        let layer = |i| {
            let (tensors, parts) = (format!("reader.encoder.layers.{i}."), format!("reader/encoder/layers.{i}/"));
            Layer::read(weights, products, &tensors, &parts)
        };
        Ok(Encoder {
            words: weights.table("words", WIDTH)?,
            positions,
            shapes: weights.table("shapes", WIDTH)?,
            norm: Norm::read(weights, "reader.encoder.norm")?,
            layers: (0..LAYERS).map(layer).collect::<Result<_, _>>()?,
        })
    }

    /// Runs the first `layers` layers over a batch and leaves in `buffers.x` a vector for each piece, or, after the last
    /// layer, for each wanted piece.
    pub fn run(&self, products: &Products, batch: &Batch, layers: usize, buffers: &mut Buffers) {
        self.lay_out(batch, buffers);
        let top = products.top();
        buffers.small.resize(batch.ids.len(), WIDTH);
        AddAndNorm { product: None, norm: &self.norm, x: &mut buffers.x, top, out: buffers.small.all_mut() }.dispatch();
        for (i, layer) in self.layers.iter().enumerate().take(layers) {
            // Only the words' own pieces are looked at after the last layer.
            let asking = (i + 1 == LAYERS).then_some(batch.wanted.as_slice());
            layer.run(products, &batch.sentences, asking, buffers);
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
