//! The form for one event: right, wrong, or amended.

use maud::{Markup, html};
use readout_store::Evidence;
use readout_store::corrections::{Codes, Correction, Corrections, Ledger, Verdict};
use serde_json::{Value, json};

use super::{PATH, badge, changes, closed, fault, fields, joined, of};
use crate::address::Query;
use crate::answer::{Fault, Page, Table, View};
use crate::limits::Limits;
use crate::page::event;
use crate::page::marks::draw_sentence;
use crate::page::names::{Names, visible};
use crate::views::{Asked, report};

/// What can be said of an event that was coded, the last only where something was said before.
const VERDICTS: [(Verdict, &str, &str); 4] = [
    (Verdict::Right, "Right", "as it is coded"),
    (Verdict::Wrong, "Wrong", "there is no such event"),
    (Verdict::Amended, "Amended", "there is one, as the fields below say"),
    (Verdict::Withdrawn, "Take back", "what was said before no longer holds"),
];

/// An event with what was said of it.
struct One<'a> {
    evidence: Evidence,
    holds: Option<Correction>,
    history: Vec<Correction>,
    can_write: bool,
    proof: &'a str,
    names: Names<'a>,
    limits: &'a Limits,
}

/// The form; where it is sent, keeps what it says and leads back to the report.
pub(crate) fn look<'a>(asked: &Asked<'a>) -> Result<Box<dyn View + 'a>, Fault> {
    let missing = || {
        Fault::missing(
            "there is no such event in this store",
            "search for it: its identifier changes when it is coded anew",
        )
    };
    let row = asked.store.row_of(asked.id)?.ok_or_else(missing)?;
    let evidence = asked.store.evidence(&[row])?.pop().ok_or_else(missing)?;
    let known = super::known(asked)?;
    let holds = holding(asked, &evidence, &known)?;
    if let Some(sent) = asked.sent {
        let ledger = asked.ledger.ok_or_else(closed)?;
        keep(asked, ledger, sent, &evidence)?;
        return Err(Fault::Moved { to: report::at(&evidence) });
    }
    let history = known.history(&evidence.report.key, evidence.event.span).cloned().collect();
    let names = Names::new(Some(&asked.snapshot.overview.bodies));
    let (can_write, limits) = (asked.ledger.is_some(), asked.limits);
    Ok(Box::new(One { evidence, holds, history, can_write, proof: asked.proof, names, limits }))
}

/// The correction that holds for an event, as its whole report places them.
fn holding(asked: &Asked<'_>, evidence: &Evidence, known: &Corrections) -> Result<Option<Correction>, Fault> {
    let key = &evidence.report.key;
    if !known.reports().any(|report| report == key) {
        return Ok(None);
    }
    let Some(stored) = asked.store.find(key)? else { return Ok(None) };
    let placed = known.place(key, &stored.record.events);
    let at = stored.record.events.iter().position(|e| e.id == evidence.event.id);
    Ok(at.and_then(|at| placed.events.get(at).copied().flatten()).cloned())
}

/// Keeps what a form says.
fn keep(asked: &Asked<'_>, ledger: &Ledger, sent: &Query, evidence: &Evidence) -> Result<(), Fault> {
    fields::proven(asked, sent)?;
    let event = &evidence.event;
    let coded = Codes::of(event);
    let wanted = sent.get("verdict").unwrap_or_default();
    let verdict = VERDICTS.iter().map(|(verdict, ..)| *verdict).find(|verdict| verdict.name() == wanted);
    let verdict = verdict.ok_or_else(|| Fault::bad("no verdict was chosen", "choose right, wrong or amended"))?;
    let correction = fields::signed(sent, verdict, asked.limits)?;
    let amended = fields::codes(sent, asked.limits)?;
    let gold = match verdict {
        Verdict::Amended if amended == coded => {
            return Err(Fault::bad("nothing is amended", "change a field, or choose right"));
        }
        Verdict::Amended => Some(amended),
        Verdict::Right if amended != coded => {
            return Err(Fault::bad("fields were changed", "choose amended, or leave them as they are"));
        }
        _ => None,
    };
    let correction = Correction {
        report: evidence.report.key.clone(),
        name: evidence.report.name.clone(),
        sent: event.sent,
        sentence: evidence.sentence.clone(),
        span: event.span,
        trigger: event.trigger.clone(),
        event: event.id.to_string(),
        coded,
        gold,
        ..correction
    };
    ledger.add(&correction).map_err(fault)
}

impl View for One<'_> {
    fn page(&self) -> Page {
        Page { title: "Correct an event".to_owned(), tab: PATH, others: None, main: self.main() }
    }

    fn json(&self) -> Value {
        json!({
            "view": "correction",
            "event": self.evidence.event,
            "sentence": self.evidence.sentence,
            "holds": self.holds,
            "history": self.history,
            "truncated": false,
        })
    }

    fn table(&self) -> Table {
        fields::told(&self.history)
    }
}

impl One<'_> {
    fn main(&self) -> Markup {
        let e = &self.evidence;
        let marks = event::marks(&e.event, None, None);
        html! {
            div.narrow {
                p.eyebrow { a href=(PATH) { "Corrections" } }
                h1 { "Correct an event" }
                p.line { (event::act(&e.event, &self.names)) " " (event::parties(&e.event, &self.names)) }
                p.sentence { (draw_sentence(&e.sentence, e.start, marks)) }
                p.line.faint { (event::chain(&e.event.said_by, e.report.publisher.as_deref())) " · "
                    a href=(report::at(e)) { "Read the report" } }
                @if let Some(holds) = &self.holds {
                    p.notice { "Said of it now: " (badge(holds)) ", “" (visible(&holds.reason)) "” " (changes(holds)) }
                }
                @if self.can_write { (self.form()) } @else {
                    p.notice { "This explorer takes no corrections: start it with " code { "--corrections FILE" } "." }
                }
                (self.past())
            }
        }
    }

    fn form(&self) -> Markup {
        let coded = Codes::of(&self.evidence.event);
        let codes = self.holds.as_ref().and_then(|c| c.gold.clone()).unwrap_or_else(|| coded.clone());
        let hint = html! { "Coded: " code { (visible(&joined(&coded.actor))) } " → " code { (visible(&joined(&coded.recipient))) } "." };
        // Before anything was said there is nothing to be taken back.
        let choices = VERDICTS.get(..VERDICTS.len() - usize::from(self.holds.is_none())).unwrap_or_default();
        html! {
            form.stack.correct method="post" action=(of(self.evidence.event.id.as_str())) {
                input type="hidden" name="proof" value=(self.proof);
                (fields::verdicts(choices, self.holds.as_ref().map(|c| c.verdict)))
                fieldset.fields {
                    legend { "As it should be" }
                    (fields::draw(&codes, &hint, self.limits))
                }
                (fields::signature(self.limits))
            }
        }
    }

    fn past(&self) -> Markup {
        html! {
            @if !self.history.is_empty() {
                details.past {
                    summary { "All that was said of it (" (self.history.len()) ")" }
                    ol { @for c in &self.history {
                        li { time { (visible(&c.at)) } " " (badge(c)) ": " (visible(&c.reason)) " " (changes(c)) }
                    } }
                }
            }
        }
    }
}
