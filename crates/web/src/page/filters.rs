//! The filter of pages of counts: what is chosen, the page's own choices and days in one line, and all facets a click away.

use maud::{Markup, html};
use readout_store::columns::Facet;

use super::facets;
use super::names::{self, counted};
use crate::address::Address;
use crate::limits::Limits;
use crate::views::Meant;

/// Values of a facet that are listed here.
const LISTED: usize = 10;

/// Pages that show the same events in another way.
const LENSES: [(&str, &str); 5] = [
    ("/search", "as sentences"),
    ("/series", "over time"),
    ("/dyads", "who with whom"),
    ("/network", "as a network"),
    ("/map", "on a map"),
];

/// The same events on the other pages.
pub(crate) fn lenses(address: &Address, path: &str) -> Markup {
    let plain = address.but(|a| a.own.clear());
    html! {
        nav.lenses aria-label="The same events" {
            @for (to, name) in LENSES {
                a href=(plain.at(to)) aria-current=[(to == path).then_some("page")] { (name) }
            }
        }
    }
}

/// The form; `own` are the page's own choices.
pub(crate) fn bar(path: &str, meant: &Meant<'_>, limits: &Limits, own: Markup) -> Markup {
    let address = &meant.address;
    let short = Limits { facet_values: LISTED, ..*limits };
    let choices: usize = address.chosen.values().map(|values| values.len()).sum();
    html! {
        (facets::chips(address, path, &meant.names))
        @if meant.plain_words { p.notice { "Searched for each of the words as it is." } }
        form.filters method="get" action=(path) data-module="filter" {
            div.bar {
                (own)
                label { span { "From" } input type="date" name="from" value=[address.from]; }
                label { span { "To" } input type="date" name="to" value=[address.to]; }
                button.apply { "Apply" }
            }
            @for spot in &address.spots { input type="hidden" name="at" value=(spot); }
            details.more-filters {
                summary { "Filter"
                    @if choices > 0 { span.chosen { " " (counted(choices as u64, "value")) " chosen" } }
                }
                div.grid {
                    div.facet {
                        label.stacked { span { "Words of the sentence" }
                            input type="search" name="q" value=(address.words) maxlength="500" autocomplete="off";
                        }
                        label.stacked { span { "Confidence at least" }
                            select name="sure" {
                                @for least in [0, 50, 70, 80, 90] {
                                    option value=(if least == 0 { String::new() } else { least.to_string() })
                                        selected[address.sure.unwrap_or(0) == least] {
                                        @if least == 0 { "any" } @else { (least) " %" }
                                    }
                                }
                            }
                        }
                        label.check { input type="checkbox" name="acts" value="1" checked[address.acts]; span { "each act once" } }
                    }
                    (facets::column(address, &meant.facets, &meant.names, &short))
                }
                button { "Apply" }
            }
        }
    }
}

/// A choice among a few: the first is what holds where nothing is said.
pub(crate) fn choose(name: &str, label: &str, options: &[(&str, &str)], chosen: &str) -> Markup {
    html! {
        label { span { (label) }
            select name=(name) {
                @for (i, (value, text)) in options.iter().enumerate() {
                    option value=(if i == 0 { "" } else { *value }) selected[*value == chosen] { (text) }
                }
            }
        }
    }
}

/// What stands where there is nothing to draw.
pub(crate) fn nothing(path: &str, meant: &Meant<'_>, what: &str) -> Markup {
    html! {
        div.empty {
            @if meant.address.is_everything() && meant.facets.events == 0 {
                h2 { "The store holds no events yet" }
                p { "Add reports with " code { "readout add STORE FILES" } ", and they show here." }
            } @else {
                h2 { (what) }
                ul {
                    @if meant.address.from.is_some() || meant.address.to.is_some() { li { "Days may be too close together." } }
                    li { "Take back a choice above, or " a href=(path) { "all of them" } "." }
                    li { "The " a href=(meant.address.but(|a| a.own.clear()).at("/search")) { "sentences" } " tell what there is." }
                }
            }
        }
    }
}

/// The name of a facet in addresses.
pub(crate) fn name_of(facet: Facet) -> &'static str {
    Facet::ALL.into_iter().find(|(f, _)| *f == facet).map_or("", |(_, name)| name)
}

/// Facets with their names in addresses and on pages, for a choice.
pub(crate) fn options(none: &'static str) -> Vec<(&'static str, &'static str)> {
    let named = Facet::ALL.into_iter().map(|(facet, name)| (name, names::facet(facet)));
    std::iter::once(("", none)).chain(named).collect()
}
