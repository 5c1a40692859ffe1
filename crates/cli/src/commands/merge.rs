//! `readout merge`: stores in, one store out.

use std::io::{self, IsTerminal as _};

use anyhow::bail;
use readout_store::{Added, Store};

use crate::Outcome;
use crate::args::Merge;
use crate::input::STDIN;
use crate::progress::Progress;
use crate::store::told;
use crate::view::table::counted;

/// Takes the parts into the store, one after another.
pub(crate) fn run(options: &Merge) -> anyhow::Result<Outcome> {
    let parts = options.parts.iter().map(|p| Store::open(p).map_err(told)).collect::<anyhow::Result<Vec<_>>>()?;
    let mut version = None;
    for part in &parts {
        version = version.or(part.version().map_err(told)?);
    }
    let Some(version) = version else { bail!("nothing to merge: the parts hold nothing") };
    let mut store = Store::open_or_create(&options.store, &version).map_err(told)?;
    let run = store.begin("merge", &version).map_err(told)?;
    let mut progress = (!options.quiet && io::stderr().is_terminal()).then(Progress::new);
    let mut added = Added::default();
    for part in &parts {
        let before = added;
        added += store
            .absorb(run, part, STDIN, |n| {
                if let Some(p) = &mut progress {
                    p.show(before.documents + n, before.events, None);
                }
            })
            .map_err(told)?;
    }
    store.link(options.days).map_err(told)?;
    store.finish(run).map_err(told)?;
    if let Some(p) = &mut progress {
        p.clear();
    }
    if !options.quiet {
        let (parts, documents) = (counted(parts.len(), "store"), counted(added.documents, "document"));
        let events = counted(added.events, "event");
        eprintln!("readout: took {documents} with {events} from {parts}; {} were there already", added.again);
    }
    Ok(Outcome::Done)
}
