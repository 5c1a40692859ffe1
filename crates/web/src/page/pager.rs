//! From page to page.

use maud::{Markup, html};

use super::names::grouped;
use crate::address::Address;

/// Which rows a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pager {
    /// Rows before it.
    pub(crate) skip: usize,
    /// Rows on it.
    pub(crate) shown: usize,
    /// Rows in all.
    pub(crate) total: u64,
    /// Rows on a full page.
    pub(crate) size: usize,
    /// The farthest row that pages lead to.
    pub(crate) deepest: usize,
}

impl Pager {
    /// Whether there is a page after this one.
    pub(crate) fn has_next(self) -> bool {
        self.end() < self.total && self.skip + self.size < self.deepest
    }

    /// Whether rows are left that no page leads to.
    pub(crate) fn is_cut(self) -> bool {
        self.total > self.deepest as u64
    }

    /// "1 to 25 of 12,345".
    pub(crate) fn range(self) -> String {
        if self.shown == 0 {
            return format!("none of {}", grouped(self.total));
        }
        format!("{} to {} of {}", grouped(self.skip as u64 + 1), grouped(self.end()), grouped(self.total))
    }

    fn end(self) -> u64 {
        (self.skip + self.shown) as u64
    }

    /// Links to the page before and the page after.
    pub(crate) fn links(self, address: &Address, path: &str) -> Markup {
        let page = |n: usize| Address { page: n, ..address.clone() }.at(path);
        html! {
            nav.pager aria-label="Pages of results" {
                @if address.page > 0 { a rel="prev" href=(page(address.page - 1)) { "← Before" } } @else { span {} }
                span.num { (self.range()) }
                @if self.has_next() { a rel="next" href=(page(address.page + 1)) { "Next →" } } @else { span {} }
            }
            @if self.is_cut() && !self.has_next() && self.end() < self.total {
                p.notice { "Pages end at event " (grouped(self.deepest as u64))
                    ". Narrow the choice by days or parties to see the others; counts are over all of them." }
            }
        }
    }
}
