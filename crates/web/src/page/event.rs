//! An event as people read it: its sentence with the parts marked, who did what to whom, and on whose word.

use maud::{Markup, html};
use readout_record::{Event, Party, Speaker};

use super::marks::{Kind, Mark};
use super::names::{self, Names, visible};
use crate::answer::Cell;

/// The marks of an event. `number` is the event's on its page, under which its act is found (`#act-1`); `href` is where the
/// act leads.
pub(crate) fn marks(event: &Event, number: Option<usize>, href: Option<String>) -> Vec<Mark> {
    let mut all = Vec::new();
    let mut put = |span: [usize; 2], kind: Kind, label: &str, title: String| {
        let mut mark = Mark::new(span, kind);
        mark.events.extend(number);
        label.clone_into(&mut mark.label);
        mark.title = title;
        all.push(mark);
    };
    let of = |party: &Party| party.name.as_ref().map_or_else(|| party.code.clone(), |n| format!("{n}, {}", party.code));
    for party in &event.actor {
        put(party.span, Kind::Actor, "actor", of(party));
    }
    for party in &event.recipient {
        put(party.span, Kind::Recipient, "recipient", of(party));
    }
    if let Some(place) = &event.place {
        put(place.span, Kind::Place, "place", place.country.clone().unwrap_or_default());
    }
    if let Some(span) = event.when_span {
        put(span, Kind::Time, "time", event.date.map(|d| d.to_string()).unwrap_or_default());
    }
    for speaker in &event.said_by {
        if let Some(span) = speaker.span {
            put(span, Kind::Source, "speaker", speaker.code.clone());
        }
    }
    let label = number.map_or_else(|| event.kind.clone(), |n| format!("{n} {}", event.kind));
    put(event.span, Kind::Act(event.quad), &label, names::quad(event.quad).0.to_owned());
    if let Some(act) = all.last_mut() {
        act.href = href;
        act.id = number.map(|n| format!("act-{n}"));
    }
    all
}

/// The type with its sign, mode and status.
pub(crate) fn act(event: &Event, names: &Names<'_>) -> Markup {
    let (class, sign) = names::quad(event.quad);
    let status = event.status.name();
    html! {
        span.type.{ "q" (event.quad) } title=(format!("{class}: {}", names.about(&event.kind))) {
            span aria-hidden="true" { (sign) } " " (visible(&event.kind))
            @if let Some(mode) = &event.mode { span.mode { " " (visible(mode)) } }
        }
        @if status != "fact" { " " span.status title=(names::status(status)) { (status) } }
    }
}

/// Who did it to whom: "Kenya, government → Burundi, armed forces"; between parties of a mutual act stands "and".
pub(crate) fn parties(event: &Event, names: &Names<'_>) -> Markup {
    let is_mutual = event.recipient.is_empty() && event.actor.len() > 1;
    html! {
        span.who {
            (side(&event.actor, "actor", "someone", names))
            @if !is_mutual {
                " " span.arrow aria-hidden="true" { "→" } span.unseen { "to" } " "
                (side(&event.recipient, "recipient", "nobody named", names))
            }
        }
    }
}

fn side(parties: &[Party], class: &str, nobody: &str, names: &Names<'_>) -> Markup {
    html! {
        @if parties.is_empty() { span.nobody { (nobody) } }
        @for (i, party) in parties.iter().enumerate() {
            @if i > 0 { ", " }
            span.party.(class) title=(format!("{} “{}”", party.code, visible(&party.text))) {
                (visible(&names.party(&party.code)))
            }
        }
    }
}

/// What a speaker is called.
pub(crate) fn speaker(speaker: &Speaker) -> &str {
    speaker
        .name
        .as_deref()
        .or(speaker.text.as_deref())
        .unwrap_or_else(|| if speaker.code.is_empty() || speaker.code == "---" { "someone" } else { &speaker.code })
}

/// The chain of voices, innermost first: "Hassan Rouhani, according to Press TV, published by Mehr".
pub(crate) fn chain(said_by: &[Speaker], publisher: Option<&str>) -> Markup {
    let publisher = publisher.map(visible);
    html! {
        span.chain {
            @if let Some((first, others)) = said_by.split_first() {
                "said by " (voice(first))
                @for other in others { ", according to " (voice(other)) }
                @if let Some(publisher) = &publisher { ", published by " b { (publisher) } }
            } @else if let Some(publisher) = &publisher {
                "told by " b { (publisher) } " on its own word"
            } @else {
                "told on the report’s own word"
            }
        }
    }
}

fn voice(speaker: &Speaker) -> Markup {
    let title = match speaker.cue.as_str() {
        "" => speaker.code.clone(),
        cue => format!("{}, “{}”", speaker.code, visible(cue)),
    };
    html! { b title=(title) { (visible(self::speaker(speaker))) } }
}

/// The chain in words, for programs.
pub(crate) fn chain_text(said_by: &[Speaker]) -> String {
    said_by.iter().map(speaker).collect::<Vec<_>>().join(" < ")
}

/// The day of the event in words.
pub(crate) fn day(event: &Event) -> Option<String> {
    event.date.map(|days| {
        if days.first() == days.last() {
            days.first().to_string()
        } else {
            format!("{} to {}", days.first(), days.last())
        }
    })
}

/// The rest of the record: where and when, the rule, codes and scores.
pub(crate) fn facts(event: &Event, names: &Names<'_>) -> Markup {
    let party = |party: &Party| {
        html! {
            dd { q { (visible(&party.text)) } " " code { (visible(&party.code)) }
                @if let Some(name) = &party.name { " " (visible(name)) }
                @if let Some(from) = &party.inferred { span.faint { " inferred from " (visible(from)) } }
            }
        }
    };
    html! {
        dl.facts {
            @if !event.actor.is_empty() { dt { "Actor" } @for p in &event.actor { (party(p)) } }
            @if !event.recipient.is_empty() { dt { "Recipient" } @for p in &event.recipient { (party(p)) } }
            @if let Some(place) = &event.place {
                dt { "Where" }
                dd { q { (visible(&place.text)) }
                    @if let Some(admin1) = &place.admin1 { " " (visible(admin1)) "," }
                    @if let Some(country) = &place.country { " " (visible(&names.country(country))) }
                    @if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
                        span.faint { (format!(" {lat:.2}, {lon:.2}")) }
                    }
                }
            }
            @if event.when.is_some() || event.date.is_some() {
                dt { "When" }
                dd {
                    @if let Some(when) = &event.when { q { (visible(when)) } " " }
                    @if let Some(day) = day(event) { (day) }
                    @if let Some(unit) = &event.granularity { span.faint { " to the " (visible(unit)) } }
                }
            }
            dt { "Status" } dd { (event.status.name()) span.faint { " " (names::status(event.status.name())) } }
            @if !event.contexts.is_empty() { dt { "Contexts" } dd { (visible(&event.contexts.join(", "))) } }
            dt { "Rule" } dd { code { (visible(&event.rule)) } " on " q { (visible(&event.trigger)) } }
            @if let Some(code) = &event.cameo {
                dt { "CAMEO" } dd { code { (visible(code)) } span.faint { " " (names.cameo(code)) } }
            }
            dt { "Scores" }
            dd.num { "PLOVER " (format!("{:+.1}", event.score))
                @if let Some(goldstein) = event.goldstein { ", Goldstein " (format!("{goldstein:+.1}")) }
            }
            dt { "Confidence" } dd.num { (format!("{:.2}", event.confidence)) }
            dt { "Identifier" } dd { code { (event.id) } }
        }
    }
}

/// Columns of events in CSV.
pub(crate) const COLUMNS: [&str; 19] = [
    "event_id",
    "day",
    "type",
    "mode",
    "quad",
    "score",
    "status",
    "actor",
    "actor_text",
    "recipient",
    "recipient_text",
    "said_by",
    "said_by_text",
    "place",
    "place_country",
    "trigger",
    "cameo",
    "rule",
    "confidence",
];

/// The cells under [`COLUMNS`].
pub(crate) fn cells(event: &Event, published: Option<&str>) -> Vec<Cell> {
    let joined = |parts: Vec<&str>| Cell::words(Some(parts.join("; ").as_str()).filter(|t| !t.is_empty()));
    let codes = |parts: Vec<&str>| Cell::code(Some(parts.join("; ").as_str()).filter(|t| !t.is_empty()));
    let code = |party: &'_ Party| party.code.clone();
    let (actors, recipients): (Vec<_>, Vec<_>) =
        (event.actor.iter().map(code).collect(), event.recipient.iter().map(code).collect());
    let day = day(event).map(|d| d.split(' ').next().unwrap_or_default().to_owned());
    vec![
        Cell::code(Some(event.id.as_str())),
        Cell::code(day.as_deref().or(published)),
        Cell::code(Some(&event.kind)),
        Cell::code(event.mode.as_deref()),
        Cell::count(event.quad.into()),
        Cell::Number(short(event.score)),
        Cell::code(Some(event.status.name())),
        codes(actors.iter().map(String::as_str).collect()),
        joined(event.actor.iter().map(|p| p.text.as_str()).collect()),
        codes(recipients.iter().map(String::as_str).collect()),
        joined(event.recipient.iter().map(|p| p.text.as_str()).collect()),
        // The code of a medium is its name as somebody wrote it.
        joined(event.said_by.iter().map(|s| s.code.as_str()).collect()),
        Cell::words(Some(chain_text(&event.said_by).as_str()).filter(|t| !t.is_empty())),
        Cell::words(event.place.as_ref().map(|p| p.text.as_str())),
        Cell::code(event.place.as_ref().and_then(|p| p.country.as_deref())),
        Cell::Words(event.trigger.clone()),
        Cell::code(event.cameo.as_deref()),
        Cell::code(Some(&event.rule)),
        Cell::Number(short(event.confidence)),
    ]
}

/// The number that a short decimal means: 0.1, not 0.10000000149.
fn short(x: f32) -> f64 {
    x.to_string().parse().unwrap_or(f64::from(x))
}
