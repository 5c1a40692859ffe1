//! The column of facets: values with counts, to be chosen, in one form that works without scripts.

use maud::{Markup, html};
use readout_store::columns::{Count, Facet, Facets};

use super::names::{self, Names, grouped, visible};
use crate::address::{Address, NONE};
use crate::limits::Limits;

/// Values of a facet that are shown at once; the others are a click away.
const SHOWN: usize = 6;

/// Facets of which a code can be typed.
const TYPED: [Facet; 5] = [Facet::Actor, Facet::Recipient, Facet::Dyad, Facet::Speaker, Facet::Place];

/// Facets that are open at first.
const OPEN: [Facet; 4] = [Facet::Type, Facet::Actor, Facet::Recipient, Facet::Speaker];

/// The facets' part of the form: what is counted is chosen by boxes.
pub(crate) fn column(address: &Address, facets: &Facets, names: &Names<'_>, limits: &Limits) -> Markup {
    html! {
        // Classes head their types.
        @for (facet, name) in Facet::ALL.into_iter().filter(|(facet, _)| *facet != Facet::Quad) {
            @let counts = facets.counts.get(&facet).map_or(&[][..], Vec::as_slice);
            @let of = |facet| address.chosen.get(&facet).map_or(0, |c| c.len());
            @let chosen = of(facet) + if facet == Facet::Type { of(Facet::Quad) } else { 0 };
            details.facet open[OPEN.contains(&facet) || chosen > 0] {
                summary {
                    span { (names::facet(facet)) }
                    @if chosen > 0 { span.chosen { (chosen) " chosen" } }
                }
                @if facet == Facet::Type { (types(address, facets, counts, names)) }
                @else { (values(address, facet, name, facets, names, limits)) }
            }
        }
    }
}

/// Types under their quad classes.
fn types(address: &Address, facets: &Facets, counts: &[Count], names: &Names<'_>) -> Markup {
    let class = |quad: &str| {
        let all = facets.counts.get(&Facet::Quad).into_iter().flatten();
        all.filter(|c| c.value == quad).map(|c| c.events).sum::<u64>()
    };
    html! {
        @for quad in 1..=4 {
            @let (name, sign) = names::quad(quad);
            @let of: Vec<&Count> = counts.iter().filter(|c| names.quad_of(&c.value) == quad).collect();
            @let number = quad.to_string();
            fieldset.quad {
                legend {
                    label.value.{ "q" (quad) } {
                        input type="checkbox" name="quad" value=(quad) checked[address.has(Facet::Quad, &number)];
                        span.name { span.sign aria-hidden="true" { (sign) } (name) }
                        span.count { (grouped(class(&number))) }
                    }
                }
                ul.values { @for count in of { (value(address, Facet::Type, "type", count, names, Some(largest(counts)))) } }
            }
        }
    }
}

fn largest(counts: &[Count]) -> u64 {
    counts.iter().map(|c| c.events).max().unwrap_or(1).max(1)
}

fn values(address: &Address, facet: Facet, name: &str, facets: &Facets, names: &Names<'_>, limits: &Limits) -> Markup {
    let counts = facets.counts.get(&facet).map_or(&[][..], Vec::as_slice);
    let chosen = address.chosen.get(&facet);
    let most = Some(largest(counts));
    let is_chosen = |count: &&Count| address.has(facet, &count.value);
    let (mut shown, mut rest): (Vec<&Count>, Vec<&Count>) = counts.iter().partition(|c| is_chosen(c));
    // What is chosen stays in sight, also where nothing is left of it.
    let gone: Vec<Count> = chosen
        .into_iter()
        .flatten()
        .filter(|v| !counts.iter().any(|c| c.value == **v))
        .map(|v| Count { value: v.clone(), events: 0 })
        .collect();
    shown.extend(&gone);
    let distinct = facets.distinct.get(&facet).copied().unwrap_or(0).max(counts.len());
    let more = rest.split_off(rest.len().min(SHOWN.saturating_sub(shown.len()).max(1)));
    let listed = more.len().min(limits.facet_values);
    html! {
        ul.values { @for count in shown.iter().chain(&rest) { (value(address, facet, name, count, names, most)) } }
        @if counts.is_empty() && gone.is_empty() { p.faint { "None." } }
        @if !more.is_empty() {
            details.more {
                summary { (grouped((more.len() + distinct - counts.len()) as u64)) " more" }
                ul.values { @for count in more.iter().take(listed) { (value(address, facet, name, count, names, None)) } }
                @let rarer = more.len() + distinct - counts.len() - listed;
                @if rarer > 0 {
                    p.faint { "and " (grouped(rarer as u64)) " rarer ones"
                        @if TYPED.contains(&facet) { ": type a code" } "." }
                }
            }
        }
        @if TYPED.contains(&facet) {
            input.code type="text" name=(name) autocomplete="off" spellcheck="false" maxlength="64"
                aria-label=(format!("{}: another code", names::facet(facet)))
                placeholder=(placeholder(facet));
        }
    }
}

fn placeholder(facet: Facet) -> &'static str {
    match facet {
        Facet::Dyad => "two countries: KEN-UGA",
        Facet::Place => "a country: KEN",
        _ => "a code: KENGOV, or KEN*",
    }
}

/// A box with its count; with a bar where it is told of how many (`most`) that is a part.
fn value(address: &Address, facet: Facet, name: &str, count: &Count, names: &Names<'_>, most: Option<u64>) -> Markup {
    let shown = names.value(facet, &count.value);
    let code = (shown != count.value && !count.value.is_empty()).then_some(&count.value);
    let share = most.map(|most| (count.events * 100).div_ceil(most).min(100));
    html! {
        li {
            label.value title=[code] {
                input type="checkbox" name=(name) value=(if count.value.is_empty() { NONE } else { &count.value })
                    checked[address.has(facet, &count.value)];
                span.name { (visible(&shown)) }
                span.count { (grouped(count.events)) }
                @if let Some(share) = share {
                    svg.bar viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true" {
                        rect width=(share) height="2" {}
                    }
                }
            }
        }
    }
}

/// What is chosen, each with a link that takes it back.
pub(crate) fn chips(address: &Address, path: &str, names: &Names<'_>) -> Markup {
    let mut chips: Vec<(String, Address)> = Vec::new();
    if !address.words.is_empty() {
        chips.push((format!("“{}”", address.words), address.but(|a| a.words.clear())));
    }
    for (facet, values) in &address.chosen {
        for value in values {
            let without = address.but(|a| {
                if let Some(values) = a.chosen.get_mut(facet) {
                    values.remove(value);
                }
            });
            chips.push((format!("{}: {}", names::facet(*facet), names.value(*facet, value)), without));
        }
    }
    if let Some(from) = address.from {
        chips.push((format!("from {from}"), address.but(|a| a.from = None)));
    }
    if let Some(to) = address.to {
        chips.push((format!("to {to}"), address.but(|a| a.to = None)));
    }
    for spot in &address.spots {
        chips.push((format!("at {spot}"), address.but(|a| a.spots.retain(|other| other != spot))));
    }
    if let Some(sure) = address.sure {
        chips.push((format!("confidence {sure} % or more"), address.but(|a| a.sure = None)));
    }
    if address.acts {
        chips.push(("each act once".to_owned(), address.but(|a| a.acts = false)));
    }
    html! {
        @if !chips.is_empty() {
            ul.chips aria-label="What is chosen" {
                @for (text, without) in &chips {
                    li { a href=(without.at(path)) title="Take it back" {
                        span.unseen { "Without " } (visible(text)) " " span.x aria-hidden="true" { "×" }
                    } }
                }
                @if chips.len() > 1 { li { a.clear href=(path) { "Clear all" } } }
            }
        }
    }
}
