//! Code a text: pasted or dropped, coded at once, and shown as reports are.

use maud::{Markup, html};
use serde_json::{Value, json};

use super::Asked;
use crate::answer::{Fault, Page, Table, View};
use crate::code::{Coded, Given};
use crate::limits::Limits;
use crate::page::event;
use crate::page::names::{Names, visible};
use crate::page::reading::Reading;

/// Its address.
pub(crate) const PATH: &str = "/code";

/// A text, and what was read from it.
struct Paste<'a> {
    text: String,
    given: Given,
    coded: Option<Coded>,
    can_code: bool,
    names: Names<'a>,
    limits: &'a Limits,
}

/// Codes the text that is sent; without one, gives the form for it.
pub(crate) fn look<'a>(asked: &Asked<'a>) -> Result<Box<dyn View + 'a>, Fault> {
    let mut paste = Paste {
        text: String::new(),
        given: Given::default(),
        coded: None,
        can_code: asked.coder.is_some(),
        names: Names::new(Some(&asked.snapshot.overview.bodies)),
        limits: asked.limits,
    };
    if let (Some(sent), Some(coder)) = (asked.sent, asked.coder) {
        paste.text = sent.get("text").unwrap_or_default().replace("\r\n", "\n");
        if paste.text.len() > asked.limits.text_bytes {
            return Err(Fault::TooLarge { most: asked.limits.text_bytes });
        }
        paste.given = Given { published: sent.day("published")?, publisher: sent.get("publisher").map(str::to_owned) };
        if !paste.text.is_empty() {
            let fault = || Fault::Inside {
                what: "a fault in readout stopped the coding of this text".to_owned(),
                hint: "please report it with the text".to_owned(),
            };
            paste.coded = Some(coder.code(&paste.text, &paste.given).ok_or_else(fault)?);
        }
    }
    Ok(Box::new(paste))
}

impl View for Paste<'_> {
    fn page(&self) -> Page {
        Page { title: "Code a text".to_owned(), tab: PATH, others: None, main: self.main() }
    }

    fn json(&self) -> Value {
        json!({
            "view": "code",
            "text": self.coded.as_ref().map_or(&self.text, |c| &c.text),
            "record": self.coded.as_ref().map(|c| &c.record),
            "truncated": false,
        })
    }

    fn table(&self) -> Table {
        let published = self.given.published.map(|d| d.to_string());
        let events = self.coded.as_ref().map_or(&[][..], |c| c.record.events.as_slice());
        Table {
            name: "events".to_owned(),
            columns: event::COLUMNS.to_vec(),
            rows: events.iter().map(|e| event::cells(e, published.as_deref())).collect(),
        }
    }
}

impl Paste<'_> {
    fn main(&self) -> Markup {
        html! {
            @if let Some(coded) = &self.coded {
                header.report {
                    p.eyebrow { "Your text, not kept" }
                    h1 { (visible(coded.record.title.as_deref().unwrap_or("Coded"))) }
                }
                (self.reading(coded).draw())
                (trees(coded, self.limits.trees))
                details.again { summary { "Change the text and code it again" } (self.form()) }
            } @else {
                div.narrow {
                    h1 { "Code a text" }
                    p.lead { "Paste a report, or drop a file: who did what to whom, and on whose word, is drawn into it. Nothing is
                        kept, nothing leaves this machine." }
                    (self.form())
                }
            }
        }
    }

    fn form(&self) -> Markup {
        html! {
            @if self.can_code {
                form.stack method="post" action=(PATH) data-module="drop" {
                    label { span { "Text" }
                        textarea name="text" rows="12" required maxlength=(self.limits.text_bytes) spellcheck="false"
                            placeholder="The Ugandan foreign minister said Rwanda and Tanzania had met in Nairobi on Monday …" {
                            // The first line feed of a text area is not part of it.
                            "\n" (self.text)
                        }
                    }
                    div.row {
                        label { span { "Published" } input type="date" name="published" value=[self.given.published]; }
                        label.grow { span { "By" }
                            input type="text" name="publisher" maxlength="200" value=[self.given.publisher.as_deref()]; }
                        button.primary { "Code it" }
                    }
                    p.faint { "The day decides who “the president” is and when “on Monday” was. English, at most "
                        (self.limits.text_bytes >> 10) " kB." }
                }
            } @else {
                p.notice { "This explorer was started without a coder." }
            }
        }
    }

    fn reading<'s>(&'s self, coded: &'s Coded) -> Reading<'s> {
        Reading {
            text: &coded.text,
            record: &coded.record,
            names: self.names,
            most_bytes: self.limits.report_bytes,
            most_events: self.limits.report_events,
            whole: None,
            deeds: &|_| html! {},
            added: Vec::new(),
            above: html! {},
            add: None,
        }
    }
}

/// How each sentence was read.
fn trees(coded: &Coded, most: usize) -> Markup {
    html! {
        section.trees aria-label="How it was read" {
            h2 { "How it was read" }
            p.faint { "Words with their tree, part of speech, lemma and relation; then the rules that matched, and those that nearly did." }
            @if coded.readings.len() > most { p.notice { "The first " (most) " of " (coded.readings.len()) " sentences are shown." } }
            @for (i, reading) in coded.readings.iter().take(most).enumerate() {
                @let span = coded.record.sentences.get(i).map_or([0, 0], |s| s.span);
                details {
                    summary { span.number { (i + 1) } " " (visible(coded.text.get(span[0]..span[1]).unwrap_or_default())) }
                    pre tabindex="0" { (reading) }
                }
            }
        }
    }
}
