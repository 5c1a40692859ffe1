//! Which mentions are compared: those of two parties in some days.
//!
//! Of the two parties an event tells where one is its actor or recipient, and the other is that too, or is where it
//! happens, or says so. In the reports that hold such an event also every event belongs to it that has no other parties,
//! since answers name only one ("Uganda denied the attack").

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;
use readout_record::claims::REPLY_DAYS;
use readout_record::{Event, country_of};
use readout_store::Evidence;
use readout_store::columns::{Facet, Selection};

use crate::answer::Fault;
use crate::views::Asked;

/// What is compared.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scope {
    /// Countries, or bodies; twice the same for what happens within one.
    pub(super) between: [String; 2],
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    /// The event that it is about.
    pub(super) event: Option<String>,
    /// Days before and after the event.
    pub(super) days: i32,
}

/// Days before and after an event that can be asked for.
const MOST_DAYS: usize = 366;

impl Scope {
    /// The scope that a query asks for, with the row of the event that it is about.
    pub(super) fn of(asked: &Asked<'_>) -> Result<(Scope, Option<i64>), Fault> {
        let query = asked.query;
        let days = query.number("days", 0)?.map_or(REPLY_DAYS, |days| days.min(MOST_DAYS) as i32);
        if let Some(between) = query.get("between") {
            let hint = "give two countries or bodies: KEN-UGA";
            let wrong = || Fault::bad(format!("“{between}” is not two parties"), hint);
            let (a, b) = between.split_once('-').ok_or_else(wrong)?;
            let between = [a, b].map(|code| code.trim().to_ascii_uppercase());
            if between.iter().any(|code| code.len() < 3 || !code.bytes().all(|b| b.is_ascii_alphanumeric())) {
                return Err(wrong());
            }
            let (from, to) = (query.day("from")?, query.day("to")?);
            return Ok((Scope { between, from, to, event: None, days }, None));
        }
        let id = query.get("event").unwrap_or_default();
        let missing = || {
            Fault::missing(
                "there is no such event in this store",
                "search for it: its identifier changes when it is coded anew",
            )
        };
        let row = asked.store.row_of(id)?.ok_or_else(missing)?;
        let evidence = asked.store.evidence(&[row])?.pop().ok_or_else(missing)?;
        let (first, last) = match (evidence.event.date, evidence.report.published.as_ref().and_then(|d| d.parse().ok()))
        {
            (Some(days), _) => (Some(days.first()), Some(days.last())),
            (None, published) => (published, published),
        };
        let scope = Scope {
            between: parties(&evidence.event),
            from: first.map(|day: Date| day.saturating_sub(i64::from(days).days())),
            to: last.map(|day: Date| day.saturating_add(i64::from(days).days())),
            event: Some(id.to_owned()),
            days,
        };
        Ok((scope, Some(row)))
    }

    /// The mentions, and whether there were more; the row that is given is always among them.
    pub(super) fn mentions(&self, asked: &Asked<'_>, row: Option<i64>) -> Result<(Vec<Evidence>, bool), Fault> {
        let most = asked.limits.claims;
        let mut rows: Vec<i64> = self.core(asked)?.into_iter().map(i64::from).collect();
        let mut cut = rows.len() > most;
        rows.drain(..rows.len().saturating_sub(most)); // those that came last stay
        rows.extend(row.filter(|row| !rows.contains(row)));
        let [a, b] = &self.between;
        let mates = asked.store.mates(&rows, [a, b], most + 1 - rows.len().min(most))?;
        cut |= rows.len() + mates.len() > most + 1;
        rows.extend(mates);
        rows.truncate(most + 1);
        Ok((asked.store.evidence(&rows)?, cut))
    }

    /// Rows of events that tell of both.
    fn core(&self, asked: &Asked<'_>) -> Result<BTreeSet<u32>, Fault> {
        let [a, b] = &self.between;
        let any = |code: &str, facets: &[Facet]| -> BTreeSet<u32> {
            facets.iter().flat_map(|facet| self.rows(asked, code, *facet)).collect()
        };
        if a == b {
            let [actor, recipient] = [Facet::Actor, Facet::Recipient].map(|facet| any(a, &[facet]));
            let both: BTreeSet<u32> = actor.intersection(&recipient).copied().collect();
            // An event that tells one side only is not left alone.
            return Ok(if both.is_empty() { &actor | &recipient } else { both });
        }
        const PARTIES: [Facet; 2] = [Facet::Actor, Facet::Recipient];
        const AROUND: [Facet; 2] = [Facet::Speaker, Facet::Place];
        let (parties_a, parties_b) = (any(a, &PARTIES), any(b, &PARTIES));
        let (around_a, around_b) = (any(a, &AROUND), any(b, &AROUND));
        let told = |parties: &BTreeSet<u32>, others: [&BTreeSet<u32>; 2]| -> BTreeSet<u32> {
            parties.iter().filter(|row| others.iter().any(|other| other.contains(row))).copied().collect()
        };
        Ok(&told(&parties_a, [&parties_b, &around_b]) | &told(&parties_b, [&parties_a, &around_a]))
    }

    fn rows(&self, asked: &Asked<'_>, code: &str, facet: Facet) -> Vec<u32> {
        let values: BTreeSet<String> =
            asked.snapshot.values(facet).iter().filter(|value| stem(value) == code).cloned().collect();
        if values.is_empty() {
            return Vec::new();
        }
        let selection =
            Selection { values: [(facet, values)].into(), from: self.from, to: self.to, ..Selection::default() };
        asked.snapshot.among(&selection)
    }

    /// As it stands behind the `?`.
    pub(super) fn query(&self) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        match &self.event {
            Some(event) => {
                out.append_pair("event", event);
                if self.days != REPLY_DAYS {
                    out.append_pair("days", &self.days.to_string());
                }
            }
            None => {
                out.append_pair("between", &self.between.join("-"));
                for (name, day) in [("from", self.from), ("to", self.to)] {
                    if let Some(day) = day {
                        out.append_pair(name, &day.to_string());
                    }
                }
            }
        }
        out.finish()
    }
}

/// The two parties that an event tells of: those of both sides, else who is where it happened, or who says so.
fn parties(event: &Event) -> [String; 2] {
    let sides = event.actor.iter().chain(&event.recipient).map(|party| stem(&party.code));
    let place = event.place.iter().filter_map(|place| place.country.as_deref());
    let speaker = event.said_by.iter().map(|speaker| stem(&speaker.code));
    let mut all: Vec<&str> = Vec::new();
    let is_within = !event.recipient.is_empty();
    for code in sides.clone().chain(place.chain(speaker).filter(|_| !is_within)) {
        if !code.is_empty() && !code.starts_with("---") && !all.contains(&code) {
            all.push(code);
        }
    }
    match all.as_slice() {
        [] => ["---".to_owned(), "---".to_owned()],
        [one] => [(*one).to_owned(), (*one).to_owned()],
        [a, b, ..] => [(*a).to_owned(), (*b).to_owned()],
    }
}

/// The country of a code, or the whole code of a body.
pub(super) fn stem(code: &str) -> &str {
    country_of(code).unwrap_or(code)
}
