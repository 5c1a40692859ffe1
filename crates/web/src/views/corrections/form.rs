//! The form for one event: right, wrong, or amended.

use maud::{Markup, html};
use readout_codebook::Codebook;
use readout_store::Evidence;
use readout_store::corrections::{CORRECTIONS, Codes, Correction, Corrections, Ledger, Verdict};
use serde_json::{Value, json};

use super::{PATH, badge, changes, fault, joined, of};
use crate::address::Query;
use crate::answer::{Cell, Fault, Page, Table, View};
use crate::limits::Limits;
use crate::page::event;
use crate::page::marks::draw_sentence;
use crate::page::names::{Names, visible};
use crate::views::{Asked, report};

/// Statuses, in the order of the help.
const STATUSES: [&str; 5] = ["fact", "future", "hypothetical", "negated", "historical"];

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

fn closed() -> Fault {
    Fault::bad("this explorer takes no corrections", "start it with `--corrections FILE`")
}

/// The correction that holds for an event, as its whole report places them.
fn holding(asked: &Asked<'_>, evidence: &Evidence, known: &Corrections) -> Result<Option<Correction>, Fault> {
    let key = &evidence.report.key;
    if !known.reports().any(|report| report == key) {
        return Ok(None);
    }
    let Some(stored) = asked.store.find(key)? else { return Ok(None) };
    let (placed, _) = known.place(key, &stored.record.events);
    let at = stored.record.events.iter().position(|e| e.id == evidence.event.id);
    Ok(at.and_then(|at| placed.get(at).copied().flatten()).cloned())
}

/// Keeps what a form says.
fn keep(asked: &Asked<'_>, ledger: &Ledger, sent: &Query, evidence: &Evidence) -> Result<(), Fault> {
    if sent.get("proof") != Some(asked.proof) {
        return Err(Fault::bad(
            "the form is not of this explorer, or older than it",
            "open the event again and send its form",
        ));
    }
    let event = &evidence.event;
    let coded = Codes::of(event);
    let verdict = sent.get("verdict").unwrap_or_default();
    let verdict = Verdict::ALL.iter().find(|(_, name)| *name == verdict).map(|(verdict, _)| *verdict);
    let verdict = verdict.ok_or_else(|| Fault::bad("no verdict was chosen", "choose right, wrong or amended"))?;
    let text = |name: &'static str, most: usize| {
        let text = sent.get(name).unwrap_or_default();
        let too_long = text.chars().count() > most;
        let wrong = |what: String| Err(Fault::bad(what, "the form asks for a reason and a name, both short"));
        if text.is_empty() {
            wrong(format!("the {name} is missing"))
        } else if too_long {
            wrong(format!("the {name} is longer than {most} characters"))
        } else {
            Ok(text.to_owned())
        }
    };
    let (by, reason) = (text("name", asked.limits.correction_name)?, text("reason", asked.limits.correction_reason)?);
    let amended = amended(sent, asked.limits)?;
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
        schema: CORRECTIONS.to_owned(),
        at: jiff::Timestamp::now().round(jiff::Unit::Second).map_or_else(|_| String::new(), |t| t.to_string()),
        by,
        reason,
        verdict,
        report: evidence.report.key.clone(),
        name: evidence.report.name.clone(),
        sent: event.sent,
        sentence: evidence.sentence.clone(),
        span: event.span,
        trigger: event.trigger.clone(),
        event: event.id.to_string(),
        coded,
        gold,
    };
    ledger.add(&correction).map_err(fault)
}

/// The fields of a form.
fn amended(sent: &Query, limits: &Limits) -> Result<Codes, Fault> {
    let codes = |name: &str| -> Result<Vec<String>, Fault> {
        let text = sent.get(name).unwrap_or_default();
        let all: Vec<String> = text.split([',', ';']).map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()).collect();
        if all.len() > limits.correction_codes || all.iter().any(|code| code.chars().count() > limits.correction_name) {
            return Err(Fault::bad(
                format!("the codes of “{name}” are too many or too long"),
                "give codes with commas between them: KENGOV, UGAMIL",
            ));
        }
        Ok(all)
    };
    let ontology = &Codebook::embedded().ontology;
    let kind = sent.get("type").unwrap_or_default().to_owned();
    if ontology.kind(&kind).is_none() {
        return Err(Fault::bad(format!("“{kind}” is no type"), "choose one of the list"));
    }
    let status = sent.get("status").unwrap_or_default().to_owned();
    if !STATUSES.contains(&status.as_str()) {
        return Err(Fault::bad(format!("“{status}” is no status"), "choose one of the list"));
    }
    let mode = sent.get("mode").map(str::to_owned);
    if mode.as_ref().is_some_and(|mode| mode.chars().count() > limits.correction_name) {
        return Err(Fault::bad("the mode is too long", "choose one of the list"));
    }
    Ok(Codes { kind, mode, status, actor: codes("actor")?, recipient: codes("recipient")?, said_by: codes("said_by")? })
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
        let row = |c: &Correction| {
            vec![
                Cell::Code(c.at.clone()),
                Cell::Words(c.by.clone()),
                Cell::code(Some(c.verdict.name())),
                Cell::Words(c.reason.clone()),
            ]
        };
        Table {
            name: "corrections".to_owned(),
            columns: vec!["at", "by", "verdict", "reason"],
            rows: self.history.iter().map(row).collect(),
        }
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
        let ontology = &Codebook::embedded().ontology;
        let chosen = self.holds.as_ref().map(|c| c.verdict);
        let verdicts = [
            (Verdict::Right, "Right", "as it is coded"),
            (Verdict::Wrong, "Wrong", "there is no such event"),
            (Verdict::Amended, "Amended", "there is one, as the fields below say"),
            (Verdict::Withdrawn, "Take back", "what was said before no longer holds"),
        ];
        html! {
            form.stack.correct method="post" action=(of(self.evidence.event.id.as_str())) {
                input type="hidden" name="proof" value=(self.proof);
                fieldset.verdicts {
                    legend { "It is" }
                    @for (verdict, name, about) in verdicts {
                        @if verdict != Verdict::Withdrawn || self.holds.is_some() {
                            label.check {
                                input type="radio" name="verdict" value=(verdict.name()) required checked[chosen == Some(verdict)];
                                span { b { (name) } " " span.faint { (about) } }
                            }
                        }
                    }
                }
                fieldset.fields {
                    legend { "As it should be" }
                    div.row {
                        label { span { "Type" } select name="type" {
                            @for kind in ontology.kinds() { option value=(kind.name) selected[kind.name == codes.kind] { (kind.name) } }
                        } }
                        label { span { "Mode" }
                            input type="text" name="mode" list="modes" value=[codes.mode.as_deref()] autocomplete="off" maxlength=(self.limits.correction_name); }
                        datalist #modes { @for mode in self.modes() { option value=(mode) {} } }
                        label { span { "Status" } select name="status" {
                            @for status in STATUSES { option value=(status) selected[status == codes.status] { (status) } }
                        } }
                    }
                    (self.codes("Who acts", "actor", &codes.actor))
                    (self.codes("Whom it reaches", "recipient", &codes.recipient))
                    (self.codes("On whose word, innermost first", "said_by", &codes.said_by))
                    p.faint { "Codes with commas between them: " code { "KENGOV, UGAMIL" } "; " code { "---MIL" }
                        " where the country is not told. Coded: " code { (visible(&joined(&coded.actor))) } " → " code { (visible(&joined(&coded.recipient))) } "." }
                }
                label { span { "Why" }
                    textarea.short name="reason" rows="2" required maxlength=(self.limits.correction_reason) {} }
                div.row {
                    label.grow { span { "Your name" }
                        input type="text" name="name" required autocomplete="name" maxlength=(self.limits.correction_name); }
                    button.primary { "Keep it" }
                }
            }
        }
    }

    fn codes(&self, label: &str, name: &str, codes: &[String]) -> Markup {
        html! { label { span { (label) }
        input type="text" name=(name) value=(codes.join(", ")) autocomplete="off" spellcheck="false"; } }
    }

    fn modes(&self) -> Vec<&'static str> {
        let mut all: Vec<&str> = Codebook::embedded()
            .ontology
            .kinds()
            .iter()
            .flat_map(|kind| kind.modes.iter().map(|mode| mode.name.as_str()))
            .collect();
        all.sort_unstable();
        all.dedup();
        all
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
