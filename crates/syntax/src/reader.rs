//! Runs the model over sentences.

use std::sync::Arc;

use readout_text::{Document, Token};
use rten::{RunOptions, ThreadPool, Value};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};

use crate::lemma::Lemmatizer;
use crate::wordpiece::shape;
use crate::{Model, Tree, Word, mend, names, spanning};

/// Reads sentences; the coder does not know which reader did.
pub trait Reader {
    /// One tree a sentence, in order.
    fn read(&self, sentences: &[&[Token]]) -> Vec<Tree>;

    /// One tree a sentence of `document`, in order; empty for a sentence without tokens.
    fn read_document(&self, document: &Document) -> Vec<Tree> {
        let sentences: Vec<&[Token]> = document.sentences.iter().map(|s| s.tokens.as_slice()).collect();
        self.read(&sentences)
    }
}

/// Word pieces that one run of the network may hold: sentences times the longest one's pieces.
const PIECES_A_BATCH: usize = 768;
/// Length of a batch's longest sentence, in per cent of its shortest: the rest is filled up and computed for nothing.
const LONGEST_PERCENT: usize = 130;
/// Word pieces that the network can take in one sentence, its two marks left out.
const LONGEST_SENTENCE: usize = 510;
/// Words read at once; a longer sentence is read in windows of this many words.
const WINDOW: usize = 400;
const CLS: i32 = 101;
const SEP: i32 = 102;

/// The reader that runs the neural model, for one thread.
pub struct NeuralReader<'m> {
    pub(crate) model: &'m Model,
    pub(crate) options: RunOptions,
    lemmas: Lemmatizer<'m>,
}

/// A stretch of a sentence, at most [`WINDOW`] words, as the network takes it.
struct Piece<'t> {
    sentence: usize,
    tokens: &'t [Token],
    ids: Vec<i32>,
    shapes: Vec<i32>,
    first: Vec<i32>,
}

impl<'m> NeuralReader<'m> {
    pub(crate) fn new(model: &'m Model) -> Self {
        let mut options = RunOptions::default();
        options.thread_pool = Some(Arc::new(ThreadPool::with_num_threads(1)));
        NeuralReader { model, options, lemmas: Lemmatizer::new(&model.pieces) }
    }

    fn piece<'t>(&self, sentence: usize, tokens: &'t [Token]) -> Piece<'t> {
        let mut p =
            Piece { sentence, tokens, ids: vec![CLS], shapes: vec![0], first: Vec::with_capacity(tokens.len()) };
        let mut word = Vec::new();
        for (i, token) in tokens.iter().enumerate() {
            word.clear();
            self.model.pieces.encode(&token.form, &mut word);
            let room = LONGEST_SENTENCE.saturating_sub(p.ids.len() + (tokens.len() - i - 1));
            word.truncate(room.max(1));
            p.first.push(i32::try_from(p.ids.len()).unwrap_or(0));
            p.ids.extend_from_slice(&word);
            p.shapes.extend(std::iter::repeat_n(shape(&token.form), word.len()));
        }
        p.ids.push(SEP);
        p.shapes.push(0);
        p
    }

    /// Reads pieces of about one length together.
    fn run(&self, batch: &[Piece]) -> Vec<Vec<Tree>> {
        self.outputs(batch).map_or_else(
            || batch.iter().map(|p| vec![flat(p.tokens)]).collect(),
            |out| batch.iter().enumerate().map(|(b, p)| vec![self.tree(p, b, &out)]).collect(),
        )
    }

    fn outputs(&self, batch: &[Piece]) -> Option<Outputs> {
        let width = |len: fn(&Piece) -> usize| batch.iter().map(len).max().unwrap_or(0);
        let (l, n) = (width(|p| p.ids.len()), width(|p| p.first.len()));
        let padded = |rows: &mut dyn Iterator<Item = &Vec<i32>>, w: usize| -> Vec<i32> {
            rows.flat_map(|r| r.iter().copied().chain(std::iter::repeat_n(0, w - r.len()))).collect()
        };
        let ids = padded(&mut batch.iter().map(|p| &p.ids), l);
        let shapes = padded(&mut batch.iter().map(|p| &p.shapes), l);
        let first = padded(&mut batch.iter().map(|p| &p.first), n);
        let mask: Vec<f32> =
            batch.iter().flat_map(|p| (0..l).map(|i| if i < p.ids.len() { 1.0 } else { 0.0 })).collect();
        let b = batch.len();
        let [i0, i1, i2, i3] = self.model.inputs;
        let inputs = vec![
            (i0, Value::from_shape([b, l], ids).ok()?.into()),
            (i1, Value::from_shape([b, l], shapes).ok()?.into()),
            (i2, Value::from_shape([b, l], mask).ok()?.into()),
            (i3, Value::from_shape([b, n], first).ok()?.into()),
        ];
        let [upos, xpos, names, arcs, labels] =
            self.model.network.run_n(inputs, self.model.outputs, Some(self.options.clone())).ok()?;
        Some(Outputs {
            upos: upos.try_into().ok()?,
            xpos: xpos.try_into().ok()?,
            names: names.try_into().ok()?,
            arcs: arcs.try_into().ok()?,
            labels: labels.try_into().ok()?,
        })
    }

    fn tree(&self, piece: &Piece, b: usize, out: &Outputs) -> Tree {
        let n = piece.tokens.len();
        let arcs: NdTensorView<f32, 2> = out.arcs.slice(b);
        let rows: Vec<Vec<f32>> =
            (0..n).map(|d| (0..=n).map(|h| arcs.get([d, h]).copied().unwrap_or(f32::MIN)).collect()).collect();
        let views: Vec<&[f32]> = rows.iter().map(Vec::as_slice).collect();
        let heads = spanning::decode(&views);
        let scores: Vec<Vec<f32>> = (0..n)
            .map(|i| (0..names::LABELS).map(|c| out.names.get([b, i, c]).copied().unwrap_or(0.0)).collect())
            .collect();
        let views: Vec<&[f32]> = scores.iter().map(Vec::as_slice).collect();
        let label = |list: &[Arc<str>], at: Option<&i32>| {
            at.and_then(|&k| list.get(usize::try_from(k).ok()?)).cloned().unwrap_or_else(|| Arc::from("_"))
        };
        let words = piece.tokens.iter().zip(&heads).enumerate().map(|(i, (token, &head))| {
            let upos = label(&self.model.upos, out.upos.get([b, i]));
            let xpos = label(&self.model.xpos, out.xpos.get([b, i]));
            let deprel = match head {
                0 => Arc::from("root"),
                _ => label(&self.model.deprels, out.labels.get([b, i, head])),
            };
            Word {
                span: token.span,
                lemma: self.lemmas.lemma(&token.form, &upos, &xpos),
                form: token.form.clone(),
                upos,
                xpos,
                head: head.checked_sub(1),
                deprel,
            }
        });
        let mut words: Vec<Word> = words.collect();
        let names = names::decode(&views);
        mend::twin_subjects(&mut words, &names);
        Tree::new(words, names)
    }
}

struct Outputs {
    upos: NdTensor<i32, 2>,
    xpos: NdTensor<i32, 2>,
    names: NdTensor<f32, 3>,
    arcs: NdTensor<f32, 3>,
    labels: NdTensor<i32, 3>,
}

impl Reader for NeuralReader<'_> {
    fn read(&self, sentences: &[&[Token]]) -> Vec<Tree> {
        let mut pieces: Vec<Piece> = Vec::new();
        for (i, tokens) in sentences.iter().enumerate() {
            pieces.extend(tokens.chunks(WINDOW).map(|window| self.piece(i, window)));
        }
        let mut order: Vec<usize> = (0..pieces.len()).collect();
        order.sort_by_key(|&i| (pieces.get(i).map_or(0, |p| p.ids.len()), i));
        let mut read: Vec<(usize, Tree)> = Vec::with_capacity(pieces.len());
        let mut slots: Vec<Option<Piece>> = pieces.into_iter().map(Some).collect();
        let mut batch: Vec<(usize, Piece)> = Vec::new();
        let mut flush = |batch: &mut Vec<(usize, Piece)>| {
            let (places, pieces): (Vec<usize>, Vec<Piece>) = batch.drain(..).unzip();
            for (place, trees) in places.into_iter().zip(self.run(&pieces)) {
                read.extend(trees.into_iter().map(|t| (place, t)));
            }
        };
        let mut windows_of = vec![0usize; sentences.len()];
        for i in order {
            let Some(piece) = slots.get_mut(i).and_then(Option::take) else { continue };
            if let Some(count) = windows_of.get_mut(piece.sentence) {
                *count += 1;
            }
            let shortest = batch.first().map_or(0, |(_, p)| p.ids.len());
            let wasteful = piece.ids.len() * 100 > shortest * LONGEST_PERCENT;
            if !batch.is_empty() && (wasteful || piece.ids.len() * (batch.len() + 1) > PIECES_A_BATCH) {
                flush(&mut batch);
            }
            batch.push((i, piece));
        }
        if !batch.is_empty() {
            flush(&mut batch);
        }
        read.sort_by_key(|&(place, _)| place);
        let mut trees = read.into_iter().map(|(_, tree)| tree);
        windows_of.into_iter().map(|count| joined(trees.by_ref().take(count))).collect()
    }
}

/// The tree of a sentence read in windows: later windows hang on the first one's root.
fn joined(windows: impl Iterator<Item = Tree>) -> Tree {
    let mut windows = windows.peekable();
    let Some(first) = windows.next() else { return Tree::default() };
    if windows.peek().is_none() {
        return first;
    }
    let root = first.root();
    let mut names = first.names().to_vec();
    let mut words = first.words().to_vec();
    for window in windows {
        let shift = words.len();
        names.extend(
            window
                .names()
                .iter()
                .map(|n| crate::Name { words: n.words.start + shift..n.words.end + shift, kind: n.kind }),
        );
        words.extend(window.words().iter().cloned().map(|mut w| {
            match w.head {
                Some(h) => w.head = Some(h + shift),
                None => (w.head, w.deprel) = (root, Arc::from("parataxis")),
            }
            w
        }));
    }
    Tree::new(words, names)
}

/// A tree for when the network gives none: every word hangs on the first.
fn flat(tokens: &[Token]) -> Tree {
    let tag: Arc<str> = Arc::from("X");
    let word = |(i, token): (usize, &Token)| Word {
        span: token.span,
        form: token.form.clone(),
        lemma: token.form.to_lowercase(),
        upos: tag.clone(),
        xpos: Arc::from("FW"),
        head: (i > 0).then_some(0),
        deprel: Arc::from(if i == 0 { "root" } else { "dep" }),
    };
    Tree::new(tokens.iter().enumerate().map(word).collect(), Vec::new())
}
