//! The one place that knows how the stages are joined: document → trees → coding.

use readout_actors::{Actors, Mention};
use readout_codebook::{Codebook, Scope};
use readout_coder::{Coder, Coding, Relation};
pub(crate) use readout_coder::{Explanation, Outcome};
use readout_store::Version;
use readout_syntax::{Model, NeuralReader, Reader as _, Tree};
use readout_text::{Document, Meta};

/// The stages that are loaded once and shared by all threads.
pub(crate) struct Pipeline<'c> {
    model: &'static Model,
    actors: &'static Actors,
    codebook: &'c Codebook,
}

/// Reads for one thread.
pub(crate) struct Worker<'p> {
    reader: NeuralReader<'p>,
    actors: &'p Actors,
    coder: Coder<'p>,
    wide: Coder<'p>,
}

impl Pipeline<'static> {
    /// The embedded reader, tables and codebook.
    pub(crate) fn load() -> anyhow::Result<Self> {
        Pipeline::with(Codebook::embedded())
    }
}

impl<'c> Pipeline<'c> {
    /// The embedded reader and tables with this codebook.
    pub(crate) fn with(codebook: &'c Codebook) -> anyhow::Result<Self> {
        Ok(Pipeline { model: Model::embedded()?, actors: Actors::embedded(), codebook })
    }

    /// Version of the codebook, for the events' identifiers.
    pub(crate) fn codebook_version(&self) -> &str {
        self.codebook.hash()
    }

    /// Versions of all that decides what is coded.
    pub(crate) fn version(&self) -> Version {
        Version {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            model: Model::embedded_hash().to_owned(),
            actors: Actors::embedded_hash(),
            codebook: self.codebook.hash().to_owned(),
            reading: "all".to_owned(),
        }
    }

    /// The codebook.
    pub(crate) fn codebook(&self) -> &Codebook {
        self.codebook
    }

    /// A reader for one thread.
    pub(crate) fn worker(&self) -> Worker<'_> {
        Worker {
            reader: self.model.reader(),
            actors: self.actors,
            coder: Coder::new(self.actors, self.codebook),
            wide: Coder::new(self.actors, self.codebook).in_scope(Scope::Wide),
        }
    }
}

impl Worker<'_> {
    /// One tree a sentence.
    pub(crate) fn read(&self, document: &Document) -> Vec<Tree> {
        self.reader.read_document(document)
    }

    /// The names of the tables in a sentence.
    pub(crate) fn mentions(&self, document: &Document, tree: &Tree) -> Vec<Mention> {
        self.actors.mentions(tree, document.meta.published)
    }

    /// What is coded from the document.
    pub(crate) fn code(&self, document: &Document) -> Coding {
        self.coder.code(document, &self.read(document))
    }

    /// What is coded from the document with cues of the wide scope too.
    pub(crate) fn code_widely(&self, document: &Document) -> Coding {
        self.wide.code(document, &self.read(document))
    }

    /// The outermost attributions of the wide scope, with whole spans.
    pub(crate) fn relations(&self, document: &Document) -> Vec<Relation> {
        self.wide.relations(document, &self.read(document))
    }

    /// What is coded from the document, and why.
    pub(crate) fn explain(&self, document: &Document, trees: &[Tree]) -> Explanation {
        self.coder.explain(document, trees)
    }
}

/// A document from the bytes of a text.
pub(crate) fn document(text: &[u8], meta: Meta) -> Document {
    Document::from_bytes(text, meta)
}

/// A document from sentences, kept as split and joined by line feeds.
pub(crate) fn document_of_sentences(sentences: &[String], meta: Meta) -> Document {
    Document::from_sentences(sentences, meta)
}

/// Answers for pairs, for one thread; loads the classifier's weights at the first call.
pub(crate) fn relater() -> anyhow::Result<readout_relate::Relater<'static>> {
    Ok(readout_relate::Relater::embedded()?)
}
