//! Takes a command line; gives what it asks for: records, tables, explanations, scores. Holds flags and glue only; the
//! one place that opens files, writes to the terminal and sets the exit code.
//!
//! Exit codes: 0 all went well, 1 there was nothing to code, 2 something was rejected or failed (the rest was done).

mod archive;
mod args;
mod browser;
mod commands;
mod examples;
mod input;
mod log;
mod progress;
mod store;
mod view;

use std::io;
use std::process::ExitCode;

use clap::Parser as _;

use crate::args::{Arguments, Command};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a command ended; the number is the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All of it was done.
    Done = 0,
    /// There was nothing to do.
    Nothing = 1,
    /// Some of it was rejected or failed; the rest was done.
    Partial = 2,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match &arguments.command {
        Command::Code(options) => commands::code::run(options),
        Command::Add(options) => commands::add::run(options),
        Command::Check(options) => commands::check::run(options),
        Command::Query(options) => commands::query::run(options),
        Command::Serve(options) => commands::serve::run(options),
        Command::Merge(options) => commands::merge::run(options),
        Command::Recode(options) => commands::recode::run(options),
        Command::Relate(options) => commands::relate::run(options),
        Command::Explain(options) => commands::explain::run(options),
        Command::Eval(options) => commands::eval::run(options),
        Command::Dedupe(options) => commands::dedupe::run(options),
        Command::Export(options) => commands::export::run(options),
        Command::Fetch(options) => commands::fetch::run(options),
        Command::Stream(options) => commands::stream::run(options),
        Command::Codebook(options) => commands::codebook::run(options),
        Command::Completions(options) => commands::completions::run(options),
    };
    match result {
        Ok(outcome) => ExitCode::from(outcome as u8),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS, // the reader has seen enough
        Err(error) => {
            eprintln!("readout: {error:#}");
            ExitCode::from(Outcome::Partial as u8)
        }
    }
}

/// Whether whoever reads the output has stopped reading.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}
