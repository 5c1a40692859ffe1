//! Tokens of a document, its attributions in tokens, and which coded one stands for which gold one.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use readout_record::formats::{Stretch, Stretches};

/// The parts of an attribution, in the order in which everything here lists them.
pub const ROLES: [&str; 3] = ["source", "cue", "content"];

/// A run of tokens: first, one past the last.
pub(crate) type Piece = (usize, usize);

/// Where tokens stand in a text: runs of letters, digits and underscores, and single other characters.
pub(crate) struct Tokens {
    /// For each code point, its token.
    at: Vec<Option<usize>>,
    /// For each token, whether it is a word.
    words: Vec<bool>,
}

impl Tokens {
    pub(crate) fn of(text: &str) -> Tokens {
        let (mut at, mut words) = (Vec::new(), Vec::new());
        let mut in_word = false;
        for c in text.chars() {
            let word = c.is_alphanumeric() || c == '_';
            if word && in_word {
                at.push(words.len().checked_sub(1));
                continue;
            }
            in_word = word;
            if c.is_whitespace() {
                at.push(None);
            } else {
                words.push(word);
                at.push(words.len().checked_sub(1));
            }
        }
        Tokens { at, words }
    }

    fn piece(&self, [start, end]: Stretch) -> Option<Piece> {
        let mut inside = self.at.get(start..end.min(self.at.len()))?.iter().flatten();
        let first = *inside.next()?;
        Some((first, inside.next_back().map_or(first, |l| *l) + 1))
    }

    pub(crate) fn is_word(&self, token: usize) -> bool {
        self.words.get(token).copied().unwrap_or(false)
    }

    /// The piece without punctuation at its ends; `None` where nothing is left.
    pub(crate) fn bare(&self, (start, end): Piece) -> Option<Piece> {
        let first = (start..end).find(|&t| self.is_word(t))?;
        let last = (start..end).rfind(|&t| self.is_word(t))?;
        Some((first, last + 1))
    }

    /// The words among `tokens`.
    pub(crate) fn words_of(&self, tokens: &BTreeSet<usize>) -> BTreeSet<usize> {
        tokens.iter().copied().filter(|&t| self.is_word(t)).collect()
    }

    /// An attribution in tokens.
    pub(crate) fn relation(&self, a: &Stretches) -> Relation {
        Relation([&a.source, &a.cue, &a.content].map(|stretches| {
            let pieces: BTreeSet<Piece> = stretches.iter().filter_map(|s| self.piece(*s)).collect();
            let tokens = pieces.iter().flat_map(|&(start, end)| start..end).collect();
            Part { pieces, tokens }
        }))
    }
}

/// One role's value.
#[derive(Clone, Debug, Default)]
pub(crate) struct Part {
    pub(crate) pieces: BTreeSet<Piece>,
    pub(crate) tokens: BTreeSet<usize>,
}

/// An attribution: source, cue, content.
#[derive(Clone, Debug, Default)]
pub(crate) struct Relation(pub [Part; 3]);

impl Relation {
    pub(crate) fn cue(&self) -> &BTreeSet<usize> {
        let [_, cue, _] = &self.0;
        &cue.tokens
    }

    fn touches(&self, other: &Relation) -> bool {
        let ([_, cue, content], [_, cue2, content2]) = (&self.0, &other.0);
        !cue.tokens.is_disjoint(&cue2.tokens) || !content.tokens.is_disjoint(&content2.tokens)
    }
}

/// Dice's coefficient; 1 for two empty sets.
pub(crate) fn dice(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
    match (a.len(), b.len()) {
        (0, 0) => 1.0,
        (0, _) | (_, 0) => 0.0,
        (n, m) => 2.0 * a.intersection(b).count() as f64 / (n + m) as f64,
    }
}

/// A coded and a gold attribution that stand for each other.
pub(crate) struct Pair {
    pub(crate) coded: usize,
    pub(crate) gold: usize,
    /// Mean of the three roles' Dice coefficients.
    pub(crate) likeness: f64,
}

/// Pairs one to one, the most alike first; only those that share a token of cue or content.
pub(crate) fn align(coded: &[Relation], gold: &[Relation]) -> Vec<Pair> {
    let mut all = Vec::new();
    for (i, c) in coded.iter().enumerate() {
        for (j, g) in gold.iter().enumerate().filter(|(_, g)| c.touches(g)) {
            let sum: f64 = c.0.iter().zip(&g.0).map(|(a, b)| dice(&a.tokens, &b.tokens)).sum();
            all.push(Pair { coded: i, gold: j, likeness: sum / 3.0 });
        }
    }
    let order = |a: &Pair, b: &Pair| -> Ordering {
        b.likeness.total_cmp(&a.likeness).then((a.coded, a.gold).cmp(&(b.coded, b.gold)))
    };
    all.sort_by(order);
    let (mut used_coded, mut used_gold) = (BTreeSet::new(), BTreeSet::new());
    all.retain(|p| {
        let free = !used_coded.contains(&p.coded) && !used_gold.contains(&p.gold);
        if free {
            used_coded.insert(p.coded);
            used_gold.insert(p.gold);
        }
        free
    });
    all
}
