//! What the reader's encoder makes of a run of words, for other networks that start from it.

use readout_text::Token;
use rten::Value;
use rten_tensor::NdTensor;

use crate::NeuralReader;
use crate::wordpiece::shape;

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
        let [ids, shapes, mask, _] = self.model.inputs;
        let inputs = vec![
            (ids, Value::from_shape([1, l], pieces.ids.clone()).ok()?.into()),
            (shapes, Value::from_shape([1, l], pieces.shapes.clone()).ok()?.into()),
            (mask, Value::from_shape([1, l], vec![1.0_f32; l]).ok()?.into()),
        ];
        let [hidden] = self.model.network.run_n(inputs, [self.model.shared], Some(self.options.clone())).ok()?;
        hidden.try_into().ok()
    }
}
