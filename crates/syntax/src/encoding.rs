//! A run of words as the reader's encoder takes it, for networks that go on from what the encoder makes of it.

use readout_text::Token;

use crate::network::{Batch, Further};
use crate::wordpiece::shape;
use crate::{Model, NeuralReader};

/// Word pieces that the encoder can take, its two marks left out.
const LONGEST_RUN: usize = 510;
const CLS: i32 = 101;
const SEP: i32 = 102;

/// Word pieces of a run of tokens, with the encoder's marks at both ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pieces {
    /// Each piece's id.
    pub ids: Vec<i32>,
    /// Class of the written shape of the token it is of.
    pub shapes: Vec<i32>,
    /// Index of the token it is of; `None` for the marks.
    pub tokens: Vec<Option<usize>>,
}

impl NeuralReader<'_> {
    /// The pieces of `tokens`; tokens beyond the encoder's length are left out.
    pub fn pieces<'t>(&self, tokens: impl IntoIterator<Item = &'t Token>) -> Pieces {
        let mut out = Pieces { ids: vec![CLS], shapes: vec![0], tokens: vec![None] };
        let mut word = Vec::new();
        for (i, token) in tokens.into_iter().enumerate() {
            word.clear();
            self.model.pieces.encode(&token.form, &mut word);
            if out.ids.len() + word.len() > LONGEST_RUN {
                break;
            }
            out.ids.extend_from_slice(&word);
            out.shapes.extend(std::iter::repeat_n(shape(&token.form), word.len()));
            out.tokens.extend(std::iter::repeat_n(Some(i), word.len()));
        }
        out.ids.push(SEP);
        out.shapes.push(0);
        out.tokens.push(None);
        out
    }

    /// What a network tells of `pieces`, a mark each, from their vectors after
    /// [`Model::SHARED_LAYERS`](crate::Model::SHARED_LAYERS) of the encoder's layers: its scores. Marks are 1 within one party, 2
    /// within the other, 3 within both, else 0.
    pub fn scores(&self, network: &Further, pieces: &Pieces, marks: &[usize]) -> Vec<f32> {
        let l = pieces.ids.len();
        let batch = Batch {
            ids: pieces.ids.clone(),
            shapes: pieces.shapes.clone(),
            sentences: std::iter::once(0..l).collect(),
            wanted: Vec::new(),
        };
        self.on_one_thread(|encoder, work| encoder.scores(&batch, Model::SHARED_LAYERS, network, marks, work))
    }
}
