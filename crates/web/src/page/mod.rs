//! What all pages share: head, menu, foot with the data's source and licence; and the page that says what went wrong.

pub(crate) mod event;
pub(crate) mod facets;
pub(crate) mod filters;
pub(crate) mod hint;
pub(crate) mod marks;
pub(crate) mod names;
pub(crate) mod pager;
pub(crate) mod reading;
pub(crate) mod scale;

use maud::{DOCTYPE, Markup, html};
use serde_json::{Value, json};

use crate::answer::{Fault, Page};
use crate::assets;
use crate::data::Snapshot;
use crate::views::MENU;
use names::{counted, grouped, visible};

/// Licences that a foot names; the rest are counted.
const LICENCES: usize = 4;

/// A whole page.
pub(crate) fn frame(page: &Page, store: &Snapshot) -> Markup {
    let others = page.others.as_ref();
    shell(
        &page.title,
        html! {
            @if let Some(others) = others {
                link rel="alternate" type="application/json" href=(others.json);
                link rel="alternate" type="text/csv" href=(others.csv);
            }
            script type="module" src=(assets::address("explorer.js")) {}
        },
        html! {
            (head(page.tab, Some(store)))
            main #main tabindex="-1" { (page.main) }
            (foot(page, store))
        },
    )
}

/// The page that says why there is none. `store` is left out for whoever may not see it.
pub(crate) fn fault(fault: &Fault, store: Option<&Snapshot>) -> Markup {
    let what = fault.what();
    let number = fault.status().as_u16();
    shell(
        &what,
        html! { script type="module" src=(assets::address("explorer.js")) {} },
        html! {
            (head("", store))
            main.narrow #main tabindex="-1" {
                p.eyebrow { (number) }
                h1 { (capital(&visible(&what))) }
                p.lead { (capital(&visible(&fault.hint()))) "." }
                @if let Fault::Locked { next, .. } = fault {
                    form.stack method="post" action="/enter" {
                        label { span { "Token" }
                            input type="password" name="token" required autofocus autocomplete="current-password";
                        }
                        input type="hidden" name="next" value=(next);
                        button.primary { "Enter" }
                    }
                } @else {
                    p { a href="/" { "Go to the search" } }
                }
            }
        },
    )
}

fn shell(title: &str, head: Markup, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (visible(title)) " · readout" }
                link rel="icon" type="image/svg+xml" href=(assets::address("icon.svg"));
                link rel="stylesheet" href=(assets::address("explorer.css"));
                script src=(assets::address("theme.js")) {}
                (head)
            }
            body { (body) }
        }
    }
}

fn head(tab: &str, store: Option<&Snapshot>) -> Markup {
    html! {
        a.skip href="#main" { "Skip to the content" }
        header.top {
            a.wordmark href="/" { "readout" }
            @if let Some(store) = store {
                nav.menu aria-label="Pages" {
                    ul {
                        @for (path, name) in MENU {
                            li { a href=(path) aria-current=[(path == tab).then_some("page")] { (name) } }
                        }
                    }
                }
                p.store title="The store that is open" { (visible(&store.name)) }
            }
            button.theme type="button" hidden aria-label="Dark or light" title="Dark or light" { "◐" }
        }
    }
}

fn foot(page: &Page, store: &Snapshot) -> Markup {
    let about = &store.overview;
    html! {
        footer.bottom {
            p {
                b { (visible(&store.name)) } ": " (counted(about.events, "event")) " from "
                (counted(about.reports, "report")) " of " (counted(about.publishers, "publisher"))
                @if let Some((first, last)) = &about.days { ", " (first) " to " (last) }
                ". Texts: "
                @for (i, (licence, reports)) in about.licences.iter().take(LICENCES).enumerate() {
                    @if i > 0 { ", " }
                    @match licence { Some(licence) => (visible(licence)), None => "licence not told" }
                    " (" (grouped(*reports)) ")"
                }
                @if about.licences.len() > LICENCES { " and " (about.licences.len() - LICENCES) " more" }
                @if about.licences.is_empty() { "none" }
                ". An event is a claim until shown otherwise."
            }
            @if let Some(others) = &page.others {
                p { "This view as " a href=(others.json) { "JSON" } " or " a href=(others.csv) download { "CSV" } "." }
            }
        }
    }
}

/// What JSON says of the store.
pub(crate) fn store_json(store: &Snapshot) -> Value {
    let about = &store.overview;
    json!({
        "name": store.name,
        "events": about.events,
        "reports": about.reports,
        "publishers": about.publishers,
        "first_day": about.days.as_ref().map(|d| &d.0),
        "last_day": about.days.as_ref().map(|d| &d.1),
        "codebook": store.version.as_ref().map(|v| &v.codebook),
        "licences": about.licences.iter()
            .map(|(licence, reports)| json!({ "licence": licence, "reports": reports })).collect::<Vec<_>>(),
    })
}

/// With a capital first.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
