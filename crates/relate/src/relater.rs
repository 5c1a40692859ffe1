//! Puts the layers together: reads the pair, finds the acts, asks the classifier, judges.

use readout_actors::Actors;
use readout_codebook::Codebook;
use readout_coder::Coder;
use readout_syntax::{Model, ModelError, NeuralReader};
use readout_text::Span;

use crate::between::closest;
use crate::classifier::{Classifier, Scores};
use crate::judge::judge;
use crate::laid::Laid;

/// A text and the parties marked in it, by byte spans. Either side may be in several pieces, or be missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pair {
    /// The text, a sentence or a few.
    pub text: String,
    /// Who acts.
    pub source: Vec<Span>,
    /// Whom it reaches.
    pub target: Vec<Span>,
}

/// What the source does to the target.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// PLOVER event type.
    pub kind: String,
    /// PLOVER mode, where an act in the text gives one.
    pub mode: Option<String>,
    /// Estimated probability that the type is right, between 0 and 1.
    pub confidence: f32,
    /// What the type rests on.
    pub reason: Reason,
}

/// What an answer rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// Which of the layers gave the type.
    pub basis: Basis,
    /// The rule and words of the act, unless the classifier alone gave it.
    pub act: Option<ActReason>,
}

/// The act that an answer rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct ActReason {
    /// The rule that fired, with operators before it.
    pub rule: String,
    /// The words that name the act, as written.
    pub trigger: String,
    /// Where they stand in the text.
    pub span: Span,
}

/// Layers that give an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// An act of the coder's between the two.
    Event,
    /// The act nearest on the way from one to the other.
    Path,
    /// The classifier, no act being there or all speaking against it.
    Classifier,
}

impl Basis {
    /// The name that answers use.
    pub fn name(self) -> &'static str {
        match self {
            Basis::Event => "event",
            Basis::Path => "path",
            Basis::Classifier => "classifier",
        }
    }
}

/// What the layers say of a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Layers {
    /// The type of the act closest to the pair, and how it stands to it: between, turned, half or near.
    pub act: Option<(String, &'static str)>,
    /// The classifier's probability for each type.
    pub scores: Vec<(String, f32)>,
}

/// Answers for pairs, for one thread.
pub struct Relater<'a> {
    reader: NeuralReader<'a>,
    classifier: &'a Classifier,
    coder: Coder<'a>,
}

impl Relater<'static> {
    /// The embedded reader, tables, codebook and classifier.
    ///
    /// # Errors
    /// Where the embedded weights do not have the hashes of their manifests.
    pub fn embedded() -> Result<Self, &'static ModelError> {
        Relater::new(Model::embedded()?, Actors::embedded(), Codebook::embedded())
    }
}

impl<'a> Relater<'a> {
    /// This reader, these tables and this codebook, with the embedded classifier.
    ///
    /// # Errors
    /// Where the classifier's weights do not have the hashes of their manifest.
    pub fn new(model: &'a Model, actors: &'a Actors, codebook: &'a Codebook) -> Result<Self, &'static ModelError> {
        let classifier = Classifier::embedded()?;
        Ok(Relater { reader: model.reader(), classifier, coder: Coder::new(actors, codebook) })
    }

    /// The best relation for a pair.
    pub fn relate(&self, pair: &Pair) -> Relation {
        let laid = Laid::new(pair, &self.reader);
        let acts = self.coder.acts(&laid.document, &laid.trees);
        judge(&self.scores(&laid), closest(&laid, &acts))
    }

    /// What each layer says of a pair, before the judge weighs them.
    pub fn layers(&self, pair: &Pair) -> Layers {
        let laid = Laid::new(pair, &self.reader);
        let acts = self.coder.acts(&laid.document, &laid.trees);
        let act = closest(&laid, &acts).map(|(act, stand)| (act.kind.clone(), stand.name()));
        let scores = self.scores(&laid).0.into_iter().map(|(kind, p)| (kind.to_owned(), p)).collect();
        Layers { act, scores }
    }

    fn scores(&self, laid: &Laid) -> Scores<'_> {
        let tokens = laid.document.sentences.iter().flat_map(|s| &s.tokens);
        self.classifier.scores(&self.reader, tokens, &laid.marks())
    }
}
