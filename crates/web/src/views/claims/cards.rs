//! Each matter with its evidence: a card a voice, and the sentences that bear it.

use std::cell::Cell;
use std::collections::BTreeSet;

use maud::{Markup, html};
use readout_record::claims::{Claim, Matter, Odds, Stance, Voice};
use readout_store::Evidence;

use super::compare::Compare;
use super::{called, listed, stance, standing};
use crate::page::event;
use crate::page::marks::draw_sentence;
use crate::page::names::{counted, visible};
use crate::views::report;

/// Sentences of a voice that are shown at once.
const SENTENCES: usize = 2;

/// Voices that a list names.
const NAMED: usize = 12;

/// All matters, with as many sentences as there is room for.
pub(super) fn draw(compare: &Compare<'_>) -> Markup {
    let room = Cell::new(compare.limits.claim_sentences);
    html! { @for (number, matter) in compare.shown() { (section(compare, number, matter, &room)) } }
}

fn section(compare: &Compare<'_>, number: usize, matter: &Matter, room: &Cell<usize>) -> Markup {
    let (name, about) = standing(matter.standing);
    let mut voices = matter.voices();
    voices.sort_by_key(|voice| matter.stance(voice)); // a stable sort: within a stance whoever is heard first
    html! {
        section.matter #{ "m" (number) } aria-label={ "Matter " (number) } {
            h2 {
                span.number { (number) } " "
                @if let Some(first) = compare.first(matter) { (event::act(first, &compare.names)) " " (event::parties(first, &compare.names)) }
                @else { (visible(&matter.kind)) }
                @if let Some(days) = matter.days { " " time.faint { (days.first()) } }
                " " span.standing.(matter.standing.name()) title=(about) { (name) }
            }
            p.verdict { (compare.verdict(matter)) }
            (odds(compare, matter))
            ul.claims {
                @for voice in voices { (card(compare, matter, voice, room)) }
            }
            (outlets(compare, matter))
        }
    }
}

fn card(compare: &Compare<'_>, matter: &Matter, voice: &Voice, room: &Cell<usize>) -> Markup {
    let claims: Vec<(&Claim, &Evidence)> =
        matter.by(voice).filter_map(|c| Some((c, compare.mentions.get(c.mention)?))).collect();
    let held: BTreeSet<Stance> = claims.iter().map(|(c, _)| c.stance).collect();
    let most = matter.stance(voice).unwrap_or(Stance::Asserts);
    let standing = match voice {
        Voice::Outlet(_) => "outlet, on its own word",
        voice if matter.is_party(voice) => "a party to it",
        Voice::Speaker(_) => "not a party to it",
    };
    let (told, left_out) = claims.split_at(claims.len().min(room.get()));
    room.set(room.get() - told.len());
    let (shown, more) = told.split_at(told.len().min(SENTENCES));
    html! {
        li.claim.(most.name()) {
            h3 { (called(voice, &compare.names)) }
            p.line.faint { (standing) (people(&claims)) }
            p.stances {
                @for (i, held) in held.iter().enumerate() {
                    @let (sign, words) = stance(*held);
                    @if i > 0 { " and " }
                    span.stance.(held.name()) { span aria-hidden="true" { (sign) " " } (words) }
                }
            }
            @for (_, e) in shown { (sentence(compare, e)) }
            @if !more.is_empty() {
                details.more { summary { (counted(more.len() as u64, "more sentence")) }
                    @for (_, e) in more { (sentence(compare, e)) } }
            }
            @if !left_out.is_empty() { p.line.faint { (counted(left_out.len() as u64, "sentence")) " more in JSON and CSV, or on fewer days." } }
        }
    }
}

/// Persons who speak for the voice.
fn people(claims: &[(&Claim, &Evidence)]) -> Markup {
    let mut names: Vec<String> = Vec::new();
    for (claim, e) in claims {
        let Voice::Speaker(code) = &claim.voice else { continue };
        let speaker = e.event.said_by.first().filter(|s| s.code == *code);
        if let Some(name) = speaker.and_then(|s| s.name.as_deref().or(s.text.as_deref())) {
            let name = visible(name).into_owned();
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    html! { @if !names.is_empty() { ", in the words of " (listed(&names, 3)) } }
}

fn sentence(compare: &Compare<'_>, e: &Evidence) -> Markup {
    let marks = event::marks(&e.event, None, None);
    let others = e.event.said_by.get(1..).unwrap_or_default();
    html! {
        blockquote.{ "q" (e.event.quad) } { (draw_sentence(&e.sentence, e.start, marks)) }
        p.line.faint.source {
            @for other in others { "according to " (visible(event::speaker(other))) ", " }
            b { (visible(e.report.publisher.as_deref().unwrap_or("publisher not told"))) }
            @if let Some(day) = &e.report.published { ", " time { (visible(day)) } }
            " · " (report::link(e))
            @if compare.focus.is_none() || compare.scope.event.as_deref() != Some(e.event.id.as_str()) {
                " · " a href=(super::around(e.event.id.as_str())) { "Look around it" }
            }
        }
    }
}

/// What does not go together with it.
fn odds(compare: &Compare<'_>, matter: &Matter) -> Markup {
    let words = |odds: Odds| match odds {
        Odds::Turned => "Other voices tell the same of the other side",
        Odds::Blamed => "Other voices say that another did it",
        Odds::Opposite => "Other voices tell the opposite of the same two",
    };
    html! {
        @for (how, other) in &matter.odds {
            @if let (Some(number), Some(them)) = (compare.number(*other), compare.claims.matters.get(*other)) {
                p.odds { (words(*how)) ": " a href={ "#m" (number) } { span.number { (number) } " "
                    @if let Some(first) = compare.first(them) { (event::act(first, &compare.names)) " " (event::parties(first, &compare.names)) }
                    @else { (visible(&them.kind)) } } }
            }
        }
    }
}

/// Which outlets tell it, pass it on, or are silent.
fn outlets(compare: &Compare<'_>, matter: &Matter) -> Markup {
    let named = |voices: Vec<&Voice>| {
        let names: Vec<String> = voices.into_iter().map(|v| called(v, &compare.names)).collect();
        listed(&names, NAMED)
    };
    let own: Vec<String> = matter
        .voices()
        .into_iter()
        .filter(|v| matches!(v, Voice::Outlet(_)))
        .map(|v| called(v, &compare.names))
        .collect();
    let relays: Vec<String> = matter
        .relays
        .iter()
        .map(|name| Voice::Outlet(name.clone()))
        .filter(|voice| matter.stance(voice).is_none())
        .map(|voice| called(&voice, &compare.names))
        .collect();
    let silent = |is_outlet: bool| {
        matter.silent.iter().filter(|v| matches!(v, Voice::Outlet(_)) == is_outlet).collect::<Vec<_>>()
    };
    html! {
        dl.facts.carried-by {
            @if !own.is_empty() { dt { "On its own word" } dd { (listed(&own, NAMED)) } }
            @if !relays.is_empty() { dt { "Passes on what others say" } dd { (listed(&relays, NAMED)) } }
            @if !silent(true).is_empty() { dt { "Silent outlets" } dd { (named(silent(true)))
                span.faint { " – tell of the two within three days, not of this" } } }
            @if !silent(false).is_empty() { dt { "Silent speakers" } dd { (named(silent(false)))
                span.faint { " – are heard within three days, not on this" } } }
        }
    }
}
