//! Layers over the encoder's vectors of one text in which some pieces are marked, and what is told of the whole: the pieces of
//! either mark in the mean, and the first one.

use rten_simd::SimdOp as _;

use super::attention::WIDTH;
use super::layer::{Buffers, Layer};
use super::linear::{Linear, Products};
use super::quantised::Rows;
use super::rows::{Activate, Quantise, ToFloats};
use super::weights::Weights;

/// What a mark says of a piece: it is in neither, in the first, in the second, in both.
const MARKS: usize = 4;

/// All weights.
pub(crate) struct Marked {
    /// A vector for each mark.
    marks: Vec<f32>,
    layers: Vec<Layer>,
    mix: Linear,
    out: Linear,
    scores: usize,
}

impl Marked {
    /// Reads the weights of a network of so many layers that gives so many scores.
    pub fn read(weights: &Weights, products: &Products, layers: usize, scores: usize) -> Result<Marked, String> {
        let layer = |i| Layer::read(weights, products, &format!("layers.{i}."), &format!("layers.{i}/"));
        let linear = |name: &str, rows: usize, columns: usize| {
            let product = weights.product(&format!("{name}/Gemm_MatMul"), rows)?;
            if product.scales.len() != columns {
                return Err(format!("{name} gives {} numbers, not {columns}", product.scales.len()));
            }
            Ok(products.linear(product, weights.vector(&format!("{name}.bias"), columns)?))
        };
        Ok(Marked {
            marks: weights.vector("marks.weight", MARKS * WIDTH)?,
            layers: (0..layers).map(layer).collect::<Result<_, _>>()?,
            mix: linear("mix", 3 * WIDTH, WIDTH)?,
            out: linear("out", WIDTH, scores)?,
            scores,
        })
    }

    /// Scores for a text whose pieces' vectors are in `buffers.x`, with a mark each.
    pub fn run(&self, products: &Products, marks: &[usize], buffers: &mut Buffers) -> Vec<f32> {
        for (x, &mark) in buffers.x.chunks_exact_mut(WIDTH).zip(marks) {
            let vector = self.marks.get(mark * WIDTH..(mark + 1) * WIDTH).unwrap_or_default();
            x.iter_mut().zip(vector).for_each(|(x, v)| *x += v);
        }
        let count = buffers.x.len() / WIDTH;
        buffers.small.resize(count, WIDTH);
        let out = buffers.small.all_mut();
        Quantise { x: &buffers.x, width: WIDTH, top: products.top(), out }.dispatch();
        let all = 0..count;
        for layer in &self.layers {
            layer.run(products, std::slice::from_ref(&all), None, buffers);
        }
        let mut told = mean(&buffers.x, marks, 1);
        told.extend(mean(&buffers.x, marks, 2));
        told.extend(buffers.x.iter().take(WIDTH));
        self.tell(products, &told)
    }

    fn tell(&self, products: &Products, told: &[f32]) -> Vec<f32> {
        let (top, mut rows, mut whole) = (products.top(), Rows::default(), Vec::new());
        rows.resize(1, told.len());
        Quantise { x: told, width: told.len(), top, out: rows.all_mut() }.dispatch();
        products.multiply(&self.mix, rows.all(), &mut whole);
        let (mut mixed, mut row) = (Rows::default(), vec![0.0; WIDTH]);
        mixed.resize(1, WIDTH);
        let activate =
            Activate { whole: &whole, rows: rows.all(), layer: &self.mix, row: &mut row, top, out: mixed.all_mut() };
        activate.dispatch();
        products.multiply(&self.out, mixed.all(), &mut whole);
        let mut scores = vec![0.0; self.out.scales.len()];
        ToFloats { whole: &whole, rows: mixed.all(), layer: &self.out, out: &mut scores }.dispatch();
        scores.truncate(self.scores);
        scores
    }
}

/// The mean of the vectors of pieces whose mark has this bit; zeros where there are none.
fn mean(x: &[f32], marks: &[usize], bit: usize) -> Vec<f32> {
    let mut sum = vec![0.0; WIDTH];
    let mut count = 0.0_f32;
    for (x, _) in x.chunks_exact(WIDTH).zip(marks).filter(|(_, mark)| **mark & bit != 0) {
        sum.iter_mut().zip(x).for_each(|(s, x)| *s += x);
        count += 1.0;
    }
    sum.iter_mut().for_each(|s| *s /= count.max(1.0));
    sum
}

#[cfg(test)]
mod tests {
    use super::super::{Batch, Further, Network, Workspace};

    #[test]
    fn scores_depend_on_the_marks_and_on_nothing_before() {
        let network = Network::load(include_bytes!("../../../../models/en/reader.onnx"), [17, 49, 7, 54]).unwrap();
        let file = include_bytes!("../../../../models/relations/relations.onnx");
        let further = Further::load("relations.onnx", file, 5, 16).unwrap();
        let ids = vec![101, 2000, 2037, 2074, 2111, 102];
        let sentences = std::iter::once(0..ids.len()).collect();
        let batch = Batch { ids, shapes: vec![0, 4, 5, 6, 4, 0], sentences, wanted: Vec::new() };
        let mut work = Workspace::default();
        let mut scores = |marks: &[usize]| network.scores(&batch, 1, &further, marks, &mut work);
        let one = scores(&[0, 1, 0, 2, 0, 0]);
        assert_eq!(one.len(), 16);
        assert!(one.iter().all(|x| x.is_finite() && x.abs() < 50.0), "{one:?}");
        assert_ne!(one, scores(&[0, 2, 0, 1, 0, 0]), "who acts and whom it reaches are told apart");
        assert_eq!(one, scores(&[0, 1, 0, 2, 0, 0]), "what was read before leaves nothing");
        assert!(Further::load("relations.onnx", file, 5, 15).is_err());
        assert!(Further::load("relations.onnx", file, 6, 16).is_err());
    }
}
