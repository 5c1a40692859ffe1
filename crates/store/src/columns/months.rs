//! Days as numbers, and sums by month.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::EPOCH;

/// Events of each day, and the sums of their scores.
pub(super) struct Days {
    first: u16,
    by: Vec<(u64, i64)>,
}

impl Days {
    /// Room for the days from the first to the last, if any are known.
    pub(super) fn within(days: Option<(u16, u16)>) -> Self {
        let room = days.map_or(0, |(first, last)| usize::from(last.saturating_sub(first)) + 1);
        Days { first: days.map_or(0, |(first, _)| first), by: vec![(0, 0); room] }
    }

    /// Counts an event of a score in tenths; one of day 0, which is not known, lies before the first.
    pub(super) fn take(&mut self, day: u16, score: i8) {
        let at = day.checked_sub(self.first).filter(|_| day > 0);
        if let Some((n, sum)) = at.and_then(|at| self.by.get_mut(usize::from(at))) {
            *n += 1;
            *sum += i64::from(score);
        }
    }

    /// Events and mean scores by month; days that are not known are left out.
    pub(super) fn by_month(&self) -> Vec<(String, u64, f64)> {
        let mut months: BTreeMap<(i16, i8), (u64, i64)> = BTreeMap::new();
        for (at, (n, sum)) in self.by.iter().enumerate().filter(|(_, (n, _))| *n > 0) {
            let Some(day) = day_of(usize::from(self.first) + at) else { continue };
            let month = months.entry((day.year(), day.month())).or_default();
            month.0 += n;
            month.1 += sum;
        }
        let mean = |n: u64, sum: i64| (sum as f64 / 10.0 / n as f64 * 1000.0).round() / 1000.0;
        let named = |((year, month), (n, sum))| (format!("{year:04}-{month:02}"), n, mean(n, sum));
        months.into_iter().map(named).collect()
    }
}

/// The number of a day.
pub(super) fn day_number(day: Option<Date>) -> Option<u16> {
    let since = date(1970, 1, 1).until(day?).ok()?.get_days();
    u16::try_from(i64::from(since) - EPOCH + 1).ok()
}

/// The day that a number stands for.
pub(super) fn day_of(number: usize) -> Option<Date> {
    date(1970, 1, 1).checked_add((i64::try_from(number).ok()? - 1 + EPOCH).days()).ok()
}
