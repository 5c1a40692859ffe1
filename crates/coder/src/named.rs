//! Acts as the words of a document name them, whoever their parties are: for who knows the parties beforehand.

use readout_syntax::Tree;
use readout_text::{Document, Span};

use crate::act::acts;
use crate::chain::written_words;
use crate::saying::sayings;
use crate::scene::Scene;
use crate::status::{self, Setting};
use crate::{Coder, Status, coreference};

/// An act and the words on its sides.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedAct {
    /// Index of its sentence.
    pub sentence: usize,
    /// Index of the word that names it, in the sentence's tree.
    pub word: usize,
    /// The words that name it, as written.
    pub trigger: String,
    /// Where they stand.
    pub span: Span,
    /// PLOVER event type, as its status settles it ("will send aid" is AGREE).
    pub kind: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Whether it happened.
    pub status: Status,
    /// The rule that fired, with operators before it.
    pub rule: String,
    /// Head words of the nominals that act.
    pub actor: Vec<usize>,
    /// Head words of the nominals that it reaches.
    pub recipient: Vec<usize>,
}

impl Coder<'_> {
    /// The acts that the document's words name, in the order of sentences and words, from its trees, one a sentence.
    pub fn acts(&self, document: &Document, trees: &[Tree]) -> Vec<NamedAct> {
        let mut scene = Scene::new(document, trees, self.actors, self.codebook, self.scope);
        let said = sayings(&scene);
        coreference::resolve(&mut scene, &said);
        let mut out = Vec::new();
        for s in &scene.sentences {
            for act in acts(&scene, s, false).0 {
                // Whoever acts is taken to say so: "would send aid" is a promise.
                let setting = Setting { self_spoken: true, spoken: true, ..Setting::default() };
                let settled = status::settle(&scene, s, &act, setting);
                let (kind, mode, status) =
                    settled.unwrap_or_else(|| (act.kind.clone(), act.mode.clone(), Status::Hypothetical));
                let (trigger, spans) = written_words(&scene, s, &act.trigger);
                let span = spans.into_iter().reduce(Span::join).unwrap_or_default();
                let (sentence, word, rule) = (s.index, act.word, act.rule);
                let (actor, recipient) = (act.actor, act.recipient);
                out.push(NamedAct { sentence, word, trigger, span, kind, mode, status, rule, actor, recipient });
            }
        }
        out
    }
}
