//! Counts acts into the cells of a panel.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use readout_record::Party;

use super::cells::{CellKey, Sums};
use super::{Role, Unit, Units};
use crate::acts::Acts;
use crate::codes::parts;
use crate::formats::rows::{Daily, Row, each_act};
use crate::{Archive, Error, Options, Pair, Summary, pairs};

/// What is counted, by cell. An act counts once in each cell that it belongs to.
pub(super) fn count(
    archive: &dyn Archive,
    acts: &Acts,
    options: &Options,
    units: &Units,
    summary: &mut Summary,
) -> Result<BTreeMap<CellKey, Sums>, Error> {
    let mut sums: BTreeMap<CellKey, Sums> = BTreeMap::new();
    let mut daily = HashSet::new();
    each_act(archive, acts, options, summary, |row, summary| {
        let period = options.panel.period.of(row.when.first);
        if period != options.panel.period.of(row.when.last) {
            summary.leave_out("dated too broadly for one cell");
            return Ok(());
        }
        let keys = Keys { options, units, row, period };
        let found = match options.panel.unit {
            Unit::Dyad => keys.dyads(&mut daily, summary),
            Unit::Country => keys.countries(&mut daily, summary),
        };
        for key in found {
            sums.entry(key).or_insert_with(Sums::zero).add(row.event);
            summary.counted += 1;
        }
        Ok(())
    })?;
    Ok(sums)
}

/// The cells of one act.
struct Keys<'a> {
    options: &'a Options,
    units: &'a Units,
    row: &'a Row<'a>,
    period: i32,
}

impl Keys<'_> {
    fn dyads(&self, daily: &mut HashSet<Daily>, summary: &mut Summary) -> BTreeSet<CellKey> {
        let mut found = BTreeSet::new();
        let why = self.each_pair(daily, |pair| {
            let (Some(actor), Some(recipient)) = (self.country(pair.actor), self.country(pair.recipient)) else {
                return Some("without a country that counts on each side");
            };
            let (Some(mut first), Some(mut second)) = (self.unit(actor), self.unit(recipient)) else {
                return Some("of a country that is no member then");
            };
            if first == second && !self.options.panel.domestic {
                return Some("within one country");
            }
            if self.options.panel.undirected && first > second {
                (first, second) = (second, first);
            }
            found.insert(CellKey { first, second: Some(second), period: self.period });
            None
        });
        self.tell(&found, why, summary);
        found
    }

    fn countries(&self, daily: &mut HashSet<Daily>, summary: &mut Summary) -> BTreeSet<CellKey> {
        let mut found = BTreeSet::new();
        let role = self.options.panel.role;
        let mut why = self.each_pair(daily, |pair| {
            let sides = match role {
                Role::Actor => [pair.actor, None],
                Role::Recipient => [pair.recipient, None],
                Role::Either => [pair.actor, pair.recipient],
                // Where it was counts, if anybody in it counts.
                Role::Place => {
                    let counts = |p: Option<&Party>| p.is_some_and(|p| self.options.panel.sectors.take(parts(p)));
                    if !counts(pair.actor) && !counts(pair.recipient) {
                        return Some("without a party that counts");
                    }
                    let place = self.row.event.place.as_ref().and_then(|p| p.country.as_deref());
                    return self.add(&mut found, place);
                }
            };
            sides.into_iter().map(|side| self.add(&mut found, self.country(side))).fold(None, Option::or)
        });
        if self.row.event.actor.is_empty() && self.row.event.recipient.is_empty() && role == Role::Place {
            why = Some("without a party that counts");
        }
        self.tell(&found, why, summary);
        found
    }

    /// Adds the cell of a country; says why there is none.
    fn add(&self, found: &mut BTreeSet<CellKey>, iso3c: Option<&str>) -> Option<&'static str> {
        let Some(iso3c) = iso3c else { return Some("without a country that counts") };
        let Some(first) = self.unit(iso3c) else { return Some("of a country that is no member then") };
        found.insert(CellKey { first, second: None, period: self.period });
        None
    }

    /// Hands on each pair that the one-a-day filter lets through; gives the last reason why one found no cell.
    fn each_pair<'r>(
        &'r self,
        daily: &mut HashSet<Daily>,
        mut take: impl FnMut(Pair<'r>) -> Option<&'static str>,
    ) -> Option<&'static str> {
        let mut why = Some("without a party");
        for pair in pairs(self.row.event) {
            let pair_why = if self.options.one_a_day && !daily.insert(self.row.with(pair).same_day()) {
                Some("a second time on one day")
            } else {
                take(pair)
            };
            why = pair_why.or(why);
        }
        why
    }

    /// The country of a party, if parties of its kind count.
    fn country<'p>(&self, party: Option<&'p Party>) -> Option<&'p str> {
        let parts = parts(party?);
        parts.country.filter(|_| self.options.panel.sectors.take(parts))
    }

    fn unit(&self, iso3c: &str) -> Option<usize> {
        self.units.find(iso3c, self.row.when.day, self.options.panel.period.days(self.period))
    }

    /// Says why an act is in no cell.
    fn tell(&self, found: &BTreeSet<CellKey>, why: Option<&'static str>, summary: &mut Summary) {
        if found.is_empty()
            && let Some(why) = why
        {
            summary.leave_out(why);
        }
    }
}
