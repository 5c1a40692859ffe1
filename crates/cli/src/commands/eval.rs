//! `readout eval`: scores against hand annotation.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::Path;

use anyhow::{Context as _, bail};
use readout_record::Record;
use readout_record::formats::{Annotated, jsonl};
use readout_text::Meta;
use serde::Serialize;

use crate::Outcome;
use crate::args::{Eval, ScoreFormat};
use crate::eval::errors::{self, Class};
use crate::eval::measures::{Scores, score};
use crate::eval::report;
use crate::parallel::{default_threads, in_order};
use crate::pipeline::{self, Pipeline};
use crate::view::paint::Paint;
use crate::view::text::columns;

/// Scores and shows the scores.
pub(crate) fn run(options: &Eval) -> anyhow::Result<Outcome> {
    let gold = load(&options.gold)?;
    if gold.is_empty() {
        eprintln!("readout: nothing to score: {} holds no document", options.gold.display());
        return Ok(Outcome::Nothing);
    }
    let coded = match &options.pred {
        Some(path) => load(path)?,
        None => code(&gold, options.threads.map_or_else(default_threads, usize::from))?,
    };
    let baseline = options.baseline.as_deref().map(load).transpose()?.map(|b| score(join(&gold, &b)));
    let scores = score(join(&gold, &coded));
    let classes = options.errors.then(|| errors::list(join(&gold, &coded)));
    let mut out = io::stdout().lock();
    match options.format {
        ScoreFormat::Json => {
            let whole = Whole { scores: &scores, baseline: baseline.as_ref(), errors: classes.as_deref() };
            serde_json::to_writer_pretty(&mut out, &whole)?;
            writeln!(out)?;
        }
        ScoreFormat::Table => {
            let paint = Paint::stdout(options.color);
            out.write_all(report::scores(&scores, baseline.as_ref(), paint).as_bytes())?;
            if let Some(classes) = &classes {
                write!(out, "\n{}", report::errors(classes, paint, columns()))?;
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

fn load(path: &Path) -> anyhow::Result<Documents> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut documents = Documents::default();
    for line in jsonl::read::<Annotated>(BufReader::new(file)) {
        match line {
            Ok(document) => documents.put(document),
            // A score over a part would be taken for one over the whole.
            Err(e) => {
                bail!("{}: {e}; each line must be a document with `id`, `events` and `attributions`", path.display())
            }
        }
    }
    Ok(documents)
}

/// Codes the sentences of the gold, kept as split.
fn code(gold: &Documents, threads: usize) -> anyhow::Result<Documents> {
    let pipeline = Pipeline::load()?;
    let mut coded = Documents::default();
    in_order(
        || gold.all.iter(),
        threads,
        || pipeline.worker(),
        |worker, g| {
            let document = pipeline::document_of_sentences(&g.sentences, meta(g));
            Annotated::from(&Record::new(&document, &worker.code(&document), pipeline.codebook_version()))
        },
        |result| {
            coded.put(result.context("a document could not be coded because of a fault in readout")?);
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
