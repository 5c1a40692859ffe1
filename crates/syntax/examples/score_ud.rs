//! Scores the reader on treebanks: `score_ud FOLDER`, where FOLDER holds `en_ewt-test.conllu.gz` and `uner_ewt-test.iob2.gz`.
//!
//! Prints UPOS, UAS and LAS (relations with subtypes) and lemmas on gold tokens; words, sentences and LAS (relations
//! without subtypes) on raw text, as in the CoNLL 2018 shared task (Zeman et al. 2018); and F1 of names on UNER EWT.

#![allow(clippy::indexing_slicing)] // reads treebanks, no foreign text

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Read;
use std::path::Path;

use readout_syntax::{Model, NameKind, Reader, Tree};
use readout_text::{Document, Meta, Span, Token};

#[derive(Default, Clone)]
struct Gold {
    id: String,
    paragraph: bool,
    text: String,
    words: Vec<[String; 5]>,
    heads: Vec<usize>,
}

fn unpack(path: &Path) -> Result<String, Box<dyn Error>> {
    let mut out = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path)?).read_to_string(&mut out)?;
    Ok(out)
}

fn conllu(text: &str) -> Vec<Gold> {
    let mut out = Vec::new();
    let mut gold = Gold::default();
    for line in text.lines() {
        if line.is_empty() {
            out.push(std::mem::take(&mut gold));
        } else if let Some(id) = line.strip_prefix("# sent_id = ") {
            gold.id = id.to_owned();
        } else if line.starts_with("# newpar") || line.starts_with("# newdoc") {
            gold.paragraph = true;
        } else if let Some(text) = line.strip_prefix("# text = ") {
            gold.text = text.to_owned();
        } else if !line.starts_with('#') {
            let c: Vec<&str> = line.split('\t').collect();
            if let [id, form, lemma, upos, xpos, _, head, deprel, ..] = c[..]
                && id.parse::<usize>().is_ok()
            {
                gold.words.push([form, lemma, upos, xpos, deprel].map(str::to_owned));
                gold.heads.push(head.parse().unwrap_or(0));
            }
        }
    }
    out
}

fn share(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

fn f1(hit: usize, gold: usize, got: usize) -> f64 {
    200.0 * hit as f64 / (gold + got).max(1) as f64
}

fn tokens(gold: &Gold) -> Vec<Token> {
    gold.words.iter().map(|w| Token { span: Span::default(), form: w[0].clone() }).collect()
}

fn gold_tokens(golds: &[Gold], trees: &[Tree]) {
    let (mut n, mut upos, mut xpos, mut uas, mut las, mut lemma) = (0, 0, 0, 0, 0, 0);
    let mut wrong: BTreeMap<String, usize> = BTreeMap::new();
    for (g, t) in golds.iter().zip(trees) {
        for (i, w) in t.words().iter().enumerate() {
            let [form, l, u, x, d] = &g.words[i];
            n += 1;
            upos += usize::from(**u == *w.upos);
            xpos += usize::from(**x == *w.xpos);
            let head = w.head.map_or(0, |h| h + 1) == g.heads[i];
            uas += usize::from(head);
            las += usize::from(head && **d == *w.deprel);
            lemma += usize::from(*l == w.lemma);
            if *l != w.lemma && *u != "PROPN" {
                *wrong.entry(format!("{form}/{} {} not {l}", w.xpos, w.lemma)).or_default() += 1;
            }
        }
    }
    println!(
        "gold tokens: UPOS {:.2} XPOS {:.2} UAS {:.2} LAS {:.2} lemmas {:.2} ({n} words)",
        share(upos, n),
        share(xpos, n),
        share(uas, n),
        share(las, n),
        share(lemma, n)
    );
    if std::env::args().any(|a| a == "--lemmas") {
        let mut list: Vec<_> = wrong.into_iter().collect();
        list.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        list.iter().take(60).for_each(|(what, count)| println!("  {count} {what}"));
    }
}

/// Ends of words and sentences as counts of characters that are no white space.
fn raw_text(golds: &[Gold], reader: &impl Reader) {
    let mut text = String::new();
    for g in golds {
        text += if text.is_empty() {
            ""
        } else if g.paragraph {
            "\n\n"
        } else {
            " "
        };
        text += &g.text;
    }
    let document = Document::from_text(text.clone(), Meta::default());
    let trees = reader.read_document(&document);
    let mut place = vec![0usize; text.len() + 1];
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        place[at] = seen;
        seen += usize::from(!c.is_whitespace());
    }
    place[text.len()] = seen;
    type Words = BTreeMap<(usize, usize), (Option<(usize, usize)>, String)>;
    let (mut gold, mut got): (Words, Words) = Default::default();
    let (mut gold_ends, mut got_ends) = (BTreeSet::new(), BTreeSet::new());
    let mut at = 0;
    for g in golds {
        let mut spans = Vec::new();
        // Words of one multi-word token share no characters in the text; where the forms do not spell the text out,
        // both sides are compared as the forms are.
        for w in &g.words {
            let length = w[0].chars().filter(|c| !c.is_whitespace()).count();
            spans.push((at, at + length));
            at += length;
        }
        for (i, span) in spans.iter().enumerate() {
            let head = g.heads[i].checked_sub(1).map(|h| spans[h]);
            gold.insert(*span, (head, g.words[i][4].split(':').next().unwrap_or_default().to_owned()));
        }
        gold_ends.insert(at);
    }
    for (s, t) in document.sentences.iter().zip(&trees) {
        let spans: Vec<_> = t.words().iter().map(|w| (place[w.span.start], place[w.span.end])).collect();
        for (i, w) in t.words().iter().enumerate() {
            got.insert(spans[i], (w.head.map(|h| spans[h]), w.rel().to_owned()));
        }
        if let Some(last) = s.tokens.last() {
            got_ends.insert(place[last.span.end]);
        }
    }
    let words = gold.keys().filter(|k| got.contains_key(k)).count();
    let uas = gold.iter().filter(|(k, v)| got.get(k).is_some_and(|g| g.0 == v.0)).count();
    let las = gold.iter().filter(|(k, v)| got.get(k) == Some(v)).count();
    let sentences = gold_ends.intersection(&got_ends).count();
    println!(
        "raw text: words {:.2} sentences {:.2} UAS {:.2} LAS {:.2}",
        f1(words, gold.len(), got.len()),
        f1(sentences, gold_ends.len(), got_ends.len()),
        f1(uas, gold.len(), got.len()),
        f1(las, gold.len(), got.len())
    );
}

fn names(iob: &str, golds: &[Gold], trees: &[Tree]) {
    let mut labels: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut id = String::new();
    for line in iob.lines() {
        if let Some(found) = line.strip_prefix("# sent_id = ") {
            id = found.to_owned();
        } else if !line.starts_with('#') && !line.is_empty() {
            labels.entry(id.clone()).or_default().push(line.split('\t').nth(2).unwrap_or("O").to_owned());
        }
    }
    let kind = |k: NameKind| match k {
        NameKind::Person => "PER",
        NameKind::Organisation => "ORG",
        NameKind::Place => "LOC",
    };
    let (mut hit, mut gold, mut got) = (0, 0, 0);
    for (g, t) in golds.iter().zip(trees) {
        let Some(row) = labels.get(&g.id).filter(|r| r.len() == t.len()) else { continue };
        let mut spans = BTreeSet::new();
        let mut open: Option<(usize, &str)> = None;
        for (i, label) in row.iter().map(String::as_str).chain(["O"]).enumerate() {
            let kind = label.get(2..).unwrap_or_default();
            if let Some((start, k)) = open.filter(|(_, k)| !label.starts_with("I-") || *k != kind) {
                spans.insert((start, i, k));
                open = None;
            }
            if ["PER", "ORG", "LOC"].contains(&kind) && open.is_none() {
                open = Some((i, kind));
            }
        }
        let found: BTreeSet<_> = t.names().iter().map(|n| (n.words.start, n.words.end, kind(n.kind))).collect();
        hit += spans.intersection(&found).count();
        gold += spans.len();
        got += found.len();
    }
    println!("names: P {:.2} R {:.2} F1 {:.2} ({gold} gold)", share(hit, got), share(hit, gold), f1(hit, gold, got));
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder of the treebanks, such as ../shared/ud")?;
    let part = std::env::args().nth(2).filter(|a| !a.starts_with('-')).unwrap_or_else(|| "ewt-test".to_owned());
    let golds = conllu(&unpack(&Path::new(&folder).join(format!("en_{part}.conllu.gz")))?);
    let reader = Model::embedded()?.reader();
    let sentences: Vec<Vec<Token>> = golds.iter().map(tokens).collect();
    let views: Vec<&[Token]> = sentences.iter().map(Vec::as_slice).collect();
    let began = std::time::Instant::now();
    let trees: Vec<Tree> = views.chunks(20).flat_map(|chunk| reader.read(chunk)).collect();
    let words: usize = views.iter().map(|v| v.len()).sum();
    println!("{part}: {:.0} words a second on one core", words as f64 / began.elapsed().as_secs_f64());
    gold_tokens(&golds, &trees);
    raw_text(&golds, &reader);
    if let Ok(iob) =
        unpack(&Path::new(&folder).join(format!("uner_{}.iob2.gz", part.replace('-', "_").replacen("ewt_", "ewt-", 1))))
    {
        names(&iob, &golds, &trees);
    }
    Ok(())
}
