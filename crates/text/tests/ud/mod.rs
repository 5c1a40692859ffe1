//! Sentences and words from raw text against CoNLL-U treebanks, as CoNLL 2018 scores them (spans of characters that
//! are not white space). Paragraphs (`# newpar`, `# newdoc`) are set off by blank lines in the raw text.

use std::collections::{BTreeMap, BTreeSet};

use readout_text::{Document, Meta};

/// Spans, in characters that are not white space.
pub type Spans = BTreeSet<(usize, usize)>;

/// What one side, treebank or reader, says of a text.
#[derive(Default)]
pub struct Side {
    /// Sentences.
    pub sentences: Spans,
    /// Syntactic words.
    pub words: Spans,
    /// Characters that are not white space.
    pub text: Vec<char>,
}

/// Raw text and gold spans. The words of a multiword token are found in it where they spell it out.
pub fn read(conllu: &str) -> (String, Side) {
    let (mut raw, mut side) = (String::new(), Side::default());
    for block in conllu.split("\n\n").filter(|block| !block.trim().is_empty()) {
        if block.lines().any(|l| l.starts_with("# newpar") || l.starts_with("# newdoc")) {
            raw.push_str("\n\n");
        }
        let start = side.text.len();
        let mut inside = 0;
        let mut parts: (usize, usize) = (0, 0);
        for line in block.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            let (Some(id), Some(form)) = (fields.first(), fields.get(1)) else { continue };
            let space = !fields.get(9).is_some_and(|misc| misc.contains("SpaceAfter=No"));
            if id.contains('.') {
                continue;
            }
            if let Some((from, to)) = id.split_once('-') {
                parts = (side.text.len(), side.text.len() + form.chars().count());
                inside = to.parse::<usize>().unwrap_or(0) + 1 - from.parse::<usize>().unwrap_or(0);
                push(&mut raw, &mut side.text, form, space);
                continue;
            }
            let len = form.chars().filter(|c| !c.is_whitespace()).count();
            if inside > 0 {
                inside -= 1;
                let end = if inside == 0 { parts.1 } else { (parts.0 + len).min(parts.1) };
                side.words.insert((parts.0, end));
                parts.0 = end;
                continue;
            }
            side.words.insert((side.text.len(), side.text.len() + len));
            push(&mut raw, &mut side.text, form, space);
        }
        side.sentences.insert((start, side.text.len()));
    }
    (raw, side)
}

fn push(raw: &mut String, text: &mut Vec<char>, form: &str, space: bool) {
    raw.push_str(form);
    text.extend(form.chars().filter(|c| !c.is_whitespace()));
    if space {
        raw.push(' ');
    }
}

/// Our spans, with what is furniture counted as words missed.
pub fn ours(raw: &str) -> Side {
    let mut at = BTreeMap::new();
    let mut side = Side::default();
    for (byte, c) in raw.char_indices() {
        at.insert(byte, side.text.len());
        if !c.is_whitespace() {
            side.text.push(c);
        }
    }
    at.insert(raw.len(), side.text.len());
    let document = Document::from_text(raw.to_owned(), Meta::default());
    let count = |byte: usize| at.get(&byte).copied().unwrap_or_default();
    for sentence in &document.sentences {
        side.sentences.insert((count(sentence.span.start), count(sentence.span.end)));
        side.words.extend(sentence.tokens.iter().map(|t| (count(t.span.start), count(t.span.end))));
    }
    side
}

/// Precision, recall and F1, in per cent.
pub fn score(gold: &Spans, ours: &Spans) -> [f64; 3] {
    let hits = gold.intersection(ours).count() as f64;
    let (precision, recall) = (hits / ours.len().max(1) as f64, hits / gold.len().max(1) as f64);
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
    [precision, recall, f1].map(|share| 100.0 * share)
}
