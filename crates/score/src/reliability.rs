//! Whether confidence means something: of the events coded with 0.7, about seven in ten should be right.

use readout_record::formats::Annotated;
use serde::Serialize;

use super::align;

/// Bins of confidence, of equal width.
const BINS: usize = 10;

/// A coded event: how sure it was said to be, and whether its type and the countries on both sides are the gold's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// Between 0 and 1.
    pub confidence: f64,
    /// Whether it is right.
    pub right: bool,
}

/// Events whose confidence lies in one range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Bin {
    /// Least confidence of the range.
    pub from: f64,
    /// How many events.
    pub events: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share of them that is right.
    pub right: f64,
}

/// How well confidence and truth agree.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Reliability {
    /// Events judged.
    pub events: usize,
    /// Expected calibration error (Naeini et al. 2015): the mean distance between confidence and share right, each bin
    /// by its events.
    pub ece: f64,
    /// Bins that hold an event, from low to high confidence.
    pub bins: Vec<Bin>,
}

/// Each coded event of the pairs of a gold document and what was coded from it, in order.
pub fn judged<'a>(pairs: impl IntoIterator<Item = (&'a Annotated, &'a Annotated)>) -> Vec<Judged> {
    let mut out = Vec::new();
    for (gold, coded) in pairs {
        let paired = align::events(&gold.events, &coded.events);
        out.extend(coded.events.iter().enumerate().map(|(j, e)| Judged {
            confidence: f64::from(e.confidence.unwrap_or(0.0)),
            right: paired.iter().any(|p| p.coded == j && p.how.dyad),
        }));
    }
    out
}

/// Sorts judged events into bins.
pub fn reliability(judged: &[Judged]) -> Reliability {
    let mut bins = [(0usize, 0.0f64, 0usize); BINS];
    for j in judged {
        let at = ((j.confidence * BINS as f64) as usize).min(BINS - 1);
        if let Some((n, sum, right)) = bins.get_mut(at) {
            *n += 1;
            *sum += j.confidence;
            *right += usize::from(j.right);
        }
    }
    let bins: Vec<Bin> = bins
        .iter()
        .enumerate()
        .filter(|(_, (n, ..))| *n > 0)
        .map(|(i, &(n, sum, right))| Bin {
            from: i as f64 / BINS as f64,
            events: n,
            confidence: sum / n as f64,
            right: right as f64 / n as f64,
        })
        .collect();
    let off: f64 = bins.iter().map(|b| b.events as f64 * (b.confidence - b.right).abs()).sum();
    Reliability { events: judged.len(), ece: off / judged.len().max(1) as f64, bins }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(events: &[(f64, bool)], ece: f64) {
        let judged: Vec<Judged> = events.iter().map(|&(confidence, right)| Judged { confidence, right }).collect();
        let got = reliability(&judged).ece;
        assert!((got - ece).abs() < 1e-9, "{events:?}: {got}");
    }

    #[test]
    fn the_error_is_the_mean_distance_of_bins() {
        check(&[], 0.0);
        check(&[(0.5, true), (0.5, false)], 0.0);
        check(&[(1.0, true), (1.0, false)], 0.5);
        // One bin is off by 0.25, the other, three times as large, by 0.
        check(&[(0.75, true), (0.0, false), (0.0, false), (0.0, false)], 0.0625);
    }
}
