//! The judge over the layers: the classifier's probabilities, and the act's type weighed by how often acts that stand
//! so are right.

use readout_coder::NamedAct;

use crate::between::Stand;
use crate::classifier::Scores;
use crate::relater::{ActReason, Basis, Reason, Relation};

/// By how much an act's type gains on the others (a factor of its odds), by how the act stands to the pair. On written
/// sentences acts between the two are right in 84 of 100 cases, half in 56, turned in 69, near in 29, where the
/// classifier alone is right in about 85: these gains are the smallest near the best of a search, since the classifier
/// mostly knows already.
fn weight(stand: Stand) -> f32 {
    match stand {
        Stand::Between => 3.0,
        Stand::Turned => 1.5,
        Stand::Half => 1.5,
        Stand::Near => 1.5,
    }
}

/// The best type, why, and how sure.
pub(crate) fn judge(scores: &Scores, act: Option<(&NamedAct, Stand)>) -> Relation {
    let gain = |kind: &str| act.filter(|(a, _)| a.kind == kind).map_or(1.0, |(_, stand)| weight(stand));
    let weighed: Vec<(&str, f32)> = scores.0.iter().map(|&(kind, p)| (kind, p * gain(kind))).collect();
    let total: f32 = weighed.iter().map(|(_, p)| p).sum();
    let best = weighed.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a });
    let (kind, share) = best.unwrap_or(("CONSULT", 0.0));
    let confidence = if total > 0.0 { share / total } else { 0.0 };
    let agreeing = act.filter(|(a, _)| a.kind == kind);
    let reason = agreeing.map_or(Reason { basis: Basis::Classifier, act: None }, |(a, stand)| Reason {
        basis: if stand == Stand::Between { Basis::Event } else { Basis::Path },
        act: Some(ActReason { rule: a.rule.clone(), trigger: a.trigger.clone(), span: a.span }),
    });
    Relation { kind: kind.to_owned(), mode: agreeing.and_then(|(a, _)| a.mode.clone()), confidence, reason }
}

#[cfg(test)]
mod tests {
    use readout_coder::Status;
    use readout_text::Span;

    use super::*;

    fn act(kind: &str) -> NamedAct {
        NamedAct {
            sentence: 0,
            word: 1,
            trigger: "promised".to_owned(),
            span: Span::new(5, 13),
            kind: kind.to_owned(),
            mode: Some("assist".to_owned()),
            status: Status::Fact,
            rule: "agree/promise".to_owned(),
            actor: vec![0],
            recipient: vec![2],
        }
    }

    #[test]
    fn an_act_between_the_two_tips_the_scales() {
        let scores = Scores(vec![("AID", 0.5), ("AGREE", 0.4), ("REJECT", 0.1)]);
        assert_eq!(judge(&scores, None).kind, "AID");
        let agree = act("AGREE");
        let relation = judge(&scores, Some((&agree, Stand::Between)));
        assert_eq!((relation.kind.as_str(), relation.mode.as_deref()), ("AGREE", Some("assist")));
        assert_eq!((relation.reason.basis, relation.reason.act.unwrap().trigger.as_str()), (Basis::Event, "promised"));
    }

    #[test]
    fn the_classifier_overrules_an_act_that_it_is_sure_is_not_meant() {
        let reject = act("REJECT");
        let relation = judge(&Scores(vec![("AID", 0.9), ("REJECT", 0.01)]), Some((&reject, Stand::Between)));
        assert_eq!((relation.kind.as_str(), relation.mode, relation.reason.act), ("AID", None, None));
        assert_eq!(relation.reason.basis, Basis::Classifier);
        assert!(relation.confidence > 0.9 && relation.confidence <= 1.0);
    }
}
