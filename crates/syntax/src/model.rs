//! The weights, labels and vocabulary, verified and ready to run.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use readout_text::Token;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::lemma::Lemmatizer;
use crate::network::Network;
use crate::wordpiece::WordPiece;
use crate::{ModelError, NeuralReader, Tree, names};

static NETWORK: &[u8] = include_bytes!("../../../models/en/reader.onnx");
static LABELS: &str = include_str!("../../../models/en/labels.json");
static VOCABULARY: &str = include_str!("../../../models/en/vocab.txt");
static MANIFEST: &str = include_str!("../../../models/en/SHA256SUMS");

/// A loaded model; shared between threads, each of which reads through its own [`NeuralReader`].
pub struct Model {
    pub(crate) network: Network,
    pub(crate) pieces: WordPiece,
    pub(crate) upos: Vec<Arc<str>>,
    pub(crate) xpos: Vec<Arc<str>>,
    pub(crate) deprels: Vec<Arc<str>>,
}

#[derive(Deserialize)]
struct Labels {
    upos: Vec<Arc<str>>,
    xpos: Vec<Arc<str>>,
    deprels: Vec<Arc<str>>,
}

impl Model {
    /// Layers of the encoder whose vectors other networks start from.
    pub const SHARED_LAYERS: usize = 1;

    /// The English model that is part of the program, loaded once.
    pub fn embedded() -> Result<&'static Model, &'static ModelError> {
        static MODEL: OnceLock<Result<Model, ModelError>> = OnceLock::new();
        MODEL.get_or_init(|| Model::load(NETWORK, LABELS, VOCABULARY, MANIFEST)).as_ref()
    }

    /// A model from the contents of `reader.onnx`, `labels.json`, `vocab.txt` and `SHA256SUMS`.
    ///
    /// # Errors
    /// Where a file's hash is not the manifest's, or a file cannot be read as what it is.
    pub fn load(network: &[u8], labels: &str, vocabulary: &str, manifest: &str) -> Result<Model, ModelError> {
        verify("reader.onnx", network, manifest)?;
        verify("labels.json", labels.as_bytes(), manifest)?;
        verify("vocab.txt", vocabulary.as_bytes(), manifest)?;
        let Labels { upos, xpos, deprels } = serde_json::from_str(labels)?;
        let network = Network::load(network, [upos.len(), xpos.len(), names::LABELS, deprels.len()])?;
        Ok(Model { network, pieces: WordPiece::new(vocabulary), upos, xpos, deprels })
    }

    /// A reader for one thread.
    pub fn reader(&self) -> NeuralReader<'_> {
        NeuralReader::new(self)
    }

    /// A sentence as it stands before anybody reads it: its words, capitals taken for names, plurals undone, no tree.
    pub fn unread(&self, tokens: &[Token]) -> Tree {
        let lemmas = Lemmatizer::new(&self.pieces);
        Tree::unread(tokens, |form| {
            let tag = if form.ends_with('s') { "NNS" } else { "NN" };
            lemmas.lemma(form, "NOUN", tag)
        })
    }

    /// Every lemma that a reader may give `form`, whatever it takes it for.
    pub fn possible_lemmas(&self, form: &str) -> BTreeSet<String> {
        Lemmatizer::new(&self.pieces).possible(form)
    }

    /// SHA-256 of the embedded network, in hexadecimal: names the version of the weights in records.
    pub fn embedded_hash() -> &'static str {
        expected("reader.onnx", MANIFEST).unwrap_or("unknown")
    }
}

fn expected<'a>(file: &str, manifest: &'a str) -> Option<&'a str> {
    manifest.lines().filter_map(|line| line.split_once("  ")).find(|(_, name)| *name == file).map(|(hash, _)| hash)
}

/// Checks that `content` has the hash that `manifest` (lines of `HASH  FILE`) names for `file`.
///
/// # Errors
/// Where it has another, or the manifest names none.
pub fn verify(file: &'static str, content: &[u8], manifest: &str) -> Result<(), ModelError> {
    let expected = expected(file, manifest).ok_or(ModelError::NoHash(file))?;
    let found: String = Sha256::digest(content).iter().map(|b| format!("{b:02x}")).collect();
    if found == expected { Ok(()) } else { Err(ModelError::Hash { file, found, expected: expected.to_owned() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_is_refused() {
        let error = verify("labels.json", b"{}", "00  labels.json").unwrap_err();
        assert!(matches!(error, ModelError::Hash { file: "labels.json", .. }), "{error}");
        assert!(matches!(verify("vocab.txt", b"", ""), Err(ModelError::NoHash("vocab.txt"))));
    }
}
