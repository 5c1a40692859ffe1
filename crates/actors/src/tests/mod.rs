//! Parties of phrases, as one-line cases: trees by hand, a day, and what must come out.

mod parties;
mod robust;
mod tables;

use std::sync::Arc;

use jiff::civil::Date;
use readout_syntax::{Name, NameKind, Tree, Word};
use readout_text::Span;

use crate::{Actors, How, Party};

/// A tree from words "form/UPOS/head/relation", the form followed by "|lemma" where the lemma is not the lower-case
/// form without a plural ending. A star before a word makes it the head that is asked for; else the root is.
pub(crate) fn tree(text: &str) -> (Tree, usize) {
    let (mut words, mut asked, mut at) = (Vec::new(), None, 0);
    for (i, item) in text.split_whitespace().enumerate() {
        let item = item.strip_prefix('*').map_or(item, |rest| {
            asked = Some(i);
            rest
        });
        let parts: Vec<&str> = item.rsplitn(4, '/').collect();
        let [rel, head, upos, form] = parts[..] else { panic!("four parts in {item}") };
        let (form, lemma) = form.split_once('|').unwrap_or((form, ""));
        let plural = upos == "NOUN" && form.ends_with('s') && !form.ends_with("ss");
        let lemma = match (lemma, upos) {
            ("", "PROPN") => form.to_owned(),
            ("", _) if plural => form.to_lowercase().trim_end_matches('s').to_owned(),
            ("", _) => form.to_lowercase(),
            (given, _) => given.to_owned(),
        };
        let xpos = match upos {
            "NOUN" if plural || form == "people" || form == "police" => "NNS",
            "NOUN" => "NN",
            "PROPN" => "NNP",
            _ => "",
        };
        let head: usize = head.parse().expect("head is a number");
        let span = Span::new(at, at + form.len());
        at += form.len() + 1;
        words.push(Word {
            span,
            form: form.to_owned(),
            lemma,
            upos: Arc::from(upos),
            xpos: Arc::from(xpos),
            head: head.checked_sub(1),
            deprel: Arc::from(rel),
        });
    }
    let asked = asked.or_else(|| words.iter().position(|w| w.head.is_none())).expect("a head");
    (Tree::new(words, Vec::new()), asked)
}

/// The party of the marked word; `names` are ("PER" or "ORG", first word from 1, last word).
pub(crate) fn party(text: &str, day: &str, names: &[(&str, usize, usize)]) -> (Tree, Option<Party>) {
    let (tree, head) = tree(text);
    let kind = |k: &str| if k == "PER" { NameKind::Person } else { NameKind::Organisation };
    let names = names.iter().map(|(k, a, b)| Name { words: a - 1..*b, kind: kind(k) }).collect();
    let tree = Tree::new(tree.words().to_vec(), names);
    let day: Option<Date> = if day.is_empty() { None } else { Some(day.parse().expect("a day")) };
    let actors = Actors::embedded();
    let mentions = actors.mentions(&tree, day);
    let party = actors.party(&tree, &mentions, head, day);
    (tree, party)
}

/// "CODE", "CODE words", or "CODE words = name" with "?" behind it for inferred holders; "-" for no party.
pub(crate) fn shown(tree: &Tree, party: Option<&Party>) -> String {
    let Some(p) = party else { return "-".to_owned() };
    let words: Vec<&str> = p.words.clone().filter_map(|i| tree.get(i)).map(|w| w.form.as_str()).collect();
    let mut out = format!("{} {}", p.code, words.join(" "));
    if let Some(name) = &p.name {
        out += &format!(" = {name}");
    }
    if p.how == How::Inferred {
        out += "?";
    }
    if p.former {
        out += " (former)";
    }
    out
}
