//! Whose turn it is: of one host one thing is asked at a time, with a pause after each.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use url::Url;

/// What waits for its turn, host by host.
pub(crate) struct Turns<J> {
    inner: Mutex<Inner<J>>,
    changed: Condvar,
    /// The pause after each request.
    delay: Duration,
}

struct Inner<J> {
    hosts: BTreeMap<String, Host<J>>,
    /// Nothing more is given out.
    ended: bool,
}

struct Host<J> {
    waiting: VecDeque<J>,
    busy: bool,
    /// When it may be asked again.
    next: Instant,
    /// The pause it asks for itself.
    delay: Duration,
    /// Until when it has asked to be left alone.
    closed: Option<Timestamp>,
}

/// The right to ask one host; it ends when dropped, and the pause begins.
pub(crate) struct Turn<'t, J> {
    turns: &'t Turns<J>,
    host: String,
}

/// What turns go by: the host's name. Ports do not matter, machines are what is spared.
pub(crate) fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_ascii_lowercase()
}

impl<J> Turns<J> {
    pub fn new(delay: Duration) -> Self {
        Turns { inner: Mutex::new(Inner { hosts: BTreeMap::new(), ended: false }), changed: Condvar::new(), delay }
    }

    fn lock(&self) -> MutexGuard<'_, Inner<J>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets `job` wait for its turn at `host`.
    pub fn push(&self, host: &str, job: J) {
        self.lock().host(host).waiting.push_back(job);
        self.changed.notify_all();
    }

    /// Waits for a host that may be asked and has something waiting; none once all is ended.
    pub fn take(&self) -> Option<(J, Turn<'_, J>)> {
        let mut inner = self.lock();
        loop {
            if inner.ended {
                return None;
            }
            let now = Instant::now();
            let ready = |h: &Host<J>| if h.closed.is_some() { now } else { h.next };
            let free = inner.hosts.iter_mut().filter(|(_, h)| !h.busy && !h.waiting.is_empty());
            let first = free.min_by_key(|(_, h)| ready(h));
            let wait = match first {
                Some((name, host)) if ready(host) <= now => {
                    let name = name.clone();
                    if let Some(job) = host.waiting.pop_front() {
                        host.busy = true;
                        return Some((job, Turn { turns: self, host: name }));
                    }
                    Duration::ZERO
                }
                Some((_, host)) => ready(host).saturating_duration_since(now),
                None => Duration::from_secs(1), // someone will push, or end it
            };
            inner = self.changed.wait_timeout(inner, wait).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Waits for the turn at `host` for something that is under way already, such as a redirect. Whoever holds another
    /// turn must give it up before.
    pub fn enter(&self, host: &str) -> Turn<'_, J> {
        let mut inner = self.lock();
        loop {
            let now = Instant::now();
            let found = inner.host(host);
            let wait = found.next.saturating_duration_since(now);
            if !found.busy && (wait.is_zero() || found.closed.is_some()) {
                found.busy = true;
                return Turn { turns: self, host: host.to_owned() };
            }
            let wait = wait.max(Duration::from_millis(10));
            inner = self.changed.wait_timeout(inner, wait).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// What waits, taken from the queues.
    pub fn drain(&self) -> Vec<J> {
        self.lock().hosts.values_mut().flat_map(|h| std::mem::take(&mut h.waiting)).collect()
    }

    /// Ends it: whoever waits for something to do gets none.
    pub fn end(&self) {
        self.lock().ended = true;
        self.changed.notify_all();
    }

    /// Leaves a host alone until then.
    pub fn close(&self, host: &str, until: Timestamp) {
        self.lock().host(host).closed = Some(until);
        self.changed.notify_all();
    }

    /// Until when a host is left alone.
    pub fn closed(&self, host: &str) -> Option<Timestamp> {
        self.lock().host(host).closed
    }
}

impl<J> Inner<J> {
    fn host(&mut self, name: &str) -> &mut Host<J> {
        self.hosts.entry(name.to_owned()).or_insert_with(|| Host {
            waiting: VecDeque::new(),
            busy: false,
            next: Instant::now(),
            delay: Duration::ZERO,
            closed: None,
        })
    }
}

impl<J> Turn<'_, J> {
    /// Lets the host's pause be at least this long.
    pub fn slow_down(&self, delay: Duration) {
        self.turns.lock().host(&self.host).delay = delay;
    }

    /// Waits for the pause between two requests within one turn.
    pub fn pause(&self) {
        let delay = self.turns.lock().host(&self.host).delay;
        std::thread::sleep(delay.max(self.turns.delay));
    }
}

impl<J> Drop for Turn<'_, J> {
    fn drop(&mut self) {
        let mut inner = self.turns.lock();
        let host = inner.host(&self.host);
        host.busy = false;
        host.next = Instant::now() + host.delay.max(self.turns.delay);
        drop(inner);
        self.turns.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn one_host_is_asked_one_thing_at_a_time_and_others_meanwhile() {
        let turns = Turns::new(Duration::from_millis(20));
        for n in 0..4 {
            turns.push("a.example", ("a", n));
            turns.push("b.example", ("b", n));
        }
        let (busy, most, done) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        let start = Instant::now();
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    while let Some((_, turn)) = turns.take() {
                        most.fetch_max(busy.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        thread::sleep(Duration::from_millis(5));
                        busy.fetch_sub(1, Ordering::SeqCst);
                        drop(turn);
                        if done.fetch_add(1, Ordering::SeqCst) == 7 {
                            turns.end();
                        }
                    }
                });
            }
        });
        assert!(most.load(Ordering::SeqCst) <= 2);
        assert!(start.elapsed() >= Duration::from_millis(3 * 25), "{:?}", start.elapsed());
    }

    #[test]
    fn a_closed_host_gives_its_jobs_back_at_once() {
        let turns = Turns::new(Duration::from_secs(3600));
        turns.push("a.example", 1);
        turns.push("a.example", 2);
        let (_, turn) = turns.take().unwrap();
        turns.close("a.example", Timestamp::UNIX_EPOCH);
        drop(turn);
        assert_eq!(turns.take().unwrap().0, 2);
        assert_eq!(turns.closed("a.example"), Some(Timestamp::UNIX_EPOCH));
    }
}
