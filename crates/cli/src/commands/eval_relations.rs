//! `readout eval` on gold of attribution relations.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::{Context as _, bail};
use readout_pipeline::{Pipeline, default_threads};
use readout_record::formats::Attributed;
use readout_score::errors::Class;
use readout_score::relations::measures::{Scores, score};
use readout_score::relations::{self, errors, join};
use serde::Serialize;

use crate::Outcome;
use crate::args::{Eval, ScoreFormat};
use crate::view::paint::Paint;
use crate::view::text::columns;
use crate::view::{relation_scores, scores as lists};

/// Scores and shows the scores.
pub(crate) fn run(options: &Eval, gold: &[Attributed]) -> anyhow::Result<Outcome> {
    if options.baseline.is_some() || options.reliability || options.calibrate {
        bail!("gold of attribution relations has no events: no --baseline, --reliability or --calibrate");
    }
    let coded = match &options.pred {
        Some(path) => relations::read(path)?,
        None => {
            let threads = options.threads.map_or_else(default_threads, usize::from);
            relations::code(gold, &Pipeline::load()?.reading(options.read), threads)?
        }
    };
    if let Some(path) = &options.save {
        save(path, &coded).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let pairs = join(gold, &coded);
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
            out.write_all(relation_scores::scores(&scores, paint).as_bytes())?;
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

fn save(path: &Path, coded: &[Attributed]) -> anyhow::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for document in coded {
        serde_json::to_writer(&mut out, document)?;
        writeln!(out)?;
    }
    Ok(out.flush()?)
}
