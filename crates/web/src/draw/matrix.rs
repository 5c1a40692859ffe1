//! Who does what to whom as a matrix: a square a pair, its colour the share of conflict, its size the number of events.

use std::collections::HashMap;
use std::fmt::Write as _;

use maud::{Markup, html};
use readout_store::columns::Sum;

use super::series::px;
use crate::page::names::visible;
use crate::page::scale;

/// Characters of a name that are shown.
const LETTERS: usize = 28;

/// A square.
pub(crate) struct Cell {
    /// Number of the row.
    pub(crate) from: usize,
    /// Number of the column.
    pub(crate) to: usize,
    pub(crate) sum: Sum,
    /// What it says, and where it leads; `None` where it is one of too many.
    pub(crate) link: Option<(String, String)>,
}

/// A row, and the column of the same number.
pub(crate) struct Actor {
    pub(crate) name: String,
    /// Where its name leads.
    pub(crate) href: String,
}

/// The matrix.
pub(crate) fn draw(actors: &[Actor], cells: &[Cell], label: &str) -> Markup {
    let n = actors.len();
    let side = if n <= 20 {
        34
    } else if n <= 50 {
        17
    } else {
        9
    };
    let letters = (side as f64 * 0.62).clamp(7.0, 12.5);
    let longest = actors.iter().map(|a| short(&a.name).chars().count()).max().unwrap_or(0);
    let grid = Grid { names: (longest as f64 * letters * 0.58) as usize + 14, side, n };
    let whole = grid.end();
    let most = cells.iter().map(|c| c.sum.events()).max().unwrap_or(1);
    let at = |i: usize| grid.at(i);
    html! {
        svg.matrix width=(whole) height=(whole) viewBox=(format!("0 0 {whole} {whole}")) role="group" aria-label=(label) font-size=(letters) {
            path.lines d=(grid.lines()) {}
            path.self d=((0..n).map(|i| format!("M{} {}h{side}v{side}h-{side}z", at(i), at(i))).collect::<String>()) {}
            g.names {
                @for (i, actor) in actors.iter().enumerate() {
                    @let middle = at(i) as f64 + side as f64 / 2.0 + letters * 0.34;
                    a href=(actor.href) { text x=(grid.names - 6) y=(px(middle)) text-anchor="end" { (short(&actor.name)) } }
                }
                g aria-hidden="true" {
                    @for (i, actor) in actors.iter().enumerate() {
                        @let middle = at(i) as f64 + side as f64 / 2.0 + letters * 0.34;
                        text transform=(format!("translate({} {}) rotate(-90)", px(middle), grid.names - 6)) { (short(&actor.name)) }
                    }
                }
            }
            @for (colour, path) in unlinked(cells, grid, most) { path.{ "s" (colour) } d=(path) {} }
            @for cell in cells {
                @if let Some((told, href)) = &cell.link {
                    @let (x, y, size) = grid.square(cell, most);
                    a href=(href) aria-label=(told) data-row=(cell.from) data-column=(cell.to) {
                        rect.{ "s" (scale::colour(&cell.sum)) } x=(px(x)) y=(px(y)) width=(px(size)) height=(px(size)) rx="2" {}
                        @if side >= 30 && size >= 16.0 && cell.sum.events() < 1000 {
                            text.{ "on" (scale::colour(&cell.sum)) } x=(px(x + size / 2.0)) y=(px(y + size / 2.0 + 3.5)) { (cell.sum.events()) }
                        }
                    }
                }
            }
        }
    }
}

/// Where rows and columns are.
#[derive(Clone, Copy)]
struct Grid {
    /// Units for names.
    names: usize,
    /// Units of a row.
    side: usize,
    /// Rows.
    n: usize,
}

impl Grid {
    /// Where a row or a column begins.
    fn at(self, i: usize) -> usize {
        self.names + i * self.side
    }

    /// Where the last one ends.
    fn end(self) -> usize {
        self.at(self.n)
    }

    /// A square's corner and side: they grow with the logarithm of the events, since few pairs have most of them.
    fn square(self, cell: &Cell, most: u64) -> (f64, f64, f64) {
        let side = self.side as f64;
        let part = (cell.sum.events() as f64).ln_1p() / (most as f64).ln_1p().max(f64::MIN_POSITIVE);
        let size = (side - 1.5) * (0.3 + 0.7 * part.min(1.0));
        let corner = |i: usize| self.at(i) as f64 + (side - size) / 2.0;
        (corner(cell.to), corner(cell.from), size)
    }

    /// Thin lines between rows and columns.
    fn lines(self) -> String {
        let (start, end) = (self.names, self.end());
        (0..=self.n).map(|i| self.at(i)).map(|at| format!("M{start} {at}H{end}M{at} {start}V{end}")).collect()
    }
}

/// Squares that lead nowhere, as one path a colour.
fn unlinked(cells: &[Cell], grid: Grid, most: u64) -> Vec<(u8, String)> {
    let mut paths: HashMap<u8, String> = HashMap::new();
    for cell in cells.iter().filter(|c| c.link.is_none()) {
        let (x, y, size) = grid.square(cell, most);
        let (x, y, size) = (px(x), px(y), px(size));
        let path = paths.entry(scale::colour(&cell.sum)).or_default();
        let _ = write!(path, "M{x} {y}h{size}v{size}h-{size}z"); // a string takes all that is written to it
    }
    let mut all: Vec<(u8, String)> = paths.into_iter().collect();
    all.sort();
    all
}

/// A name that fits.
pub(crate) fn short(name: &str) -> String {
    let name = visible(name);
    if name.chars().count() <= LETTERS {
        return name.into_owned();
    }
    name.chars().take(LETTERS - 1).chain(['…']).collect()
}
