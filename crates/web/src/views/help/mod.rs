//! Help: how to search, what each page shows, what the words of the explorer mean, keys.

mod pages;

use maud::{Markup, html};
use readout_codebook::Codebook;
use serde_json::{Value, json};

use pages::heading;

use super::Asked;
use crate::answer::{Cell, Fault, Others, Page, Table, View};
use crate::page::names;

/// Its address.
pub(crate) const PATH: &str = "/help";

/// Keys of the pages.
const KEYS: [(&str, &str); 5] = [
    ("/", "go to the search box"),
    ("j, k", "next and previous event"),
    ("Enter", "read the report, or open the record"),
    ("Esc", "leave the event"),
    ("?", "this page"),
];

/// All of it is known beforehand.
struct Help;

/// The help page.
pub(crate) fn look<'a>(_: &Asked<'a>) -> Result<Box<dyn View + 'a>, Fault> {
    Ok(Box::new(Help))
}

impl View for Help {
    fn page(&self) -> Page {
        let at = |ending| format!("{PATH}.{ending}");
        Page {
            title: "Help".to_owned(),
            tab: PATH,
            others: Some(Others { json: at("json"), csv: at("csv") }),
            main: main(),
        }
    }

    fn json(&self) -> Value {
        let kinds = Codebook::embedded().ontology.kinds();
        json!({
            "view": "help",
            "types": kinds.iter()
                .map(|k| json!({ "type": k.name, "quad": k.quad.number(), "score": k.score, "about": k.about })).collect::<Vec<_>>(),
            "statuses": names::STATUSES.map(|s| json!({ "status": s, "about": names::status(s) })),
        })
    }

    fn table(&self) -> Table {
        let kinds = Codebook::embedded().ontology.kinds();
        let row = |k: &readout_codebook::EventType| {
            vec![
                Cell::code(Some(&k.name)),
                Cell::count(k.quad.number().into()),
                Cell::Number(k.score.into()),
                Cell::code(Some(&k.about)),
            ]
        };
        Table {
            name: "types".to_owned(),
            columns: vec!["type", "quad", "score", "about"],
            rows: kinds.iter().map(row).collect(),
        }
    }
}

fn main() -> Markup {
    html! {
        div.prose {
            h1 { "Help" }
            p.lead { "Each line of the search is one event: an act, as one sentence tells it, and on whose word. An event in the news
                is a claim until shown otherwise." }
            nav aria-label="Parts of the help" { ul.parts {
                @for (part, name) in pages::PARTS { li { a href={ "#" (part) } { (name) } } }
            } }
            (searching())
            (marks())
            (pages::all())
            (types())
            h3 #statuses { "Statuses" }
            dl.facts { @for status in names::STATUSES { dt { (status) } dd { (names::status(status)) } } }
            (heading("programs"))
            p { "The address of a page is its whole state: keep it, send it, cite it. " code { ".json" } " and " code { ".csv" }
                " behind its path give the same facts (" a href="/search.json" { "/search.json" } ", "
                a href="/search.csv?type=ACCUSE" { "/search.csv?type=ACCUSE" } "). Where not all fits, JSON says "
                code { "truncated" } " and " code { "next" } ", and the name of a CSV file says which rows it has." }
            (heading("keys"))
            dl.facts { @for (key, does) in KEYS { dt { kbd { (key) } } dd { (does) } } }
        }
    }
}

fn searching() -> Markup {
    html! {
        (heading("searching"))
        ul {
            li { "Words are looked for in the sentence of the event: " code { "ceasefire OR truce" } ", " code { "\"peace talks\"" } ", "
                code { "negotiat*" } ", " code { "talks NOT trade" } "." }
            li { "Boxes of one facet widen the choice, boxes of different facets narrow it. Counts beside a box are those that choosing it
                alone in its facet would give." }
            li { "Parties have codes of a country and a sector (" code { "KENGOV" } "); " code { "KEN*" } " means everybody of a country." }
            li { "The day is the event’s where the text tells it, else the report’s." }
            li { "“Each act once” leaves out later mentions of an act that was told before." }
        }
    }
}

fn marks() -> Markup {
    html! {
        (heading("marks"))
        p { "Words that an event rests on bear its label; the number leads to its record. What somebody says stands in brackets with
            the speaker’s name, one within the other where a voice quotes a voice; the publisher, who prints it all, is the outermost." }
    }
}

fn types() -> Markup {
    html! {
        (heading("types"))
        p { "PLOVER’s sixteen types in four classes. The score runs from −10, conflict, to +10, cooperation." }
        div.scroll tabindex="0" {
            table {
                thead { tr { th { "Type" } th { "Class" } th.num { "Score" } th { "Covers" } } }
                tbody {
                    @for kind in Codebook::embedded().ontology.kinds() {
                        @let quad = kind.quad.number();
                        tr {
                            th scope="row" { a href={ "/search?type=" (kind.name) } { (kind.name) } }
                            td { span.type.{ "q" (quad) } { (names::quad(quad).1) " " (names::quad(quad).0) } }
                            td.num { (format!("{:+.1}", kind.score)) }
                            td { (kind.about) }
                        }
                    }
                }
            }
        }
    }
}
