//! How sure a coded event is, from what it rests on: a logistic model whose weights stand in the codebook.

use std::collections::BTreeMap;

use crate::block::{Block, Line};
use crate::finding::{Findings, did_you_mean};
use crate::ontology::Ontology;
use crate::status::Status;

/// What may stand before a weight, besides `type NAME` and `status NAME`.
const GROUNDS: [&str; 13] = [
    "base",
    "actor missing",
    "actor unknown",
    "actor inferred",
    "actor several",
    "recipient missing",
    "recipient unknown",
    "recipient inferred",
    "recipient several",
    "operator",
    "phrase",
    "reported",
    "long",
];

/// Log-odds by ground: what an event rests on adds up, and the logistic function makes a probability of the sum.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Confidence {
    base: f32,
    weights: BTreeMap<String, f32>,
}

impl Confidence {
    /// With these weights; `base` counts for every event.
    pub fn new(base: f32, weights: BTreeMap<String, f32>) -> Self {
        Confidence { base, weights }
    }

    /// The probability, between 0 and 1 and rounded to hundredths, that an event on these grounds is as people code it.
    /// Grounds without a weight count nothing.
    pub fn of<'a>(&self, grounds: impl IntoIterator<Item = &'a str>) -> f32 {
        let sum = grounds.into_iter().filter_map(|g| self.weights.get(g)).fold(self.base, |sum, w| sum + w);
        let p = 1.0 / (1.0 + (-sum).exp());
        (p * 100.0).round() / 100.0
    }

    /// As a block of a codebook file.
    pub fn to_block(&self) -> String {
        let rows = self.weights.iter().map(|(ground, w)| format!("  {ground:20} {w:6.2}\n"));
        format!("confidence\n  {:20} {:6.2}\n{}", "base", self.base, rows.collect::<String>())
    }
}

/// Reads the block `confidence`.
pub(crate) fn read(blocks: &[Block], ontology: &Ontology, findings: &mut Findings) -> Confidence {
    let mut confidence = Confidence::default();
    for line in blocks.iter().filter(|b| b.kind == "confidence").flat_map(|b| &b.lines) {
        let Some((ground, weight)) = weight(line, ontology, findings) else { continue };
        if ground == "base" {
            confidence.base = weight;
        } else if confidence.weights.insert(ground.clone(), weight).is_some() {
            findings.error(&line.place, format!("`{ground}` stands twice"), "remove one");
        }
    }
    confidence
}

/// `GROUND NUMBER`.
fn weight(line: &Line, ontology: &Ontology, findings: &mut Findings) -> Option<(String, f32)> {
    let Some((ground, number)) = line.text.rsplit_once(char::is_whitespace) else {
        findings.error(&line.place, format!("`{}` has no weight", line.text), "write `GROUND NUMBER`");
        return None;
    };
    let ground = ground.split_whitespace().collect::<Vec<_>>().join(" ");
    let known = match ground.split_once(' ') {
        Some(("type", name)) => ontology.kind(name).is_some(),
        Some(("status", name)) => Status::ALL.iter().any(|(_, n)| *n == name),
        _ => GROUNDS.contains(&ground.as_str()),
    };
    if !known {
        findings.error(&line.place, format!("unknown ground `{ground}`"), did_you_mean(&ground, GROUNDS));
        return None;
    }
    match number.parse::<f32>().ok().filter(|w| w.is_finite()) {
        Some(weight) => Some((ground, weight)),
        None => {
            findings.error(&line.place, format!("`{number}` is no number"), "give log-odds, such as -0.4");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grounds_add_up_in_log_odds() {
        let weights = BTreeMap::from([("operator".to_owned(), -1.0), ("phrase".to_owned(), 3.0)]);
        let c = Confidence::new(0.0, weights);
        for (grounds, p) in [(&[][..], 0.5), (&["operator"], 0.27), (&["operator", "phrase"], 0.88), (&["else"], 0.5)] {
            assert!((c.of(grounds.iter().copied()) - p).abs() < 0.001, "{grounds:?}");
        }
    }
}
