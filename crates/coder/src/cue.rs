//! What each kind of cue governs: verbs, nouns, adjectives, adverbs, and phrases such as "according to".

use readout_codebook::{Cue, Entry, Force, Scope, Slot, Takes};
use readout_syntax::Tree;

use crate::arguments::{
    agent, fillers, is_passive, is_relative, patient, preposition, stray_subjects, surface_subject,
};
use crate::content::{clause_content, clause_words, finite, has_mark, in_which};
use crate::matching::Found;
use crate::saying::{Saying, Source, saying};
use crate::scene::{Scene, Sentence};
use crate::time::is_calendar_name;

/// "According to X, …": a phrase of the sentence that is no verb.
pub(crate) fn by_phrase(scene: &Scene, s: &Sentence, i: usize) -> Option<Saying> {
    let tree = s.tree;
    let first = tree.get(i)?.form.to_lowercase();
    for (cue, entry) in scene.codebook.phrases().filter(|(_, e)| e.words.first().is_some_and(|w| *w == first)) {
        let mut at = i;
        let complete = entry.words.iter().skip(1).all(|want| {
            let next = (at + 1..at + 3).find(|&w| {
                tree.get(w).is_some_and(|x| x.form.eq_ignore_ascii_case(want) || x.lemma.eq_ignore_ascii_case(want))
            });
            at = next.unwrap_or(at);
            next.is_some()
        });
        if !complete {
            continue;
        }
        // With the article that the entry leaves out: "in *the* words of".
        let words: Vec<usize> = (i..=at).collect();
        let source = complement(tree, &words)?;
        let below = tree.subtree(source);
        let governor = tree.head(source).map(|g| if words.contains(&g) { tree.head(g).unwrap_or(g) } else { g });
        let clause = governor.map_or_else(|| tree.root(), |g| Some(predicate_above(tree, g)))?;
        let content: Vec<usize> =
            tree.subtree(clause).into_iter().filter(|w| !below.contains(w) && !words.contains(w)).collect();
        let named = scene.actors.party(tree, &s.mentions, source, scene.day).is_some()
            || tree.name_at(source).is_some()
            || matches!(tree.upos(source), "PRON" | "PROPN")
            || person_like(scene, s, source)
            || cue.force == Force::Assertive && scene.scope == Scope::Wide && is_determined(tree, source);
        if !named || content.len() < 3 {
            return None;
        }
        return Some(Saying {
            sentence: s.index,
            source: Source::Word(source),
            cue: words,
            content,
            force: cue.force,
            vouches: true,
            nested_in: None,
            continues: None,
        });
    }
    None
}

/// "According to *federal figures*", "*a report*"; not "according to plan".
fn is_determined(tree: &Tree, w: usize) -> bool {
    let plural = tree.get(w).is_some_and(|x| matches!(&*x.xpos, "NNS" | "NNPS"));
    plural || tree.children(w).iter().any(|&c| c < w && matches!(tree.rel(c), "det" | "amod" | "nmod" | "compound"))
}

fn person_like(scene: &Scene, s: &Sentence, w: usize) -> bool {
    let lemma = s.tree.lemma(w).to_lowercase();
    scene.actors.role(&lemma).is_some() || scene.codebook.class_has("documents", &lemma)
}

/// The nominal that a run of preposition words governs.
fn complement(tree: &Tree, words: &[usize]) -> Option<usize> {
    let inside = |i: usize| words.contains(&i);
    let up = words
        .iter()
        .rev()
        .filter_map(|&w| tree.head(w))
        .find(|&h| !inside(h) && words.last().is_some_and(|&l| h > l) && !matches!(tree.upos(h), "VERB" | "AUX"));
    up.or_else(|| {
        words
            .iter()
            .flat_map(|&w| tree.children(w).iter().copied())
            .find(|&c| !inside(c) && matches!(tree.rel(c), "obl" | "obj" | "nmod"))
    })
}

/// The nearest word from `i` upwards that heads a clause.
fn predicate_above(tree: &Tree, i: usize) -> usize {
    let mut at = i;
    for _ in 0..tree.len() {
        if matches!(tree.rel(at), "root" | "ccomp" | "parataxis" | "advcl" | "acl")
            || (tree.rel(at) == "conj" && tree.upos(at) == "VERB")
        {
            break;
        }
        match tree.head(at) {
            Some(h) => at = h,
            None => break,
        }
    }
    at
}

pub(crate) fn of_verb(s: &Sentence, cue: &Cue, found: &Found) -> Option<Saying> {
    let (tree, v) = (s.tree, found.word);
    let hyphenated = v > 0 && tree.get(v - 1).is_some_and(|w| w.form == "-");
    if hyphenated || s.quoted.get(v) == Some(&true) && performative(tree, v) {
        return None;
    }
    let passive = is_passive(tree, v);
    let object = tree.child(v, "obj").filter(|o| !found.extra.contains(o));
    let verb = Verb { s, cue, found, passive, object };
    if let Some(content) = verb.of_its_subject() {
        return Some(saying(s, Source::Unknown, found, content));
    }
    let mut content = verb.content()?;
    // "Quoted him as saying"; in "as the agency reported" the verb has a subject of its own.
    let bare_as = has_mark(tree, v, "as") && tree.child(v, "nsubj").is_none();
    let quoted_as = bare_as.then(|| tree.head(v)).flatten();
    let source = match quoted_as {
        Some(g) if tree.upos(g) == "VERB" => patient(tree, g),
        _ => agent(tree, v),
    };
    let source = match source {
        Some(w) if content.contains(&w) && !passive => return None,
        Some(w) => Source::Word(w),
        None if passive && verb.takes(Takes::Np) && cue.scope == Scope::Wide => Source::Unknown,
        None if passive => {
            // "It was reported that …", "has been confirmed hit": the clause itself, cue and all.
            content = tree.subtree(v);
            Source::Unknown
        }
        None => stray_subjects(tree, v).first().copied().or_else(|| inverted_subject(tree, v)).map(Source::Word)?,
    };
    let mut x = saying(s, source, found, content);
    if x.cue.is_empty() {
        x.cue = found.words.clone();
    }
    Some(x)
}

/// A verb that reports, with what its content is looked for by.
struct Verb<'v> {
    s: &'v Sentence<'v>,
    cue: &'v Cue,
    found: &'v Found,
    passive: bool,
    object: Option<usize>,
}

/// Prepositions by which the content of an attitude goes on behind its object ("criticized him *for his silence*").
const GOES_ON: [&str; 9] = ["for", "as", "of", "to", "with", "over", "about", "against", "at"];

impl Verb<'_> {
    fn takes(&self, t: Takes) -> bool {
        self.cue.takes.contains(&t)
    }

    /// What is said, in the first form that the cue takes and the sentence has.
    fn content(&self) -> Option<Vec<usize>> {
        let (tree, v) = (self.s.tree, self.found.word);
        let mut content = Vec::new();
        if self.takes(Takes::Clause) || self.takes(Takes::Quote) {
            content = clause_content(self.s, v, self.takes(Takes::Quote));
        }
        let forms = [Verb::infinitive, Verb::judgement, Verb::blame, Verb::thing];
        for form in forms {
            if content.is_empty() {
                content = form(self);
            }
        }
        content.sort_unstable();
        content.dedup();
        content.retain(|w| !self.found.words.contains(w));
        if content.is_empty()
            && self.passive
            && self.takes(Takes::Clause)
            && tree.child(v, "xcomp").is_some()
            && agent(tree, v).is_none()
        {
            // "Several vessels have been confirmed hit": the clause itself, cue and all.
            content = tree.subtree(v);
        }
        (!content.is_empty()).then_some(content)
    }

    /// "Asked Iran to withdraw": the addressee and what he is to do.
    fn infinitive(&self) -> Vec<usize> {
        let (tree, v) = (self.s.tree, self.found.word);
        if !self.takes(Takes::Infinitive) {
            return Vec::new();
        }
        let addressee = self
            .object
            .or_else(|| fillers(tree, v, &self.found.extra, self.found.last, &Slot::Obj).first().copied())
            .or_else(|| self.passive.then(|| surface_subject(tree, v)).flatten());
        let infinitive = tree
            .children(v)
            .iter()
            .copied()
            .filter(|&c| {
                // "Talks requested by Chad to discuss the border": what they are for is not what was requested.
                let aim = self.passive && tree.rel(v) == "acl" && tree.rel(c) == "advcl";
                matches!(tree.rel(c), "xcomp" | "ccomp" | "advcl")
                    && (has_mark(tree, c, "to") || tree.rel(c) == "xcomp")
                    && !aim
            })
            .find(|&c| c > v);
        // The parser hangs "to do" on the addressee at times.
        let infinitive = infinitive
            .or_else(|| addressee.and_then(|o| tree.children_by(o, "acl").find(|&c| has_mark(tree, c, "to"))));
        let Some(c) = infinitive else { return Vec::new() };
        let mut content = tree.subtree(c);
        if let Some(o) = addressee.filter(|&o| !self.passive || o < v) {
            content.extend(tree.subtree(o));
        }
        content
    }

    /// "Described it as dangerous": the thing and what it is called.
    fn judgement(&self) -> Vec<usize> {
        let (tree, v) = (self.s.tree, self.found.word);
        if !self.takes(Takes::As) {
            return Vec::new();
        }
        let judged = self.object.or_else(|| self.passive.then(|| surface_subject(tree, v)).flatten());
        // Not "condemned the raid, *as* more troops arrived".
        let as_phrase =
            |c: usize| has_mark(tree, c, "as") && (tree.rel(c) != "advcl" || tree.child(c, "nsubj").is_none());
        let predicate = tree
            .children(v)
            .iter()
            .copied()
            .find(|&c| {
                matches!(tree.rel(c), "obl" | "advcl" | "xcomp" | "nmod")
                    && (as_phrase(c) || (tree.rel(c) == "xcomp" && !has_mark(tree, c, "to")))
            })
            .or_else(|| {
                let below = |o: usize| tree.children(o).iter().copied();
                self.object.and_then(|o| below(o).find(|&c| matches!(tree.rel(c), "nmod" | "acl") && as_phrase(c)))
            })
            .or_else(|| {
                // "Called the plan dangerous": an adjective behind its noun.
                self.object.and_then(|o| tree.children_by(o, "amod").find(|&c| c > o && tree.upos(c) == "ADJ"))
            });
        if let (Some(_), Some(p)) = (called_what(tree, v), predicate) {
            return tree.subtree(p);
        }
        match (judged, predicate) {
            (Some(j), Some(p)) => tree.subtree(j).into_iter().chain(tree.subtree(p)).collect(),
            _ => Vec::new(),
        }
    }

    /// "Accused Iran of lying": the one who is blamed and what for.
    fn blame(&self) -> Vec<usize> {
        let (tree, v) = (self.s.tree, self.found.word);
        let Some(o) = self.object.or_else(|| patient(tree, v)).filter(|_| self.takes(Takes::Of)) else {
            return Vec::new();
        };
        let of = ["of", "for", "over"]
            .iter()
            .flat_map(|p| fillers(tree, v, &self.found.extra, None, &Slot::Prep((*p).to_owned())))
            .next();
        of.map_or_else(Vec::new, |of| tree.subtree(o).into_iter().chain(tree.subtree(of)).collect())
    }

    /// "Cited progress": the object. A noun that reports ("denied reports that …") is part of what is denied.
    fn thing(&self) -> Vec<usize> {
        let (tree, v) = (self.s.tree, self.found.word);
        let wide = self.cue.scope == Scope::Wide;
        if !self.takes(Takes::Np) || self.passive && !wide || wide && self.only_describes() {
            return Vec::new();
        }
        let dated = |w: usize| tree.get(w).is_some_and(|x| is_calendar_name(&x.form));
        let filled = || {
            let all = fillers(tree, v, &self.found.extra, self.found.last, &Slot::Obj);
            all.first().copied().filter(|&w| !dated(w))
        };
        let Some(o) = self.object.filter(|_| self.found.last.is_none() || !wide).or_else(filled) else {
            return Vec::new();
        };
        let mut content = tree.subtree(o);
        if wide {
            let goes_on = |c: usize| {
                c > v && matches!(tree.rel(c), "obl" | "advcl") && GOES_ON.iter().any(|p| has_mark(tree, c, p))
            };
            content.extend(tree.children(v).iter().copied().filter(|&c| goes_on(c)).flat_map(|c| tree.subtree(c)));
            content.retain(|w| !self.found.words.contains(w));
        }
        content
    }

    /// A participle that only describes a noun or the way of another act ("the figures *released* in May").
    fn only_describes(&self) -> bool {
        let (tree, v) = (self.s.tree, self.found.word);
        match tree.deprel(v) {
            "acl" | "amod" => true,
            "advcl" => self.passive,
            _ => false,
        }
    }

    /// "The road seems safe", "the talks are expected to fail": the clause without its cue, told by nobody.
    fn of_its_subject(&self) -> Option<Vec<usize>> {
        let (tree, v) = (self.s.tree, self.found.word);
        if !self.takes(Takes::Subject) {
            return None;
        }
        let told = tree.children(v).iter().copied().find(|&c| {
            c > v && (matches!(tree.rel(c), "xcomp" | "ccomp") || tree.rel(c) == "obl" && has_mark(tree, c, "as"))
        })?;
        let subject = surface_subject(tree, v).filter(|&w| tree.lemma(w) != "it" || tree.rel(told) == "xcomp");
        let mut content: Vec<usize> = subject.into_iter().flat_map(|w| tree.subtree(w)).collect();
        content.extend(tree.subtree(told));
        content.sort_unstable();
        content.dedup();
        content.retain(|&w| w != v);
        Some(content)
    }
}

/// "*What* Chad called a raid": the word that stands for what is judged.
pub(crate) fn called_what(tree: &Tree, v: usize) -> Option<usize> {
    let what = |w: &usize| tree.lemma(*w).eq_ignore_ascii_case("what");
    let above = tree.head(v).filter(|h| tree.deprel(v) == "acl:relcl" && *h < v);
    above.filter(what).or_else(|| tree.child(v, "obj").filter(|&o| o < v).filter(what))
}

/// The speaker's own "we urge", "I say" within a quotation is no further attribution.
fn performative(tree: &Tree, v: usize) -> bool {
    surface_subject(tree, v).is_some_and(|w| matches!(tree.lemma(w).to_lowercase().as_str(), "i" | "we"))
}

/// "…," said the minister: a subject after the verb that the parser took for an object.
fn inverted_subject(tree: &Tree, v: usize) -> Option<usize> {
    tree.children(v).iter().copied().find(|&c| {
        c > v
            && matches!(tree.rel(c), "obj" | "nsubj" | "obl")
            && preposition(tree, c).is_empty()
            && matches!(tree.upos(c), "NOUN" | "PROPN" | "PRON")
    })
}

pub(crate) fn of_noun(scene: &Scene, s: &Sentence, cue: &Cue, entry: &Entry, found: &Found) -> Option<Saying> {
    let (tree, n) = (s.tree, found.word);
    let clause = tree.children(n).iter().copied().find(|&c| {
        c > n
            && (matches!(tree.deprel(c), "acl" | "ccomp" | "appos")
                || tree.rel(c) == "acl"
                    && has_mark(tree, c, "that")
                    && tree.child(c, "nsubj").is_some_and(|x| !is_relative(tree, x)))
            && ((has_mark(tree, c, "that") || tree.child(c, "nsubj").is_some()) && finite(tree, c)
                || has_mark(tree, c, "to") && cue.takes.contains(&Takes::Infinitive))
    });
    // "The allegation is that …".
    let predicative =
        tree.head(n).filter(|&h| tree.rel(n) == "nsubj" && tree.child(h, "cop").is_some() && has_mark(tree, h, "that"));
    let thing = || governed(tree, cue, found);
    let reason = scene.codebook.class_has(PRETEXTS, &tree.lemma(n).to_lowercase());
    if clause.is_some() && in_which(tree, n) && !reason {
        return None;
    }
    let content = match clause.or(predicative) {
        Some(c) => clause_words(tree, c),
        None => thing()?,
    };
    let slots = if entry.frame.actor.is_empty() {
        vec![Slot::Poss, Slot::Adj, Slot::Prep("of".into()), Slot::Prep("by".into()), Slot::Prep("from".into())]
    } else {
        entry.frame.actor.clone()
    };
    let own = slots.iter().find_map(|slot| {
        let all = fillers(tree, n, &found.extra, found.last, slot);
        all.into_iter().find(|&w| *slot != Slot::Adj || s.mentions.iter().any(|m| m.words.contains(&w)))
    });
    // A report or statement speaks for itself as the subject of a verb; as a bare noun it has no source.
    let source = own.or_else(|| voicer(scene, s, n)).filter(|w| !content.contains(w));
    Some(saying(s, source.map_or(Source::Unknown, Source::Word), found, content))
}

/// Classes of verbs whose subject says what their object tells ("*issued* a warning"), and of nouns by which a doer
/// says why ("on the *pretext* that").
const VOICING: &str = "voicing";
const PRETEXTS: &str = "pretexts";

/// Whoever utters noun `n`: the subject of the verb that it hangs on.
fn voicer(scene: &Scene, s: &Sentence, n: usize) -> Option<usize> {
    let tree = s.tree;
    let v = tree.head(n).filter(|&v| tree.upos(v) == "VERB")?;
    let has = |class: &str, w: usize| scene.codebook.class_has(class, &tree.lemma(w).to_lowercase());
    let uttered = matches!(tree.deprel(n), "obj" | "nsubj:pass") && has(VOICING, v);
    let reason = tree.rel(n) == "obl" && has(PRETEXTS, n);
    agent(tree, v).filter(|_| uttered || reason)
}

/// What the last preposition of an entry governs ("critical of *the plan*"), where the cue takes a noun phrase.
fn governed(tree: &Tree, cue: &Cue, found: &Found) -> Option<Vec<usize>> {
    let p = found.last.filter(|_| cue.takes.contains(&Takes::Np))?;
    let c = tree.head(p).filter(|&c| c > p)?;
    Some(tree.subtree(c).into_iter().filter(|w| !found.words.contains(w)).collect())
}

pub(crate) fn of_adjective(s: &Sentence, cue: &Cue, found: &Found) -> Option<Saying> {
    let (tree, a) = (s.tree, found.word);
    let infinitive =
        || tree.child(a, "xcomp").filter(|&c| cue.takes.contains(&Takes::Infinitive) && has_mark(tree, c, "to"));
    let clause = tree.child(a, "ccomp").filter(|&c| finite(tree, c)).or_else(infinitive);
    let content = clause.map(|c| tree.subtree(c)).or_else(|| governed(tree, cue, found))?;
    let source = surface_subject(tree, a).filter(|&w| tree.lemma(w) != "it" || cue.scope == Scope::Wide)?;
    Some(saying(s, Source::Word(source), found, content))
}

pub(crate) fn of_adverb(s: &Sentence, found: &Found) -> Option<Saying> {
    let clause = predicate_above(s.tree, s.tree.head(found.word)?);
    Some(saying(s, Source::Unknown, found, s.tree.subtree(clause)))
}
