//! Precision, recall and F1 at every level, in per cent with one decimal, micro-averaged over documents.

use std::collections::BTreeMap;

use readout_record::formats::Annotated;
use serde::Serialize;

use super::align::{self, tokens};

/// Precision, recall and F1 in per cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Prf {
    /// Hits of all coded.
    pub p: f64,
    /// Hits of all gold.
    pub r: f64,
    /// Harmonic mean of both.
    pub f1: f64,
}

impl Prf {
    fn new(hit: usize, gold: usize, coded: usize) -> Self {
        let ratio = |n: usize| if n == 0 { 0.0 } else { hit as f64 / n as f64 };
        let (p, r) = (ratio(coded), ratio(gold));
        let f1 = if p + r > 0.0 { 200.0 * p * r / (p + r) } else { 0.0 };
        Prf { p: tenth(100.0 * p), r: tenth(100.0 * r), f1: tenth(f1) }
    }
}

/// Rounded to one decimal, by the number's exact value and ties to even: as Python rounds.
fn tenth(x: f64) -> f64 {
    format!("{x:.1}").parse().unwrap_or(x)
}

/// One type's score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct TypeScore {
    /// Its precision, recall and F1.
    #[serde(flatten)]
    pub prf: Prf,
    /// How many the gold has.
    pub gold: usize,
    /// How many were coded.
    pub pred: usize,
}

/// Scores of events, each level stricter than the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct EventScores {
    /// Same sentence and type.
    pub act: Prf,
    /// And the same countries and bodies on both sides.
    pub dyad: Prf,
    /// And the same whole codes on both sides.
    pub full: Prf,
    /// `dyad`, and the same status and innermost speaker.
    pub said: Prf,
}

/// Scores of attributions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct AttributionScores {
    /// Pairs whose contents overlap enough.
    pub relation: Prf,
    /// Tokens of the contents, over those pairs.
    pub content_tokens: Prf,
    /// Pairs with the same source.
    pub source: Prf,
    /// Pairs whose cues share a token.
    pub cue: Prf,
}

/// How far events paired by sentence and type agree in what else they tell. Where both have the same status or innermost
/// speaker in all pairs, precision and recall are 100.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PairScores {
    /// The same status.
    pub status: Prf,
    /// The same innermost speaker.
    pub speaker: Prf,
    /// Places that share at least half of the longer one's words.
    pub place: Prf,
    /// Words of time, likewise.
    pub when: Prf,
    /// The same day or days.
    pub date: Prf,
}

/// All scores of a set of documents, in the shape of the Python scorer's JSON.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Scores {
    /// Gold documents.
    pub documents: usize,
    /// Events they hold.
    pub gold_events: usize,
    /// Events coded in them.
    pub predicted_events: usize,
    /// Scores of events.
    pub events: EventScores,
    /// Scores by type.
    pub types: BTreeMap<String, TypeScore>,
    /// Scores of attributions.
    pub attributions: AttributionScores,
    /// Scores over paired events; the Python scorer has none.
    #[serde(skip)]
    pub pairs: PairScores,
}

#[derive(Default)]
struct Counts {
    status: usize,
    speaker: usize,
    place: [usize; 3],
    when: [usize; 3],
    date: [usize; 3],
    act: usize,
    dyad: usize,
    full: usize,
    said: usize,
    types: BTreeMap<String, [usize; 3]>,
    relation: [usize; 3],
    tokens: [usize; 3],
    source: usize,
    cue: usize,
}

/// Scores pairs of a gold document and what was coded from it.
pub fn score<'a>(pairs: impl IntoIterator<Item = (&'a Annotated, &'a Annotated)>) -> Scores {
    let mut scores = Scores::default();
    let mut counts = Counts::default();
    for (gold, coded) in pairs {
        scores.documents += 1;
        scores.gold_events += gold.events.len();
        scores.predicted_events += coded.events.len();
        counts.events(gold, coded);
        counts.attributions(gold, coded);
    }
    let level = |hit| Prf::new(hit, scores.gold_events, scores.predicted_events);
    scores.events = EventScores {
        act: level(counts.act),
        dyad: level(counts.dyad),
        full: level(counts.full),
        said: level(counts.said),
    };
    scores.types = counts
        .types
        .into_iter()
        .map(|(kind, [hit, gold, pred])| (kind, TypeScore { prf: Prf::new(hit, gold, pred), gold, pred }))
        .collect();
    let of = |[hit, gold, pred]: [usize; 3]| Prf::new(hit, gold, pred);
    scores.pairs = PairScores {
        status: Prf::new(counts.status, counts.act, counts.act),
        speaker: Prf::new(counts.speaker, counts.act, counts.act),
        place: of(counts.place),
        when: of(counts.when),
        date: of(counts.date),
    };
    let [hit, gold, pred] = counts.relation;
    let [token, gold_tokens, pred_tokens] = counts.tokens;
    scores.attributions = AttributionScores {
        relation: Prf::new(hit, gold, pred),
        content_tokens: Prf::new(token, gold_tokens, pred_tokens),
        source: Prf::new(counts.source, gold, pred),
        cue: Prf::new(counts.cue, gold, pred),
    };
    scores
}

impl Counts {
    fn events(&mut self, gold: &Annotated, coded: &Annotated) {
        let mut kind = |kind: &str, what: usize| {
            if let Some(n) = self.types.entry(kind.to_owned()).or_default().get_mut(what) {
                *n += 1;
            }
        };
        gold.events.iter().for_each(|e| kind(&e.kind, 1));
        coded.events.iter().for_each(|e| kind(&e.kind, 2));
        for pair in align::events(&gold.events, &coded.events) {
            if let (Some(g), Some(c)) = (gold.events.get(pair.gold), coded.events.get(pair.coded)) {
                kind(&g.kind, 0);
                self.status += usize::from(g.status == c.status);
                self.speaker += usize::from(align::innermost(g) == align::innermost(c));
                told(&mut self.place, g.place.as_deref(), c.place.as_deref(), alike);
                told(&mut self.when, g.when.as_deref(), c.when.as_deref(), alike);
                told(&mut self.date, g.date.as_deref(), c.date.as_deref(), |a, b| a == b);
            }
            self.act += 1;
            self.dyad += usize::from(pair.how.dyad);
            self.full += usize::from(pair.how.full);
            self.said += usize::from(pair.how.said);
        }
    }

    fn attributions(&mut self, gold: &Annotated, coded: &Annotated) {
        let pairs = align::attributions(&gold.attributions, &coded.attributions);
        let all = |a: &Annotated| a.attributions.iter().map(|a| tokens(&a.content).len()).sum::<usize>();
        let add = |to: &mut [usize; 3], what: [usize; 3]| to.iter_mut().zip(what).for_each(|(n, more)| *n += more);
        add(&mut self.relation, [pairs.len(), gold.attributions.len(), coded.attributions.len()]);
        add(&mut self.tokens, [pairs.iter().map(|p| p.how.tokens).sum(), all(gold), all(coded)]);
        self.source += pairs.iter().filter(|p| p.how.source).count();
        self.cue += pairs.iter().filter(|p| p.how.cue).count();
    }
}

/// Counts hits, gold and coded of a field that either may lack.
fn told(counts: &mut [usize; 3], gold: Option<&str>, coded: Option<&str>, same: impl Fn(&str, &str) -> bool) {
    let hit = gold.zip(coded).is_some_and(|(g, c)| same(g, c));
    let add = [hit, gold.is_some(), coded.is_some()];
    counts.iter_mut().zip(add).for_each(|(n, one)| *n += usize::from(one));
}

/// Whether two phrases share at least half of the longer one's words.
fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (tokens(a), tokens(b));
    let shared = a.iter().filter(|t| b.contains(t)).count();
    shared > 0 && shared * 2 >= a.len().max(b.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn per_cents_are_rounded_as_python_rounds() {
        // 1/16 is 6.25 %, exactly between two tenths.
        assert_eq!(Prf::new(1, 16, 16), Prf { p: 6.2, r: 6.2, f1: 6.2 });
        assert_eq!(Prf::new(0, 0, 0), Prf::default());
        assert_eq!(Prf::new(2, 3, 4), Prf { p: 50.0, r: 66.7, f1: 57.1 });
    }
}
