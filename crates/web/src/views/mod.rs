//! One file a page.
//!
//! To add one:
//! 1. `views/NAME.rs`: its `PATH`, a struct that owns all that the page shows, and `look`, which makes the struct of what was
//!    [`Asked`]: `Address::of(asked.query, …)` is the filter that all pages share, `asked.snapshot` counts in memory,
//!    `asked.store` answers the rest. No HTML there, no questions later: what `look` returns is the whole truth.
//! 2. `impl View` for it: `page` (title, menu entry, the addresses of its other forms, the main part by `maud`), `json`, `table`.
//!    The three say the same; what is left out is said in each.
//! 3. A row in [`ROUTES`], and in [`MENU`] where it belongs there.
//! 4. Its style in `assets/css/NAME.css` and, where it needs one, a module `assets/js/NAME.js` with `export function start(part)`,
//!    for the part of the page that has `data-module="NAME"`; both named in `assets.rs`. No `style` attributes, no inline
//!    script: classes, SVG attributes, data attributes. It must say what it says without the module too.
//! 5. Texts from reports go through `names::visible`; links to filters are made by `Address::but` and `Address::at`.
//! 6. Tests: `tests/pages.rs` what it shows, and a line in `pages()` of `tests/hostile.rs` and in `guard.rs`; limits in
//!    `limits.rs` and `docs/explorer.md`, which also lists the page.

mod claims;
mod codebook;
mod corrections;
pub(crate) mod counts;
mod dyads;
mod help;
mod map;
mod meant;
mod network;
mod paste;
pub(crate) mod report;
pub(crate) mod search;
pub(crate) mod series;
mod sql;

pub(crate) use help::PATH as HELP;
pub(crate) use meant::Meant;
use readout_store::Store;
use readout_store::corrections::Ledger;

use crate::address::Query;
use crate::answer::{Fault, Form, View};
use crate::code::Code;
use crate::data::Snapshot;
use crate::limits::Limits;

/// What a page is made from.
pub(crate) struct Asked<'a> {
    /// The form that is asked for.
    pub(crate) form: Form,
    /// What stands behind the path of a route that ends in `/`.
    pub(crate) id: &'a str,
    /// What stands behind the `?`.
    pub(crate) query: &'a Query,
    /// The form that was sent, for POST.
    pub(crate) sent: Option<&'a Query>,
    /// The store, for questions.
    pub(crate) store: &'a Store,
    /// What is held of it in memory, for counts.
    pub(crate) snapshot: &'a Snapshot,
    /// What a request may cost.
    pub(crate) limits: &'a Limits,
    /// What codes texts, where there is one.
    pub(crate) coder: Option<&'a dyn Code>,
    /// Where corrections are kept, where they are taken.
    pub(crate) ledger: Option<&'a Ledger>,
    /// What forms that change something must bear.
    pub(crate) proof: &'a str,
}

/// What the requests to a route wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// A connection to the store.
    Store,
    /// The coder, where something is sent.
    Coding,
}

/// Where a page is, and what makes it.
pub(crate) struct Route {
    /// Its address; one that ends in `/` has an identifier behind it.
    pub(crate) path: &'static str,
    /// Whether forms may be sent to it.
    pub(crate) posts: bool,
    /// What its requests wait for.
    pub(crate) turn: Turn,
    /// Makes the view.
    pub(crate) look: for<'a> fn(&Asked<'a>) -> Result<Box<dyn View + 'a>, Fault>,
}

/// All pages.
static ROUTES: [Route; 15] = [
    Route { path: search::PATH, posts: false, turn: Turn::Store, look: search::look },
    Route { path: series::PATH, posts: false, turn: Turn::Store, look: series::look },
    Route { path: dyads::PATH, posts: false, turn: Turn::Store, look: dyads::look },
    Route { path: network::PATH, posts: false, turn: Turn::Store, look: network::look },
    Route { path: map::PATH, posts: false, turn: Turn::Store, look: map::look },
    Route { path: report::PATH, posts: false, turn: Turn::Store, look: report::look },
    Route { path: claims::PATH, posts: false, turn: Turn::Store, look: claims::look },
    Route { path: codebook::PATH, posts: true, turn: Turn::Coding, look: codebook::look },
    Route { path: corrections::PATH, posts: false, turn: Turn::Store, look: corrections::look_all },
    Route { path: corrections::ONE, posts: true, turn: Turn::Store, look: corrections::look_one },
    Route { path: corrections::MISSED, posts: true, turn: Turn::Store, look: corrections::look_missed },
    Route { path: corrections::GOLD, posts: false, turn: Turn::Store, look: corrections::look_gold },
    Route { path: sql::PATH, posts: false, turn: Turn::Store, look: sql::look },
    Route { path: paste::PATH, posts: true, turn: Turn::Coding, look: paste::look },
    Route { path: help::PATH, posts: false, turn: Turn::Store, look: help::look },
];

/// The menu: address and name.
pub(crate) const MENU: [(&str, &str); 10] = [
    ("/", "Search"),
    (series::PATH, "Over time"),
    (dyads::PATH, "Who with whom"),
    (map::PATH, "Where"),
    (claims::PATH, "Whose word"),
    (paste::PATH, "Code a text"),
    (codebook::PATH, "Codebook"),
    (corrections::PATH, "Corrections"),
    (sql::PATH, "SQL"),
    (help::PATH, "Help"),
];

/// The path without the ending that names a form, and the form.
pub(crate) fn form_of(path: &str) -> (&str, Form) {
    match path.rsplit_once('.') {
        Some((stem, "json")) => (stem, Form::Json),
        Some((stem, "csv")) => (stem, Form::Csv),
        _ => (path, Form::Html),
    }
}

/// The route of a path, the form it asks for, and the identifier in it.
pub(crate) fn find(path: &str) -> Option<(&'static Route, Form, &str)> {
    let (stem, form) = form_of(path);
    let stem = if path == "/" { search::PATH } else { stem };
    let matches = |route: &'static Route| match route.path.strip_suffix('/') {
        Some(_) => stem.strip_prefix(route.path).filter(|id| is_identifier(id)).map(|id| (route, form, id)),
        None => (stem == route.path).then_some((route, form, "")),
    };
    ROUTES.iter().find_map(matches)
}

/// Identifiers are letters, digits and hyphens: no path leads anywhere through them.
pub(crate) fn is_identifier(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_pages_and_nowhere_else() {
        let found = |path: &str| find(path).map(|(route, form, id)| (route.path, form, id.to_owned()));
        assert_eq!(found("/"), Some(("/search", Form::Html, String::new())));
        assert_eq!(found("/search.csv"), Some(("/search", Form::Csv, String::new())));
        assert_eq!(found("/reports/ab12.json"), Some(("/reports/", Form::Json, "ab12".to_owned())));
        for path in [
            "/reports/",
            "/reports/../x",
            "/reports/a/b",
            "/reports/%2e%2e",
            "/searching",
            "//",
            "",
            "/.json",
            "/reports/.json",
        ] {
            assert_eq!(found(path), None, "{path}");
        }
    }
}
