//! Quotations that run on over sentences.

use readout_actors::EntityKind;
use readout_codebook::Force;

use crate::saying::{Saying, Source};
use crate::scene::{Scene, Sentence};

/// Adds a saying for each sentence that a quotation of another sentence runs through, or that is all quotation.
pub(crate) fn continue_quotations(scene: &Scene, all: &mut Vec<Saying>) {
    let mut out: Vec<Saying> = Vec::new();
    let in_sentence =
        |k: usize| -> Vec<usize> { all.iter().enumerate().filter(|(_, x)| x.sentence == k).map(|(i, _)| i).collect() };
    let mut moved: Vec<usize> = vec![0; all.len()];
    let mut previous: Option<usize> = None;
    // Whose words the quotation of the sentence before is, where it has no speaker there.
    let mut running: Option<usize> = None;
    for s in &scene.sentences {
        for i in in_sentence(s.index) {
            if let (Some(x), Some(slot)) = (all.get(i), moved.get_mut(i)) {
                *slot = out.len();
                out.push(x.clone());
            }
        }
        let here = in_sentence(s.index);
        let claimed =
            |w: usize| here.iter().filter_map(|&i| all.get(i)).any(|x| x.content.contains(&w) || x.cue.contains(&w));
        let words = || (0..s.tree.len()).filter(|&w| s.tree.upos(w) != "PUNCT");
        let loose: Vec<usize> = words().filter(|&w| s.quoted.get(w) == Some(&true)).collect();
        let unclaimed = loose
            .iter()
            .filter(|&&w| {
                !claimed(w)
                    || here
                        .iter()
                        .filter_map(|&i| all.get(i))
                        .all(|x| x.cue.iter().all(|&c| s.quoted.get(c) == Some(&true)))
            })
            .count();
        let whole = words().count();
        let direct = |i: usize| {
            all.get(i).is_some_and(|x| {
                x.content
                    .iter()
                    .any(|&w| scene.sentences.get(x.sentence).is_some_and(|t| t.quoted.get(w) == Some(&true)))
            })
        };
        // A saying of the narrator's, not one within the quotation.
        let told = |i: usize| {
            all.get(i).is_some_and(|x| {
                x.source != Source::Unknown
                    && x.cue
                        .iter()
                        .all(|&c| scene.sentences.get(x.sentence).is_some_and(|t| t.quoted.get(c) != Some(&true)))
            })
        };
        let mut goes_on = None;
        if unclaimed * 2 > whole && whole > 1 {
            let runs_on = s.quoted.last() == Some(&true)
                || s.tree.words().last().is_some_and(|w| &*w.upos == "PUNCT")
                    && s.quoted.iter().rev().nth(1) == Some(&true)
                    && scene.sentences.get(s.index + 1).is_some_and(|t| t.quoted.first() == Some(&true));
            let began_before = s.quoted.first() == Some(&true)
                && s.index > 0
                && scene
                    .sentences
                    .get(s.index - 1)
                    .is_some_and(|t| t.quoted.last() == Some(&true) || t.quoted.iter().rev().nth(1) == Some(&true));
            let next = (s.index + 1..s.index + 4)
                .take_while(|&k| scene.sentences.get(k).is_some_and(|t| t.quoted.first() == Some(&true)))
                .flat_map(in_sentence)
                .find(|&i| direct(i) && told(i) && all.get(i).is_some_and(|x| x.nested_in.is_none()));
            let announced =
                previous.filter(|&i| all.get(i).is_some_and(|x| x.content.is_empty() && x.sentence + 1 == s.index));
            let target = announced.or(match (runs_on, began_before) {
                (true, false) => next.or(previous),
                (_, true) => running.or(previous).or(next),
                _ => previous.or(next),
            });
            goes_on = target.filter(|_| runs_on);
            let outlet = outlet(s).map(Source::Word);
            if let Some(source) = outlet.or(target.map(Source::Of)) {
                let content = (0..s.tree.len()).filter(|&w| s.quoted.get(w) == Some(&true)).collect();
                let outer = Saying {
                    sentence: s.index,
                    source,
                    cue: Vec::new(),
                    content,
                    force: Force::Assertive,
                    vouches: true,
                    nested_in: None,
                    continues: previous.filter(|_| outlet.is_none() && target == previous),
                };
                let at = out.len();
                for x in out.iter_mut().filter(|x| x.sentence == s.index && x.nested_in.is_none()) {
                    x.nested_in = Some(usize::MAX - at);
                }
                out.push(outer);
            }
        }
        running = goes_on;
        let speaks = |i: usize| direct(i) && told(i) && all.get(i).is_some_and(|x| x.nested_in.is_none());
        if let Some(&i) = here.iter().find(|&&i| speaks(i)).or(here.iter().rfind(|&&i| {
            all.get(i).is_some_and(|x| x.nested_in.is_none() && x.force != Force::Belief && x.source != Source::Unknown)
        })) {
            previous = Some(i);
        }
        if let Some(&i) = here.iter().rfind(|&&i| all.get(i).is_some_and(|x| x.content.is_empty())) {
            previous = Some(i);
        }
    }
    let place = |i: usize| moved.get(i).copied().unwrap_or(i);
    for x in &mut out {
        x.nested_in = x.nested_in.map(|i| if i > usize::MAX / 2 { usize::MAX - i } else { place(i) });
        x.continues = x.continues.map(place);
        if let Source::Of(i) = x.source {
            x.source = Source::Of(place(i));
        }
    }
    *all = out;
}

/// The medium behind a quoted headline and a dash, as lists of sources have it (conventions 24).
fn outlet(s: &Sentence) -> Option<usize> {
    let quoted = |w: &usize| s.quoted.get(*w) == Some(&true);
    let last = (0..s.tree.len()).rev().find(quoted)?;
    let dash = |w: &usize| s.tree.get(*w).is_some_and(|x| matches!(x.form.as_str(), "-" | "--" | "–" | "—"));
    let dash = (last + 1..s.tree.len()).take(2).find(dash)?;
    let named = |w: &usize| s.mentions.iter().any(|m| m.words.contains(w) && m.entity.kind == EntityKind::Medium);
    (dash + 1..s.tree.len())
        .find(named)
        .map(|w| s.mentions.iter().find(|m| m.words.contains(&w)).map_or(w, |m| m.words.end - 1))
}
