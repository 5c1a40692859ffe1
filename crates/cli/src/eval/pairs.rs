//! Relations between two marked parties against hand annotation: macro-averaged F1 over binary, quad and root classes,
//! as in the published tables (Hu et al., ACL 2024), where YIELD stands for CONCEDE and RETREAT.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use readout_codebook::Codebook;
use readout_relate::Pair;
use readout_sources::{Input, Limits, open_pairs};
use readout_text::Span;
use serde::Serialize;
use serde_json::Value;

/// A pair with the type that annotators gave it.
pub(crate) struct GoldPair {
    pub id: String,
    pub pair: Pair,
    pub kind: String,
}

/// The pairs of a file, where it holds pairs: JSON lines with `source`, `target` and `type`, or PLOVER's gold standard
/// records (a JSON list with `event`).
pub(crate) fn gold(path: &Path) -> anyhow::Result<Option<Vec<GoldPair>>> {
    let Ok(given) = std::fs::read_to_string(path) else { return Ok(None) };
    if given.trim_start().starts_with('[') {
        let records: Vec<Value> = serde_json::from_str(&given).with_context(|| path.display().to_string())?;
        let pairs: Vec<GoldPair> = records.iter().filter_map(record).collect();
        return Ok((!pairs.is_empty()).then_some(pairs));
    }
    let first: Value = given.lines().next().and_then(|line| serde_json::from_str(line).ok()).unwrap_or_default();
    if first.get("source").is_none() || first.get("type").is_none() {
        return Ok(None);
    }
    let mut out = Vec::new();
    for marked in open_pairs(&Input::Path(path.to_owned()), Limits::default()) {
        let marked = marked?;
        let Some(kind) = marked.kind else { bail!("{}: record {} has no `type`", path.display(), marked.id) };
        let pair = Pair { text: marked.text, source: marked.source, target: marked.target };
        out.push(GoldPair { id: marked.id, pair, kind: today(&kind).to_owned() });
    }
    Ok(Some(out))
}

/// One of PLOVER's gold standard records; its parties are given by their words.
fn record(value: &Value) -> Option<GoldPair> {
    let string = |field: &str| value.get(field).and_then(Value::as_str).unwrap_or_default();
    let (text, kind) = (string("text"), today(string("event")));
    if text.is_empty() || Codebook::embedded().ontology.quad(class(kind)) == 0 && kind != "YIELD" {
        return None;
    }
    let side = |field: &str| -> Vec<Span> {
        let parties = value.get(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        parties.iter().filter_map(|party| find(text, party.get("actorText")?.as_str()?)).collect()
    };
    let pair = Pair { text: text.to_owned(), source: side("source"), target: side("target") };
    Some(GoldPair { id: string("id").to_owned(), pair, kind: kind.to_owned() })
}

/// Where a party's words stand in the text; where they do not stand there as given, its first word that does.
fn find(text: &str, words: &str) -> Option<Span> {
    let at = |part: &str| text.find(part).map(|start| Span::new(start, start + part.len()));
    let words = words.trim();
    if words.is_empty() {
        return None;
    }
    at(words).or_else(|| words.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|w| w.len() > 1).find_map(at))
}

/// Today's name of a type that older versions of PLOVER named otherwise.
fn today(kind: &str) -> &str {
    match kind {
        "DEMAND" => "REQUEST",
        "DISAPPROVE" | "INVESTIGATE" => "ACCUSE",
        "FIGHT" => "ASSAULT",
        kind => kind,
    }
}

/// The root class of a type.
fn root(kind: &str) -> &str {
    if matches!(kind, "CONCEDE" | "RETREAT") { "YIELD" } else { kind }
}

/// Whether two types are one root class.
pub(crate) fn same(one: &str, other: &str) -> bool {
    root(one) == root(other)
}

/// A type whose quad class is that of the root class.
fn class(root: &str) -> &str {
    if root == "YIELD" { "RETREAT" } else { root }
}

/// Macro-averaged F1 and accuracy, per cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Level {
    pub macro_f1: f64,
    pub accuracy: f64,
}

/// F1 of one root class, per cent, and how many pairs have it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(crate) struct ClassScore {
    pub gold: usize,
    pub f1: f64,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct PairScores {
    pub pairs: usize,
    pub binary: Level,
    pub quad: Level,
    pub root: Level,
    pub types: BTreeMap<String, ClassScore>,
}

/// Scores pairs of gold type and answer; an answer that is missing (empty) counts as wrong.
pub(crate) fn score(answers: &[(&str, String)]) -> PairScores {
    let ontology = &Codebook::embedded().ontology;
    let roots: Vec<(String, String)> = answers.iter().map(|(g, p)| (root(g).to_owned(), root(p).to_owned())).collect();
    let quad = |kind: &str| ontology.quad(class(kind));
    let level = |of: &dyn Fn(&str) -> String| macro_f1(&roots.iter().map(|(g, p)| (of(g), of(p))).collect::<Vec<_>>());
    PairScores {
        pairs: answers.len(),
        binary: level(&|kind| quad(kind).div_ceil(2).to_string()).0,
        quad: level(&|kind| quad(kind).to_string()).0,
        root: level(&|kind| kind.to_owned()).0,
        types: level(&|kind| kind.to_owned()).1,
    }
}

fn macro_f1(pairs: &[(String, String)]) -> (Level, BTreeMap<String, ClassScore>) {
    let mut per: BTreeMap<String, ClassScore> = BTreeMap::new();
    for (gold, _) in pairs {
        per.entry(gold.clone()).or_default().gold += 1;
    }
    for (class, score) in &mut per {
        let both = pairs.iter().filter(|(g, p)| g == class && p == class).count();
        let one = pairs.iter().filter(|(g, p)| (g == class) != (p == class)).count();
        score.f1 = if both == 0 { 0.0 } else { 200.0 * both as f64 / (2 * both + one) as f64 };
    }
    let right = pairs.iter().filter(|(g, p)| g == p).count();
    let mean = per.values().map(|s| s.f1).sum::<f64>() / per.len().max(1) as f64;
    (Level { macro_f1: mean, accuracy: 100.0 * right as f64 / pairs.len().max(1) as f64 }, per)
}

/// The scores as a table.
pub(crate) fn table(scores: &PairScores) -> String {
    let mut out = format!("{} pairs\n{:10} {:>8} {:>9}\n", scores.pairs, "", "macro F1", "accuracy");
    for (name, level) in [("binary", scores.binary), ("quad", scores.quad), ("root", scores.root)] {
        let _ = writeln!(out, "{name:10} {:8.1} {:9.1}", level.macro_f1, level.accuracy);
    }
    for (kind, score) in &scores.types {
        let _ = writeln!(out, "  {kind:10} {:6.1}   gold {}", score.f1, score.gold);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn concessions_and_retreats_are_one_class() {
        let scores = score(&[("YIELD", "CONCEDE".into()), ("RETREAT", "CONCEDE".into()), ("AID", String::new())]);
        assert_eq!((scores.pairs, scores.types["YIELD"].f1, scores.types["AID"].f1), (3, 100.0, 0.0));
        assert_eq!((scores.root.macro_f1, scores.quad.macro_f1), (50.0, 80.0));
    }

    #[test]
    fn parties_of_records_are_found_by_their_words() {
        let given = serde_json::json!({"id": "1", "event": "DEMAND", "text": "Oman asked Peruvian and Chilean ships to leave.",
            "source": [{"actorText": "Oman"}], "target": [{"actorText": "Peruvian ... ships"}, {"actorText": "Chilean ships"}]});
        let found = record(&given).unwrap();
        assert_eq!(found.kind, "REQUEST");
        let target: Vec<&str> = found.pair.target.iter().map(|s| s.of(&found.pair.text)).collect();
        assert_eq!(target, ["Peruvian", "Chilean ships"]);
        assert!(record(&serde_json::json!({"event": "DOCUMENT", "text": "None."})).is_none());
    }
}
