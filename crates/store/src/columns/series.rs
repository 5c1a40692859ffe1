//! Events over time: by day in one pass, then by week, month or year; several values of a facet side by side.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::facets::Facet;
use super::months::day_of;
use super::sum::{Sum, class_of};
use super::{Columns, Packed, Selection};

/// How much time a bin holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A day.
    Day,
    /// A week from Monday on.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// A stretch of time and the events in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bin {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// The events.
    pub sum: Sum,
}

/// Events by day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Daily {
    /// Number of the first day in `by`.
    start: u16,
    by: Vec<Sum>,
    /// Events whose day is not known.
    pub undated: Sum,
}

impl Step {
    /// All steps, the finest first.
    pub const ALL: [Step; 4] = [Step::Day, Step::Week, Step::Month, Step::Year];

    /// First and last day of the bin that a day is in.
    fn around(self, day: Date) -> (Date, Date) {
        let first = match self {
            Step::Day => day,
            Step::Week => day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days()),
            Step::Month => day.first_of_month(),
            Step::Year => day.first_of_year(),
        };
        let last = match self {
            Step::Day => day,
            Step::Week => first.saturating_add(6.days()),
            Step::Month => day.last_of_month(),
            Step::Year => day.last_of_year(),
        };
        (first, last)
    }
}

impl Daily {
    fn within(days: Option<(u16, u16)>) -> Daily {
        let (start, last) = days.unwrap_or((1, 0));
        let len = usize::from(last).saturating_add(1).saturating_sub(usize::from(start));
        Daily { start, by: vec![Sum::default(); len], undated: Sum::default() }
    }

    fn take(&mut self, event: Packed, class: u8) {
        let at = event.day.checked_sub(self.start).filter(|_| event.day > 0);
        match at.and_then(|at| self.by.get_mut(usize::from(at))) {
            Some(sum) => sum.take(class, event.score),
            None => self.undated.take(class, event.score),
        }
    }

    /// All events, those without a day too.
    pub fn total(&self) -> Sum {
        let mut total = self.undated;
        self.by.iter().for_each(|sum| total.add(sum));
        total
    }

    /// The first and the last day that has events.
    pub fn span(&self) -> Option<(Date, Date)> {
        let has_any = |sum: &Sum| sum.events() > 0;
        let day = |at: usize| day_of(usize::from(self.start) + at);
        Some((day(self.by.iter().position(has_any)?)?, day(self.by.iter().rposition(has_any)?)?))
    }

    /// The days between which all events lie but for a share of them at either end.
    pub fn core(&self, share: f64) -> Option<(Date, Date)> {
        let dated: u64 = self.by.iter().map(Sum::events).sum();
        let stray = (dated as f64 * share) as u64;
        let counts = || self.by.iter().map(Sum::events).enumerate();
        let first = beyond(stray, counts())?;
        let last = beyond(stray, counts().rev())?;
        let day = |at: usize| day_of(usize::from(self.start) + at);
        Some((day(first)?, day(last)?))
    }

    /// Bins from the one of day `from` to that of day `to`, those without events too, `most` at most.
    pub fn bins(&self, step: Step, (from, to): (Date, Date), most: usize) -> Vec<Bin> {
        let mut bins: Vec<Bin> = Vec::new();
        let mut next = from;
        while next <= to && bins.len() < most {
            let (first, last) = step.around(next);
            bins.push(Bin { first, last, sum: Sum::default() });
            match last.tomorrow() {
                Ok(day) => next = day,
                Err(_) => break,
            }
        }
        let mut bin = 0;
        for (at, sum) in self.by.iter().enumerate().filter(|(_, sum)| sum.events() > 0) {
            let Some(day) = day_of(usize::from(self.start) + at) else { continue };
            while bins.get(bin).is_some_and(|b| b.last < day) {
                bin += 1;
            }
            if let Some(b) = bins.get_mut(bin).filter(|b| b.first <= day) {
                b.sum.add(sum);
            }
        }
        bins
    }
}

impl Columns {
    /// The events of a selection by day, in one pass.
    pub fn daily(&self, selection: &Selection) -> Daily {
        let classes = self.classes();
        let mut days = Daily::within(self.days);
        self.each_meant(selection, |event, _| {
            days.take(event, class_of(&classes, event));
        });
        days
    }

    /// The same for each of some values of a facet, sixteen at most, in one pass; an event counts for each value it has.
    pub fn daily_by(&self, selection: &Selection, facet: Facet, values: &[String]) -> Vec<Daily> {
        let classes = self.classes();
        let groups = self.groups(facet, values);
        let mut all = vec![Daily::within(self.days); values.len().min(16)];
        self.each_meant(selection, |event, _| {
            let of = groups.get(event.number(facet)).copied().unwrap_or(0);
            if of != 0 {
                let class = class_of(&classes, event);
                let has = |group: usize| of >> group & 1 == 1;
                all.iter_mut().enumerate().filter(|(i, _)| has(*i)).for_each(|(_, days)| days.take(event, class));
            }
        });
        all
    }

    /// For each number of a facet's dictionary a bit for each of the values that it stands for.
    fn groups(&self, facet: Facet, values: &[String]) -> Vec<u16> {
        let bits = |has: &dyn Fn(&str) -> bool| {
            values.iter().take(16).enumerate().filter(|(_, value)| has(value)).fold(0, |bits, (i, _)| bits | 1 << i)
        };
        let plain = |names: &[String]| names.iter().map(|name| bits(&|value| value == name)).collect();
        match facet {
            Facet::Speaker => plain(self.speakers.values()),
            Facet::Publisher => plain(self.publishers.values()),
            Facet::Place => plain(self.places.values()),
            Facet::Type => self.kinds.values().iter().map(|(kind, ..)| bits(&|v| v == kind)).collect(),
            Facet::Quad => self.kinds.values().iter().map(|(_, quad, _)| bits(&|v| v == quad.to_string())).collect(),
            Facet::Status => self.kinds.values().iter().map(|(.., status)| bits(&|v| v == status)).collect(),
            Facet::Actor | Facet::Recipient | Facet::Dyad => {
                let side = [Facet::Actor, Facet::Recipient, Facet::Dyad].iter().position(|f| *f == facet).unwrap_or(0);
                let names = self.sides.names();
                let of_name: Vec<u16> =
                    names.get(side).map_or(&[][..], |(_, names)| *names).iter().map(|n| bits(&|v| v == n)).collect();
                let of = |number: &u32| of_name.get(*number as usize).copied().unwrap_or(0);
                let list = |lists: [&[u32]; 3]| lists.get(side).map_or(0, |list| list.iter().fold(0, |b, n| b | of(n)));
                self.sides.each().map(list).collect()
            }
        }
    }
}

impl Packed {
    /// The number under which a facet's dictionary has this event's value.
    fn number(self, facet: Facet) -> usize {
        match facet {
            Facet::Type | Facet::Quad | Facet::Status => self.kind.into(),
            Facet::Actor | Facet::Recipient | Facet::Dyad => self.pair(),
            Facet::Speaker => self.speaker.into(),
            Facet::Publisher => self.publisher.into(),
            Facet::Place => self.place.into(),
        }
    }
}

/// The first number by which more than `stray` events were seen.
fn beyond(stray: u64, mut counts: impl Iterator<Item = (usize, u64)>) -> Option<usize> {
    let mut seen = 0;
    let found = counts.find(|(_, n)| {
        seen += n;
        seen > stray
    });
    found.map(|(at, _)| at)
}
