//! Hands on what became of reports while those after them are still coded.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use pyo3::prelude::*;

/// Whether a report was read, and JSON.
pub(crate) type Answer = (bool, String);

/// Bundles of answers that wait to be asked for at most.
const AHEAD: usize = 16;

/// What became of each report, in order. Once it is dropped, no more are coded.
#[pyclass(frozen, module = "readout._readout")]
pub(crate) struct Answers {
    coming: Mutex<Receiver<Vec<Answer>>>,
    come: Mutex<std::vec::IntoIter<Answer>>,
}

impl Answers {
    /// Those that `work` sends, a few at a time, from a thread of its own.
    pub(crate) fn by(work: impl FnOnce(SyncSender<Vec<Answer>>) + Send + 'static) -> Answers {
        let (told, coming) = sync_channel(AHEAD);
        thread::spawn(move || work(told));
        Answers { coming: Mutex::new(coming), come: Mutex::default() }
    }
}

#[pymethods]
impl Answers {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> Option<Answer> {
        py.detach(|| {
            let mut come = held(&self.come);
            loop {
                match come.next() {
                    Some(answer) => return Some(answer),
                    None => *come = held(&self.coming).recv().ok()?.into_iter(),
                }
            }
        })
    }
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
