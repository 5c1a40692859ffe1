//! Search: events as the sentences that tell of them, with counts of what there is to choose.

use maud::{Markup, html};
use readout_store::Evidence;
use readout_store::columns::Facets;
use serde_json::{Value, json};

use super::{Asked, Meant, claims, counts, report};
use crate::address::{Address, ORDERS};
use crate::answer::{Cell, Fault, Form, Others, Page, Table, View};
use crate::limits::Limits;
use crate::page::event;
use crate::page::marks::draw_sentence;
use crate::page::names::{Names, counted, grouped, visible};
use crate::page::pager::Pager;
use crate::page::{facets, filters};

/// Its address; `/` leads here too.
pub(crate) const PATH: &str = "/search";

/// Its address for programs.
pub(crate) const JSON: &str = "/search.json";

/// Bars of the series above the results at most.
const BARS: usize = 120;

/// Pixels of a bar's width; many bars share what there is.
const BAR_PIXELS: usize = 14;

/// Pixels of all bars at least, for the two labels below them.
const LEAST_PIXELS: usize = 112;

/// A page of events.
struct Search<'a> {
    address: Address,
    facets: Facets,
    found: Vec<Evidence>,
    pager: Pager,
    /// Whether the words are searched for one by one, as they were no query.
    plain_words: bool,
    names: Names<'a>,
    limits: &'a Limits,
}

/// The events that an address wants.
pub(crate) fn look<'a>(asked: &Asked<'a>) -> Result<Box<dyn View + 'a>, Fault> {
    let (limits, snapshot) = (asked.limits, asked.snapshot);
    let Meant { mut address, selection, facets, names, plain_words } = Meant::of(asked)?;
    let rows = asked.query.number("rows", 1)?;
    let size = match (rows, asked.form) {
        (Some(rows), Form::Html) => rows.min(limits.page_rows), // more would make a heavy page
        (Some(rows), _) => rows.min(limits.most_rows),
        (None, Form::Csv) => limits.most_rows,
        (None, _) => limits.page_rows,
    };
    if let (Some(_), Form::Json) = (rows, asked.form) {
        address.own = vec![("rows", size.to_string())]; // the next page has as many
    }
    let skip = address.page.saturating_mul(size);
    if skip >= limits.deepest_row && skip > 0 {
        let what = format!("pages end at event {}", grouped(limits.deepest_row as u64));
        return Err(Fault::missing(what, "narrow the choice by days or parties"));
    }
    let rows = snapshot.rows(&selection, address.order, skip, size);
    let found = asked.store.evidence(&rows)?;
    let pager = Pager { skip, shown: found.len(), total: facets.events, size, deepest: limits.deepest_row };
    Ok(Box::new(Search { address, facets, found, pager, plain_words, names, limits }))
}

impl View for Search<'_> {
    fn page(&self) -> Page {
        let title =
            if self.address.words.is_empty() { "Search".to_owned() } else { format!("“{}”", self.address.words) };
        let first = Address { page: 0, ..self.address.clone() };
        Page {
            title,
            tab: "/",
            others: Some(Others { json: self.address.at(JSON), csv: first.at("/search.csv") }),
            main: self.main(),
        }
    }

    fn json(&self) -> Value {
        let next = Address { page: self.address.page + 1, ..self.address.clone() };
        let mut fields = counts::json(&self.facets, self.names, self.limits);
        let own = [
            ("view", json!("search")),
            ("query", self.address.query().into()),
            ("first", json!(self.pager.skip + 1)),
            ("shown", json!(self.pager.shown)),
            ("truncated", json!(self.pager.has_next() || self.pager.is_cut())),
            ("next", json!(self.pager.has_next().then(|| next.at(JSON)))),
            ("events", self.found.iter().map(evidence).collect()),
        ];
        fields.extend(own.map(|(name, value)| (name.to_owned(), value)));
        fields.into()
    }

    fn table(&self) -> Table {
        let mut columns = event::COLUMNS.to_vec();
        columns.extend([
            "mentions",
            "outlets",
            "publisher",
            "published",
            "report",
            "report_name",
            "title",
            "licence",
            "sentence",
        ]);
        let row = |e: &Evidence| {
            let mut cells = event::cells(&e.event, e.report.published.as_deref());
            cells.extend([
                Cell::Number(e.told.mentions as f64),
                Cell::Number(e.told.outlets as f64),
                Cell::words(e.report.publisher.as_deref()),
                Cell::code(e.report.published.as_deref()),
                Cell::code(Some(&e.report.key)),
                Cell::words(Some(&e.report.name)),
                Cell::words(e.report.title.as_deref()),
                Cell::words(e.report.licence.as_deref()),
                Cell::words(Some(&e.sentence)),
            ]);
            cells
        };
        let whole = self.pager.skip == 0 && self.pager.shown as u64 == self.pager.total;
        let name = if whole {
            "events".to_owned()
        } else {
            format!("events-{}", self.pager.range().replace(',', "").replace(' ', "-"))
        };
        Table { name, columns, rows: self.found.iter().map(row).collect() }
    }
}

/// An event for programs.
fn evidence(e: &Evidence) -> Value {
    json!({
        "event": e.event,
        "sentence": e.sentence,
        "sentence_start": e.start,
        "report": {
            "key": e.report.key, "id": e.report.name, "title": e.report.title, "publisher": e.report.publisher,
            "published": e.report.published, "licence": e.report.licence,
        },
        "told": { "mentions": e.told.mentions, "reports": e.told.reports, "outlets": e.told.outlets },
    })
}

impl Search<'_> {
    fn main(&self) -> Markup {
        html! {
            form.search #filter method="get" action=(PATH) role="search" data-module="filter" {
                div.ask {
                    label.unseen for="q" { "Words of the sentence" }
                    input #q type="search" name="q" value=(self.address.words) maxlength="500" autocomplete="off"
                        placeholder="Words of the sentence: ceasefire OR truce, “peace talks”, negotiat*";
                    button.primary { "Search" }
                    a.to-filter href="#facets" { "Filter" }
                }
                div.columns {
                    div.results {
                        (facets::chips(&self.address, PATH, &self.names))
                        (filters::lenses(&self.address, PATH))
                        (self.summary())
                        (self.results())
                        (self.pager.links(&self.address, PATH))
                    }
                    aside.facets #facets aria-label="Filter" {
                        (self.more_filters())
                        (facets::column(&self.address, &self.facets, &self.names, self.limits))
                        button.apply { "Apply" }
                    }
                }
            }
        }
    }

    /// How many there are, and when.
    fn summary(&self) -> Markup {
        html! {
            div.summary {
                h1 aria-live="polite" {
                    span.num { (grouped(self.facets.events)) }
                    @if self.address.acts { " act" } @else { " event" }
                    @if self.facets.events != 1 { "s" }
                }
                @if self.plain_words {
                    p.notice { "Searched for each of the words as it is. OR, NOT, “phrases” and beginnings* work too." }
                }
                (series(&self.facets.months))
                label.order { span { "Order" }
                    select name="order" {
                        @for (order, name, text) in ORDERS {
                            option value=(name) selected[order == self.address.order] { (text) }
                        }
                    }
                }
            }
        }
    }

    fn results(&self) -> Markup {
        html! {
            @if self.found.is_empty() { (self.nothing()) }
            ol.results-list start=(self.pager.skip + 1) { @for e in &self.found { (self.result(e)) } }
        }
    }

    fn result(&self, e: &Evidence) -> Markup {
        let marks = event::marks(&e.event, None, None);
        html! {
            li.result.{ "q" (e.event.quad) } {
                p.line { (event::act(&e.event, &self.names)) " " (event::parties(&e.event, &self.names)) }
                p.sentence { (draw_sentence(&e.sentence, e.start, marks)) }
                p.line.faint {
                    (event::chain(&e.event.said_by, e.report.publisher.as_deref()))
                    @if let Some(day) = event::day(&e.event).or_else(|| e.report.published.clone()) { " · " time { (visible(&day)) } }
                    @if let Some(place) = &e.event.place { " · " (visible(&place.text)) }
                    @if e.told.mentions > 1 {
                        " · told " (counted(e.told.mentions, "time")) " by " (counted(e.told.outlets, "outlet"))
                    }
                    " · " (report::link(e))
                    " · " a href=(claims::around(e.event.id.as_str())) { "Who says so?" }
                }
            }
        }
    }

    fn nothing(&self) -> Markup {
        html! {
            div.empty {
                @if self.address.is_everything() {
                    h2 { "The store holds no events yet" }
                    p { "Add reports with " code { "readout add STORE FILES" } ", and they show here. " }
                    p { "Or " a href="/code" { "code a text of your own" } " now." }
                } @else {
                    h2 { "No event is like that" }
                    ul {
                        @if !self.address.words.is_empty() {
                            li { "Words are looked for in the sentence that tells of the event: fewer of them, or their beginnings ("
                                code { "negotiat*" } "), find more." }
                        }
                        @if self.address.from.is_some() || self.address.to.is_some() { li { "Days may be too close together." } }
                        li { "Take back a choice above, or " a href=(PATH) { "all of them" } "." }
                        li { "A code ending in a star stands for everybody of a country: " code { "KEN*" } "." }
                    }
                }
            }
        }
    }

    fn more_filters(&self) -> Markup {
        html! {
            fieldset.days {
                legend { "Days" }
                label { span { "from" } input type="date" name="from" value=[self.address.from]; }
                label { span { "to" } input type="date" name="to" value=[self.address.to]; }
            }
            fieldset.days {
                legend { "Confidence" }
                label { span { "at least" }
                    select name="sure" {
                        @for (value, text) in [("", "any"), ("50", "50 %"), ("70", "70 %"), ("80", "80 %"), ("90", "90 %")] {
                            option value=(value) selected[value == self.address.sure.map(|n| n.to_string()).unwrap_or_default()] { (text) }
                        }
                    }
                }
                label.check title="Leave out events that tell of an act told before" {
                    input type="checkbox" name="acts" value="1" checked[self.address.acts]; span { "each act once" }
                }
            }
        }
    }
}

/// Events by month, or by year where there are many months, as bars; stretches without any are empty, not left out.
fn series(months: &[(String, u64, f64)]) -> Markup {
    let bars = bars(months);
    let most = bars.iter().map(|(_, n)| *n).max().unwrap_or(0);
    let (Some(first), Some(last)) = (bars.first(), bars.last()) else { return html! {} };
    let peak = bars.iter().find(|(_, n)| *n == most).map_or("", |(name, _)| name);
    let label = format!("Events from {} to {}, most in {peak}: {}", first.0, last.0, grouped(most));
    let width = bars.len() * 10;
    html! {
        @if bars.len() > 1 {
            figure.series {
                svg width=((bars.len() * BAR_PIXELS).max(LEAST_PIXELS)) viewBox=(format!("0 0 {width} 100")) preserveAspectRatio="none" role="img" aria-label=(label) {
                    @for (i, (name, n)) in bars.iter().enumerate() {
                        @let height = (n * 100).div_ceil(most.max(1));
                        rect x=(i * 10 + 1) y=(100 - height) width="8" height=(height) { title { (name) ": " (grouped(*n)) } }
                    }
                }
                figcaption { span { (first.0) } span { (last.0) } }
            }
        }
    }
}

/// Months, or years, without gaps.
fn bars(months: &[(String, u64, f64)]) -> Vec<(String, u64)> {
    let number = |month: &str| -> Option<usize> {
        let (year, month) = month.split_once('-')?;
        Some(year.parse::<usize>().ok()? * 12 + month.parse::<usize>().ok()?.checked_sub(1)?)
    };
    let counts: Vec<(usize, u64)> = months.iter().filter_map(|(month, n, _)| Some((number(month)?, *n))).collect();
    let (Some(first), Some(last)) = (counts.first(), counts.last()) else { return Vec::new() };
    let (by_year, unit) = if last.0 - first.0 < BARS { (false, 1) } else { (true, 12) };
    let name = |n: usize| if by_year { n.to_string() } else { format!("{:04}-{:02}", n / 12, n % 12 + 1) };
    let mut all: Vec<(String, u64)> = (first.0 / unit..=last.0 / unit).map(|n| (name(n), 0)).collect();
    for (month, n) in &counts {
        if let Some((_, sum)) = all.get_mut(month / unit - first.0 / unit) {
            *sum += n;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_have_no_gaps() {
        let month = |name: &str, n| (name.to_owned(), n, 0.0);
        let near = bars(&[month("2018-11", 2), month("2019-02", 3)]);
        assert_eq!(
            near,
            [("2018-11", 2), ("2018-12", 0), ("2019-01", 0), ("2019-02", 3)].map(|(m, n)| (m.to_owned(), n))
        );
        let far = bars(&[month("1948-01", 1), month("1987-02", 4), month("1987-03", 5)]);
        assert_eq!(
            (far.len(), far.first().cloned(), far.last().cloned()),
            (40, Some(("1948".to_owned(), 1)), Some(("1987".to_owned(), 9)))
        );
        assert!(bars(&[]).is_empty());
    }
}
