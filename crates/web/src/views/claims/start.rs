//! What there is to compare: acts that most voices tell of, those on which they differ first.

use maud::{Markup, html};
use readout_store::Evidence;
use readout_store::columns::Dispute;
use serde_json::{Value, json};

use super::{PATH, around};
use crate::address::Address;
use crate::answer::{Cell, Fault, Others, Page, Table, View};
use crate::limits::Limits;
use crate::page::event;
use crate::page::facets;
use crate::page::hint::hint;
use crate::page::names::{Names, counted, visible};
use crate::views::Asked;

/// A dispute with the event that first tells of it.
struct Listed {
    dispute: Dispute,
    first: Option<Evidence>,
}

struct Start<'a> {
    address: Address,
    listed: Vec<Listed>,
    cut: bool,
    names: Names<'a>,
    limits: &'a Limits,
}

/// Lists what most voices tell of, within what an address wants.
pub(super) fn look<'a>(asked: &Asked<'a>) -> Result<Box<dyn View + 'a>, Fault> {
    let (limits, snapshot) = (asked.limits, asked.snapshot);
    let address = Address::of(asked.query, limits)?;
    let names = Names::new(Some(&snapshot.overview.bodies));
    let mut selection = address.selection(|facet| snapshot.values(facet), |quad| names.types_of(quad));
    selection.only = snapshot.matching(asked.store, &address.filter())?;
    let mut disputes = snapshot.disputes(&selection, limits.disputes + 1);
    let cut = disputes.len() > limits.disputes;
    disputes.truncate(limits.disputes);
    let mut listed = Vec::new();
    for dispute in disputes {
        let first = asked.store.evidence(&[dispute.row.into()])?.pop();
        listed.push(Listed { dispute, first });
    }
    Ok(Box::new(Start { address, listed, cut, names, limits }))
}

impl View for Start<'_> {
    fn page(&self) -> Page {
        Page {
            title: "Whose word".to_owned(),
            tab: PATH,
            others: Some(Others { json: self.address.at("/claims.json"), csv: self.address.at("/claims.csv") }),
            main: self.main(),
        }
    }

    fn json(&self) -> Value {
        let one = |l: &Listed| {
            let d = &l.dispute;
            json!({
                "type": d.kind, "quad": d.quad, "dyad": d.dyad, "first_day": d.first, "last_day": d.last,
                "mentions": d.mentions, "voices": d.voices, "outlets": d.outlets,
                "denied": d.denied, "turned": d.turned, "answered": d.answered,
                "event": l.first.as_ref().map(|e| &e.event.id), "sentence": l.first.as_ref().map(|e| &e.sentence),
            })
        };
        json!({
            "view": "claims",
            "query": self.address.query(),
            "truncated": self.cut,
            "disputes": self.listed.iter().map(one).collect::<Vec<_>>(),
        })
    }

    fn table(&self) -> Table {
        let columns = vec![
            "type",
            "dyad",
            "first_day",
            "last_day",
            "mentions",
            "voices",
            "outlets",
            "denied",
            "turned",
            "answered",
            "event_id",
            "sentence",
        ];
        let row = |l: &Listed| {
            let d = &l.dispute;
            let count = |n: u64| Cell::Number(n as f64);
            vec![
                Cell::code(Some(&d.kind)),
                Cell::code(Some(&d.dyad)),
                Cell::Code(d.first.to_string()),
                Cell::Code(d.last.to_string()),
                count(d.mentions),
                count(d.voices),
                count(d.outlets),
                Cell::count(d.denied.into()),
                Cell::count(d.turned.into()),
                Cell::count(d.answered.into()),
                Cell::code(l.first.as_ref().map(|e| e.event.id.as_str())),
                Cell::words(l.first.as_ref().map(|e| e.sentence.as_str())),
            ]
        };
        let name = if self.cut { format!("disputes-first-{}", self.listed.len()) } else { "disputes".to_owned() };
        Table { name, columns, rows: self.listed.iter().map(row).collect() }
    }
}

impl Start<'_> {
    fn main(&self) -> Markup {
        html! {
            header.whose {
                h1 { "Whose word" }
                p.lead { "What each speaker and each outlet says of the same matter, side by side: where they agree, where one
                    denies what another says, and who is silent." }
                (hint("claims", &html! { p { "Each line is an act that two voices or more tell of; those on which they differ come first. Open
                    one to see who says so, who denies it and who passes on what others say; or name two countries." } }))
                form.row.whose-form method="get" action=(PATH) {
                    label { span { "Between" }
                        input.short type="text" name="between" required maxlength="32" autocomplete="off" spellcheck="false"
                            placeholder="KEN-UGA" pattern="[A-Za-z0-9]{3,}-[A-Za-z0-9]{3,}" title="Two countries or bodies: KEN-UGA"; }
                    label { span { "from" } input type="date" name="from" value=[self.address.from]; }
                    label { span { "to" } input type="date" name="to" value=[self.address.to]; }
                    button.primary { "Compare" }
                }
            }
            (facets::chips(&self.address, PATH, &self.names))
            @if self.listed.is_empty() { (self.nothing()) } @else {
                h2 { "What most voices tell of" }
                ol.disputes { @for one in &self.listed { (self.dispute(one)) } }
            }
            @if self.cut { p.notice { "The first " (self.limits.disputes) " are listed. Choose days, parties or types in the "
                a href=(self.address.at("/search")) { "search" } " to see others." } }
        }
    }

    fn dispute(&self, one: &Listed) -> Markup {
        let d = &one.dispute;
        let href =
            one.first.as_ref().map_or_else(|| format!("{PATH}?between={}", d.dyad), |e| around(e.event.id.as_str()));
        let signs = [
            (d.denied, "one says so, another denies it"),
            (d.turned, "told of both sides"),
            (d.answered, "the other side rejects something"),
        ];
        html! {
            li.dispute {
                p.line {
                    a href=(href) {
                        @match &one.first {
                            Some(e) => { (event::act(&e.event, &self.names)) " " (event::parties(&e.event, &self.names)) },
                            None => { (visible(&d.kind)) " " (visible(&d.dyad)) },
                        }
                    }
                    " " time.faint { (d.first) }
                    @for (_, words) in signs.iter().filter(|(is, _)| *is) { " " span.standing.contested { (words) } }
                }
                @if let Some(e) = &one.first { p.sentence { (visible(&e.sentence)) } }
                p.line.faint { b { (counted(d.voices, "voice")) } ", told " (counted(d.mentions, "time")) " by " (counted(d.outlets, "outlet")) }
            }
        }
    }

    fn nothing(&self) -> Markup {
        html! {
            div.empty {
                h2 { "No act is told by two voices here" }
                p { "A voice is a speaker, or an outlet on its own word. Add reports of more outlets, or "
                    a href=(PATH) { "take back what is chosen" } "." }
            }
        }
    }
}
