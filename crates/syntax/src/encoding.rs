//! What the reader's encoder makes of a run of words, for other networks that start from it.

use readout_text::Token;
use rten_tensor::NdTensor;

use crate::network::{Batch, Network};
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

/// Vectors of the pieces from one of the encoder's lower layers.
pub type Hidden = NdTensor<f32, 3>;

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

    /// The vectors of `pieces` after [`Model::SHARED_LAYERS`](crate::Model::SHARED_LAYERS) of the encoder's layers;
    /// `None` where the network cannot take them.
    pub fn hidden(&self, pieces: &Pieces) -> Option<Hidden> {
        let l = pieces.ids.len();
        let batch = Batch {
            ids: pieces.ids.clone(),
            shapes: pieces.shapes.clone(),
            sentences: std::iter::once(0..l).collect(),
            wanted: Vec::new(),
        };
        let found = self.on_one_thread(|network, work| network.hidden(&batch, Model::SHARED_LAYERS, work));
        NdTensor::try_from_data([1, l, Network::WIDTH], found).ok()
    }
}
