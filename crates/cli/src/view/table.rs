//! What was coded from a document, for people.

use std::fmt::Write as _;

use readout_coder::{Attribution, Coding, Event, Side, Speaker, Status};
use readout_text::{Document, FurnitureKind};

use super::evidence::{Stretches, show};
use super::paint::{Paint, Role};
use super::text::{fill, visible, width};

/// Column at which sentences start.
const SENTENCE: usize = 5;
/// Column at which events start.
const EVENT: usize = 7;

/// How to show documents.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View {
    /// Colours or marks.
    pub(crate) paint: Paint,
    /// Columns to write in.
    pub(crate) columns: usize,
    /// Whether to show attributions that hold no event.
    pub(crate) attributions: bool,
}

/// What the marks mean; for the head of an output without colours.
pub(crate) const LEGEND: &str = "<actor> *act* [recipient] _speaker_";

impl View {
    /// The document's header, then each sentence with its events and attributions.
    pub(crate) fn document(self, document: &Document, coding: &Coding) -> String {
        let mut out = self.header(document, coding);
        for i in 0..document.sentences.len() {
            self.sentence(&mut out, document, coding, i);
        }
        out.push('\n');
        out
    }

    fn header(self, document: &Document, coding: &Coding) -> String {
        let meta = &document.meta;
        let dateline =
            document.furniture.iter().find(|f| f.kind == FurnitureKind::Dateline).and_then(|f| f.value.clone());
        let counts = format!(
            "{}, {}, {}",
            counted(document.sentences.len(), "sentence"),
            counted(coding.events.len(), "event"),
            counted(coding.attributions.len(), "attribution")
        );
        let published = meta.published.map(|d| d.to_string());
        let parts: Vec<String> =
            [meta.title.as_ref().map(|_| meta.id.clone()), published, meta.publisher.clone(), dateline, Some(counts)]
                .into_iter()
                .flatten()
                .map(|p| visible(&p).into_owned())
                .collect();
        let title = visible(meta.title.as_deref().unwrap_or(&meta.id)).into_owned();
        let rule = "─".repeat(self.columns.min(width(&title).max(width(&parts.join(" · ")))));
        format!(
            "{}\n{}\n{}\n",
            self.filled(Role::Title, &title, 0),
            self.filled(Role::Faint, &parts.join(" · "), 0),
            self.paint.paint(Role::Faint, &rule)
        )
    }

    /// Sentence `i` with its number (from 0, as records count) and what it holds; nothing where it holds nothing.
    pub(crate) fn sentence(self, out: &mut String, document: &Document, coding: &Coding, i: usize) {
        let events = || coding.events.iter().filter(|e| e.sentence == i);
        let attributions: Vec<&Attribution> = coding
            .attributions
            .iter()
            .filter(|a| a.sentence == i && self.attributions && !events().any(|e| holds(a, e)))
            .collect();
        if events().next().is_none() && attributions.is_empty() {
            return;
        }
        let Some(sentence) = document.sentences.get(i) else { return };
        let mut stretches = Stretches::of(events().collect::<Vec<_>>().iter().copied());
        for a in &attributions {
            a.source_spans.iter().for_each(|s| stretches.put(*s, Role::Speaker));
        }
        let text = show(document, sentence.span, &stretches, self.paint, self.columns, SENTENCE);
        let number = format!("{i:>3}");
        let _ = writeln!(out, "\n{}{}", self.paint.paint(Role::Faint, &number), text.get(3..).unwrap_or_default());
        events().for_each(|e| self.event(out, document, e));
        attributions.iter().for_each(|a| self.attribution(out, a));
    }

    fn event(self, out: &mut String, document: &Document, e: &Event) {
        let act = e.mode.as_ref().map_or_else(|| e.kind.clone(), |m| format!("{}/{m}", e.kind));
        let codes = |sides: &[Side]| sides.iter().map(|s| s.code.as_str()).collect::<Vec<_>>().join(", ");
        let mut head = Words::new(self.paint);
        let reciprocal = e.recipient.is_empty() && e.actor.len() > 1;
        head.put(Role::Actor, if e.actor.is_empty() { "-".into() } else { codes(&e.actor) });
        head.put(Role::Act(e.quad), format!("—{act}{}", if reciprocal { "—" } else { "→" }));
        if !reciprocal {
            head.put(Role::Recipient, if e.recipient.is_empty() { "-".into() } else { codes(&e.recipient) });
        }
        if e.status != Status::Fact {
            head.put(Role::Title, format!("({})", e.status.name()));
        }
        let _ = writeln!(out, "{}", fill(&head.0, self.columns, EVENT));
        let details = [sides(e), place(e), time(e), said_by(document, e)];
        for detail in details.into_iter().flatten() {
            let _ = writeln!(out, "{}", self.filled(Role::Plain, &detail, EVENT + 2));
        }
        let cameo = e.cameo.as_ref().map_or_else(String::new, |c| format!(" · CAMEO {c}"));
        let rule = format!("rule {}{cameo} · confidence {:.2}", e.rule, e.confidence);
        let _ = writeln!(out, "{}", self.filled(Role::Faint, &rule, EVENT + 2));
    }

    fn attribution(self, out: &mut String, a: &Attribution) {
        let quote = if a.content_spans.is_empty() && a.content.is_empty() { "…" } else { &a.content };
        let line = format!("{}: {} ({})", speaker(&a.source, true), quote, a.manner.name());
        let _ = writeln!(out, "{}", self.filled(Role::Plain, &line, EVENT));
    }

    fn filled(self, role: Role, text: &str, indent: usize) -> String {
        let mut words = Words::new(self.paint);
        words.put(role, visible(text).into_owned());
        fill(&words.0, self.columns, indent)
    }
}

/// Painted words with their widths.
struct Words(Vec<(String, usize)>, Paint);

impl Words {
    fn new(paint: Paint) -> Self {
        Words(Vec::new(), paint)
    }

    fn put(&mut self, role: Role, text: String) {
        let paint = self.1;
        self.0.extend(visible(&text).split(' ').filter(|w| !w.is_empty()).map(|w| (paint.paint(role, w), width(w))));
    }
}

/// Whether an event stands in what an attribution says.
fn holds(a: &Attribution, e: &Event) -> bool {
    a.sentence == e.sentence && a.content_spans.iter().any(|s| s.covers(e.span))
}

/// "1 event", "2 events".
pub(crate) fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// The parties in words, and who they are where the words do not say so.
fn sides(e: &Event) -> Option<String> {
    let list = |sides: &[Side]| sides.iter().map(side).collect::<Vec<_>>().join(", ");
    let parts: Vec<String> = [list(&e.actor), format!("“{}”", e.trigger), list(&e.recipient)]
        .into_iter()
        .filter(|p| !p.is_empty())
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn side(s: &Side) -> String {
    let who = s.name.as_ref().filter(|n| **n != s.text);
    match (who, s.inferred) {
        (Some(name), Some(from)) => format!("{} (= {name}, by {from})", s.text),
        (Some(name), None) => format!("{} (= {name})", s.text),
        (None, Some(from)) => format!("{} (by {from})", s.text),
        (None, None) => s.text.clone(),
    }
}

fn place(e: &Event) -> Option<String> {
    let p = e.place.as_ref()?;
    let country = p.country.as_ref().map_or_else(String::new, |c| format!(" ({c})"));
    Some(format!("where: {}{country}", p.text))
}

fn time(e: &Event) -> Option<String> {
    let t = e.when.as_ref()?;
    let days = match t.days {
        Some((a, b)) if a == b => format!(" ({a})"),
        Some((a, b)) => format!(" ({a} to {b})"),
        None => String::new(),
    };
    Some(format!("when: {}{days}", t.text))
}

/// "said by Hassan Rouhani (IRNGOV, “noted”), according to Mehr News Agency".
fn said_by(document: &Document, e: &Event) -> Option<String> {
    let publisher = document.meta.publisher.as_deref();
    let mut chain = e.said_by.iter().map(|s| speaker(s, true));
    let first = chain.next()?;
    let mut out = format!("said by {first}");
    chain.chain(publisher.map(str::to_owned)).for_each(|s| out.push_str(&format!(", according to {s}")));
    Some(out)
}

fn speaker(s: &Speaker, with_cue: bool) -> String {
    let who = s.name.as_deref().or(s.text.as_deref()).unwrap_or("someone");
    let cue = if with_cue && !s.cue.is_empty() { format!(", “{}”", s.cue) } else { String::new() };
    if who == s.code && cue.is_empty() {
        who.to_owned()
    } else if who == s.code {
        format!("{who} ({})", cue.trim_start_matches(", "))
    } else {
        format!("{who} ({}{cue})", s.code)
    }
}

#[cfg(test)]
mod tests {
    use readout_coder::{Manner, Place, Time};
    use readout_text::{Meta, Sentence, Span};

    use super::*;

    const TEXT: &str = "Iran and Russia met in Sochi on Monday.\nThey plan, an aide said, to condemn the U.S. presence.\nIt rained, he said.";

    fn span(part: &str) -> Span {
        let start = TEXT.find(part).unwrap();
        Span::new(start, start + part.len())
    }

    fn side(text: &str, code: &str, name: Option<&str>, inferred: Option<&'static str>) -> Side {
        Side { text: text.into(), span: span(text), name: name.map(str::to_owned), code: code.into(), inferred }
    }

    fn aide() -> Speaker {
        Speaker {
            text: Some("an aide".into()),
            span: Some(span("an aide")),
            name: None,
            code: "IRNGOV".into(),
            cue: "said".into(),
        }
    }

    fn event(sentence: usize, trigger: &str, kind: &str, quad: u8) -> Event {
        Event {
            sentence,
            trigger: trigger.into(),
            span: span(trigger),
            kind: kind.into(),
            mode: None,
            contexts: vec![],
            cameo: Some("036".into()),
            quad,
            score: 0.0,
            goldstein: None,
            actor: vec![],
            recipient: vec![],
            status: Status::Fact,
            place: None,
            when: None,
            said_by: vec![],
            rule: "consult/meet".into(),
            confidence: 0.9,
        }
    }

    fn document() -> Document {
        let sentences = TEXT.lines().map(|s| Sentence { span: span(s), ..Sentence::default() }).collect();
        let meta = Meta {
            id: "a-1".into(),
            publisher: Some("Mehr".into()),
            title: Some("A meeting".into()),
            ..Meta::default()
        };
        Document { text: TEXT.into(), meta, sentences, ..Document::default() }
    }

    fn coding() -> Coding {
        let mut met = event(0, "met", "CONSULT", 1);
        met.mode = Some("meet".into());
        met.actor = vec![side("Iran", "IRNGOV", Some("Iran"), None), side("Russia", "RUSGOV", None, None)];
        met.place = Some(Place {
            text: "Sochi".into(),
            span: span("Sochi"),
            coordinates: None,
            country: Some("RUS".into()),
            admin1: None,
        });
        met.when = Some(Time { text: "Monday".into(), span: span("Monday"), days: None, granularity: None });
        let mut condemn = event(1, "condemn", "ACCUSE", 3);
        condemn.actor = vec![side("They", "IRNGOV", Some("Iran"), Some("pronoun"))];
        condemn.recipient = vec![side("U.S.", "USAGOV", None, None)];
        condemn.status = Status::Future;
        condemn.said_by = vec![aide()];
        let rained = Attribution {
            sentence: 2,
            source: Speaker { text: Some("he".into()), span: Some(span("he said")), ..aide() },
            source_spans: vec![],
            cue_spans: vec![],
            content: "It rained".into(),
            content_spans: vec![span("It rained")],
            manner: Manner::Indirect,
            nested_in: None,
            continues: None,
        };
        Coding { events: vec![met, condemn], attributions: vec![rained] }
    }

    #[test]
    fn a_document_reads_well_without_colours() {
        let view = View { paint: Paint::new(false), columns: 60, attributions: true };
        let expected = "\
A meeting
a-1 · Mehr · 3 sentences, 2 events, 1 attribution
─────────────────────────────────────────────────

  0  <Iran> and <Russia> *met* in Sochi on Monday.
       IRNGOV, RUSGOV —CONSULT/meet—
         Iran, Russia “met”
         where: Sochi (RUS)
         when: Monday
         rule consult/meet · CAMEO 036 · confidence 0.90

  1  <They> plan, _an aide_ said, to *condemn* the [U.S.]
     presence.
       IRNGOV —ACCUSE→ USAGOV (future)
         They (= Iran, by pronoun) “condemn” U.S.
         said by an aide (IRNGOV, “said”), according to Mehr
         rule consult/meet · CAMEO 036 · confidence 0.90

  2  It rained, he said.
       he (IRNGOV, “said”): It rained (indirect)

";
        assert_eq!(view.document(&document(), &coding()), expected);
    }

    #[test]
    fn attributions_without_events_show_only_on_request() {
        let view = View { paint: Paint::new(false), columns: 60, attributions: false };
        assert!(!view.document(&document(), &coding()).contains("It rained"));
    }
}
