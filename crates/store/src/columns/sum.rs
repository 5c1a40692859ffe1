//! What events add up to: how many of each quad class, and their scores.

use super::{Columns, Packed};

/// What a group of events adds up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Events of each quad class: verbal and material cooperation, verbal and material conflict.
    pub quads: [u32; 4],
    /// PLOVER scores in tenths.
    pub tenths: i64,
}

impl Sum {
    /// Events.
    pub fn events(&self) -> u64 {
        self.quads.iter().map(|n| u64::from(*n)).sum()
    }

    /// Events of cooperation and of conflict.
    pub fn sides(&self) -> [u64; 2] {
        let [talk, deed, blame, force] = self.quads.map(u64::from);
        [talk + deed, blame + force]
    }

    /// Share of conflict, 0 to 1; `None` of no events.
    pub fn conflict(&self) -> Option<f64> {
        let events = self.events();
        let [_, conflict] = self.sides();
        (events > 0).then(|| conflict as f64 / events as f64)
    }

    /// Mean PLOVER score to three places; `None` of no events.
    pub fn mean(&self) -> Option<f64> {
        let events = self.events();
        (events > 0).then(|| (self.tenths as f64 / 10.0 / events as f64 * 1000.0).round() / 1000.0)
    }

    /// Adds what others add up to.
    pub fn add(&mut self, other: &Sum) {
        self.quads.iter_mut().zip(other.quads).for_each(|(n, more)| *n += more);
        self.tenths += other.tenths;
    }

    /// Counts an event of a class, 0 to 3, and of a score in tenths.
    pub(super) fn take(&mut self, class: u8, tenths: i8) {
        if let Some(n) = self.quads.get_mut(usize::from(class)) {
            *n += 1;
        }
        self.tenths += i64::from(tenths);
    }
}

impl Columns {
    /// Of each number of a kind its quad class, 0 to 3.
    pub(super) fn classes(&self) -> Vec<u8> {
        self.kinds.values().iter().map(|(_, quad, _)| quad.saturating_sub(1).min(3)).collect()
    }
}

/// The class of an event, where those of kinds are at hand.
pub(super) fn class_of(classes: &[u8], event: Packed) -> u8 {
    classes.get(usize::from(event.kind)).copied().unwrap_or(0)
}
