//! Attributions that were found otherwise than by hand, in classes.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::formats::{Attributed, Stretch, Stretches};

use super::tokens::{ROLES, Relation, Tokens, align};
use crate::errors::{Class, Wrong};

/// The errors in classes, largest first; those of one size by name.
pub fn list(pairs: &[(&Attributed, &[Stretches])]) -> Vec<Class> {
    let mut found: BTreeMap<String, Vec<Wrong>> = BTreeMap::new();
    for (gold, coded) in pairs {
        document(gold, coded, &mut |class: &str, wrong| found.entry(class.to_owned()).or_default().push(wrong));
    }
    let mut classes: Vec<Class> = found.into_iter().map(|(class, cases)| Class { class, cases }).collect();
    classes.sort_by(|a, b| b.cases.len().cmp(&a.cases.len()).then_with(|| a.class.cmp(&b.class)));
    classes
}

fn document(gold: &Attributed, coded: &[Stretches], put: &mut impl FnMut(&str, Wrong)) {
    let tokens = Tokens::of(&gold.text);
    let golds: Vec<Relation> = gold.attributions.iter().map(|a| tokens.relation(a)).collect();
    let codeds: Vec<Relation> = coded.iter().map(|a| tokens.relation(a)).collect();
    let chars: Vec<char> = gold.text.chars().collect();
    let wrong = |g: Option<&Stretches>, c: Option<&Stretches>| {
        let start = g.or(c).and_then(|a| a.cue.first()).map_or(0, |s| s[0]);
        let (line, text) = line_at(&chars, start);
        Wrong {
            id: gold.doc_id.clone(),
            sent: line,
            text,
            gold: g.map(|a| shown(&chars, a)),
            coded: c.map(|a| shown(&chars, a)),
        }
    };
    let mut pairs = align(&codeds, &golds);
    pairs.retain(|p| codeds.get(p.coded).zip(golds.get(p.gold)).is_some_and(|(c, g)| !c.cue().is_disjoint(g.cue())));
    for pair in &pairs {
        let (Some(c), Some(g)) = (codeds.get(pair.coded), golds.get(pair.gold)) else { continue };
        for (role, (a, b)) in ROLES.iter().zip(c.0.iter().zip(&g.0)) {
            let Some(how) = difference(&tokens, &a.tokens, &b.tokens) else { continue };
            put(&format!("{role}: {how}"), wrong(gold.attributions.get(pair.gold), coded.get(pair.coded)));
        }
    }
    let (in_coded, in_gold): (BTreeSet<_>, BTreeSet<_>) = pairs.iter().map(|p| (p.coded, p.gold)).unzip();
    for (i, a) in gold.attributions.iter().enumerate().filter(|(i, _)| !in_gold.contains(i)) {
        let nested = codeds.iter().any(|c| within(golds.get(i), c));
        put(if nested { "missed: within another" } else { "missed" }, wrong(Some(a), None));
    }
    for (i, a) in coded.iter().enumerate().filter(|(i, _)| !in_coded.contains(i)) {
        let nested = golds.iter().any(|g| within(codeds.get(i), g));
        put(if nested { "false: within another" } else { "false" }, wrong(None, Some(a)));
    }
}

/// Whether an attribution's cue lies in the content of another.
fn within(a: Option<&Relation>, other: &Relation) -> bool {
    let [_, _, content] = &other.0;
    a.is_some_and(|a| !a.cue().is_empty() && a.cue().is_subset(&content.tokens))
}

/// How the tokens of a part differ; `None` where they do not.
fn difference(tokens: &Tokens, coded: &BTreeSet<usize>, gold: &BTreeSet<usize>) -> Option<&'static str> {
    if coded == gold {
        return None;
    }
    let (Some(c), Some(g)) = (coded.first().zip(coded.last()), gold.first().zip(gold.last())) else {
        return Some(if gold.is_empty() { "should be none" } else { "none found" });
    };
    Some(match () {
        () if tokens.words_of(coded) == tokens.words_of(gold) => "punctuation",
        () if coded.is_disjoint(gold) => "elsewhere",
        () if c.0 != g.0 && c.1 != g.1 => "both ends",
        () if c.0 < g.0 => "starts early",
        () if c.0 > g.0 => "starts late",
        () if c.1 < g.1 => "ends early",
        () if c.1 > g.1 => "ends late",
        () => "middle",
    })
}

/// The line that holds code point `at`: its number, from 0, and its text.
fn line_at(chars: &[char], at: usize) -> (usize, String) {
    let before = chars.get(..at).unwrap_or_default();
    let number = before.iter().filter(|c| **c == '\n').count();
    let start = before.iter().rposition(|c| *c == '\n').map_or(0, |i| i + 1);
    (number, chars.iter().skip(start).take_while(|c| **c != '\n').collect())
}

/// "source | cue | content".
fn shown(chars: &[char], a: &Stretches) -> String {
    let part = |stretches: &[Stretch]| {
        let texts: Vec<String> =
            stretches.iter().filter_map(|&[s, e]| chars.get(s..e)).map(|c| c.iter().collect()).collect();
        if texts.is_empty() { "-".to_owned() } else { texts.join(" … ") }
    };
    [&a.source, &a.cue, &a.content].map(|s| part(s)).join(" | ")
}
