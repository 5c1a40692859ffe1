//! The store's thread: what has come is written in one transaction, then said to be kept.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use readout_store::{Added, Arrival, Run, Store, StoreError};
use tokio::sync::oneshot;

use crate::settings::Settings;

/// An outcome to keep, and who waits for it.
pub(crate) struct Keep {
    pub arrival: Arrival,
    pub kept: oneshot::Sender<()>,
}

/// A store that is open for writing.
pub(crate) struct Keeper {
    pub store: Store,
    pub run: Run,
    pub days: u16,
    pub settings: Settings,
}

impl Keeper {
    /// Keeps what comes until nobody is left to send; then links events and closes the run.
    pub fn work(mut self, incoming: &Receiver<Keep>) -> Result<Added, StoreError> {
        let idle = Duration::from_millis(self.settings.link_millis);
        let (mut added, mut unlinked) = (Added::default(), false);
        loop {
            match incoming.recv_timeout(idle) {
                Ok(first) => {
                    let others = incoming.try_iter().take(self.settings.store_documents.saturating_sub(1));
                    added += self.write(std::iter::once(first).chain(others))?;
                    unlinked = true;
                }
                Err(RecvTimeoutError::Timeout) if unlinked => {
                    self.patiently(|keeper| keeper.store.link(keeper.days))?;
                    unlinked = false;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.patiently(|keeper| keeper.store.link(keeper.days))?;
        self.patiently(|keeper| keeper.store.finish(keeper.run))?;
        Ok(added)
    }

    fn write(&mut self, batch: impl Iterator<Item = Keep>) -> Result<Added, StoreError> {
        let (arrivals, waiting): (Vec<Arrival>, Vec<_>) = batch.map(|keep| (keep.arrival, keep.kept)).unzip();
        let added = self.patiently(|keeper| keeper.store.write(keeper.run, &arrivals))?;
        for kept in waiting {
            let _ = kept.send(()); // who was given up does not listen
        }
        Ok(added)
    }

    /// Tries again while another program writes to the store, such as a worker beside this one.
    fn patiently<T>(&mut self, work: impl Fn(&mut Self) -> Result<T, StoreError>) -> Result<T, StoreError> {
        for _ in 1..self.settings.store_tries {
            match work(self) {
                Err(StoreError::Busy(_)) => {}
                done => return done,
            }
        }
        work(self)
    }
}
