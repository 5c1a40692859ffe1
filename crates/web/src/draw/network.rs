//! A network as SVG: each half of a line has the colour and the width of what the actor at its end does to the other.

use maud::{Markup, html};
use readout_store::columns::Sum;

use super::layout::Point;
use super::matrix::short;
use super::series::px;
use crate::page::scale;

/// The drawing's size.
pub(crate) const SIZE: (f64, f64) = (1180.0, 760.0);

/// The widest line.
const WIDEST: f64 = 9.0;

/// A node.
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) told: String,
    pub(crate) href: String,
    pub(crate) radius: f64,
    pub(crate) point: Point,
    pub(crate) sum: Sum,
}

/// A line between two nodes.
pub(crate) struct Line {
    pub(crate) ends: (usize, usize),
    /// What the first does to the second, and the second to the first.
    pub(crate) sums: (Sum, Sum),
    pub(crate) told: String,
    /// Where it leads; `None` where it is one of too many.
    pub(crate) href: Option<String>,
}

impl Line {
    /// Events both ways.
    pub(crate) fn events(&self) -> u64 {
        self.sums.0.events() + self.sums.1.events()
    }
}

/// The network.
pub(crate) fn draw(nodes: &[Node], lines: &[Line], label: &str) -> Markup {
    let (width, height) = SIZE;
    let most = lines.iter().map(|l| l.sums.0.events().max(l.sums.1.events())).max().unwrap_or(1);
    let wide = |sum: &Sum| 0.8 + (WIDEST - 0.8) * (sum.events() as f64 / most.max(1) as f64).sqrt();
    let named = named(nodes);
    html! {
        svg.network width=(width) height=(height) viewBox=(format!("0 0 {width} {height}")) role="group" aria-label=(label) {
            g.edges {
                @for line in lines.iter().rev() {
                    @let (a, b) = line.ends;
                    @if let (Some(from), Some(to)) = (nodes.get(a), nodes.get(b)) {
                        @let (p, q) = (from.point, to.point);
                        @let (x, y) = ((p.x + q.x) / 2.0, (p.y + q.y) / 2.0);
                        a href=[line.href.as_deref()] tabindex="-1" aria-label=(line.told) data-a=(a) data-b=(b) data-n=(line.events()) {
                            @for (sum, end) in [(&line.sums.0, p), (&line.sums.1, q)] {
                                @if sum.events() > 0 {
                                    path.{ "s" (scale::colour(sum)) } d=(half(end, x, y)) stroke-width=(px(wide(sum))) {}
                                } @else {
                                    path.none d=(half(end, x, y)) stroke-width="0.6" {}
                                }
                            }
                        }
                    }
                }
            }
            g.nodes {
                @for i in larger_last(nodes) {
                    @if let Some(node) = nodes.get(i) {
                    @let is_named = named.get(i).copied().unwrap_or(false);
                    a.quiet[!is_named] href=(node.href) aria-label=(node.told) data-node=(i) {
                        circle.{ "s" (scale::colour(&node.sum)) } cx=(px(node.point.x)) cy=(px(node.point.y)) r=(px(node.radius)) {}
                        text x=(px(middle(node))) y=(px(node.point.y + node.radius + 12.0)) font-size=(px(letters(node))) { (short(&node.name)) }
                    }
                    }
                }
            }
        }
    }
}

/// From an end of a line to its middle; whole numbers do, since ends lie under their nodes.
fn half(end: Point, x: f64, y: f64) -> String {
    format!("M{:.0} {:.0}L{x:.0} {y:.0}", end.x, end.y)
}

/// Numbers of the nodes, the smallest first: the names of the larger ones lie over them.
fn larger_last(nodes: &[Node]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    let size = |i: &usize| nodes.get(*i).map_or(0.0, |n| n.radius);
    order.sort_by(|a, b| size(a).total_cmp(&size(b)).then(b.cmp(a)));
    order
}

fn letters(node: &Node) -> f64 {
    (9.5 + node.radius / 5.0).min(15.0)
}

/// Half of the width of a node's name.
fn half_name(node: &Node) -> f64 {
    short(&node.name).chars().count() as f64 * letters(node) * 0.27
}

/// Where the middle of a node's name is: below the node, but within the drawing.
fn middle(node: &Node) -> f64 {
    let half = half_name(node).min(SIZE.0 / 2.0);
    node.point.x.clamp(half, SIZE.0 - half)
}

/// Which nodes' names are shown: the larger first, each where it covers no other's name.
fn named(nodes: &[Node]) -> Vec<bool> {
    let mut shown = vec![false; nodes.len()];
    let mut taken: Vec<[f64; 4]> = Vec::new();
    for at in larger_last(nodes).into_iter().rev() {
        let Some(node) = nodes.get(at) else { continue };
        let size = letters(node);
        let (x, half) = (middle(node), half_name(node));
        let y = node.point.y + node.radius + 12.0;
        let label = [x - half, y - size, x + half, y + 3.0];
        let covers = |other: &[f64; 4]| {
            let ([l, t, r, b], [ol, ot, or, ob]) = (label, *other);
            l < or && ol < r && t < ob && ot < b
        };
        if !taken.iter().any(covers) {
            taken.push(label);
            shown.get_mut(at).into_iter().for_each(|s| *s = true);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_within_the_drawing() {
        let node = |x: f64, name: &str| Node {
            name: name.to_owned(),
            told: String::new(),
            href: String::new(),
            radius: 8.0,
            point: Point { x, y: 10.0 },
            sum: Sum::default(),
        };
        assert!(middle(&node(SIZE.0 - 3.0, "Burundi, armed forces")) < SIZE.0 - 50.0);
        assert!(middle(&node(2.0, "Burundi, armed forces")) > 50.0);
        assert_eq!(middle(&node(600.0, "Burundi, armed forces")), 600.0);
    }
}
