//! A text to be read: its events drawn into it, what is said in brackets, and beside it the list of events.

use maud::{Markup, html};
use readout_record::{Attribution, ByteSpan, Event, Record};

use super::event;
use super::marks::{Kind, Mark, draw};
use super::names::{Names, counted, visible};

/// A text with what was read from it, as a page shows it.
pub(crate) struct Reading<'r> {
    pub(crate) text: &'r str,
    pub(crate) record: &'r Record,
    pub(crate) names: Names<'r>,
    /// Bytes of the text that are shown.
    pub(crate) most_bytes: usize,
    /// Events that are shown.
    pub(crate) most_events: usize,
    /// Where more of it is shown, where there is more.
    pub(crate) whole: Option<String>,
    /// What can be done with an event: links below its card.
    pub(crate) deeds: &'r dyn Fn(&Event) -> Markup,
    /// More marks: of events that people have added.
    pub(crate) added: Vec<Mark>,
    /// What stands before the list of events.
    pub(crate) above: Markup,
    /// Where an event that was missed can be added, at words that are selected.
    pub(crate) add: Option<String>,
}

impl Reading<'_> {
    /// The text and the list of events beside it.
    pub(crate) fn draw(&self) -> Markup {
        let (shown, marks) = (self.shown(), self.marks());
        html! {
            div.reading data-module="reading" {
                section.text aria-label="The report" {
                    (legend())
                    div.article lang=(self.record.language.as_deref().unwrap_or("en")) data-add=[self.add.as_deref()] {
                        @for (start, end) in self.paragraphs() {
                            p data-at=(start) { (draw(self.text, start, end, &marks)) }
                        }
                        @if self.text.is_empty() { p.faint { "There is no text." } }
                    }
                    @if self.text.len() > self.most_bytes {
                        p.notice { "The text is " (self.text.len() >> 10) " kB long; its first " (self.most_bytes >> 10)
                            " kB are shown here; " (self.more()) "." }
                    }
                }
                section.events aria-label="Events" {
                    h2 { (counted(self.record.events.len() as u64, "event")) }
                    @if shown.len() < self.record.events.len() {
                        p.notice { "The first " (shown.len()) " are shown here; " (self.more()) "." }
                    }
                    @if shown.is_empty() {
                        p.faint { "Nothing that one party does to another was found in it. Reports on prices, sports and daily life
                            mostly have none." }
                    }
                    (self.above)
                    ol.cards { @for (i, event) in shown.iter().enumerate() { (self.card(i + 1, event)) } }
                    (self.voices())
                }
            }
        }
    }

    /// Where the rest is.
    fn more(&self) -> Markup {
        html! { @match &self.whole { Some(whole) => a href=(whole) { "show the whole report" }, None => "JSON has all" } }
    }

    fn shown(&self) -> &[Event] {
        self.record.events.get(..self.most_events).unwrap_or(&self.record.events)
    }

    fn card(&self, number: usize, event: &Event) -> Markup {
        html! {
            li.card #{ "e-" (event.id) } data-e=(number) tabindex="-1" {
                p.line {
                    a.number href={ "#act-" (number) } title="To its words" { (number) } " " (event::act(event, &self.names))
                }
                p.line { (event::parties(event, &self.names)) }
                p.line.faint { (event::chain(&event.said_by, self.record.publisher.as_deref()))
                    @if let Some(day) = event::day(event) { " · " (day) }
                    @if let Some(place) = &event.place { " · " (visible(&place.text)) }
                }
                details { summary { "Record" } (event::facts(event, &self.names)) }
                ((self.deeds)(event))
            }
        }
    }

    /// Who says what, with the voices around them.
    fn voices(&self) -> Markup {
        let all = &self.record.attributions;
        html! {
            @if !all.is_empty() {
                details.voices {
                    summary { "Who says what (" (all.len()) ")" }
                    @if all.len() > self.most_events { p.notice { "The first " (self.most_events) " are shown here; " (self.more()) "." } }
                    ul {
                        @for attribution in all.iter().take(self.most_events) {
                            li {
                                p { (self.chain(attribution)) }
                                blockquote { (visible(&attribution.content.text)) }
                            }
                        }
                    }
                }
            }
        }
    }

    /// "Rouhani, according to Press TV, published by Mehr".
    fn chain(&self, attribution: &Attribution) -> String {
        let mut out = self.source(attribution);
        for outer in outer(&self.record.attributions, attribution) {
            out.push_str(&format!(", according to {}", self.source(outer)));
        }
        if let Some(publisher) = &self.record.publisher {
            out.push_str(&format!(", published by {publisher}"));
        }
        visible(&out).into_owned()
    }

    /// What the source of an attribution is called.
    fn source(&self, attribution: &Attribution) -> String {
        let source = &attribution.source;
        let is_known = !source.code.is_empty() && source.code != "---";
        let code = is_known.then(|| self.names.party(&source.code).into_owned());
        source.name.clone().or_else(|| source.text.clone()).or(code).unwrap_or_else(|| "someone".to_owned())
    }

    fn marks(&self) -> Vec<Mark> {
        let mut all = Vec::new();
        for furniture in &self.record.furniture {
            all.push(Mark::new(furniture.span, Kind::Furniture));
        }
        for attribution in &self.record.attributions {
            let depth = outer(&self.record.attributions, attribution).count();
            let label = short(&self.source(attribution));
            for span in &attribution.content.spans {
                let mut mark = Mark::new(*span, Kind::Said(u8::try_from(depth).unwrap_or(u8::MAX)));
                mark.label.clone_from(&label);
                mark.title = self.chain(attribution);
                all.push(mark);
            }
            all.extend(attribution.cue.spans.iter().map(|span| Mark::new(*span, Kind::Cue)));
            let is_told = |span: &&ByteSpan| {
                !self.record.events.iter().flat_map(|e| &e.said_by).any(|s| s.span.as_ref() == Some(*span))
            };
            for span in attribution.source.spans.iter().filter(is_told) {
                let mut mark = Mark::new(*span, Kind::Source);
                mark.label = "speaker".to_owned();
                mark.title.clone_from(&attribution.source.code);
                all.push(mark);
            }
        }
        all.extend(self.added.iter().cloned());
        for (i, e) in self.shown().iter().enumerate() {
            all.extend(event::marks(e, Some(i + 1), Some(format!("#e-{}", e.id))));
        }
        all
    }

    /// First and last byte of each paragraph. Lines that are only wrapped are one: a paragraph ends at an empty line, or
    /// before one that is set in; where a text has neither, at each line that a sentence ends.
    fn paragraphs(&self) -> Vec<(usize, usize)> {
        let text = self.text.get(..self.text.floor_char_boundary(self.most_bytes)).unwrap_or(self.text);
        let breaks: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        let after = |at: usize| text.get(at + 1..).unwrap_or_default();
        let is_set_in = |at: &usize| after(*at).starts_with(['\n', '\r', ' ', '\t', '\u{a0}']);
        let has_shape = breaks.iter().any(is_set_in);
        let ends = |at: &usize| {
            if has_shape {
                is_set_in(at)
            } else {
                !self.record.sentences.iter().any(|s| s.span[0] < *at && *at < s.span[1])
            }
        };
        let mut all = Vec::new();
        let mut start = 0;
        for at in breaks.into_iter().filter(ends).chain([text.len()]) {
            if !text.get(start..at).unwrap_or_default().trim().is_empty() {
                all.push((start, at));
            }
            start = at;
        }
        all
    }
}

/// The attributions around one, innermost first; ends where they go round.
fn outer<'r>(all: &'r [Attribution], of: &'r Attribution) -> impl Iterator<Item = &'r Attribution> {
    let mut at = of.nested_in;
    let mut left = all.len();
    std::iter::from_fn(move || {
        left = left.checked_sub(1)?;
        let found = all.get(at?)?;
        at = found.nested_in;
        Some(found)
    })
}

/// Longest label of a bracket, in characters.
const LABEL: usize = 28;

fn short(name: &str) -> String {
    let name = visible(name);
    if name.chars().count() <= LABEL {
        name.into_owned()
    } else {
        name.chars().take(LABEL - 1).chain(['…']).collect()
    }
}

fn legend() -> Markup {
    html! {
        p.legend aria-label="Legend" {
            span.m.actor data-label="actor" { "who acts" } " "
            span.m.act.q1 data-label="○" { "act" } " "
            span.m.recipient data-label="recipient" { "whom it reaches" } " "
            span.m.place data-label="place" { "where" } " "
            span.m.time data-label="time" { "when" } " "
            span.m.source data-label="speaker" { "who says it" } " "
            span.said.d0.first data-label="speaker" { "what is said" i.shut {} }
        }
    }
}
