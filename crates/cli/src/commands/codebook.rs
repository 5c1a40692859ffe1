//! `readout codebook`: what is wrong with a codebook's files, whether its examples come out, what its operators do.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context as _, bail};
use readout_codebook::{Codebook, Finding, Severity, summary};

use crate::Outcome;
use crate::args::{Codebook as Options, CodebookCommand};
use crate::examples;
use crate::view::operators;
use crate::view::table::counted;

/// Folders within folders that are looked into.
const DEEPEST: usize = 8;
/// Bytes of a file that are read; a longer one is no codebook file.
const LONGEST_FILE: u64 = 4 << 20;

/// Runs a command on the codebook.
pub(crate) fn run(options: &Options) -> anyhow::Result<Outcome> {
    match &options.command {
        CodebookCommand::Check { dir: None, no_examples } => {
            check(Codebook::embedded(), Codebook::embedded_findings(), !no_examples)
        }
        CodebookCommand::Check { dir: Some(dir), no_examples } => {
            let (book, findings) = read(dir)?;
            check(&book, &findings, !no_examples)
        }
        CodebookCommand::Operators { dir: None } => show_operators(Codebook::embedded()),
        CodebookCommand::Operators { dir: Some(dir) } => show_operators(&read(dir)?.0),
    }
}

fn show_operators(book: &Codebook) -> anyhow::Result<Outcome> {
    let mut out = io::stdout().lock();
    out.write_all(operators::table(book).as_bytes())?;
    out.flush()?;
    Ok(Outcome::Done)
}

/// A codebook of one's own that has no errors.
pub(crate) fn sound(dir: &Path) -> anyhow::Result<Codebook> {
    let (book, findings) = read(dir)?;
    match findings.iter().find(|f| f.severity == Severity::Error) {
        Some(finding) => bail!("{finding}; `readout codebook check {}` tells all", dir.display()),
        None => Ok(book),
    }
}

/// Compiles the files of a folder.
fn read(dir: &Path) -> anyhow::Result<(Codebook, Vec<Finding>)> {
    let mut files = Vec::new();
    gather(dir, "", 0, &mut files)?;
    if files.is_empty() {
        bail!("{}: no .txt file there; give the folder that holds ontology.txt and acts/", dir.display());
    }
    Ok(Codebook::from_files(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))))
}

fn check(book: &Codebook, findings: &[Finding], with_examples: bool) -> anyhow::Result<Outcome> {
    let mut out = io::stdout().lock();
    for finding in findings {
        writeln!(out, "{finding}")?;
    }
    let errors = findings.iter().filter(|f| f.severity == Severity::Error).count();
    let mut failed = 0;
    writeln!(out, "{}", summary(book))?;
    if with_examples {
        let examples = examples::run(book)?;
        failed = examples.failures.len();
        examples.failures.iter().try_for_each(|f| writeln!(out, "{f}"))?;
        writeln!(out, "{} run, {failed} failed", counted(examples.run, "example"))?;
    }
    writeln!(out, "{}, {}", counted(errors, "error"), counted(findings.len().saturating_sub(errors), "warning"))?;
    out.flush()?;
    Ok(if errors + failed > 0 { Outcome::Partial } else { Outcome::Done })
}

/// Puts the text files below `dir`, named by their path within the codebook, sorted.
fn gather(dir: &Path, prefix: &str, depth: usize, files: &mut Vec<(String, String)>) -> anyhow::Result<()> {
    let entries = fs::read_dir(dir).with_context(|| format!("cannot read the folder {}", dir.display()))?;
    let mut paths = entries.map(|e| e.map(|e| e.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        let Some(name) = path.file_name().and_then(|n| n.to_str()) else { continue };
        let name = format!("{prefix}{name}");
        if path.is_dir() && depth < DEEPEST {
            gather(&path, &format!("{name}/"), depth + 1, files)?;
        } else if name.ends_with(".txt") {
            let size = fs::metadata(&path)?.len();
            if size > LONGEST_FILE {
                bail!("{}: {size} bytes; a codebook file has at most {LONGEST_FILE}", path.display());
            }
            let text = fs::read_to_string(&path).with_context(|| format!("{}: not UTF-8 text", path.display()))?;
            files.push((name, text));
        }
    }
    Ok(())
}
