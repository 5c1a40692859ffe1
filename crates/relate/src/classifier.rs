//! The learned classifier: a few transformer layers on the vectors of the reader's own encoder.

use std::sync::OnceLock;

use readout_syntax::{Further, ModelError, NeuralReader, verify};
use readout_text::Token;
use serde::Deserialize;

static NETWORK: &[u8] = include_bytes!("../../../models/relations/relations.onnx");
static LABELS: &str = include_str!("../../../models/relations/labels.json");
static MANIFEST: &str = include_str!("../../../models/relations/SHA256SUMS");

/// Layers of the network on those of the encoder.
const LAYERS: usize = 5;

/// The classifier's weights; shared between threads.
pub struct Classifier {
    network: Further,
    labels: Labels,
}

#[derive(Deserialize)]
struct Labels {
    /// PLOVER types in the order of the scores.
    types: Vec<String>,
    /// What scores are divided by before they become probabilities.
    temperature: f32,
}

/// A probability for each PLOVER type; they add up to 1.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scores<'c>(pub(crate) Vec<(&'c str, f32)>);

impl Classifier {
    /// The classifier that is part of the program, loaded at the first call.
    ///
    /// # Errors
    /// Where the embedded files do not have the hashes of their manifest or cannot be read as what they are.
    pub fn embedded() -> Result<&'static Classifier, &'static ModelError> {
        static CLASSIFIER: OnceLock<Result<Classifier, ModelError>> = OnceLock::new();
        CLASSIFIER.get_or_init(|| Classifier::load(NETWORK, LABELS, MANIFEST)).as_ref()
    }

    /// A classifier from the contents of `relations.onnx`, `labels.json` and `SHA256SUMS`.
    ///
    /// # Errors
    /// Where a file's hash is not the manifest's, or a file cannot be read as what it is.
    pub fn load(network: &[u8], labels: &str, manifest: &str) -> Result<Classifier, ModelError> {
        verify("relations.onnx", network, manifest)?;
        verify("labels.json", labels.as_bytes(), manifest)?;
        let labels: Labels = serde_json::from_str(labels)?;
        let network = Further::load("relations.onnx", network, LAYERS, labels.types.len())?;
        Ok(Classifier { network, labels })
    }

    /// Scores for a text of `tokens`, whose `marks` say which stand within the source (1), the target (2), both (3).
    pub(crate) fn scores<'t>(
        &self,
        reader: &NeuralReader,
        tokens: impl IntoIterator<Item = &'t Token>,
        marks: &[usize],
    ) -> Scores<'_> {
        let pieces = reader.pieces(tokens);
        let mark = |token: &Option<usize>| token.and_then(|i| marks.get(i)).copied().unwrap_or(0);
        let marks: Vec<usize> = pieces.tokens.iter().map(mark).collect();
        let raw = reader.scores(&self.network, &pieces, &marks);
        let top = raw.iter().copied().fold(f32::MIN, f32::max);
        let parts: Vec<f32> = raw.iter().map(|x| ((x - top) / self.labels.temperature).exp()).collect();
        let sum: f32 = parts.iter().sum();
        Scores(self.labels.types.iter().map(String::as_str).zip(parts.iter().map(|p| p / sum)).collect())
    }
}
