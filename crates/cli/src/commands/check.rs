//! `readout check`: whether a store is sound, and what it holds.

use readout_store::Store;

use crate::Outcome;
use crate::args::Check;
use crate::store::told;
use crate::view::table::counted;

/// Checks the store and prints what it holds.
pub(crate) fn run(options: &Check) -> anyhow::Result<Outcome> {
    let store = Store::open(&options.store).map_err(told)?;
    store.check().map_err(told)?;
    let c = store.contents().map_err(told)?;
    let n = |n: u64, what: &str| counted(usize::try_from(n).unwrap_or(usize::MAX), what);
    println!("{}: sound", options.store.display());
    println!("  {} ({} of them repeat another)", n(c.documents, "document"), c.copies);
    println!("  {} that tell of {}", n(c.events, "mention"), n(c.acts, "act"));
    println!("  {}", n(c.attributions, "attribution"));
    println!("  {} of the inputs ({} rejected)", n(c.outcomes, "record"), c.rejected);
    if let Some(v) = store.version().map_err(told)? {
        println!(
            "  coded by readout {}, model {:.12}, actors {}, codebook {}",
            v.program, v.model, v.actors, v.codebook
        );
        println!("  sentences read: {}", v.reading);
    }
    println!("  hash {}", c.hash);
    Ok(Outcome::Done)
}
