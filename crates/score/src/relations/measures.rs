//! The measures of `score_attributions.py`, in its names: spans by themselves, and whole relations.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::formats::{Attributed, Stretches};
use serde::Serialize;

use super::tokens::{Piece, ROLES, Relation, Tokens, align, dice};

/// Share of tokens that two parts must have in common for `rel_05`.
const HALF: f64 = 0.5;

/// Precision, recall and F1 in per cent with two decimals, and what they are over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Prf {
    /// Precision.
    #[serde(rename = "P")]
    pub p: f64,
    /// Recall.
    #[serde(rename = "R")]
    pub r: f64,
    /// Harmonic mean of both.
    #[serde(rename = "F1")]
    pub f1: f64,
    /// Coded ones.
    pub n_pred: usize,
    /// Gold ones.
    pub n_gold: usize,
}

/// How many gold attributions of one kind there are, and how many were found, in per cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Recall {
    /// Gold ones.
    pub n: usize,
    /// Share whose parts overlap with a coded one's.
    pub detect: f64,
    /// Share of which at least half of each part was found.
    pub rel_05: f64,
}

/// All measures over a set of documents, in the shape of the Python scorer's JSON.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Scores {
    /// Gold documents.
    pub docs: usize,
    /// "source.exact", …, "rel_05".
    #[serde(flatten)]
    pub rows: BTreeMap<String, Prf>,
    /// "source.jaccard", ….
    #[serde(flatten)]
    pub jaccard: BTreeMap<String, f64>,
    /// Of the pairs whose cues meet, the share whose parts agree.
    pub given_detect: BTreeMap<&'static str, f64>,
    /// Recall by kind of attribution.
    pub recall_by_type: BTreeMap<&'static str, Recall>,
}

#[derive(Default)]
struct Tally {
    coded_hits: f64,
    gold_hits: f64,
    coded: usize,
    gold: usize,
}

#[derive(Default)]
struct Counts {
    rows: BTreeMap<String, Tally>,
    jaccard: BTreeMap<String, (f64, usize)>,
    given: BTreeMap<&'static str, usize>,
    detected: usize,
    kinds: BTreeMap<&'static str, [usize; 3]>,
}

/// Scores pairs of a gold document and what was coded from it.
pub fn score(pairs: &[(&Attributed, &[Stretches])]) -> Scores {
    let mut counts = Counts::default();
    for (gold, coded) in pairs {
        counts.document(gold, coded);
    }
    let rows = counts.rows.into_iter().map(|(name, t)| (name, t.prf())).collect();
    let jaccard = counts.jaccard.into_iter().map(|(name, (sum, n))| (name, percent(sum, n))).collect();
    let detected = counts.detected.max(1);
    let given = counts.given.into_iter().map(|(name, n)| (name, percent(n as f64, detected))).collect();
    let kinds = counts.kinds.into_iter().map(|(kind, [n, detect, half])| {
        (kind, Recall { n, detect: percent(detect as f64, n), rel_05: percent(half as f64, n) })
    });
    Scores { docs: pairs.len(), rows, jaccard, given_detect: given, recall_by_type: kinds.collect() }
}

fn percent(hits: f64, of: usize) -> f64 {
    if of == 0 { 0.0 } else { hundredth(100.0 * hits / of as f64) }
}

/// Rounded to two decimals, by the number's exact value and ties to even: as Python rounds.
fn hundredth(x: f64) -> f64 {
    format!("{x:.2}").parse().unwrap_or(x)
}

impl Tally {
    fn prf(&self) -> Prf {
        let ratio = |hits: f64, of: usize| if of == 0 { 0.0 } else { hits / of as f64 };
        let (p, r) = (ratio(self.coded_hits, self.coded), ratio(self.gold_hits, self.gold));
        let f1 = if p + r > 0.0 { 100.0 * 2.0 * p * r / (p + r) } else { 0.0 };
        Prf {
            p: hundredth(100.0 * p),
            r: hundredth(100.0 * r),
            f1: hundredth(f1),
            n_pred: self.coded,
            n_gold: self.gold,
        }
    }
}

fn common((a, b): Piece, (c, d): Piece) -> usize {
    b.min(d).saturating_sub(a.max(c))
}

impl Counts {
    fn add(&mut self, name: &str, coded_hits: f64, gold_hits: f64, coded: usize, gold: usize) {
        let tally = self.rows.entry(name.to_owned()).or_default();
        tally.coded_hits += coded_hits;
        tally.gold_hits += gold_hits;
        tally.coded += coded;
        tally.gold += gold;
    }

    fn document(&mut self, gold: &Attributed, coded: &[Stretches]) {
        let tokens = Tokens::of(&gold.text);
        let golds: Vec<Relation> = gold.attributions.iter().map(|a| tokens.relation(a)).collect();
        let codeds: Vec<Relation> = coded.iter().map(|a| tokens.relation(a)).collect();
        for role in 0..ROLES.len() {
            self.spans(&tokens, role, &golds, &codeds);
        }
        let found = self.relations(&tokens, &golds, &codeds);
        self.by_cue(&golds, &codeds);
        for (j, a) in gold.attributions.iter().enumerate() {
            let (detect, half) = found.get(&j).copied().unwrap_or_default();
            let source = if a.source.is_empty() { "source:none" } else { "source:explicit" };
            for kind in [manner(&gold.text, a), source] {
                let [n, d, h] = self.kinds.entry(kind).or_default();
                (*n, *d, *h) = (*n + 1, *d + usize::from(detect), *h + usize::from(half));
            }
        }
    }

    /// Spans of one role, whichever relation they are in.
    fn spans(&mut self, tokens: &Tokens, role: usize, golds: &[Relation], codeds: &[Relation]) {
        let name = ROLES.get(role).copied().unwrap_or_default();
        let pieces = |all: &[Relation]| -> BTreeSet<Piece> {
            all.iter().filter_map(|a| a.0.get(role)).flat_map(|p| p.pieces.iter().copied()).collect()
        };
        let (g, c) = (pieces(golds), pieces(codeds));
        let mut sets = |measure: &str, g: BTreeSet<Piece>, c: BTreeSet<Piece>| {
            let hits = g.intersection(&c).count() as f64;
            self.add(&format!("{name}.{measure}"), hits, hits, c.len(), g.len());
        };
        sets("exact", g.clone(), c.clone());
        let bare = |all: &BTreeSet<Piece>| all.iter().filter_map(|p| tokens.bare(*p)).collect();
        sets("exact_np", bare(&g), bare(&c));
        let begin = |all: &BTreeSet<Piece>| all.iter().map(|p| (p.0, p.0)).collect();
        sets("begin", begin(&g), begin(&c));
        let single = |all: &BTreeSet<Piece>| all.iter().flat_map(|&(a, b)| (a..b).map(|t| (t, t))).collect();
        sets("token", single(&g), single(&c));
        let covered = |of: &BTreeSet<Piece>, by: &BTreeSet<Piece>| -> f64 {
            let share = |x: &Piece| by.iter().map(|y| common(*x, *y)).max().unwrap_or(0) as f64 / (x.1 - x.0) as f64;
            of.iter().map(share).sum()
        };
        self.add(&format!("{name}.soft"), covered(&c, &g), covered(&g, &c), c.len(), g.len());
        let (sum, n) = self.jaccard.entry(format!("{name}.jaccard")).or_default();
        for x in &g {
            let likeness = |y: &Piece| common(*x, *y) as f64 / (x.1.max(y.1) - x.0.min(y.0)) as f64;
            *sum += c.iter().map(likeness).fold(0.0, f64::max);
        }
        *n += g.len() + c.iter().filter(|x| g.iter().all(|y| common(**x, *y) == 0)).count();
    }

    /// Whole relations; gives for each gold one that has a partner whether it is detected and half right.
    fn relations(&mut self, tokens: &Tokens, golds: &[Relation], codeds: &[Relation]) -> BTreeMap<usize, (bool, bool)> {
        let mut found = BTreeMap::new();
        let [mut detect, mut exact, mut bare, mut half] = [0usize; 4];
        let mut soft = 0.0;
        let mut linked = [0usize; 3];
        for pair in align(codeds, golds) {
            let (Some(c), Some(g)) = (codeds.get(pair.coded), golds.get(pair.gold)) else { continue };
            let parts = || c.0.iter().zip(&g.0);
            soft += pair.likeness;
            exact += usize::from(parts().all(|(a, b)| a.tokens == b.tokens));
            let same: Vec<bool> =
                parts().map(|(a, b)| tokens.words_of(&a.tokens) == tokens.words_of(&b.tokens)).collect();
            bare += usize::from(same.iter().all(|s| *s));
            let alike: Vec<bool> = parts().map(|(a, b)| dice(&a.tokens, &b.tokens) >= HALF).collect();
            let right = alike.iter().all(|a| *a);
            half += usize::from(right);
            for (n, (a, b)) in linked.iter_mut().zip(parts()) {
                *n += a.tokens.intersection(&b.tokens).count();
            }
            let meets = !c.cue().is_disjoint(g.cue());
            found.insert(pair.gold, (meets, right));
            if meets {
                detect += 1;
                let names = [["source_exact_np", "source_05"], ["", ""], ["content_exact_np", "content_05"]];
                for ([np, five], (s, a)) in
                    names.into_iter().zip(same.iter().zip(&alike)).filter(|(n, _)| !n[0].is_empty())
                {
                    *self.given.entry(np).or_default() += usize::from(*s);
                    *self.given.entry(five).or_default() += usize::from(*a);
                }
            }
        }
        self.detected += detect;
        let (n, m) = (codeds.len(), golds.len());
        for (name, hits) in [("detect", detect), ("rel_exact", exact), ("rel_exact_np", bare), ("rel_05", half)] {
            self.add(name, hits as f64, hits as f64, n, m);
        }
        self.add("rel_soft", soft, soft, n, m);
        let size = |all: &[Relation], role: usize| -> usize {
            all.iter().filter_map(|a| a.0.get(role)).map(|p| p.tokens.len()).sum()
        };
        for (role, (name, hits)) in ROLES.iter().zip(linked).enumerate() {
            self.add(&format!("linked_{name}"), hits as f64, hits as f64, size(codeds, role), size(golds, role));
        }
        found
    }

    /// Exact spans of attributions whose cues meet, after Citron.
    fn by_cue(&mut self, golds: &[Relation], codeds: &[Relation]) {
        let cues = |all: &[Relation]| -> BTreeSet<Vec<usize>> {
            all.iter().map(|a| a.cue().iter().copied().collect()).collect()
        };
        let (g, c) = (cues(golds), cues(codeds));
        let within = |all: &[Relation], other: &BTreeSet<Vec<usize>>| {
            all.iter().filter(|a| other.contains(&a.cue().iter().copied().collect::<Vec<_>>())).count() as f64
        };
        self.add("cit_cue_exact", within(codeds, &g), within(golds, &c), codeds.len(), golds.len());
        for (role, name) in [(0, "cit_source_exact"), (2, "cit_content_exact")] {
            let part = |a: &Relation| a.0.get(role).map(|p| p.tokens.clone()).unwrap_or_default();
            let hits = |all: &[Relation], others: &[Relation]| {
                let hit = |a: &&Relation| others.iter().any(|b| !a.cue().is_disjoint(b.cue()) && part(a) == part(b));
                all.iter().filter(hit).count() as f64
            };
            self.add(name, hits(codeds, golds), hits(golds, codeds), codeds.len(), golds.len());
        }
    }
}

/// "direct" where every word of the content lies within double quotation marks, "mixed" where some do.
fn manner(text: &str, a: &Stretches) -> &'static str {
    let chars: Vec<char> = text.chars().collect();
    let (mut inside, mut total) = (0, 0);
    let mark = |open: &mut bool, c: char| match c {
        '“' => *open = true,
        '”' => *open = false,
        '"' => *open = !*open,
        _ => {}
    };
    for &[start, end] in &a.content {
        let before = chars.get(..start).unwrap_or_default();
        let line = before.iter().rposition(|c| *c == '\n').map_or(0, |i| i + 1);
        let mut open = false;
        before.iter().skip(line).for_each(|c| mark(&mut open, *c));
        let mut in_word = false;
        for &c in chars.get(start..end).unwrap_or_default() {
            mark(&mut open, c);
            let word = c.is_alphanumeric() || c == '_';
            if word && !in_word {
                total += 1;
                inside += usize::from(open);
            }
            in_word = word;
        }
    }
    match inside {
        0 => "indirect",
        n if n == total => "direct",
        _ => "mixed",
    }
}
