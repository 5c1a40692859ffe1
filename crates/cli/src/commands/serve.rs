//! `readout serve`: the explorer of a store, or of files that are coded first.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use readout_codebook::Codebook;
use readout_pipeline::{Coded as Read, Pipeline, Sentences, coded, guarded};
use readout_record::Record;
use readout_sources::{Options, Place, Raw, Rejection};
use readout_store::Stored;
use readout_store::corrections::Ledger;
use readout_text::{Document, Meta, Origin};
use readout_web::{Code, Coded, Explorer, Given, Limits, Rejected, Sent, Settings, WebError};

use super::explain::reading;
use super::{add, recode};
use crate::Outcome;
use crate::args::{Add, MetaOptions, Serve};
use crate::browser;
use crate::examples;
use crate::store::is_store;

/// Bytes of a store from which on it is said that opening takes a while.
const LARGE: u64 = 100 << 20;

/// Serves until it is told to stop.
pub(crate) fn run(options: &Serve) -> anyhow::Result<Outcome> {
    let opened = Opened::new(options)?;
    let Some(store) = &opened.store else { return Ok(Outcome::Nothing) };
    let corrections = corrections(options, &opened);
    let settings = Settings { limits: Limits::default(), token: options.auth.clone(), corrections };
    let coder = Live(Pipeline::load()?);
    if let Some(megabytes) = large(store) {
        eprintln!("readout: loading what is counted of {megabytes} MB ...");
    }
    let explorer = Explorer::open(store, Some(Box::new(coder)), settings).map_err(told)?;
    let listener = explorer.listen(SocketAddr::new(options.host, options.port)).map_err(told)?;
    let address = listener.local_addr()?;
    eprintln!("readout: open http://{address}/ in a browser; Ctrl-C ends it");
    if options.open {
        browser::open(address);
    }
    explorer.serve(listener).map_err(told)?;
    Ok(Outcome::Done)
}

/// Where corrections are kept: in the file that is named; else, where nobody but this machine can ask, beside the store.
/// Beside a store that is gone afterwards, and for other machines, none are taken unless a file is named.
fn corrections(options: &Serve, opened: &Opened) -> Option<PathBuf> {
    let beside = || opened.store.as_deref().map(|store| Ledger::beside(store).path().to_owned());
    let is_own = options.host.is_loopback() && opened.folder.is_none();
    options.corrections.clone().or_else(|| beside().filter(|_| is_own))
}

/// Megabytes of a store that takes a while to open.
fn large(store: &Path) -> Option<u64> {
    let bytes = store.metadata().ok()?.len();
    (bytes > LARGE).then_some(bytes >> 20)
}

fn told(error: WebError) -> anyhow::Error {
    anyhow::anyhow!("{error}; {}", error.hint())
}

/// The store to be shown, and the folder it lies in where that goes away with it.
struct Opened {
    /// `None` where the files held nothing.
    store: Option<PathBuf>,
    folder: Option<tempfile::TempDir>,
}

impl Opened {
    fn new(options: &Serve) -> anyhow::Result<Opened> {
        if let [path] = options.paths.as_slice()
            && (is_store(path) || !path.exists())
        {
            return Ok(Opened { store: Some(path.clone()), folder: None });
        }
        let folder = tempfile::Builder::new().prefix("readout-").tempdir()?;
        let store = folder.path().join(name(&options.paths));
        let outcome = add::run(&Add {
            store: store.clone(),
            files: options.paths.clone(),
            meta: MetaOptions {
                id: options.meta.id.clone(),
                published: options.meta.published,
                publisher: options.meta.publisher.clone(),
                language: options.meta.language.clone(),
            },
            tables: Default::default(),
            shard: None,
            read: Sentences::All,
            any_language: false,
            codebook: None,
            days: readout_record::SAME_ACT_DAYS,
            threads: None,
            log_json: false,
            quiet: false,
        })?;
        Ok(Opened { store: (outcome != Outcome::Nothing).then_some(store), folder: Some(folder) })
    }
}

/// A name for the store of some files: that of the first.
fn name(files: &[PathBuf]) -> PathBuf {
    let first = files.first().and_then(|f| f.file_name());
    first.map_or_else(|| PathBuf::from("reports"), PathBuf::from)
}

/// Codes texts that are pasted into the explorer.
struct Live(Pipeline<'static>);

impl Code for Live {
    fn code(&self, text: &str, given: &Given) -> Option<Coded> {
        let meta = Meta { published: given.published, publisher: given.publisher.clone(), ..Meta::default() };
        guarded(|| {
            let worker = self.0.worker();
            let mut document = Document::from_bytes(text.as_bytes(), meta);
            let trees = worker.read(&document);
            let explanation = worker.explain(&document, &trees);
            let readings = trees.iter().enumerate().map(|(i, tree)| {
                let mentions = worker.mentions(&document, tree);
                reading(tree, &mentions, &explanation, i)
            });
            let readings = readings.collect();
            document.origin = Origin::default(); // spans index the text as it was read
            let record = Record::new(&document, &explanation.coding, self.0.codebook_version());
            Coded { text: document.text, record, readings }
        })
    }

    fn outcome(&self, sent: &Sent) -> Result<Record, Rejected> {
        // It becomes the line of JSON Lines that it stands for, so that it is coded as it would be from there.
        let line = serde_json::to_vec(sent).unwrap_or_default();
        let read = |raw: Raw| raw.document(&Options::default());
        let mut outcomes = coded(&self.0.worker(), false, vec![Raw::json(Place::default(), line)], read);
        match outcomes.pop().flatten() {
            Some(Ok(Read { document, coding, is_coded })) => {
                let record = Record::new(&document, &coding, self.0.codebook_version());
                Ok(Record { codebook: record.codebook.filter(|_| is_coded), ..record })
            }
            Some(Err(Rejection { reason, .. })) => {
                Err(Rejected { reason: reason.to_string(), hint: reason.hint().to_owned() })
            }
            None => Err(Rejected {
                reason: "could not be coded because of a fault in readout".to_owned(),
                hint: "please report it with the text".to_owned(),
            }),
        }
    }

    fn compare(&self, report: &Stored, codebook: &Codebook) -> Option<[Record; 2]> {
        guarded(|| {
            let worker = self.0.worker();
            let mut document = recode::document(report);
            let trees = worker.read(&document);
            let codings = [None, Some(codebook)].map(|book| worker.code_read(&document, &trees, book));
            document.origin = Origin::default(); // spans index the text as it is kept
            codings.map(|coding| Record::new(&document, &coding, codebook.hash()))
        })
    }

    fn failures(&self, codebook: &Codebook, blocks: &BTreeSet<&str>) -> Vec<String> {
        examples::run_of(codebook, |name| blocks.contains(name)).map(|all| all.failures).unwrap_or_default()
    }
}
