//! Events over time: bars of cooperation above a line, of conflict below it, and the mean score under them.
//!
//! Bars lie in a drawing of their own that is stretched to the width there is; words do not stretch, so they stand beside it
//! at shares of the width.

use std::fmt::Write as _;

use maud::{Markup, html};
use readout_store::columns::{Bin, Step};

use crate::page::names::grouped;

/// Units of a bar's width, its gap included.
const BAR: usize = 10;

/// Labels below a series at most.
const LABELS: usize = 6;

/// Height of the mean scores, and of a score of 10 in it.
const SCORES: f64 = 64.0;

/// Bins that a line of mean scores may pass over: where nothing happens for long there is none.
const NEAR: usize = 3;

/// The greatest score.
const BEST: f64 = 10.0;

/// What all series of a page share, so that they can be compared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    /// Most events of cooperation and of conflict in a bin.
    most: [u64; 2],
    /// Pixels of the bars' height.
    height: f64,
}

impl Scale {
    /// A scale that holds all of some series.
    pub(crate) fn of<'b>(bins: impl Iterator<Item = &'b Bin>, height: f64) -> Scale {
        let most = bins.fold([0, 0], |[up, down], bin| {
            let [cooperation, conflict] = bin.sum.sides();
            [up.max(cooperation), down.max(conflict)]
        });
        Scale { most, height }
    }

    fn unit(self) -> f64 {
        let [up, down] = self.most;
        (self.height - 12.0) / (up + down).max(1) as f64 // room for the label of the topmost line
    }

    /// Where no events are.
    fn zero(self) -> f64 {
        let [up, _] = self.most;
        12.0 + up as f64 * self.unit()
    }

    /// Counts at which lines are drawn, those of conflict below zero.
    fn ticks(self) -> Vec<i64> {
        let [up, down] = self.most.map(|n| i64::try_from(n).unwrap_or(i64::MAX));
        let step = round_step(up.saturating_add(down), (self.height / 60.0).max(2.0));
        let above = (1..).map(|i| i * step).take_while(|n| *n <= up);
        let below = (1..).map(|i| -i * step).take_while(|n| -*n <= down);
        above.chain(below).collect()
    }
}

/// 1, 2 or 5 times a power of ten, so that about `parts` of them make `whole`.
fn round_step(whole: i64, parts: f64) -> i64 {
    let wanted = whole as f64 / parts;
    let powers = (0..12).flat_map(|power| [1, 2, 5].map(|n| n * 10_i64.pow(power)));
    powers.into_iter().find(|step| *step as f64 >= wanted).unwrap_or(i64::MAX)
}

/// A bin in words: "2019-02-26", "week of 2019-02-25", "2019-02", "2019".
pub(crate) fn name(bin: &Bin, step: Step) -> String {
    let day = bin.first.to_string();
    match step {
        Step::Day => day,
        Step::Week => format!("week of {day}"),
        Step::Month => day.get(..7).unwrap_or(&day).to_owned(),
        Step::Year => day.get(..4).unwrap_or(&day).to_owned(),
    }
}

/// One series. `peaks` are numbers of bins that are told of elsewhere on the page; `label` is what the drawing says.
pub(crate) fn draw(bins: &[Bin], step: Step, scale: Scale, peaks: &[usize], label: &str) -> Markup {
    let (height, zero, unit) = (scale.height, scale.zero(), scale.unit());
    let width = bins.len() * BAR;
    let y = |n: i64| zero - n as f64 * unit;
    html! {
        svg.bars width="100%" height=(height) role="img" aria-label=(label) {
            @for n in scale.ticks() {
                line.grid x1="0" x2="100%" y1=(px(y(n))) y2=(px(y(n))) {}
            }
            svg width="100%" height=(height) viewBox=(format!("0 0 {width} {height}")) preserveAspectRatio="none" {
                @for class in 0..4 { path.{ "q" (class + 1) } d=(bars(bins, class, zero, unit)) {} }
            }
            line.zero x1="0" x2="100%" y1=(px(zero)) y2=(px(zero)) {}
            @for n in scale.ticks() {
                text.tick x="0" y=(px(y(n) - 3.0)) { (grouped(n.unsigned_abs())) }
            }
            @for (i, at) in peaks.iter().enumerate() {
                @if let Some(bin) = bins.get(*at) {
                    @let [up, _] = bin.sum.sides();
                    svg.peak x=(share(*at, bins.len())) y=(px((zero - up as f64 * unit - 12.0).max(10.0))) overflow="visible" {
                        circle r="9" {}
                        text y="4" { (i + 1) }
                    }
                }
            }
        }
        (scores(bins))
        svg.axis width="100%" height="20" aria-hidden="true" {
            @for (at, anchor) in labels(bins.len()) {
                @if let Some(bin) = bins.get(at) {
                    text x=(match anchor { "start" => "0%".to_owned(), "end" => "100%".to_owned(), _ => share(at, bins.len()) })
                        y="14" text-anchor=(anchor) { (name(bin, step).trim_start_matches("week of ")) }
                }
            }
        }
    }
}

/// The bars of a class as one path: words next to the line, deeds beyond them.
fn bars(bins: &[Bin], class: usize, zero: f64, unit: f64) -> String {
    let gap = if bins.len() > 150 { 0 } else { 2 };
    let mut path = String::new();
    for (i, bin) in bins.iter().enumerate() {
        let [talk, deed, blame, force] = bin.sum.quads.map(|n| f64::from(n) * unit);
        let (top, tall) = match class {
            0 => (zero - talk, talk),
            1 => (zero - talk - deed, deed),
            2 => (zero, blame),
            _ => (zero + blame, force),
        };
        if tall > 0.0 {
            let (x, wide) = (i * BAR + gap / 2, BAR - gap);
            // A string takes all that is written to it.
            let _ = write!(path, "M{x} {}h{wide}v{}h-{wide}z", px(top), px(tall.max(0.5)));
        }
    }
    path
}

/// The mean score of each bin that has events, as a line with a dot for each.
fn scores(bins: &[Bin]) -> Markup {
    let width = bins.len() * BAR;
    let y = |mean: f64| SCORES / 2.0 - mean / BEST * (SCORES / 2.0 - 4.0);
    let points: Vec<(usize, f64)> =
        bins.iter().enumerate().filter_map(|(i, bin)| Some((i * BAR + BAR / 2, y(bin.sum.mean()?)))).collect();
    let mut path = String::new();
    let mut before: Option<usize> = None;
    for (x, y) in &points {
        let is_near = before.is_some_and(|before| x - before <= NEAR * BAR);
        let _ = write!(path, "{}{x} {}", if is_near { 'L' } else { 'M' }, px(*y)); // a string takes all that is written to it
        before = Some(*x);
    }
    // A line of no length with round ends is a dot that does not stretch.
    let dots: String = points.iter().map(|(x, y)| format!("M{x} {}h0", px(*y))).collect();
    html! {
        svg.scores width="100%" height=(SCORES) aria-hidden="true" {
            line.zero x1="0" x2="100%" y1=(SCORES / 2.0) y2=(SCORES / 2.0) {}
            svg width="100%" height=(SCORES) viewBox=(format!("0 0 {width} {SCORES}")) preserveAspectRatio="none" {
                path.line d=(path) {}
                path.dots.many[bins.len() > 120] d=(dots) {}
            }
            text.tick x="0" y="10" { "score +10" }
            text.tick x="0" y=(SCORES - 2.0) { "−10" }
        }
    }
}

/// The middle of a bin as a share of the width.
fn share(at: usize, of: usize) -> String {
    format!("{:.2}%", (at as f64 + 0.5) * 100.0 / of.max(1) as f64)
}

/// Which bins are named below, and how their names stand.
fn labels(bins: usize) -> Vec<(usize, &'static str)> {
    let last = bins.saturating_sub(1);
    let n = LABELS.min(bins);
    let mut all: Vec<(usize, &str)> = (0..n).map(|i| (i * last / (n - 1).max(1), "middle")).collect();
    if n > 3 {
        all.first_mut().into_iter().for_each(|(_, anchor)| *anchor = "start");
        all.last_mut().into_iter().for_each(|(_, anchor)| *anchor = "end");
    }
    all
}

/// A length with one place.
pub(crate) fn px(x: f64) -> String {
    let rounded = (x * 10.0).round() / 10.0;
    format!("{rounded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_at_round_numbers() {
        assert_eq!(round_step(7, 3.0), 5);
        assert_eq!(round_step(3, 3.0), 1);
        assert_eq!(round_step(1_000, 3.0), 500);
        assert_eq!(Scale { most: [10, 4], height: 200.0 }.ticks(), [5, 10]);
        assert!(Scale { most: [0, 0], height: 200.0 }.ticks().is_empty());
    }

    #[test]
    fn labels_fit() {
        assert_eq!(labels(1), [(0, "middle")]);
        assert!(labels(0).is_empty());
        assert_eq!(labels(101).iter().map(|(at, _)| *at).collect::<Vec<_>>(), [0, 20, 40, 60, 80, 100]);
    }
}
