//! Puts the steps together: sayings, parties, acts, and from them the coding.

use readout_actors::{Actors, EntityKind, PartyClass, RowId};
use readout_codebook::Codebook;
use readout_syntax::Tree;
use readout_text::{Document, Span};

use crate::act::{Act, acts};
use crate::arguments::is_passive;
use crate::explain::{Explanation, Trace};
use crate::saying::{Saying, Source, sayings};
use crate::scene::{Ref, Scene, Sentence};
use crate::time::{self, Phrase};
use crate::{Attribution, Coding, Event, Manner, Side, Speaker, Status, Time, coreference, party, place, status};

/// Codes documents with given actors and a given codebook.
pub struct Coder<'a> {
    actors: &'a Actors,
    codebook: &'a Codebook,
}

impl<'a> Coder<'a> {
    /// A coder; cheap, holds only references.
    pub fn new(actors: &'a Actors, codebook: &'a Codebook) -> Self {
        Coder { actors, codebook }
    }

    /// Codes a document from its trees, one a sentence.
    pub fn code(&self, document: &Document, trees: &[Tree]) -> Coding {
        self.run(document, trees, false).coding
    }

    /// Codes a document and tells which rules were looked at, which fired, and why the others did not.
    pub fn explain(&self, document: &Document, trees: &[Tree]) -> Explanation {
        self.run(document, trees, true)
    }

    fn run(&self, document: &Document, trees: &[Tree], explain: bool) -> Explanation {
        let mut scene = Scene::new(document, trees, self.actors, self.codebook);
        let said = sayings(&scene);
        coreference::resolve(&mut scene, &said);
        let chains = Chains { scene: &scene, sayings: &said };
        let mut events = Vec::new();
        let mut traces: Vec<Trace> = Vec::new();
        for s in &scene.sentences {
            let phrases = time::phrases(s.tree, scene.day);
            let (found, why) = acts(&scene, s, explain);
            traces.extend(why);
            events.extend(found.iter().filter_map(|act| event(&chains, s, act, &phrases)));
        }
        let attributions = said.iter().enumerate().filter_map(|(i, x)| chains.attribution(i, x)).collect();
        Explanation { coding: Coding { events, attributions }, traces }
    }
}

/// Sayings with their sources looked up.
struct Chains<'c, 'a> {
    scene: &'c Scene<'a>,
    sayings: &'c [Saying],
}

/// Quotations followed from sentence to sentence at most this far.
const LONGEST_CHAIN: usize = 64;

impl Chains<'_, '_> {
    /// Sayings of sentence `s` around word `w`, innermost first.
    fn around(&self, s: &Sentence, w: usize) -> Vec<&Saying> {
        let mut out: Vec<&Saying> = self.sayings.iter().filter(|x| x.sentence == s.index && x.content.contains(&w)).collect();
        out.sort_by_key(|x| (x.content.len(), std::cmp::Reverse(self.depth(x))));
        out
    }

    fn depth(&self, x: &Saying) -> usize {
        std::iter::successors(x.nested_in, |&i| self.sayings.get(i).and_then(|y| y.nested_in)).take(LONGEST_CHAIN).count()
    }

    fn source<'x>(&'x self, x: &'x Saying) -> Option<(&'x Saying, usize)> {
        let mut at = x;
        for _ in 0..LONGEST_CHAIN {
            match at.source {
                Source::Word(w) => return Some((at, w)),
                Source::Of(i) => at = self.sayings.get(i)?,
                Source::Unknown => return None,
            }
        }
        None
    }

    fn refs(&self, x: &Saying) -> Vec<Ref> {
        let Some((at, w)) = self.source(x) else { return Vec::new() };
        let Some(s) = self.scene.sentences.get(at.sentence) else { return Vec::new() };
        let own = self.scene.parties_at(s, w);
        if !own.is_empty() { own.to_vec() } else { party::owner(self.scene, s, w, 0).unwrap_or_default() }
    }

    /// Code of a source: a medium's own name, else the party's code.
    fn code_of(&self, x: &Saying, refs: &[Ref]) -> (String, Option<String>) {
        let (code, name, _) = self.code(refs);
        // "The agency Yonhap", "the news agency (KCNA)": the name stands beside a description.
        let described = refs.first().is_some_and(|r| r.class == PartyClass::Medium && r.row.is_none());
        let beside = self.source(x).filter(|_| described).and_then(|(at, w)| {
            let s = self.scene.sentences.get(at.sentence)?;
            let below = s.tree.subtree(w);
            let mention = s.mentions.iter().find(|m| m.entity.kind == EntityKind::Medium && below.contains(&m.words.start))?;
            Some((self.scene.actors.medium_of(mention.entity.row)?.code.clone(), Some(mention.entity.name.clone())))
        });
        beside.unwrap_or((code, name))
    }

    fn code(&self, refs: &[Ref]) -> (String, Option<String>, Option<RowId>) {
        let Some(r) = refs.first() else { return ("---".to_owned(), None, None) };
        let medium = r.row.and_then(|row| self.scene.actors.medium_of(row));
        (medium.map_or_else(|| r.code.as_str().to_owned(), |m| m.code.clone()), r.name.clone(), r.row)
    }

    fn speaker(&self, x: &Saying) -> Speaker {
        let refs = self.refs(x);
        let (code, name) = self.code_of(x, &refs);
        let s = self.scene.sentences.get(x.sentence);
        let phrase = match (x.source, s) {
            (Source::Word(w), Some(s)) => Some(source_phrase(s, w, x)),
            _ => None,
        };
        let written = phrase.and_then(|words| Some(self.scene.text(s?, words)));
        let cue = s.map(|s| written_words(self.scene, s, &x.cue).0).unwrap_or_default();
        Speaker { text: written.as_ref().map(|(t, _)| t.clone()), span: written.map(|(_, span)| span), name, code, cue }
    }

    fn attribution(&self, i: usize, x: &Saying) -> Option<Attribution> {
        let s = self.scene.sentences.get(x.sentence)?;
        let source = self.speaker(x);
        let (content, content_spans) = written_words(self.scene, s, &x.content);
        let (_, cue_spans) = written_words(self.scene, s, &x.cue);
        let quoted = x.content.iter().filter(|&&w| s.quoted.get(w) == Some(&true)).count();
        let words = x.content.iter().filter(|&&w| s.tree.upos(w) != "PUNCT").count();
        let marks = x.content.iter().filter(|&&w| s.tree.upos(w) == "PUNCT" && s.quoted.get(w) == Some(&false)).count();
        let manner = match quoted {
            0 => Manner::Indirect,
            q if q + marks >= x.content.len().min(words.max(1) + marks) && q * 10 >= x.content.len() * 8 => Manner::Direct,
            _ => Manner::Mixed,
        };
        let source_spans = source.span.into_iter().collect();
        let _ = i;
        Some(Attribution { sentence: x.sentence, source, source_spans, cue_spans, content, content_spans, manner, nested_in: x.nested_in, continues: x.continues })
    }
}

/// The whole noun phrase of a source, without clauses after a comma.
fn source_phrase(s: &Sentence, w: usize, x: &Saying) -> std::ops::Range<usize> {
    let tree = s.tree;
    let below = tree.subtree(w);
    let cut = |i: usize| x.cue.contains(&i) || x.content.contains(&i) || below.iter().any(|&c| tree.deprel(c) == "acl:relcl" && tree.head(c) == Some(w) && tree.is_under(i, c)) || tree.rel(i) == "case" && tree.head(i) == Some(w);
    let mut first = w;
    while first > 0 && below.contains(&(first - 1)) && !cut(first - 1) {
        first -= 1;
    }
    let mut last = w;
    while below.contains(&(last + 1)) && !cut(last + 1) {
        last += 1;
    }
    while last > w && tree.upos(last) == "PUNCT" && tree.get(last).is_some_and(|x| x.form != ")") {
        last -= 1;
    }
    while first < w && tree.upos(first) == "PUNCT" {
        first += 1;
    }
    first..last + 1
}

/// Words as written: runs that touch in the sentence become one span each.
fn written_words(scene: &Scene, s: &Sentence, words: &[usize]) -> (String, Vec<Span>) {
    let mut spans: Vec<Span> = Vec::new();
    let mut last: Option<usize> = None;
    for &w in words {
        let Some(word) = s.tree.get(w) else { continue };
        match spans.last_mut() {
            Some(span) if last.is_some_and(|l| l + 1 == w) => *span = span.join(word.span),
            _ => spans.push(word.span),
        }
        last = Some(w);
    }
    let text: Vec<&str> = spans.iter().map(|span| span.of(&scene.document.text)).collect();
    (text.join(" "), spans)
}

/// The event of an act; `None` where nobody acts in it, or it is neither told nor announced.
fn event(chains: &Chains, s: &Sentence, act: &Act, phrases: &[Phrase]) -> Option<Event> {
    let scene = chains.scene;
    let around: Vec<&Saying> = chains.around(s, act.word).into_iter().filter(|x| x.vouches).collect();
    let speakers: Vec<Speaker> = around.iter().map(|x| chains.speaker(x)).collect();
    let collect = |words: &[usize]| -> Vec<Side> {
        let mut out: Vec<Side> = Vec::new();
        for side in words.iter().flat_map(|&w| party::sides(scene, s, w)) {
            // A thing or place that belongs to nobody known is no party.
            let nobody = side.code == "---" && side.name.is_none() && side.inferred.is_none() && words.iter().all(|&w| scene.parties_at(s, w).iter().all(|r| matches!(r.class, PartyClass::Thing | PartyClass::Territory)));
            if nobody {
                continue;
            }
            if out.iter().all(|o| o.code != side.code) {
                out.push(side);
            }
        }
        out
    };
    let mut actor = collect(&act.actor);
    let mut recipient = collect(&act.recipient);
    if act.by_speaker && actor.is_empty() {
        actor = around.first().map(|x| chains.refs(x)).unwrap_or_default().iter().map(|r| Side { text: speakers.first().and_then(|p| p.text.clone()).unwrap_or_default(), span: speakers.first().and_then(|p| p.span).unwrap_or_default(), name: r.name.clone(), code: r.code.as_str().to_owned(), inferred: Some("speaker") }).collect();
        if actor.is_empty() {
            return None;
        }
    }
    if recipient.is_empty() && matches!(act.kind.as_str(), "ASSAULT" | "COERCE") {
        recipient.extend(home_thing(scene, s, act));
    }
    fill_from_sentence(scene, s, act, &mut actor, &mut recipient);
    recipient.retain(|r| actor.iter().all(|a| a.code != r.code || a.span != r.span));
    let words: Vec<usize> = std::iter::once(act.word).chain(act.via.iter().copied()).collect();
    let cues: Vec<usize> = chains.sayings.iter().filter(|x| x.sentence == s.index).flat_map(|x| x.cue.iter().copied()).filter(|c| !words.contains(c)).collect();
    let phrase = time::dating(s.tree, phrases, &words, &cues);
    let historical = phrase.is_some_and(|p| time::is_historical(p, scene.day));
    let self_spoken = around.first().is_some_and(|x| {
        let said: Vec<String> = chains.refs(x).iter().map(|r| r.code.as_str().get(..3).unwrap_or("").to_owned()).collect();
        actor.iter().any(|a| said.iter().any(|c| a.code.starts_with(c.as_str()) && c != "---"))
    });
    let (kind, mode, status) = status::settle(scene, s, act, self_spoken, historical)?;
    let reported = !speakers.is_empty() && is_passive(s.tree, act.word) && act.recipient.iter().any(|&w| s.tree.upos(w) != "PRON") && matches!(kind.as_str(), "ASSAULT" | "COERCE");
    if !reported && !worth_coding(s, act, &actor, &recipient) {
        return None;
    }
    let ontology = &scene.codebook.ontology;
    let cameo = if kind == act.kind { act.cameo.clone() } else { ontology.cameo_for(&kind, mode.as_deref(), &act.contexts).map(str::to_owned) };
    let (trigger, spans) = written_words(scene, s, &act.trigger);
    let span = spans.iter().copied().reduce(Span::join).unwrap_or_default();
    let goldstein = cameo.as_deref().and_then(|c| ontology.goldstein(c));
    let mut sides: Vec<usize> = act.actor.iter().chain(&act.recipient).copied().collect();
    sides.retain(|&w| !scene.parties_at(s, w).is_empty());
    Some(Event {
        sentence: s.index,
        trigger: if spans.len() > 1 { span.of(&scene.document.text).to_owned() } else { trigger },
        span,
        quad: ontology.quad(&kind),
        score: ontology.score(&kind, mode.as_deref()),
        goldstein,
        cameo,
        contexts: act.contexts.clone(),
        confidence: confidence(act, &actor, &recipient, status),
        kind,
        mode,
        place: place::of(scene, s, &words, &sides),
        when: phrase.map(|p| {
            let (text, span) = scene.text(s, p.words.clone());
            Time { text, span, days: p.days }
        }),
        actor,
        recipient,
        status,
        said_by: speakers,
        rule: act.rule.clone(),
    })
}

/// A vehicle, vessel or building without an owner in the text is taken for one of the country the report is from.
fn home_thing(scene: &Scene, s: &Sentence, act: &Act) -> Option<Side> {
    const THINGS: [&str; 4] = ["vehicles", "ships", "structures", "homes"];
    let home = scene.home.as_deref()?;
    let thing = |w: &&usize| THINGS.iter().any(|class| scene.codebook.class_has(class, &s.tree.lemma(**w).to_lowercase()));
    let &w = act.recipient.iter().find(thing)?;
    let (text, span) = scene.text(s, noun_phrase(s, w));
    Some(Side { text, span, name: None, code: home.to_owned(), inferred: Some("document") })
}

/// From the first modifier of noun `w` to the noun.
fn noun_phrase(s: &Sentence, w: usize) -> std::ops::Range<usize> {
    let first = s.tree.children(w).iter().copied().filter(|&c| c < w && matches!(s.tree.rel(c), "det" | "amod" | "compound" | "nummod" | "nmod")).min();
    first.unwrap_or(w)..w + 1
}

/// A side that its own words leave empty, where the sentence names just one other party (conventions 15).
fn fill_from_sentence(scene: &Scene, s: &Sentence, act: &Act, actor: &mut Vec<Side>, recipient: &mut Vec<Side>) {
    let country = |code: &str| code.get(..3).unwrap_or("").to_owned();
    let reciprocal = matches!(act.kind.as_str(), "CONSULT" | "AGREE" | "COOPERATE");
    if reciprocal || actor.is_empty() == recipient.is_empty() || act.by_speaker {
        return;
    }
    let hostile = matches!(act.kind.as_str(), "ASSAULT" | "COERCE" | "ACCUSE" | "REJECT" | "THREATEN" | "SANCTION");
    if !hostile || (actor.is_empty() && is_passive(s.tree, act.word)) {
        return;
    }
    let given: Vec<String> = actor.iter().chain(recipient.iter()).map(|x| country(&x.code)).collect();
    let mut others: Vec<(usize, Ref)> = Vec::new();
    for w in 0..s.tree.len() {
        for r in scene.parties_at(s, w) {
            let counts = matches!(r.class, PartyClass::State | PartyClass::Armed | PartyClass::Person | PartyClass::Body) && r.code.country().is_some() && !given.contains(&country(r.code.as_str()));
            if counts && others.iter().all(|(_, o)| o.code.country() != r.code.country()) {
                others.push((w, r.clone()));
            }
        }
    }
    if let [(_, r)] = others.as_slice() {
        let (text, span) = scene.text(s, r.words.clone());
        let side = Side { text, span, name: r.name.clone(), code: r.code.as_str().to_owned(), inferred: Some("sentence") };
        if actor.is_empty() { actor.push(side) } else { recipient.push(side) }
    }
}

/// An act needs a party, or words that point to one act: "the attack", a passive.
fn worth_coding(s: &Sentence, act: &Act, actor: &[Side], recipient: &[Side]) -> bool {
    let known = |side: &Side| side.code != "---";
    if actor.iter().chain(recipient).any(known) {
        return true;
    }
    let tree = s.tree;
    let noun = matches!(tree.upos(act.word), "NOUN" | "PROPN");
    let definite = tree.children(act.word).iter().any(|&c| tree.rel(c) == "det" && matches!(tree.lemma(c).to_lowercase().as_str(), "the" | "this" | "that" | "these" | "those"));
    let material = matches!(act.kind.as_str(), "ASSAULT" | "COERCE" | "PROTEST" | "SANCTION" | "CONSULT" | "RETREAT" | "AGREE");
    noun && definite && material
}

/// A first estimate from what the coding rests on; calibration is a later matter.
fn confidence(act: &Act, actor: &[Side], recipient: &[Side], status: Status) -> f32 {
    let mut p: f32 = 0.55;
    p += if actor.iter().any(|a| !a.code.starts_with("---")) { 0.15 } else { 0.0 };
    p += if recipient.iter().any(|a| !a.code.starts_with("---")) { 0.15 } else { 0.0 };
    p += if act.trigger.len() > 1 { 0.05 } else { 0.0 };
    p -= 0.05 * act.via.len() as f32;
    p -= if actor.iter().chain(recipient).any(|s| s.inferred.is_some()) { 0.08 } else { 0.0 };
    p -= if status == Status::Hypothetical { 0.1 } else { 0.0 };
    (p.clamp(0.05, 0.95) * 100.0).round() / 100.0
}
