//! Answers that are kept until the store changes: a page that many look at is made once.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;
use axum::http::HeaderValue;

use crate::limits::Limits;

/// An answer as it was written.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// Its kind.
    pub(crate) kind: &'static str,
    /// The name under which browsers keep it.
    pub(crate) name: Option<HeaderValue>,
    pub(crate) body: Bytes,
    /// The same, packed.
    pub(crate) packed: Option<Bytes>,
}

impl Written {
    fn bytes(&self) -> usize {
        self.body.len() + self.packed.as_ref().map_or(0, Bytes::len)
    }
}

/// Answers by address.
#[derive(Debug, Default)]
pub(crate) struct Kept(Mutex<Shelf>);

#[derive(Debug, Default)]
struct Shelf {
    /// The state of the store that they are answers from.
    generation: u64,
    answers: HashMap<String, (u64, Written)>,
    bytes: usize,
    /// Counts uses: the answer that was used longest ago has the smallest number.
    clock: u64,
}

impl Kept {
    /// The answer to an address, from this state of the store.
    pub(crate) fn get(&self, generation: u64, address: &str) -> Option<Written> {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if shelf.generation != generation {
            return None;
        }
        shelf.clock += 1;
        let now = shelf.clock;
        let (used, answer) = shelf.answers.get_mut(address)?;
        *used = now;
        Some(answer.clone())
    }

    /// Keeps an answer; what was used longest ago makes room.
    pub(crate) fn put(&self, generation: u64, address: &str, answer: &Written, limits: &Limits) {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if generation < shelf.generation || answer.bytes() > limits.kept_bytes {
            return;
        }
        if generation > shelf.generation {
            *shelf = Shelf { generation, ..Shelf::default() };
        }
        shelf.clock += 1;
        let now = shelf.clock;
        shelf.bytes += answer.bytes();
        if let Some((_, before)) = shelf.answers.insert(address.to_owned(), (now, answer.clone())) {
            shelf.bytes -= before.bytes();
        }
        while shelf.answers.len() > limits.kept_answers || shelf.bytes > limits.kept_bytes {
            let oldest = shelf.answers.iter().min_by_key(|(_, (used, _))| *used).map(|(address, _)| address.clone());
            let Some((_, gone)) = oldest.and_then(|address| shelf.answers.remove(&address)) else { return };
            shelf.bytes -= gone.bytes();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_used_longest_ago_goes_first_and_a_change_clears_all() {
        let limits = Limits { kept_answers: 2, kept_bytes: 10, ..Limits::default() };
        let answer = |text: &'static str| {
            let body = Bytes::from_static(text.as_bytes());
            Written { kind: "x", name: None, body, packed: None }
        };
        let kept = Kept::default();
        let has = |generation, address: &str| kept.get(generation, address).is_some();
        kept.put(0, "a", &answer("1"), &limits);
        kept.put(0, "b", &answer("2"), &limits);
        assert!(has(0, "a"));
        kept.put(0, "c", &answer("3"), &limits);
        assert_eq!((has(0, "a"), has(0, "b"), has(0, "c")), (true, false, true));
        kept.put(0, "d", &answer("0123456789"), &limits);
        assert_eq!((has(0, "a"), has(0, "c"), has(0, "d")), (false, false, true));
        kept.put(0, "e", &answer("01234567890"), &limits);
        assert!(!has(0, "e") && has(0, "d"));
        kept.put(1, "a", &answer("1"), &limits);
        assert_eq!((has(1, "a"), has(1, "d"), has(0, "d")), (true, false, false));
        kept.put(0, "late", &answer("1"), &limits);
        assert!(!has(1, "late"));
    }
}
