//! The codebook as a whole, with look-up by lemma.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::block::{Block, blocks};
use crate::check;
use crate::confidence::{self, Confidence};
use crate::entry::{Entry, Pos};
use crate::example::Example;
use crate::finding::{Finding, Findings};
use crate::ontology::Ontology;
use crate::read::{Classes, Reader, classes};
use crate::read_ontology;
use crate::rule::{Cue, Operator, Rule};

/// Ontology and lexicon, compiled.
#[derive(Clone, Debug, Default)]
pub struct Codebook {
    /// Types, modes, contexts, scores, CAMEO codes.
    pub ontology: Ontology,
    /// How sure an event is, by what it rests on.
    pub confidence: Confidence,
    rules: Vec<Rule>,
    operators: Vec<Operator>,
    cues: Vec<Cue>,
    classes: Classes,
    rule_index: Index,
    operator_index: Index,
    cue_index: Index,
    phrases: Vec<(usize, usize)>,
    hash: String,
}

/// For each part of speech and head lemma, (block, entry) pairs, most specific first. Looked up, never iterated.
#[derive(Clone, Debug, Default)]
struct Index(BTreeMap<Pos, HashMap<String, Vec<(usize, usize)>>>);

impl Index {
    fn of<'a>(blocks: impl Iterator<Item = (&'a [Entry], usize)>) -> Index {
        let mut all = Vec::new();
        for (b, (entries, conditions)) in blocks.enumerate() {
            let weighed =
                entries.iter().enumerate().map(|(e, entry)| (2 * entry.words.len() + conditions, b, e, entry));
            all.extend(weighed);
        }
        all.sort_by_key(|&(weight, b, e, _)| (std::cmp::Reverse(weight), b, e));
        let mut index = Index::default();
        for (_, b, e, entry) in all {
            let lemmas = index.0.entry(entry.pos).or_default();
            lemmas.entry(entry.head_lemma().to_string()).or_default().push((b, e));
        }
        index
    }

    fn get(&self, pos: Pos, lemma: &str) -> &[(usize, usize)] {
        self.0.get(&pos).and_then(|m| m.get(lemma)).map_or(&[], Vec::as_slice)
    }

    fn heads(&self) -> BTreeSet<(Pos, &str)> {
        self.0.iter().flat_map(|(pos, m)| m.keys().map(|lemma| (*pos, lemma.as_str()))).collect()
    }
}

impl Codebook {
    /// Compiles `(name, text)` pairs. Total: what is wrong is left out and found in the list, sorted by file and line.
    /// Names are relative to the codebook's folder ("acts/accuse.txt"); those that do not end in `.txt` are passed over.
    pub fn from_files<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Codebook, Vec<Finding>) {
        let files: BTreeMap<&str, &str> = files.into_iter().filter(|(name, _)| name.ends_with(".txt")).collect();
        let mut findings = Findings::default();
        let all: Vec<Block> = files.iter().flat_map(|(name, text)| blocks(name, text, &mut findings)).collect();
        let ontology = read_ontology::read(&all, &mut findings);
        let classes = classes(&all, &mut findings);
        let confidence = confidence::read(&all, &ontology, &mut findings);
        let mut book = Codebook { hash: hash(&files), confidence, ..Codebook::default() };
        let mut reader = Reader { ontology: &ontology, classes: &classes, findings: &mut findings };
        for block in &all {
            match block.kind.as_str() {
                "rule" => book.rules.push(reader.rule(block)),
                "operator" => book.operators.push(reader.operator(block)),
                "cue" => book.cues.push(reader.cue(block)),
                _ => {}
            }
        }
        (book.ontology, book.classes) = (ontology, classes);
        check::across(&book, &mut findings);
        book.rules.retain(|r| book.ontology.kind(&r.kind).is_some());
        book.rule_index = Index::of(book.rules.iter().map(|r| (r.entries.as_slice(), r.when.len())));
        book.operator_index = Index::of(book.operators.iter().map(|o| (o.entries.as_slice(), o.when.len())));
        book.cue_index = Index::of(book.cues.iter().map(|c| (c.entries.as_slice(), c.when.len())));
        let entries = book.cues.iter().enumerate().flat_map(|(c, cue)| (0..cue.entries.len()).map(move |e| (c, e)));
        let phrase = |&(c, e): &(usize, usize)| {
            book.cues.get(c).and_then(|cue| cue.entries.get(e)).is_some_and(|entry| entry.pos == Pos::Prep)
        };
        book.phrases = entries.filter(phrase).collect();
        (book, findings.sorted())
    }

    /// All rules, in the order of files and lines.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// All operators, in the order of files and lines.
    pub fn operators(&self) -> &[Operator] {
        &self.operators
    }

    /// All cues, in the order of files and lines.
    pub fn cues(&self) -> &[Cue] {
        &self.cues
    }

    /// The acts that a word of this part of speech and lemma may head: most words and conditions first, then by file
    /// and line.
    pub fn entries_for(&self, pos: Pos, lemma: &str) -> impl Iterator<Item = (&Rule, &Entry)> {
        let at = self.rule_index.get(pos, lemma).iter();
        at.filter_map(|&(b, e)| self.rules.get(b).and_then(|r| Some((r, r.entries.get(e)?))))
    }

    /// The operators that a word may head, in the same order.
    pub fn operators_for(&self, pos: Pos, lemma: &str) -> impl Iterator<Item = (&Operator, &Entry)> {
        let at = self.operator_index.get(pos, lemma).iter();
        at.filter_map(|&(b, e)| self.operators.get(b).and_then(|o| Some((o, o.entries.get(e)?))))
    }

    /// The cues that a word may head, in the same order.
    pub fn cues_for(&self, pos: Pos, lemma: &str) -> impl Iterator<Item = (&Cue, &Entry)> {
        let at = self.cue_index.get(pos, lemma).iter();
        at.filter_map(|&(b, e)| self.cues.get(b).and_then(|c| Some((c, c.entries.get(e)?))))
    }

    /// The cues that are prepositions ("according to"), in the order of files and lines.
    pub fn phrases(&self) -> impl Iterator<Item = (&Cue, &Entry)> {
        self.phrases.iter().filter_map(|&(c, e)| self.cues.get(c).and_then(|cue| Some((cue, cue.entries.get(e)?))))
    }

    /// All heads of acts, operators and cues, sorted: a sentence without any of them holds nothing to code.
    pub fn heads(&self) -> BTreeSet<(Pos, &str)> {
        let indices = [&self.rule_index, &self.operator_index, &self.cue_index];
        indices.into_iter().flat_map(Index::heads).collect()
    }

    /// Whether a word list of that name has this lemma.
    pub fn class_has(&self, class: &str, lemma: &str) -> bool {
        self.classes.get(class).is_some_and(|words| words.contains(lemma))
    }

    /// The word lists, sorted by name; their lemmas sorted.
    pub fn classes(&self) -> impl Iterator<Item = (&str, &BTreeSet<String>)> {
        self.classes.iter().map(|(name, words)| (name.as_str(), words))
    }

    /// All examples: rules', operators', cues', each in the order of files and lines.
    pub fn examples(&self) -> impl Iterator<Item = (Owner<'_>, &Example)> {
        let rules = self.rules.iter().flat_map(|r| r.examples.iter().map(move |e| (Owner::Rule(r), e)));
        let operators = self.operators.iter().flat_map(|o| o.examples.iter().map(move |e| (Owner::Operator(o), e)));
        let cues = self.cues.iter().flat_map(|c| c.examples.iter().map(move |e| (Owner::Cue(c), e)));
        rules.chain(operators).chain(cues)
    }

    /// Sixteen hexadecimal digits that change when any file's name or text does (FNV-1a).
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

/// The block that an example belongs to.
#[derive(Clone, Copy, Debug)]
pub enum Owner<'a> {
    /// A rule.
    Rule(&'a Rule),
    /// An operator.
    Operator(&'a Operator),
    /// A cue.
    Cue(&'a Cue),
}

impl Owner<'_> {
    /// The block's name ("accuse/condemn").
    pub fn name(&self) -> &str {
        match self {
            Owner::Rule(r) => &r.name,
            Owner::Operator(o) => &o.name,
            Owner::Cue(c) => &c.name,
        }
    }
}

/// Fowler, Noll and Vo's FNV-1a over names and texts, with a byte between that no UTF-8 text has.
fn hash(files: &BTreeMap<&str, &str>) -> String {
    let bytes = files.iter().flat_map(|(name, text)| name.bytes().chain([0xff]).chain(text.bytes()).chain([0xff]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}
