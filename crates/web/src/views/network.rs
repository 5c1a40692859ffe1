//! Who with whom, as a network: those who deal most with others, and lines between those who deal with each other.

use std::collections::BTreeMap;

use maud::{Markup, html};
use readout_store::columns::{Sum, Unit};
use serde_json::{Value, json};

use super::dyads::People;
use super::{Asked, Meant};
use crate::answer::{Fault, Others, Page, Table, View};
use crate::draw::network::{Line, Node, SIZE, draw};
use crate::draw::{layout, order};
use crate::limits::Limits;
use crate::page::hint::hint;
use crate::page::names::{counted, grouped, visible};
use crate::page::{filters, scale};

/// Its address.
pub(crate) const PATH: &str = "/network";

/// How many actors, the first where nothing is said.
const TOPS: [(usize, &str); 4] = [(60, "60"), (30, "30"), (100, "100"), (200, "200")];

/// Lines for each actor that are easy to look at.
const AT_EASE: f64 = 2.0;

/// The network that an address wants.
struct Network<'a> {
    meant: Meant<'a>,
    people: People,
    top: &'static str,
    nodes: Vec<Node>,
    /// The most frequent first.
    lines: Vec<Line>,
    /// Lines that are left out.
    fewer: usize,
    /// Actors without a line.
    alone: usize,
    /// Fewest events of a line, and the most that can be asked for.
    least: u64,
    greatest: u64,
    limits: &'a Limits,
}

/// Both ways between two actors.
type Ties = BTreeMap<(usize, usize), (Sum, Sum)>;

/// Two actors and what they do to each other.
type Tie = ((usize, usize), (Sum, Sum));

/// The network that an address wants.
pub(crate) fn look<'a>(asked: &Asked<'a>) -> Result<Box<dyn View + 'a>, Fault> {
    let mut meant = Meant::of(asked)?;
    let wanted = asked.query.get("top").unwrap_or_default();
    let (most, top) = TOPS.into_iter().find(|(_, name)| *name == wanted).unwrap_or((60, "60"));
    let people = People::of(asked, &meant, most);
    let ties = ties(&people);
    let mut ranked: Vec<Tie> = ties.into_iter().collect();
    ranked.sort_by_key(|(ends, (a, b))| (std::cmp::Reverse(a.events() + b.events()), *ends));
    let events_at = |at: usize| ranked.get(at).map_or(1, |(_, (a, b))| a.events() + b.events());
    let asked_least = asked.query.number("least", 1)?.map(|n| n as u64);
    let least = asked_least.unwrap_or_else(|| {
        let at_ease = (people.actors.len() as f64 * AT_EASE) as usize;
        if ranked.len() <= at_ease { 1 } else { events_at(at_ease).max(1) }
    });
    let greatest = events_at(ranked.len().min(12).saturating_sub(1)).max(least);
    let enough = ranked.iter().take_while(|(_, (a, b))| a.events() + b.events() >= least).count();
    let kept = enough.min(asked.limits.network_lines);
    let fewer = ranked.len() - kept;
    ranked.truncate(kept);
    let own = |is: bool, value: String| if is { value } else { String::new() };
    meant.address.own = vec![
        ("by", own(people.unit == Unit::Code, "code".to_owned())),
        ("top", own(top != "60", top.to_owned())),
        ("least", own(asked_least.is_some(), least.to_string())),
    ];
    let links = asked.limits.links(&meant.address.query());
    let (nodes, lines) = drawn(&meant, &people, ranked, links);
    let alone = people.actors.len() - nodes.len();
    Ok(Box::new(Network { meant, people, top, nodes, lines, fewer, alone, least, greatest, limits: asked.limits }))
}

fn ties(people: &People) -> Ties {
    let numbers = people.numbers();
    let mut ties = Ties::new();
    for d in &people.dyads {
        let (Some(&a), Some(&b)) = (numbers.get(d.from.as_str()), numbers.get(d.to.as_str())) else { continue };
        if a != b {
            let both = ties.entry((a.min(b), a.max(b))).or_default();
            if a < b { both.0.add(&d.sum) } else { both.1.add(&d.sum) }
        }
    }
    ties
}

/// Nodes at their places, those without lines left out, and the lines between them, the first `links` of which lead to their
/// sentences.
fn drawn(meant: &Meant<'_>, people: &People, ranked: Vec<Tie>, links: usize) -> (Vec<Node>, Vec<Line>) {
    let weight = |(a, b): &(Sum, Sum)| ((a.events() + b.events()) as f64).ln_1p();
    let pairs: Vec<(usize, usize, f64)> = ranked.iter().map(|((a, b), sums)| (*a, *b, weight(sums))).collect();
    let has_line = |i: &usize| pairs.iter().any(|(a, b, _)| a == i || b == i);
    let shown: Vec<usize> = order::together(people.actors.len(), &pairs).into_iter().filter(has_line).collect();
    let place: BTreeMap<usize, usize> = shown.iter().enumerate().map(|(at, i)| (*i, at)).collect();
    let both = |i: usize| {
        let (mut whole, done) = people.sums.get(i).copied().unwrap_or_default();
        whole.add(&done);
        whole
    };
    let most = shown.iter().map(|i| both(*i).events()).max().unwrap_or(1).max(1);
    let spread = if shown.len() > 100 { 20.0 } else { 28.0 };
    let radius = |i: usize| 4.0 + spread * (both(i).events() as f64 / most as f64).sqrt();
    let radii: Vec<f64> = shown.iter().map(|i| radius(*i)).collect();
    let placed = |(a, b): (usize, usize)| Some((*place.get(&a)?, *place.get(&b)?));
    let within: Vec<(usize, usize, f64)> =
        pairs.iter().filter_map(|(a, b, w)| placed((*a, *b)).map(|(a, b)| (a, b, *w))).collect();
    let points = layout::place(&radii, &within, SIZE.0, SIZE.1);
    let code = |i: usize| people.actors.get(i).map_or("", String::as_str);
    let name = |i: usize| people.name(code(i), &meant.names);
    let node = |(at, i): (usize, &usize)| {
        let (does, done) = people.sums.get(*i).copied().unwrap_or_default();
        let told = format!("{}: acts in {}; is reached by {}", name(*i), scale::told(&does), scale::told(&done));
        Node {
            name: name(*i),
            told: visible(&told).into_owned(),
            href: people.acts(&meant.address, code(*i)).at("/search"),
            radius: radius(*i),
            point: points.get(at).copied().unwrap_or_default(),
            sum: both(*i),
        }
    };
    let line = |(at, ((a, b), sums)): (usize, Tie)| {
        let told = format!("{} to {}: {}; back: {}", name(a), name(b), scale::told(&sums.0), scale::told(&sums.1));
        let href = (at < links).then(|| people.between(&meant.address, code(a), code(b), true).at("/search"));
        Some(Line { ends: placed((a, b))?, sums, told: visible(&told).into_owned(), href })
    };
    (shown.iter().enumerate().map(node).collect(), ranked.into_iter().enumerate().filter_map(line).collect())
}

impl View for Network<'_> {
    fn page(&self) -> Page {
        let address = &self.meant.address;
        Page {
            title: "Network".to_owned(),
            tab: super::dyads::PATH,
            others: Some(Others { json: address.at("/network.json"), csv: address.at("/network.csv") }),
            main: self.main(),
        }
    }

    fn json(&self) -> Value {
        let most = self.limits.most_rows;
        let round = |x: f64| (x * 10.0).round() / 10.0;
        json!({
            "view": "network",
            "query": self.meant.address.query(),
            "total": self.meant.facets.events,
            "least": self.least,
            "actors_in_all": self.people.all,
            "lines_left_out": self.fewer,
            "truncated": self.people.dyads.len() > most,
            "nodes": self.nodes.iter()
                .map(|n| json!({ "name": n.name, "events": n.sum.events(), "x": round(n.point.x), "y": round(n.point.y) })).collect::<Vec<_>>(),
            "lines": self.lines.iter().map(|l| json!({ "from": l.ends.0, "to": l.ends.1, "events": l.events() })).collect::<Vec<_>>(),
            "dyads": self.people.json(most),
        })
    }

    fn table(&self) -> Table {
        self.people.table(self.limits.most_rows)
    }
}

impl Network<'_> {
    fn main(&self) -> Markup {
        let tops = TOPS.map(|(_, name)| (name, name));
        html! {
            div.head { h1 { "Who with whom" } (filters::lenses(&self.meant.address, PATH))
                (hint("network", &html! { p { "Who deals much with each other lies close together. Each half of a line is what the actor at
                    its end does to the other: blue is cooperation, orange and red conflict. Point at an actor to see its neighbours
                    alone; move the slider to see weaker lines." } })) }
            (filters::bar(PATH, &self.meant, self.limits, html! {
                (self.people.choice())
                (filters::choose("top", "How many", &tops, self.top))
                label.slide { span { "Lines of at least " output.num { (self.least) } " events" }
                    input type="range" name="least" min="1" max=(self.greatest) value=(self.least); }
            }))
            @if self.lines.is_empty() {
                (filters::nothing(PATH, &self.meant, "Nobody has that many events with somebody else"))
            } @else { (self.figure()) }
            (self.people.as_table(&self.meant.address, &self.meant.names, self.limits))
        }
    }

    fn figure(&self) -> Markup {
        html! {
            p.summing {
                b.num { (counted(self.meant.facets.events, "event")) } ", "
                (self.nodes.len()) " of " (grouped(self.people.all as u64)) " actors, " (counted(self.lines.len() as u64, "line"))
                @if self.fewer > 0 { " (" (grouped(self.fewer as u64)) " weaker ones left out)" }
                @if self.alone > 0 { "; " (self.alone) " without a line are left out" }
                ". Each half of a line shows what the actor at its end does to the other: its width how often, its colour how."
            }
            (scale::legend("Colour"))
            div.scroll.wide data-module="network" tabindex="0" role="region" aria-label="Network" {
                (draw(&self.nodes, &self.lines, "Network of actors"))
            }
        }
    }
}
