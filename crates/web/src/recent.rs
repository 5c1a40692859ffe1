//! The answers to the questions that were asked last.

use std::sync::{Mutex, PoisonError};

/// Questions and answers, the one used last at the end.
pub(crate) struct Recent<Q, A> {
    kept: Mutex<Vec<(Q, A)>>,
    most: usize,
}

impl<Q: Clone + PartialEq, A: Clone> Recent<Q, A> {
    pub(crate) fn new(most: usize) -> Recent<Q, A> {
        Recent { kept: Mutex::default(), most }
    }

    /// The answer that is kept, or else the one that is made now. Others are not held up meanwhile; whoever asks the same
    /// then makes it too.
    pub(crate) fn get_or<E>(&self, question: &Q, make: impl FnOnce() -> Result<A, E>) -> Result<A, E> {
        if let Some(answer) = self.get(question) {
            return Ok(answer);
        }
        let answer = make()?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= self.most && !kept.is_empty() {
            kept.remove(0);
        }
        if self.most > 0 {
            kept.push((question.clone(), answer.clone()));
        }
        Ok(answer)
    }

    fn get(&self, question: &Q) -> Option<A> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|(q, _)| q == question)?;
        let found = kept.remove(at);
        let answer = found.1.clone();
        kept.push(found);
        Some(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_longest_ago_is_made_again() {
        let recent = Recent::new(2);
        let ask = |q: i32| recent.get_or(&q, || Err(q)).or_else(|_: i32| recent.get_or(&q, || Ok::<_, i32>(q * 10)));
        let is_kept = |q: i32| recent.get_or(&q, || Err(())).is_ok();
        assert_eq!((ask(1), ask(2)), (Ok(10), Ok(20)));
        assert!(is_kept(1));
        assert_eq!(ask(3), Ok(30));
        assert_eq!((is_kept(1), is_kept(2), is_kept(3)), (true, false, true));
    }
}
