//! The comparison at a glance: a row a matter, a column a voice.

use maud::{Markup, html};
use readout_record::claims::{Matter, Voice};

use super::compare::{Compare, heard};
use super::{called, standing};
use crate::page::event;
use crate::page::names::visible;

/// What the signs mean, in the order of the key.
const KEY: [(&str, &str); 6] = [
    ("●", "says so"),
    ("✕", "denies it"),
    ("◷", "expects it"),
    ("○", "holds it possible"),
    ("❝", "passes on what others say"),
    ("–", "speaks then, but not of this"),
];

/// The table, with its key.
pub(super) fn draw(compare: &Compare<'_>) -> Markup {
    let voices = columns(compare);
    let left_out = compare.claims.voices.len() - voices.len();
    html! {
        section.matrix aria-label="Who says what, at a glance" {
            ul.key { @for (sign, words) in KEY { li { span.sign aria-hidden="true" { (sign) } " " (words) } } }
            div.scroll tabindex="0" role="region" aria-label="Table of matters and voices" {
                table {
                    thead { tr {
                        th scope="col" { "What happened" }
                        @for voice in &voices { (heading(compare, voice)) }
                    } }
                    tbody { @for (number, matter) in compare.shown() { (row(compare, number, matter, &voices)) } }
                }
            }
            @if left_out > 0 {
                p.faint { "The " (voices.len()) " voices heard on most matters have a column; all others stand below." }
            }
            @if compare.claims.matters.len() > compare.limits.matters {
                p.notice { "The " (compare.limits.matters) " matters that most voices speak of are shown, of "
                    (compare.claims.matters.len()) ". Choose fewer days to see the others." }
            }
        }
    }
}

/// Speakers of the two sides, then other speakers, then outlets; those heard on most matters.
fn columns<'c>(compare: &'c Compare<'_>) -> Vec<&'c Voice> {
    let mut voices: Vec<&Voice> = compare.claims.voices.iter().take(compare.limits.voices).collect();
    voices.sort_by_key(|voice| match voice {
        voice if compare.is_side(voice) => 0,
        Voice::Speaker(_) => 1,
        Voice::Outlet(_) => 2,
    });
    voices
}

fn heading(compare: &Compare<'_>, voice: &Voice) -> Markup {
    let (class, kind) = match voice {
        voice if compare.is_side(voice) => ("side", "a party"),
        Voice::Speaker(_) => ("speaker", "speaker"),
        Voice::Outlet(_) => ("outlet", "outlet"),
    };
    html! { th.(class) scope="col" { span.name { (called(voice, &compare.names)) } span.kind { (kind) } } }
}

fn row(compare: &Compare<'_>, number: usize, matter: &Matter, voices: &[&Voice]) -> Markup {
    let (name, about) = standing(matter.standing);
    html! {
        tr.focus[compare.focus.is_some() && number == 1] {
            th scope="row" {
                a href={ "#m" (number) } {
                    span.number { (number) } " "
                    @if let Some(first) = compare.first(matter) { (event::act(first, &compare.names)) " " (event::parties(first, &compare.names)) }
                    @else { span.type.{ "q" (matter.quad) } { (visible(&matter.kind)) } }
                }
                span.when { @if let Some(days) = matter.days { time { (days.first()) } } " "
                    span.standing.(matter.standing.name()) title=(about) { (name) } }
            }
            @for voice in voices {
                @let (sign, words, class) = heard(matter, voice);
                td.(class) {
                    @if !sign.is_empty() { span title=(words) { span aria-hidden="true" { (sign) } span.unseen { (words) } } }
                    @else { span.unseen { (words) } }
                }
            }
        }
    }
}
