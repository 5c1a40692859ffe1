//! Over time: events and their mean score by day, week, month or year; values of a facet side by side; what peaks tell of.

use jiff::civil::Date;
use maud::{Markup, html};
use readout_store::columns::{Bin, Columns, Daily, Facet, Selection, Step, Sum};
use readout_store::{Evidence, Order};
use serde_json::{Value, json};

use super::{Asked, Meant, report};
use crate::address::Address;
use crate::answer::{Cell, Fault, Form, Others, Page, Table, View};
use crate::draw::series::{self as chart, Scale};
use crate::limits::Limits;
use crate::page::hint::hint;
use crate::page::marks::draw_sentence;
use crate::page::names::{self, counted, grouped, visible};
use crate::page::{event, filters, scale};

/// Its address.
pub(crate) const PATH: &str = "/series";

/// Steps with their names in addresses and on pages.
const STEPS: [(Step, &str, &str); 4] = [
    (Step::Day, "day", "days"),
    (Step::Week, "week", "weeks"),
    (Step::Month, "month", "months"),
    (Step::Year, "year", "years"),
];

/// Series side by side.
const LINES: usize = 6;

/// The most bins where no step is asked for.
const AT_EASE: usize = 260;

/// The most bins for programs: every day that can be told.
const ALL_BINS: usize = 1 << 16;

/// Peaks that are told of, their sentences, and the events among which these are looked for.
const PEAKS: (usize, usize, usize) = (3, 2, 8);

/// Share of events at either end that do not decide which days are drawn, where others lie far from them.
const STRAY: f64 = 0.02;

/// Bins that an address wants.
struct Series<'a> {
    meant: Meant<'a>,
    step: Step,
    /// The facet whose values are side by side.
    by: Option<Facet>,
    lines: Vec<Line>,
    /// Values of the facet that are left out.
    more: usize,
    days: Option<(Date, Date)>,
    /// From the first to the last day that has events.
    span: Option<(Date, Date)>,
    total: Sum,
    /// Events without a day.
    undated: u64,
    peaks: Vec<Peak>,
    /// Whether a finer step was asked for than can be drawn, and the most bars that can be.
    is_coarser: bool,
    drawn: usize,
    limits: &'a Limits,
}

/// One series.
struct Line {
    value: String,
    name: String,
    total: Sum,
    bins: Vec<Bin>,
}

/// A bin that stands out, and what is told in it.
struct Peak {
    at: usize,
    mostly: Vec<String>,
    found: Vec<Evidence>,
}

/// Names of the steps, the shortest first.
pub(crate) fn steps() -> impl Iterator<Item = &'static str> {
    STEPS.iter().map(|(_, name, _)| *name)
}

/// The series that an address wants.
pub(crate) fn look<'a>(asked: &Asked<'a>) -> Result<Box<dyn View + 'a>, Fault> {
    let columns = asked.snapshot.columns();
    let mut meant = Meant::of(asked)?;
    let by =
        asked.query.get("compare").and_then(|name| Facet::ALL.into_iter().find(|(_, n)| *n == name)).map(|(f, _)| f);
    let wanted = asked.query.get("step").and_then(|name| STEPS.iter().find(|(_, n, _)| *n == name)).map(|(s, ..)| *s);
    let whole = columns.daily(&meant.selection);
    let days = days(columns, &meant.address, &whole);
    let drawn = asked.limits.series_bins / if by.is_some() { 2 } else { 1 };
    let most = if asked.form == Form::Html { drawn } else { ALL_BINS };
    let step = fitting(wanted, days, most);
    let is_coarser = wanted.is_some_and(|wanted| wanted != step);
    let bins = |daily: &Daily| days.map_or(Vec::new(), |days| daily.bins(step, days, ALL_BINS));
    let values = by.map_or(Vec::new(), |by| values(&meant, by));
    let shown = values.get(..values.len().min(LINES)).unwrap_or_default();
    let lines = match by {
        None => vec![Line {
            value: String::new(),
            name: "All that is chosen".to_owned(),
            total: whole.total(),
            bins: bins(&whole),
        }],
        Some(by) => {
            let each = columns.daily_by(&meant.selection, by, shown);
            let line = |(value, daily): (&String, &Daily)| Line {
                value: value.clone(),
                name: meant.names.value(by, value),
                total: daily.total(),
                bins: bins(daily),
            };
            shown.iter().zip(&each).map(line).collect()
        }
    };
    let peaks = match lines.first() {
        Some(line) if by.is_none() => peaks(asked, &meant, &line.bins)?,
        _ => Vec::new(),
    };
    let step_name = STEPS.iter().find(|(s, ..)| Some(*s) == wanted).map_or("", |(_, name, _)| name);
    meant.address.own = vec![("compare", by.map_or("", filters::name_of).to_owned()), ("step", step_name.to_owned())];
    Ok(Box::new(Series {
        step,
        by,
        more: values.len() - shown.len(),
        lines,
        days,
        span: whole.span(),
        total: whole.total(),
        undated: whole.undated.events(),
        peaks,
        is_coarser,
        drawn,
        limits: asked.limits,
        meant,
    }))
}

/// The days to be drawn: those that are chosen, as far as the store goes; else those that have events, without strays.
fn days(columns: &Columns, address: &Address, whole: &Daily) -> Option<(Date, Date)> {
    let store = columns.span()?;
    if address.from.is_some() || address.to.is_some() {
        let from = address.from.unwrap_or(store.0).max(store.0);
        let to = address.to.unwrap_or(store.1).min(store.1);
        return (from <= to).then_some((from, to));
    }
    let span = whole.span()?;
    let core = whole.core(STRAY)?;
    let length = |(a, b): (Date, Date)| a.until(b).map_or(0, |s| i64::from(s.get_days()) + 1);
    Some(if length(core) * 3 < length(span) { core } else { span })
}

/// The step that is wanted, or the finest that is easy to read; a coarser one where that makes more than `most` bins.
fn fitting(wanted: Option<Step>, days: Option<(Date, Date)>, most: usize) -> Step {
    let length = days.and_then(|(a, b)| a.until(b).ok()).map_or(1, |s| s.get_days().unsigned_abs() as usize + 1);
    let count = |step: Step| match step {
        Step::Day => length,
        Step::Week => length / 7 + 2,
        Step::Month => length * 12 / 365 + 2,
        Step::Year => length / 365 + 2,
    };
    let (least, most) = wanted.map_or((Step::Day, most.min(AT_EASE)), |step| (step, most));
    let coarser = Step::ALL.into_iter().skip_while(|step| *step != least);
    coarser.into_iter().find(|step| count(*step) <= most).unwrap_or(Step::Year)
}

/// Values to be side by side: those that are chosen, or all, the most frequent first.
fn values(meant: &Meant<'_>, by: Facet) -> Vec<String> {
    let chosen = meant.selection.values.get(&by);
    let counts = meant.facets.counts.get(&by).into_iter().flatten();
    let is_meant = |value: &str| match by {
        Facet::Quad => meant.address.chosen.get(&by).is_none_or(|chosen| chosen.contains(value)),
        Facet::Dyad if chosen.is_none() => is_between_two(value),
        _ => chosen.is_none_or(|chosen| chosen.contains(value)),
    };
    counts.filter(|c| c.events > 0 && is_meant(&c.value)).map(|c| c.value.clone()).collect()
}

/// The bins that stand out, in order, each with what it tells of more than of anything else.
fn peaks(asked: &Asked<'_>, meant: &Meant<'_>, bins: &[Bin]) -> Result<Vec<Peak>, Fault> {
    if asked.form == Form::Csv {
        return Ok(Vec::new());
    }
    let (most, sentences, among) = PEAKS;
    let mut all = Vec::new();
    for at in standing_out(bins, most) {
        let Some(bin) = bins.get(at) else { continue };
        let within = Selection { from: Some(bin.first), to: Some(bin.last), ..meant.selection.clone() };
        let facets = asked.snapshot.facets(&within);
        let top = |facet: Facet| {
            let counts = facets.counts.get(&facet)?;
            let first =
                counts.iter().find(|c| !c.value.is_empty() && (facet != Facet::Dyad || is_between_two(&c.value)))?;
            Some(format!("{} ({})", meant.names.value(facet, &first.value), grouped(first.events)))
        };
        let rows = asked.snapshot.rows(&within, Order::Surest, 0, among);
        let mut found = asked.store.evidence(&rows)?;
        found.sort_by_key(|e| std::cmp::Reverse((e.told.outlets, e.told.mentions)));
        let mut reports = Vec::new();
        found.retain(|e| {
            !reports.contains(&e.report.key) && {
                reports.push(e.report.key.clone());
                true
            }
        });
        found.truncate(sentences);
        all.push(Peak { at, mostly: [Facet::Dyad, Facet::Type].into_iter().filter_map(top).collect(), found });
    }
    Ok(all)
}

/// Whether a dyad has two different countries.
fn is_between_two(dyad: &str) -> bool {
    dyad.split_once('-').is_some_and(|(a, b)| a != b)
}

/// Numbers of the bins with the most events, no two next to each other, each well above the middle one.
fn standing_out(bins: &[Bin], most: usize) -> Vec<usize> {
    let mut counts: Vec<u64> = bins.iter().map(|b| b.sum.events()).filter(|n| *n > 0).collect();
    counts.sort_unstable();
    let middle = counts.get(counts.len() / 2).copied().unwrap_or(0);
    let mut by_events: Vec<(usize, u64)> = bins.iter().map(|b| b.sum.events()).enumerate().collect();
    by_events.sort_by_key(|(at, n)| (std::cmp::Reverse(*n), *at));
    let mut chosen: Vec<usize> = Vec::new();
    for (at, n) in by_events {
        let is_high = n > 0 && (n * 4 >= middle * 5 || chosen.is_empty());
        if is_high && chosen.len() < most && chosen.iter().all(|other| other.abs_diff(at) > 1) {
            chosen.push(at);
        }
    }
    chosen.sort_unstable();
    chosen
}

impl View for Series<'_> {
    fn page(&self) -> Page {
        let address = &self.meant.address;
        Page {
            title: "Over time".to_owned(),
            tab: PATH,
            others: Some(Others { json: address.at("/series.json"), csv: address.at("/series.csv") }),
            main: self.main(),
        }
    }

    fn json(&self) -> Value {
        let bin = |b: &Bin| scale::json(&b.sum, json!({ "first": b.first.to_string(), "last": b.last.to_string() }));
        let line = |l: &Line| {
            let about = json!({ "value": l.value, "name": l.name, "bins": l.bins.iter().map(bin).collect::<Vec<_>>() });
            scale::json(&l.total, about)
        };
        let bins = self.lines.first().map_or(&[][..], |l| l.bins.as_slice());
        let peak = |p: &Peak| {
            let at = bins.get(p.at);
            json!({
                "first": at.map(|b| b.first.to_string()), "last": at.map(|b| b.last.to_string()),
                "events": at.map(|b| b.sum.events()), "mostly": p.mostly,
                "sentences": p.found.iter().map(|e| json!({ "event": e.event.id, "report": e.report.key, "sentence": e.sentence })).collect::<Vec<_>>(),
            })
        };
        json!({
            "view": "series",
            "query": self.meant.address.query(),
            "step": self.step_names().0,
            "compare": self.by.map(filters::name_of),
            "first": self.days.map(|d| d.0.to_string()),
            "last": self.days.map(|d| d.1.to_string()),
            "total": self.total.events(),
            "undated": self.undated,
            "outside": self.outside(),
            "truncated": self.more > 0,
            "values_left_out": self.more,
            "series": self.lines.iter().map(line).collect::<Vec<_>>(),
            "peaks": self.peaks.iter().map(peak).collect::<Vec<_>>(),
        })
    }

    fn table(&self) -> Table {
        let mut columns = vec!["first", "last"];
        columns.extend(self.by.is_some().then_some("value"));
        columns.extend(scale::COLUMNS);
        let row = |line: &Line, bin: &Bin| {
            let mut cells = vec![Cell::Code(bin.first.to_string()), Cell::Code(bin.last.to_string())];
            cells.extend(self.by.is_some().then(|| Cell::Words(line.value.clone())));
            cells.extend(scale::cells(&bin.sum));
            cells
        };
        let rows = self.lines.iter().flat_map(|line| line.bins.iter().map(move |bin| row(line, bin))).collect();
        let cut = if self.more > 0 {
            format!("-{}-of-{}", self.lines.len(), self.lines.len() + self.more)
        } else {
            String::new()
        };
        Table { name: format!("events-by-{}{cut}", self.step_names().0), columns, rows }
    }
}

impl Series<'_> {
    fn step_names(&self) -> (&'static str, &'static str) {
        STEPS.iter().find(|(s, ..)| *s == self.step).map_or(("", ""), |(_, one, many)| (*one, *many))
    }

    /// Events on days that are not drawn.
    fn outside(&self) -> u64 {
        if self.by.is_some() {
            return 0;
        }
        let drawn: u64 = self.lines.iter().flat_map(|l| &l.bins).map(|b| b.sum.events()).sum();
        self.total.events().saturating_sub(drawn).saturating_sub(self.undated)
    }

    /// The search for the events of a bin, of a line.
    fn link(&self, line: &Line, bin: &Bin) -> String {
        let from = self.meant.address.from.map_or(bin.first, |from| from.max(bin.first));
        let to = self.meant.address.to.map_or(bin.last, |to| to.min(bin.last));
        let narrowed = self.meant.address.but(|a| {
            a.own.clear();
            (a.from, a.to) = (Some(from), Some(to));
            if let Some(by) = self.by {
                a.chosen.insert(by, [line.value.clone()].into());
            }
        });
        narrowed.at("/search")
    }

    fn main(&self) -> Markup {
        let steps: Vec<(&str, &str)> =
            std::iter::once(("", "fitting steps")).chain(STEPS.iter().map(|(_, name, many)| (*name, *many))).collect();
        let own = &self.meant.address.own;
        let chosen = |name: &str| own.iter().find(|(n, _)| *n == name).map_or("", |(_, value)| value.as_str());
        let bins = self.lines.first().map_or(0, |l| l.bins.len());
        html! {
            div.head { h1 { "Over time" } (filters::lenses(&self.meant.address, PATH))
                (hint("series", &html! { p { "Bars above the line are cooperation, below it conflict; what is said lies next to the line,
                    what is done beyond it. The line below them is the mean score. Click a bar for its sentences, draw over some to
                    zoom in; “Side by side” compares up to six countries, types or outlets." } })) }
            (filters::bar(PATH, &self.meant, self.limits, html! {
                (filters::choose("compare", "Side by side", &filters::options("nothing"), chosen("compare")))
                (filters::choose("step", "In", &steps, chosen("step")))
            }))
            @if bins == 0 || self.total.events() == 0 {
                (filters::nothing(PATH, &self.meant, "No event like that has a day"))
            } @else {
                (self.summary())
                (self.figures())
                @if !self.peaks.is_empty() { (self.told()) }
                (self.as_table())
            }
        }
    }

    fn summary(&self) -> Markup {
        let (_, many) = self.step_names();
        html! {
            p.summing {
                b.num { (counted(self.total.events(), "event")) } ", in " (many)
                @if let Some((first, last)) = self.days { " from " time { (first) } " to " time { (last) } }
                "; " (scale::told(&self.total).split_once(", ").map_or("", |(_, rest)| rest)) ". "
                @if self.undated > 0 { (counted(self.undated, "event")) " without a day. " }
                @if self.outside() > 0 {
                    (counted(self.outside(), "event")) " on days far from the others "
                    @if self.outside() == 1 { "is" } @else { "are" } " not drawn: " a href=(self.all_days()) { "draw all days" } ". "
                }
                @if self.is_coarser { "Finer steps would be more than " (self.drawn) " bars: choose fewer days. " }
                @if let (Some(by), true) = (self.by, self.more > 0) {
                    "The " (self.lines.len()) " most frequent of " (grouped((self.lines.len() + self.more) as u64))
                    " values of “" (names::facet(by)) "” are shown: choose others in the filter."
                }
            }
            (scale::classes())
        }
    }

    fn figures(&self) -> Markup {
        let is_single = self.by.is_none();
        let height = if is_single { 240.0 } else { 110.0 };
        let shared = Scale::of(self.lines.iter().flat_map(|l| &l.bins), height);
        let peaks: Vec<usize> = self.peaks.iter().map(|p| p.at).collect();
        html! {
            div.plots.several[!is_single] data-module="plot" {
                @for (i, line) in self.lines.iter().enumerate() {
                    figure.plot data-line=(i) {
                        @if !is_single {
                            figcaption { b { (visible(&line.name)) } " " span.faint { (scale::told(&line.total)) } }
                        }
                        (chart::draw(&line.bins, self.step, shared, &peaks, &self.label(line)))
                    }
                }
                p.reading-out aria-live="polite" hidden { }
                div.behind hidden { }
            }
        }
    }

    /// The same from the first to the last day that has events.
    fn all_days(&self) -> String {
        let (from, to) = (self.span.map(|d| d.0), self.span.map(|d| d.1));
        let own = self.meant.address.own.clone();
        self.meant.address.but(|a| (a.from, a.to, a.own) = (from, to, own)).at(PATH)
    }

    /// What a drawing says in words.
    fn label(&self, line: &Line) -> String {
        let most = line.bins.iter().max_by_key(|b| b.sum.events());
        let peak = most
            .map_or(String::new(), |b| format!(", most in {}: {}", chart::name(b, self.step), grouped(b.sum.events())));
        format!("{} by {}: {}{peak}", visible(&line.name), self.step_names().0, scale::told(&line.total))
    }

    /// What the peaks tell of.
    fn told(&self) -> Markup {
        let Some(line) = self.lines.first() else { return html! {} };
        html! {
            section.peaks aria-labelledby="peaks" {
                h2 #peaks { "What the peaks tell of" }
                ol {
                    @for (i, peak) in self.peaks.iter().enumerate() {
                        @if let Some(bin) = line.bins.get(peak.at) {
                            li {
                                h3 { span.at aria-hidden="true" { (i + 1) }
                                    a href=(self.link(line, bin)) { (chart::name(bin, self.step)) } }
                                p.line.faint { (scale::told(&bin.sum)) @for what in &peak.mostly { " · " (visible(what)) } }
                                @for e in &peak.found { (self.sentence(e)) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn sentence(&self, e: &Evidence) -> Markup {
        let marks = event::marks(&e.event, None, None);
        html! {
            div.told.{ "q" (e.event.quad) } {
                p.sentence { (draw_sentence(&e.sentence, e.start, marks)) }
                p.line.faint { (event::chain(&e.event.said_by, e.report.publisher.as_deref())) " · " (report::link(e)) }
            }
        }
    }

    fn as_table(&self) -> Markup {
        html! {
            details.as-table {
                summary { "As a table" }
                div.scroll tabindex="0" role="region" aria-label="Table" {
                    @if let (None, Some(line)) = (self.by, self.lines.first()) {
                        table.bins {
                            thead { tr { th scope="col" { "Days" } (scale::heads()) } }
                            tbody { @for bin in &line.bins { tr data-from=(bin.first) data-to=(bin.last) {
                                th scope="row" { a href=(self.link(line, bin)) { (chart::name(bin, self.step)) } }
                                (scale::row(&bin.sum))
                            } } }
                        }
                    } @else { (self.table_of_several()) }
                }
            }
        }
    }

    fn table_of_several(&self) -> Markup {
        let bins = self.lines.first().map_or(&[][..], |l| l.bins.as_slice());
        let is_linked = bins.len() * self.lines.len() <= self.limits.links(&self.meant.address.query());
        html! {
            table.bins {
                thead {
                    tr { th rowspan="2" scope="col" { "Days" }
                        @for line in &self.lines { th colspan="2" scope="colgroup" { (visible(&line.name)) } } }
                    tr { @for _ in &self.lines { th.num scope="col" { "Events" } th.num scope="col" { "Mean score" } } }
                }
                tbody {
                    @for (i, bin) in bins.iter().enumerate() {
                        tr data-from=(bin.first) data-to=(bin.last) {
                            th scope="row" { (chart::name(bin, self.step)) }
                            @for line in &self.lines {
                                @if let Some(b) = line.bins.get(i) {
                                    td.num { @if b.sum.events() > 0 && is_linked {
                                        a href=(self.link(line, b)) { (b.sum.events()) }
                                    } @else { (b.sum.events()) } }
                                    td.num { @if let Some(mean) = b.sum.mean() { (scale::score(mean)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn steps_fit_the_days() {
        let week = Some((day("1987-02-26"), day("1987-03-04")));
        let years = Some((day("1990-01-01"), day("2022-12-31")));
        assert_eq!(fitting(None, week, 400), Step::Day);
        assert_eq!(fitting(None, years, 400), Step::Year);
        assert_eq!(fitting(Some(Step::Month), years, 400), Step::Month);
        assert_eq!(fitting(Some(Step::Day), years, 400), Step::Month);
        assert_eq!(fitting(Some(Step::Day), years, ALL_BINS), Step::Day);
        assert_eq!(fitting(None, None, 400), Step::Day);
    }

    #[test]
    fn peaks_stand_apart() {
        let bins = |counts: &[u32]| -> Vec<Bin> {
            let bin = |n: &u32| Bin {
                first: day("2019-01-01"),
                last: day("2019-01-01"),
                sum: Sum { quads: [*n, 0, 0, 0], ..Sum::default() },
            };
            counts.iter().map(bin).collect()
        };
        assert_eq!(standing_out(&bins(&[1, 9, 8, 1, 5, 1, 1]), 3), [1, 4]);
        assert!(standing_out(&bins(&[0, 0]), 3).is_empty());
        assert_eq!(standing_out(&bins(&[2]), 3), [0]);
    }
}
