//! Work on many threads whose results come out in the order of the input.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Items a thread may be ahead of the one that is written next: bounds the memory that waits.
const AHEAD: usize = 4;

/// Applies `work` to each item that `items` gives (made and run on a thread of its own) on `threads` threads, each with a
/// state of its own from `state`, and hands the results to `sink` in the items' order, whatever the number of threads.
/// `None` stands for an item whose work panicked. Holds at most a few items a thread; stops reading once `sink` fails.
///
/// # Errors
/// What `sink` gives.
pub fn in_order<T, I: Iterator<Item = T>, S, R, E>(
    items: impl FnOnce() -> I + Send,
    threads: usize,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&S, T) -> R + Sync,
    mut sink: impl FnMut(Option<R>) -> Result<(), E>,
) -> Result<(), E>
where
    T: Send,
    R: Send,
{
    let threads = threads.max(1);
    // Each item travels with the place its result goes to; the places are kept in the items' order.
    let (jobs, queue) = sync_channel::<(T, SyncSender<R>)>(threads);
    let (places, results) = sync_channel::<Receiver<R>>(threads * AHEAD);
    let queue = Mutex::new(queue);
    thread::scope(|scope| {
        let (queue, state, work) = (&queue, &state, &work);
        for _ in 0..threads {
            scope.spawn(move || {
                let mut mine = state();
                while let Some((item, place)) = next(queue) {
                    match catch_unwind(AssertUnwindSafe(|| work(&mine, item))) {
                        Ok(result) => drop(place.send(result)), // nobody waits where the sink has failed
                        Err(_) => mine = state(),               // `place` goes unused, which tells the sink
                    }
                }
            });
        }
        scope.spawn(move || {
            for item in items() {
                let (place, result) = sync_channel(1);
                if places.send(result).is_err() || jobs.send((item, place)).is_err() {
                    break;
                }
            }
        });
        // By value, so that it is gone when the sink fails, which stops the reading.
        for result in results {
            sink(result.recv().ok())?;
        }
        Ok(())
    })
}

/// What `job` gives; `None` where it panics.
pub fn guarded<R>(job: impl FnOnce() -> R) -> Option<R> {
    catch_unwind(AssertUnwindSafe(job)).ok()
}

fn next<T>(queue: &Mutex<Receiver<T>>) -> Option<T> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Threads to use where the caller names none: one a core.
pub fn default_threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn squares(threads: usize) -> Vec<Option<u64>> {
        let mut out = Vec::new();
        let slow = |_: &(), n: u64| {
            thread::sleep(Duration::from_micros((n * 7919) % 300));
            n * n
        };
        in_order(
            || 0..200,
            threads,
            || (),
            slow,
            |r| {
                out.push(r);
                Ok::<_, ()>(())
            },
        )
        .unwrap();
        out
    }

    #[test]
    fn results_come_in_the_order_of_the_input() {
        let expected: Vec<_> = (0..200).map(|n| Some(n * n)).collect();
        for threads in [0, 1, 2, 7] {
            assert_eq!(squares(threads), expected, "{threads} threads");
        }
    }

    #[test]
    fn a_panic_costs_one_item() {
        let mut out = Vec::new();
        let work = |_: &(), n: u64| if n == 3 { panic!("on purpose") } else { n };
        in_order(
            || 0..6,
            2,
            || (),
            work,
            |r| {
                out.push(r);
                Ok::<_, ()>(())
            },
        )
        .unwrap();
        assert_eq!(out, [Some(0), Some(1), Some(2), None, Some(4), Some(5)]);
    }

    #[test]
    fn an_endless_input_stops_when_the_sink_does() {
        let mut seen = 0;
        let full = |_| {
            seen += 1;
            if seen == 10 { Err("full") } else { Ok(()) }
        };
        assert_eq!(in_order(|| 0_u64.., 3, || (), |_: &(), n| n, full), Err("full"));
    }
}
