//! The two sides of events: which codes act, which are acted on, and which pairs of countries that makes.

use std::collections::HashMap;

use super::{Facet, Names};

/// Each pair of sides once, with the numbers of its codes and dyads at hand: nothing is compared as text while counting.
#[derive(Clone, Debug)]
pub(super) struct Sides {
    codes: Names<String>,
    dyads: Names<String>,
    ids: HashMap<Box<[u32]>, u32>,
    /// Of each pair of sides its actors', recipients' and dyads' numbers, each once.
    lists: [Lists; 3],
}

/// Lists of numbers, one after the other.
#[derive(Clone, Debug, Default)]
struct Lists {
    ends: Vec<u32>,
    items: Vec<u32>,
}

/// Stands between the two sides in a key.
const BETWEEN: u32 = u32::MAX;

impl Default for Sides {
    fn default() -> Self {
        let mut sides = Sides {
            codes: Names::default(),
            dyads: Names::default(),
            ids: HashMap::new(),
            lists: [Lists::default(), Lists::default(), Lists::default()],
        };
        sides.id(&[], &[]);
        sides
    }
}

impl Sides {
    /// The number of a pair of sides, a new one where it has none yet; 0, nobody to nobody, where there are too many.
    pub(super) fn id(&mut self, actor: &[String], recipient: &[String]) -> u32 {
        let [actors, recipients] =
            [actor, recipient].map(|side| once(side.iter().map(|code| self.codes.id(code, u32::MAX - 1)).collect()));
        let key: Box<[u32]> = actors.iter().copied().chain([BETWEEN]).chain(recipients.iter().copied()).collect();
        if let Some(id) = self.ids.get(&key) {
            return *id;
        }
        let Ok(id) = u32::try_from(self.ids.len()) else { return 0 };
        self.ids.insert(key, id);
        let countries = |codes: &[String]| -> Vec<String> {
            codes.iter().filter_map(|c| readout_record::country_of(c)).map(str::to_owned).collect()
        };
        let (from, to) = (countries(actor), countries(recipient));
        let pairs = from.iter().flat_map(|a| to.iter().map(move |r| format!("{a}-{r}")));
        let dyads = once(pairs.map(|pair| self.dyads.id(&pair, u32::MAX - 1)).collect());
        for (list, items) in self.lists.iter_mut().zip([actors, recipients, dyads]) {
            list.push(&items);
        }
        id
    }

    /// How many pairs of sides there are.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The actors', recipients' and dyads' numbers of each pair of sides in turn.
    pub(super) fn each(&self) -> impl Iterator<Item = [&[u32]; 3]> {
        let [actors, recipients, dyads] = &self.lists;
        actors.each().zip(recipients.each()).zip(dyads.each()).map(|((a, r), d)| [a, r, d])
    }

    /// What the numbers of actors, recipients and dyads stand for.
    pub(super) fn names(&self) -> [(Facet, &[String]); 3] {
        let (codes, dyads) = (self.codes.values(), self.dyads.values());
        [(Facet::Actor, codes), (Facet::Recipient, codes), (Facet::Dyad, dyads)]
    }
}

impl Lists {
    fn push(&mut self, items: &[u32]) {
        self.items.extend_from_slice(items);
        self.ends.push(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
    }

    fn each(&self) -> impl Iterator<Item = &[u32]> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let end = end as usize;
            let items = self.items.get(start..end).unwrap_or_default();
            start = end;
            items
        })
    }
}

/// Each number once: an event counts once for each of its codes.
fn once(mut numbers: Vec<u32>) -> Vec<u32> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}
