//! A set of rows of the store's table of events.

/// A set of rows, one bit each.
#[derive(Clone, Debug, Default)]
pub struct RowSet(Vec<u64>);

impl RowSet {
    /// Whether a row is in it.
    pub fn has(&self, row: u32) -> bool {
        self.0.get(row as usize / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// An empty set with room for rows up to `last`.
    pub(super) fn up_to(last: u32) -> RowSet {
        RowSet(vec![0; last as usize / 64 + 1])
    }

    /// Puts a row in, where there is room for it.
    pub(super) fn insert(&mut self, row: u32) {
        if let Some(word) = self.0.get_mut(row as usize / 64) {
            *word |= 1 << (row % 64);
        }
    }
}
