//! Background told in a row: "He was jailed in 2011. He was freed in 2017. Police charged him with fraud." What follows
//! two sentences of dated history in the same breath is as old as they are.

use readout_syntax::Tree;

use crate::saying::Saying;
use crate::scene::{Scene, Sentence};
use crate::time::{self, HISTORICAL_DAYS};
use crate::worth::Worth;
use crate::{Event, Status};

/// Sentences of dated history after which what is told without a date belongs to it.
const ROW: usize = 2;

/// Makes events without a date historical where their sentence goes on with the history before it.
pub(crate) fn continue_background(scene: &Scene, said: &[Saying], events: &mut [(Event, Worth)]) {
    let mut row = 0;
    for s in &scene.sentences {
        let here = |e: &Event| e.sentence == s.index;
        let dated = events.iter().any(|(e, _)| here(e) && e.status == Status::Historical && e.when.is_some());
        let narrated = is_narrated(s, said) && is_past(s.tree);
        if narrated && dated {
            row += 1;
        } else if row >= ROW && narrated && goes_on(scene, s) {
            for (e, _) in events.iter_mut().filter(|(e, _)| here(e)) {
                if e.status == Status::Fact && e.when.is_none() {
                    e.status = Status::Historical;
                }
            }
        } else {
            row = 0;
        }
    }
}

/// Whether nobody but the narrator tells anything in a sentence; "accused him of theft" is the narrator's.
fn is_narrated(s: &Sentence, said: &[Saying]) -> bool {
    let clause = |x: &Saying| x.content.iter().any(|&w| s.tree.child(w, "nsubj").is_some());
    !s.quoted.contains(&true) && !said.iter().any(|x| x.sentence == s.index && x.vouches && clause(x))
}

/// Whether its main verb is in the past, and not one that reaches to now ("has fled").
fn is_past(tree: &Tree) -> bool {
    let Some(root) = tree.root() else { return false };
    let tagged = |i: usize| tree.get(i).is_some_and(|w| &*w.xpos == "VBD");
    tagged(root) || tree.children(root).iter().any(|&c| matches!(tree.rel(c), "aux" | "cop") && tagged(c))
}

/// Whether it takes up somebody from before by a pronoun, and no date of its own brings it near the report.
fn goes_on(scene: &Scene, s: &Sentence) -> bool {
    let pronoun = |i: usize| {
        s.tree.upos(i) == "PRON"
            && matches!(
                s.tree.lemma(i).to_lowercase().as_str(),
                "he" | "him" | "his" | "she" | "her" | "they" | "them" | "their" | "it" | "its"
            )
    };
    let near = || {
        let limit = scene.day.and_then(|d| d.checked_sub(jiff::ToSpan::days(HISTORICAL_DAYS)).ok());
        time::phrases(s.tree, scene.day)
            .iter()
            .any(|p| p.days(false, false, scene.day).zip(limit).is_none_or(|((_, last), limit)| last > limit))
    };
    (0..s.tree.len()).any(pronoun) && !near()
}
