//! Phrases of time and the days they stand for.
//!
//! `words` has the words, `days` the calendar, `read` the phrases, `dating` which of them dates an act.

mod dating;
mod days;
mod read;
mod words;

use jiff::ToSpan;
use jiff::civil::Date;
use readout_syntax::Tree;

pub(crate) use dating::{Dating, dating, parted};
use dating::{ended_before, hangs_on_old};
use read::{Reach, Reader};
pub(crate) use words::is_calendar_name;

/// A phrase of time in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Phrase {
    /// Its words, preposition left out but for since, within, for, before and after.
    pub words: std::ops::Range<usize>,
    /// Its head, which hangs on what it dates.
    pub head: usize,
    meaning: read::Meaning,
    /// The preposition before it.
    lead: Lead,
}

/// How the preposition before a phrase turns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    Plain,
    Since,
    /// Before, until: what it dates lies earlier.
    Until,
    After,
    Within,
    For,
}

/// All phrases of time in a sentence, from left to right.
pub(crate) fn phrases(tree: &Tree, day: Option<Date>) -> Vec<Phrase> {
    let reader = Reader::new(tree, day);
    let mut out = Vec::new();
    let mut i = 0;
    while i < tree.len() {
        match phrase(&reader, i) {
            Some(p) => {
                i = p.words.end.max(i + 1);
                out.push(p);
            }
            None => i += 1,
        }
    }
    out
}

fn phrase(reader: &Reader, i: usize) -> Option<Phrase> {
    let tree = reader.tree;
    let (length, meaning) = reader.phrase(i)?;
    let mut words = i..(i + length).min(tree.len());
    // The article of the phrase itself, not of the noun it stands before.
    let article = words
        .start
        .checked_sub(1)
        .filter(|&b| reader.at(b) == "the" && tree.head(b).is_some_and(|h| words.contains(&h)));
    words.start = article.unwrap_or(words.start);
    let (lead, start) = lead(reader, words.start, meaning.reach);
    words.start = start;
    let outside = |w: &usize| {
        tree.head(*w).is_none_or(|h| !words.contains(&h)) && !matches!(tree.rel(*w), "case" | "mark" | "punct")
    };
    let head = words.clone().rev().find(outside).unwrap_or(i);
    let meaning =
        if meaning.reach == Reach::For && lead != Lead::For { meaning.of_adjective(tree, head) } else { meaning };
    Some(Phrase { words, head, meaning, lead })
}

/// The preposition that a phrase from `start` on has, and where the phrase starts with those that stay in it.
fn lead(reader: &Reader, start: usize, reach: Reach) -> (Lead, usize) {
    let Some(b) = start.checked_sub(1) else { return (Lead::Plain, start) };
    let word = reader.at(b);
    match word {
        "since" => (Lead::Since, b),
        "within" => (Lead::Within, b),
        "before" | "until" | "till" => (Lead::Until, b),
        "to" if reader.before(b) == "prior" => (Lead::Until, b - 1),
        "after" | "following" => (Lead::After, b),
        // "In the past" keeps its preposition.
        "in" if reach == Reach::Past => (Lead::Plain, b),
        "from" | "between" if reader.is_range(start) => (Lead::Plain, b),
        _ if reach == Reach::For && reader.led_by_for(start) => {
            let back = (1..=4).find_map(|k| start.checked_sub(k).filter(|&b| reader.at(b) == "for"));
            (Lead::For, back.unwrap_or(start))
        }
        _ => (Lead::Plain, start),
    }
}

impl Phrase {
    /// Its first and last day, both included, and the unit it speaks in; as of `day`.
    pub fn days(&self, ahead: bool, lasting: bool, day: Option<Date>) -> Option<(Date, Date)> {
        let found = if ahead { self.meaning.ahead } else { self.meaning.back };
        match (self.lead, self.meaning.reach) {
            (Lead::Since, _) => {
                let from = self.meaning.back?.0;
                day.filter(|d| from <= *d).map(|d| (from, d))
            }
            (Lead::Until | Lead::After | Lead::Within, _) => None,
            // A length of time has days only where it reaches to the report's.
            (Lead::For, _) | (_, Reach::For) => found.filter(|_| lasting),
            _ => found,
        }
    }

    /// The unit in which the phrase speaks ("day", "week").
    pub fn grain(&self) -> Option<&'static str> {
        self.meaning.grain.map(words::Unit::name)
    }

    fn reaches_now(&self) -> bool {
        self.lead == Lead::Since || matches!(self.meaning.reach, Reach::UpToNow)
    }

    /// The last day that what it dates may have happened on, looking back.
    fn latest(&self) -> Option<Date> {
        let (first, last) = self.meaning.back?;
        match self.lead {
            Lead::Until => Some(first),
            Lead::Plain => Some(last),
            _ => None,
        }
    }
}

/// Days before the report after which an act is historical (conventions 18: more than about a month).
pub(crate) const HISTORICAL_DAYS: i32 = 35;

/// Whether what is dated happened long before `day`.
pub(crate) fn is_historical(dating: &Dating, day: Option<Date>) -> bool {
    let long_ago = |last: Date, d: Date| last.checked_add(HISTORICAL_DAYS.days()).is_ok_and(|limit| limit < d);
    let phrase = dating.phrase;
    if dating.ahead || phrase.reaches_now() {
        return false;
    }
    phrase.meaning.reach == Reach::Past || phrase.latest().zip(day).is_some_and(|(last, d)| long_ago(last, d))
}

/// Whether the act at `words`, itself without a date, is older than something told as long ago.
pub(crate) fn is_older(tree: &Tree, phrases: &[Phrase], words: &[usize], cues: &[usize], day: Option<Date>) -> bool {
    let old = |phrase: &Phrase| is_historical(&Dating { phrase, ahead: false, lasting: false }, day);
    ended_before(tree, words) || words.first().is_some_and(|&w| hangs_on_old(tree, phrases, w, cues, old))
}

/// Whether what is dated lies after `day`.
pub(crate) fn is_to_come(dating: &Dating, day: Option<Date>) -> bool {
    let first = dating.phrase.days(dating.ahead, false, day).map(|d| d.0);
    dating.phrase.lead == Lead::Plain && first.zip(day).is_some_and(|(first, d)| first > d)
}

#[cfg(test)]
mod tests;
