//! What is told from a word's vector: tags, names, heads and relations.

use rten_gemm::{BiasVector, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::ops::{BitOps, NumOps, ToFloat};
use rten_simd::{Isa, SimdOp, SimdUnaryOp as _};
use rten_tensor::NdTensorView;
use rten_vecmath::Gelu;

use super::attention::WIDTH;
use super::linear::{LANES, Linear, Products};
use super::quantised::Rows;
use super::rows::{Quantise, ToFloats};
use super::weights::Weights;

/// Widths of the vectors that heads and relations are told from.
const ARC: usize = 256;
const LABEL: usize = 128;

/// Weights of all that is told from a word's vector.
pub(crate) struct Heads {
    root: Vec<f32>,
    /// First look at a word's vector: as a dependent and as a head, for arcs and for labels; then tags and names.
    first: Linear,
    upos: usize,
    xpos: usize,
    names: usize,
    arcs: PackedBMatrix<f32>,
    arcs_bias: Vec<f32>,
    /// Label products: for each number of a head's vector the scores of all relations, filled up to whole vectors.
    labels: Linear,
    relations: usize,
}

/// What is told of the words of a batch.
#[derive(Default)]
pub(crate) struct Told {
    first: Vec<f32>,
    rows: Rows,
    whole: Vec<i32>,
    with_root: Vec<f32>,
    arc: Vec<f32>,
    by_arc: Vec<f32>,
}

/// Buffers that are used again for the relations of one sentence after the other.
#[derive(Default)]
pub(crate) struct Related {
    label: Vec<f32>,
    rows: Rows,
    whole: Vec<i32>,
}

impl Heads {
    /// Reads the weights, for lists of labels of these lengths.
    pub fn read(
        weights: &Weights,
        products: &Products,
        [upos, xpos, names, relations]: [usize; 4],
    ) -> Result<Heads, String> {
        let parts = [
            ("arc_dep", ARC),
            ("arc_head", ARC),
            ("lab_dep", LABEL),
            ("lab_head", LABEL),
            ("upos", upos),
            ("xpos", xpos),
            ("names", names),
        ];
        let mut all = None;
        let mut bias = Vec::new();
        for (name, width) in parts {
            let w = weights.product(&format!("reader/{name}/MatMul"), WIDTH)?;
            if w.scales.len() != width {
                return Err(format!("{name} gives {} numbers, not {width}", w.scales.len()));
            }
            bias.extend(weights.vector(&format!("reader.{name}.bias"), width)?);
            all = Some(match all {
                None => w,
                Some(before) => super::weights::Quantised::beside(before, w),
            });
        }
        let first = products.linear(all.ok_or("no heads")?, bias);
        let arcs = weights.vector("reader.arcs.weight", (ARC + 1) * (ARC + 1))?;
        let (matrix, arcs_bias) = arcs.split_at(ARC * (ARC + 1));
        let arcs = products.float.prepack_b(NdTensorView::from_data([ARC, ARC + 1], matrix));
        let labels = weights.product("reader/labels/MatMul", LABEL + 1)?;
        let width = LABEL + 1;
        if labels.scales.len() != relations * width {
            return Err(format!("labels are {} wide, not {}", labels.scales.len(), relations * width));
        }
        let full = relations.next_multiple_of(LANES);
        let mut labels =
            labels.columns(full * width, |c| (c % full < relations).then_some(c % full * width + c / full));
        // The last row stands for a one beside the word's vector: a bias.
        let last = labels.values.split_off(LABEL * full * width);
        labels.rows = LABEL;
        let bias = last.iter().zip(&labels.scales).map(|(&w, s)| f32::from(w) * s).collect();
        let labels = products.linear(labels, bias);
        let root = weights.vector("reader.root", WIDTH)?;
        let arcs_bias = arcs_bias.to_vec();
        Ok(Heads { root, first, upos, xpos, names, arcs, arcs_bias, labels, relations })
    }

    /// Looks at the vectors of all words of a batch.
    pub fn look(&self, products: &Products, words: &[f32], told: &mut Told) {
        let count = words.len() / WIDTH;
        told.with_root.clear();
        told.with_root.extend_from_slice(&self.root);
        told.with_root.extend_from_slice(words);
        told.rows.resize(count + 1, WIDTH);
        let top = products.top();
        Quantise { x: &told.with_root, width: WIDTH, top, out: told.rows.all_mut() }.dispatch();
        products.multiply(&self.first, told.rows.all(), &mut told.whole);
        let width = self.first.scales.len();
        told.first.resize((count + 1) * width, 0.0);
        let (whole, rows, out) = (&told.whole, told.rows.all(), told.first.as_mut_slice());
        ToFloats { whole, rows, layer: &self.first, out }.dispatch();
        // Arcs and labels have an activation of their own.
        for row in told.first.chunks_exact_mut(width) {
            if let Some(part) = row.get_mut(..2 * ARC + 2 * LABEL) {
                Gelu {}.map_mut(part);
            }
        }
        self.look_at_arcs(products, told);
    }

    fn look_at_arcs(&self, products: &Products, told: &mut Told) {
        told.arc.clear();
        for row in told.first.chunks_exact(self.first.scales.len()).skip(1) {
            told.arc.extend_from_slice(row.get(..ARC).unwrap_or_default());
        }
        let count = told.arc.len() / ARC;
        told.by_arc.clear();
        told.by_arc.resize(count * (ARC + 1), 0.0);
        if count == 0 {
            return;
        }
        let a = NdTensorView::from_data([count, ARC], told.arc.as_slice());
        let options = GemmOptions { bias: Some(BiasVector::Row(&self.arcs_bias)), ..GemmOptions::default() };
        let b = GemmInputB::Packed(&self.arcs);
        // Shapes always fit; scores of zero would give a chain of words.
        let _ = products.float.gemm(&mut told.by_arc, GemmInputA::Unpacked(a), b, options);
    }

    /// Scores of heads for `count` words from word `from` on: for each word the root's score, then each word's.
    pub fn arcs(&self, products: &Products, told: &Told, from: usize, count: usize) -> Vec<Vec<f32>> {
        let width = self.first.scales.len();
        let mut heads: Vec<f32> = Vec::with_capacity((count + 1) * ARC);
        for i in std::iter::once(0).chain(from + 1..from + 1 + count) {
            let at = i * width + ARC;
            heads.extend_from_slice(told.first.get(at..at + ARC).unwrap_or_default());
        }
        let dependents = told.by_arc.get(from * (ARC + 1)..(from + count) * (ARC + 1)).unwrap_or_default();
        if heads.len() != (count + 1) * ARC || dependents.len() != count * (ARC + 1) || count == 0 {
            return vec![vec![0.0; count + 1]; count];
        }
        let last: Vec<f32> = dependents.chunks_exact(ARC + 1).filter_map(|r| r.last().copied()).collect();
        let own: Vec<f32> = dependents.chunks_exact(ARC + 1).flat_map(|r| r.iter().take(ARC).copied()).collect();
        let mut out = vec![0.0; count * (count + 1)];
        let a = NdTensorView::from_data([count, ARC], own.as_slice());
        let b = NdTensorView::from_data([count + 1, ARC], heads.as_slice()).permuted([1, 0]);
        let options = GemmOptions { bias: Some(BiasVector::Column(&last)), ..GemmOptions::default() };
        let _ = products.float.gemm(&mut out, GemmInputA::Unpacked(a), GemmInputB::Unpacked(b), options);
        out.chunks_exact(count + 1).map(<[f32]>::to_vec).collect()
    }

    /// The best relation of each word from word `from` on to its head, counted from one within these words; zero is the
    /// root.
    pub fn relations(
        &self,
        products: &Products,
        told: &Told,
        from: usize,
        heads: &[usize],
        room: &mut Related,
    ) -> Vec<usize> {
        let first = self.first.scales.len();
        room.label.clear();
        for row in told.first.chunks_exact(first).skip(1 + from).take(heads.len()) {
            room.label.extend_from_slice(row.get(2 * ARC..2 * ARC + LABEL).unwrap_or_default());
        }
        room.rows.resize(room.label.len() / LABEL, LABEL);
        Quantise { x: &room.label, width: LABEL, top: products.top(), out: room.rows.all_mut() }.dispatch();
        products.multiply(&self.labels, room.rows.all(), &mut room.whole);
        let width = self.labels.scales.len();
        let mut scores = vec![0.0; width / (LABEL + 1)];
        let words = room.whole.chunks_exact(width).zip(room.rows.all().scaling()).zip(heads);
        let relation = |((whole, scaling), &head): ((&[i32], _), &usize)| {
            let row = if head == 0 { 0 } else { from + head };
            let at = row * first + 2 * ARC + LABEL;
            let head = told.first.get(at..at + LABEL).unwrap_or_default();
            scores.fill(0.0);
            Relations { whole, scaling, layer: &self.labels, head, out: &mut scores }.dispatch();
            best(scores.get(..self.relations).unwrap_or_default())
        };
        words.map(relation).collect()
    }

    /// The best universal and Penn tag of a word, and its scores for the labels of names.
    pub fn tags<'t>(&self, told: &'t Told, word: usize) -> (usize, usize, &'t [f32]) {
        let width = self.first.scales.len();
        let at = (word + 1) * width + 2 * ARC + 2 * LABEL;
        let end = at + self.upos + self.xpos + self.names;
        let scores = told.first.get(at..end).unwrap_or_default();
        let (upos, rest) = scores.split_at(self.upos.min(scores.len()));
        let (xpos, names) = rest.split_at(self.xpos.min(rest.len()));
        (best(upos), best(xpos), names)
    }
}

/// The first of the highest scores.
fn best(scores: &[f32]) -> usize {
    let top = (0..).zip(scores).fold((0, f32::MIN), |top, (i, &s)| if s > top.1 { (i, s) } else { top });
    top.0
}

/// Scores of all relations between a word and its head.
struct Relations<'a> {
    whole: &'a [i32],
    scaling: (f32, i32),
    layer: &'a Linear,
    head: &'a [f32],
    out: &'a mut [f32],
}

impl SimdOp for Relations<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let (ops, ints) = (isa.f32(), isa.i32());
        let v = ops.len();
        let full = self.out.len().max(1);
        let (scale, zero) = (ops.splat(self.scaling.0), ints.splat(self.scaling.1));
        let Linear { scales, sums, bias, .. } = self.layer;
        let rows = self.whole.chunks_exact(full).zip(scales.chunks_exact(full)).zip(bias.chunks_exact(full));
        let rows = rows.zip(sums.chunks_exact(full));
        for ((((whole, scales), bias), sums), &by) in rows.zip(self.head.iter().chain(&[1.0])) {
            let by = ops.splat(by);
            let columns = whole.chunks_exact(v).zip(scales.chunks_exact(v)).zip(bias.chunks_exact(v));
            for ((((w, s), b), n), o) in columns.zip(sums.chunks_exact(v)).zip(self.out.chunks_exact_mut(v)) {
                let x = ints.to_float(ints.sub(ints.load(w), ints.mul(zero, ints.load(n))));
                let x = ops.mul_add(x, ops.mul(scale, ops.load(s)), ops.load(b));
                ops.store(ops.mul_add(x, by, ops.load(o)), o);
            }
        }
    }
}
