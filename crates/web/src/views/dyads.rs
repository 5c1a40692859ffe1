//! Who with whom, as a matrix: who acts down the side, whom it reaches across the top.

use std::collections::{BTreeSet, HashMap};

use maud::{Markup, html};
use readout_store::columns::{Dyad, Facet, Sum, Unit};
use serde_json::{Value, json};

use super::{Asked, Meant};
use crate::address::Address;
use crate::answer::{Cell, Fault, Others, Page, Table, View};
use crate::draw::{matrix, order};
use crate::limits::Limits;
use crate::page::hint::hint;
use crate::page::names::{Names, counted, grouped, visible};
use crate::page::{filters, scale};

/// Its address.
pub(crate) const PATH: &str = "/dyads";

/// How many actors, the first where nothing is said.
const TOPS: [(usize, &str); 3] = [(20, "20"), (50, "50"), (200, "200")];

/// The matrix that an address wants.
struct Dyads<'a> {
    meant: Meant<'a>,
    people: People,
    top: &'static str,
    is_together: bool,
    limits: &'a Limits,
}

/// Those who deal with each other: what the matrix and the network are made of.
pub(super) struct People {
    pub(super) unit: Unit,
    /// All that each does to each other.
    pub(super) dyads: Vec<Dyad>,
    /// Codes of those who have most to do with others, the first most.
    pub(super) actors: Vec<String>,
    /// How many there are in all.
    pub(super) all: usize,
    /// What each of `actors` does, and what is done to it.
    pub(super) sums: Vec<(Sum, Sum)>,
}

impl People {
    /// The `most` who have most to do with others.
    pub(super) fn of(asked: &Asked<'_>, meant: &Meant<'_>, most: usize) -> People {
        let unit = if asked.query.get("by") == Some("code") { Unit::Code } else { Unit::Country };
        let dyads = asked.snapshot.columns().sums(&meant.selection).dyads(unit);
        let mut sums: HashMap<&str, (u64, Sum, Sum)> = HashMap::new();
        for dyad in &dyads {
            let n = if dyad.from == dyad.to { 0 } else { dyad.sum.events() };
            let from = sums.entry(&dyad.from).or_default();
            from.0 += n;
            from.1.add(&dyad.sum);
            let to = sums.entry(&dyad.to).or_default();
            to.0 += n;
            to.2.add(&dyad.sum);
        }
        let all = sums.len();
        let mut ranked: Vec<(&str, (u64, Sum, Sum))> = sums.into_iter().collect();
        ranked.sort_by(|(a, (n, does, done)), (b, (m, do_b, done_b))| {
            let whole = |x: &Sum, y: &Sum| x.events() + y.events();
            m.cmp(n).then_with(|| whole(do_b, done_b).cmp(&whole(does, done))).then_with(|| a.cmp(b))
        });
        ranked.truncate(most);
        let actors: Vec<String> = ranked.iter().map(|(code, _)| (*code).to_owned()).collect();
        let sums = ranked.into_iter().map(|(_, (_, does, done))| (does, done)).collect();
        People { unit, dyads, actors, all, sums }
    }

    /// The number of each of the actors.
    pub(super) fn numbers(&self) -> HashMap<&str, usize> {
        self.actors.iter().enumerate().map(|(i, code)| (code.as_str(), i)).collect()
    }

    /// What an actor is called.
    pub(super) fn name(&self, code: &str, names: &Names<'_>) -> String {
        match self.unit {
            Unit::Country => names.country(code),
            Unit::Code if code.is_empty() => "not known".to_owned(),
            Unit::Code => names.party(code).into_owned(),
        }
    }

    /// The events in which one does something.
    pub(super) fn acts(&self, address: &Address, code: &str) -> Address {
        let value = if self.unit == Unit::Country { format!("{code}*") } else { code.to_owned() };
        address.but(|a| {
            a.own.clear();
            a.chosen.insert(Facet::Actor, BTreeSet::from([value]));
        })
    }

    /// The events between two, one way or (`both`) either way.
    pub(super) fn between(&self, address: &Address, from: &str, to: &str, both: bool) -> Address {
        address.but(|a| {
            a.own.clear();
            match self.unit {
                Unit::Country => {
                    let mut dyads = BTreeSet::from([format!("{from}-{to}")]);
                    dyads.extend(both.then(|| format!("{to}-{from}")));
                    a.chosen.insert(Facet::Dyad, dyads);
                }
                Unit::Code => {
                    let side = |own: &str, other: &str| {
                        let mut codes = BTreeSet::from([own.to_owned()]);
                        codes.extend(both.then(|| other.to_owned()));
                        codes
                    };
                    a.chosen.insert(Facet::Actor, side(from, to));
                    a.chosen.insert(Facet::Recipient, side(to, from));
                }
            }
        })
    }

    /// The choice between countries and codes.
    pub(super) fn choice(&self) -> Markup {
        let chosen = if self.unit == Unit::Code { "code" } else { "country" };
        filters::choose("by", "Actors are", &[("country", "countries"), ("code", "who in them (codes)")], chosen)
    }

    /// All dyads for programs, `most` at most.
    pub(super) fn json(&self, most: usize) -> Vec<Value> {
        let row = |d: &Dyad| scale::json(&d.sum, json!({ "from": d.from, "to": d.to }));
        self.dyads.iter().take(most).map(row).collect()
    }

    /// All dyads as a table, `most` at most.
    pub(super) fn table(&self, most: usize) -> Table {
        let mut columns = vec!["from", "to"];
        columns.extend(scale::COLUMNS);
        let row = |d: &Dyad| {
            let mut cells = vec![Cell::Code(d.from.clone()), Cell::Code(d.to.clone())];
            cells.extend(scale::cells(&d.sum));
            cells
        };
        let cut = if self.dyads.len() > most { format!("-1-to-{most}-of-{}", self.dyads.len()) } else { String::new() };
        Table { name: format!("dyads{cut}"), columns, rows: self.dyads.iter().take(most).map(row).collect() }
    }

    /// The most frequent pairs as a table on the page.
    pub(super) fn as_table(&self, address: &Address, names: &Names<'_>, limits: &Limits) -> Markup {
        let (most, links) = (limits.table_rows, limits.links(&address.query()));
        html! {
            details.as-table {
                summary { "As a table" }
                @if self.dyads.len() > most {
                    p.faint { "The " (grouped(most as u64)) " most frequent of " (grouped(self.dyads.len() as u64)) " pairs; CSV has more." }
                }
                div.scroll tabindex="0" role="region" aria-label="Table" {
                    table {
                        thead { tr { th scope="col" { "Who acts" } th scope="col" { "Whom it reaches" } (scale::heads()) } }
                        tbody { @for (i, d) in self.dyads.iter().take(most).enumerate() { tr {
                            td { (visible(&self.name(&d.from, names))) }
                            td { a href=[(i < links).then(|| self.between(address, &d.from, &d.to, false).at("/search"))] { (visible(&self.name(&d.to, names))) } }
                            (scale::row(&d.sum))
                        } } }
                    }
                }
            }
        }
    }
}

/// The matrix that an address wants.
pub(crate) fn look<'a>(asked: &Asked<'a>) -> Result<Box<dyn View + 'a>, Fault> {
    let mut meant = Meant::of(asked)?;
    let wanted = asked.query.get("top").unwrap_or_default();
    let (most, top) = TOPS.into_iter().find(|(_, name)| *name == wanted).unwrap_or((20, "20"));
    let mut people = People::of(asked, &meant, most);
    let is_together = asked.query.get("sort") == Some("together");
    if is_together {
        people.stand_together();
    }
    let own = |is: bool, value: &str| if is { value.to_owned() } else { String::new() };
    meant.address.own = vec![
        ("by", own(people.unit == Unit::Code, "code")),
        ("top", own(top != "20", top)),
        ("sort", own(is_together, "together")),
    ];
    Ok(Box::new(Dyads { meant, people, top, is_together, limits: asked.limits }))
}

impl People {
    /// Orders the actors so that those who deal with each other stand together.
    fn stand_together(&mut self) {
        let numbers = self.numbers();
        let tie = |d: &Dyad| {
            let (a, b) = (*numbers.get(d.from.as_str())?, *numbers.get(d.to.as_str())?);
            Some((a, b, d.sum.events() as f64))
        };
        let ties: Vec<(usize, usize, f64)> = self.dyads.iter().filter_map(tie).collect();
        let order = order::together(self.actors.len(), &ties);
        self.actors = order.iter().filter_map(|i| self.actors.get(*i).cloned()).collect();
        self.sums = order.iter().filter_map(|i| self.sums.get(*i).copied()).collect();
    }
}

impl View for Dyads<'_> {
    fn page(&self) -> Page {
        let address = &self.meant.address;
        Page {
            title: "Who with whom".to_owned(),
            tab: PATH,
            others: Some(Others { json: address.at("/dyads.json"), csv: address.at("/dyads.csv") }),
            main: self.main(),
        }
    }

    fn json(&self) -> Value {
        let most = self.limits.most_rows;
        json!({
            "view": "dyads",
            "query": self.meant.address.query(),
            "total": self.meant.facets.events,
            "actors": self.people.actors.iter()
                .map(|code| json!({ "code": code, "name": self.people.name(code, &self.meant.names) })).collect::<Vec<_>>(),
            "actors_in_all": self.people.all,
            "pairs": self.people.dyads.len(),
            "truncated": self.people.dyads.len() > most,
            "dyads": self.people.json(most),
        })
    }

    fn table(&self) -> Table {
        self.people.table(self.limits.most_rows)
    }
}

impl Dyads<'_> {
    fn main(&self) -> Markup {
        let tops = TOPS.map(|(_, name)| (name, name));
        let sorts = [("events", "the most frequent first"), ("together", "who deal with each other together")];
        html! {
            div.head { h1 { "Who with whom" } (filters::lenses(&self.meant.address, PATH))
                (hint("dyads", &html! { p { "Read a row as “does to”: who acts stands at the left, whom it reaches at the top. The larger a
                    square, the more events; blue is cooperation, orange and red conflict. Click a square for its sentences." } })) }
            (filters::bar(PATH, &self.meant, self.limits, html! {
                (self.people.choice())
                (filters::choose("top", "How many", &tops, self.top))
                (filters::choose("sort", "Order", &sorts, if self.is_together { "together" } else { "events" }))
            }))
            @if self.people.dyads.is_empty() {
                (filters::nothing(PATH, &self.meant, "No event like that has two sides that are known"))
            } @else { (self.figure()) (self.people.as_table(&self.meant.address, &self.meant.names, self.limits)) }
        }
    }

    fn figure(&self) -> Markup {
        let (people, names, address) = (&self.people, &self.meant.names, &self.meant.address);
        let numbers = people.numbers();
        let most_links = self.limits.links(&address.query());
        let mut links = most_links;
        let cell = |d: &Dyad| {
            let (from, to) = (*numbers.get(d.from.as_str())?, *numbers.get(d.to.as_str())?);
            let link = (links > 0).then(|| {
                let told = format!(
                    "{} to {}: {}",
                    people.name(&d.from, names),
                    people.name(&d.to, names),
                    scale::told(&d.sum)
                );
                (visible(&told).into_owned(), people.between(address, &d.from, &d.to, false).at("/search"))
            });
            links = links.saturating_sub(1);
            Some(matrix::Cell { from, to, sum: d.sum, link })
        };
        let all: Vec<matrix::Cell> = people.dyads.iter().filter_map(cell).collect();
        let drawn = all.get(..all.len().min(self.limits.matrix_cells)).unwrap_or_default();
        let actor = |code: &String| matrix::Actor {
            name: people.name(code, names),
            href: people.acts(address, code).at("/search"),
        };
        let actors: Vec<matrix::Actor> = people.actors.iter().map(actor).collect();
        let label =
            format!("{} by {}: who acts down the side, whom it reaches across the top", actors.len(), actors.len());
        html! {
            p.summing {
                b.num { (counted(self.meant.facets.events, "event")) } ", "
                @if people.all > actors.len() { "the " (actors.len()) " who deal most with others of " (grouped(people.all as u64)) }
                @else { (actors.len()) " in all" }
                ". Who acts stands at the left, whom it reaches at the top; the larger a square, the more events. "
                @if drawn.len() < all.len() { "The " (grouped(drawn.len() as u64)) " most frequent of " (grouped(all.len() as u64)) " pairs are drawn. " }
                @if drawn.len() > most_links { "The " (most_links) " most frequent lead to their sentences." }
            }
            (scale::legend("Colour"))
            div.scroll.wide data-module="figure" tabindex="0" role="region" aria-label="Matrix" { (matrix::draw(&actors, drawn, &label)) }
        }
    }
}
