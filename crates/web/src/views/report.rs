//! Read: a report with its events drawn into it, where it came from, and who else carried it.

use maud::{Markup, html};
use readout_record::Event;
use readout_store::corrections::Correction;
use readout_store::{Copy, Evidence, Stored};
use serde_json::{Value, json};

use super::{Asked, claims, corrections};
use crate::answer::{Fault, Others, Page, Table, View};
use crate::limits::Limits;
use crate::page::event;
use crate::page::marks::{Kind, Mark};
use crate::page::names::{Names, counted, visible};
use crate::page::reading::Reading;

/// Its address, before the report's key.
pub(crate) const PATH: &str = "/reports/";

/// The address of an event in its report.
pub(crate) fn at(e: &Evidence) -> String {
    format!("{PATH}{}#e-{}", e.report.key, e.event.id)
}

/// A link to an event in its report.
pub(crate) fn link(e: &Evidence) -> Markup {
    let title = e.report.title.as_deref().unwrap_or(&e.report.name);
    html! { a.read href=(at(e)) { "Read" span.unseen { " the report: " (visible(title)) } } }
}

/// A report.
struct Read<'a> {
    stored: Stored,
    copies: Vec<Copy>,
    /// What was said of each event.
    said: Vec<Option<Correction>>,
    /// Events that people have added.
    missed: Vec<Correction>,
    /// Whether all of it is shown, however long it is.
    is_whole: bool,
    /// Whether corrections are taken.
    is_open: bool,
    names: Names<'a>,
    limits: &'a Limits,
}

/// The report under a key.
pub(crate) fn look<'a>(asked: &Asked<'a>) -> Result<Box<dyn View + 'a>, Fault> {
    let stored = asked.store.find(asked.id)?;
    let stored =
        stored.ok_or_else(|| Fault::missing("there is no such report in this store", "search for words of it"))?;
    let copies = asked.store.copies(&stored.key, asked.limits.copies + 1)?;
    let known = corrections::known(asked)?;
    let placed = known.place(&stored.key, &stored.record.events);
    let said = placed.events.into_iter().map(|c| c.cloned()).collect();
    let missed = placed.missed.into_iter().cloned().collect();
    Ok(Box::new(Read {
        stored,
        copies,
        said,
        missed,
        is_whole: asked.query.get("whole").is_some(),
        is_open: asked.ledger.is_some(),
        names: Names::new(Some(&asked.snapshot.overview.bodies)),
        limits: asked.limits,
    }))
}

impl View for Read<'_> {
    fn page(&self) -> Page {
        let at = |ending| format!("{PATH}{}.{ending}", self.stored.key);
        let (most_bytes, most_events) = if self.is_whole {
            (self.limits.whole_bytes, self.limits.whole_events)
        } else {
            (self.limits.report_bytes, self.limits.report_events)
        };
        let reading = Reading {
            text: &self.stored.text,
            record: &self.stored.record,
            names: self.names,
            most_bytes,
            most_events,
            whole: (!self.is_whole).then(|| format!("{PATH}{}?whole=1", self.stored.key)),
            deeds: &|event| self.deeds(event),
            added: self.added(),
            above: self.missed(),
            add: self.is_open.then(|| self.add()),
        };
        Page {
            title: self.title().to_owned(),
            tab: "",
            others: Some(Others { json: at("json"), csv: at("csv") }),
            main: html! {
                (self.heading())
                (reading.draw())
            },
        }
    }

    fn json(&self) -> Value {
        json!({
            "view": "report",
            "key": self.stored.key,
            "text": self.stored.text,
            "coded": self.stored.coded,
            "copy_of": self.stored.copy_of.as_ref().map(|o| &o.key),
            "copies": self.copies.iter().take(self.limits.copies).map(|c| json!({
                "key": c.report.key, "id": c.report.name, "title": c.report.title, "publisher": c.report.publisher,
                "published": c.report.published, "first": c.first,
            })).collect::<Vec<_>>(),
            "corrections": self.said.iter().flatten().collect::<Vec<_>>(),
            "missed": self.missed,
            "truncated": self.copies.len() > self.limits.copies,
            "record": self.stored.record,
        })
    }

    fn table(&self) -> Table {
        let published = self.stored.record.published.map(|d| d.to_string());
        let row = |e: &Event| event::cells(e, published.as_deref());
        Table {
            name: format!("report-{}", self.stored.key),
            columns: event::COLUMNS.to_vec(),
            rows: self.stored.record.events.iter().map(row).collect(),
        }
    }
}

impl Read<'_> {
    fn title(&self) -> &str {
        self.stored.record.title.as_deref().unwrap_or(&self.stored.record.id)
    }

    /// What was said of an event, and what can be done with it.
    fn deeds(&self, event: &Event) -> Markup {
        let at = self.stored.record.events.iter().position(|e| e.id == event.id);
        let said = at.and_then(|at| self.said.get(at)).and_then(Option::as_ref);
        html! {
            p.line.deeds {
                a href=(claims::around(event.id.as_str())) { "Who says so?" }
                @if self.is_open { a href=(corrections::of(event.id.as_str())) { "Correct it" } }
                @if let Some(said) = said { span { (corrections::badge(said)) } }
            }
        }
    }

    /// Where an event that was missed is added.
    fn add(&self) -> String {
        format!("{}{}", corrections::MISSED, self.stored.key)
    }

    /// The words of events that people have added, drawn as acts are.
    fn added(&self) -> Vec<Mark> {
        let mark = |c: &Correction| {
            let kind = c.gold.as_ref().map_or("", |gold| &gold.kind);
            let mut mark = Mark::new(c.span, Kind::Act(self.names.quad_of(kind)));
            mark.label = format!("+ {kind}");
            mark.title = "added by hand".to_owned();
            mark.href = Some("#missed".to_owned());
            mark
        };
        self.missed.iter().map(mark).collect()
    }

    /// Events that people have added, and the way to add one, before the list of events.
    fn missed(&self) -> Markup {
        html! {
            @if self.is_open || !self.missed.is_empty() {
                section.missed #missed aria-label="Events that were missed" {
                    @if !self.missed.is_empty() {
                        h3 { "Added by hand" }
                        ul { @for c in &self.missed { @if let Some(gold) = &c.gold {
                            li { p.line { "“" (visible(&c.trigger)) "” " b { (corrections::told(gold)) } }
                                p.line { (corrections::badge(c)) " · " a href=(corrections::again(c)) { "Look again" } } }
                        } } }
                    }
                    @if self.is_open {
                        details.add {
                            summary { "Add an event that was missed" }
                            p.faint.scripted-only { "Select the words in the text that name it; or give them here." }
                            (corrections::search(&self.add(), "", self.limits))
                        }
                    }
                }
            }
        }
    }

    /// Title, and where the report came from.
    fn heading(&self) -> Markup {
        let r = &self.stored.record;
        html! {
            header.report {
                h1 { (visible(self.title())) }
                p.from {
                    @if let Some(publisher) = &r.publisher { b { (visible(publisher)) } }
                    @else { "publisher not told" }
                    @if let Some(day) = r.published { " · " time { (day) } }
                    @if let Some(place) = r.dateline.as_ref().and_then(|d| d.place.as_ref()) { " · " (visible(place)) }
                    @if let Some(author) = r.author.as_ref().or(r.byline.as_ref()) { " · by " (visible(author)) }
                    @if let Some(credit) = &r.credit { " · credits " (visible(credit)) }
                    (self.carried())
                }
                details.provenance {
                    summary { "Where it came from" }
                    dl.facts {
                        dt { "Address" } dd { (address(r.uri.as_deref())) }
                        dt { "Licence" } dd { (visible(r.licence.as_deref().unwrap_or("not told"))) }
                        dt { "Language" } dd { (visible(r.language.as_deref().unwrap_or("not told"))) }
                        dt { "Name" } dd { code { (visible(&r.id)) } }
                        dt { "Key" } dd { code { (self.stored.key) } }
                        dt { "Codebook" } dd { code { (visible(r.codebook.as_deref().unwrap_or("not coded"))) } }
                        @if !r.problems.is_empty() {
                            dt { "Problems" }
                            @for problem in &r.problems { dd { (visible(&problem.what)) } }
                        }
                    }
                }
                @if !self.stored.coded {
                    p.notice { "This report is in another language than English and was not coded." }
                }
            }
        }
    }

    /// Who else carried it.
    fn carried(&self) -> Markup {
        let listed = self.copies.iter().take(self.limits.copies);
        let mut outlets: Vec<Option<&str>> = self.copies.iter().map(|c| c.report.publisher.as_deref()).collect();
        outlets.push(self.stored.record.publisher.as_deref());
        outlets.sort_unstable();
        outlets.dedup();
        html! {
            @if !self.copies.is_empty() {
                details.carried {
                    summary { "carried by " (counted(outlets.len() as u64, "outlet"))
                        @if self.copies.len() > self.limits.copies { " or more" } }
                    ul {
                        @for copy in listed {
                            li { a href={ (PATH) (copy.report.key) } {
                                    (visible(copy.report.title.as_deref().unwrap_or(&copy.report.name))) }
                                " · " (visible(copy.report.publisher.as_deref().unwrap_or("publisher not told")))
                                @if let Some(day) = &copy.report.published { " · " (visible(day)) }
                                @if copy.first { " · first print" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A link where it is an address of the web; else the text alone.
fn address(uri: Option<&str>) -> Markup {
    let Some(uri) = uri else { return html! { "not told" } };
    let is_web = ["http://", "https://"].iter().any(|s| uri.get(..s.len()).is_some_and(|u| u.eq_ignore_ascii_case(s)));
    html! {
        @if is_web { a href=(uri) rel="noreferrer nofollow external" { (visible(uri)) } } @else { (visible(uri)) }
    }
}
