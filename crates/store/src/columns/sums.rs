//! Who deals with whom, and where: sums by pair of sides, by country and by place, made in one pass over the events.

use std::collections::{BTreeMap, HashMap};

use super::spots::Spot;
use super::sum::{Sum, class_of};
use super::{Columns, Selection};

/// Sums of the events of a selection.
#[derive(Clone, Debug)]
pub struct Sums<'c> {
    columns: &'c Columns,
    pairs: Vec<Sum>,
    places: Vec<Sum>,
    spots: Vec<Sum>,
    /// All events.
    pub total: Sum,
}

/// What actors are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Countries; who has none (bodies of states, media) is left out.
    Country,
    /// Codes.
    Code,
}

/// What an event has to do with a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// It happened there.
    Place,
    /// Somebody of it acts.
    Actor,
    /// It reaches somebody of it.
    Recipient,
}

/// What one does to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dyad {
    /// Who acts.
    pub from: String,
    /// Whom it reaches.
    pub to: String,
    /// The events.
    pub sum: Sum,
}

/// A place and what happened there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it is.
    pub spot: Spot,
    /// What a report calls it.
    pub name: String,
    /// The events.
    pub sum: Sum,
}

impl Columns {
    /// Sums of the events of a selection.
    pub fn sums(&self, selection: &Selection) -> Sums<'_> {
        let classes = self.classes();
        let zeros = |len: usize| vec![Sum::default(); len];
        let mut sums = Sums {
            columns: self,
            pairs: zeros(self.sides.len()),
            places: zeros(self.places.values().len()),
            spots: zeros(self.spots.numbers.values().len()),
            total: Sum::default(),
        };
        self.each_meant(selection, |event, _| {
            let class = class_of(&classes, event);
            let take = |sums: &mut [Sum], at: usize| {
                if let Some(sum) = sums.get_mut(at) {
                    sum.take(class, event.score);
                }
            };
            take(&mut sums.pairs, event.pair());
            take(&mut sums.places, event.place.into());
            if event.spot > 0 {
                take(&mut sums.spots, event.spot.into());
            }
            sums.total.take(class, event.score);
        });
        sums
    }
}

impl Sums<'_> {
    /// What each does to each other, the most events first; an event counts for each pair of its parties.
    pub fn dyads(&self, unit: Unit) -> Vec<Dyad> {
        let mut sums: HashMap<(u32, u32), Sum> = HashMap::new();
        let mut add = |from: u32, to: u32, sum: &Sum| sums.entry((from, to)).or_default().add(sum);
        let seen = || self.columns.sides.each().zip(&self.pairs).filter(|(_, sum)| sum.events() > 0);
        let [(_, codes), _, (_, pairs)] = self.columns.sides.names();
        match unit {
            Unit::Code => {
                for ([actors, recipients, _], sum) in seen() {
                    actors.iter().for_each(|a| recipients.iter().for_each(|r| add(*a, *r, sum)));
                }
            }
            Unit::Country => {
                for ([.., dyads], sum) in seen() {
                    dyads.iter().for_each(|dyad| add(*dyad, *dyad, sum));
                }
            }
        }
        let name = |number: u32| codes.get(number as usize).cloned().unwrap_or_default();
        let named = |((from, to), sum): ((u32, u32), Sum)| match unit {
            Unit::Code => Dyad { from: name(from), to: name(to), sum },
            Unit::Country => {
                let pair = pairs.get(from as usize).map_or("", String::as_str);
                let (from, to) = pair.split_once('-').unwrap_or((pair, pair));
                Dyad { from: from.to_owned(), to: to.to_owned(), sum }
            }
        };
        let mut dyads: Vec<Dyad> = sums.into_iter().map(named).collect();
        dyads.sort_unstable_by(|a, b| {
            b.sum.events().cmp(&a.sum.events()).then_with(|| (&a.from, &a.to).cmp(&(&b.from, &b.to)))
        });
        dyads
    }

    /// Events by country, the most first; those that have to do with none are left out.
    pub fn countries(&self, tie: Tie) -> Vec<(String, Sum)> {
        let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
        if tie == Tie::Place {
            for (name, sum) in self.columns.places.values().iter().zip(&self.places) {
                sums.entry(name).or_default().add(sum);
            }
        } else {
            let [(_, codes), ..] = self.columns.sides.names();
            let countries: Vec<&str> =
                codes.iter().map(|code| readout_record::country_of(code).unwrap_or_default()).collect();
            let mut own: Vec<&str> = Vec::new();
            for ([actors, recipients, _], sum) in self.columns.sides.each().zip(&self.pairs) {
                if sum.events() == 0 {
                    continue;
                }
                let side = if tie == Tie::Actor { actors } else { recipients };
                own.clear();
                own.extend(side.iter().filter_map(|code| countries.get(*code as usize)));
                own.sort_unstable();
                own.dedup(); // an event counts once for a country however many act for it
                own.iter().for_each(|country| sums.entry(country).or_default().add(sum));
            }
        }
        let mut all: Vec<(String, Sum)> = sums
            .into_iter()
            .filter(|(name, sum)| !name.is_empty() && sum.events() > 0)
            .map(|(name, sum)| (name.to_owned(), sum))
            .collect();
        all.sort_by_key(|(_, sum)| std::cmp::Reverse(sum.events()));
        all
    }

    /// Events by place, the most first; those whose place has no coordinates are left out.
    pub fn places(&self) -> Vec<Place> {
        let place = |(number, spot, name): (usize, Spot, &str)| {
            let sum = *self.spots.get(number)?;
            (sum.events() > 0).then(|| Place { spot, name: name.to_owned(), sum })
        };
        let mut places: Vec<Place> = self.columns.spots.each().filter_map(place).collect();
        places.sort_by_key(|place| (std::cmp::Reverse(place.sum.events()), place.spot));
        places
    }
}
