//! Values and the small numbers that stand for them.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

/// A dictionary: number 0 is the default value.
#[derive(Clone, Debug)]
pub(super) struct Names<T> {
    values: Vec<T>,
    ids: HashMap<T, u32>,
}

impl<T: Clone + Default + Eq + Hash> Default for Names<T> {
    fn default() -> Self {
        let nothing = T::default();
        Names { ids: HashMap::from([(nothing.clone(), 0)]), values: vec![nothing] }
    }
}

impl<T: Clone + Default + Eq + Hash> Names<T> {
    /// The number of a value, a new one where it has none yet; 0 where that would be above `most`.
    pub(super) fn id<Q>(&mut self, value: &Q, most: u32) -> u32
    where
        T: Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned = T> + ?Sized,
    {
        if let Some(id) = self.ids.get(value) {
            return *id;
        }
        let id = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        if id > most {
            return 0;
        }
        self.values.push(value.to_owned());
        self.ids.insert(value.to_owned(), id);
        id
    }

    /// All values, by number.
    pub(super) fn values(&self) -> &[T] {
        &self.values
    }
}
