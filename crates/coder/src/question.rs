//! Questions put to a speaker: "Asked whether Chad would attack, the minister said …". They tell of no act and of nothing
//! that anybody says (conventions 22).

use crate::scene::{Scene, Sentence};

/// Class of verbs by which questions are put.
const QUESTIONS: &str = "questions";

/// Whether verb `v` only tells that a speaker was asked something: a participle before the clause of the answer.
pub(crate) fn is_put_question(scene: &Scene, s: &Sentence, v: usize) -> bool {
    let tree = s.tree;
    let participle = tree.get(v).is_some_and(|w| matches!(&*w.xpos, "VBN" | "VBD"));
    let before = tree.head(v).is_some_and(|h| h > v && tree.upos(h) == "VERB");
    participle
        && before
        && tree.rel(v) == "advcl"
        && tree.child(v, "nsubj").is_none()
        && tree.child(v, "obj").is_none()
        && scene.codebook.class_has(QUESTIONS, &tree.lemma(v).to_lowercase())
}
