//! `readout eval` on gold of attribution relations.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::{Context as _, bail};
use readout_record::formats::{Attributed, jsonl};
use readout_sources::open_unpacked;
use readout_text::Meta;
use serde::Serialize;

use crate::Outcome;
use crate::args::{Eval, ScoreFormat};
use crate::eval::errors::Class;
use crate::eval::relations::measures::{Scores, score};
use crate::eval::relations::{errors, join, report, stretches};
use crate::eval::report as lists;
use crate::parallel::{default_threads, in_order};
use crate::pipeline::{self, Pipeline, Sentences};
use crate::view::paint::Paint;
use crate::view::text::columns;

/// Scores and shows the scores.
pub(crate) fn run(options: &Eval) -> anyhow::Result<Outcome> {
    if options.baseline.is_some() || options.reliability || options.calibrate {
        bail!("gold of attribution relations has no events: no --baseline, --reliability or --calibrate");
    }
    let mut gold = Vec::new();
    for path in &options.gold {
        gold.extend(load(path)?);
    }
    let coded = match &options.pred {
        Some(path) => load(path)?,
        None => code(&gold, options.threads.map_or_else(default_threads, usize::from), options.read)?,
    };
    if let Some(path) = &options.save {
        save(path, &coded).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let pairs = join(&gold, &coded);
    let scores = score(&pairs);
    let classes = options.errors.then(|| errors::list(&pairs));
    let mut out = io::stdout().lock();
    match options.format {
        ScoreFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &Whole { scores: &scores, errors: classes.as_deref() })?;
            writeln!(out)?;
        }
        ScoreFormat::Table => {
            let paint = Paint::stdout(options.color);
            out.write_all(report::scores(&scores, paint).as_bytes())?;
            if let Some(classes) = &classes {
                write!(out, "\n{}", lists::errors(classes, "line", paint, columns()))?;
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
    errors: Option<&'a [Class]>,
}

fn load(path: &Path) -> anyhow::Result<Vec<Attributed>> {
    let file = open_unpacked(path).with_context(|| format!("cannot read {}", path.display()))?;
    let lines = jsonl::read::<Attributed>(file);
    let hint = || format!("{}: each line must be a document with `doc_id` and `attributions`", path.display());
    lines.map(|line| line.with_context(hint)).collect()
}

fn save(path: &Path, coded: &[Attributed]) -> anyhow::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for document in coded {
        serde_json::to_writer(&mut out, document)?;
        writeln!(out)?;
    }
    Ok(out.flush()?)
}

/// Codes the texts of the gold in the wide scope.
fn code(gold: &[Attributed], threads: usize, read: Sentences) -> anyhow::Result<Vec<Attributed>> {
    let pipeline = Pipeline::load()?.reading(read);
    let mut coded = Vec::new();
    in_order(
        || gold.iter(),
        threads,
        || pipeline.worker(),
        |worker, g| {
            let meta = Meta {
                id: g.doc_id.clone(),
                published: g.date.as_deref().and_then(|d| d.get(..10)?.parse().ok()),
                publisher: g.publisher.clone(),
                ..Meta::default()
            };
            let document = pipeline::document(g.text.as_bytes(), meta);
            let attributions = stretches(&document, &g.text, &worker.relations(&document));
            Attributed { doc_id: g.doc_id.clone(), attributions, ..Attributed::default() }
        },
        |result| {
            coded.push(result.context("a document could not be coded because of a fault in readout")?);
            anyhow::Ok(())
        },
    )?;
    Ok(coded)
}
