//! What a change does, or the changed file to take away.

use maud::{Markup, html};
use readout_codebook::Severity;
use readout_record::Event;
use readout_store::corrections::Codes;
use serde_json::{Value, json};

use super::trial::{Difference, Effect, Trial, file_text};
use super::{PATH, blocks, find, form};
use crate::address::Query;
use crate::answer::{Cell, Download, Fault, Page, Table, View};
use crate::limits::Limits;
use crate::page::event;
use crate::page::marks::draw_sentence;
use crate::page::names::{Names, counted, visible};
use crate::views::{Asked, report};

/// Words that a page names.
const NAMED: usize = 12;

/// A change with what it does.
struct Outcome<'a> {
    block: String,
    text: String,
    trial: Trial,
    names: Names<'a>,
    limits: &'a Limits,
}

/// Tries out the change that is sent, or gives the changed file or a patch.
pub(super) fn look<'a>(asked: &Asked<'a>, sent: &Query) -> Result<Box<dyn View + 'a>, Fault> {
    let (file, head) = (sent.get("file").unwrap_or_default(), sent.get("block").unwrap_or_default());
    let text = sent.get("text").unwrap_or_default().replace("\r\n", "\n");
    if text.len() > asked.limits.bench_bytes {
        return Err(Fault::TooLarge { most: asked.limits.bench_bytes });
    }
    if text.trim().is_empty() {
        return Err(Fault::bad("there is no entry", "write one, as codebook/README.md describes it"));
    }
    let old = match head {
        "" => None,
        head => Some(find(head).filter(|b| b.file == file).ok_or_else(|| {
            Fault::missing(
                format!("the codebook has no “{head}” in “{file}”"),
                "open the entry again and send its form",
            )
        })?),
    };
    let what = sent.get("do").unwrap_or("try");
    if matches!(what, "file" | "patch") {
        let before = file_text(file)
            .ok_or_else(|| Fault::bad(format!("“{file}” is no file of the codebook"), "choose one of the list"))?;
        let after = blocks::replaced(before, old.as_ref(), &text);
        let base = file.rsplit('/').next().unwrap_or(file).to_owned();
        return Ok(Box::new(match what {
            "file" => Saved { name: base, body: after },
            _ => Saved {
                name: format!("{}.patch", base.trim_end_matches(".txt")),
                body: blocks::patch(file, before, &after),
            },
        }));
    }
    let trial = Trial::of(asked, file, old.as_ref(), &text)?;
    let names = Names::new(Some(&asked.snapshot.overview.bodies));
    Ok(Box::new(Outcome { block: head.to_owned(), text, trial, names, limits: asked.limits }))
}

/// A file to take away.
struct Saved {
    name: String,
    body: String,
}

impl View for Saved {
    fn page(&self) -> Page {
        Page { title: "Codebook".to_owned(), tab: PATH, others: None, main: html! {} }
    }

    fn json(&self) -> Value {
        json!({ "view": "codebook", "name": self.name, "text": self.body, "truncated": false })
    }

    fn table(&self) -> Table {
        Table { name: "codebook".to_owned(), columns: vec!["text"], rows: vec![vec![Cell::Words(self.body.clone())]] }
    }

    fn download(&self) -> Option<Download> {
        Some(Download { name: self.name.clone(), kind: "text/plain; charset=utf-8", body: self.body.clone() })
    }
}

impl View for Outcome<'_> {
    fn page(&self) -> Page {
        Page { title: "Codebook: what a change does".to_owned(), tab: PATH, others: None, main: self.main() }
    }

    fn json(&self) -> Value {
        let finding = |f: &readout_codebook::Finding| {
            let is_error = f.severity == Severity::Error;
            json!({ "file": f.place.file.as_ref(), "line": f.place.line, "severity": if is_error { "error" } else { "warning" },
                "what": f.what, "hint": f.hint })
        };
        let difference = |d: &Difference| {
            json!({ "what": d.name(), "report": d.key, "title": d.title, "publisher": d.publisher, "published": d.published,
                "sentence": d.sentence, "before": d.before, "after": d.after })
        };
        let effect = self.trial.effect.as_ref();
        json!({
            "view": "codebook",
            "findings": self.trial.findings.iter().map(finding).collect::<Vec<_>>(),
            "failed_examples": self.trial.failures,
            "words": self.trial.words,
            "reports": effect.map(|e| e.reports),
            "truncated": effect.is_some_and(|e| e.more || e.late),
            "differences": effect.iter().flat_map(|e| &e.differences).map(difference).collect::<Vec<_>>(),
        })
    }

    fn table(&self) -> Table {
        let mut columns = vec!["what", "side"];
        columns.extend(event::COLUMNS);
        columns.extend(["report", "sentence"]);
        let row = |d: &Difference, side: &'static str, event: &Event| {
            let mut cells = vec![Cell::code(Some(d.name())), Cell::code(Some(side))];
            cells.extend(event::cells(event, d.published.as_deref()));
            cells.extend([Cell::code(Some(&d.key)), Cell::words(Some(&d.sentence))]);
            cells
        };
        let all = self.trial.effect.iter().flat_map(|e| &e.differences);
        let rows = all.flat_map(|d| {
            let sides = [("before", &d.before), ("after", &d.after)];
            sides.into_iter().filter_map(|(side, event)| Some(row(d, side, event.as_ref()?))).collect::<Vec<_>>()
        });
        Table { name: "changes".to_owned(), columns, rows: rows.collect() }
    }
}

impl Outcome<'_> {
    fn main(&self) -> Markup {
        let [before, after] = &self.trial.texts;
        html! {
            p.eyebrow { a href=(PATH) { "Codebook" } " · " (visible(&self.trial.file)) }
            h1 { @if self.block.is_empty() { "A new entry" } @else { (visible(&self.block)) } }
            (self.wrong())
            @match &self.trial.effect {
                Some(effect) => (self.effect(effect)),
                None => p.notice { "Nothing was coded: mend the errors first." },
            }
            details open[self.trial.effect.is_none()] { summary { "Change it again, or save it" }
                div.narrow { (form(&self.trial.file, &self.block, &self.text, true, self.limits)) }
            }
            details { summary { "The change as a patch" } pre tabindex="0" { (visible(&blocks::patch(&self.trial.file, before, after))) } }
        }
    }

    /// What is wrong with the entry, and which of its examples do not come out.
    fn wrong(&self) -> Markup {
        let trial = &self.trial;
        html! {
            @if !trial.findings.is_empty() {
                section.wrong aria-label="What is wrong" {
                    ul.findings { @for finding in &trial.findings {
                        li { b { @if finding.severity == Severity::Error { "Error" } @else { "Warning" } } " in "
                            code { (visible(&finding.place.file)) ":" (finding.place.line) } ": " (visible(&finding.what)) "; "
                            (visible(&finding.hint)) }
                    } }
                }
            }
            @if !trial.failures.is_empty() {
                section.wrong aria-label="Examples that failed" {
                    p { b { (counted(trial.failures.len() as u64, "example")) " of it did not come out" } }
                    @for failure in &trial.failures { pre tabindex="0" { (visible(failure)) } }
                }
            }
        }
    }

    fn effect(&self, effect: &Effect) -> Markup {
        let count = |name| effect.differences.iter().filter(|d| d.name() == name).count() as u64;
        let words: Vec<String> = self.trial.words.iter().take(NAMED).map(|w| visible(w).into_owned()).collect();
        let more = self.trial.words.len() - words.len();
        html! {
            p.lead.tally {
                span.gained { "+" (count("gained")) " gained" } " " span.lost { "−" (count("lost")) " lost" } " "
                span.changed { (count("changed")) " changed" }
                " in " (counted(effect.reports as u64, "report")) " with the words that the change is about"
                @if !words.is_empty() { ": " (words.join(", ")) @if more > 0 { " and " (more) " more" } } "."
            }
            @if words.is_empty() { p.faint { "The change is about no word: comments and examples change no coding." } }
            @if effect.late { p.notice { "Time ran out: the reports that could be coded in " (self.limits.bench_millis / 1000) " s are shown." } }
            @else if effect.more { p.notice { "More reports have these words: the newest " (self.limits.bench_reports) " were coded. "
                code { "readout recode --codebook" } " codes them all." } }
            @if effect.differences.is_empty() { div.empty { h2 { "Nothing changes" } p { "All events of these reports are coded as before." } } }
            @let shown = effect.differences.len().min(self.limits.bench_differences);
            @if shown < effect.differences.len() { p.notice { "The first " (shown) " are shown; JSON has all." } }
            ol.differences { @for d in effect.differences.iter().take(shown) { (self.difference(d)) } }
        }
    }

    fn difference(&self, d: &Difference) -> Markup {
        let shown = d.after.as_ref().or(d.before.as_ref());
        let marks = shown.map(|event| event::marks(event, None, None)).unwrap_or_default();
        html! {
            li.difference.(d.name()) {
                p.line { b.what { (d.name()) } " "
                    @if let Some(before) = &d.before { @if d.after.is_some() { del { (self.told(before)) } " " } @else { (self.told(before)) } }
                    @if let Some(after) = &d.after { (self.told(after)) }
                }
                @if let (Some(before), Some(after)) = (&d.before, &d.after) { (said(before, after)) }
                p.sentence { (draw_sentence(&d.sentence, d.start, marks)) }
                p.line.faint { @if let Some(publisher) = &d.publisher { b { (visible(publisher)) } ", " }
                    @if let Some(day) = &d.published { time { (visible(day)) } " · " }
                    a href={ (report::PATH) (d.key) } { "Read" span.unseen { " the report: " (visible(&d.title)) } } }
            }
        }
    }

    fn told(&self, event: &Event) -> Markup {
        html! { (event::act(event, &self.names)) " " (event::parties(event, &self.names)) }
    }
}

/// Where who says it differs, both.
fn said(before: &Event, after: &Event) -> Markup {
    let (a, b) = (Codes::of(before).said_by, Codes::of(after).said_by);
    html! { @if a != b { p.line.faint { "said by " del { (visible(&a.join(" < "))) } " " (visible(&b.join(" < "))) } } }
}
