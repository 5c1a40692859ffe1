//! Relations between two marked parties against hand annotation: macro-averaged F1 over binary, quad and root classes,
//! as in the published tables (Hu et al., ACL 2024), where YIELD stands for CONCEDE and RETREAT.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use readout_codebook::Codebook;
use readout_pipeline::{in_order, relater};
use readout_relate::Pair;
use readout_sources::{Input, Limits, open_pairs};
use readout_text::Span;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::ScoreError;

/// A pair with the type that annotators gave it.
pub struct GoldPair {
    /// Its identifier.
    pub id: String,
    /// The pair.
    pub pair: Pair,
    /// Its type, by today's name.
    pub kind: String,
}

/// What was answered for a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The type.
    pub kind: String,
    /// What it rests on, in words; empty where that is not known.
    pub reason: String,
}

/// The pairs of a file, where it holds pairs: JSON lines with `source`, `target` and `type`, or PLOVER's gold standard
/// records (a JSON list with `event`).
///
/// # Errors
/// Where it holds pairs and something that is none.
pub fn gold(path: &Path) -> Result<Option<Vec<GoldPair>>, ScoreError> {
    let wrong = |what: String| ScoreError::Wrong { path: path.to_owned(), what };
    let Ok(given) = fs::read_to_string(path) else { return Ok(None) };
    if given.trim_start().starts_with('[') {
        let records: Vec<Value> = serde_json::from_str(&given).map_err(|e| wrong(e.to_string()))?;
        let pairs: Vec<GoldPair> = records.iter().filter_map(record).collect();
        return Ok((!pairs.is_empty()).then_some(pairs));
    }
    let first: Value = given.lines().next().and_then(|line| serde_json::from_str(line).ok()).unwrap_or_default();
    if first.get("source").is_none() || first.get("type").is_none() {
        return Ok(None);
    }
    let mut out = Vec::new();
    for marked in open_pairs(&Input::Path(path.to_owned()), Limits::default()) {
        let marked = marked.map_err(|rejection| wrong(rejection.to_string()))?;
        let Some(kind) = marked.kind else { return Err(wrong(format!("record {} has no `type`", marked.id))) };
        let pair = Pair { text: marked.text, source: marked.source, target: marked.target };
        out.push(GoldPair { id: marked.id, pair, kind: today(&kind).to_owned() });
    }
    Ok(Some(out))
}

/// What readout answers for the pairs.
///
/// # Errors
/// Where a pair could not be answered.
pub fn answer(gold: &[GoldPair], threads: usize) -> Result<Vec<Option<Answer>>, ScoreError> {
    relater()?;
    let mut out = Vec::with_capacity(gold.len());
    in_order(
        || gold.iter(),
        threads,
        relater,
        |relater, g| relater.as_ref().ok().map(|r| r.relate(&g.pair)),
        |result| {
            let relation = result.flatten().ok_or(ScoreError::Fault)?;
            let rule = relation.reason.act.map(|a| format!(" {}", a.rule)).unwrap_or_default();
            let reason = format!("{}{rule}, {:.2}", relation.reason.basis.name(), relation.confidence);
            out.push(Some(Answer { kind: relation.kind, reason }));
            Ok::<_, ScoreError>(())
        },
    )?;
    Ok(out)
}

/// The answers to the pairs in a file that `readout relate` wrote.
///
/// # Errors
/// Where it cannot be read, or a line is no answer.
pub fn read(path: &Path, gold: &[GoldPair]) -> Result<Vec<Option<Answer>>, ScoreError> {
    let given = fs::read_to_string(path).map_err(|source| ScoreError::Unreadable { path: path.to_owned(), source })?;
    let mut by_id = BTreeMap::new();
    for (i, line) in given.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let one: Line = serde_json::from_str(line)
            .map_err(|e| ScoreError::Wrong { path: path.to_owned(), what: format!("line {}: {e}", i + 1) })?;
        by_id.insert(one.id, Answer { kind: one.kind, reason: String::new() });
    }
    Ok(gold.iter().map(|g| by_id.remove(&g.id)).collect())
}

#[derive(Deserialize)]
struct Line {
    id: String,
    #[serde(rename = "type")]
    kind: String,
}

/// Each pair's type with the one that was answered; empty where nothing was.
pub fn compared<'g>(gold: &'g [GoldPair], answers: &[Option<Answer>]) -> Vec<(&'g str, String)> {
    let kind = |answer: &Option<Answer>| answer.as_ref().map_or_else(String::new, |a| a.kind.clone());
    gold.iter().zip(answers).map(|(g, a)| (g.kind.as_str(), kind(a))).collect()
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
pub fn same(one: &str, other: &str) -> bool {
    root(one) == root(other)
}

/// A type whose quad class is that of the root class.
fn class(root: &str) -> &str {
    if root == "YIELD" { "RETREAT" } else { root }
}

/// Macro-averaged F1 and accuracy, per cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Level {
    /// Mean over the classes.
    pub macro_f1: f64,
    /// Share of pairs that are right.
    pub accuracy: f64,
}

/// F1 of one root class, per cent, and how many pairs have it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct ClassScore {
    /// Pairs of the gold that have it.
    pub gold: usize,
    /// Its F1.
    pub f1: f64,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PairScores {
    /// How many pairs.
    pub pairs: usize,
    /// Cooperation or conflict.
    pub binary: Level,
    /// The four quad classes.
    pub quad: Level,
    /// The root classes.
    pub root: Level,
    /// Each root class.
    pub types: BTreeMap<String, ClassScore>,
}

/// Scores pairs of gold type and answer; an answer that is missing (empty) counts as wrong.
pub fn score(answers: &[(&str, String)]) -> PairScores {
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
