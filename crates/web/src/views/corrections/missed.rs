//! The form for an event that was missed: the words that name it, where they stand, and what it is.

use std::collections::BTreeSet;

use maud::{Markup, html};
use readout_record::{ByteSpan, Event};
use readout_store::Stored;
use readout_store::corrections::{Codes, Correction, Ledger, Placed, Verdict};
use serde_json::{Value, json};

use super::{PATH as ALL, badge, closed, fault, fields, told, words};
use crate::address::Query;
use crate::answer::{Fault, Page, Table, View};
use crate::limits::Limits;
use crate::page::event;
use crate::page::marks::{Kind, Mark, draw};
use crate::page::names::{Names, counted, visible};
use crate::views::{Asked, report};

/// Its address, before the report's key.
pub(crate) const PATH: &str = "/missed/";

/// Places that are offered, where words stand at several.
const OFFERED: usize = 20;

/// Codes of the report that are named below the form.
const CODES: usize = 12;

/// What can be said of an event that was missed, once it was added.
const VERDICTS: [(Verdict, &str, &str); 2] = [
    (Verdict::Missed, "An event that was missed", "as the fields below say"),
    (Verdict::Withdrawn, "Take back", "there is none"),
];

/// A report, the words that name an act in it, and what was said of them.
struct Missed<'a> {
    stored: Stored,
    words: String,
    /// Where they stand in a sentence of the report.
    places: Vec<ByteSpan>,
    /// The place that is meant.
    at: Option<ByteSpan>,
    holds: Option<Correction>,
    history: Vec<Correction>,
    can_write: bool,
    proof: &'a str,
    names: Names<'a>,
    limits: &'a Limits,
}

/// Where the form for one that was added is.
pub(crate) fn again(missed: &Correction) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("words", &missed.trigger).append_pair("at", &missed.span[0].to_string());
    let key: String = missed.report.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("{PATH}{key}?{}", query.finish())
}

/// The form; where it is sent, keeps what it says and leads back to the report.
pub(crate) fn look<'a>(asked: &Asked<'a>) -> Result<Box<dyn View + 'a>, Fault> {
    let missing = || Fault::missing("there is no such report in this store", "search for words of it");
    let stored = asked.store.find(asked.id)?.ok_or_else(missing)?;
    let given = asked.sent.unwrap_or(asked.query);
    let words = given.get("words").unwrap_or_default().to_owned();
    if words.chars().count() > asked.limits.correction_words {
        let most = asked.limits.correction_words;
        return Err(Fault::bad(
            format!("the words of the act are more than {most} characters"),
            "give those that name it",
        ));
    }
    let mut places = words::places(&stored.text, &words);
    places.retain(|place| sentence(&stored, *place).is_some());
    let at = chosen(&places, given.number("at", 0)?);
    let known = super::known(asked)?;
    let placed = known.place(&stored.key, &stored.record.events);
    let holds = at.and_then(|at| placed.missed.iter().find(|c| c.span == at)).map(|c| (*c).clone());
    if let Some(sent) = asked.sent {
        let ledger = asked.ledger.ok_or_else(closed)?;
        let at = at.filter(|at| given.get("at") == Some(at[0].to_string().as_str())).ok_or_else(|| {
            Fault::bad("those words do not stand there", "give them as they stand in the text of the report")
        })?;
        keep(asked, ledger, sent, &stored, at, &placed, holds.is_some())?;
        return Err(Fault::Moved { to: format!("{}{}#missed", report::PATH, stored.key) });
    }
    let is_of_missed = |c: &&Correction| c.coded.kind.is_empty();
    let history = at.map_or(Vec::new(), |at| known.history(&stored.key, at).filter(is_of_missed).cloned().collect());
    let names = Names::new(Some(&asked.snapshot.overview.bodies));
    let (can_write, proof, limits) = (asked.ledger.is_some(), asked.proof, asked.limits);
    Ok(Box::new(Missed { stored, words, places, at, holds, history, can_write, proof, names, limits }))
}

/// The place nearest to a byte; without one the only one there is.
fn chosen(places: &[ByteSpan], near: Option<usize>) -> Option<ByteSpan> {
    match (near, places) {
        (Some(near), _) => places.iter().min_by_key(|place| place[0].abs_diff(near)).copied(),
        (None, [one]) => Some(*one),
        (None, _) => None,
    }
}

/// The number of the sentence that holds a place, and where that stands.
fn sentence(stored: &Stored, place: ByteSpan) -> Option<(usize, ByteSpan)> {
    let mut all = stored.record.sentences.iter().map(|s| s.span).enumerate();
    all.find(|(_, span)| span[0] <= place[0] && place[1] <= span[1])
}

/// Keeps what a form says.
fn keep(
    asked: &Asked<'_>,
    ledger: &Ledger,
    sent: &Query,
    stored: &Stored,
    at: ByteSpan,
    placed: &Placed<'_>,
    is_held: bool,
) -> Result<(), Fault> {
    fields::proven(asked, sent)?;
    let verdict = match sent.get("verdict") {
        None | Some("missed") => Verdict::Missed,
        Some("withdrawn") if is_held => Verdict::Withdrawn,
        _ => return Err(Fault::bad("there is nothing to be taken back", "open the event again and send its form")),
    };
    let gold = (verdict == Verdict::Missed).then(|| fields::codes(sent, asked.limits)).transpose()?;
    let (number, span) = sentence(stored, at).unwrap_or_default();
    let text = |span: ByteSpan| stored.text.get(span[0]..span[1]).unwrap_or_default().to_owned();
    let correction = Correction {
        report: stored.key.clone(),
        name: stored.record.id.clone(),
        sent: number,
        sentence: text(span),
        span: at,
        trigger: text(at),
        gold,
        ..fields::signed(sent, verdict, asked.limits)?
    };
    let is_same = |(event, c): (&Event, &Option<&Correction>)| c.is_none() && correction.fits(event);
    if verdict == Verdict::Missed && stored.record.events.iter().zip(&placed.events).any(is_same) {
        return Err(Fault::bad(
            "an event of this type is coded at these words",
            "go back to the report and correct that one",
        ));
    }
    ledger.add(&correction).map_err(fault)
}

impl View for Missed<'_> {
    fn page(&self) -> Page {
        Page { title: "Add an event".to_owned(), tab: ALL, others: None, main: self.main() }
    }

    fn json(&self) -> Value {
        let place = |place: &ByteSpan| {
            let (sent, [start, end]) = sentence(&self.stored, *place).unwrap_or_default();
            json!({ "span": place, "sent": sent, "sentence": self.stored.text.get(start..end) })
        };
        json!({
            "view": "missed",
            "report": self.stored.key,
            "words": self.words,
            "places": self.places.iter().map(place).collect::<Vec<_>>(),
            "holds": self.holds,
            "history": self.history,
            "truncated": false,
        })
    }

    fn table(&self) -> Table {
        fields::told(&self.history)
    }
}

impl Missed<'_> {
    fn address(&self) -> String {
        format!("{PATH}{}", self.stored.key)
    }

    fn main(&self) -> Markup {
        let title = self.stored.record.title.as_deref().unwrap_or(&self.stored.record.id);
        html! {
            div.narrow {
                p.eyebrow { a href=(ALL) { "Corrections" } " · " a href={ (report::PATH) (self.stored.key) } { (visible(title)) } }
                h1 { "Add an event that was missed" }
                @if !self.can_write { p.notice { "This explorer takes no corrections: start it with " code { "--corrections FILE" } "." } }
                @match self.at {
                    Some(at) => (self.event(at)),
                    None => { (self.places()) (search(&self.address(), &self.words, self.limits)) },
                }
            }
        }
    }

    /// Where the words stand, to be chosen among.
    fn places(&self) -> Markup {
        html! {
            @if self.words.is_empty() {
                p.lead { "An act that the report tells of and the coder has not found: say which words name it, then what it is." }
            } @else if self.places.is_empty() {
                p.notice { "“" (visible(&self.words)) "” stands in no sentence of this report. Words are looked for as they are written,
                    capitals too." }
            } @else {
                p.lead { "“" (visible(&self.words)) "” stands at " (counted(self.places.len() as u64, "place")) ". Which one?" }
                ul.places { @for place in self.places.iter().take(OFFERED) {
                    li { p.sentence { (self.sentence(*place)) }
                        a href=(self.choose(*place)) { "This one" } }
                } }
                @if self.places.len() > OFFERED { p.notice { "The first " (OFFERED) " are listed: give more words." } }
            }
        }
    }

    fn choose(&self, place: ByteSpan) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("words", &self.words).append_pair("at", &place[0].to_string());
        format!("{}?{}", self.address(), query.finish())
    }

    /// A sentence with the words marked in it.
    fn sentence(&self, place: ByteSpan) -> Markup {
        let [start, end] = sentence(&self.stored, place).map_or(place, |(_, span)| span);
        let kind = self.holds.as_ref().and_then(|c| c.gold.as_ref()).map_or("", |gold| &gold.kind);
        draw(&self.stored.text, start, end, &[Mark::new(place, Kind::Act(self.names.quad_of(kind)))])
    }

    fn event(&self, at: ByteSpan) -> Markup {
        let number = sentence(&self.stored, at).map_or(0, |(number, _)| number);
        let beside: Vec<&Event> = self.stored.record.events.iter().filter(|e| e.sent == number).collect();
        html! {
            p.sentence { (self.sentence(at)) }
            p.line { a href=(self.address()) { "Other words" } }
            @if !beside.is_empty() {
                details.beside open {
                    summary { "Coded in this sentence (" (beside.len()) ")" }
                    ul { @for e in beside {
                        li.line { (event::act(e, &self.names)) " " (event::parties(e, &self.names)) " "
                            a href=(super::of(e.id.as_str())) { "Correct it" } }
                    } }
                }
            }
            @if let Some(holds) = &self.holds { p.notice { "Said of these words now: " (badge(holds)) ", “" (visible(&holds.reason)) "”" } }
            @if self.can_write { (self.form(at)) }
            @if !self.history.is_empty() {
                details.past {
                    summary { "All that was said of it (" (self.history.len()) ")" }
                    ol { @for c in &self.history {
                        li { time { (visible(&c.at)) } " " (badge(c)) ": " (visible(&c.reason))
                            @if let Some(gold) = &c.gold { " " span.faint { (told(gold)) } } }
                    } }
                }
            }
        }
    }

    fn form(&self, at: ByteSpan) -> Markup {
        let nothing = || Codes { status: "fact".to_owned(), ..Codes::default() };
        let codes = self.holds.as_ref().and_then(|c| c.gold.clone()).unwrap_or_else(nothing);
        html! {
            form.stack.correct method="post" action=(self.address()) {
                input type="hidden" name="proof" value=(self.proof);
                input type="hidden" name="words" value=(self.words);
                input type="hidden" name="at" value=(at[0]);
                @if self.holds.is_some() { (fields::verdicts(&VERDICTS, Some(Verdict::Missed))) }
                fieldset.fields {
                    legend { "What it is" }
                    (fields::draw(&codes, &self.codes(), self.limits))
                }
                (fields::signature(self.limits))
            }
        }
    }

    /// Codes that the report has already.
    fn codes(&self) -> Markup {
        let of = |e: &'_ Event| -> Vec<String> {
            let parties = e.actor.iter().chain(&e.recipient).map(|p| p.code.clone());
            parties.chain(e.said_by.iter().map(|s| s.code.clone())).collect()
        };
        let is_known = |code: &String| !code.is_empty() && !code.starts_with("---");
        let all: BTreeSet<String> = self.stored.record.events.iter().flat_map(of).filter(is_known).collect();
        html! {
            @if !all.is_empty() {
                "In this report: "
                @for (i, code) in all.iter().take(CODES).enumerate() {
                    @if i > 0 { ", " }
                    code { (visible(code)) } " " (visible(&self.names.party(code)))
                }
                "."
            }
        }
    }
}

/// The form that asks for the words of an act.
pub(crate) fn search(address: &str, words: &str, limits: &Limits) -> Markup {
    html! {
        form.stack method="get" action=(address) {
            div.row {
                label.grow { span { "Words that name the act, as they stand in the text" }
                    input type="text" name="words" value=(words) required maxlength=(limits.correction_words) autocomplete="off"
                        autocapitalize="off" spellcheck="false"; }
                button { "Go on" }
            }
        }
    }
}
