//! `readout eval`: scores against hand annotation.

use std::io::{self, Write};

use anyhow::bail;
use readout_pipeline::{Pipeline, default_threads};
use readout_score::calibrate::{Case, fit, held_out};
use readout_score::causes::Causes;
use readout_score::errors::{self, Class};
use readout_score::measures::{Scores, score};
use readout_score::reliability::{Reliability, judged, reliability};
use readout_score::{Coded, Documents, Gold, code};
use serde::Serialize;

use super::{eval_pairs, eval_relations};
use crate::Outcome;
use crate::args::{Eval, ScoreFormat};
use crate::view::paint::Paint;
use crate::view::scores as table;
use crate::view::table::counted;
use crate::view::text::columns;

/// Scores and shows the scores.
pub(crate) fn run(options: &Eval) -> anyhow::Result<Outcome> {
    match Gold::read(&options.gold)? {
        Gold::Pairs(gold) => eval_pairs::run(options, &gold),
        Gold::Relations(gold) => eval_relations::run(options, &gold),
        Gold::Events(_) if options.save.is_some() => {
            bail!("--save is for gold of attribution relations; `readout code` writes records")
        }
        Gold::Events(gold) if gold.is_empty() => {
            eprintln!("readout: nothing to score: the gold holds no document");
            Ok(Outcome::Nothing)
        }
        Gold::Events(gold) => events(options, &gold),
    }
}

fn events(options: &Eval, gold: &Documents) -> anyhow::Result<Outcome> {
    let threads = options.threads.map_or_else(default_threads, usize::from);
    let pipeline = || anyhow::Ok(Pipeline::load()?.reading(options.read));
    if options.calibrate {
        return calibrate(gold, code(gold, &pipeline()?, threads)?);
    }
    let (coded, causes) = match &options.pred {
        Some(path) => (Documents::read(path)?, Causes::default()),
        None => {
            let coded = code(gold, &pipeline()?, threads)?;
            (coded.documents, coded.causes)
        }
    };
    let baseline = options.baseline.as_deref().map(Documents::read).transpose()?.map(|b| score(gold.join(&b)));
    let scores = score(gold.join(&coded));
    let classes = options.errors.then(|| errors::list(gold.join(&coded), &causes));
    let reliability = options.reliability.then(|| reliability(&judged(gold.join(&coded))));
    let mut out = io::stdout().lock();
    match options.format {
        ScoreFormat::Json => {
            let whole = Whole {
                scores: &scores,
                baseline: baseline.as_ref(),
                reliability: reliability.as_ref(),
                errors: classes.as_deref(),
            };
            serde_json::to_writer_pretty(&mut out, &whole)?;
            writeln!(out)?;
        }
        ScoreFormat::Table => {
            let paint = Paint::stdout(options.color);
            out.write_all(table::scores(&scores, baseline.as_ref(), paint).as_bytes())?;
            if let Some(reliability) = &reliability {
                write!(out, "\n{}", table::reliability(reliability, paint))?;
            }
            if let Some(classes) = &classes {
                write!(out, "\n{}", table::errors(classes, "sentence", paint, columns()))?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    scores: &'a Scores,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<&'a Scores>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reliability: Option<&'a Reliability>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<&'a [Class]>,
}

/// What stands above a fitted `confidence` block.
const CALIBRATED: &str = "\
# How sure an event is: log-odds that its type and the countries on both sides are as people code them, by what the
# coding rests on. The logistic function makes a probability of their sum. Fitted, not written by hand:
#
#   readout eval GOLD.jsonl MORE.jsonl --calibrate > codebook/confidence.txt
#
# does it for your own hand annotation. docs/accuracy.md shows how well it holds.
#
";

/// Prints the `confidence` block that fits the gold best.
fn calibrate(gold: &Documents, coded: Coded) -> anyhow::Result<Outcome> {
    let Coded { documents: coded, grounds, .. } = coded;
    let judged = judged(gold.join(&coded));
    let events = gold.all().iter().flat_map(|g| grounds.get(&g.id).into_iter().flatten().map(|e| (&g.id, e)));
    let cases: Vec<Case> = events
        .zip(&judged)
        .map(|((document, grounds), j)| Case { document: document.clone(), grounds: grounds.clone(), right: j.right })
        .collect();
    let mut out = io::stdout().lock();
    let held_out = held_out(&cases);
    writeln!(
        out,
        "{CALIBRATED}# Fitted to {} of {} documents; expected calibration error on documents held out: {:.3}\n",
        counted(cases.len(), "event"),
        gold.all().len(),
        held_out.ece
    )?;
    write!(out, "{}", fit(&cases.iter().collect::<Vec<_>>()).to_block())?;
    out.flush()?;
    Ok(Outcome::Done)
}
