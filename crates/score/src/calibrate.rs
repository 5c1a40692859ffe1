//! Fits the codebook's `confidence` block to hand annotation: logistic regression with a ridge (Hoerl and Kennard 1970),
//! by gradient descent over the whole set, so that the same gold gives the same weights.

use std::collections::{BTreeMap, BTreeSet};

use readout_codebook::Confidence;

use super::reliability::{Judged, Reliability, reliability};

/// Pull of every weight towards nothing, in events: a ground that few events have says little.
const RIDGE: f64 = 4.0;

/// Steps of the descent; more change no weight in its second decimal.
const STEPS: usize = 4000;

/// Size of a step.
const RATE: f64 = 0.5;

/// A coded event: the document it is of, what it rests on, whether it is right.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its document.
    pub document: String,
    /// The grounds of its confidence.
    pub grounds: Vec<String>,
    /// Whether its type and the countries on both sides are the gold's.
    pub right: bool,
}

/// The weights that fit the cases best.
pub fn fit(cases: &[&Case]) -> Confidence {
    let names: Vec<&str> =
        cases.iter().flat_map(|c| c.grounds.iter().map(String::as_str)).collect::<BTreeSet<_>>().into_iter().collect();
    let place = |g: &str| names.binary_search(&g).ok();
    let rows: Vec<(Vec<usize>, f64)> = cases
        .iter()
        .map(|c| (c.grounds.iter().filter_map(|g| place(g)).collect(), f64::from(u8::from(c.right))))
        .collect();
    let (mut base, mut weights) = (0.0, vec![0.0; names.len()]);
    let n = rows.len().max(1) as f64;
    for _ in 0..STEPS {
        let mut slope: Vec<f64> = weights.iter().map(|w| RIDGE * w).collect();
        let mut base_slope = 0.0;
        for (grounds, right) in &rows {
            let sum = grounds.iter().filter_map(|&g| weights.get(g)).fold(base, |sum: f64, w| sum + w);
            let off = 1.0 / (1.0 + (-sum).exp()) - right;
            base_slope += off;
            grounds.iter().for_each(|&g| {
                if let Some(s) = slope.get_mut(g) {
                    *s += off;
                }
            });
        }
        base -= RATE * base_slope / n;
        weights.iter_mut().zip(&slope).for_each(|(w, s)| *w -= RATE * s / n);
    }
    let hundredths = |w: f64| ((w * 100.0).round() / 100.0) as f32;
    let weights: BTreeMap<String, f32> =
        names.iter().map(|n| (*n).to_owned()).zip(weights.into_iter().map(hundredths)).collect();
    Confidence::new(hundredths(base), weights)
}

/// How reliable such weights are on documents they were not fitted to: each document's events with weights from all
/// other documents.
pub fn held_out(cases: &[Case]) -> Reliability {
    let documents: BTreeSet<&str> = cases.iter().map(|c| c.document.as_str()).collect();
    let mut judged = Vec::new();
    for document in documents {
        let others: Vec<&Case> = cases.iter().filter(|c| c.document != document).collect();
        let weights = fit(&others);
        judged.extend(cases.iter().filter(|c| c.document == document).map(|c| Judged {
            confidence: f64::from(weights.of(c.grounds.iter().map(String::as_str))),
            right: c.right,
        }));
    }
    reliability(&judged)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases(rows: &[(&str, usize, usize)]) -> Vec<Case> {
        let case = |ground: &str, right| Case { document: "d".into(), grounds: vec![ground.to_owned()], right };
        rows.iter()
            .flat_map(|&(ground, right, wrong)| {
                (0..right).map(move |_| case(ground, true)).chain((0..wrong).map(move |_| case(ground, false)))
            })
            .collect()
    }

    #[test]
    fn a_ground_gets_the_share_of_its_events_that_is_right() {
        let all = cases(&[("operator", 100, 300), ("phrase", 360, 40)]);
        let fitted = fit(&all.iter().collect::<Vec<_>>());
        for (ground, share) in [("operator", 0.25), ("phrase", 0.9)] {
            assert!((fitted.of([ground]) - share).abs() < 0.03, "{ground}: {}", fitted.of([ground]));
        }
    }

    #[test]
    fn a_ground_of_few_events_says_little() {
        let all = cases(&[("operator", 50, 50), ("phrase", 1, 0)]);
        let fitted = fit(&all.iter().collect::<Vec<_>>());
        assert!(fitted.of(["phrase"]) < 0.7, "{}", fitted.of(["phrase"]));
    }
}
