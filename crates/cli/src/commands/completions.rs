//! `readout completions`: scripts that complete the command line.

use std::io::{self, Write};

use clap::CommandFactory as _;

use crate::Outcome;
use crate::args::{Arguments, Completions};

/// Writes the script for a shell.
pub(crate) fn run(options: &Completions) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), "readout", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Outcome::Done)
}
