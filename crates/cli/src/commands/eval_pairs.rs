//! `readout eval` on pairs of marked parties: relations against hand annotation.

use std::io::{self, Write};

use readout_pipeline::default_threads;
use readout_score::pairs::{self, Answer, GoldPair, PairScores};
use serde::Serialize;

use crate::Outcome;
use crate::args::{Eval, ScoreFormat};
use crate::view::pair_scores;
use crate::view::text::visible;

/// Scores the pairs and shows the scores.
pub(crate) fn run(options: &Eval, gold: &[GoldPair]) -> anyhow::Result<Outcome> {
    let answers = match &options.pred {
        Some(path) => pairs::read(path, gold)?,
        None => pairs::answer(gold, options.threads.map_or_else(default_threads, usize::from))?,
    };
    let compared = pairs::compared(gold, &answers);
    let scores = pairs::score(&compared);
    let all = gold.iter().zip(&answers).zip(&compared);
    let wrong = all.filter(|(_, (kind, answer))| !pairs::same(kind, answer)).map(|(one, _)| one);
    let errors: Option<Vec<Miss>> = options.errors.then(|| wrong.map(|(g, a)| Miss::new(g, a.as_ref())).collect());
    let mut out = io::stdout().lock();
    match options.format {
        ScoreFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &Whole { scores: &scores, errors: errors.as_deref() })?;
            writeln!(out)?;
        }
        ScoreFormat::Table => {
            write!(out, "{}", pair_scores::scores(&scores))?;
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
    fn new(gold: &GoldPair, answer: Option<&Answer>) -> Self {
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
