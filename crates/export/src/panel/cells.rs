//! The cells of a panel: what is counted in each, and which there are.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use readout_codebook::{Codebook, Quad};
use readout_record::Event;

use super::{PanelOptions, Unit, Units};
use crate::tables::Cell;

/// Which cell: one country, or two, and the period. Sorted as panels are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CellKey {
    pub(crate) first: usize,
    pub(crate) second: Option<usize>,
    pub(crate) period: i32,
}

impl CellKey {
    /// The countries, in order.
    pub(crate) fn units(self) -> impl Iterator<Item = usize> {
        std::iter::once(self.first).chain(self.second)
    }
}

/// The names of the columns of counts: quad classes, then PLOVER types.
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let quads = Quad::ALL.iter().map(|(_, name)| name.replace(' ', "_"));
    quads.chain(Codebook::embedded().ontology.kinds().iter().map(|k| k.name.to_lowercase())).collect()
});

/// Scores are summed in thousandths, so that the sum does not hang on the order.
const THOUSANDTHS: f32 = 1000.0;

/// What is counted in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sums {
    events: u32,
    /// By quad class and type, in the order of `NAMES`.
    counts: Vec<u32>,
    score: i64,
    goldstein: i64,
}

impl Sums {
    /// Nothing.
    pub(crate) fn zero() -> Sums {
        Sums { events: 0, counts: vec![0; NAMES.len()], score: 0, goldstein: 0 }
    }

    /// The names of the counts.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(String::as_str)
    }

    /// Counts one event more. A type that the ontology lacks counts in its quad class alone.
    pub(crate) fn add(&mut self, event: &Event) {
        self.events += 1;
        let quad = usize::from(event.quad).checked_sub(1).filter(|q| *q < Quad::ALL.len());
        let kinds = Codebook::embedded().ontology.kinds();
        let kind = kinds.iter().position(|k| k.name == event.kind).map(|k| k + Quad::ALL.len());
        for i in quad.into_iter().chain(kind) {
            if let Some(count) = self.counts.get_mut(i) {
                *count += 1;
            }
        }
        self.score += thousandths(event.score);
        self.goldstein += event.goldstein.map_or(0, thousandths);
    }

    /// The cells of a row: events, counts, sums.
    pub(crate) fn cells(&self) -> Vec<Cell<'static>> {
        let whole = |n: u32| Cell::Whole(i64::from(n));
        let sum = |n: i64| Cell::Real(n as f64 / f64::from(THOUSANDTHS));
        let mut cells = vec![whole(self.events)];
        cells.extend(self.counts.iter().map(|n| whole(*n)));
        cells.extend([sum(self.score), sum(self.goldstein)]);
        cells
    }
}

fn thousandths(x: f32) -> i64 {
    if x.is_finite() { (x * THOUSANDTHS).round() as i64 } else { 0 }
}

/// Goes through all cells of the panel in order, with what was counted or zeros.
pub(crate) struct Balanced<'a> {
    options: &'a PanelOptions,
    units: &'a Units,
    sums: &'a BTreeMap<CellKey, Sums>,
    periods: std::ops::RangeInclusive<i32>,
    /// Of each country, whether it is there in each period.
    there: Vec<Vec<bool>>,
    at: Option<CellKey>,
}

/// What a cell holds in which nothing was counted.
static ZERO: LazyLock<Sums> = LazyLock::new(Sums::zero);

impl<'a> Balanced<'a> {
    /// From the period of `from`, or the first that holds anything, to that of `to`, or the last.
    pub(crate) fn new(
        options: &'a PanelOptions,
        units: &'a Units,
        sums: &'a BTreeMap<CellKey, Sums>,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Self {
        let filled = || sums.keys().map(|k| k.period);
        let first = from.map(|d| options.period.of(d)).or_else(|| filled().min());
        let last = to.map(|d| options.period.of(d)).or_else(|| filled().max());
        let (first, last) = first.zip(last).unwrap_or((1, 0));
        let second = (options.unit == Unit::Dyad).then_some(0);
        let at = (first <= last && units.len() > 0).then_some(CellKey { first: 0, second, period: first });
        let days: Vec<_> = (first..=last).map(|p| options.period.days(p)).collect();
        let there = (0..units.len()).map(|u| days.iter().map(|d| units.is_there(u, *d)).collect()).collect();
        Balanced { options, units, sums, periods: first..=last, there, at }
    }

    /// The key after this one, whether the panel has a row for it or not.
    fn after(&self, key: CellKey) -> Option<CellKey> {
        if key.period < *self.periods.end() {
            return Some(CellKey { period: key.period + 1, ..key });
        }
        let period = *self.periods.start();
        match key.second {
            Some(second) if second + 1 < self.units.len() => Some(CellKey { second: Some(second + 1), period, ..key }),
            second if key.first + 1 < self.units.len() => {
                Some(CellKey { first: key.first + 1, second: second.map(|_| 0), period })
            }
            _ => None,
        }
    }

    fn is_cell(&self, key: CellKey) -> bool {
        let paired = key.second.is_none_or(|second| match second.cmp(&key.first) {
            std::cmp::Ordering::Equal => self.options.domestic,
            std::cmp::Ordering::Less => !self.options.undirected,
            std::cmp::Ordering::Greater => true,
        });
        paired && key.units().all(|u| self.is_there(u, key.period))
    }

    fn is_there(&self, unit: usize, period: i32) -> bool {
        let place = usize::try_from(period - self.periods.start()).ok();
        place.zip(self.there.get(unit)).and_then(|(p, all)| all.get(p)).is_some_and(|there| *there)
    }
}

impl<'a> Iterator for Balanced<'a> {
    type Item = (CellKey, &'a Sums);

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(key) = self.at {
            self.at = self.after(key);
            if self.is_cell(key) {
                return Some((key, self.sums.get(&key).unwrap_or(&ZERO)));
            }
        }
        None
    }
}
