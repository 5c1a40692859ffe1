//! All corrections, the last made first.

use std::collections::BTreeMap;
use std::sync::Arc;

use maud::{Markup, html};
use readout_store::corrections::{Correction, Corrections, Gold, Verdict};
use serde_json::{Value, json};

use super::{GOLD, PATH, again, badge, changes, of, told};
use crate::answer::{Cell, Fault, Form, Others, Page, Table, View};
use crate::limits::Limits;
use crate::page::hint::hint;
use crate::page::names::{counted, visible};
use crate::views::{Asked, report};

/// What becomes of a correction.
#[derive(Clone, Debug, PartialEq)]
enum Now {
    /// It holds for this event.
    Holds(String),
    /// A later one holds.
    Past,
    /// It is of an event that was missed, and still is.
    Stands,
    /// It holds, but its event is no longer coded, or its report is gone.
    Lost,
}

struct List<'a> {
    corrections: Arc<Corrections>,
    /// Of the corrections that are shown, the last made first: which, and what became of it.
    shown: Vec<(usize, Now)>,
    total: usize,
    gold: Gold,
    verdict: Option<Verdict>,
    can_write: bool,
    limits: &'a Limits,
}

/// All corrections, or those of one verdict.
pub(crate) fn look<'a>(asked: &Asked<'a>) -> Result<Box<dyn View + 'a>, Fault> {
    let corrections = super::known(asked)?;
    let verdict = asked.query.get("verdict");
    let verdict = Verdict::ALL.iter().find(|(_, name)| Some(*name) == verdict).map(|(verdict, _)| *verdict);
    let wanted: Vec<usize> = (0..corrections.all.len())
        .rev()
        .filter(|i| corrections.all.get(*i).is_some_and(|c| verdict.is_none_or(|v| c.verdict == v)))
        .collect();
    let most = if asked.form == Form::Html { asked.limits.corrections } else { asked.limits.most_rows };
    let mut placed: BTreeMap<String, Vec<(*const Correction, Now)>> = BTreeMap::new();
    let mut shown = Vec::new();
    for i in wanted.iter().copied().take(most) {
        let Some(correction) = corrections.all.get(i) else { continue };
        if !placed.contains_key(&correction.report) {
            placed.insert(correction.report.clone(), fates(asked, &corrections, &correction.report)?);
        }
        let of_report = placed.get(&correction.report).map_or(&[][..], Vec::as_slice);
        let now =
            of_report.iter().find(|(c, _)| std::ptr::eq(*c, correction)).map_or(Now::Past, |(_, now)| now.clone());
        shown.push((i, now));
    }
    let gold = Gold::of(asked.store, &corrections, false)?;
    let (total, can_write, limits) = (wanted.len(), asked.ledger.is_some(), asked.limits);
    Ok(Box::new(List { corrections, shown, total, gold, verdict, can_write, limits }))
}

/// What became of those corrections of a report that still hold.
fn fates(asked: &Asked<'_>, all: &Corrections, report: &str) -> Result<Vec<(*const Correction, Now)>, Fault> {
    let stored = asked.store.find(report)?;
    let is_there = stored.is_some();
    let events = stored.map(|stored| stored.record.events).unwrap_or_default();
    let placed = all.place(report, &events);
    let held = events
        .iter()
        .zip(placed.events)
        .filter_map(|(e, c)| Some((std::ptr::from_ref(c?), Now::Holds(e.id.to_string()))));
    let missed = placed.missed.into_iter().map(|c| (c, if is_there { Now::Stands } else { Now::Lost }));
    let alone = missed.chain(placed.lost.into_iter().map(|c| (c, Now::Lost)));
    Ok(held.chain(alone.map(|(c, now)| (std::ptr::from_ref(c), now))).collect())
}

impl View for List<'_> {
    fn page(&self) -> Page {
        let query = self.verdict.map(|v| format!("?verdict={}", v.name())).unwrap_or_default();
        Page {
            title: "Corrections".to_owned(),
            tab: PATH,
            others: Some(Others { json: format!("{PATH}.json{query}"), csv: format!("{PATH}.csv{query}") }),
            main: self.main(),
        }
    }

    fn json(&self) -> Value {
        let one = |(i, now): &(usize, Now)| {
            let now = match now {
                Now::Holds(event) => json!({ "state": "holds", "event": event }),
                Now::Stands => json!({ "state": "stands" }),
                Now::Past => json!({ "state": "past" }),
                Now::Lost => json!({ "state": "lost" }),
            };
            json!({ "correction": self.corrections.all.get(*i), "now": now })
        };
        json!({
            "view": "corrections",
            "total": self.total,
            "truncated": self.shown.len() < self.total,
            "unreadable_lines": self.corrections.unreadable,
            "gold": { "reports": self.gold.reports, "unfinished": self.gold.unfinished, "lost": self.gold.lost },
            "corrections": self.shown.iter().map(one).collect::<Vec<_>>(),
        })
    }

    fn table(&self) -> Table {
        let columns = vec![
            "at",
            "by",
            "verdict",
            "state",
            "report",
            "report_name",
            "sent",
            "trigger",
            "type",
            "gold_type",
            "gold_actor",
            "gold_recipient",
            "gold_said_by",
            "reason",
            "sentence",
        ];
        let row = |(i, now): &(usize, Now)| {
            let c = self.corrections.all.get(*i)?;
            let gold = |of: &dyn Fn(&readout_store::corrections::Codes) -> String| c.gold.as_ref().map(of);
            let state = match now {
                Now::Holds(_) => "holds",
                Now::Stands => "stands",
                Now::Past => "past",
                Now::Lost => "lost",
            };
            Some(vec![
                Cell::Code(c.at.clone()),
                Cell::Words(c.by.clone()),
                Cell::code(Some(c.verdict.name())),
                Cell::code(Some(state)),
                Cell::Code(c.report.clone()),
                Cell::Words(c.name.clone()),
                Cell::count(c.sent),
                Cell::Words(c.trigger.clone()),
                Cell::Code(c.coded.kind.clone()),
                Cell::code(gold(&|g| g.kind.clone()).as_deref()),
                Cell::code(gold(&|g| g.actor.join("; ")).as_deref()),
                Cell::code(gold(&|g| g.recipient.join("; ")).as_deref()),
                // The code of a medium is its name as somebody wrote it.
                Cell::words(gold(&|g| g.said_by.join("; ")).as_deref()),
                Cell::Words(c.reason.clone()),
                Cell::Words(c.sentence.clone()),
            ])
        };
        let name = if self.shown.len() < self.total {
            format!("corrections-last-{}", self.shown.len())
        } else {
            "corrections".to_owned()
        };
        Table { name, columns, rows: self.shown.iter().filter_map(row).collect() }
    }
}

impl List<'_> {
    fn main(&self) -> Markup {
        html! {
            header.whose {
                h1 { "Corrections" }
                p.lead { "What people say of what was coded. The coding stays as it is; corrections stand in a file of their own,
                    and survive that the store is coded anew." }
                (hint("corrections", &html! { p { "Choose “Correct it” below an event of a report, or “Add an event that was missed” above all
                    of them. Here stands what was said, the last first; as gold it goes to " code { "readout eval" } ", which tells how
                    far the coding is right." } }))
                @if !self.can_write { p.notice { "This explorer takes no corrections: start it with " code { "--corrections FILE" } "." } }
                @if !self.corrections.unreadable.is_empty() {
                    p.notice { (counted(self.corrections.unreadable.len() as u64, "line")) " of the file cannot be read and are passed over." }
                }
            }
            @if self.corrections.all.is_empty() { (self.nothing()) } @else {
                (self.gold())
                nav.filters aria-label="Which corrections" {
                    @let link = |verdict: Option<Verdict>, text: &str| html! {
                        a href=(verdict.map_or_else(|| PATH.to_owned(), |v| format!("{PATH}?verdict={}", v.name())))
                            aria-current=[(self.verdict == verdict).then_some("true")] { (text) }
                    };
                    (link(None, "all"))
                    @for (verdict, name) in Verdict::ALL { (link(Some(verdict), name)) }
                }
                h2 { (counted(self.total as u64, "correction")) }
                @if self.shown.len() < self.total { p.notice { "The last " (self.shown.len()) " are shown; CSV and JSON hold more." } }
                ol.corrections { @for (i, now) in &self.shown {
                    @if let Some(correction) = self.corrections.all.get(*i) { (one(correction, now)) }
                } }
            }
        }
    }

    fn gold(&self) -> Markup {
        let gold = &self.gold;
        html! {
            section.gold aria-label="Hand annotation" {
                p {
                    @if gold.reports > 0 {
                        a.button href=(GOLD) download { "Download as gold" } " "
                        (counted(gold.reports as u64, "report")) " of which every event was looked at, for " code { "readout eval" } ". "
                    } @else { "Once every event of a report was looked at, the report can be had as gold for " code { "readout eval" } ". " }
                    @if gold.unfinished > 0 {
                        (counted(gold.unfinished as u64, "report")) " are not finished: " a href={ (GOLD) "?partly=1" } download { "with them" }
                        ", their other events taken as they were coded. "
                    }
                    @if gold.lost > 0 { (counted(gold.lost as u64, "correction")) " no longer find their event." }
                }
            }
        }
    }

    fn nothing(&self) -> Markup {
        html! {
            div.empty {
                h2 { "Nothing was corrected yet" }
                p { "Read a report, and choose " b { "Correct it" } " below an event: right, wrong, or as it should be. What was missed is
                    added above the events of its report." }
                p.faint { "At most " (self.limits.corrections) " are listed here." }
            }
        }
    }
}

fn one(c: &Correction, now: &Now) -> Markup {
    html! {
        li.correction.past[*now == Now::Past] {
            p.line { (badge(c)) " " time.faint { (visible(&c.at)) } " "
                @match now {
                    Now::Holds(event) => a href=(of(event)) { "look again" },
                    Now::Stands => a href=(again(c)) { "look again" },
                    Now::Past => span.faint { "a later one holds, or it was taken back" },
                    Now::Lost => span.standing { "its event is no longer coded" },
                }
            }
            p.sentence { (visible(&c.sentence)) }
            p.line {
                @match (&c.gold, c.verdict) {
                    (Some(gold), Verdict::Missed) => { "“" (visible(&c.trigger)) "” " b { (told(gold)) } },
                    _ => { b { (visible(&c.coded.kind)) } " “" (visible(&c.trigger)) "” " (changes(c)) },
                }
            }
            p.line { (visible(&c.reason)) " · " a href={ (report::PATH) (address(&c.report)) } { "Read" span.unseen { " the report " (visible(&c.name)) } } }
        }
    }
}

/// Keys are letters and digits; what else stands in the file leads nowhere.
fn address(key: &str) -> &str {
    if key.bytes().all(|b| b.is_ascii_alphanumeric()) { key } else { "" }
}
