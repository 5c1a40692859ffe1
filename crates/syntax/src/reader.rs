//! Runs the model over sentences.

use std::cell::RefCell;
use std::sync::Arc;

use rayon::{ThreadPool, ThreadPoolBuilder};
use readout_text::{Document, Token};

use crate::lemma::Lemmatizer;
use crate::network::{Batch, Network, Reading, Workspace};
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

/// Word pieces at which a batch is full: enough for the weights to be fetched seldom, few enough for the caches.
const PIECES_A_BATCH: usize = 384;
/// Word pieces that the network can take in one sentence, its two marks left out.
const LONGEST_SENTENCE: usize = 510;
/// Words read at once; a longer sentence is read in windows of this many words.
const WINDOW: usize = 400;
const CLS: i32 = 101;
const SEP: i32 = 102;

/// The reader that runs the neural model, for one thread.
pub struct NeuralReader<'m> {
    pub(crate) model: &'m Model,
    /// One thread, so that products are not spread over others; `None` where the system gives none.
    alone: Option<ThreadPool>,
    work: RefCell<Workspace>,
    lemmas: Lemmatizer<'m>,
}

/// A stretch of a sentence, at most [`WINDOW`] words, as the network takes it.
struct Piece<'t> {
    sentence: usize,
    tokens: &'t [Token],
    ids: Vec<i32>,
    shapes: Vec<i32>,
    first: Vec<usize>,
}

/// What the network tells of one stretch, decoded.
struct Decoded {
    heads: Vec<usize>,
    /// Of each word the indices of its universal tag, Penn tag and relation.
    labels: Vec<[usize; 3]>,
    names: Vec<crate::Name>,
}

impl<'m> NeuralReader<'m> {
    pub(crate) fn new(model: &'m Model) -> Self {
        NeuralReader {
            model,
            alone: ThreadPoolBuilder::new().num_threads(1).thread_name(|_| "reader".to_owned()).build().ok(),
            work: RefCell::default(),
            lemmas: Lemmatizer::new(&model.pieces),
        }
    }

    /// Runs `job` where products stay on one thread.
    pub(crate) fn on_one_thread<R: Send>(&self, job: impl FnOnce(&Network, &mut Workspace) -> R + Send) -> R {
        let mut work = self.work.borrow_mut();
        let (network, work) = (&self.model.network, &mut *work);
        match &self.alone {
            Some(alone) => alone.install(|| job(network, work)),
            None => job(network, work),
        }
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
            p.first.push(p.ids.len());
            p.ids.extend_from_slice(&word);
            p.shapes.extend(std::iter::repeat_n(shape(&token.form), word.len()));
        }
        p.ids.push(SEP);
        p.shapes.push(0);
        p
    }

    /// Reads stretches together.
    fn run(&self, pieces: &[Piece]) -> Vec<Tree> {
        let mut batch = Batch::default();
        for p in pieces {
            let start = batch.ids.len();
            batch.ids.extend_from_slice(&p.ids);
            batch.shapes.extend_from_slice(&p.shapes);
            batch.wanted.extend(p.first.iter().map(|f| start + f));
            batch.sentences.push(start..batch.ids.len());
        }
        let counts: Vec<usize> = pieces.iter().map(|p| p.tokens.len()).collect();
        let decoded = self.on_one_thread(|network, work| {
            let mut reading = network.run(&batch, work);
            let mut from = 0;
            let each = |&count: &usize| {
                from += count;
                decode(&mut reading, from - count, count)
            };
            counts.iter().map(each).collect::<Vec<Decoded>>()
        });
        pieces.iter().zip(decoded).map(|(p, d)| self.tree(p.tokens, d)).collect()
    }

    fn tree(&self, tokens: &[Token], decoded: Decoded) -> Tree {
        let label = |list: &[Arc<str>], at: usize| list.get(at).cloned().unwrap_or_else(|| Arc::from("_"));
        let words = tokens.iter().zip(&decoded.heads).zip(&decoded.labels).map(|((token, &head), labels)| {
            let &[upos, xpos, deprel] = labels;
            let (upos, xpos) = (label(&self.model.upos, upos), label(&self.model.xpos, xpos));
            Word {
                span: token.span,
                lemma: self.lemmas.lemma(&token.form, &upos, &xpos),
                form: token.form.clone(),
                upos,
                xpos,
                head: head.checked_sub(1),
                deprel: if head == 0 { Arc::from("root") } else { label(&self.model.deprels, deprel) },
            }
        });
        let mut words: Vec<Word> = words.collect();
        mend::twin_subjects(&mut words, &decoded.names);
        Tree::new(words, decoded.names)
    }
}

/// The best tree, tags and names of the `count` words from word `from` of the batch on.
fn decode(reading: &mut Reading, from: usize, count: usize) -> Decoded {
    let arcs = reading.arcs(from, count);
    let views: Vec<&[f32]> = arcs.iter().map(Vec::as_slice).collect();
    let heads = spanning::decode(&views);
    let relations = reading.relations(from, &heads);
    let mut scores: Vec<&[f32]> = Vec::with_capacity(count);
    let labels = (from..).zip(relations).map(|(word, relation)| {
        let (upos, xpos, names) = reading.tags(word);
        scores.push(names);
        [upos, xpos, relation]
    });
    let labels = labels.collect();
    Decoded { heads, labels, names: names::decode(&scores) }
}

impl Reader for NeuralReader<'_> {
    fn read(&self, sentences: &[&[Token]]) -> Vec<Tree> {
        let mut pieces: Vec<Piece> = Vec::new();
        for (i, tokens) in sentences.iter().enumerate() {
            pieces.extend(tokens.chunks(WINDOW).map(|window| self.piece(i, window)));
        }
        let mut windows_of = vec![0usize; sentences.len()];
        for piece in &pieces {
            if let Some(count) = windows_of.get_mut(piece.sentence) {
                *count += 1;
            }
        }
        let mut read: Vec<Tree> = Vec::with_capacity(pieces.len());
        let mut rest = pieces.as_slice();
        while !rest.is_empty() {
            let mut held = 0;
            let full = rest.iter().take_while(|p| {
                let room = held < PIECES_A_BATCH;
                held += p.ids.len();
                room
            });
            let (now, later) = rest.split_at(full.count());
            read.extend(self.run(now));
            rest = later;
        }
        let mut trees = read.into_iter();
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
