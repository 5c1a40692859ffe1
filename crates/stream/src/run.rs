//! The threads, and how they begin and end.

use std::path::Path;
use std::sync::mpsc;
use std::thread;

use readout_pipeline::Pipeline;
use readout_store::{Added, Store, StoreError};
use tokio::sync::mpsc::unbounded_channel;

use crate::code::Coding;
use crate::error::StreamError;
use crate::host::{Host, Summary};
use crate::keep::Keeper;
use crate::queue::Queue;
use crate::serve::Serving;
use crate::server::Server;
use crate::settings::Options;
use crate::settle::Settler;

/// Codes what comes until it is told to end (Ctrl-C, SIGTERM), or, where that is asked for, until nothing is left.
///
/// # Errors
/// Where server, streams, consumer or store cannot be used from the beginning, or cannot any more. Documents that were in
/// hand then are given out again.
pub fn run(pipeline: &Pipeline<'_>, options: &Options, host: &dyn Host) -> Result<Summary, StreamError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let server = runtime.block_on(Server::open(options))?;
    let keeper = options.store.as_deref().map(|path| keeper(path, pipeline, options)).transpose()?;
    let settings = options.settings;
    let queue = Queue::new(options.threads, settings.bundle_documents, settings.bundle_bytes);
    let (done, results) = unbounded_channel();
    let coding = Coding::new(pipeline, options, host, server.payload());
    thread::scope(|scope| {
        let closing = Closing(&queue);
        for _ in 0..options.threads.max(1) {
            let (done, coding, queue) = (done.clone(), &coding, &queue);
            scope.spawn(move || coding.work(queue, &done));
        }
        drop(done);
        let (keep, kept) = mpsc::channel();
        let keeper = keeper.map(|keeper| scope.spawn(move || keeper.work(&kept)));
        let settler = Settler::new(&server, settings, keeper.is_some().then_some(keep));
        let served = runtime.block_on(Serving::new(options, host, server, &queue, results, settler).serve());
        // Nothing is begun any more, and nobody sends to the store, what was given up included: the threads end.
        drop(closing);
        drop(runtime);
        let added = keeper.map(|keeper| keeper.join().unwrap_or_else(|_| Ok(Added::default()))).transpose();
        // A store that fails is why the serving ended.
        let added = added?;
        Ok(Summary { added, ..served? })
    })
}

fn keeper(path: &Path, pipeline: &Pipeline<'_>, options: &Options) -> Result<Keeper, StoreError> {
    let mut store = Store::open_or_create(path, &pipeline.version())?;
    let run = store.begin("stream", &pipeline.version())?;
    Ok(Keeper { store, run, days: options.days, settings: options.settings })
}

/// Closes the queue at the end, however that comes.
struct Closing<'q, T>(&'q Queue<T>);

impl<T> Drop for Closing<'_, T> {
    fn drop(&mut self) {
        self.0.close();
    }
}
