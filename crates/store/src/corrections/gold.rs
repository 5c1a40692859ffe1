//! Corrections as hand annotation, for `readout eval`.

use readout_record::{Event, Party};
use serde_json::{Value, json};

use super::{Codes, Correction, Corrections, Placed, Verdict};
use crate::{Result, Store, Stored};

/// Hand annotation made of corrections.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gold {
    /// One line of JSON a report.
    pub lines: String,
    /// Reports in it.
    pub reports: usize,
    /// Reports that were left out, since some of their events are not corrected yet.
    pub unfinished: usize,
    /// Corrections that hold, but whose report or event is gone.
    pub lost: usize,
}

impl Gold {
    /// The reports of a store all of whose events were looked at: what is right as it was coded, what is amended as it
    /// should be, what was missed added, what is wrong left out. With `partly` the others too, their other events as they
    /// were coded.
    pub fn of(store: &Store, corrections: &Corrections, partly: bool) -> Result<Gold> {
        let mut gold = Gold::default();
        for key in corrections.reports() {
            let Some(stored) = store.find(key)? else {
                gold.lost += 1;
                continue;
            };
            let placed = corrections.place(key, &stored.record.events);
            gold.lost += placed.lost.len();
            let open = placed.events.iter().filter(|c| c.is_none()).count();
            let is_looked_at = open < placed.events.len() || !placed.missed.is_empty();
            if !is_looked_at || (open > 0 && !partly) {
                gold.unfinished += usize::from(is_looked_at);
                continue;
            }
            gold.reports += 1;
            gold.lines.push_str(&line(&stored, &placed, open).to_string());
            gold.lines.push('\n');
        }
        Ok(gold)
    }
}

fn line(stored: &Stored, placed: &Placed<'_>, open: usize) -> Value {
    let record = &stored.record;
    let sentence = |s: &readout_record::Sentence| {
        let [from, to] = s.span;
        stored.text.get(from..to).unwrap_or_default().to_owned()
    };
    let coded =
        record.events.iter().zip(&placed.events).filter_map(|(event, c)| Some((event.sent, annotated(event, *c)?)));
    let missed = placed.missed.iter().filter_map(|c| {
        let sent =
            record.sentences.iter().position(|s| s.span[0] <= c.span[0] && c.span[0] < s.span[1]).unwrap_or(c.sent);
        Some((sent, added(c, sent)?))
    });
    let mut events: Vec<(usize, Value)> = coded.chain(missed).collect();
    events.sort_by_key(|(sent, _)| *sent);
    json!({
        "id": record.id,
        "date": record.published,
        "publisher": record.publisher,
        "title": record.title,
        "sentences": record.sentences.iter().map(sentence).collect::<Vec<_>>(),
        "events": events.into_iter().map(|(_, event)| event).collect::<Vec<_>>(),
        "attributions": [],
        "not_looked_at": open,
    })
}

fn annotated(event: &Event, correction: Option<&Correction>) -> Option<Value> {
    let codes = match correction {
        Some(c) if c.verdict == Verdict::Wrong => return None,
        Some(c) => c.gold.clone().unwrap_or_else(|| c.coded.clone()),
        None => Codes::of(event),
    };
    Some(json!({
        "sent": event.sent,
        "trigger": event.trigger,
        "type": codes.kind,
        "mode": codes.mode,
        "actor": side(&codes.actor, &event.actor),
        "recipient": side(&codes.recipient, &event.recipient),
        "status": codes.status,
        "place": event.place.as_ref().map(|p| &p.text),
        "when": event.when,
        "date": event.date,
        "said_by": codes.said_by,
    }))
}

/// An event that was missed, in the sentence where its words stand now.
fn added(missed: &Correction, sent: usize) -> Option<Value> {
    let codes = missed.gold.as_ref()?;
    Some(json!({
        "sent": sent,
        "trigger": missed.trigger,
        "type": codes.kind,
        "mode": codes.mode,
        "actor": codes.actor,
        "recipient": codes.recipient,
        "status": codes.status,
        "said_by": codes.said_by,
    }))
}

/// Each code with the words that bear it: those of the same code, else those in its place.
fn side(codes: &[String], parties: &[Party]) -> Vec<Value> {
    let text = |(i, code): (usize, &String)| {
        let party = parties.iter().find(|p| p.code == *code).or_else(|| parties.get(i));
        json!({ "text": party.map_or(code.as_str(), |p| &p.text), "code": code })
    };
    codes.iter().enumerate().map(text).collect()
}
