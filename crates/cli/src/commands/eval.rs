//! `readout eval`: scores against hand annotation.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context as _, bail};
use readout_record::Record;
use readout_record::formats::{Annotated, jsonl};
use readout_sources::open_unpacked;
use readout_text::Meta;
use serde::Serialize;

use super::{eval_pairs, eval_relations};
use crate::Outcome;
use crate::args::{Eval, ScoreFormat};
use crate::eval::calibrate::{Case, fit, held_out};
use crate::eval::causes::{Causes, causes};
use crate::eval::errors::{self, Class};
use crate::eval::measures::{Scores, score};
use crate::eval::reliability::{Reliability, judged, reliability};
use crate::eval::{pairs, report};
use crate::parallel::{default_threads, in_order};
use crate::pipeline::{self, Explanation, Pipeline, Sentences};
use crate::view::paint::Paint;
use crate::view::table::counted;
use crate::view::text::columns;

/// Scores and shows the scores.
pub(crate) fn run(options: &Eval) -> anyhow::Result<Outcome> {
    if let [only] = options.gold.as_slice()
        && let Some(gold) = pairs::gold(only)?
    {
        return eval_pairs::run(options, &gold);
    }
    if options.gold.iter().map(|path| is_relations(path)).collect::<Result<Vec<_>, _>>()?.contains(&true) {
        return eval_relations::run(options);
    }
    if options.save.is_some() {
        bail!("--save is for gold of attribution relations; `readout code` writes records");
    }
    let mut gold = Documents::default();
    for path in &options.gold {
        load(path, &mut gold)?;
    }
    if gold.is_empty() {
        eprintln!("readout: nothing to score: the gold holds no document");
        return Ok(Outcome::Nothing);
    }
    let threads = options.threads.map_or_else(default_threads, usize::from);
    if options.calibrate {
        return calibrate(&gold, threads, options.read);
    }
    let (coded, causes) = match &options.pred {
        Some(path) => (loaded(path)?, Causes::default()),
        None => {
            let coded = code(&gold, threads, options.read)?;
            (coded.documents, coded.causes)
        }
    };
    let baseline = options.baseline.as_deref().map(loaded).transpose()?.map(|b| score(join(&gold, &b)));
    let scores = score(join(&gold, &coded));
    let classes = options.errors.then(|| errors::list(join(&gold, &coded), &causes));
    let reliability = options.reliability.then(|| reliability(&judged(join(&gold, &coded))));
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
            out.write_all(report::scores(&scores, baseline.as_ref(), paint).as_bytes())?;
            if let Some(reliability) = &reliability {
                write!(out, "\n{}", report::reliability(reliability, paint))?;
            }
            if let Some(classes) = &classes {
                write!(out, "\n{}", report::errors(classes, "sentence", paint, columns()))?;
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

/// Documents in the order in which their identifiers first occur; of two with one identifier the later one.
#[derive(Default)]
struct Documents {
    order: BTreeMap<String, usize>,
    all: Vec<Annotated>,
}

impl Documents {
    fn put(&mut self, document: Annotated) {
        match self.order.get(&document.id).and_then(|i| self.all.get_mut(*i)) {
            Some(slot) => *slot = document,
            None => {
                self.order.insert(document.id.clone(), self.all.len());
                self.all.push(document);
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    fn get(&self, id: &str) -> Option<&Annotated> {
        self.all.get(*self.order.get(id)?)
    }
}

fn loaded(path: &Path) -> anyhow::Result<Documents> {
    let mut documents = Documents::default();
    load(path, &mut documents)?;
    Ok(documents)
}

/// Adds the documents of a file.
fn load(path: &Path, documents: &mut Documents) -> anyhow::Result<()> {
    let file = open_unpacked(path).with_context(|| format!("cannot read {}", path.display()))?;
    for line in jsonl::read::<Annotated>(file) {
        match line {
            Ok(document) => documents.put(document),
            // A score over a part would be taken for one over the whole.
            Err(e) => {
                bail!("{}: {e}; each line must be a document with `id`, `events` and `attributions`", path.display())
            }
        }
    }
    Ok(())
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
fn calibrate(gold: &Documents, threads: usize, read: Sentences) -> anyhow::Result<Outcome> {
    let Coded { documents: coded, grounds, .. } = code(gold, threads, read)?;
    let judged = judged(join(gold, &coded));
    let events = gold.all.iter().flat_map(|g| grounds.get(&g.id).into_iter().flatten().map(|e| (&g.id, e)));
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
        gold.all.len(),
        held_out.ece
    )?;
    write!(out, "{}", fit(&cases.iter().collect::<Vec<_>>()).to_block())?;
    out.flush()?;
    Ok(Outcome::Done)
}

/// What was coded from the gold's sentences, and how that came about.
#[derive(Default)]
struct Coded {
    documents: Documents,
    /// Of each document, what each coded event rests on.
    grounds: BTreeMap<String, Vec<Vec<String>>>,
    /// Why words were not coded.
    causes: Causes,
}

/// Whether a file's first line is a document with attribution relations.
fn is_relations(path: &Path) -> anyhow::Result<bool> {
    let file = open_unpacked(path).with_context(|| format!("cannot read {}", path.display()))?;
    let first = jsonl::read::<serde_json::Value>(file).next();
    Ok(first.is_some_and(|line| line.is_ok_and(|v| v.get("doc_id").is_some())))
}

/// Codes the sentences of the gold, kept as split.
fn code(gold: &Documents, threads: usize, read: Sentences) -> anyhow::Result<Coded> {
    let pipeline = Pipeline::load()?.reading(read);
    let mut coded = Coded::default();
    in_order(
        || gold.all.iter(),
        threads,
        || pipeline.worker(),
        |worker, g| {
            let document = pipeline::document_of_sentences(&g.sentences, meta(g));
            let trees = worker.read(&document);
            let Explanation { coding, traces } = worker.explain(&document, &trees);
            let words = |e: &readout_coder::Event| trees.get(e.sentence).map_or(0, readout_syntax::Tree::len);
            let grounds: Vec<_> = coding.events.iter().map(|e| e.grounds(words(e))).collect();
            let causes = causes(&trees, &traces, pipeline.codebook());
            (Annotated::from(&Record::new(&document, &coding, pipeline.codebook_version())), grounds, causes)
        },
        |result| {
            let (document, grounds, causes) =
                result.context("a document could not be coded because of a fault in readout")?;
            coded.grounds.insert(document.id.clone(), grounds);
            coded.causes.add(&document.id, causes);
            coded.documents.put(document);
            anyhow::Ok(())
        },
    )?;
    Ok(coded)
}

fn meta(g: &Annotated) -> Meta {
    Meta {
        id: g.id.clone(),
        title: g.title.clone(),
        published: g.date.as_deref().and_then(|d| d.get(..10)?.parse().ok()),
        publisher: g.publisher.clone(),
        ..Meta::default()
    }
}

/// Each gold document with what was coded from it; one that was not coded counts as one with nothing found.
fn join<'a>(gold: &'a Documents, coded: &'a Documents) -> impl Iterator<Item = (&'a Annotated, &'a Annotated)> {
    static NOTHING: Annotated = Annotated::NOTHING;
    gold.all.iter().map(|g| (g, coded.get(&g.id).unwrap_or(&NOTHING)))
}
