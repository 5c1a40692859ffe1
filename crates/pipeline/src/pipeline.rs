//! How the stages are joined: document → trees → coding.

use readout_actors::{Actors, Mention};
use readout_codebook::{Codebook, Scope};
use readout_coder::{Coder, Coding, Explanation, Relation};
use readout_matcher::{Lexicon, Likely, Matcher};
use readout_relate::Relater;
use readout_store::Version;
use readout_syntax::{Model, ModelError, NeuralReader, Reader as _, Tree};
use readout_text::Document;

use crate::parallel::guarded;
use crate::sentences::Sentences;

/// The stages that are loaded once and shared by all threads.
pub struct Pipeline<'c> {
    model: &'static Model,
    actors: &'static Actors,
    codebook: &'c Codebook,
    lexicon: Lexicon,
    sentences: Sentences,
}

/// Reads for one thread.
pub struct Worker<'p> {
    model: &'p Model,
    reader: NeuralReader<'p>,
    /// Where only likely sentences are read.
    matcher: Option<Matcher<'p>>,
    actors: &'p Actors,
    coder: Coder<'p>,
    wide: Coder<'p>,
}

/// A document partly read.
struct Draft<'d> {
    document: &'d Document,
    likely: Likely,
    trees: Vec<Tree>,
    coding: Coding,
}

impl Pipeline<'static> {
    /// The embedded reader, tables and codebook.
    ///
    /// # Errors
    /// Where the embedded weights are not those that the manifest names.
    pub fn load() -> Result<Self, &'static ModelError> {
        Pipeline::with(Codebook::embedded())
    }
}

impl<'c> Pipeline<'c> {
    /// The embedded reader and tables with this codebook.
    ///
    /// # Errors
    /// Where the embedded weights are not those that the manifest names.
    pub fn with(codebook: &'c Codebook) -> Result<Self, &'static ModelError> {
        let (model, actors, lexicon) = (Model::embedded()?, Actors::embedded(), Lexicon::new(codebook));
        Ok(Pipeline { model, actors, codebook, lexicon, sentences: Sentences::All })
    }

    /// The same, reading these sentences.
    pub fn reading(self, sentences: Sentences) -> Self {
        Pipeline { sentences, ..self }
    }

    /// Version of the codebook, for the events' identifiers.
    pub fn codebook_version(&self) -> &str {
        self.codebook.hash()
    }

    /// Versions of all that decides what is coded.
    pub fn version(&self) -> Version {
        Version {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            model: Model::embedded_hash().to_owned(),
            actors: Actors::embedded_hash(),
            codebook: self.codebook.hash().to_owned(),
            reading: self.sentences.name().to_owned(),
        }
    }

    /// The codebook.
    pub fn codebook(&self) -> &Codebook {
        self.codebook
    }

    /// A reader for one thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker {
            model: self.model,
            reader: self.model.reader(),
            matcher: match self.sentences {
                Sentences::All => None,
                Sentences::Likely => Some(Matcher::new(self.model, self.actors, &self.lexicon)),
            },
            actors: self.actors,
            coder: Coder::new(self.actors, self.codebook),
            wide: Coder::new(self.actors, self.codebook).in_scope(Scope::Wide),
        }
    }
}

impl Worker<'_> {
    /// One tree a sentence; where only likely sentences are read, the others come unread.
    pub fn read(&self, document: &Document) -> Vec<Tree> {
        match &self.matcher {
            None => self.reader.read_document(document),
            Some(matcher) => self.drafts(matcher, &[document]).pop().map(|d| d.trees).unwrap_or_default(),
        }
    }

    /// Reads of each document what may hold an event, and, if that does hold one, what may hold anything.
    fn drafts<'d>(&self, matcher: &Matcher, documents: &[&'d Document]) -> Vec<Draft<'d>> {
        let unread = |d: &Document| d.sentences.iter().map(|s| self.model.unread(&s.tokens)).collect();
        let draft = |&document: &&'d Document| Draft {
            document,
            likely: matcher.likely(document),
            trees: unread(document),
            coding: Coding::default(),
        };
        let mut drafts: Vec<Draft> = documents.iter().map(draft).collect();
        self.fill(&mut drafts, |d| &d.likely.first);
        self.fill(&mut drafts, |d| if d.coding.events.is_empty() { &[] } else { &d.likely.then });
        drafts
    }

    /// Reads the wanted sentences that are not read yet, of all drafts at once, and codes the drafts that got any.
    fn fill(&self, drafts: &mut [Draft], wanted: impl for<'w, 'd> Fn(&'w Draft<'d>) -> &'w [bool]) {
        let (mut places, mut sentences) = (Vec::new(), Vec::new());
        for (i, draft) in drafts.iter().enumerate() {
            let all = draft.document.sentences.iter().zip(wanted(draft)).zip(&draft.trees).enumerate();
            for (k, ((sentence, _), _)) in all.filter(|(_, ((_, wanted), tree))| **wanted && !tree.is_read()) {
                places.push((i, k));
                sentences.push(sentence.tokens.as_slice());
            }
        }
        for (&(i, k), tree) in places.iter().zip(self.reader.read(&sentences)) {
            if let Some(place) = drafts.get_mut(i).and_then(|d| d.trees.get_mut(k)) {
                *place = tree;
            }
        }
        places.dedup_by_key(|(i, _)| *i);
        for (i, _) in places {
            if let Some(draft) = drafts.get_mut(i) {
                draft.coding = self.coder.code(draft.document, &draft.trees);
            }
        }
    }

    /// The names of the tables in a sentence.
    pub fn mentions(&self, document: &Document, tree: &Tree) -> Vec<Mention> {
        self.actors.mentions(tree, document.meta.published)
    }

    /// What is coded from the document.
    pub fn code(&self, document: &Document) -> Coding {
        self.code_all(&[document]).pop().unwrap_or_default()
    }

    /// What is coded from each of the documents, read together: sentences of several short ones fill the network better.
    pub fn code_all(&self, documents: &[&Document]) -> Vec<Coding> {
        match &self.matcher {
            None => documents.iter().map(|d| self.coder.code(d, &self.reader.read_document(d))).collect(),
            Some(matcher) => self.drafts(matcher, documents).into_iter().map(|d| d.coding).collect(),
        }
    }

    /// What is coded from a document that was read, with this pipeline's codebook, or with another.
    pub fn code_read(&self, document: &Document, trees: &[Tree], codebook: Option<&Codebook>) -> Coding {
        match codebook {
            None => self.coder.code(document, trees),
            Some(codebook) => Coder::new(self.actors, codebook).code(document, trees),
        }
    }

    /// The same; `None` for a document whose work panicked, which costs no other.
    pub fn code_guarded(&self, documents: &[&Document]) -> Vec<Option<Coding>> {
        match guarded(|| self.code_all(documents)) {
            Some(all) => all.into_iter().map(Some).collect(),
            None => documents.iter().map(|d| guarded(|| self.code(d))).collect(),
        }
    }

    /// What is coded from the document with cues of the wide scope too.
    pub fn code_widely(&self, document: &Document) -> Coding {
        self.wide.code(document, &self.read(document))
    }

    /// The outermost attributions of the wide scope, with whole spans.
    pub fn relations(&self, document: &Document) -> Vec<Relation> {
        self.wide.relations(document, &self.read(document))
    }

    /// What is coded from the document, and why.
    pub fn explain(&self, document: &Document, trees: &[Tree]) -> Explanation {
        self.coder.explain(document, trees)
    }
}

/// Answers for pairs, for one thread; loads the classifier's weights at the first call.
///
/// # Errors
/// Where the embedded weights are not those that the manifest names.
pub fn relater() -> Result<Relater<'static>, &'static ModelError> {
    Relater::embedded()
}
