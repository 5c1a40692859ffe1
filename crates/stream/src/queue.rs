//! Documents that have come and wait for a thread.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A queue that gives bundles: what has come, a fair share of it, without waiting for more.
pub(crate) struct Queue<T> {
    state: Mutex<State<T>>,
    come: Condvar,
    threads: usize,
    most: usize,
    bytes: usize,
}

struct State<T> {
    waiting: VecDeque<(T, usize)>,
    closed: bool,
}

impl<T> Queue<T> {
    /// One for `threads` threads, with bundles of at most `most` items that end once they have `bytes` bytes.
    pub fn new(threads: usize, most: usize, bytes: usize) -> Self {
        let state = Mutex::new(State { waiting: VecDeque::new(), closed: false });
        Queue { state, come: Condvar::new(), threads: threads.max(1), most: most.max(1), bytes }
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds an item of so many bytes.
    pub fn push(&self, item: T, size: usize) {
        self.state().waiting.push_back((item, size));
        self.come.notify_one();
    }

    /// The next bundle; waits until something has come. Nothing once the queue is closed.
    pub fn take(&self) -> Option<Vec<T>> {
        let mut state = self.state();
        loop {
            if state.closed {
                return None;
            }
            if !state.waiting.is_empty() {
                return Some(self.bundle(&mut state));
            }
            state = self.come.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// As much as leaves the other threads their share, so that none idles while another has several.
    fn bundle(&self, state: &mut State<T>) -> Vec<T> {
        let share = state.waiting.len().div_ceil(self.threads).min(self.most);
        let (mut bundle, mut bytes) = (Vec::new(), 0);
        while bundle.len() < share && (bundle.is_empty() || bytes < self.bytes) {
            let Some((item, size)) = state.waiting.pop_front() else { break };
            bytes += size;
            bundle.push(item);
        }
        bundle
    }

    /// Takes all that nobody has begun.
    pub fn drain(&self) -> Vec<T> {
        self.state().waiting.drain(..).map(|(item, _)| item).collect()
    }

    /// Ends it: whoever takes gets nothing any more.
    pub fn close(&self) {
        self.state().closed = true;
        self.come.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::Queue;

    fn queue(threads: usize, sizes: &[usize]) -> Queue<usize> {
        let queue = Queue::new(threads, 4, 100);
        for (i, size) in sizes.iter().enumerate() {
            queue.push(i, *size);
        }
        queue
    }

    #[test]
    fn a_bundle_is_a_fair_share_of_what_has_come() {
        for (threads, sizes, expect) in [
            (2, &[1, 1, 1][..], vec![0, 1]),
            (2, &[1][..], vec![0]),
            (4, &[1, 1, 1, 1][..], vec![0]),
            (1, &[1; 9][..], vec![0, 1, 2, 3]),
            (1, &[500, 1][..], vec![0]),
            (1, &[60, 60, 60][..], vec![0, 1]),
        ] {
            assert_eq!(queue(threads, sizes).take(), Some(expect), "{threads} threads, {sizes:?}");
        }
    }

    #[test]
    fn what_nobody_began_can_be_taken_back_and_a_closed_queue_gives_nothing() {
        let queue = queue(1, &[1, 1]);
        assert_eq!(queue.drain(), [0, 1]);
        queue.push(2, 1);
        queue.close();
        assert_eq!(queue.take(), None);
    }
}
