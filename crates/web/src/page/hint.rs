//! Help where it is needed: a few sentences on the page itself, and the way to the rest.

use maud::{Markup, html};

use crate::views::HELP;

/// What a page shows and how it is read, folded; `section` of the help has the rest.
pub(crate) fn hint(section: &str, text: &Markup) -> Markup {
    html! {
        details.hint {
            summary { "How this works" }
            div {
                (text)
                p { a href={ (HELP) "#" (section) } { "More in the help" } }
            }
        }
    }
}
