//! The map as SVG: countries, arcs between them, and a circle for each place.

use maud::{Markup, html};
use readout_store::columns::Sum;

use super::series::px;
use crate::map::{Country, countries};
use crate::page::scale;

/// The largest circle and the widest arc, as shares of the map's width.
const LARGEST: f64 = 0.017;
const WIDEST: f64 = 0.0045;

/// Shades of countries by how many events they have, the last for the most.
pub(crate) const SHADES: u32 = 5;

/// A country that has events.
pub(crate) struct Shaded {
    pub(crate) country: &'static Country,
    pub(crate) shade: u32,
    pub(crate) told: String,
    pub(crate) href: String,
}

/// Events at a place.
pub(crate) struct Dot {
    pub(crate) point: (f64, f64),
    pub(crate) sum: Sum,
    pub(crate) told: String,
    pub(crate) href: String,
}

/// What one country does to another.
pub(crate) struct Arc {
    pub(crate) from: (f64, f64),
    pub(crate) to: (f64, f64),
    pub(crate) sum: Sum,
    pub(crate) told: String,
    pub(crate) href: String,
}

/// The map within `view`: left, top, width and height.
pub(crate) fn draw(view: [f64; 4], shaded: &[Shaded], dots: &[Dot], arcs: &[Arc], label: &str) -> Markup {
    let [left, top, width, height] = view;
    let unit = width / 2000.0;
    let has_events = |c: &&Country| !shaded.iter().any(|s| std::ptr::eq(s.country, *c));
    let land: String = countries().iter().filter(has_events).map(|c| c.path).collect();
    let most = |sums: &mut dyn Iterator<Item = u64>| sums.max().unwrap_or(1).max(1) as f64;
    let (most_dots, most_arcs) =
        (most(&mut dots.iter().map(|d| d.sum.events())), most(&mut arcs.iter().map(|a| a.sum.events())));
    // Few events make no large circles.
    let part = |sum: &Sum, most: f64| (sum.events() as f64 / most).sqrt() * (most.ln_1p() / 6.0).clamp(0.3, 1.0);
    html! {
        svg.map viewBox=(format!("{left} {top} {width} {height}")) role="group" aria-label=(label) preserveAspectRatio="xMidYMid meet" {
            path.land d=(land) {}
            g.countries {
                @for s in shaded {
                    a href=(s.href) aria-label=(s.told) {
                        @if s.country.path.is_empty() {
                            @let (x, y) = s.country.middle;
                            circle.{ "n" (s.shade) } cx=(x) cy=(y) r=(px(5.0 * unit.max(0.3))) {}
                        } @else {
                            path.{ "n" (s.shade) } d=(s.country.path) {}
                        }
                    }
                }
            }
            g.arcs {
                @for arc in arcs.iter().rev() {
                    a href=(arc.href) aria-label=(arc.told) {
                        path.{ "s" (scale::colour(&arc.sum)) } d=(bow(arc.from, arc.to))
                            stroke-width=(px2((WIDEST * part(&arc.sum, most_arcs) + 0.0004) * width)) {}
                        @let (x, y) = arc.to;
                        circle.{ "s" (scale::colour(&arc.sum)) } cx=(px(x)) cy=(px(y)) r=(px2((WIDEST * part(&arc.sum, most_arcs) + 0.0012) * width)) {}
                    }
                }
            }
            g.dots {
                @for dot in dots {
                    @let (x, y) = dot.point;
                    a href=(dot.href) aria-label=(dot.told) {
                        circle.{ "s" (scale::colour(&dot.sum)) } cx=(px(x)) cy=(px(y)) r=(px2((LARGEST * part(&dot.sum, most_dots) + 0.0015) * width)) {}
                    }
                }
            }
        }
    }
}

/// A line from one place to another, bent to the left of its way, so that the way back lies beside it.
fn bow((x, y): (f64, f64), (tx, ty): (f64, f64)) -> String {
    let (mx, my) = ((x + tx) / 2.0, (y + ty) / 2.0);
    let (dx, dy) = (tx - x, ty - y);
    let (cx, cy) = (mx + dy * 0.22, my - dx * 0.22);
    format!("M{} {}Q{} {} {} {}", px(x), px(y), px(cx), px(cy), px(tx), px(ty))
}

/// A length with two places.
fn px2(x: f64) -> String {
    let rounded = (x * 100.0).round() / 100.0;
    format!("{rounded}")
}

/// What the shades mean: the smallest number of events of each.
pub(crate) fn shades(steps: &[u64], what: &str) -> Markup {
    html! {
        p.scale {
            span { (what) ":" }
            @for (i, least) in steps.iter().enumerate() {
                span.step { svg width="16" height="12" aria-hidden="true" { rect.{ "n" (i + 1) } width="16" height="12" {} } " " (least) " +" }
            }
        }
    }
}
