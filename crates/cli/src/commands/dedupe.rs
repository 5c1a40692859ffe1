//! `readout dedupe`: records in, the same records out with the mentions of one act linked.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Write};
use std::path::Path;

use anyhow::Context as _;
use readout_record::formats::jsonl;
use readout_record::{Reach, Record, link};

use crate::Outcome;
use crate::args::Dedupe;
use crate::view::table::counted;

/// Links the acts of all records of the files.
pub(crate) fn run(options: &Dedupe) -> anyhow::Result<Outcome> {
    let (mut records, mut failed) = (Vec::new(), 0);
    let stdin = [Path::new("-").to_path_buf()];
    let files = if options.files.is_empty() { &stdin[..] } else { &options.files };
    if options.files.is_empty() && io::stdin().is_terminal() {
        eprintln!("readout: reading records from standard input; end it with Ctrl-D, or give files");
    }
    for path in files {
        failed += read(path, &mut records);
    }
    if records.is_empty() && failed == 0 {
        eprintln!("readout: nothing to link: the input holds no record");
        return Ok(Outcome::Nothing);
    }
    let reach = if options.within { Reach::Document } else { Reach::Days(options.days) };
    let counts = link(&mut records, reach);
    let mut out: Box<dyn Write> = match &options.output {
        Some(path) => {
            Box::new(BufWriter::new(File::create(path).with_context(|| format!("cannot write {}", path.display()))?))
        }
        None => Box::new(BufWriter::new(io::stdout().lock())),
    };
    for record in &mut records {
        if options.first_only {
            record.events.retain(|e| e.same_as.is_none());
        }
        jsonl::write(&mut out, record)?;
    }
    out.flush()?;
    if !options.quiet {
        eprintln!(
            "readout: {} tell of {} in {}",
            counted(counts.mentions, "mention"),
            counted(counts.acts, "act"),
            counted(records.len(), "document")
        );
    }
    Ok(if failed > 0 { Outcome::Partial } else { Outcome::Done })
}

/// Adds the records of a file; says what is wrong with a line and goes on. Gives how many lines or files failed.
fn read(path: &Path, into: &mut Vec<Record>) -> usize {
    let input: Box<dyn BufRead> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        match File::open(path) {
            Ok(file) => Box::new(BufReader::new(file)),
            Err(e) => {
                eprintln!("readout: {}: {e}; give files that `readout code --output` wrote", path.display());
                return 1;
            }
        }
    };
    let mut failed = 0;
    for line in jsonl::read::<Record>(input) {
        match line {
            Ok(record) => into.push(record),
            Err(e) => {
                failed += 1;
                eprintln!("readout: {}: {e}; each line must be a record as `readout code` writes it", path.display());
            }
        }
    }
    failed
}
