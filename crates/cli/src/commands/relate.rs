//! `readout relate`: pairs in, the best relation for each out.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use anyhow::Context as _;
use readout_pipeline::{default_threads, in_order, relater};
use readout_relate::{Answer, Pair};
use readout_sources::{Input, Limits, MarkedPair, Rejection, open_pairs};

use crate::Outcome;
use crate::args::Relate;
use crate::input;

/// Answers for each pair and says what was rejected.
pub(crate) fn run(options: &Relate) -> anyhow::Result<Outcome> {
    let input = options.file.clone().map_or(Input::Stdin, Input::from);
    if input == Input::Stdin && io::stdin().is_terminal() {
        eprintln!("readout: reading standard input; end it with Ctrl-D, or give a file (readout relate --help)");
    }
    relater()?; // trouble with the weights shows here, not in each thread
    let mut out = output(options.output.as_deref())?;
    let threads = options.threads.map_or_else(default_threads, usize::from);
    let (mut answered, mut rejected, mut empty) = (0, 0, false);
    in_order(
        || open_pairs(&input, Limits::default()),
        threads,
        relater,
        |relater, incoming: Result<MarkedPair, Rejection>| -> anyhow::Result<Result<String, Rejection>> {
            let marked = match incoming {
                Ok(marked) => marked,
                Err(rejection) => return Ok(Err(rejection)),
            };
            let relater = relater.as_ref().map_err(|e| anyhow::anyhow!("{e:#}"))?;
            let pair = Pair { text: marked.text.clone(), source: marked.source.clone(), target: marked.target.clone() };
            Ok(Ok(serde_json::to_string(&Answer::new(&marked.id, &marked.text, &relater.relate(&pair)))?))
        },
        |result| -> anyhow::Result<()> {
            match result {
                Some(answer) => match answer? {
                    Ok(line) => {
                        writeln!(out, "{line}")?;
                        answered += 1;
                    }
                    Err(rejection) => {
                        eprintln!("readout: {}", input::message(&rejection));
                        empty |= input::is_empty(&rejection);
                        rejected += 1;
                    }
                },
                None => {
                    eprintln!(
                        "readout: pair {} could not be answered because of a fault in readout",
                        answered + rejected + 1
                    );
                    rejected += 1;
                }
            }
            Ok(())
        },
    )?;
    out.flush()?;
    if answered == 0 && rejected == usize::from(empty) {
        return Ok(Outcome::Nothing);
    }
    if rejected > 0 && !options.quiet {
        eprintln!("readout: {answered} answered, {rejected} rejected");
    }
    Ok(if rejected > 0 { Outcome::Partial } else { Outcome::Done })
}

fn output(path: Option<&Path>) -> anyhow::Result<Box<dyn Write>> {
    Ok(match path {
        Some(path) => {
            Box::new(BufWriter::new(File::create(path).with_context(|| format!("cannot write {}", path.display()))?))
        }
        None => Box::new(BufWriter::new(io::stdout().lock())),
    })
}
