//! Help on each page: what it shows, how it is read, what can be done on it.

use maud::{Markup, html};

/// The parts of the help: name in addresses, heading.
pub(super) const PARTS: [(&str, &str); 14] = [
    ("searching", "Searching"),
    ("marks", "Marks in a text"),
    ("series", "Over time"),
    ("dyads", "Who with whom"),
    ("network", "Network"),
    ("map", "Where"),
    ("claims", "Whose word"),
    ("code", "Code a text"),
    ("codebook", "Codebook"),
    ("corrections", "Corrections"),
    ("sql", "SQL"),
    ("types", "Types and statuses"),
    ("programs", "For programs"),
    ("keys", "Keys"),
];

/// A heading under its name.
pub(super) fn heading(part: &str) -> Markup {
    let name = PARTS.iter().find(|(name, _)| *name == part).map_or("", |(_, heading)| heading);
    html! { h2 #(part) { (name) } }
}

/// Pages of counts and pages for work, in the order of the menu.
pub(super) fn all() -> Markup {
    html! {
        (heading("series"))
        ul {
            li { "Bars above the line are cooperation, below it conflict; what is said lies next to the line, what is done beyond it." }
            li { "The line below is the mean score, from +10 to −10. Where nothing happens for long there is none." }
            li { "Point at a bar to read it, click it for its sentences, draw over some to zoom in. With the keyboard: tab to the
                figure, arrows from bar to bar, Enter for the sentences." }
            li { "“Side by side” compares up to six values of a facet, all on one scale: those that are chosen in it, or the most
                frequent." }
            li { "An event is of the day that the text tells, else of its report’s." }
        }
        (heading("dyads"))
        ul {
            li { "Who acts stands at the left, whom it reaches at the top: read a row as “does to”. The diagonal is what happens within
                a country." }
            li { "The larger a square, the more events, by their logarithm; its colour is the share of conflict. Click it for the
                sentences, or a name for all that one does." }
            li { "“Who deal with each other together” moves blocs next to each other. With the keyboard: tab to a square, arrows to the
                next." }
        }
        (heading("network"))
        ul {
            li { "Circles are actors, the larger the more events. Each half of a line shows what the actor at its end does to the other:
                its width how often, its colour how. A thin grey half: nothing." }
            li { "Who deals much with each other lies close together; beyond that, places mean nothing." }
            li { "Weak lines are left out at first; the slider brings them back. Pointing at an actor leaves its neighbours alone in
                sight." }
        }
        (heading("map"))
        ul {
            li { "Countries are shaded by how many events they have to do with: as who acts, as whom it reaches, or as where it happens." }
            li { "A circle is a place that the text names, the larger the more events; its colour is the share of conflict. Events whose
                place is not told have none." }
            li { "Arcs lead from who acts to the dot at whom it reaches. All lead to their sentences." }
        }
        (heading("claims"))
        ul {
            li { "A row is a matter: what may be one and the same act. A column is a voice: a speaker, or an outlet on its own word. The
                cell says what the voice holds: says so, denies it, expects it, holds it possible, passes it on, is silent." }
            li { b { "Contested" } ": somebody says so and somebody denies it. " b { "Agreed" } ": two or more say so independently; speakers of
                one country count as one, and so do outlets that print the same report. " b { "One voice" } ": one alone says so." }
            li { b { "At odds" } ": two matters that cannot easily both be so: sides exchanged, another blamed, the opposite done." }
            li { "Nothing is guessed: all of it is counted from the sentences below the table. Whether it is true is not told." }
        }
        (heading("code"))
        p { "Paste a report or drop a file: it is coded at once and shown as reports are, with the tree of each sentence and the rules that
            fired. Nothing is kept. Give the day: who “the president” is, and when “on Monday” was, depends on it." }
        (heading("codebook"))
        ul {
            li { "Search for the dictionary form of a word, or choose a type, to see which words are coded as what; each entry has its own
                examples." }
            li { "“Try a change” codes the newest reports that have the changed words with and without it, and shows which events are
                gained, lost or changed. That takes some seconds." }
            li { "Nothing is kept here. Save the file or the patch, and code the store with it: " code { "readout recode STORE --codebook DIR" } "." }
        }
        (heading("corrections"))
        ul {
            li { "“Correct it” below an event: right, wrong, or as it should be. “Add an event that was missed” above the events of a
                report: select its words in the text, or give them." }
            li { "Corrections stand in a file of their own, the coding stays. They are found again when the store is coded anew, by report,
                words and place." }
            li { "“Download as gold” gives them for " code { "readout eval" } ". How many of the coded events are right (precision) it tells
                always; how many of all events were coded (recall) as far as what was missed was added." }
        }
        (heading("sql"))
        ul {
            li { "One statement that reads, in the dialect of SQLite. The tables and their columns stand beside the box." }
            li { "The address holds the statement. JSON and CSV hold more rows than the page shows." }
            li { "Columns named " code { "event_id" } " and " code { "key" } " lead to events and reports." }
        }
    }
}
