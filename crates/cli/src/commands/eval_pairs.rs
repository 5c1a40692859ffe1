//! `readout eval` on pairs of marked parties: relations against hand annotation.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anyhow::Context as _;
use serde::Serialize;

use crate::Outcome;
use crate::args::{Eval, ScoreFormat};
use crate::eval::pairs::{self, GoldPair, PairScores};
use crate::parallel::{default_threads, in_order};
use crate::pipeline;
use crate::view::text::visible;

/// Scores the pairs and shows the scores.
pub(crate) fn run(options: &Eval, gold: &[GoldPair]) -> anyhow::Result<Outcome> {
    let answers: Vec<Option<Answered>> = match &options.pred {
        Some(path) => {
            let mut by_id = read(path)?;
            gold.iter().map(|g| by_id.remove(&g.id)).collect()
        }
        None => answer(gold, options.threads.map_or_else(default_threads, usize::from))?,
    };
    let kind = |answer: &Option<Answered>| answer.as_ref().map_or_else(String::new, |a| a.kind.clone());
    let answered: Vec<(&str, String)> = gold.iter().zip(&answers).map(|(g, a)| (g.kind.as_str(), kind(a))).collect();
    let scores = pairs::score(&answered);
    let wrong = gold.iter().zip(&answers).filter(|(g, a)| !pairs::same(&g.kind, &kind(a)));
    let errors: Option<Vec<Miss>> = options.errors.then(|| wrong.map(|(g, a)| Miss::new(g, a.as_ref())).collect());
    let mut out = io::stdout().lock();
    match options.format {
        ScoreFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &Whole { scores: &scores, errors: errors.as_deref() })?;
            writeln!(out)?;
        }
        ScoreFormat::Table => {
            write!(out, "{}", pairs::table(&scores))?;
            for miss in errors.iter().flatten() {
                let coded = miss.coded.as_deref().unwrap_or("nothing");
                writeln!(out, "\n{} gold {}, answered {coded} ({})", miss.id, miss.gold, miss.reason)?;
                writeln!(out, "    {}", visible(&miss.text))?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    scores: &'a PairScores,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<&'a [Miss]>,
}

/// A wrong answer; in the text the source stands in `[ ]`, the target in `{ }`.
#[derive(Serialize)]
struct Miss {
    id: String,
    gold: String,
    coded: Option<String>,
    reason: String,
    text: String,
}

impl Miss {
    fn new(gold: &GoldPair, answer: Option<&Answered>) -> Self {
        let pair = &gold.pair;
        let mut marks: Vec<(usize, char)> = Vec::new();
        for (spans, open, close) in [(&pair.source, '[', ']'), (&pair.target, '{', '}')] {
            marks.extend(spans.iter().flat_map(|s| [(s.start, open), (s.end, close)]));
        }
        marks.sort_by_key(|&(at, c)| (at, matches!(c, '[' | '{')));
        let (mut text, mut last) = (String::new(), 0);
        for (at, mark) in marks {
            text.push_str(pair.text.get(last..at).unwrap_or_default());
            text.push(mark);
            last = at;
        }
        text.push_str(pair.text.get(last..).unwrap_or_default());
        Miss {
            id: gold.id.clone(),
            gold: gold.kind.clone(),
            coded: answer.map(|a| a.kind.clone()),
            reason: answer.map_or_else(String::new, |a| a.reason.clone()),
            text,
        }
    }
}

struct Answered {
    kind: String,
    reason: String,
}

fn answer(gold: &[GoldPair], threads: usize) -> anyhow::Result<Vec<Option<Answered>>> {
    pipeline::relater()?;
    let mut out = Vec::with_capacity(gold.len());
    in_order(
        || gold.iter(),
        threads,
        pipeline::relater,
        |relater, g| relater.as_ref().ok().map(|r| r.relate(&g.pair)),
        |result| {
            let relation = result.flatten().context("a pair could not be answered because of a fault in readout")?;
            let rule = relation.reason.act.map(|a| format!(" {}", a.rule)).unwrap_or_default();
            let reason = format!("{}{rule}, {:.2}", relation.reason.basis.name(), relation.confidence);
            out.push(Some(Answered { kind: relation.kind, reason }));
            anyhow::Ok(())
        },
    )?;
    Ok(out)
}

/// The answers that `readout relate` wrote.
fn read(path: &std::path::Path) -> anyhow::Result<BTreeMap<String, Answered>> {
    let given = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut out = BTreeMap::new();
    for (i, line) in given.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let one: Line = serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), i + 1))?;
        out.insert(one.id, Answered { kind: one.kind, reason: String::new() });
    }
    Ok(out)
}

#[derive(serde::Deserialize)]
struct Line {
    id: String,
    #[serde(rename = "type")]
    kind: String,
}
