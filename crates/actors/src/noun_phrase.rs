//! Noun phrases, and the roles and titles in them.

use std::ops::Range;

use readout_syntax::Tree;

use crate::actors::{Actors, singulars};
use crate::phrases::fold;
use crate::{Role, RoleKind};

/// Words after a head that may belong to its role ("chief of the general staff").
const WORDS_AFTER_HEAD: usize = 5;

/// Words to each side of a head that may belong to its phrase, and steps up the tree that are followed.
const LONGEST_PHRASE: usize = 48;

/// Complements, and appositions, of a head that are looked at.
const MOST_COMPLEMENTS: usize = 16;

/// A noun phrase without what follows its head by a preposition or clause.
#[derive(Clone, Debug, PartialEq)]
pub struct NounPhrase {
    /// Its head.
    pub head: usize,
    /// From the determiner to the last word of the head's name.
    pub words: Range<usize>,
    /// Complements behind the head: preposition (lower case) and head of its phrase.
    pub after: Vec<(String, usize)>,
    /// Appositions.
    pub appositions: Vec<usize>,
}

impl NounPhrase {
    /// The noun phrase that word `head` heads.
    pub fn at(tree: &Tree, head: usize) -> NounPhrase {
        let inside = |c: &usize| match tree.rel(*c) {
            "amod" | "compound" | "det" | "nummod" | "flat" | "goeswith" | "dep" | "punct" => true,
            "nmod" => {
                *c < head
                    && (tree.child(*c, "case").is_none()
                        || tree.deprel(*c) == "nmod:poss"
                        || tree.child(*c, "case").is_some_and(|k| k > *c))
            }
            "cc" => tree.deprel(*c) == "cc:preconj",
            _ => false,
        };
        // The child of the head that word `i` hangs under, a few steps up.
        let child_above = |i: usize| {
            let mut at = i;
            for _ in 0..LONGEST_PHRASE {
                match tree.head(at) {
                    Some(h) if h == head => return Some(at),
                    Some(h) => at = h,
                    None => return None,
                }
            }
            None
        };
        let nearest = head.saturating_sub(LONGEST_PHRASE)..head + LONGEST_PHRASE;
        let is_own = |i: usize| nearest.contains(&i) && child_above(i).is_some_and(|c| inside(&c));
        let mut start = head;
        while start > 0 && is_own(start - 1) {
            start -= 1;
        }
        while start < head && matches!(tree.upos(start), "PUNCT" | "CCONJ" | "ADP") {
            start += 1;
        }
        // An adjective cut at its hyphen by the reader ("U.S.-flagged").
        if let Some(first) = start.checked_sub(2).filter(|&i| start < head && hyphened(tree, i + 1).is_some()) {
            start = first;
            while start > 0
                && (tree.head(start - 1) == Some(first) || tree.head(start - 1) == Some(head))
                && matches!(tree.rel(start - 1), "det" | "amod" | "nummod" | "compound")
            {
                start -= 1;
            }
        }
        let mut end = head + 1;
        let flat = |i: usize| {
            nearest.contains(&i)
                && child_above(i).is_some_and(|c| tree.rel(c) == "flat" || c == i && tree.rel(c) == "goeswith")
        };
        while end < tree.len() && (flat(end) || tree.upos(end) == "PUNCT" && is_own(end) && flat(end + 1)) {
            end += 1;
        }
        let mut after = Vec::new();
        for &c in tree.children(head).iter().filter(|&&c| c >= end).take(MOST_COMPLEMENTS) {
            if matches!(tree.rel(c), "nmod" | "obl")
                && let Some(case) = tree.child(c, "case").filter(|&k| k < c)
            {
                after.push((tree.get(case).map_or(String::new(), |w| w.form.to_lowercase()), c));
            }
        }
        NounPhrase {
            head,
            words: start..end,
            after,
            appositions: tree.children_by(head, "appos").filter(|&c| c > head).take(MOST_COMPLEMENTS).collect(),
        }
    }
}

/// The word behind a hyphen at word `i` that is written together with its neighbours.
pub(crate) fn hyphened(tree: &Tree, i: usize) -> Option<&str> {
    let (before, hyphen, after) = (tree.get(i.checked_sub(1)?)?, tree.get(i)?, tree.get(i + 1)?);
    let glued = before.span.end == hyphen.span.start && hyphen.span.end == after.span.start;
    (hyphen.form == "-" && glued).then_some(after.form.as_str())
}

fn form(tree: &Tree, i: usize) -> &str {
    tree.get(i).map_or("", |w| w.form.as_str())
}

impl Actors {
    /// The role that exactly the words `range` name: forms before lemmas, plurals as singulars.
    pub(crate) fn role_in(&self, tree: &Tree, range: Range<usize>) -> Option<&Role> {
        let words: Vec<usize> = range.filter(|&i| form(tree, i) != "-").collect();
        let (&last, first) = words.split_last()?;
        if words.len() > self.longest_role || tree.upos(last) == "PUNCT" {
            return None;
        }
        let join = |lemma: bool| {
            let one = |&i: &usize| fold(if lemma { tree.lemma(i) } else { form(tree, i) }).replace('-', " ");
            first.iter().map(one).fold(String::new(), |s, w| s + &w + " ")
        };
        let ends = [fold(form(tree, last)).replace('-', " "), fold(tree.lemma(last)).replace('-', " ")];
        let plural_ends = singulars(ends.first().map_or("", String::as_str)).collect::<Vec<_>>();
        let starts = [join(false), join(true)];
        let count = if first.is_empty() { 1 } else { 2 };
        starts.iter().take(count).find_map(|s| {
            ends.iter().chain(&plural_ends).find_map(|e| {
                let role = self.roles.get(&format!("{s}{e}"))?;
                // "A private investor" is no soldier, "a trading house" no parliament.
                let adjective = tree.upos(last) == "ADJ" && tree.rel(last) == "amod" && role.has("title");
                let small = form(tree, last).starts_with(char::is_lowercase);
                if small && (adjective && first.is_empty() || role.has("capital")) {
                    return None;
                }
                (!role.has("plural") || is_plural(tree, last) || !role.noun.ends_with(e.as_str())).then_some(role)
            })
        })
    }

    /// The longest role that the phrase headed by word `head` names ("foreign minister").
    pub fn role_at(&self, tree: &Tree, head: usize) -> Option<&Role> {
        self.role_around(tree, &NounPhrase::at(tree, head).words, head).map(|(_, role)| role)
    }

    /// The role that word `i` alone names.
    pub(crate) fn role_of_word(&self, tree: &Tree, i: usize) -> Option<&Role> {
        self.role_in(tree, i..i + 1)
    }

    /// The longest role that holds word `head`, within `words` or a little behind it ("minister of defence").
    pub(crate) fn role_around(&self, tree: &Tree, words: &Range<usize>, head: usize) -> Option<(Range<usize>, &Role)> {
        let left = words.start.max((head + 1).saturating_sub(2 * self.longest_role));
        let right = tree.len().min(head + 1 + WORDS_AFTER_HEAD);
        let mut best: Option<(Range<usize>, &Role)> = None;
        for from in left..=head {
            for to in head + 1..=right {
                let joined = to == head + 1
                    || matches!(form(tree, head + 1), "of" | "for" | "-" | "General" | "general")
                    || words.contains(&(to - 1));
                if !joined || to - from <= best.as_ref().map_or(0, |(r, _)| r.len()) {
                    continue;
                }
                if let Some(role) = self.role_in(tree, from..to) {
                    best = Some((from..to, role));
                }
            }
        }
        best
    }

    /// The longest role of a person that ends just before word `at`, and its number of words.
    pub(crate) fn role_before(&self, tree: &Tree, at: usize) -> Option<(usize, &Role)> {
        (1..=at.min(self.longest_role + 2)).rev().find_map(|n| {
            let from = at - n;
            if matches!(form(tree, from), "-") || matches!(tree.upos(from), "VERB" | "AUX") {
                return None;
            }
            let role = self.role_in(tree, from..at)?;
            (role.kind == RoleKind::Person && matches!(tree.upos(at - 1), "NOUN" | "PROPN" | "ADJ"))
                .then_some((n, role))
        })
    }

    /// Words of the title that ends just before word `at`, and whether it tells no post.
    pub(crate) fn title_before(&self, tree: &Tree, at: usize) -> Option<(usize, bool)> {
        (1..=at.min(self.longest_title)).rev().find_map(|n| {
            let key = title_key(tree, at - n..at);
            let kind = self.titles.get(&key)?;
            form(tree, at - n).starts_with(char::is_uppercase).then_some((
                n,
                matches!(kind.as_str(), "courtesy" | "religious" | "noble")
                    && !self.roles.get(&key).is_some_and(|r| r.has("head"))
                    || self.composition.is("honorific", &key),
            ))
        })
    }

    /// Whether word `i` is a title by itself.
    pub(crate) fn is_title(&self, tree: &Tree, i: usize) -> bool {
        self.titles.contains_key(&title_key(tree, i..i + 1))
    }

    /// The role that the title in `range` stands for: its own words where they are one, else that of its kind.
    pub(crate) fn title_role(&self, tree: &Tree, range: Range<usize>) -> Option<&Role> {
        let key = title_key(tree, range);
        self.roles.get(&key).or_else(|| self.roles.get(self.composition.get("title", self.titles.get(&key)?)?))
    }
}

fn title_key(tree: &Tree, range: Range<usize>) -> String {
    let words = range.map(|i| fold(form(tree, i)).replace('.', "")).filter(|w| w != "-" && !w.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Whether word `i` is a plural.
pub(crate) fn is_plural(tree: &Tree, i: usize) -> bool {
    tree.get(i).is_some_and(|w| match &*w.xpos {
        "NNS" | "NNPS" => true,
        "NN" | "NNP" => false,
        _ => {
            w.form.ends_with(['s', 'S']) && !w.lemma.ends_with('s')
                || w.form.ends_with("men") && w.lemma.ends_with("man")
        }
    })
}
