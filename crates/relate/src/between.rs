//! Which of the coder's acts stands between the two sides, and which is nearest on the way from one to the other.

use readout_coder::NamedAct;
use readout_syntax::Tree;

use crate::laid::{Laid, head};

/// How an act stands to the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stand {
    /// On the way from one to the other, or right beside it.
    Near,
    /// It holds one side as actor, or the target as recipient.
    Half,
    /// It holds both, the other way round.
    Turned,
    /// The source is its actor and the target its recipient, or both are its actors.
    Between,
}

impl Stand {
    pub fn name(self) -> &'static str {
        match self {
            Stand::Near => "near",
            Stand::Half => "half",
            Stand::Turned => "turned",
            Stand::Between => "between",
        }
    }
}

/// The act that stands closest to the pair.
pub(crate) fn closest<'a>(laid: &Laid, acts: &'a [NamedAct]) -> Option<(&'a NamedAct, Stand)> {
    let ranked = acts.iter().filter_map(|act| {
        let tree = laid.trees.get(act.sentence)?;
        let source = laid.source.get(act.sentence)?;
        let target = laid.target.get(act.sentence)?;
        let (stand, distance) = stand(tree, act, source, target)?;
        Some(((stand, std::cmp::Reverse(distance)), act))
    });
    // Of acts that stand alike the first in the text goes.
    let best = ranked.reduce(|a, b| if b.0 > a.0 { b } else { a })?;
    Some((best.1, best.0.0))
}

/// How `act` stands to the two sides, and how many arcs it is away from the way between them.
fn stand(tree: &Tree, act: &NamedAct, source: &[usize], target: &[usize]) -> Option<(Stand, usize)> {
    let holds = |heads: &[usize], side: &[usize]| heads.iter().any(|&h| reaches(tree, h, side));
    let (by_source, by_target) = (holds(&act.actor, source), holds(&act.actor, target));
    let (on_source, on_target) = (holds(&act.recipient, source), holds(&act.recipient, target));
    let way = way(tree, source, target);
    let distance = distance(tree, act.word, &way);
    if by_source && (on_target || by_target) {
        return Some((Stand::Between, distance));
    }
    if by_target && on_source {
        return Some((Stand::Turned, distance));
    }
    if by_source || on_target {
        return Some((Stand::Half, distance));
    }
    (distance <= 1 && !way.is_empty()).then_some((Stand::Near, distance))
}

/// Whether a nominal with this head is, or holds, a word of the side; not within a relative clause of it.
fn reaches(tree: &Tree, head: usize, side: &[usize]) -> bool {
    side.contains(&head)
        || side.iter().any(|&w| {
            let mut at = w;
            for _ in 0..tree.len() {
                if at == head {
                    return true;
                }
                if matches!(tree.rel(at), "acl" | "ccomp" | "advcl" | "parataxis") {
                    return false;
                }
                let Some(above) = tree.head(at) else { return false };
                at = above;
            }
            false
        })
}

/// The words on the way from one side's head to the other's, the word where the two ways meet first.
fn way(tree: &Tree, source: &[usize], target: &[usize]) -> Vec<usize> {
    let up = |from: usize| -> Vec<usize> {
        std::iter::successors(Some(from), |&at| tree.head(at)).take(tree.len()).collect()
    };
    let (Some(s), Some(t)) = (head(tree, source), head(tree, target)) else {
        let one = head(tree, source).or_else(|| head(tree, target));
        return one.map(|w| up(w).into_iter().skip(1).collect()).unwrap_or_default();
    };
    let (from_source, from_target) = (up(s), up(t));
    let Some(meet) = from_source.iter().copied().find(|w| from_target.contains(w)) else { return Vec::new() };
    let below = |ways: &[usize]| ways.iter().copied().take_while(|&w| w != meet).collect::<Vec<_>>();
    let mut out = vec![meet];
    out.extend(below(&from_source).into_iter().rev());
    out.extend(below(&from_target).into_iter().rev());
    out
}

/// Arcs from `word` to the nearest word of the way, those near the meeting word counting less than those far from it.
fn distance(tree: &Tree, word: usize, way: &[usize]) -> usize {
    if way.contains(&word) {
        return 0;
    }
    let beside =
        tree.head(word).is_some_and(|h| way.contains(&h)) || tree.children(word).iter().any(|c| way.contains(c));
    if beside { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use readout_coder::Status;
    use readout_syntax::Word;
    use readout_text::{Document, Span};

    use super::*;

    /// "Chad's army said Oman sued Peru": each word with its head and relation.
    fn laid(source: &[usize], target: &[usize]) -> Laid {
        let words = [
            ("Chad", Some(1), "nmod:poss"),
            ("army", Some(2), "nsubj"),
            ("said", None, "root"),
            ("Oman", Some(4), "nsubj"),
            ("sued", Some(2), "ccomp"),
            ("Peru", Some(4), "obj"),
        ];
        let word = |&(form, head, deprel): &(&str, Option<usize>, &str)| Word {
            span: Span::default(),
            form: form.to_owned(),
            lemma: form.to_owned(),
            upos: Arc::from("X"),
            xpos: Arc::from("X"),
            head,
            deprel: Arc::from(deprel),
        };
        let tree = Tree::new(words.iter().map(word).collect(), Vec::new());
        Laid {
            document: Document::default(),
            trees: vec![tree],
            source: vec![source.to_vec()],
            target: vec![target.to_vec()],
        }
    }

    fn act(word: usize, actor: &[usize], recipient: &[usize]) -> NamedAct {
        NamedAct {
            sentence: 0,
            word,
            trigger: String::new(),
            span: Span::default(),
            kind: "ACCUSE".to_owned(),
            mode: None,
            status: Status::Fact,
            rule: String::new(),
            actor: actor.to_vec(),
            recipient: recipient.to_vec(),
        }
    }

    #[test]
    fn acts_stand_to_a_pair_by_the_words_on_their_sides() {
        let sued = [act(4, &[3], &[5])];
        let stand = |source: &[usize], target: &[usize]| closest(&laid(source, target), &sued).map(|(_, stand)| stand);
        assert_eq!(stand(&[3], &[5]), Some(Stand::Between));
        assert_eq!(stand(&[5], &[3]), Some(Stand::Turned));
        assert_eq!(stand(&[0], &[5]), Some(Stand::Half));
        assert_eq!(stand(&[0, 1], &[3]), Some(Stand::Near));
        assert_eq!(closest(&laid(&[0], &[1]), &[act(5, &[], &[])]), None);
    }

    #[test]
    fn a_side_that_owns_the_actor_acts() {
        let said = [act(2, &[1], &[3])];
        assert_eq!(closest(&laid(&[0], &[3]), &said).map(|(_, stand)| stand), Some(Stand::Between));
    }

    #[test]
    fn pairs_without_marks_have_no_act_between() {
        assert_eq!(closest(&laid(&[], &[]), &[act(4, &[3], &[5])]), None);
    }
}
