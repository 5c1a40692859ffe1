//! The network, run in the processor's vectors: the encoder over word pieces and what is told of each word.
//!
//! Sentences lie one after the other without padding, and each row is quantised by itself: what is told of a sentence
//! depends on nothing but the sentence, however it is batched.

mod attention;
mod encoder;
mod heads;
mod layer;
mod linear;
mod marked;
mod quantised;
mod rows;
mod weights;
#[cfg(target_arch = "x86_64")]
mod wide;

use crate::ModelError;
pub(crate) use encoder::Batch;
use encoder::Encoder;
use heads::{Heads, Related, Told};
use layer::Buffers;
use linear::Products;
use marked::Marked;
use weights::Weights;

/// All weights, ready to run; shared between threads.
pub(crate) struct Network {
    encoder: Encoder,
    heads: Heads,
}

/// What one thread works in.
#[derive(Default)]
pub(crate) struct Workspace {
    buffers: Buffers,
    told: Told,
    related: Related,
}

impl Network {
    /// The network of an ONNX file, for lists of labels (universal tags, Penn tags, names, relations) of these lengths.
    ///
    /// # Errors
    /// Where the file cannot be read or lacks weights.
    pub fn load(file: &[u8], labels: [usize; 4]) -> Result<Network, ModelError> {
        let failed = |e: String| ModelError::Network("reader.onnx", e);
        let products = Products::new();
        let weights = Weights::read(file).map_err(failed)?;
        let encoder = Encoder::read(&weights, &products).map_err(failed)?;
        let heads = Heads::read(&weights, &products, labels).map_err(failed)?;
        Ok(Network { encoder, heads })
    }

    /// Runs the network over a batch, whose wanted pieces are the first ones of words, and gives what it tells.
    pub fn run<'w>(&'w self, batch: &Batch, work: &'w mut Workspace) -> Reading<'w> {
        // Kernels may not be moved between threads, and are soon chosen.
        let products = Products::new();
        self.encoder.run(&products, batch, usize::MAX, &mut work.buffers);
        self.heads.look(&products, &work.buffers.x, &mut work.told);
        Reading { heads: &self.heads, products, told: &work.told, related: &mut work.related }
    }

    /// What `further` tells of a text, a mark a piece, from the vectors after the first `layers` layers.
    pub fn scores(
        &self,
        batch: &Batch,
        layers: usize,
        further: &Further,
        marks: &[usize],
        work: &mut Workspace,
    ) -> Vec<f32> {
        let products = Products::new();
        self.encoder.run(&products, batch, layers, &mut work.buffers);
        further.0.run(&products, marks, &mut work.buffers)
    }
}

/// A network that goes on from the encoder's vectors of a text in which words are marked.
pub struct Further(Marked);

impl Further {
    /// The network of an ONNX file called `name`, of so many layers, that gives so many scores.
    ///
    /// # Errors
    /// Where the file cannot be read or lacks weights.
    pub fn load(name: &'static str, file: &[u8], layers: usize, scores: usize) -> Result<Further, ModelError> {
        let read = Weights::read(file).and_then(|weights| Marked::read(&weights, &Products::new(), layers, scores));
        read.map(Further).map_err(|e| ModelError::Network(name, e))
    }
}

/// What the network tells of the words of a batch, which are counted through.
pub(crate) struct Reading<'w> {
    heads: &'w Heads,
    products: Products,
    told: &'w Told,
    related: &'w mut Related,
}

impl<'w> Reading<'w> {
    /// Scores of heads for the `count` words of a sentence from word `from` on: for each word the root's score, then
    /// each word's.
    pub fn arcs(&self, from: usize, count: usize) -> Vec<Vec<f32>> {
        self.heads.arcs(&self.products, self.told, from, count)
    }

    /// The best relation of each word from word `from` on to its head, counted from one within these words; zero is the
    /// root.
    pub fn relations(&mut self, from: usize, heads: &[usize]) -> Vec<usize> {
        self.heads.relations(&self.products, self.told, from, heads, self.related)
    }

    /// The best universal and Penn tag of a word, and its scores for the labels of names.
    pub fn tags(&self, word: usize) -> (usize, usize, &'w [f32]) {
        self.heads.tags(self.told, word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(batch: &mut Batch, length: i32, seed: i32) {
        let start = batch.ids.len();
        batch.ids.push(101);
        batch.ids.extend((0..length).map(|i| 2000 + (i * 37 + seed * 101) % 3000));
        batch.ids.push(102);
        batch.shapes.extend((0..length + 2).map(|i| if i == 0 || i > length { 0 } else { 4 + i % 4 }));
        batch.wanted.extend((0..length as usize).step_by(2).map(|i| start + 1 + i));
        batch.sentences.push(start..batch.ids.len());
    }

    fn told(network: &Network, batch: &Batch, from: usize, count: usize) -> String {
        let mut work = Workspace::default();
        let mut reading = network.run(batch, &mut work);
        let arcs = reading.arcs(from, count);
        let tags: Vec<_> = (from..from + count).map(|w| reading.tags(w)).collect();
        let relations = reading.relations(from, &(0..count).collect::<Vec<_>>());
        format!("{arcs:?} {tags:?} {relations:?}")
    }

    #[test]
    fn a_sentence_is_read_alike_in_any_batch() {
        let file = include_bytes!("../../../models/en/reader.onnx");
        let network = Network::load(file, [17, 49, 7, 54]).unwrap();
        let lengths = [21, 3, 40, 1, 8, 33];
        let mut all = Batch::default();
        for (&length, seed) in lengths.iter().zip(0..) {
            add(&mut all, length, seed);
        }
        let mut from = 0;
        for (&length, seed) in lengths.iter().zip(0..) {
            let mut alone = Batch::default();
            add(&mut alone, length, seed);
            let count = alone.wanted.len();
            assert_eq!(told(&network, &all, from, count), told(&network, &alone, 0, count), "{length} words");
            from += count;
        }
    }

    #[test]
    fn nothing_gives_nothing() {
        let file = include_bytes!("../../../models/en/reader.onnx");
        let network = Network::load(file, [17, 49, 7, 54]).unwrap();
        assert_eq!(told(&network, &Batch::default(), 0, 0), "[] [] []");
        assert!(Network::load(b"no network", [17, 49, 7, 54]).is_err());
        assert!(Network::load(file, [17, 49, 7, 53]).is_err());
    }
}
