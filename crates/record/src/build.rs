//! From a document and its coding to its record.

use std::collections::BTreeMap;

use readout_coder as coder;
use readout_coder::Coding;
use readout_text::{Document, FurnitureKind, Span};

use crate::id::EventIds;
use crate::model::{
    Attribution, ByteSpan, Dateline, Event, Furniture, Party, Phrase, Place, Problem, Record, SCHEMA, Sentence, Source,
    Speaker,
};
use crate::{Days, EventId};

/// Prefixes of codes that stand for a body rather than a country.
pub const BODIES: [&str; 4] = ["IGO", "NGO", "IMG", "MNC"];

impl Record {
    /// The record of `document` as `coding` reads it. `codebook` is the version of the codebook that coded it; it
    /// enters the events' identifiers.
    pub fn new(document: &Document, coding: &Coding, codebook: &str) -> Record {
        let meta = &document.meta;
        let at = |span| original(document, span);
        Record {
            schema: SCHEMA.to_owned(),
            id: meta.id.clone(),
            uri: meta.uri.clone(),
            title: meta.title.clone(),
            author: meta.author.clone(),
            published: meta.published,
            publisher: meta.publisher.clone(),
            language: meta.language.clone(),
            licence: meta.licence.clone(),
            byline: value(document, FurnitureKind::Byline),
            credit: value(document, FurnitureKind::Credit),
            dateline: dateline(document),
            codebook: Some(codebook.to_owned()),
            sentences: document.sentences.iter().map(|s| Sentence { span: at(s.span), text: None }).collect(),
            furniture: document
                .furniture
                .iter()
                .map(|f| Furniture { kind: kind_name(f.kind).to_owned(), span: at(f.span), value: f.value.clone() })
                .collect(),
            events: events(document, coding, codebook),
            attributions: coding.attributions.iter().map(|a| attribution(document, a)).collect(),
            problems: document
                .problems
                .iter()
                .map(|p| Problem { span: p.span.map(at), what: p.what.clone() })
                .collect(),
        }
    }

    /// The same record with each sentence's text beside its span.
    pub fn with_text(mut self, document: &Document) -> Record {
        for (mine, read) in self.sentences.iter_mut().zip(&document.sentences) {
            mine.text = Some(read.span.of(&document.text).to_owned());
        }
        self
    }
}

/// The bytes of the text as given that `span` of the document's text came from.
fn original(document: &Document, span: Span) -> ByteSpan {
    let given = document.original(span);
    [given.start, given.end]
}

/// The country in a code: of "IRNGOV" IRN; of "IGOUNO", a medium's name or "---GOV" none.
pub fn country_of(code: &str) -> Option<&str> {
    parts(code).0
}

/// The country and the sector in a code: of "IRNGOV" both, of "IGOUNO", a medium's name or "---GOV" not a country.
pub(crate) fn parts(code: &str) -> (Option<&str>, Option<&str>) {
    let (Some(head), Some(tail)) = (code.get(..3), code.get(3..)) else { return (None, None) };
    if BODIES.contains(&head) || !(head == "---" || head.bytes().all(|b| b.is_ascii_uppercase())) {
        return (None, None);
    }
    let sector = (tail.len() == 3 && tail.bytes().all(|b| b.is_ascii_uppercase())).then_some(tail);
    if sector.is_none() && !tail.is_empty() {
        return (None, None); // "IRNA", "ANSAmed": a medium
    }
    (Some(head).filter(|h| *h != "---"), sector)
}

fn kind_name(kind: FurnitureKind) -> &'static str {
    match kind {
        FurnitureKind::Dateline => "dateline",
        FurnitureKind::Byline => "byline",
        FurnitureKind::Credit => "credit",
        FurnitureKind::Licence => "licence",
        FurnitureKind::Page => "page",
    }
}

/// What the first piece of furniture of a kind says, or its words where that cannot be told.
fn value(document: &Document, kind: FurnitureKind) -> Option<String> {
    let found = document.furniture.iter().find(|f| f.kind == kind)?;
    Some(found.value.clone().unwrap_or_else(|| found.span.of(&document.text).to_owned()))
}

fn dateline(document: &Document) -> Option<Dateline> {
    let found = document.furniture.iter().find(|f| f.kind == FurnitureKind::Dateline)?;
    Some(Dateline { place: found.value.clone(), date: found.date, span: original(document, found.span) })
}

fn events(document: &Document, coding: &Coding, codebook: &str) -> Vec<Event> {
    let ids = EventIds::new(&document.meta.id, &document.text, codebook);
    let mut seen = BTreeMap::new();
    coding
        .events
        .iter()
        .map(|e| {
            let ordinal = seen.entry(e.sentence).or_insert(0_usize);
            let id = ids.of(e.sentence, *ordinal);
            *ordinal += 1;
            event(document, e, id)
        })
        .collect()
}

fn event(document: &Document, e: &coder::Event, id: EventId) -> Event {
    let at = |span| original(document, span);
    Event {
        id,
        sent: e.sentence,
        trigger: e.trigger.clone(),
        span: at(e.span),
        kind: e.kind.clone(),
        mode: e.mode.clone(),
        contexts: e.contexts.clone(),
        cameo: e.cameo.clone(),
        quad: e.quad,
        score: e.score,
        goldstein: e.goldstein,
        actor: e.actor.iter().map(|s| party(document, s)).collect(),
        recipient: e.recipient.iter().map(|s| party(document, s)).collect(),
        status: e.status,
        place: e.place.as_ref().map(|p| Place {
            text: p.text.clone(),
            span: at(p.span),
            lat: p.coordinates.map(|c| c.0),
            lon: p.coordinates.map(|c| c.1),
            country: p.country.clone(),
            admin1: p.admin1.clone(),
        }),
        when: e.when.as_ref().map(|w| w.text.clone()),
        when_span: e.when.as_ref().map(|w| at(w.span)),
        date: e.when.as_ref().and_then(|w| w.days).map(|(first, last)| Days::new(first, last)),
        granularity: e.when.as_ref().and_then(|w| w.granularity).map(str::to_owned),
        said_by: e.said_by.iter().map(|s| speaker(document, s)).collect(),
        rule: e.rule.clone(),
        confidence: e.confidence,
        same_as: None,
    }
}

fn party(document: &Document, side: &coder::Side) -> Party {
    let (country, sector) = parts(&side.code);
    Party {
        text: side.text.clone(),
        span: original(document, side.span),
        name: side.name.clone(),
        country: country.map(str::to_owned),
        sector: sector.map(str::to_owned),
        code: side.code.clone(),
        inferred: side.inferred.map(str::to_owned),
    }
}

fn speaker(document: &Document, s: &coder::Speaker) -> Speaker {
    Speaker {
        text: s.text.clone(),
        span: s.span.map(|span| original(document, span)),
        name: s.name.clone(),
        code: s.code.clone(),
        cue: s.cue.clone(),
    }
}

fn attribution(document: &Document, a: &coder::Attribution) -> Attribution {
    let all = |spans: &[Span]| spans.iter().map(|s| original(document, *s)).collect();
    Attribution {
        sent: a.sentence,
        source: Source {
            text: a.source.text.clone(),
            spans: all(&a.source_spans),
            name: a.source.name.clone(),
            code: a.source.code.clone(),
        },
        cue: Phrase { text: a.source.cue.clone(), spans: all(&a.cue_spans) },
        content: Phrase { text: a.content.clone(), spans: all(&a.content_spans) },
        kind: a.manner,
        nested_in: a.nested_in,
        continues: a.continues,
    }
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn a_code_gives_its_country_and_sector() {
        for (code, country, sector) in [
            ("IRNGOV", Some("IRN"), Some("GOV")),
            ("IRN", Some("IRN"), None),
            ("---GOV", None, Some("GOV")),
            ("---", None, None),
            ("IGOUNO", None, None),
            ("IRNA", None, None),
            ("PressTV", None, None),
            ("", None, None),
            ("日本", None, None),
        ] {
            assert_eq!(parts(code), (country, sector), "{code}");
        }
    }
}
