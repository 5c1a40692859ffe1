//! Where: events as circles by place, countries shaded by how many events they have to do with, arcs between countries.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use readout_store::columns::{Dyad, Facet, Place, Sum, Tie, Unit};
use serde_json::{Value, json};

use super::{Asked, Meant};
use crate::address::Address;
use crate::answer::{Cell, Fault, Others, Page, Table, View};
use crate::draw::map::{self as chart, Arc, Dot, SHADES, Shaded};
use crate::limits::Limits;
use crate::map;
use crate::page::hint::hint;
use crate::page::names::{counted, grouped, visible};
use crate::page::{filters, scale};

/// Its address.
pub(crate) const PATH: &str = "/map";

/// What countries are shaded by: name in addresses, name, tie; the first where nothing is said.
const TIES: [(&str, &str, Option<Tie>); 4] = [
    ("actor", "by who acts", Some(Tie::Actor)),
    ("recipient", "by whom it reaches", Some(Tie::Recipient)),
    ("place", "by where it happens", Some(Tie::Place)),
    ("none", "not at all", None),
];

/// How many arcs are drawn; the first where nothing is said.
const ARCS: [(usize, &str, &str); 3] =
    [(0, "0", "none"), (25, "25", "the 25 strongest"), (80, "80", "the 80 strongest")];

/// Countries and places in the tables of the page.
const LISTED: usize = 60;

/// The map that an address wants.
struct Map<'a> {
    meant: Meant<'a>,
    countries: Vec<(String, Sum)>,
    places: Vec<Place>,
    dyads: Vec<Dyad>,
    shade: (&'static str, &'static str, Option<Tie>),
    arcs: (usize, &'static str, &'static str),
    part: (&'static str, &'static str, [f64; 4]),
    limits: &'a Limits,
}

/// The map that an address wants.
pub(crate) fn look<'a>(asked: &Asked<'a>) -> Result<Box<dyn View + 'a>, Fault> {
    let mut meant = Meant::of(asked)?;
    let get = |name: &'static str| asked.query.get(name).unwrap_or_default();
    let [first_tie, ..] = TIES;
    let [first_arcs, ..] = ARCS;
    let [first_part, ..] = map::PARTS;
    let shade = TIES.into_iter().find(|(name, ..)| *name == get("shade")).unwrap_or(first_tie);
    let arcs = ARCS.into_iter().find(|(_, name, _)| *name == get("arcs")).unwrap_or(first_arcs);
    let part = map::PARTS.into_iter().find(|(name, ..)| *name == get("part")).unwrap_or(first_part);
    let sums = asked.snapshot.columns().sums(&meant.selection);
    let countries = sums.countries(shade.2.unwrap_or(Tie::Place));
    let dyads = sums.dyads(Unit::Country);
    let own = |is: bool, value: &str| if is { value.to_owned() } else { String::new() };
    meant.address.own = vec![
        ("shade", own(shade.0 != first_tie.0, shade.0)),
        ("arcs", own(arcs.0 != first_arcs.0, arcs.1)),
        ("part", own(part.0 != first_part.0, part.0)),
    ];
    Ok(Box::new(Map { countries, places: sums.places(), dyads, shade, arcs, part, limits: asked.limits, meant }))
}

impl View for Map<'_> {
    fn page(&self) -> Page {
        let address = &self.meant.address;
        Page {
            title: "Where".to_owned(),
            tab: PATH,
            others: Some(Others { json: address.at("/map.json"), csv: address.at("/map.csv") }),
            main: self.main(),
        }
    }

    fn json(&self) -> Value {
        let most = self.limits.most_rows;
        let place =
            |p: &Place| scale::json(&p.sum, json!({ "name": p.name, "lat": p.spot.lat(), "lon": p.spot.lon() }));
        let country = |(code, sum): &(String, Sum)| {
            scale::json(sum, json!({ "country": code, "name": self.meant.names.country(code) }))
        };
        json!({
            "view": "map",
            "query": self.meant.address.query(),
            "total": self.meant.facets.events,
            "with_coordinates": self.placed(),
            "truncated": self.places.len() > most || self.countries.len() > most,
            "places": self.places.iter().take(most).map(place).collect::<Vec<_>>(),
            "countries_by": self.shade.2.map(|_| self.shade.0).unwrap_or("place"),
            "countries": self.countries.iter().take(most).map(country).collect::<Vec<_>>(),
        })
    }

    fn table(&self) -> Table {
        let mut columns = vec!["place", "lat", "lon"];
        columns.extend(scale::COLUMNS);
        let most = self.limits.most_rows;
        let row = |p: &Place| {
            let mut cells = vec![Cell::Words(p.name.clone()), Cell::Number(p.spot.lat()), Cell::Number(p.spot.lon())];
            cells.extend(scale::cells(&p.sum));
            cells
        };
        let cut =
            if self.places.len() > most { format!("-1-to-{most}-of-{}", self.places.len()) } else { String::new() };
        Table { name: format!("places{cut}"), columns, rows: self.places.iter().take(most).map(row).collect() }
    }
}

impl Map<'_> {
    /// Events whose place has coordinates.
    fn placed(&self) -> u64 {
        self.places.iter().map(|p| p.sum.events()).sum()
    }

    /// The search with a change to what is chosen.
    fn search(&self, change: impl FnOnce(&mut Address)) -> String {
        self.meant
            .address
            .but(|a| {
                a.own.clear();
                change(a);
            })
            .at("/search")
    }

    /// The search for the events of a country, in what they are shaded by.
    fn of_country(&self, codes: &[&str]) -> String {
        let (facet, end) = match self.shade.2 {
            Some(Tie::Recipient) => (Facet::Recipient, "*"),
            Some(Tie::Actor) => (Facet::Actor, "*"),
            _ => (Facet::Place, ""),
        };
        let values: BTreeSet<String> = codes.iter().map(|code| format!("{code}{end}")).collect();
        self.search(|a| drop(a.chosen.insert(facet, values)))
    }

    fn at(&self, place: &Place) -> String {
        self.search(|a| a.spots = BTreeSet::from([place.spot]))
    }

    fn main(&self) -> Markup {
        let ties = TIES.map(|(name, text, _)| (name, text));
        let arcs = ARCS.map(|(_, name, text)| (name, text));
        let parts = map::PARTS.map(|(name, text, _)| (name, text));
        html! {
            div.head { h1 { "Where" } (filters::lenses(&self.meant.address, PATH))
                (hint("map", &html! { p { "Circles are places that the reports name, countries are shaded by how many events they have to do
                    with; choose whether as who acts, whom it reaches or where. Arcs show who does what to whom. Click any of them for
                    its sentences." } })) }
            (filters::bar(PATH, &self.meant, self.limits, html! {
                (filters::choose("part", "Show", &parts, self.part.0))
                (filters::choose("shade", "Countries are shaded", &ties, self.shade.0))
                (filters::choose("arcs", "Arcs between countries", &arcs, self.arcs.1))
            }))
            @if self.meant.facets.events == 0 {
                (filters::nothing(PATH, &self.meant, "No event is like that"))
            } @else { (self.figure()) (self.tables()) }
        }
    }

    fn figure(&self) -> Markup {
        let (shaded, steps) = self.shaded();
        let shown = self.places.len().min(self.limits.map_places);
        let dots: Vec<Dot> = self.places.iter().take(shown).map(|p| self.dot(p)).collect();
        let arcs = self.drawn_arcs();
        let placed = self.placed();
        html! {
            p.summing {
                b.num { (counted(self.meant.facets.events, "event")) } ", "
                @if placed == 0 { "none tells of a place that is known by its coordinates: countries show who deals with whom. " }
                @else {
                    b.num { (grouped(placed)) } @if placed == 1 { " of them tells" } @else { " of them tell" }
                    " of a place that is known: a circle each place, the larger the more events. "
                }
                @if shown < self.places.len() { "The " (shown) " most frequent of " (grouped(self.places.len() as u64)) " places are drawn. " }
                @if !arcs.is_empty() { "Arcs lead from who acts to the dot at whom it reaches; a pair’s two ways lie side by side." }
            }
            div.legends {
                (scale::legend("Circles and arcs"))
                @if self.shade.2.is_some() && !steps.is_empty() { (chart::shades(&steps, "Countries, events")) }
            }
            div.map data-module="figure" { (chart::draw(self.part.2, &shaded, &dots, &arcs, &format!("Map of {}", self.part.1))) }
            p.source.faint { "Outlines: Natural Earth, in an equal-area projection; borders are theirs." }
        }
    }

    fn dot(&self, place: &Place) -> Dot {
        let told = format!("{}: {}", place.name, scale::told(&place.sum));
        Dot {
            point: map::project(place.spot.lat(), place.spot.lon()),
            sum: place.sum,
            told: visible(&told).into_owned(),
            href: self.at(place),
        }
    }

    /// Countries that have events, and the least number of events of each shade. A state that is gone is shown on all of
    /// its territory.
    fn shaded(&self) -> (Vec<Shaded>, Vec<u64>) {
        if self.shade.2.is_none() {
            return (Vec::new(), Vec::new());
        }
        let sums: BTreeMap<&str, Sum> = self.countries.iter().map(|(code, sum)| (code.as_str(), *sum)).collect();
        let most = self.countries.first().map_or(0, |(_, sum)| sum.events());
        let step = |i: u32| ((most as f64).powf(f64::from(i) / f64::from(SHADES))).ceil() as u64;
        let mut steps: Vec<u64> = (0..SHADES).map(step).collect();
        steps.dedup();
        let shade = |n: u64| steps.iter().filter(|least| n >= **least).count() as u32;
        let shaded = |country: &'static map::Country| {
            let codes: Vec<&str> = std::iter::once(country.code)
                .chain(country.former.iter().copied())
                .filter(|code| sums.contains_key(code))
                .collect();
            let events = codes.iter().filter_map(|code| sums.get(code)).map(Sum::events).sum::<u64>();
            let told = |code: &&str| {
                sums.get(code)
                    .map(|sum| format!("{}: {}", self.meant.names.country(code), scale::told(sum)))
                    .unwrap_or_default()
            };
            let told = codes.iter().map(told).collect::<Vec<_>>().join("; ");
            (events > 0).then(|| Shaded { country, shade: shade(events), told, href: self.of_country(&codes) })
        };
        (map::countries().iter().filter_map(shaded).collect(), steps)
    }

    fn drawn_arcs(&self) -> Vec<Arc> {
        let arc = |d: &Dyad| {
            let (from, to) = (map::middle(&d.from)?, map::middle(&d.to)?);
            let names = &self.meant.names;
            let told = format!("{} to {}: {}", names.country(&d.from), names.country(&d.to), scale::told(&d.sum));
            let href =
                self.search(|a| drop(a.chosen.insert(Facet::Dyad, BTreeSet::from([format!("{}-{}", d.from, d.to)]))));
            (from != to).then_some(Arc { from, to, sum: d.sum, told, href })
        };
        self.dyads.iter().filter_map(arc).take(self.arcs.0).collect()
    }

    fn tables(&self) -> Markup {
        let cut = |all: usize| {
            if all > LISTED { format!(" (the first {LISTED} of {all}; JSON has more)") } else { String::new() }
        };
        html! {
            details.as-table {
                summary { "As tables" }
                h2 { "Places" (cut(self.places.len())) }
                div.scroll tabindex="0" role="region" aria-label="Places" {
                    table {
                        thead { tr { th scope="col" { "Place" } th.num scope="col" { "Degrees" } (scale::heads()) } }
                        tbody { @for p in self.places.iter().take(LISTED) { tr {
                            th scope="row" { a href=(self.at(p)) { (visible(&p.name)) } }
                            td.num { (p.spot.to_string().replace(',', ", ").replace('-', "−")) }
                            (scale::row(&p.sum))
                        } } }
                    }
                }
                @if self.shade.2.is_some() {
                    h2 { "Countries, " (self.shade.1) (cut(self.countries.len())) }
                    div.scroll tabindex="0" role="region" aria-label="Countries" {
                        table {
                            thead { tr { th scope="col" { "Country" } (scale::heads()) } }
                            tbody { @for (code, sum) in self.countries.iter().take(LISTED) { tr {
                                th scope="row" { a href=(self.of_country(&[code])) { (visible(&self.meant.names.country(code))) } }
                                (scale::row(sum))
                            } } }
                        }
                    }
                }
            }
        }
    }
}
