//! Sayings: who says what in a sentence, told from its structure alone, before anyone is identified.

use readout_codebook::{Cue, Entry, Force, Pos};

use crate::announcement::announcement;
use crate::condition::conditions;
use crate::continuation::continue_quotations;
use crate::cue::{by_phrase, called_what, of_adjective, of_adverb, of_noun, of_verb};
use crate::matching::{Found, find, positions};
use crate::nesting::{nest, relay, trim};
use crate::question::is_put_question;
use crate::scene::{Scene, Sentence};
use crate::sharing::share;
use crate::status::has_negation;

/// Who says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// The nominal headed by this word of the sentence.
    Word(usize),
    /// Nobody named ("it was reported").
    Unknown,
    /// The source of another saying, by index, in another sentence.
    Of(usize),
}

/// One attribution, in words of its sentence.
#[derive(Clone, Debug)]
pub(crate) struct Saying {
    pub sentence: usize,
    pub source: Source,
    /// Words of the cue; none where a quotation goes on.
    pub cue: Vec<usize>,
    /// Words of the content, sorted.
    pub content: Vec<usize>,
    pub force: Force,
    /// Whether the source asserts what the content tells; one who rejects a claim does not.
    pub vouches: bool,
    /// The saying that this one stands in.
    pub nested_in: Option<usize>,
    /// The saying of an earlier sentence that this one continues.
    pub continues: Option<usize>,
}

/// All sayings of a document, sentence by sentence, in the order of their cues.
pub(crate) fn sayings(scene: &Scene) -> Vec<Saying> {
    let mut out: Vec<Saying> = Vec::new();
    for s in scene.sentences.iter().filter(|s| s.tree.is_read()) {
        let mut here = in_sentence(scene, s);
        here.extend(
            announcement(scene, s)
                .filter(|x| here.iter().all(|y| !y.cue.contains(&x.cue.first().copied().unwrap_or_default()))),
        );
        here.sort_by_key(|x| (x.cue.first().copied(), std::cmp::Reverse(x.content.len())));
        let base = out.len();
        nest(&mut here, base);
        out.extend(here);
    }
    continue_quotations(scene, &mut out);
    announcements_last(out)
}

/// Sayings without content behind all others, whose places then are those of the document's attributions.
fn announcements_last(all: Vec<Saying>) -> Vec<Saying> {
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|&i| all.get(i).is_none_or(|x| x.content.is_empty()));
    let mut place = vec![0; all.len()];
    for (new, &old) in order.iter().enumerate() {
        if let Some(slot) = place.get_mut(old) {
            *slot = new;
        }
    }
    let moved = |i: usize| place.get(i).copied().unwrap_or(i);
    let mut out: Vec<Saying> = order.iter().filter_map(|&i| all.get(i).cloned()).collect();
    for x in &mut out {
        x.nested_in = x.nested_in.map(moved);
        x.continues = x.continues.map(moved);
        if let Source::Of(i) = x.source {
            x.source = Source::Of(moved(i));
        }
    }
    out
}

fn in_sentence(scene: &Scene, s: &Sentence) -> Vec<Saying> {
    let mut out: Vec<Saying> = Vec::new();
    for i in 0..s.tree.len() {
        let mut got = by_phrase(scene, s, i);
        if got.is_none() && !is_put_question(scene, s, i) {
            let lemma = s.tree.lemma(i).to_lowercase();
            let all = positions(s, i).iter().chain(&[Pos::Adv]).flat_map(|&pos| scene.codebook.cues_for(pos, &lemma));
            got = all.filter(|(cue, entry)| cue.scope <= scene.scope && fits_tag(s, i, entry.pos)).find_map(
                |(cue, entry)| {
                    let found = find(s, i, entry)?;
                    conditions(scene, s, &found, &cue.when).ok()?;
                    read(scene, s, cue, entry, &found)
                },
            );
        }
        if let Some(x) = got.filter(|x| !x.content.is_empty()) {
            out.push(x);
        }
    }
    relay(s, &mut out);
    share(s, &mut out);
    for x in &mut out {
        trim(s, x);
    }
    out.retain(|x| x.content.iter().any(|&w| s.tree.upos(w) != "PUNCT"));
    out
}

fn fits_tag(s: &Sentence, i: usize, pos: Pos) -> bool {
    match pos {
        Pos::Adv => s.tree.upos(i) == "ADV",
        Pos::Noun => matches!(s.tree.upos(i), "NOUN" | "PROPN"),
        Pos::Verb => matches!(s.tree.upos(i), "VERB"),
        Pos::Adj => s.tree.upos(i) == "ADJ",
        Pos::Prep => false,
    }
}

fn read(scene: &Scene, s: &Sentence, cue: &Cue, entry: &Entry, found: &Found) -> Option<Saying> {
    let mut x = match entry.pos {
        Pos::Verb => of_verb(s, cue, found),
        Pos::Noun => of_noun(scene, s, cue, entry, found),
        Pos::Adj => of_adjective(s, cue, found),
        Pos::Adv => of_adverb(s, found),
        Pos::Prep => None,
    }?;
    x.force = cue.force;
    // Who rejects a claim, or does not confirm it, does not tell it; a claim without an owner is told by nobody.
    let orphan = entry.pos == Pos::Noun && x.source == Source::Unknown;
    let asked = || s.tree.children_by(found.word, "advmod").any(|c| s.tree.lemma(c) == "how");
    let unsaid = entry.pos == Pos::Verb && has_negation(s.tree, found.word) || asked();
    let named = entry.pos == Pos::Verb && called_what(s.tree, found.word).is_some();
    x.vouches = (cue.force != Force::Evaluative || named) && !cue.name.starts_with("deny/") && !orphan && !unsaid;
    Some(x)
}

pub(crate) fn saying(s: &Sentence, source: Source, found: &Found, content: Vec<usize>) -> Saying {
    let cue: Vec<usize> = found.words.iter().copied().filter(|w| !content.contains(w)).collect();
    Saying {
        sentence: s.index,
        source,
        cue,
        content,
        force: Force::Assertive,
        vouches: true,
        nested_in: None,
        continues: None,
    }
}
