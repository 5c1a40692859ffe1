//! Options of `readout serve`.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::Args;

use super::MetaOptions;

const EXAMPLES: &str = "\
Examples:
  readout serve news.db
  readout serve news.db --open                      (and opens it in the browser)
  readout serve reports.jsonl                       (codes the reports, keeps nothing)
  readout serve news.db --host 0.0.0.0 --auth \"$TOKEN\"

Opens a web page on a store: search, reports with their events drawn into them, your own texts coded at once. The store is
only read; corrections stand in a file of their own, and nothing is asked of any other machine. Ctrl-C ends it.

Exit codes: 0 ended, 1 the files hold no text, 2 failed.";

/// Options of `readout serve`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Serve {
    /// A store; or files and folders of reports, which are coded into a store that is gone afterwards
    #[arg(value_name = "STORE", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Address to listen on; any but this machine's own (loopback) needs --auth
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(crate) host: IpAddr,
    /// Port to listen on; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 4747)]
    pub(crate) port: u16,
    /// Open the page in the browser
    #[arg(long)]
    pub(crate) open: bool,
    /// Token that browsers and programs must give
    #[arg(long, value_name = "TOKEN", value_parser = token)]
    pub(crate) auth: Option<String>,
    /// File that corrections are kept in [default, on loopback: STORE.corrections.jsonl]; for other machines none are taken
    /// without it
    #[arg(long, value_name = "FILE")]
    pub(crate) corrections: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) meta: MetaOptions,
}

fn token(text: &str) -> Result<String, String> {
    let least = readout_web::Explorer::SHORTEST_TOKEN;
    if text.chars().count() < least {
        return Err(format!("a token has at least {least} characters"));
    }
    Ok(text.to_owned())
}
